# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the device is divided into virtual domains."""

from __future__ import annotations

from ..refusal import Refusal
from .registry import Operation, answers

#: Conflict with a system setting.
CONFLICT = -7


@answers("POST", "monitor/system/admin/change-vdom-mode")
def change_mode(operation: Operation) -> None:
    """Change the mode, which logs every administrator out; but not to one without room for the vdoms that there are."""
    device, mode = operation.device, str(operation.param("vdom-mode"))
    if mode == "no-vdom" and device.vdoms != [device.management]:
        raise Refusal(500, CONFLICT)
    if mode == device.setting("system/global", "vdom-mode"):
        return
    device.add("system/global", {"vdom-mode": mode})
    device.guard.sessions.clear()
