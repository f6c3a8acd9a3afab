# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What lets requests out: a circuit breaker and a rate limit. Loaded only for a client that uses one of them."""

from __future__ import annotations

import math
import threading
import time

from ..errors import CircuitOpenError, FortiOSError, ServerError, TransportError
from .base import Flow, Postponed
from .interface import Pause
from .settings import Settings


class Gate:
    """The circuit breaker and the rate limit of one client, and thus of one host.

    The circuit opens after `Settings.breaker` failures in a row: of transport, or answers with a status from 500 on
    that are no refusal of FortiOS itself. While it is open, requests are refused at once. After
    `Settings.breaker_seconds` one request goes out to try: a success closes the circuit, a failure opens it anew.

    :raises ValueError: a bound that nothing could pass
    """

    def __init__(self, settings: Settings) -> None:
        if settings.rate is not None and settings.rate <= 0:
            raise ValueError("rate is a number of requests per second above 0")
        if settings.burst < 1:
            raise ValueError("burst is a number of requests, at least 1")
        self._host = settings.base_url
        self._limit = settings.breaker
        self._rest = settings.breaker_seconds
        self._interval = 1 / settings.rate if settings.rate else 0.0
        self._tolerance = (settings.burst - 1) * self._interval
        self._lock = threading.Lock()
        self._next = 0.0
        self._failures = 0
        self._open_until: float | None = None
        self._cause: FortiOSError | None = None

    def enter(self, until: float = math.inf) -> Flow[None]:
        """Wait for this request's turn.

        :raises CircuitOpenError: the host failed too often a moment ago
        :raises Postponed: its turn comes after `until`
        """
        self._refuse_while_open()
        if self._interval:
            pause = self._reserve(until)
            if pause > 0:
                yield Pause(pause)
        self._admit()

    def note(self, error: FortiOSError | None) -> bool:
        """Count what became of a request that went out; whether the circuit is open now."""
        if not self._limit:
            return False
        with self._lock:
            if not _is_failure(error):
                self._failures = 0
                self._open_until = None
                return False
            self._failures += 1
            if self._failures >= self._limit:
                self._open_until = time.monotonic() + self._rest
                self._cause = error
            return self._open_until is not None

    def _reserve(self, until: float) -> float:
        """Take the next place in time; how far away it is, in seconds."""
        with self._lock:
            now = time.monotonic()
            place = max(self._next, now)
            pause = max(0.0, place - self._tolerance - now)
            if now + pause > until:
                raise Postponed
            self._next = place + self._interval
            return pause

    def _refuse_while_open(self) -> None:
        if self._open_until is not None and time.monotonic() < self._open_until:
            raise self._refusal()

    def _admit(self) -> None:
        if self._open_until is None:
            return
        with self._lock:
            if self._open_until is not None:
                now = time.monotonic()
                if now < self._open_until:
                    raise self._refusal()
                # This request is the one that tries; the others wait for what it finds, or for as long again.
                self._open_until = now + self._rest

    def _refusal(self) -> CircuitOpenError:
        seconds = max(0.0, (self._open_until or 0.0) - time.monotonic())
        cause = f": {self._cause.message}" if self._cause else ""
        return CircuitOpenError(
            f"not sent, since {self._failures} requests in a row to {self._host} failed{cause}",
            sent=False,
            hint=f"The device is tried again in {seconds:.0f} s; check that it is up and reachable",
        )


def _is_failure(error: FortiOSError | None) -> bool:
    """The host did not answer, or failed to; a device that is busy and says until when is there."""
    if isinstance(error, ServerError):
        return (error.status or 0) >= 500 and error.retry_after is None
    return isinstance(error, TransportError)
