# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The SDK against the simulator over TLS: one scenario a topic, in both modes and with both kinds of credentials."""

from __future__ import annotations

import asyncio
import inspect
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from hfortix_fortios import F, FortiOS, errors
from tests.simulator.server import Simulator

TOKEN = "sdk-integration-token"


class Device:
    """A device in one of the modes; calling it gives the result of a call, whether that is a coroutine or not."""

    def __init__(self, simulator: Simulator, asynchronous: bool, **options: Any) -> None:
        self.asynchronous = asynchronous
        self.loop = asyncio.new_event_loop()
        host = f"{simulator.host}:{simulator.port}"
        fgt = FortiOS(host, verify=simulator.ca_path, async_mode=asynchronous, **options)  # type: ignore[call-overload]
        self.fgt: Any = fgt

    def __call__(self, result: Any) -> Any:
        assert inspect.isawaitable(result) == self.asynchronous
        return self.loop.run_until_complete(result) if self.asynchronous else result

    def transaction(self, *calls: Any, **options: Any) -> None:
        """Make the calls inside a transaction."""

        async def later() -> None:
            async with self.fgt.transaction(**options):
                for call in calls:
                    await call()

        if self.asynchronous:
            self.loop.run_until_complete(later())
            return
        with self.fgt.transaction(**options):
            for call in calls:
                call()

    def rows(self, iterator: Any) -> list[Any]:
        async def later() -> list[Any]:
            return [row async for row in iterator]

        return self.loop.run_until_complete(later()) if self.asynchronous else list(iterator)


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    with Simulator("7.6.5", token=TOKEN, vdoms=("root", "lab")) as found:
        yield found


@pytest.fixture(params=["sync", "async"])
def asynchronous(request: pytest.FixtureRequest) -> bool:
    return bool(request.param == "async")


@pytest.fixture(params=["token", "session"])
def device(request: pytest.FixtureRequest, simulator: Simulator, asynchronous: bool) -> Iterator[Device]:
    simulator.reset()
    session = {"username": simulator.user, "password": simulator.password}
    found = Device(simulator, asynchronous, **({"token": TOKEN} if request.param == "token" else session))
    yield found
    found(found.fgt.close())
    found.loop.close()


def test_the_life_of_a_row(device: Device, simulator: Simulator) -> None:
    table = device.fgt.api.cmdb.firewall.address
    assert device(table.set(name="a/b ü", subnet="192.0.2.5/24")).action == "created"
    again = device(table.set(name="a/b ü", subnet="192.0.2.0 255.255.255.0", comment=""))
    assert (again.action, bool(again)) == ("unchanged", False)
    changed = device(table.set(name="a/b ü", comment="x", type="ipmask"))
    assert (changed.action, changed.fields) == ("updated", ("comment",))
    device(table.clone("a/b ü", "copy"))
    device(table.rename("copy", "new"))
    assert device(table.exists("new"))
    assert not device(table.exists("copy"))
    assert device(table["new"].get())["comment"] == "x"
    device(table["new"].delete())
    with pytest.raises(errors.NotFoundError):
        device(table.get("new"))
    assert device(table.defaults())["type"] == "ipmask"
    assert device(table.describe())["category"] == "table"


def test_child_tables(device: Device) -> None:
    firewall = device.fgt.api.cmdb.firewall
    for name in "abc":
        device(firewall.address.post(name=name, type="fqdn", fqdn=f"{name}.example.com"))
    device(firewall.addrgrp.post(name="g", member=["a"]))
    member = firewall.addrgrp["g"].member
    device(member.post(name="b"))
    assert [row["name"] for row in device(member.get())] == ["a", "b"]
    device(member.delete("a"))
    assert not device(member.exists("a"))
    change = device(firewall.addrgrp.set(name="g", member=["b", "c"]))
    assert (change.action, change.fields) == ("updated", ("member",))
    assert device(firewall.addrgrp.set(name="g", member=["c", "b"])).action == "unchanged"
    rules = device.fgt.api.cmdb.router.prefix_list
    device(rules.post(name="p"))
    device(rules["p"].rule.post(id=1, prefix="192.0.2.0/24", le=30))
    assert device(rules["p"].rule.set(id=1, prefix="192.0.2.0/24", le=32)).fields == ("le",)
    assert device(rules["p"].rule[1].get())["le"] == 32


def test_singletons(device: Device) -> None:
    settings = device.fgt.api.cmdb.system.global_
    assert device(settings.set(hostname="fw-2")).fields == ("hostname",)
    assert device(settings.set(hostname="fw-2")).action == "unchanged"
    assert device(settings.get(format=["hostname"]))["hostname"] == "fw-2"


def test_order(device: Device) -> None:
    policy = device.fgt.api.cmdb.firewall.policy
    for number in (1, 2):
        device(
            policy.post(
                policyid=number, name=f"p{number}", srcintf="any", dstintf="any", srcaddr="all", dstaddr="all",
                action="accept", schedule="always", service="ALL",
            )
        )  # fmt: skip
    device(policy.move(2, before=1))
    assert [row["policyid"] for row in device(policy.get())] == [2, 1]


