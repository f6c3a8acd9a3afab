# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The endpoint tree over the proxy of a FortiManager, in both modes, against simulated devices."""

from __future__ import annotations

import time
from typing import Any

import pytest

from hfortix_fortios import FortiOS, errors
from hfortix_fortios.http.async_fortimanager import AsyncFortiManagerClient
from hfortix_fortios.http.fortimanager import FortiManagerClient, FortiManagerOptions, ProxyRequest
from hfortix_fortios.http.interface import IBatchClient, Request
from tests.simulator.server import Simulator

from .conftest import DROP, Device, Mode, Says, Seen
from .fortimanager import FortiManager

ADDRESS = "/api/v2/cmdb/firewall/address"
STATUS = "/api/v2/monitor/system/status"


@pytest.fixture
def fmg(device: Device) -> FortiManager:
    devices = {name: Simulator("7.6.5", vdoms=("root", "lab")) for name in ("fgt1", "fgt2")}
    device.handle = found = FortiManager(devices)
    return found


def client(mode: Mode, device: Device, /, **options: Any) -> Any:
    kind = AsyncFortiManagerClient if mode.asynchronous else FortiManagerClient
    if not options.keys() & {"username", "token"}:
        options["token"] = "fmg-key"
    if not options.keys() & {"device", "group"}:
        options["device"] = "fgt1"
    found = kind(device.host, **{"scheme": "http", "backoff": 0.001, **options})
    mode._open.append(found)
    return found


def asked(seen: Seen) -> tuple[str, str, list[str], Any]:
    data = seen.json["params"][0]["data"]
    return data["action"], data["resource"], data["target"], data.get("payload")


def test_the_tree_of_a_device(mode: Mode, device: Device, fmg: FortiManager) -> None:
    fgt: Any = FortiOS(client=client(mode, device, vdom="lab"), async_mode=mode.asynchronous)
    table = fgt.api.cmdb.firewall.address
    mode(table.post(name="a/b", comment="x"))
    assert mode(table.get("a/b"))["comment"] == "x"
    assert mode(table.exists("a/b")) is True
    mode(table.put("a/b", comment="y"))
    assert [row["comment"] for row in mode(table.get(filter="name==a/b"))] == ["y"]
    mode(table.delete("a/b"))
    assert mode(table.exists("a/b")) is False
    assert mode(fgt.api.monitor.system.status.get())["hostname"]
    target = ["adom/root/device/fgt1"]
    assert asked(device.seen[0]) == (
        "post", f"{ADDRESS}?vdom=lab", target, {"name": "a/b", "comment": "x"},
    )  # fmt: skip
    assert asked(device.seen[1]) == ("get", f"{ADDRESS}/a%2Fb?vdom=lab", target, None)
    assert {seen.line for seen in device.seen} == {"POST /jsonrpc"}
    assert {seen.headers["authorization"] for seen in device.seen} == {"Bearer fmg-key"}
    assert all("session" not in seen.json for seen in device.seen)


def test_the_tree_of_several_devices(mode: Mode, device: Device, fmg: FortiManager) -> None:
    fgt: Any = FortiOS(client=client(mode, device, device=["fgt1", "fgt2"]), async_mode=mode.asynchronous)
    table = fgt.api.cmdb.firewall.address
    mode(table.post(name="web", vdom="lab"))
    found = mode(table.by_vdom(["root", "lab"], filter="name==web", format=["name"]))
    assert {place: len(rows) for place, rows in found.items()} == {
        "fgt1/root": 0, "fgt1/lab": 1, "fgt2/root": 0, "fgt2/lab": 1,
    }  # fmt: skip
    assert list(mode(fgt.api.monitor.system.status.get())) == ["fgt1/root", "fgt2/root"]
    device.seen.clear()
    with pytest.raises(errors.InvalidValueError, match="one vdom of one device"):
        mode(table.set(name="web", comment="x", vdom="lab"))
    assert len(device.seen) == 1


def test_another_device_with_a_timeout_of_its_own(mode: Mode, device: Device, fmg: FortiManager) -> None:
    found = client(mode, device).on(device="fgt2")
    fgt: Any = FortiOS(client=found, async_mode=mode.asynchronous)
    assert mode(fgt.with_timeout(5).api.cmdb.firewall.address.exists("all")) is True
    assert asked(device.seen[0])[2] == ["adom/root/device/fgt2"]

    def slow(seen: Seen) -> Says:
        time.sleep(0.3)
        return fmg(seen)

    device.handle = slow
    with pytest.raises(errors.TimeoutError_):
        mode(fgt.with_timeout(0.1).api.cmdb.firewall.address.delete("x"))


