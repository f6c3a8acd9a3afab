# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What keeps tables sound: entries in use, shared name spaces; and vdoms, in which each has tables of its own."""

from __future__ import annotations

import pytest

from .conftest import Fgt, Start


async def test_an_entry_in_use_stays(fgt: Fgt, start: Start) -> None:
    answer = (await fgt.delete("firewall/address/gmail.com")).json()
    assert (answer["http_status"], answer["error"]) == (500, -23)
    assert "firewall addrgrp" in "".join(answer["cli_error"])
    assert (await start(in_use=(424, -23)).delete("firewall/address/gmail.com")).status_code == 424
    await fgt.delete("firewall/addrgrp/G%20Suite")
    assert (await fgt.delete("firewall/address/gmail.com")).status_code == 200


async def test_a_use_ends_with_the_change_that_drops_it(fgt: Fgt) -> None:
    await fgt.make("firewall/address", name="a", associated_interface="port4")
    await fgt.make("system/zone", name="z", interface=[{"interface-name": "port5"}])
    await fgt.put("firewall/address/a", {"associated-interface": "z"})
    assert (await fgt.delete("system/zone/z")).json()["error"] == -23
    await fgt.put("firewall/address/a", {"associated-interface": ""})
    assert (await fgt.delete("system/zone/z")).status_code == 200


async def test_children_in_use_stay(fgt: Fgt) -> None:
    await fgt.make("system/sdwan/zone", name="wan")
    await fgt.make("firewall/policy", policyid=1, dstintf=[{"name": "wan"}])
    assert (await fgt.delete("system/sdwan/zone/wan")).json()["error"] == -23
    replaced = {"zone": [{"name": "virtual-wan-link"}]}
    assert (await fgt.put("system/sdwan", replaced)).json()["error"] == -23
    await fgt.delete("firewall/policy/1")
    assert (await fgt.put("system/sdwan", replaced)).status_code == 200


async def test_parts_of_one_object_refer_to_each_other(fgt: Fgt) -> None:
    members = [{"seq-num": 1, "interface": "port5", "zone": "new"}]
    both = {"zone": [{"name": "virtual-wan-link"}, {"name": "new"}], "members": members}
    assert (await fgt.put("system/sdwan", both)).status_code == 200
    assert (await fgt.put("system/sdwan", {"members": [{"seq-num": 1, "zone": "nope"}]})).json()["error"] == -651


async def test_a_group_cannot_hold_what_is_not_there(fgt: Fgt) -> None:
    answer = (await fgt.post("firewall/addrgrp", {"name": "g", "member": [{"name": "nope"}]})).json()
    assert answer["error"] == -651
    assert answer["cli_error"][0] == "node_check_object fail! for name nope"


async def test_any_interface(fgt: Fgt) -> None:
    await fgt.make("firewall/policy", policyid=1, srcintf=[{"name": "any"}])


async def test_tables_that_others_fill_take_any_reference(fgt: Fgt) -> None:
    await fgt.make("firewall/policy", policyid=1, internet_service_name=[{"name": "Google-Web"}])


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        ("firewall/address", "firewall/addrgrp", -163),
        ("firewall/vip", "firewall/address", -164),
        ("firewall/addrgrp", "firewall/vip", -165),
        ("firewall.service/group", "firewall.service/custom", -162),
        ("system/zone", "system/interface", -553),
    ],
)
async def test_name_spaces(fgt: Fgt, first: str, second: str, code: int) -> None:
    await fgt.make(first, name="shared")
    assert (await fgt.post(second, {"name": "shared"})).json()["error"] == code


async def test_object_usage(fgt: Fgt) -> None:
    query = {"q_path": "firewall", "q_name": "address", "mkey": "gmail.com"}
    (user,) = (await fgt.get("/api/v2/monitor/system/object/usage", **query)).json()["results"]["currently_using"]
    assert (user["path"], user["name"], user["mkey"]) == ("firewall", "addrgrp", "G Suite")


# Vdoms


@pytest.fixture
def branches(start: Start) -> Fgt:
    """A device of three vdoms."""
    return start(vdoms=("root", "north", "south"))


