# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the simulator tells of policies, sessions, tunnels and users, and what operations on them do."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from .conftest import Fgt, Start
from .test_monitor_network import MONITOR, results


async def act(fgt: Fgt, path: str, body: dict[str, Any] | None = None, **query: str) -> httpx.Response:
    answer = await fgt.post(f"{MONITOR}/{path}", body or {}, **query)
    assert answer.status_code == 200, answer.text
    return answer


async def add_policy(fgt: Fgt, name: str, action: str = "accept") -> None:
    ends = {"srcintf": [{"name": "port2"}], "dstintf": [{"name": "port1"}]}
    addresses = {"srcaddr": [{"name": "all"}], "dstaddr": [{"name": "all"}], "service": [{"name": "ALL"}]}
    await fgt.make("firewall/policy", name=name, action=action, schedule="always", **ends, **addresses)


@pytest.fixture
async def filtered(fgt: Fgt) -> Fgt:
    """A device with two policies that accept traffic and one that denies it."""
    await fgt.make("firewall/address", name="hosts", subnet="192.0.2.0/24")
    await add_policy(fgt, "one")
    await add_policy(fgt, "two")
    await add_policy(fgt, "none", "deny")
    return fgt


async def test_counters_of_policies(filtered: Fgt) -> None:
    found = {row["policyid"]: row for row in await results(filtered, "firewall/policy")}
    assert list(found) == [0, 1, 2, 3]
    assert found[0] == {"policyid": 0, "active_sessions": 0, "bytes": 0, "packets": 0}
    assert found[1]["bytes"] > 0
    assert found[1]["uuid_type"] == "firewall.policy"
    assert found[3]["bytes"] == 0
    assert "last_used" not in found[3]
    assert found[1]["active_sessions"] + found[2]["active_sessions"] == 64
    assert [row["policyid"] for row in await results(filtered, "firewall/policy", policyid=2)] == [2]


async def test_counters_are_cleared(filtered: Fgt) -> None:
    await act(filtered, "firewall/policy/clear_counters", {"policy": 1})
    found = {row["policyid"]: row["bytes"] for row in await results(filtered, "firewall/policy")}
    assert found[1] == 0
    assert found[2] > 0
    await act(filtered, "firewall/policy/reset")
    assert {row["bytes"] for row in await results(filtered, "firewall/policy")} == {0}


async def test_sessions_follow_policies(filtered: Fgt) -> None:
    found = await results(filtered, "firewall/session", count=1000, summary="true")
    assert found["summary"]["session_count"] == 64
    assert {row["policyid"] for row in found["details"]} == {1, 2}
    assert {(row["srcintf"], row["dstintf"]) for row in found["details"]} == {("port2", "port1")}
    assert all(row["saddr"].startswith("192.0.2.") for row in found["details"])


async def test_number_of_sessions_has_bounds(filtered: Fgt) -> None:
    await filtered.post("/__simulator__/sessions", {"count": 2500})
    sizes = [len((await results(filtered, "firewall/session", count=n))["details"]) for n in (1, 30, 5000)]
    assert sizes == [20, 30, 1000]
    last = (await results(filtered, "firewall/session", count=1000, start=2000))["details"]
    assert len(last) == 500
    assert (await filtered.get(f"{MONITOR}/firewall/session")).status_code == 424
    assert (await filtered.post("/__simulator__/sessions", {"count": 30000})).status_code == 400


async def test_sessions_are_selected_and_closed(filtered: Fgt) -> None:
    (one,) = (await results(filtered, "firewall/session", count=20, sourceport=40001))["details"]
    names = {"pro": "proto", "saddr": "saddr", "daddr": "daddr", "sport": "sport", "dport": "dport"}
    await act(filtered, "firewall/session/close", {name: one[member] for name, member in names.items()})
    assert (await results(filtered, "firewall/session", count=20, sourceport=40001))["details"] == []
    await act(filtered, "firewall/session/close-multiple", {"policy": 1})
    left = (await results(filtered, "firewall/session", count=1000))["details"]
    assert {row["policyid"] for row in left} == {2}
    await act(filtered, "firewall/session/close-all")
    assert (await results(filtered, "firewall/sessions", count=1000))["details"] == []


async def test_sessions_without_policies(fgt: Fgt) -> None:
    found = (await results(fgt, "firewall/session", count=20))["details"]
    assert {row["policyid"] for row in found} == {0}


async def test_ipsec(fgt: Fgt) -> None:
    phase1 = {"interface": "port1", "remote-gw": "198.51.100.9", "psksecret": "swordfish"}
    await fgt.make("vpn.ipsec/phase1-interface", name="hub", **phase1)
    subnets = {"src-subnet": "192.0.2.0/24", "dst-subnet": "203.0.113.0/24"}
    await fgt.make("vpn.ipsec/phase2-interface", name="lan", phase1name="hub", **subnets)
    (tunnel,) = await results(fgt, "vpn/ipsec")
    assert (tunnel["name"], tunnel["rgwy"], tunnel["status"]) == ("hub", "198.51.100.9", "up")
    (selector,) = tunnel["proxyid"]
    assert selector["proxy_src"][0]["subnet"] == "192.0.2.0/255.255.255.0"
    assert (selector["p2name"], selector["status"]) == ("lan", "up")
    both = {"p1name": "hub", "p2name": "lan"}
    await act(fgt, "vpn/ipsec/tunnel_down", both)
    assert (await results(fgt, "vpn/ipsec", tunnel="hub"))[0]["proxyid"][0]["status"] == "down"
    await act(fgt, "vpn/ipsec/tunnel_up", both)
    await act(fgt, "vpn/ipsec/tunnel_reset_stats", {"p1name": "hub"})
    (tunnel,) = await results(fgt, "vpn/ipsec")
    assert (tunnel["status"], tunnel["incoming_bytes"]) == ("up", 0)
    unknown = await fgt.post(f"{MONITOR}/vpn/ipsec/tunnel_up", {"p1name": "hub", "p2name": "wan"})
    assert (unknown.status_code, unknown.json()["error"]) == (404, -3)


