# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Restarts of a device: causing one, and waiting until it is over.

A device that is about to restart goes on answering for a while, half a minute after a firmware upgrade was accepted.
That it answers proves nothing, so a restart is believed on evidence only (see `_is_another_run`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from ..hfortix_fortios.errors import (
    ABSENT,
    FortiOSError,
    PermissionDeniedError,
    TimeoutError_,
    TransportError,
)
from ..hfortix_fortios.http.interface import Request
from ..resource.task import TaskError
from .argspec import Spec
from .connection import Client


def wait_spec(*, default: bool) -> Spec:
    """The options of a module after which a device restarts; `default`: whether it waits if the task says nothing."""
    return {"wait": {"type": "bool", "default": default}, "wait_timeout": {"type": "int", "default": 600}}


#: Tells when the device started. Not every access profile may read it.
STATE = "/api/v2/monitor/web-ui/state"
#: Every administrator may read it.
STATUS = "/api/v2/monitor/system/status"

#: Seconds for one question to the device.
ANSWER_SECONDS = 10.0
#: The pauses between two questions, in seconds: the first, the longest, and how they grow.
FIRST_PAUSE, LONGEST_PAUSE, GROWTH = 0.5, 5.0, 1.5
#: The start time is reckoned from a clock that may be set meanwhile; a change by fewer seconds alone proves nothing.
CLOCK_SECONDS = 5.0


@dataclass(frozen=True)
class Boot:
    """One run of a device. `release` is such as "7.6.5", `started` in seconds since the epoch; None: unknown."""

    release: str
    build: int | None = None
    started: float | None = None


@dataclass(frozen=True)
class Waited:
    """A device is back: after how many `seconds`, what it ran `before` and what it runs `after` the restart."""

    seconds: float
    before: Boot
    after: Boot

    def as_dict(self) -> dict[str, Any]:
        """As results of modules tell it."""
        return {"seconds": self.seconds, "before": self.before.release, "after": self.after.release}


def current_boot(client: Client) -> Boot:
    """What the device runs, and since when.

    :raises FortiOSError: it does not answer, or refuses to
    """
    try:
        answer = client.send(Request("GET", STATE, timeout=ANSWER_SECONDS))
    except (*ABSENT, PermissionDeniedError):
        answer = client.send(Request("GET", STATUS, timeout=ANSWER_SECONDS))
    milliseconds = (answer.get("results") or {}).get("utc_last_reboot")
    return Boot(
        str(answer.get("version", "")).removeprefix("v"),
        answer.get("build"),
        milliseconds / 1000 if milliseconds else None,
    )


def wait_timeout(params: Mapping[str, Any]) -> int:
    """For how many seconds a task waits at most.

    :raises TaskError: for no time at all
    """
    seconds: int = params["wait_timeout"]
    if seconds < 1:
        instead = ", or wait: false" if "wait" in params else ""
        raise TaskError(f"wait_timeout: {seconds} is too short. Give at least 1 second{instead}.")
    return seconds


def seconds_to_wait(params: Mapping[str, Any]) -> float | None:
    """For how many seconds a task with `wait_spec` waits at most; None: not at all.

    :raises TaskError: for no time at all
    """
    seconds = wait_timeout(params)
    return seconds if params["wait"] else None


def restart(
    client: Client,
    request: Request,
    seconds: float | None,
    *,
    check: Callable[[Any], None] = lambda answer: None,
    settle: float | None = None,
) -> tuple[Any, Waited | None]:
    """Send `request`, which makes the device restart, and wait at most `seconds` until it is back; None: do not wait.

    The answer, and what came of the waiting. The answer is None where the device went down before it had given one.
    `check` may find in it that the device refused, and raise. `settle` as for `wait_until_back`.

    :raises TimeoutError_: the device is not back in time
    :raises FortiOSError: the device refused
    """
    before = current_boot(client) if seconds is not None else None
    answer = None
    try:
        answer = client.send(request)
        check(answer)
    except TransportError as error:
        # Whether the request took effect will be seen.
        if not error.sent or before is None:
            raise
    if seconds is None or before is None:
        return answer, None
    return answer, wait_until_back(client, before, seconds, settle=settle)


def wait_until_back(client: Client, before: Boot, seconds: float, *, settle: float | None = None) -> Waited:
    """Wait at most `seconds` until the device has restarted and answers again; `before` is the run that ends.

    With `settle`, a device that still answers as before after so many seconds, and always did, is one that need not
    restart.

    :raises TimeoutError_: it is not back in time
    """
    began = time.monotonic()
    pause = FIRST_PAUSE
    lost = False
    problem: FortiOSError | None = None
    while (passed := time.monotonic() - began) < seconds:
        time.sleep(min(pause, seconds - passed))
        pause = min(pause * GROWTH, LONGEST_PAUSE)
        try:
            now = current_boot(client)
        except FortiOSError as error:
            problem = error
            lost = lost or isinstance(error, TransportError) or (error.status or 0) >= 500
            continue
        problem = None
        passed = time.monotonic() - began
        if _is_another_run(before, now, lost) or (settle is not None and not lost and passed >= settle):
            return Waited(round(passed, 1), before, now)
    raise _not_back(seconds, problem)


def _is_another_run(before: Boot, now: Boot, lost: bool) -> bool:
    """Whether the device has restarted between two observations; `lost` says that it was out of reach meanwhile.

    Another release or start time proves it. To have been out of reach does only where the start time is unknown: the
    network may have failed, or the web server alone.
    """
    if (now.release, now.build) != (before.release, before.build):
        return True
    if before.started is None or now.started is None:
        return lost
    return abs(now.started - before.started) > (0 if lost else CLOCK_SECONDS)


def _not_back(seconds: float, problem: FortiOSError | None) -> FortiOSError:
    if problem is None:
        return TimeoutError_(
            f"the device has not restarted within {seconds:g} s, and answers as before",
            hint="Look at its event log; it may have refused after it had accepted, or need longer: see wait_timeout",
        )
    return TimeoutError_(
        f"the device is not back within {seconds:g} s: {problem.message}",
        hint="Look at its console; a device that needs longer is waited for longer with wait_timeout",
        cli_error=problem.cli_error, status=problem.status,
    )  # fmt: skip
