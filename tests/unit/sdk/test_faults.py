# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong between client and device: nothing is written twice, and nothing is lost silently, in both modes.

Against the simulator, so that what a device would hold afterwards is part of each case.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from hfortix_fortios import AsyncHTTPClient, FortiOS, HTTPClient, errors
from hfortix_fortios.http.interface import Outcome, Request
from tests.simulator.server import Simulator

from .conftest import Device, Mode

ADDRESS = "/api/v2/cmdb/firewall/address"
STATUS = "/api/v2/monitor/system/status"
WRITES = [Request("POST", ADDRESS, json={"name": f"n{number}"}) for number in range(12)]

pytestmark = pytest.mark.usefixtures("device")


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator(release="7.6.5", tls=False) as simulator:
        yield simulator


def client(mode: Mode, simulator: Simulator, *, session: bool = False, **options: Any) -> Any:
    kind = AsyncHTTPClient if mode.asynchronous else HTTPClient
    who = {"username": simulator.user, "password": simulator.password} if session else {"token": simulator.token}
    found = kind(simulator.url, **{"backoff": 0.001, **who, **options})  # type: ignore[arg-type]
    mode._open.append(found)
    return found


def names(simulator: Simulator) -> list[str]:
    """The addresses of ours that the device holds."""
    table = simulator.device.row
    return [request.json["name"] for request in WRITES if table("firewall/address", request.json["name"])]


def sent(simulator: Simulator, method: str, path: str = ADDRESS) -> int:
    return sum(entry["method"] == method and entry["path"].startswith(path) for entry in simulator.log())


FAULTS: list[tuple[str, dict[str, Any], type[Exception], bool]] = [
    ("dropped before", {"drop": "before"}, errors.TransportError, False),
    ("dropped after", {"drop": "after"}, errors.TransportError, True),
    ("slow", {"latency": 600}, errors.TimeoutError_, True),
    ("429 without JSON", {"status": 429, "html": True}, errors.LockedOutError, False),
    ("429 with JSON", {"status": 429, "body": '{"http_status": 429, "status": "error"}'}, errors.LockedOutError, False),
    ("500", {"status": 500, "html": True}, errors.ServerError, False),
    ("503", {"status": 503, "body": "busy"}, errors.ServerError, False),
    ("HTML with 200", {"status": 200, "html": True}, errors.ServerError, False),
    ("HTML 401", {"status": 401, "html": True}, errors.AuthenticationError, False),
]


@pytest.mark.parametrize(("fault", "kind", "happened"), [fault[1:] for fault in FAULTS], ids=[f[0] for f in FAULTS])
def test_a_write_meets_a_fault(
    mode: Mode, simulator: Simulator, fault: dict[str, Any], kind: type[Exception], happened: bool
) -> None:
    """It is sent once, the error says so, and the device holds what the fault let through."""
    simulator.fault(method="POST", path=ADDRESS, **fault)
    with pytest.raises(kind) as caught:
        mode(client(mode, simulator, timeout=0.3 if "latency" in fault else 5).post(ADDRESS, json={"name": "n0"}))
    assert sent(simulator, "POST") <= 1
    if isinstance(caught.value, errors.TransportError):
        assert caught.value.sent is True
        assert "read the object before repeating it" in str(caught.value)
    if "latency" not in fault:
        assert (names(simulator) == ["n0"]) is happened


@pytest.mark.parametrize(
    "fault", [f[1] for f in FAULTS[:3]] + [{"status": 503, "body": "busy"}], ids=["before", "after", "slow", "503"]
)
def test_a_read_survives_a_fault(mode: Mode, simulator: Simulator, fault: dict[str, Any]) -> None:
    simulator.fault(method="GET", path=STATUS, times=2, **fault)
    answer = mode(client(mode, simulator, timeout=0.3 if "latency" in fault else 5).get(STATUS))
    assert answer["status"] == "success"


@pytest.mark.parametrize(
    ("name", "fault", "kind", "happened"), FAULTS[:2] + FAULTS[5:7], ids=lambda value: str(value)[:8]
)
@pytest.mark.parametrize("parallel", [1, 4])
def test_a_batch_meets_a_fault(
    mode: Mode,
    simulator: Simulator,
    name: str,
    fault: dict[str, Any],
    kind: type[Exception],
    happened: bool,
    parallel: int,
) -> None:
    """One request fails, the others do not, and the outcomes tell which; each went out once."""
    simulator.fault(method="POST", path=ADDRESS, **fault)
    outcomes: list[Outcome] = mode(client(mode, simulator).batch(WRITES, parallel=parallel))
    failed = [outcome for outcome in outcomes if outcome.error is not None]
    assert [type(outcome.error) for outcome in failed] == [kind]
    assert sent(simulator, "POST") == len(WRITES)
    done = [outcome.request.json["name"] for outcome in outcomes if outcome.error is None]
    lost = [failed[0].request.json["name"]]
    assert sorted(names(simulator)) == sorted(done + (lost if happened else []))