def test_errors_are_those_of_the_device(mode: Mode, device: Device, fmg: FortiManager) -> None:
    found = client(mode, device)
    with pytest.raises(errors.NotFoundError) as caught:
        mode(found.get(f"{ADDRESS}/nothing"))
    assert (caught.value.path, caught.value.status) == (f"{ADDRESS}/nothing", 404)
    with pytest.raises(errors.ReferenceMissingError):
        mode(found.post("/api/v2/cmdb/firewall/addrgrp", json={"name": "g", "member": [{"name": "nothing"}]}))


def test_a_session_is_opened_once_and_closed(mode: Mode, device: Device, fmg: FortiManager) -> None:
    records: list[Any] = []
    found = client(mode, device, username="admin", password="fmg-word", audit=records.append)
    mode.within(found, lambda found: found.batch([Request("GET", STATUS)] * 6, parallel=3))
    told = [(record["method"], record["path"]) for record in records]
    assert told == [("POST", "/jsonrpc")] + [("GET", STATUS)] * 6 + [("POST", "/jsonrpc")]
    assert fmg.logins == 1
    assert fmg.sessions == set()
    assert device.seen[0].json["params"][0]["url"] == "/sys/login/user"
    assert device.seen[-1].json["params"][0]["url"] == "/sys/logout"
    assert {seen.json.get("session") for seen in device.seen[1:]} == {"session-1"}
    assert "authorization" not in device.seen[1].headers


def test_an_expired_session_is_renewed_once(mode: Mode, device: Device, fmg: FortiManager) -> None:
    found = client(mode, device, username="admin", password="fmg-word")
    mode(found.get(STATUS))
    fmg.sessions.clear()
    mode(found.post(ADDRESS, json={"name": "a"}))
    assert fmg.logins == 2
    assert [entry["method"] for entry in fmg.devices["fgt1"].log()] == ["GET", "POST"]


def test_a_token_never_logs_in_or_out(mode: Mode, device: Device, fmg: FortiManager) -> None:
    mode.within(client(mode, device), lambda found: found.get(STATUS))
    assert [seen.json["params"][0]["url"] for seen in device.seen] == ["/sys/proxy/json"]


def test_refused_credentials_are_not_hammered(mode: Mode, device: Device, fmg: FortiManager) -> None:
    found = client(mode, device, username="admin", password="wr0ng-word")
    for _ in range(3):
        with pytest.raises(errors.AuthenticationError, match="the FortiManager refused the login of 'admin'") as caught:
            mode(found.get(STATUS))
        assert "wr0ng-word" not in str(caught.value)
    assert len(device.seen) == 1
    revoked = client(mode, device, token="revoked")
    for _ in range(4):
        with pytest.raises(errors.AuthenticationError, match="did not accept the session"):
            mode(revoked.get(STATUS))
    assert len(device.seen) == 3


@pytest.mark.parametrize("place", [{"group": "all"}, {"device": ["fgt1", "fgt2"]}])
def test_several_devices(mode: Mode, device: Device, fmg: FortiManager, place: Any) -> None:
    found = client(mode, device, **place)
    answers = mode(found.post(ADDRESS, json={"name": "a"}))
    assert [(answer["target"], answer["mkey"]) for answer in answers] == [("fgt1", "a"), ("fgt2", "a")]
    both = mode(found.get(f"{ADDRESS}/a", params={"vdom": ["root", "root"]}))
    assert {(answer["target"], answer["vdom"]) for answer in both} == {("fgt1", "root"), ("fgt2", "root")}
    mode(client(mode, device, device="fgt2").delete(f"{ADDRESS}/a"))
    with pytest.raises(errors.PartialFailureError) as caught:
        mode(found.put(f"{ADDRESS}/a", json={"comment": "x"}))
    assert str(caught.value) == (
        f"1 of 2 devices failed: fgt2 (PUT {ADDRESS}/a). Look at the errors and answers of this error for each device"
    )
    assert list(caught.value.answers) == ["fgt1"]
    assert isinstance(caught.value.errors["fgt2"], errors.NotFoundError)
    again = errors.FortiOSError.from_dict(caught.value.to_dict())
    assert isinstance(again, errors.PartialFailureError)
    assert again.answers == caught.value.answers


