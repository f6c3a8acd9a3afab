# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""FORTIOS_API.md section 4: paths, queries, actions, child tables, transactions; and section 5: schemas."""

from __future__ import annotations

from typing import Any

import pytest

from generator.catalogue import load
from generator.importer import answers, merge
from hfortix_fortios.schema import parse_release

from .conftest import Fgt, Start

NAMES = ["alpha", "Beta", "gamma", "delta"]


@pytest.fixture
async def services(fgt: Fgt) -> Fgt:
    """A device with four services and nothing else in that table but what cannot go."""
    for name, color in zip(NAMES, (3, 1, 2, 1), strict=True):
        await fgt.make("firewall.schedule/onetime", name=name, color=color, start=f"00:00 2026/0{color}/01")
    return fgt


async def names(fgt: Fgt, **query: Any) -> list[str]:
    return [row["name"] for row in await fgt.rows("firewall.schedule/onetime", **query)]


@pytest.mark.parametrize("name", ["a/b", "50%", "what?", "a b", "ü#&=+", "%2F", "a\\b", "x,y", "dots..and.more"])
async def test_names_are_decoded_once(fgt: Fgt, name: str) -> None:
    from urllib.parse import quote

    await fgt.make("firewall/address", name=name)
    path = f"firewall/address/{quote(name, safe='')}"
    assert (await fgt.row(path))["name"] == name
    assert (await fgt.put(path, {"comment": "x"})).json()["mkey"] == name
    assert (await fgt.delete(path)).status_code == 200


# Queries


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (["name==alpha"], ["alpha"]),
        (["name==ALPHA"], []),
        (["name=*ALPHA"], ["alpha"]),
        (["name!=alpha"], ["Beta", "gamma", "delta"]),
        (["name!*ALPHA"], ["Beta", "gamma", "delta"]),
        (["name=@TA"], ["Beta", "delta"]),
        (["name!@ta"], ["alpha", "gamma"]),
        (["color>1"], ["alpha", "gamma"]),
        (["color>=2"], ["alpha", "gamma"]),
        (["color<2"], ["Beta", "delta"]),
        (["color<=1"], ["Beta", "delta"]),
        (["name==alpha,gamma"], ["alpha", "gamma"]),
        (["name==alpha,name==gamma"], ["alpha", "gamma"]),
        (["color==1", "name=@d"], ["delta"]),
        (["name==al\\pha"], ["alpha"]),
    ],
)
async def test_filter(services: Fgt, filters: list[str], expected: list[str]) -> None:
    assert await names(services, filter=filters) == expected


async def test_filter_without_case(start: Start) -> None:
    fgt = start(filter_case="insensitive")
    assert len(await fgt.rows("firewall/address", filter="name==ALL")) == 1


async def test_filter_escapes_its_comma(fgt: Fgt) -> None:
    await fgt.make("firewall/address", name="a,b")
    assert len(await fgt.rows("firewall/address", filter="name==a\\,b")) == 1
    assert await fgt.rows("firewall/address", filter="name==a,b") == []


async def test_filter_looks_into_child_tables(fgt: Fgt) -> None:
    found = await fgt.rows("firewall/addrgrp", filter="member==gmail.com")
    assert [row["name"] for row in found] == ["G Suite"]
    assert await fgt.rows("firewall/addrgrp", filter="member.name==nobody") == []


async def test_filter_that_cannot_be_read(fgt: Fgt) -> None:
    assert (await fgt.get("firewall/address", filter="nonsense")).status_code == 500


async def test_legacy_filter_and_search(services: Fgt) -> None:
    assert await names(services, key="name", pattern="Beta") == ["Beta"]
    assert await names(services, search="BET") == ["Beta"]


async def test_sort(services: Fgt) -> None:
    assert await names(services, sort="name") == ["Beta", "alpha", "delta", "gamma"]
    assert await names(services, sort=["color,dsc", "name,asc"]) == ["alpha", "gamma", "Beta", "delta"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"start": 1}, NAMES[1:]),
        ({"count": 2}, NAMES[:2]),
        ({"start": 1, "count": 2}, NAMES[1:3]),
        ({"start": 3, "count": 9}, NAMES[3:]),
        ({"start": 0, "count": 0}, NAMES),
        ({"start": -1, "count": -1}, NAMES),
        ({"start": 9}, []),
    ],
)
async def test_pages(services: Fgt, query: dict[str, int], expected: list[str]) -> None:
    assert await names(services, **query) == expected


