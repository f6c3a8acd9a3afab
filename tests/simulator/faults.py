# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Faults on demand: latency, dropped connections, refusals, pages instead of JSON, ended sessions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Literal

Drop = Literal["", "before", "after"]


@dataclass(slots=True, eq=False)
class Fault:
    """What happens to the requests it matches, the next `times` of them (0: all).

    `method` and `path` (a regular expression) narrow it. `latency` is in milliseconds. `drop` cuts the connection
    before or after the request is carried out. `status` answers that instead, with `body` (text) or a page where
    `html` is set. `expire` ends every session first.
    """

    method: str = ""
    path: str = ""
    times: int = 1
    latency: float = 0.0
    drop: Drop = ""
    status: int = 0
    body: str = ""
    html: bool = False
    expire: bool = False
    headers: dict[str, str] | None = None

    def matches(self, method: str, path: str) -> bool:
        return (not self.method or method == self.method) and (not self.path or re.search(self.path, path) is not None)

    @classmethod
    def from_dict(cls, facts: dict[str, Any]) -> Fault:
        """From the body of ``POST /__simulator__/faults``.

        :raises TypeError: an unknown member
        """
        fault = cls(**facts)
        re.compile(fault.path)
        return fault


class Faults:
    """The faults that still wait for requests."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self._waiting.append(fault)

    def clear(self) -> None:
        self._waiting.clear()

    def take(self, method: str, path: str) -> list[Fault]:
        """The faults that this request meets."""
        if not self._waiting:
            return []
        met = [fault for fault in self._waiting if fault.matches(method, path)]
        for fault in met:
            if fault.times:
                fault.times -= 1
                if not fault.times:
                    self._waiting.remove(fault)
        return met
