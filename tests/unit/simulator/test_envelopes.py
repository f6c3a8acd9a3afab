# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""FORTIOS_API.md section 2: which members envelopes have, in which order; held against recorded answers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from .conftest import Fgt, Start

Recorded = Callable[[str], dict[str, Any]]

IDENTITY = ["status", "http_status", "serial", "version", "build"]
WRITE = ["http_method", "revision", "revision_changed"]
ENDPOINT = ["vdom", "path", "name"]


async def test_collection(fgt: Fgt) -> None:
    answer = (await fgt.get("firewall/address")).json()
    sizes = ["size", "matched_count", "next_idx"]
    assert list(answer) == ["http_method", *sizes, "revision", "results", *ENDPOINT, *IDENTITY]
    rows = len(answer["results"])
    assert (answer["size"], answer["matched_count"], answer["next_idx"]) == (rows, rows, rows - 1)


@pytest.mark.parametrize(("release", "has"), [("7.0.3", False), ("7.0.12", True), ("6.4.4", False), ("8.0.0", True)])
async def test_sizes_came_with_7_0_12(start: Start, release: str, has: bool) -> None:
    answer = (await start(release).get("firewall/address")).json()
    assert ("size" in answer, "matched_count" in answer, "next_idx" in answer) == (has, has, has)


async def test_read_by_key_is_a_list_of_one(fgt: Fgt) -> None:
    await fgt.make("firewall/policy", policyid=2, name="p")
    answer = (await fgt.get("firewall/policy/2")).json()
    assert list(answer) == ["http_method", "revision", "results", *ENDPOINT, "mkey", *IDENTITY]
    assert (len(answer["results"]), answer["mkey"]) == (1, "2"), "mkey is text even for integer keys"


async def test_singleton_is_an_object(fgt: Fgt) -> None:
    answer = (await fgt.get("system/global")).json()
    assert list(answer) == ["http_method", "revision", "results", *ENDPOINT, *IDENTITY]
    assert isinstance(answer["results"], dict)
    assert "q_origin_key" not in answer["results"]


async def test_write(fgt: Fgt) -> None:
    made = await fgt.make("firewall/address", name="a")
    assert list(made) == [*WRITE, "old_revision", "mkey", "status", "http_status", *ENDPOINT, *IDENTITY[2:]]
    same = (await fgt.put("firewall/address/a", {"name": "a"})).json()
    assert list(same) == [*WRITE, "mkey", "status", "http_status", *ENDPOINT, *IDENTITY[2:]]
    assert same["revision_changed"] is False
    assert (made["serial"], made["version"], made["build"]) == (fgt.device.serial, "v7.6.5", 3651)


@pytest.mark.parametrize("path", ["firewall.service/custom", "firewall/service/custom", "firewall.service/custom/"])
async def test_both_spellings_of_a_path(fgt: Fgt, path: str) -> None:
    answer = (await fgt.get(path)).json()
    assert (answer["path"], answer["name"]) == ("firewall.service", "custom")


async def test_revision_stands_for_the_content(fgt: Fgt) -> None:
    async def revision() -> str:
        text: str = (await fgt.get("firewall/address")).json()["revision"]
        return text

    before = await revision()
    made = await fgt.make("firewall/address", name="a")
    assert re.fullmatch("[0-9a-f]{32}", before)
    assert (made["old_revision"], made["revision"]) == (before, await revision())
    assert made["revision"] != before
    await fgt.delete("firewall/address/a")
    assert await revision() == before


async def test_move_changes_the_revision(fgt: Fgt) -> None:
    for number in (1, 2):
        await fgt.make("firewall/policy", policyid=number)
    moved = (await fgt.put("firewall/policy/2", action="move", before="1")).json()
    again = (await fgt.put("firewall/policy/2", action="move", before="1")).json()
    assert (moved["revision_changed"], again["revision_changed"]) == (True, False)


async def test_failure(fgt: Fgt, start: Start) -> None:
    answer = (await fgt.post("firewall/address", {"name": "all"})).json()
    assert list(answer)[:4] == [*WRITE, "cli_error"]
    assert answer["error"] == -5
    assert (answer["status"], answer["http_status"]) == ("error", 500)
    assert isinstance(answer["cli_error"], list)
    older = (await start("7.4.4").post("firewall/address", {"name": "all"})).json()
    assert older["cli_error"].endswith("Command fail. Return code -5\n")


async def test_method_not_allowed(fgt: Fgt) -> None:
    answer = await fgt.post("system/global", {"hostname": "x"})
    assert answer.status_code == 405
    assert set(answer.json()) == {"http_method", *ENDPOINT, *IDENTITY}


async def test_monitor_names_no_http_status(fgt: Fgt) -> None:
    answer = (await fgt.get("/api/v2/monitor/system/status")).json()
    assert list(answer) == ["http_method", "results", *ENDPOINT, "action", "status", "serial", "version", "build"]
    legacy = (await fgt.get("/api/v2/monitor/system/status/select")).json()
    assert legacy["name"] == "status"


async def test_unknown_monitor_and_family(fgt: Fgt) -> None:
    monitor = await fgt.get("/api/v2/monitor/no/such")
    assert (monitor.status_code, monitor.json()["status"]) == (404, "error")
    family = await fgt.get("/api/v2/nothing/at/all")
    assert family.json()["httpStatus"] == "error"


async def test_slashes_in_texts_are_escaped(fgt: Fgt) -> None:
    await fgt.make("firewall/address6", name="a/b", ip6="2001:db8::/32")
    text = (await fgt.get("firewall/address6/a%2Fb")).text
    assert r'"a\/b"' in text
    assert r"2001:db8::\/32" in text


