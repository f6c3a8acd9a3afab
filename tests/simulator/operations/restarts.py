# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Restarts on request, and when the last one was."""

from __future__ import annotations

import time
from typing import Any

from ..power import Power
from .registry import Operation, answers
from .status import status


@answers("POST", "monitor/system/os/reboot")
def reboot(operation: Operation) -> dict[str, Any]:
    operation.device.restart()
    return {}


@answers("GET", "monitor/web-ui/state")
def state(operation: Operation) -> dict[str, Any]:
    """What the web interface shows first. Releases from 7.6 on were seen not to tell when they started."""
    device = operation.device
    results = {**status(operation), "snapshot_utc_time": int(time.time() * 1000)}
    if device.profile.release < (7, 6, 0):
        results["utc_last_reboot"] = int(device.of(Power).started * 1000)
    return results