async def test_page_tells_where_it_ended(services: Fgt) -> None:
    answer = (await services.get("firewall.schedule/onetime", start=1, count=2, filter="name!=delta")).json()
    assert (answer["size"], answer["matched_count"], answer["next_idx"]) == (4, 3, 2)


async def test_pages_beyond_the_end_may_be_an_error(start: Start) -> None:
    assert (await start(paging="error").get("firewall/address", start=999)).status_code == 500


async def test_format(services: Fgt) -> None:
    (row, *_) = await services.rows("firewall.schedule/onetime", format="name|color")
    assert set(row) == {"name", "color", "q_origin_key"}
    (row, *_) = await services.rows("firewall.schedule/onetime", format="name|nonsense")
    assert "start" in row, "an unknown name gives every field"


async def test_meta(fgt: Fgt) -> None:
    rows = {row["name"]: row for row in await fgt.rows("firewall/address", with_meta=1)}
    assert (rows["all"]["q_static"], rows["gmail.com"]["q_static"]) == (True, False)
    assert (rows["gmail.com"]["q_ref"], rows["gmail.com"]["q_path"]) == (1, "firewall")


async def test_without_defaults(services: Fgt) -> None:
    (row, *_) = await services.rows("firewall.schedule/onetime", **{"exclude-default-values": 1})
    assert set(row) == {"name", "q_origin_key", "uuid", "color", "start"}


async def test_datasource(fgt: Fgt) -> None:
    (group,) = await fgt.rows("firewall/addrgrp/G%20Suite", datasource=1)
    assert group["member"][0]["datasource"] == "firewall.address"


async def test_contents_hash(fgt: Fgt) -> None:
    (row,) = await fgt.rows("firewall/address/all", with_contents_hash=1)
    assert len(row["q_contents_hash"]) == 32


async def test_unknown_parameters_are_ignored(fgt: Fgt) -> None:
    assert (await fgt.get("firewall/address", serial="FG1", what="ever")).status_code == 200


# Writing


async def test_next_free_number(fgt: Fgt) -> None:
    made = [(await fgt.make("firewall/policy", policyid=0))["mkey"] for _ in range(2)]
    assert (made, (await fgt.make("firewall/policy"))["mkey"]) == ([1, 2], 3)
    await fgt.make("firewall/policy", policyid=40)
    assert (await fgt.make("firewall/policy", policyid=0))["mkey"] == 41


async def test_wrapped_body(fgt: Fgt) -> None:
    assert (await fgt.post("firewall/address", {"json": {"name": "a", "comment": "c"}})).status_code == 200
    assert (await fgt.row("firewall/address/a"))["comment"] == "c"


async def test_method_override(fgt: Fgt) -> None:
    await fgt.make("firewall/address", name="a")
    headers = {"X-HTTP-Method-Override": "PUT"}
    url = "/api/v2/cmdb/firewall/address/a"
    assert (await fgt.http.post(url, json={"comment": "x"}, headers=headers)).json()["http_method"] == "PUT"


async def test_several_objects_in_one_body(fgt: Fgt, start: Start) -> None:
    rows = [{"name": "a"}, {"name": "b"}]
    assert (await fgt.post("firewall/address", rows)).status_code == 424
    other = start(bulk_post="accept")
    assert (await other.post("firewall/address", rows)).status_code == 200
    assert (await other.get("firewall/address/b")).status_code == 200


async def test_rename_takes_references_along(fgt: Fgt) -> None:
    await fgt.put("firewall/address/gmail.com", {"name": "mail"})
    assert (await fgt.get("firewall/address/gmail.com")).status_code == 404
    group = await fgt.row("firewall/addrgrp/G%20Suite")
    assert [member["name"] for member in group["member"]] == ["mail", "wildcard.google.com"]
    assert (await fgt.delete("firewall/address/mail")).json()["error"] == -23
    assert (await fgt.put("firewall/address/mail", {"name": "all"})).json()["error"] == -5


