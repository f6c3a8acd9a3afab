# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the simulator tells of interfaces, networks and routes follows from its configuration."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Fgt, Start

MONITOR = "/api/v2/monitor"


async def results(fgt: Fgt, path: str, **query: Any) -> Any:
    answer = await fgt.get(f"{MONITOR}/{path}", **query)
    assert answer.status_code == 200, answer.text
    return answer.json()["results"]


@pytest.fixture
async def routed(fgt: Fgt) -> Fgt:
    """A device with addresses on two ports and a VLAN, and with static routes."""
    await fgt.put("system/interface/port1", {"ip": "198.51.100.2/24", "alias": "wan"})
    inside = {"ip": "192.0.2.1 255.255.255.0", "ipv6": {"ip6-address": "2001:db8::1/64"}}
    await fgt.put("system/interface/port2", inside)
    await fgt.put("system/interface/port3", {"status": "down"})
    vlan = {"ip": "203.0.113.1/29", "vlanid": 20, "interface": "port2", "vdom": "root", "type": "vlan"}
    await fgt.make("system/interface", name="voice", **vlan)
    await fgt.make("router/static", dst="0.0.0.0/0", gateway="198.51.100.1", device="port1", distance=5)
    await fgt.make("router/static", dst="10.0.0.0/8", gateway="192.0.2.9", device="port2", status="disable")
    await fgt.make("router/static6", dst="2001:db8:9::/48", gateway="2001:db8::9", device="port2")
    return fgt


async def test_interfaces_that_are_up(routed: Fgt) -> None:
    found = await results(routed, "system/interface")
    assert {"port1", "port2"} <= found.keys()
    assert not {"port3", "voice", "fortilink", "ssl.root"} & found.keys()
    port = found["port1"]
    assert (port["id"], port["ip"], port["mask"], port["alias"]) == ("port1", "198.51.100.2", 24, "wan")
    more = await results(routed, "system/interface", include_vlan="true", include_aggregate="true")
    assert more.keys() - found.keys() == {"voice", "fortilink"}
    assert list(await results(routed, "system/interface", interface_name="port2")) == ["port2"]


async def test_available_interfaces(routed: Fgt) -> None:
    found = {row["name"]: row for row in await results(routed, "system/available-interfaces")}
    assert {"port3", "voice", "ssl.root"} <= found.keys()
    assert (found["port3"]["link"], found["port3"]["speed"]) == ("down", 0)
    assert found["voice"]["is_vlan"]
    assert not found["voice"]["is_physical"]
    assert (found["voice"]["vlan_id"], found["voice"]["vlan_interface"]) == (20, "port2")
    assert found["port2"]["ipv4_addresses"] == [{"ip": "192.0.2.1", "netmask": "255.255.255.0", "cidr_netmask": 24}]
    assert found["port2"]["ipv6_addresses"][0]["ip"] == "2001:db8::1"
    assert await results(routed, "system/available-interfaces/meta") == {"total": len(found)}


async def test_interfaces_belong_to_vdoms(start: Start) -> None:
    fgt = start(vdoms=("root", "blue"))
    await fgt.put("system/interface/port4", {"vdom": "blue"})
    assert list(await results(fgt, "system/interface", vdom="blue")) == ["port4"]
    assert "port4" not in await results(fgt, "system/interface")
    assert "port4" in await results(fgt, "system/interface", scope="global")


async def test_routes(routed: Fgt) -> None:
    found = [(row["ip_mask"], row["type"], row["interface"]) for row in await results(routed, "router/ipv4")]
    assert found == [
        ("0.0.0.0/0", "static", "port1"),
        ("10.255.1.0/24", "connect", "fortilink"),
        ("192.0.2.0/24", "connect", "port2"),
        ("198.51.100.0/24", "connect", "port1"),
        ("203.0.113.0/29", "connect", "voice"),
    ]
    default = (await results(routed, "router/ipv4", type="static"))[0]
    assert (default["gateway"], default["distance"]) == ("198.51.100.1", 5)
    assert [row["ip_mask"] for row in await results(routed, "router/ipv6")] == ["2001:db8:9::/48", "2001:db8::/64"]
    either = await results(routed, "router/ipv4", type="static", interface="port2", operator="or")
    assert len(either) == 2
    assert await results(routed, "router/ipv4", type="static", interface="port2") == []


async def test_route_statistics(routed: Fgt) -> None:
    found = await results(routed, "router/statistics")
    assert found == {"total_lines": 7, "total_lines_ipv4": 5, "total_lines_ipv6": 2}
    assert (await results(routed, "router/statistics", ip_version=6))["total_lines"] == 2


