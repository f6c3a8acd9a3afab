# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the simulator tells of itself, of its cluster, its fabric, and of what it manages."""

from __future__ import annotations

from typing import Any

import pytest

from hfortix_fortios.schema import Release
from tests.simulator.operations.registry import HANDLERS

from .conftest import Fgt, Start
from .test_every_endpoint import RELEASES
from .test_monitor_network import MONITOR, results
from .test_monitor_traffic import act


async def test_status(fgt: Fgt) -> None:
    await fgt.put("system/global", {"hostname": "gate"})
    assert (await results(fgt, "system/status"))["hostname"] == "gate"


async def test_time_is_set(fgt: Fgt) -> None:
    wanted = {"year": 2030, "month": 1, "day": 2, "hour": 3, "minute": 4, "second": 5}
    await act(fgt, "system/time/set", wanted)
    assert 0 <= (await results(fgt, "system/time"))["time"] - 1893553445 < 10
    wrong = await fgt.post(f"{MONITOR}/system/time/set", {**wanted, "month": 13})
    assert wrong.status_code == 500


async def test_resource_usage(fgt: Fgt) -> None:
    found = await results(fgt, "system/resource/usage")
    assert {"cpu", "mem", "session"} <= found.keys()
    assert found["session"][0]["current"] == 64
    one = await results(fgt, "system/resource/usage", resource="cpu", interval="1-min")
    assert list(one) == ["cpu"]
    history = one["cpu"][0]["historical"]["1-min"]
    assert history["end"] - history["start"] == 57_000
    assert history["min"] <= history["average"] <= history["max"]
    memory = (await results(fgt, "system/performance/status"))["mem"]
    assert memory["total"] == memory["used"] + memory["free"] + memory["freeable"]


async def test_resources_of_a_vdom(start: Start) -> None:
    fgt = start(vdoms=("root", "blue"))
    before = int((await results(fgt, "system/vdom-resource", vdom="blue"))["firewall-address"])
    await fgt.post("firewall/address", {"name": "one"}, vdom="blue")
    found = await results(fgt, "system/vdom-resource", vdom="blue")
    assert (int(found["firewall-address"]), found["is_deletable"]) == (before + 1, True)


async def test_licences(fgt: Fgt) -> None:
    found = await results(fgt, "license/status")
    assert found["antivirus"]["status"] == "licensed"
    assert (found["vdom"]["used"], found["forticare"]["status"]) == (1, "registered")
    assert (await results(fgt, "system/vm-information"))["valid"] is True


async def test_revisions(fgt: Fgt) -> None:
    assert (await results(fgt, "system/config-revision"))["revisions"] == []
    await act(fgt, "system/config-revision/save", {"comments": "before"})
    answer = await act(fgt, "system/config-revision/save", {"comments": "after"})
    assert answer.json()["results"] == {"config_id": 2}
    found = await results(fgt, "system/config-revision")
    assert [(item["id"], item["comment"]) for item in found["revisions"]] == [(2, "after"), (1, "before")]
    assert found["current_config_unsaved"] is False
    assert found["categories"]["1"]["major_version"] == 7
    await fgt.make("firewall/address", name="one")
    assert (await results(fgt, "system/config-revision"))["current_config_unsaved"] is True
    await act(fgt, "system/config-revision/update-comments", {"config_id": 1, "comments": "first"})
    assert (await results(fgt, "system/config-revision/info", config_id=1))["comment"] == "first"
    missing = await fgt.post(f"{MONITOR}/system/config-revision/delete", {"config_ids": [1, 7]})
    assert missing.status_code == 404
    await act(fgt, "system/config-revision/delete", {"config_ids": [1, 2]})
    assert (await fgt.get(f"{MONITOR}/system/config-revision/info")).status_code == 404


async def test_device_alone(fgt: Fgt) -> None:
    for path in ("ha-peer", "ha-checksums", "ha-statistics"):
        assert await results(fgt, f"system/{path}") == []
    found = await results(fgt, "system/csf")
    (own,) = found["devices"]["fortigate"]
    assert (found["protocol_enabled"], own["serial"], own["ha_list"]) == (False, fgt.device.serial, [])


async def test_cluster(fgt: Fgt) -> None:
    await fgt.put("system/ha", {"mode": "a-p", "group-name": "pair", "priority": 200})
    assert [unit["primary"] for unit in await results(fgt, "system/ha-peer")] == [True]
    units = [{"serial_no": "FGVMOTHER", "hostname": "second"}]
    await fgt.post("/__simulator__/fabric", {"units": units})
    peers = await results(fgt, "system/ha-peer")
    assert [(unit["hostname"], unit["priority"], unit["primary"]) for unit in peers] == [
        (fgt.device.serial, 200, True),
        ("second", 128, False),
    ]
    assert await results(fgt, "system/ha-peer", serial_no="FGVMOTHER") == peers[1:]
    first, second = await results(fgt, "system/ha-checksums")
    assert first["checksum"] == second["checksum"]
    assert set(first["checksum"]) == {"global", "root", "all"}
    await fgt.make("firewall/address", name="one")
    changed = (await results(fgt, "system/ha-checksums"))[0]["checksum"]
    assert changed["root"] != first["checksum"]["root"]
    assert changed["global"] == first["checksum"]["global"]
    assert [unit["sessions"] for unit in await results(fgt, "system/ha-statistics")] == [64, 0]