@pytest.mark.parametrize("parallel", [1, 4])
def test_a_session_ends_in_the_middle_of_a_batch(mode: Mode, simulator: Simulator, parallel: int) -> None:
    found = client(mode, simulator, session=True)
    mode(found.batch(WRITES[:4], parallel=parallel))
    simulator.fault(method="POST", path=ADDRESS, expire=True)
    outcomes = mode(found.batch(WRITES[4:], parallel=parallel))
    assert [outcome.error for outcome in outcomes] == [None] * 8
    assert names(simulator) == [request.json["name"] for request in WRITES]
    assert sent(simulator, "POST", "/api/v2/authentication") == 2
    written = [entry for entry in simulator.log() if entry["path"] == ADDRESS and entry["status"] == 200]
    assert len(written) == len(WRITES)


def test_a_session_that_ends_again_and_again(mode: Mode, simulator: Simulator) -> None:
    """The login is renewed once for a request; then it is an error, and the request was not carried out."""
    simulator.fault(method="POST", path=ADDRESS, expire=True, times=0)
    with pytest.raises(errors.AuthenticationError):
        mode(client(mode, simulator, session=True).post(ADDRESS, json={"name": "n0"}))
    assert sent(simulator, "POST") == 2
    assert names(simulator) == []


@pytest.mark.parametrize("parallel", [1, 4])
def test_a_revoked_token_in_a_batch(mode: Mode, simulator: Simulator, parallel: int) -> None:
    """A device locks out after three refusals: fewer than that are asked for, and no outcome is missing."""
    found = client(mode, simulator, token="revoked")
    outcomes = mode(found.batch(WRITES, parallel=parallel))
    assert len(outcomes) == len(WRITES)
    assert all(isinstance(outcome.error, errors.AuthenticationError) for outcome in outcomes)
    assert sent(simulator, "POST") == 2
    assert mode(client(mode, simulator).get(STATUS))["status"] == "success"


def test_a_lock_out_is_not_prolonged(mode: Mode, simulator: Simulator) -> None:
    for _ in range(3):
        with pytest.raises(errors.AuthenticationError):
            mode(client(mode, simulator, token="wrong").get(STATUS))
    found = client(mode, simulator)
    before = len(simulator.log())
    for _ in range(4):
        with pytest.raises(errors.LockedOutError):
            mode(found.get(STATUS))
    outcomes = mode(found.batch(WRITES, parallel=4))
    assert {type(outcome.error) for outcome in outcomes} == {errors.LockedOutError}
    assert len(simulator.log()) == before + 1
    assert names(simulator) == []


def test_an_administrator_who_is_locked_out(mode: Mode, simulator: Simulator) -> None:
    found = client(mode, simulator, session=True, password="wr0ng-word")
    for _ in range(5):
        with pytest.raises(errors.AuthenticationError):
            mode(found.get(STATUS))
    assert sent(simulator, "POST", "/api/v2/authentication") == 1
    mode(client(mode, simulator, session=True).get(STATUS))


def test_a_busy_device_gets_every_write_once(mode: Mode, simulator: Simulator) -> None:
    simulator.fault(method="POST", path=ADDRESS, status=503, body="busy", headers={"Retry-After": "0"}, times=5)
    outcomes = mode(client(mode, simulator).batch(WRITES, parallel=4))
    assert [outcome.error for outcome in outcomes] == [None] * len(WRITES)
    assert names(simulator) == [request.json["name"] for request in WRITES]
    assert sum(entry["status"] == 200 for entry in simulator.log() if entry["path"] == ADDRESS) == len(WRITES)


def test_an_upsert_after_a_lost_answer_writes_nothing_twice(mode: Mode, simulator: Simulator) -> None:
    """The write happened, its answer was lost: what a program does next is to set the row again."""
    fgt: Any = FortiOS(client=client(mode, simulator), async_mode=mode.asynchronous)  # type: ignore[call-overload]
    table = fgt.api.cmdb.firewall.address
    simulator.fault(method="POST", path=ADDRESS, drop="after")
    with pytest.raises(errors.TransportError):
        mode(table.post(name="n0", comment="x"))
    assert mode(table.get("n0"))["comment"] == "x"
    with pytest.raises(errors.DuplicateError):
        mode(table.post(name="n0", comment="x"))
    assert names(simulator) == ["n0"]


def test_the_circuit_opens_over_a_device_that_went_away(mode: Mode, device: Device) -> None:
    with Simulator(tls=False) as simulator:
        found = client(mode, simulator, breaker=3, retries=0)
        mode(found.get(STATUS))
    outcomes = mode(found.batch(WRITES, parallel=1))
    kinds = [type(outcome.error).__name__ for outcome in outcomes]
    assert kinds == ["TransportError"] * 3 + ["CircuitOpenError"] * 9
    assert not any(outcome.sent for outcome in outcomes[3:])
