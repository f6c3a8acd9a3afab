# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""FORTIOS_API.md section 6: the form in which values are kept and read."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Fgt, Start


async def stored(fgt: Fgt, path: str, key: str, **body: Any) -> dict[str, Any]:
    """Create an entry and read it back."""
    await fgt.make(path, **body)
    return await fgt.row(f"{path}/{key}")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("10.0.0.0/24", "10.0.0.0 255.255.255.0"),
        ("10.0.0.0 255.255.255.0", "10.0.0.0 255.255.255.0"),
        ("10.0.0.0/255.255.255.0", "10.0.0.0 255.255.255.0"),
        ("10.0.0.7", "10.0.0.7 255.255.255.255"),
        ("10.0.0.7/24", "10.0.0.0 255.255.255.0"),
    ],
)
async def test_address_with_mask(fgt: Fgt, given: str, kept: str) -> None:
    assert (await stored(fgt, "firewall/address", "a", name="a", subnet=given))["subnet"] == kept


async def test_host_bits(start: Start) -> None:
    kept = await stored(start(host_bits="keep"), "firewall/address", "a", name="a", subnet="10.0.0.7/24")
    assert kept["subnet"] == "10.0.0.7 255.255.255.0"
    interface = await stored(start(), "system/interface", "lo", name="lo", type="loopback", ip="10.0.0.7/24")
    assert interface["ip"] == "10.0.0.7 255.255.255.0", "an interface is a host in its network"


async def test_wildcard_masks_may_have_holes(fgt: Fgt) -> None:
    row = await stored(fgt, "firewall/address", "w", name="w", type="wildcard", wildcard="10.0.3.0 255.0.255.0")
    assert row["wildcard"] == "10.0.3.0 255.0.255.0"


@pytest.mark.parametrize("given", ["ping https ssh", ["ping", "https", "ssh"]])
async def test_several_options_are_one_text(fgt: Fgt, given: Any) -> None:
    await fgt.put("system/interface/port3", {"allowaccess": given})
    assert (await fgt.row("system/interface/port3"))["allowaccess"] == "ping https ssh"
    assert (await fgt.put("system/interface/port3", {"allowaccess": ""})).status_code == 200
    assert (await fgt.row("system/interface/port3"))["allowaccess"] == ""
    assert (await fgt.put("system/interface/port3", {"allowaccess": "ping nonsense"})).json()["error"] == -651


async def test_numbers(fgt: Fgt) -> None:
    row = await stored(fgt, "firewall/address", "a", name="a", color="7")
    assert row["color"] == 7
    session = await stored(fgt, "firewall.service/custom", "s", name="s", session_ttl=300)
    assert session["session-ttl"] == "300", "numbers with a grammar of their own are texts"


async def test_every_row_and_child_row_tells_its_key(fgt: Fgt) -> None:
    row = await fgt.row("firewall/addrgrp/G%20Suite")
    assert row["q_origin_key"] == "G Suite"
    assert row["member"][0] == {"name": "gmail.com", "q_origin_key": "gmail.com"}
    policy = await stored(fgt, "firewall/policy", "7", policyid=7, srcintf=[{"name": "port1", "q_origin_key": "x"}])
    assert policy["q_origin_key"] == 7
    assert policy["srcintf"] == [{"name": "port1", "q_origin_key": "port1"}]


async def test_fields_of_other_types_vanish(fgt: Fgt) -> None:
    row = await stored(fgt, "firewall/address", "a", name="a", type="iprange", start_ip="10.0.0.1", end_ip="10.0.0.9")
    assert (row["start-ip"], "subnet" in row, "fqdn" in row) == ("10.0.0.1", False, False)
    await fgt.put("firewall/address/a", {"type": "fqdn", "fqdn": "example.com"})
    row = await fgt.row("firewall/address/a")
    assert (row["fqdn"], "start-ip" in row) == ("example.com", False)
    await fgt.put("firewall/address/a", {"type": "iprange"})
    assert (await fgt.row("firewall/address/a"))["start-ip"] == "0.0.0.0", "what was hidden is forgotten"


async def test_service_ports_exist_for_ports_only(fgt: Fgt) -> None:
    assert "tcp-portrange" not in await fgt.row("firewall.service/custom/PING")
    assert (await fgt.row("firewall.service/custom/HTTPS"))["tcp-portrange"] == "443"


@pytest.mark.parametrize(("release", "protocol"), [("7.4.4", "TCP/UDP/SCTP"), ("7.6.5", "TCP/UDP/UDP-Lite/SCTP")])
async def test_defaults_are_the_release_s(start: Start, release: str, protocol: str) -> None:
    assert (await start(release).row("firewall.service/custom/HTTPS"))["protocol"] == protocol


async def test_writing_a_default_or_a_hidden_field_changes_nothing(fgt: Fgt) -> None:
    for body in ({"color": 0}, {"fqdn": "example.com"}, {"q_origin_key": "x"}, {}):
        answer = (await fgt.put("firewall/address/gmail.com", {**body, "type": "fqdn", "fqdn": "gmail.com"})).json()
        assert answer["revision_changed"] is False
    hidden = (await fgt.put("firewall/address/all", {"fqdn": "example.com"})).json()
    assert (hidden["status"], hidden["revision_changed"]) == ("success", False)


SECRET = "not to be seen"


