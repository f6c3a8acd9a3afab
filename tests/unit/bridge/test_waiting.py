# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What proves that a device has restarted, and what does not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge import waiting
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.connection import Client
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.waiting import Boot, restart, wait_until_back
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.errors import (
    AuthenticationError,
    FortiOSError,
    PermissionDeniedError,
    ServerError,
    TimeoutError_,
    TLSError,
    TransportError,
)
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.http.interface import Outcome, Request

BEFORE = Boot("7.6.5", 3651, 1_000_000.0)
REBOOT = Request("POST", "/api/v2/monitor/system/os/reboot", json={})
GONE = TransportError("cannot reach https://fw1", sent=False)
LOCKED = AuthenticationError("the device did not accept the credentials")


def state(started: float | None = BEFORE.started, version: str = "v7.6.5", build: int = 3651) -> dict[str, Any]:
    results = {} if started is None else {"utc_last_reboot": int(started * 1000)}
    return {"version": version, "build": build, "results": results}


class Device(Client):
    """Answers with what the script says, and with the last of it for ever."""

    def __init__(self, *script: Any) -> None:
        self.script: list[Any] = list(script)
        self.seen: list[str] = []

    def batch(self, requests: Sequence[Request], *, parallel: int | None = None, stop: bool = False) -> list[Outcome]:
        (request,) = requests
        self.seen.append(request.path)
        says = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        error = says if isinstance(says, FortiOSError) else None
        return [Outcome(request, None if error else says, error)]


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.now += seconds


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    fake = Clock()
    monkeypatch.setattr(waiting, "time", fake)
    return fake


@pytest.mark.parametrize(
    "script",
    [
        pytest.param([state(), state(), GONE, state(1_000_300.0)], id="goes on answering for a while"),
        pytest.param([state(), state(1_000_300.0)], id="was gone between two questions"),
        pytest.param([GONE, state(1_000_002.0)], id="restarted in no time"),
        pytest.param([state(), state(version="v7.6.6", build=3700)], id="another release"),
        pytest.param([state(), state(build=3652)], id="another build"),
        pytest.param([GONE, TLSError("no TLS"), ServerError("starting", status=503), LOCKED, state(5.0)], id="starts"),
        pytest.param([GONE, GONE, state(None)], id="does not tell when it started"),
        pytest.param([state(), GONE, state(), state(), GONE, state(1_000_300.0)], id="the network failed before"),
    ],
)
def test_a_restart_is_recognised_when_it_is_over(script: list[Any]) -> None:
    device = Device(*script, LOCKED)
    waited = wait_until_back(device, BEFORE, 600)
    assert device.script == [LOCKED]
    assert waited.after.release == script[-1]["version"][1:]
    assert waited.as_dict() == {"seconds": waited.seconds, "before": "7.6.5", "after": waited.after.release}
    assert 0 < waited.seconds < 60


@pytest.mark.parametrize(
    ("says", "words"),
    [
        (state(), "has not restarted within 60 s, and answers as before. Look at its event log"),
        (state(1_000_003.0), "has not restarted within 60 s"),
        (GONE, "is not back within 60 s: cannot reach https://fw1. Look at its console"),
        (LOCKED, "is not back within 60 s: the device did not accept the credentials. Look at its console"),
    ],
)
def test_no_proof_is_no_restart(clock: Clock, says: Any, words: str) -> None:
    device = Device(says)
    with pytest.raises(TimeoutError_, match=words):
        wait_until_back(device, BEFORE, 60)
    assert clock.now == pytest.approx(60)
    assert len(device.seen) < 25


def test_who_may_not_read_the_start_time_sees_that_the_device_was_gone(clock: Clock) -> None:
    denied = PermissionDeniedError("no", status=403)
    device = Device(denied, state(None), GONE, denied, state(None))
    waited = wait_until_back(device, Boot("7.6.5", 3651), 60)
    assert device.seen == [waiting.STATE, waiting.STATUS, waiting.STATE, waiting.STATE, waiting.STATUS]
    assert waited.after == Boot("7.6.5", 3651)


def test_a_device_that_need_not_restart_is_left_after_a_while(clock: Clock) -> None:
    assert wait_until_back(Device(state()), BEFORE, 600, settle=15).seconds == pytest.approx(15, abs=5)
    restarting = Device(state(), GONE, GONE, state(), state(), state(), state(), state(), state(), state(1_000_300.0))
    assert wait_until_back(restarting, BEFORE, 600, settle=15).after.started == 1_000_300.0


def test_an_answer_that_the_restart_cut_off_is_no_failure() -> None:
    cut = TransportError("the connection broke", sent=True)
    answer, waited = restart(Device(state(), cut, GONE, state(1_000_300.0)), REBOOT, 600)
    assert answer is None
    assert waited is not None
    answer, waited = restart(Device(state(), {"status": "success"}, state(1_000_300.0)), REBOOT, 600)
    assert answer == {"status": "success"}
    assert waited is not None


@pytest.mark.parametrize("error", [GONE, PermissionDeniedError("no", status=403)])
def test_a_request_that_was_refused_or_not_sent_is_a_failure(error: FortiOSError) -> None:
    device = Device(state(), error)
    with pytest.raises(type(error)):
        restart(device, REBOOT, 600)
    assert device.seen == [waiting.STATE, REBOOT.path]


def test_nobody_waits_unasked() -> None:
    device = Device({"status": "success"})
    assert restart(device, REBOOT, None) == ({"status": "success"}, None)
    assert device.seen == [REBOOT.path]
