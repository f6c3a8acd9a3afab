# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What modules return, as documentation data: the same for every table, and for every singleton."""

from __future__ import annotations

from typing import Any


def _member(returned: str, description: str, **kind: Any) -> dict[str, Any]:
    return {"description": description, "returned": returned, **kind}


def _returns(subject: str, writes: str, kind: dict[str, Any]) -> dict[str, Any]:
    """`subject` names the configuration in prose, `kind` is its type, `writes` are the states that change something."""
    written = f"when O(state) is {writes}"
    text: dict[str, Any] = {"type": "str"}
    rows: dict[str, Any] = {"type": "list", "elements": "dict"}
    return {
        "changed": _member(
            "always",
            "Whether the configuration of the device was changed or, in check mode, would be.",
            type="bool",
        ),
        "before": _member(
            written,
            "What the task is about as it was before, in the form of O(config). Secrets are masked.",
            **kind,
        ),
        "after": _member(
            written,
            "The same as it is after the task or, in check mode, would be.",
            **kind,
        ),
        "diff": _member(
            "when diff mode is on and something changes",
            "What differs between RV(before) and RV(after): an entry for each object, and one for the order.",
            **rows,
        ),
        "requests": _member(
            written,
            "The requests that change the device or, in check mode, would, in order. Secrets are masked.",
            **rows,
            contains={
                "method": _member("always", "The HTTP method.", **text),
                "path": _member("always", "The path, percent-encoded.", **text),
                "params": _member("when there are any", "The query parameters.", type="dict"),
                "body": _member("when the request has one", "The fields that are sent.", type="dict"),
                "outcome": _member(
                    "unless in check mode",
                    "V(done), V(without effect) if the device changed nothing, V(failed), V(unknown) if no answer came "
                    "back, V(not attempted), or V(undone) with its transaction.",
                    **text,
                ),
            },
        ),
        "failed_objects": _member(
            "when a write failed",
            "Each write that was not made, with the reason.",
            **rows,
            contains={
                "key": _member("always", "The key of the object.", type="raw"),
                "action": _member("always", "What was to be done with the object.", **text),
                "outcome": _member("always", "V(failed), V(unknown), V(not attempted) or V(undone).", **text),
                "error": _member("when the device refused", "What the device said, and what it means.", **text),
                "status": _member("when the device refused", "The HTTP status of the answer.", type="int"),
                "code": _member("when the device gave one", "The error code of FortiOS.", type="int"),
                "field": _member("when it is known", "The field that the device refused.", **text),
            },
        ),
        "error": _member(
            "when a request failed that no single object is to blame for",
            "The error with its facts, to decide by.",
            type="dict",
        ),
        "meta": _member(
            "when the device was asked, or text was parsed",
            "Facts about the run.",
            type="dict",
            contains={
                "release": _member("when the device says", "The release of the device.", **text, sample="7.6.5"),
                "serial": _member("when the device says", "The serial number of the device.", **text),
                "vdom": _member(
                    "when the device says", "The virtual domain that was worked in.", **text, sample="root"
                ),
                "not_parsed": _member(
                    "when O(state=parsed)",
                    "Lines of O(running_config) that could not be understood, with the reason.",
                    **rows,
                ),
            },
        ),
        "gathered": _member(
            "when O(state=gathered)",
            f"{subject} on the device, in the form of O(config), ready to be written back. Secrets are left out.",
            **kind,
        ),
        "rendered": _member("when O(state=rendered)", "O(config) as command line text.", **text),
        "parsed": _member(
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
