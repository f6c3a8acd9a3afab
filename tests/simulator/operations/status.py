# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the device is, and what time it is there."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from ..refusal import INVALID_REQUEST, Refusal
from .registry import Operation, answers


@dataclass(slots=True)
class Clock:
    """By how many seconds the device's clock differs from ours."""

    ahead: float = 0.0

    def now(self) -> int:
        """Seconds since the epoch, as the device has them."""
        return int(time.time() + self.ahead)


@answers("GET", "monitor/system/status")
def status(operation: Operation) -> dict[str, Any]:
    device = operation.device
    return {
        "model_name": "FortiGate",
        "model_number": "VM64",
        "model": "FGVM64",
        "hostname": device.hostname,
        "log_disk_status": "available",
    }


@answers("GET", "monitor/system/time")
def now(operation: Operation) -> dict[str, int]:
    return {"time": operation.device.of(Clock).now()}


@answers("POST", "monitor/system/time/set")
def set_time(operation: Operation) -> None:
    """Set the clock, to a time in UTC."""
    parts = [operation.number(name) for name in ("year", "month", "day", "hour", "minute", "second")]
    try:
        wanted = datetime(*parts, tzinfo=timezone.utc)  # type: ignore[arg-type, misc]
    except (OverflowError, ValueError) as error:
        raise Refusal(500, INVALID_REQUEST, str(error)) from None
    operation.device.of(Clock).ahead = wanted.timestamp() - time.time()
