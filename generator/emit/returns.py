# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the modules of the configuration return, as documentation data."""

from __future__ import annotations

from typing import Any


def member(returned: str, description: str, **kind: Any) -> dict[str, Any]:
    """A member of a result: when it is `returned`, what it is, and its type."""
    return {"description": description, "returned": returned, **kind}


def _returns(subject: str, writes: str, kind: dict[str, Any]) -> dict[str, Any]:
    """`subject` names the configuration in prose, `kind` is its type, `writes` are the states that change something."""
    written = f"when O(state) is {writes}"
    text: dict[str, Any] = {"type": "str"}
    rows: dict[str, Any] = {"type": "list", "elements": "dict"}
    return {
        "changed": member(
            "always",
            "Whether the configuration of the device was changed or, in check mode, would be.",
            type="bool",
        ),
        "before": member(
            written,
            "What the task is about as it was before, in the form of O(config). Secrets are masked.",
            **kind,
        ),
        "after": member(
            written,
            "The same as it is after the task or, in check mode, would be.",
            **kind,
        ),
        "diff": member(
            "when diff mode is on and something changes",
            "What differs between RV(before) and RV(after): an entry for each object, and one for the order.",
            **rows,
        ),
        "requests": member(
            written,
            "The requests that change the device or, in check mode, would, in order. Secrets are masked.",
            **rows,
            contains={
                "method": member("always", "The HTTP method.", **text),
                "path": member("always", "The path, percent-encoded.", **text),
                "params": member("when there are any", "The query parameters.", type="dict"),
                "body": member("when the request has one", "The fields that are sent.", type="dict"),
                "outcome": member(
                    "unless in check mode",
                    "V(done), V(without effect) if the device changed nothing, V(failed), V(unknown) if no answer came "
                    "back, V(not attempted), or V(undone) with its transaction.",
                    **text,
                ),
            },
        ),
        "failed_objects": member(
            "when a write failed",
            "Each write that was not made, with the reason.",
            **rows,
            contains={
                "key": member("always", "The key of the object.", type="raw"),
                "action": member("always", "What was to be done with the object.", **text),
                "outcome": member("always", "V(failed), V(unknown), V(not attempted) or V(undone).", **text),
                "error": member("when the device refused", "What the device said, and what it means.", **text),
                "status": member("when the device refused", "The HTTP status of the answer.", type="int"),
                "code": member("when the device gave one", "The error code of FortiOS.", type="int"),
                "field": member("when it is known", "The field that the device refused.", **text),
            },
        ),
        "error": member(
            "when a request failed that no single object is to blame for",
            "The error with its facts, to decide by.",
            type="dict",
        ),
        "meta": member(
            "when the device was asked, or text was parsed",
            "Facts about the run.",
            type="dict",
            contains={
                "release": member("when the device says", "The release of the device.", **text, sample="7.6.5"),
                "serial": member("when the device says", "The serial number of the device.", **text),
                "vdom": member("when the device says", "The virtual domain that was worked in.", **text, sample="root"),
                "not_parsed": member(
                    "when O(state=parsed)",
                    "Lines of O(running_config) that could not be understood, with the reason.",
                    **rows,
                ),
            },
        ),
        "gathered": member(
            "when O(state=gathered)",
            f"{subject} on the device, in the form of O(config), ready to be written back. Secrets are left out.",
            **kind,
        ),
        "rendered": member("when O(state=rendered)", "O(config) as command line text.", **text),
        "parsed": member(
            "when O(state=parsed)",
            f"{subject} found in O(running_config), in the form of O(config).",
            **kind,
        ),
    }


TABLE = _returns(
    "The list of objects",
    "V(merged), V(replaced), V(overridden) or V(deleted)",
    {"type": "list", "elements": "dict"},
)
SINGLETON = _returns("The settings", "V(merged) or V(replaced)", {"type": "dict"})