async def test_cluster_out_of_step_with_another_primary(fgt: Fgt) -> None:
    unit = {"serial_no": "FGVMOTHER", "primary": True, "checksum": {"root": "0" * 32}}
    await fgt.post("/__simulator__/fabric", {"units": [unit]})
    assert [unit["primary"] for unit in await results(fgt, "system/ha-peer")] == [False, True]
    own, other = await results(fgt, "system/ha-checksums")
    assert own["checksum"]["root"] != other["checksum"]["root"]


async def test_fabric(fgt: Fgt) -> None:
    await fgt.put("system/csf", {"status": "enable", "group-name": "sites"})
    branch = {"serial": "FGVMBRANCH", "host_name": "branch", "mgmt_ip_str": "192.0.2.7"}
    await fgt.post("/__simulator__/fabric", {"downstream": [branch]})
    found = await results(fgt, "system/csf")
    own, below = found["devices"]["fortigate"]
    assert (found["protocol_enabled"], found["csf_group_name"]) == (True, "sites")
    assert below["path"] == f"{own['serial']}:FGVMBRANCH"
    assert (below["host_name"], below["firmware_version_major"]) == ("branch", 7)


async def test_wrong_request_to_the_simulator(fgt: Fgt) -> None:
    answer = await fgt.post("/__simulator__/fabric", {"downstream": [{"host_name": "branch"}]})
    assert answer.status_code == 400
    assert (await fgt.post("/__simulator__/nothing", {})).status_code == 404


async def test_access_points_and_switches(fgt: Fgt) -> None:
    await fgt.make("wireless-controller/wtp", **{"wtp-id": "FPTEST", "name": "hall", "admin": "enable"})
    (point,) = await results(fgt, "wifi/managed_ap")
    assert (point["name"], point["status"], point["clients"]) == ("hall", "connected", 2)
    clients = await results(fgt, "wifi/client")
    assert [client["wtp_name"] for client in clients] == ["hall", "hall"]
    assert await results(fgt, "wifi/client", mac=clients[1]["mac"]) == clients[1:]
    await fgt.put("wireless-controller/wtp/FPTEST", {"admin": "disable"})
    assert await results(fgt, "wifi/client") == []
    switch = {"switch-id": "S1", "fsw-wan1-peer": "fortilink", "fsw-wan1-admin": "enable"}
    await fgt.make("switch-controller/managed-switch", **switch)
    (found,) = await results(fgt, "switch-controller/managed-switch/status", mkey="S1")
    assert (found["state"], found["status"]) == ("Authorized", "Connected")


ROWS: dict[str, dict[str, Any]] = {
    "system.dhcp/server": {
        "interface": "port2",
        "ip-range": [{"id": 1, "start-ip": "192.0.2.5", "end-ip": "192.0.2.5"}],
    },
    "router/static": {"dst": "198.51.100.0/24", "gateway": "192.0.2.9", "device": "port2"},
    "router/static6": {"dst": "2001:db8::/32", "gateway": "2001:db8::9", "device": "port2"},
    "firewall/ippool": {"name": "pool", "startip": "192.0.2.10", "endip": "192.0.2.11"},
    "firewall/address": {"name": "site", "type": "fqdn", "fqdn": "www.example.com"},
    "vpn.ipsec/phase1-interface": {
        "name": "hub",
        "interface": "port1",
        "remote-gw": "192.0.2.9",
        "psksecret": "secret",
    },
    "vpn.ipsec/phase2-interface": {"name": "lan", "phase1name": "hub"},
    "user/fsso": {"name": "domain", "server": "192.0.2.10"},
    "system/link-monitor": {"name": "wan", "srcintf": "port1", "server": [{"address": "192.0.2.1"}]},
    "wireless-controller/wtp": {"wtp-id": "FPTEST", "admin": "enable"},
    "switch-controller/managed-switch": {"switch-id": "S1", "fsw-wan1-peer": "fortilink"},
}


@pytest.mark.parametrize("release", RELEASES)
async def test_every_release_can_tell(start: Start, release: Release) -> None:
    fgt = start(release)
    await fgt.put("system/interface/port2", {"ip": "192.0.2.1/24"})
    for table, row in ROWS.items():
        answer = await fgt.post(table, row)
        assert answer.status_code == 200, (table, answer.text)
    await fgt.put("router/bgp", {"as": "65000", "neighbor": [{"ip": "192.0.2.9", "remote-as": "65001"}]})
    await fgt.put("system/sdwan", {"members": [{"seq-num": 1, "interface": "port4"}]})
    for method, name in HANDLERS:
        if method == "GET":
            answer = await fgt.get(f"/api/v2/{name}", count=20, start=0)
            assert answer.status_code < 500, (name, answer.text)
