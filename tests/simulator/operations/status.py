# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the device is."""

from __future__ import annotations

from typing import Any

from .registry import Operation, answers


@answers("GET", "monitor/system/status")
def status(operation: Operation) -> dict[str, Any]:
    device = operation.device
    return {
        "model_name": "FortiGate",
        "model_number": "VM64",
        "model": "FGVM64",
        "hostname": device.setting("system/global", "hostname") or device.serial,
        "log_disk_status": "available",
    }