async def test_neighbours_of_routing_protocols(fgt: Fgt) -> None:
    neighbours = [{"ip": "192.0.2.9", "remote-as": "65001"}, {"ip": "2001:db8::9", "remote-as": "65002"}]
    await fgt.put("router/bgp", {"as": "65000", "router-id": "192.0.2.1", "neighbor": neighbours})
    (row,) = await results(fgt, "router/bgp/neighbors")
    assert (row["neighbor_ip"], row["local_ip"], row["remote_as"]) == ("192.0.2.9", "192.0.2.1", "65001")
    assert row["state"] == "Established"
    assert (await results(fgt, "router/bgp/neighbors6"))[0]["neighbor_ip"] == "2001:db8::9"
    await fgt.put("router/ospf", {"router-id": "192.0.2.1", "neighbor": [{"id": 1, "ip": "192.0.2.8", "priority": 3}]})
    expected = {"neighbor_ip": "192.0.2.8", "router_id": "192.0.2.8", "state": "Full", "priority": 3}
    assert await results(fgt, "router/ospf/neighbors") == [expected]


async def test_leases(routed: Fgt) -> None:
    server = {
        "interface": "port2",
        "netmask": "255.255.255.0",
        "ip-range": [{"id": 1, "start-ip": "192.0.2.100", "end-ip": "192.0.2.200"}],
        "reserved-address": [{"id": 1, "ip": "192.0.2.100", "mac": "00:00:5e:00:53:01"}],
    }
    await routed.post("system.dhcp/server", server)
    found = await results(routed, "system/dhcp")
    assert [(row["ip"], row["reserved"]) for row in found] == [("192.0.2.100", True), ("192.0.2.101", False)]
    assert (found[0]["mac"], found[0]["interface"], found[0]["server_mkey"]) == ("00:00:5e:00:53:01", "port2", 1)
    assert await results(routed, "system/dhcp", interface="port1") == []
    await routed.post(f"{MONITOR}/system/dhcp/revoke", {"ip": ["192.0.2.101"]})
    assert [row["ip"] for row in await results(routed, "system/dhcp")] == ["192.0.2.100"]
    await routed.post(f"{MONITOR}/system/dhcp/revoke", {})
    assert await results(routed, "system/dhcp") == []


async def test_neighbours_and_name_servers(routed: Fgt) -> None:
    found = {row["interface"]: row["ip"] for row in await results(routed, "network/arp")}
    assert (found["port1"], found["port2"]) == ("198.51.100.1", "192.0.2.2")
    await routed.put("system/dns", {"primary": "192.0.2.53", "secondary": "0.0.0.0"})
    assert [row["ip"] for row in await results(routed, "network/dns/latency")] == ["192.0.2.53"]


async def test_addresses_and_pools(fgt: Fgt) -> None:
    await fgt.make("firewall/address", name="site", type="fqdn", fqdn="www.example.com")
    await fgt.make("firewall/address", name="cloud", type="dynamic", **{"sub-type": "sdn"})
    (site,) = await results(fgt, "firewall/address-fqdns", mkey="site")
    assert (site["fqdn"], site["addrs_count"], site["wildcard"]) == ("www.example.com", 1, False)
    assert [row["name"] for row in await results(fgt, "firewall/address-dynamic", mkey="cloud")] == ["cloud"]
    await fgt.make("firewall/ippool", name="pool", startip="192.0.2.10", endip="192.0.2.11")
    pool = (await results(fgt, "firewall/ippool"))["pool"]
    assert (pool["natip_total"], pool["pba_per_ip"], pool["total"]) == (2, 472, 944)


async def test_sdwan(routed: Fgt) -> None:
    members = [{"seq-num": 1, "interface": "port4"}, {"seq-num": 2, "interface": "port5", "status": "disable"}]
    check = {
        "name": "internet",
        "server": "192.0.2.53",
        "members": [{"seq-num": 1}, {"seq-num": 2}],
        "sla": [{"id": 1}],
    }
    await routed.put("system/sdwan", {"status": "enable", "members": members, "health-check": [check]})
    found = (await results(routed, "virtual-wan/health-check"))["internet"]
    assert (found["port4"]["status"], found["port4"]["sla_targets_met"]) == ("up", [1])
    assert found["port5"] == {"status": "disable"}
    rows = await results(routed, "virtual-wan/members", interface="port4")
    assert [(row["seq_num"], row["link"]) for row in rows] == [(1, "up")]
    await routed.put("system/interface/port4", {"status": "down"})
    found = (await results(routed, "virtual-wan/health-check", health_check_name="internet"))["internet"]
    assert (found["port4"]["status"], found["port4"]["packet_loss"]) == ("down", 100)


async def test_link_monitors(fgt: Fgt) -> None:
    await fgt.post("system/link-monitor", {"name": "wan", "srcintf": "port1", "server": [{"address": "192.0.2.1"}]})
    assert (await results(fgt, "system/link-monitor"))["wan"]["port1"]["status"] == "up"