async def test_secrets_read_encrypted(fgt: Fgt) -> None:
    await fgt.make("user/radius", name="r", server="192.0.2.1", secret=SECRET)
    first = (await fgt.row("user/radius/r"))["secret"]
    assert first.startswith("ENC ")
    assert SECRET not in (await fgt.get("user/radius")).text
    assert (await fgt.row("user/radius/r"))["secret"] == first
    assert (await fgt.put("user/radius/r", {"secret": SECRET})).json()["revision_changed"] is False
    assert (await fgt.put("user/radius/r", {"secret": first})).json()["revision_changed"] is False
    assert (await fgt.put("user/radius/r", {"secret": "other"})).json()["revision_changed"] is True
    await fgt.put("user/radius/r", {"secret": ""})
    assert (await fgt.row("user/radius/r"))["secret"] == ""


async def test_secrets_may_read_differently_each_time(start: Start) -> None:
    fgt = start(enc="changing")
    await fgt.make("user/radius", name="r", server="192.0.2.1", secret=SECRET)
    texts = {(await fgt.row("user/radius/r"))["secret"] for _ in range(3)}
    assert len(texts) == 3
    assert all(text.startswith("ENC ") for text in texts)


async def test_uuid(fgt: Fgt, start: Start) -> None:
    own = "11111111-2222-3333-4444-555555555555"
    row = await stored(fgt, "firewall/address", "a", name="a", uuid=own)
    assert row["uuid"] != own
    assert len(row["uuid"]) == 36
    refusing = start(uuid="refuse")
    answer = await refusing.put("firewall/address/gmail.com", {"uuid": own})
    assert (answer.status_code, answer.json()["error"]) == (500, -37)
    accepting = start(uuid="accept")
    await accepting.put("firewall/address/gmail.com", {"uuid": own})
    assert (await accepting.row("firewall/address/gmail.com"))["uuid"] == own


async def test_values_that_the_device_chooses(start: Start) -> None:
    fgt = start("8.0.0")
    rows = [await stored(fgt, "system/interface", f"lo{n}", name=f"lo{n}", type="loopback") for n in (1, 2)]
    assert rows[1]["snmp-index"] == rows[0]["snmp-index"] + 1
    assert len((await stored(fgt, "antivirus/profile", "av", name="av"))["uuid"]) == 36


async def test_read_only_fields_are_skipped(start: Start) -> None:
    fgt = start("7.2.0")
    before = await fgt.row("system/interface/port3")
    answer = (await fgt.put("system/interface/port3", {"cli-conn-status": 1, "alias": "x"})).json()
    assert answer["status"] == "success"
    assert await fgt.row("system/interface/port3") == {**before, "alias": "x"}


async def test_ipv6_text(fgt: Fgt, start: Start) -> None:
    long = "2001:0DB8:0000::/48"
    assert (await stored(fgt, "firewall/address6", "a", name="a", ip6=long))["ip6"] == long
    short = await stored(start(ipv6="compress"), "firewall/address6", "a", name="a", ip6=long)
    assert short["ip6"] == "2001:db8::/48"
    assert (await fgt.post("firewall/address6", {"name": "b", "ip6": "2001:db8::/129"})).json()["error"] == -254
    assert (await fgt.post("firewall/address6", {"name": "b", "ip6": "2001:zz::/12"})).json()["error"] == -8


async def test_case_of_options(fgt: Fgt, start: Start) -> None:
    assert (await fgt.post("firewall/address", {"name": "a", "type": "FQDN"})).json()["error"] == -651
    folding = start(option_case="fold")
    assert (await stored(folding, "firewall/address", "a", name="a", type="FQDN"))["type"] == "fqdn"


async def test_mac_address(fgt: Fgt) -> None:
    body = {"name": "s", "interface": "port3", "netmask": "255.255.255.0"}
    reserved = [{"id": 1, "ip": "10.0.0.5", "mac": "00:11:22:aa:bb:cc"}]
    answer = await fgt.post("system.dhcp/server", {"id": 1, **body, "reserved-address": reserved} | {"name": None})
    assert answer.status_code == 500
    del body["name"]
    await fgt.make("system.dhcp/server", id=1, **body, reserved_address=reserved)
    assert (await fgt.row("system.dhcp/server/1"))["reserved-address"][0]["mac"] == "00:11:22:aa:bb:cc"
    bad = {"reserved-address": [{"id": 1, "mac": "nonsense"}]}
    assert (await fgt.put("system.dhcp/server/1", bad)).json()["error"] == -33


async def test_child_rows_without_number_get_one(fgt: Fgt) -> None:
    rules = [{"prefix": "10.0.0.0/8"}, {"prefix": "10.1.0.0/16"}, {"id": 0, "prefix": "10.2.0.0/16"}]
    row = await stored(fgt, "router/prefix-list", "pl", name="pl", rule=rules)
    assert [(rule["id"], rule["prefix"]) for rule in row["rule"]] == [
        (1, "10.0.0.0 255.0.0.0"),
        (2, "10.1.0.0 255.255.0.0"),
        (3, "10.2.0.0 255.255.0.0"),
    ]


async def test_child_rows_twice(fgt: Fgt) -> None:
    rules = [{"id": 1}, {"id": 1}]
    assert (await fgt.post("router/prefix-list", {"name": "pl", "rule": rules})).json()["error"] == -5
    members = [{"name": "gmail.com"}, {"name": "gmail.com"}]
    row = await stored(fgt, "firewall/addrgrp", "g", name="g", member=members)
    assert len(row["member"]) == 1


async def test_interfaces_are_of_the_vdom_that_makes_them(fgt: Fgt) -> None:
    assert (await stored(fgt, "system/interface", "lo", name="lo", type="loopback"))["vdom"] == "root"
