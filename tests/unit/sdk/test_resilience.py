# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Circuit breaker, rate limit, timeouts, idle sessions: the same requests at the same times in both modes."""

from __future__ import annotations

import time
from typing import Any

import pytest

from hfortix_fortios import errors
from hfortix_fortios.http.interface import Request

from .conftest import DROP, Device, Mode, Says, Seen
from .test_http import ADDRESS, LOGIN, OK, STATUS, new_release

REFUSED = Says(500, {"status": "error", "http_status": 500, "error": -651})


class Clock:
    """A clock that stands still, but for what the flows pause."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.pauses: list[float] = []

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Time for breaker and rate limit; each `Pause` step moves it on at once."""
    found = Clock()
    for module in ("resilience", "base"):
        monkeypatch.setattr(f"hfortix_fortios.http.{module}.time.monotonic", found.monotonic)
    return found


def paused(client: Any, clock: Clock, monkeypatch: pytest.MonkeyPatch, mode: Mode) -> None:
    perform = type(client)._perform

    def move(step: Any) -> bool:
        if type(step).__name__ != "Pause":
            return False
        clock.pauses.append(round(step.seconds, 6))
        clock.now += step.seconds
        return True

    def sync(self: Any, step: Any) -> Any:
        return None if move(step) else perform(self, step)

    async def asynchronous(self: Any, step: Any) -> Any:
        return None if move(step) else await perform(self, step)

    monkeypatch.setattr(type(client), "_perform", asynchronous if mode.asynchronous else sync)


def attempt(mode: Mode, client: Any, path: str = STATUS) -> str:
    """What became of a GET: the name of the error, or ok."""
    try:
        mode(client.get(path))
    except errors.FortiOSError as error:
        return type(error).__name__
    return "ok"


# Circuit breaker


@pytest.mark.parametrize("fault", [DROP, Says(503, "busy"), Says(500, "")])
def test_the_circuit_opens_and_one_request_tries_again(mode: Mode, device: Device, clock: Clock, fault: Says) -> None:
    device.handle = lambda seen: fault
    client = mode.http(device, breaker=3, breaker_seconds=30, retries=0)
    first = [attempt(mode, client) for _ in range(5)]
    kind = "TransportError" if fault.drop else "ServerError"
    assert first == [kind] * 3 + ["CircuitOpenError"] * 2
    assert len(device.seen) == 3
    clock.now += 31
    assert [attempt(mode, client) for _ in range(2)] == [kind, "CircuitOpenError"]
    assert len(device.seen) == 4
    clock.now += 31
    device.handle = lambda seen: Says(200, OK)
    assert [attempt(mode, client) for _ in range(3)] == ["ok"] * 3
    assert len(device.seen) == 7


def test_what_an_open_circuit_says(mode: Mode, device: Device, clock: Clock) -> None:
    device.handle = lambda seen: Says(502, "")
    client = mode.http(device, breaker=1, breaker_seconds=20, retries=0)
    attempt(mode, client)
    clock.now += 5
    with pytest.raises(errors.CircuitOpenError) as caught:
        mode(client.post(ADDRESS, json={"name": "a", "password": "s3cret"}))
    assert str(caught.value) == (
        f"not sent, since 1 requests in a row to http://{device.host} failed: the device failed at "
        "monitor/system/status. The device is tried again in 15 s; check that it is up and reachable"
    )
    assert caught.value.sent is False
    (outcome,) = mode(client.batch([Request("PUT", ADDRESS, json={})]))
    assert isinstance(outcome.error, errors.CircuitOpenError)
    assert outcome.sent is False
    assert len(device.seen) == 1


def test_refusals_and_a_busy_device_do_not_open_the_circuit(mode: Mode, device: Device) -> None:
    client = mode.http(device, breaker=2)
    device.script = [REFUSED, Says(404, b""), Says(403, b""), REFUSED, Says(503, "", {"retry-after": "60"})] * 2
    assert "CircuitOpenError" not in [attempt(mode, client) for _ in range(10)]
    assert len(device.seen) == 10


def test_a_success_in_between_counts_anew(mode: Mode, device: Device) -> None:
    client = mode.http(device, breaker=2, retries=0)
    device.script = [Says(500, ""), Says(200, OK), Says(500, ""), Says(200, OK)]
    assert [attempt(mode, client) for _ in range(4)] == ["ServerError", "ok"] * 2


def test_repetitions_end_where_the_circuit_opens(mode: Mode, device: Device) -> None:
    device.handle = lambda seen: Says(503, "")
    with pytest.raises(errors.ServerError):
        mode(mode.http(device, breaker=2, retries=5).get(STATUS))
    assert len(device.seen) == 2


def test_failing_logins_open_the_circuit(mode: Mode, device: Device, clock: Clock) -> None:
    device.handle = lambda seen: DROP
    client = mode.session(device, breaker=2, breaker_seconds=10, retries=0)
    assert [attempt(mode, client) for _ in range(3)] == ["TransportError", "TransportError", "CircuitOpenError"]
    assert device.lines == [LOGIN] * 2
    clock.now += 11
    device.handle = new_release
    assert attempt(mode, client) == "ok"
    assert device.lines == [LOGIN] * 3 + [f"GET {STATUS}"]


# Rate