def test_queries(device: Device) -> None:
    table = device.fgt.api.cmdb.firewall.address
    names = [f"web,{number:02}" for number in range(12)]
    results = device(device.fgt.batch([partial(table.post, name=name, color=3) for name in names], parallel=4))
    assert all(results)
    assert [result.get()["mkey"] for result in results] == names
    wanted = F("name").one_of("web,03", "web,07") & (F("color") == 3)
    assert [row["name"] for row in device(table.get(filter=wanted, sort="name,dsc"))] == ["web,07", "web,03"]
    assert len(device(table.get(filter=[F("name").contains("WEB,0"), "color==3"]))) == 10
    paged = device.rows(table.iterate(5, filter=F("name").contains("web"), format=["name"]))
    assert sorted(row["name"] for row in paged) == names
    device(table.post(name="only-here", vdom="lab"))
    found = device(table.by_vdom(filter=F("name") == "only-here"))
    assert {vdom: [row["name"] for row in rows] for vdom, rows in found.items()} == {"root": [], "lab": ["only-here"]}


def test_transactions(device: Device) -> None:
    table = device.fgt.api.cmdb.firewall.address
    device.transaction(partial(table.post, name="one"), partial(table.post, name="two"), vdom="lab")
    assert device(table.exists("one", vdom="lab"))
    with pytest.raises(errors.InvalidValueError):
        device.transaction(partial(table.post, name="three"), partial(table.post, name="bad", type="nonsense"))
    assert not device(table.exists("three"))
    active = device(device.fgt.request("GET", "/api/v2/cmdb", params={"action": "transaction-list"}))
    assert active["results"] == []


def test_validation_by_the_release_of_the_device(simulator: Simulator, asynchronous: bool) -> None:
    device = Device(simulator, asynchronous, token=TOKEN, validation="strict")
    table = device.fgt.api.cmdb.firewall.address
    device(table.get(count=1))
    simulator.device.entries.clear()
    with pytest.raises(errors.InvalidValueError, match=r"start-mac: exists in up to 6.4.4, not in 7.6.5"):
        table.post(name="x", start_mac="00:00:5e:00:53:01")
    assert simulator.log() == []
    device(device.fgt.close())
    device.loop.close()


def until_back(device: Device, read: Any, seconds: float = 10) -> Any:
    """What `read` gives once the device, which restarts, has been away and answers again."""
    end = time.monotonic() + seconds
    away = False
    while time.monotonic() < end:
        try:
            found = device(read())
        except errors.FortiOSError:
            away = True
        else:
            if away:
                return found
        time.sleep(0.05)
    raise AssertionError("the device is not back")


@pytest.mark.parametrize("release", ["7.4.4", "7.6.5"])
def test_backup_and_restore(release: str, asynchronous: bool, tmp_path: Path) -> None:
    with Simulator(release, token=TOKEN, vdoms=("root", "lab"), downtime=0.5) as simulator:
        # Without repetitions, which would outlast so short a restart.
        device = Device(simulator, asynchronous, token=TOKEN, retries=0)
        table = device.fgt.in_vdom("lab").api.cmdb.firewall.address
        device(table.post(name="web", subnet="192.0.2.1/32"))
        whole, lab, secret = (tmp_path / name for name in ("whole", "lab", "secret"))
        assert device(device.fgt.backup(whole)) == whole.stat().st_size
        assert device(device.fgt.backup(lab, vdom="lab")) == lab.stat().st_size < whole.stat().st_size
        device(device.fgt.backup(secret, password="hunter2"))
        assert b"192.0.2.1 " in whole.read_bytes()
        assert b"192.0.2.1 " in lab.read_bytes()
        assert secret.read_bytes().startswith(b"#FGBK|")
        device(table.delete("web"))
        device(device.fgt.restore(lab, vdom="lab"))
        assert device(table.exists("web"))
        device(table.delete("web"))
        with pytest.raises(errors.FortiOSError, match="Invalid config file"):
            device(device.fgt.restore(secret, password="wrong"))
        device(device.fgt.restore(secret, password="hunter2"))
        assert until_back(device, partial(table.exists, "web"))
        device(device.fgt.close())
        device.loop.close()


def test_logs(device: Device, simulator: Simulator, tmp_path: Path) -> None:
    simulator.tell("logs", [{"type": "traffic/forward", "count": 2300}, {"type": "ips", "count": 5}])
    log = device.fgt.api.log
    simulator.device.entries.clear()
    found = device(log.traffic.forward.entries(2100, source="disk"))
    assert (len(found.rows), found.complete, found.total_lines) == (2100, False, 2300)
    assert len({row["sessionid"] for row in found.rows}) == 2100
    asked = [entry for entry in simulator.log() if "forward" in entry["path"]]
    assert [entry["query"]["rows"] for entry in asked] == ["1000", "1000", "100"]
    denied = device(log.traffic.forward.entries(5000, source="disk", filter="action==deny"))
    assert denied.complete
    assert {row["action"] for row in denied.rows} == {"deny"}
    assert device(log.traffic.forward.get(source="memory")) == []

    text = device(log.traffic.forward.raw.get(source="disk", rows=3))
    assert len(text.splitlines()) == 3
    assert device(log.traffic.forward.raw.to_file(tmp_path / "f.log", source="disk", rows=3)) == len(text)
    assert (tmp_path / "f.log").read_bytes() == text

    archived = device(log.ips.archive.get(source="disk"))
    assert [one["mkey"] for one in archived] == [1, 2, 3]
    content = device(log.ips.archive_download.get(source="disk", mkey=2))
    assert content == b"archived ips 2\n"
    with pytest.raises(errors.NotFoundError):
        device(log.ips.archive_download.to_file(tmp_path / "none", source="memory", mkey=2))
    assert [path.name for path in tmp_path.iterdir()] == ["f.log"]