async def test_etag(fgt: Fgt, start: Start) -> None:
    first = await fgt.get("firewall/address")
    fgt.http.headers["if-none-match"] = first.headers["etag"]
    assert (await fgt.get("firewall/address")).status_code == 304
    await fgt.make("firewall/address", name="new")
    assert (await fgt.get("firewall/address")).status_code == 200
    assert "etag" not in (await start(etag=False).get("firewall/address")).headers


# Against answers that devices gave

READS = {
    "address_ipv4_response": ("7.2.5", "firewall/address"),
    "address_ipv6_response": ("7.2.5", "firewall/address6"),
    "address_ipv4_group_response": ("7.2.5", "firewall/addrgrp"),
    "service_response": ("7.2.5", "firewall.service/custom"),
    "service_group_response": ("7.2.5", "firewall.service/group"),
    "policy_response_first_entry": ("7.2.5", "firewall/policy"),
    "cmdb_system_ha_7.0.17": ("7.0.17", "system/ha"),
}


@pytest.mark.parametrize("name", READS)
async def test_read_as_recorded(start: Start, recorded: Recorded, name: str) -> None:
    release, path = READS[name]
    fgt = start(release)
    if path == "firewall/policy":
        await fgt.make(path, policyid=1)
    theirs, ours = recorded(name), (await fgt.get(path)).json()
    assert list(theirs) == [key for key in ours if key in theirs], "same members in the same order"
    assert set(ours) - set(theirs) <= {"size", "matched_count", "next_idx"}
    assert {key: type(value) for key, value in theirs.items()} == {key: type(ours[key]) for key in theirs}


#: What the catalogue lacks, has besides, or gives another type, by table.
LACKS = {
    "firewall/address": {"dirty"},
    "firewall/policy": {
        *("global-label", "ip-version-type", "ips-voip-filter", "label", "policy-behaviour-type", "uuid-idx"),
    },
}
BESIDES = {"firewall/policy": {"np-acceleration"}}
TYPED_OTHERWISE = {"policy-expiry-date-utc"}


@pytest.mark.parametrize("name", [name for name in READS if name != "cmdb_system_ha_7.0.17"])
async def test_rows_as_recorded(start: Start, recorded: Recorded, name: str) -> None:
    """A row of ours of the same kind has the members that a recorded one has, with values of the same types."""
    release, path = READS[name]
    model = start(release).device.model(path)
    assert model is not None
    for row in recorded(name)["results"]:
        kind = {key: row[key] for key in ("type", "sub-type", "protocol") if key in model.attributes and key in row}
        shown = model.render(kind)
        assert set(row) - set(shown) == LACKS.get(path, set()) & set(row)
        assert set(shown) - set(row) == BESIDES.get(path, set())
        same = [key for key in row if key in shown and key not in TYPED_OTHERWISE]
        assert {key: type(shown[key]) for key in same} == {key: type(row[key]) for key in same}
        assert list(shown)[:2] == list(row)[:2], "q_origin_key follows the key"


async def test_post_of_a_singleton_as_recorded(start: Start, recorded: Recorded) -> None:
    theirs = recorded("issue232_post_singleton_405_7.2.4")
    ours = (await start("7.2.4").post("system/global", {"hostname": "x"})).json()
    assert {**ours, "serial": theirs["serial"]} == theirs | {"build": ours["build"]}


async def test_bad_reference_as_recorded(start: Start, recorded: Recorded) -> None:
    theirs = recorded("fndn_post_bad_reference_-651_7.4.1")
    fgt = start("7.4.1")
    ours = (await fgt.post("firewall/policy", {"policyid": 1, "srcaddr": [{"name": "homeNetwork"}]})).json()
    assert list(ours) == list(theirs)
    varying = ("revision", "serial", "build")
    assert {key: ours[key] for key in ours if key not in varying} == {
        key: theirs[key] for key in theirs if key not in varying
    }


async def test_transaction_as_recorded(start: Start, recorded: Recorded) -> None:
    fgt = start("7.4.1")
    started = (await fgt.post("/api/v2/cmdb", {"timeout": 60}, action="transaction-start", vdom="root")).json()
    number = started["results"]["transaction-id"]
    fgt.http.headers["x-transaction-id"] = str(number)
    posted = await fgt.make("system/interface", name="officeNetwork", vdom="root", type="loopback")
    del fgt.http.headers["x-transaction-id"]
    body = {"transaction-id": number}
    committed = (await fgt.post("/api/v2/cmdb", body, action="transaction-commit", vdom="root")).json()
    for name, ours in (("start", started), ("commit", committed), ("post_in", posted)):
        theirs = recorded("fndn_post_in_transaction_7.4.1" if name == "post_in" else f"fndn_transaction_{name}_7.4.1")
        assert set(ours) == set(theirs), name
        assert {key: type(value) for key, value in ours.items()} == {key: type(value) for key, value in theirs.items()}
        assert ours["revision_changed"] is theirs["revision_changed"] is False


async def test_refused_api_user_as_recorded(fgt: Fgt, recorded: Recorded) -> None:
    theirs = recorded("issue409_post_api-user_-8102_7.6.5")
    ours = (await fgt.post("firewall/address", {"name": "all"})).json()
    assert set(ours) == set(theirs)
    assert {key: type(value) for key, value in ours.items()} == {key: type(value) for key, value in theirs.items()}


async def test_bodies_are_json_of_the_wire(fgt: Fgt) -> None:
    answer = await fgt.get("firewall/address")
    assert answer.headers["content-type"] == "application/json"
    assert json.loads(answer.text) == answer.json()