async def test_put_replaces_child_tables(fgt: Fgt, start: Start) -> None:
    path, body = "firewall/addrgrp/G%20Suite", {"member": [{"name": "login.microsoftonline.com"}]}
    await fgt.put(path, body)
    assert [row["name"] for row in (await fgt.row(path))["member"]] == ["login.microsoftonline.com"]
    other = start(child_put="merge")
    await other.put(path, body)
    assert len((await other.row(path))["member"]) == 3


async def test_purge_keeps_built_in_rows(fgt: Fgt) -> None:
    assert (await fgt.delete("firewall/address")).json()["error"] == -23, "one is in use"
    await fgt.delete("firewall/addrgrp")
    assert (await fgt.delete("firewall/address")).status_code == 200
    assert [row["name"] for row in await fgt.rows("firewall/address")] == ["all", "none"]


# Child tables by path


@pytest.fixture
async def routed(fgt: Fgt) -> Fgt:
    """A device with a prefix list of two rules."""
    rules = [{"id": 1, "prefix": "10.0.0.0/8"}, {"id": 2, "prefix": "10.1.0.0/16", "ge": 24}]
    await fgt.make("router/prefix-list", name="pl", rule=rules)
    return fgt


RULES = "router/prefix-list/pl/rule"


async def test_read_child_rows(routed: Fgt) -> None:
    answer = (await routed.get(RULES)).json()
    assert [row["q_origin_key"] for row in answer["results"]] == [1, 2]
    assert (answer["size"], answer["path"], answer["name"]) == (2, "router", "prefix-list")
    assert (await routed.row(f"{RULES}/2"))["ge"] == 24
    assert (await routed.get(f"{RULES}/3")).json()["error"] == -3
    assert (await routed.get("router/prefix-list/pl/nonsense")).status_code == 400
    assert len(await routed.rows(RULES, filter="id==2")) == 1


async def test_append_edit_and_remove_child_rows(routed: Fgt) -> None:
    made = (await routed.post(RULES, {"prefix": "10.2.0.0/16"})).json()
    assert (made["mkey"], made["revision_changed"]) == (3, True)
    assert (await routed.post(RULES, {"id": 3})).json()["error"] == -5
    assert (await routed.put(f"{RULES}/3", {"ge": 20})).status_code == 200
    assert (await routed.row(f"{RULES}/3"))["prefix"] == "10.2.0.0 255.255.0.0"
    assert (await routed.delete(f"{RULES}/1")).status_code == 200
    assert [row["id"] for row in await routed.rows(RULES)] == [2, 3]
    await routed.delete(RULES)
    assert await routed.rows(RULES) == []


async def test_children_of_children(fgt: Fgt) -> None:
    neighbor = {"ip": "192.0.2.1", "remote-as": "65001"}
    await fgt.put("router/bgp", {"as": "65000", "neighbor": [neighbor]})
    path = "router/bgp/neighbor/192.0.2.1/conditional-advertise"
    await fgt.make("router/route-map", name="rm")
    assert (await fgt.post(path, {"advertise-routemap": "rm"})).status_code == 200
    assert (await fgt.put(f"{path}/rm", {"condition-type": "non-exist"})).status_code == 200
    assert (await fgt.row(f"{path}/rm"))["condition-type"] == "non-exist"
    assert (await fgt.delete("router/route-map/rm")).json()["error"] == -23
    assert (await fgt.delete(f"{path}/rm")).status_code == 200
    assert await fgt.rows(path) == []


async def test_children_of_singletons(fgt: Fgt) -> None:
    made = await fgt.make("system/sdwan/zone", name="wan")
    assert made["mkey"] == "wan"
    zones = [row["name"] for row in await fgt.rows("system/sdwan/zone")]
    assert zones == ["virtual-wan-link", "wan"]
    assert (await fgt.delete("system/sdwan/zone/wan")).status_code == 200
    assert (await fgt.delete("system/sdwan")).status_code == 405


async def test_objects_inside_objects(fgt: Fgt) -> None:
    body = {"name": "p", "http": {"ports": 8080, "options": "clientcomfort"}}
    await fgt.post("firewall/profile-protocol-options", body)
    await fgt.put("firewall/profile-protocol-options/p", {"http": {"ports": 8081}})
    http = (await fgt.row("firewall/profile-protocol-options/p"))["http"]
    assert (http["ports"], http["options"]) == ("8081", "clientcomfort"), "an object is merged, not replaced"


