# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the unit runs: what is seen of a restart from outside."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

#: A device that has accepted to restart goes on answering for so many seconds.
GRACE = 0.2
#: The last part of the time out of service, in which the web server answers, but only that it is not ready.
STARTING = 1 / 3
DAY = 86400.0
#: A real unit needs longer to restart than this one, so no two of its starts lie closer together, in seconds.
LEAST_RUN = 60.0

Condition = Literal["on", "off", "starting"]


class Restart(NamedTuple):
    """When it goes down and comes up again, on the device's clock, and what is different then."""

    down: float
    up: float
    change: Callable[[], None]


@dataclass
class Power:
    """The unit was started at `started`, in seconds since the epoch."""

    started: float = field(default_factory=lambda: time.time() - DAY)
    _pending: Restart | None = None

    def restart(self, now: float, downtime: float, change: Callable[[], None]) -> None:
        """Go down soon, stay away for `downtime` seconds, and come back with `change` made."""
        self._pending = Restart(now + GRACE, now + GRACE + downtime, change)

    def condition(self, now: float) -> Condition:
        """How the unit meets a request. The first one after a restart finds it changed."""
        if self._pending is None or now < self._pending.down:
            return "on"
        down, up, change = self._pending
        if now < up:
            return "starting" if up - now < (up - down) * STARTING else "off"
        self._pending = None
        self.started = max(time.time(), self.started + LEAST_RUN)
        change()
        return "on"
