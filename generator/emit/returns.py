# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What modules return, as documentation data: the same for every table, and for every singleton."""

from __future__ import annotations

from typing import Any

_WRITES = "O(state) is V(merged), V(replaced), V(overridden) or V(deleted)"
_SINGLETON_WRITES = "O(state) is V(merged) or V(replaced)"


def _returns(*, rows: dict[str, Any], what: str, writes: str) -> dict[str, Any]:
    """`rows` types a configuration, `what` names it in prose, `writes` says when something may be written."""
    return {
        "changed": {
            "description": ["Whether the device's configuration was changed, or would be in check mode."],
            "returned": "always",
            "type": "bool",
        },
        "before": {
            "description": [f"{what} before the task, in the shape of O(config). Secrets are masked."],
            "returned": f"when {writes}",
            **rows,
        },
        "after": {
            "description": [f"{what} after the task, as it is or, in check mode, would be. Secrets are masked."],
            "returned": f"when {writes}",
            **rows,
        },
        "diff": {
            "description": ["The difference between RV(before) and RV(after), for people."],
            "returned": "when diff mode is on and something changes",
            "type": "dict",
        },
        "requests": {
            "description": [
                "The writing requests that were sent, or would be in check mode, in order. Secrets are masked.",
            ],
            "returned": f"when {writes}",
            "type": "list",
            "elements": "dict",
        },
        "failed_objects": {
            "description": ["Each object that the device refused, with its reason, and what became of the others."],
            "returned": "when some requests failed",
            "type": "list",
            "elements": "dict",
        },
        "error": {
            "description": ["What is known of the failure, for a playbook to decide by."],
            "returned": "when the device refused the task as a whole, or could not be reached",
            "type": "dict",
            "contains": {
                "type": {"description": ["The kind of failure, such as V(AuthenticationError)."], "type": "str"},
                "status": {"description": ["HTTP status."], "type": "int"},
                "code": {"description": ["FortiOS error code."], "type": "int"},
                "meaning": {"description": ["What the code means."], "type": "str"},
                "cli_error": {"description": ["The device's own words."], "type": "str"},
                "method": {"description": ["HTTP method of the request."], "type": "str"},
                "path": {"description": ["Path of the request."], "type": "str"},
                "field": {"description": ["The field that the device blames."], "type": "str"},
                "hint": {"description": ["What to do next."], "type": "str"},
            },
        },
        "meta": {
            "description": ["Facts about the run, such as the device's release and the vdom."],
            "returned": "when the device was asked",
            "type": "dict",
        },
        "gathered": {
            "description": [f"{what} on the device, in the shape of O(config). Secrets are masked."],
            "returned": "when O(state=gathered)",
            **rows,
        },
        "rendered": {
            "description": ["O(config) as CLI text. Nothing is sent to the device."],
            "returned": "when O(state=rendered)",
            "type": "str",
        },
        "parsed": {
            "description": ["What O(running_config) holds for this endpoint, in the shape of O(config)."],
            "returned": "when O(state=parsed)",
            **rows,
        },
    }


TABLE = _returns(rows={"type": "list", "elements": "dict"}, what="The rows of the table", writes=_WRITES)
SINGLETON = _returns(rows={"type": "dict"}, what="The settings", writes=_SINGLETON_WRITES)