# Actions


async def test_move(fgt: Fgt) -> None:
    for number in (1, 2, 3):
        await fgt.make("firewall/policy", policyid=number)

    async def order() -> list[int]:
        return [row["policyid"] for row in await fgt.rows("firewall/policy")]

    await fgt.put("firewall/policy/3", action="move", before="1")
    assert await order() == [3, 1, 2]
    await fgt.put("firewall/policy/3", action="move", after="2")
    assert await order() == [1, 2, 3]
    assert (await fgt.put("firewall/policy/3", action="move", before="9")).status_code == 404
    assert (await fgt.put("firewall/policy/3", action="move")).status_code == 424


async def test_clone(fgt: Fgt) -> None:
    await fgt.make("firewall/address", name="a", comment="c")
    cloned = (await fgt.post("firewall/address/a", action="clone", nkey="b")).json()
    original, copy = await fgt.row("firewall/address/a"), await fgt.row("firewall/address/b")
    assert (cloned["mkey"], copy["comment"]) == ("b", "c")
    assert copy["uuid"] != original["uuid"]
    assert (await fgt.post("firewall/address/a", action="clone", nkey="b")).json()["error"] == -5


async def test_default(fgt: Fgt) -> None:
    answer = (await fgt.get("firewall/address", action="default")).json()
    assert (answer["action"], answer["results"]["type"]) == ("default", "ipmask")


async def test_schema(fgt: Fgt) -> None:
    answer = (await fgt.get("firewall/policy", action="schema")).json()
    assert answer["action"] == "schema"
    schema = answer["results"]
    assert (schema["category"], schema["mkey"], schema["mkey_type"]) == ("table", "policyid", "integer")
    children = schema["children"]
    assert children["srcintf"]["member_table"] is True
    assert "system.interface.name" in children["srcintf"]["children"]["name"]["datasource"]
    assert {"name": "accept"} in children["action"]["options"]
    assert children["name"]["size"] == 35
    assert (children["policyid"]["min-value"], children["policyid"]["max-value"]) == (0, 4294967294)


@pytest.mark.parametrize(("release", "has"), [("7.0.3", False), ("8.0.0", True)])
async def test_schema_is_the_release_s(start: Start, release: str, has: bool) -> None:
    children = (await start(release).get("firewall/address", action="schema")).json()["results"]["children"]
    assert ("fabric-force-sync" in children) is has


@pytest.mark.parametrize("release", ["7.2.3", "7.6.5", "8.0.0"])
async def test_schemas_say_what_the_catalogue_says(start: Start, release: str) -> None:
    """The generator's import of every schema finds nothing that the catalogue does not have."""
    fgt = start(release)
    found = answers((await fgt.get("/api/v2/cmdb", action="schema")).json())
    assert len(found) > 500
    changes = map(str, merge(load(), found, parse_release(release)).changes)
    # Other defaults are those of the release; the one key is younger than its table in the catalogue.
    known = ("is that of others", "wireless-controller/vap vlan-pool wtp-group name: in ")
    assert [change for change in changes if not any(words in change for words in known)] == []


# Transactions

ROOT = "/api/v2/cmdb"


async def begin(fgt: Fgt, timeout: int = 60) -> int:
    answer = await fgt.post(ROOT, {"timeout": timeout}, action="transaction-start")
    number: int = answer.json()["results"]["transaction-id"]
    return number


async def within(fgt: Fgt, number: int, method: str, path: str, body: Any = None) -> Any:
    headers = {"X-TRANSACTION-ID": str(number)}
    return await fgt.http.request(method, f"{ROOT}/{path}", json=body, headers=headers)