def test_other_devices_over_the_same_session(mode: Mode, device: Device, fmg: FortiManager) -> None:
    first = client(mode, device, username="admin", password="fmg-word", vdom="root")
    second: Any = first.on(device="fgt2")
    mode(first.post(ADDRESS, json={"name": "one"}))
    table = FortiOS(client=second, async_mode=mode.asynchronous).api.cmdb.firewall.address  # type: ignore[call-overload]
    mode(table.post(name="two"))
    mode(second.batch([Request("POST", ADDRESS, json={"name": f"n{n}"}) for n in range(3)], parallel=1))
    names = {
        name: {row["name"] for row in mode(c.get(ADDRESS))["results"]} for name, c in [("1", first), ("2", second)]
    }
    assert "one" in names["1"] - names["2"]
    assert names["2"] - names["1"] == {"two", "n0", "n1", "n2"}
    assert fmg.logins == 1


def test_a_device_that_is_offline(mode: Mode, device: Device, fmg: FortiManager) -> None:
    fmg.offline = {"fgt1"}
    with pytest.raises(errors.TransportError) as caught:
        mode(client(mode, device).get(STATUS))
    assert str(caught.value) == (
        f"the FortiManager got no answer from the device (-20) (GET {STATUS}; device: Device is offline). "
        "Check that the FortiManager is connected to the device; a write may have taken effect"
    )
    with pytest.raises(errors.PartialFailureError, match="1 of 2 devices failed: fgt1"):
        mode(client(mode, device, group="all").get(STATUS))


def test_a_device_that_is_not_known(mode: Mode, device: Device, fmg: FortiManager) -> None:
    with pytest.raises(errors.FortiOSError, match=r"the FortiManager refused the request \(-3\).*does not exist"):
        mode(client(mode, device, device="fgt9").get(STATUS))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_write_is_never_sent_twice(mode: Mode, device: Device, fmg: FortiManager, method: str) -> None:
    device.handle = lambda seen: DROP
    with pytest.raises(errors.TransportError):
        mode(client(mode, device).request(method, f"{ADDRESS}/a", json={}))
    assert len(device.seen) == 1


def test_a_read_is_sent_again(mode: Mode, device: Device, fmg: FortiManager) -> None:
    broken = [Says(503, ""), DROP]
    device.handle = lambda seen: broken.pop() if broken else fmg(seen)
    assert mode(client(mode, device).get(STATUS))["status"] == "success"
    assert len(device.seen) == 3


def test_the_options_of_clients_hold_here_too(mode: Mode, device: Device, fmg: FortiManager) -> None:
    records: list[Any] = []
    found = client(mode, device, read_only=True, audit=records.append)
    mode(found.get(STATUS))
    with pytest.raises(errors.ReadOnlyError):
        mode(found.post(ADDRESS, json={}))
    assert [(record["path"], record["outcome"]) for record in records] == [(STATUS, "success"), (ADDRESS, "refused")]
    assert len(device.seen) == 1


def test_what_is_no_fortimanager(mode: Mode, device: Device) -> None:
    device.handle = lambda seen: Says(200, {"status": "success", "results": []})
    with pytest.raises(errors.TransportError, match="Check that the host is a FortiManager"):
        mode(client(mode, device).get(STATUS))


def test_transactions_do_not_pass(mode: Mode, device: Device, fmg: FortiManager) -> None:
    with pytest.raises(errors.UnsupportedError, match="hands no headers on"):
        mode(client(mode, device).request("POST", ADDRESS, json={}, headers={"X-TRANSACTION-ID": "1"}))
    assert device.seen == []


@pytest.mark.parametrize("place", [{}, {"device": "a", "group": "b"}, {"device": []}])
def test_a_place_is_needed(place: Any) -> None:
    with pytest.raises(ValueError, match="name the device or devices, or a group"):
        FortiManagerClient("fmg", token="t", **place)


def test_the_interface(mode: Mode, device: Device) -> None:
    found = client(mode, device)
    assert isinstance(found, IBatchClient)
    assert isinstance(found.on(device="fgt2"), IBatchClient)
    assert "fmg-key" not in repr(found)
    assert ProxyRequest.__dataclass_fields__.keys() - Request.__dataclass_fields__.keys() == {"targets"}
    assert set(FortiManagerOptions.__annotations__) >= {"adom", "device", "group", "token"}