def test_the_rate_after_a_burst(mode: Mode, device: Device, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    client = mode.http(device, rate=4, burst=3)
    paused(client, clock, monkeypatch, mode)
    for _ in range(6):
        mode(client.get(STATUS))
    assert clock.pauses == [0.25] * 3
    clock.pauses.clear()
    clock.now += 60
    for _ in range(4):
        mode(client.get(STATUS))
    assert clock.pauses == [0.25]


def test_the_rate_holds_for_a_batch_and_its_login(mode: Mode, device: Device) -> None:
    device.handle = new_release
    client = mode.session(device, rate=50)
    start = time.monotonic()
    outcomes = mode(client.batch([Request("GET", f"{ADDRESS}/a{n}") for n in range(9)], parallel=5))
    assert [outcome.error for outcome in outcomes] == [None] * 9
    assert time.monotonic() - start >= 9 / 50
    assert len(device.seen) == 10


def test_a_batch_leaves_out_what_the_rate_does_not_allow_in_time(mode: Mode, device: Device) -> None:
    client = mode.http(device, rate=2, burst=2)
    outcomes = mode(client.batch([Request("POST", ADDRESS, json={})] * 5, parallel=1, seconds=0.2))
    assert [outcome.sent for outcome in outcomes] == [True, True, False, False, False]
    assert len(device.seen) == 2


@pytest.mark.parametrize(("options", "text"), [({"rate": 0}, "rate is a number"), ({"rate": 1, "burst": 0}, "burst")])
def test_bounds_that_nothing_passes(mode: Mode, device: Device, options: Any, text: str) -> None:
    with pytest.raises(ValueError, match=text):
        mode.http(device, **options)


# Timeouts


@pytest.mark.parametrize(
    ("path", "how", "seconds"),
    [
        (STATUS, "client", 0.15),
        ("/api/v2/monitor/system/config/backup", "client", None),
        (f"{ADDRESS}/a", "client", 0.1),
        ("/api/v2/monitor/system/config/backup", "call", 0.12),
        (STATUS, "view", None),
        (STATUS, "batch", 0.12),
    ],
)
def test_timeouts(mode: Mode, device: Device, path: str, how: str, seconds: float | None) -> None:
    device.handle = lambda seen: time.sleep(0.3) or Says(200, OK)  # type: ignore[func-returns-value]
    client = mode.http(
        device, retries=0, timeout=0.15, timeouts={"monitor/*/config/*": 5, "cmdb/firewall/address*": 0.1}
    )

    def get() -> Any:
        if how == "call":
            return mode(client.request("GET", path, timeout=0.12))
        if how == "view":
            return mode(client.with_timeout(5).get(path))
        if how == "batch":
            (outcome,) = mode(client.batch([Request("GET", path, timeout=0.12)]))
            if outcome.error:
                raise outcome.error
            return outcome.answer
        return mode(client.get(path))

    if seconds is None:
        assert get() == OK
    else:
        with pytest.raises(errors.TimeoutError_, match=f"gave no answer within {seconds:g} s"):
            get()
    assert device.lines == [f"GET {path}"]


def test_a_view_with_a_timeout_is_a_client(mode: Mode, device: Device) -> None:
    view = mode.http(device, vdom="lab").with_timeout(5)
    mode(view.post(ADDRESS, json={"name": "a"}))
    mode(view.put(f"{ADDRESS}/a", json={}))
    mode(view.delete(f"{ADDRESS}/a"))
    mode(view.request("GET", ADDRESS, params={"count": 1}, headers={"x-transaction-id": "3"}))
    mode(view.batch([Request("GET", STATUS)], parallel=1))
    assert device.lines == [
        f"POST {ADDRESS}?vdom=lab", f"PUT {ADDRESS}/a?vdom=lab", f"DELETE {ADDRESS}/a?vdom=lab",
        f"GET {ADDRESS}?count=1&vdom=lab", f"GET {STATUS}?vdom=lab",
    ]  # fmt: skip
    assert device.seen[3].headers["x-transaction-id"] == "3"


# Idle sessions


def test_an_idle_session_is_renewed_before_it_is_used(mode: Mode, device: Device, clock: Clock) -> None:
    device.handle = new_release
    client = mode.session(device, session_idle=240)
    mode(client.get(STATUS))
    clock.now += 200
    mode(client.get(STATUS))
    clock.now += 200
    mode(client.get(STATUS))
    assert device.lines == [LOGIN] + [f"GET {STATUS}"] * 3
    clock.now += 241
    mode(client.post(ADDRESS, json={"name": "a"}))
    assert device.lines[4:] == [LOGIN, f"POST {ADDRESS}"]


def test_a_batch_in_an_idle_session_logs_in_once(mode: Mode, device: Device, clock: Clock) -> None:
    device.handle = new_release
    client = mode.session(device, session_idle=240)
    mode(client.login())
    clock.now += 300
    mode(client.batch([Request("GET", f"{ADDRESS}/a{n}") for n in range(8)], parallel=8))
    assert device.lines.count(LOGIN) == 2
    assert device.lines[1] == LOGIN


def test_without_the_option_only_the_device_ends_a_session(mode: Mode, device: Device, clock: Clock) -> None:
    device.handle = new_release
    client = mode.session(device)
    mode(client.get(STATUS))
    clock.now += 100_000
    mode(client.get(STATUS))
    assert device.lines.count(LOGIN) == 1


def test_nothing_of_it_is_loaded_unless_it_is_used() -> None:
    from .test_client import loaded_by

    loaded = loaded_by("from hfortix_fortios import HTTPClient; HTTPClient('fw1', token='t')")
    unused = {"resilience", "observe", "view", "fortimanager", "async_client"}
    assert not loaded & {f"hfortix_fortios.http.{name}" for name in unused}
    assert "hfortix_fortios.audit" not in loaded


def test_a_device_that_recovers_in_time_is_not_noticed(mode: Mode, device: Device) -> None:
    failing = [DROP, Says(503, "")]

    def handle(seen: Seen) -> Says:
        return failing.pop() if failing else Says(200, OK)

    device.handle = handle
    assert mode(mode.http(device, breaker=3).get(STATUS)) == OK
    assert len(device.seen) == 3