async def test_commit_makes_everything_visible_at_once(fgt: Fgt) -> None:
    number = await begin(fgt)
    made = await within(fgt, number, "POST", "firewall/address", {"name": "a"})
    assert made.json()["revision_changed"] is False
    group = await within(fgt, number, "POST", "firewall/addrgrp", {"name": "g", "member": [{"name": "a"}]})
    assert group.status_code == 200, "what was created before in the transaction resolves"
    assert (await within(fgt, number, "GET", "firewall/address/a")).status_code == 200
    assert (await fgt.get("firewall/address/a")).status_code == 404
    await fgt.post(ROOT, {"transaction-id": number}, action="transaction-commit")
    assert (await fgt.get("firewall/addrgrp/g")).status_code == 200
    assert (await fgt.delete("firewall/address/a")).json()["error"] == -23


async def test_abort_leaves_nothing(fgt: Fgt) -> None:
    number = await begin(fgt)
    await within(fgt, number, "POST", "firewall/address", {"name": "a"})
    await within(fgt, number, "DELETE", "firewall/addrgrp/G%20Suite")
    await fgt.post(ROOT, {"transaction-id": number}, action="transaction-abort")
    assert (await fgt.get("firewall/address/a")).status_code == 404
    assert (await fgt.get("firewall/addrgrp/G%20Suite")).status_code == 200
    assert (await fgt.delete("firewall/address/gmail.com")).json()["error"] == -23


async def test_validation_happens_at_once(fgt: Fgt) -> None:
    number = await begin(fgt)
    answer = await within(fgt, number, "POST", "firewall/addrgrp", {"name": "g", "member": [{"name": "nope"}]})
    assert (answer.status_code, answer.json()["error"]) == (500, -651)


async def test_touched_tables_are_locked(fgt: Fgt) -> None:
    first, second = await begin(fgt), await begin(fgt)
    await within(fgt, first, "POST", "firewall/address", {"name": "a"})
    assert (await within(fgt, second, "POST", "firewall/address", {"name": "b"})).status_code == 500
    assert (await fgt.post("firewall/address", {"name": "b"})).status_code == 500
    assert (await within(fgt, second, "POST", "firewall.schedule/onetime", {"name": "b"})).status_code == 200
    await fgt.post(ROOT, {"transaction-id": first}, action="transaction-abort")
    assert (await fgt.post("firewall/address", {"name": "b"})).status_code == 200


async def test_transactions_end_with_their_time(fgt: Fgt) -> None:
    number = await begin(fgt, timeout=30)
    await within(fgt, number, "POST", "firewall/address", {"name": "a"})
    listed = (await fgt.get(ROOT, action="transaction-list")).json()["results"]
    assert [item["transaction-id"] for item in listed] == [number]
    fgt.clock.now += 31
    assert (await fgt.get(ROOT, action="transaction-list")).json()["results"] == []
    assert (await within(fgt, number, "GET", "firewall/address")).status_code == 500
    assert (await fgt.post("firewall/address", {"name": "a"})).status_code == 200


async def test_show_gives_console_lines_without_secrets(fgt: Fgt, start: Start) -> None:
    number = await begin(fgt)
    body = {"name": "r", "server": "192.0.2.1", "secret": "hidden"}
    await within(fgt, number, "POST", "user/radius", body)
    lines = (await fgt.get(ROOT, action="transaction-show", **{"transaction-id": number})).json()["results"]
    assert lines == ["config user radius", 'edit "r"', 'set server "192.0.2.1"', "set secret ENC", "next", "end"]
    older = start("7.2.5")
    number = await begin(older)
    answer = await older.get(ROOT, action="transaction-show", **{"transaction-id": number})
    assert answer.status_code == 500


async def test_vdoms_take_no_part(fgt: Fgt) -> None:
    number = await begin(fgt)
    assert (await within(fgt, number, "POST", "system/vdom", {"name": "x"})).status_code == 500


async def test_rows_of_the_device_s_own_stay_and_change(start: Start) -> None:
    fgt = start("7.0.5")
    for rows in ([{"name": "static", "status": "enable"}], [{"name": "bgp", "status": "enable"}]):
        assert (await fgt.put("router/rip", {"redistribute": rows})).status_code == 200
    assert (await fgt.put("router/rip", {"redistribute": [{"name": "static", "status": "disable"}]})).status_code == 200
    found = (await fgt.get("router/rip")).json()["results"]["redistribute"]
    assert [(row["name"], row["status"]) for row in found] == [("static", "disable"), ("bgp", "enable")]