async def test_ssl_vpn(fgt: Fgt) -> None:
    assert await results(fgt, "vpn/ssl") == []
    for name in ("ann", "ben", "eve"):
        await fgt.post("/__simulator__/vpn_users", {"user": name, "group": "staff", "address": "203.0.113.7"})
    found = await results(fgt, "vpn/ssl")
    assert [row["user_name"] for row in found] == ["ann", "ben", "eve"]
    assert (found[0]["interface"], found[0]["remote_host"]) == ("ssl.root", "203.0.113.7")
    await act(fgt, "vpn/ssl/delete", {"type": "subsession", "index": 1})
    assert [row["user_name"] for row in await results(fgt, "vpn/ssl")] == ["ann", "eve"]
    assert (await results(fgt, "vpn/ssl/stats"))["current"]["users"] == 2
    assert (await fgt.post(f"{MONITOR}/vpn/ssl/delete", {"type": "subsession", "index": 1})).status_code == 404
    await act(fgt, "vpn/ssl/clear_tunnel")
    assert await results(fgt, "vpn/ssl") == []


async def test_authenticated_users(fgt: Fgt) -> None:
    for name, address in (("ann", "192.0.2.1"), ("ben", "2001:db8::1"), ("eve", "192.0.2.1")):
        await act(fgt, "user/firewall/auth", {"username": name, "ip": address})
    found = await results(fgt, "user/firewall")
    assert [(row["username"], row["ipaddr"], row["src_type"]) for row in found] == [
        ("ben", "2001:db8::1", "ip6"),
        ("eve", "192.0.2.1", "ip4"),
    ]
    assert [row["username"] for row in await results(fgt, "user/firewall", ipv4="true", ipv6="false")] == ["eve"]
    assert await results(fgt, "user/firewall/count") == {"ipv4": 1, "ipv6": 1, "total": 2}
    await act(fgt, "user/firewall/deauth", {"ip": "192.0.2.1"})
    await act(fgt, "user/firewall/deauth", {"users": [{"id": found[0]["id"]}]})
    assert await results(fgt, "user/firewall") == []
    refused = await fgt.post(f"{MONITOR}/user/firewall/auth", {"username": "ann", "ip": "nowhere"})
    assert (refused.status_code, refused.json()["error"]) == (500, -8)


async def test_everybody_is_deauthenticated(fgt: Fgt) -> None:
    await act(fgt, "user/firewall/auth", {"username": "ann", "ip": "192.0.2.1"})
    await act(fgt, "user/firewall/deauth", {"all": True})
    assert await results(fgt, "user/firewall") == []


async def test_fsso(fgt: Fgt) -> None:
    await fgt.make("user/fsso", name="domain", server="192.0.2.10", password="swordfish")
    (row,) = await results(fgt, "user/fsso")
    assert (row["name"], row["status"], row["active_server"]) == ("domain", "connected", "192.0.2.10")


async def test_banned_addresses(start: Start) -> None:
    fgt = start(vdoms=("root", "blue"))
    addresses = ["192.0.2.1", "2001:db8::1"]
    await act(fgt, "user/banned/add_users", {"ip_addresses": addresses, "expiry": 600})
    await act(fgt, "user/banned/add_users", {"ip_addresses": ["192.0.2.2"]})
    found = await results(fgt, "user/banned")
    assert [(row["ip_address"], row["ipv6"], "expires" in row) for row in found] == [
        ("192.0.2.1", 0, True),
        ("2001:db8::1", 1, True),
        ("192.0.2.2", 0, False),
    ]
    assert await results(fgt, "user/banned", vdom="blue") == []
    assert (await results(fgt, "user/banned/check", ip_address="192.0.2.2"))["is_banned"] is True
    await act(fgt, "user/banned/clear_users", {"ip_addresses": addresses})
    missing = await fgt.post(f"{MONITOR}/user/banned/clear_users", {"ip_addresses": ["192.0.2.2", "192.0.2.9"]})
    assert missing.status_code == 404
    assert [row["ip_address"] for row in await results(fgt, "user/banned")] == ["192.0.2.2"]
    await act(fgt, "user/banned/clear_all")
    assert await results(fgt, "user/banned") == []


async def test_bans_run_out(fgt: Fgt) -> None:
    await act(fgt, "user/banned/add_users", {"ip_addresses": ["192.0.2.1"], "expiry": -1})
    assert await results(fgt, "user/banned") == []