async def test_each_vdom_has_its_own_tables(branches: Fgt) -> None:
    await branches.post("firewall/address", {"name": "a"}, vdom="north")
    assert (await branches.get("firewall/address/a", vdom="north")).json()["vdom"] == "north"
    assert (await branches.get("firewall/address/a", vdom="south")).status_code == 404
    assert (await branches.get("firewall/address/a")).status_code == 404
    assert (await branches.get("firewall/address/all", vdom="south")).status_code == 200, "factory entries are in each"


async def test_references_stay_inside_a_vdom(branches: Fgt) -> None:
    await branches.post("firewall/address", {"name": "a"}, vdom="north")
    group = {"name": "g", "member": [{"name": "a"}]}
    assert (await branches.post("firewall/addrgrp", group, vdom="south")).json()["error"] == -651
    assert (await branches.post("firewall/addrgrp", group, vdom="north")).status_code == 200
    await branches.post("firewall/address", {"name": "a"}, vdom="south")
    assert (await branches.delete("firewall/address/a", vdom="south")).status_code == 200
    assert (await branches.delete("firewall/address/a", vdom="north")).json()["error"] == -23


@pytest.mark.parametrize(
    ("query", "vdoms"),
    [
        ({"vdom": "*"}, ["root", "north", "south"]),
        ({"vdom": "north,south"}, ["north", "south"]),
        ({"vdom": ["south", "north"]}, ["south", "north"]),
    ],
)
async def test_several_vdoms_are_answered_by_a_list(branches: Fgt, query: dict[str, str], vdoms: list[str]) -> None:
    for path in ("firewall/address", "firewall/address/all", "/api/v2/monitor/system/status"):
        answer = (await branches.get(path, **query)).json()
        assert [envelope["vdom"] for envelope in answer] == vdoms


async def test_all_of_one_vdom_is_a_list_as_well(fgt: Fgt) -> None:
    answer = (await fgt.get("firewall/address", vdom="*")).json()
    assert [envelope["vdom"] for envelope in answer] == ["root"]


async def test_global_is_a_list(branches: Fgt) -> None:
    (envelope,) = (await branches.get("system/interface", **{"global": "1"})).json()
    assert len(envelope["results"]) > 10


async def test_unknown_vdom(branches: Fgt) -> None:
    assert (await branches.get("firewall/address", vdom="nowhere")).status_code == 403


async def test_shared_tables_show_a_vdom_what_is_its(branches: Fgt) -> None:
    await branches.put("system/interface/port9", {"vdom": "north"})
    shown = {
        vdom: [row["name"] for row in (await branches.get("system/interface", vdom=vdom)).json()["results"]]
        for vdom in ("north", "root")
    }
    assert shown["north"] == ["port9"]
    assert "port9" not in shown["root"]
    assert len((await branches.get("system/interface", scope="global")).json()["results"]) > 10


async def test_vdoms_come_and_go(fgt: Fgt) -> None:
    await fgt.make("system/vdom", name="new")
    assert (await fgt.get("firewall/address/all", vdom="new")).status_code == 200
    await fgt.post("firewall/address", {"name": "a"}, vdom="new")
    await fgt.put("system/interface/port9", {"vdom": "new"})
    assert (await fgt.delete("system/vdom/new")).json()["error"] == -23
    await fgt.put("system/interface/port9", {"vdom": "root"})
    assert (await fgt.delete("system/vdom/new")).status_code == 200
    assert (await fgt.get("firewall/address", vdom="new")).status_code == 403
    await fgt.make("system/vdom", name="new")
    assert (await fgt.get("firewall/address/a", vdom="new")).status_code == 404
    assert (await fgt.delete("system/vdom/root")).json()["error"] == -37


async def test_profiles_of_the_global_scope_serve_every_vdom(branches: Fgt) -> None:
    await branches.post("antivirus/profile", {"name": "g-av"}, scope="global")
    assert (await branches.get("antivirus/profile/g-av", vdom="north")).status_code == 404
    policy = {"policyid": 1, "av-profile": "g-av"}
    assert (await branches.post("firewall/policy", policy, vdom="north")).status_code == 200
    assert (await branches.delete("antivirus/profile/g-av", scope="global")).json()["error"] == -23
