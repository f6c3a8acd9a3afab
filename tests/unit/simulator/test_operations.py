# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every monitor, log and service endpoint: answers of the documented types, and what all of them have in common."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import httpx
import pytest

from generator.model import Endpoint
from tests.simulator import catalogue, facts
from tests.simulator.operations.registry import HANDLERS

from .conftest import Fgt, Start

JSON_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "boolean": (bool,),
    "number": (int, float),
    "double": (int, float),
    "array": (list,),
    "object": (dict,),
}
SAMPLES: Mapping[str, Any] = {
    "string": "1",
    "integer": 1,
    "boolean": True,
    "double": 1.5,
    "array": ["1"],
    "object": {"name": "1"},
}


def url(endpoint: Endpoint) -> str:
    return f"/api/v2/{endpoint.family}/{endpoint.path}".replace("{source}", "disk").replace("{session_id}", "1")


def required(endpoint: Endpoint) -> dict[str, Any]:
    """A value for each parameter without which the endpoint refuses to work."""
    params: Mapping[str, Mapping[str, Any]] = endpoint.facts["methods"][endpoint.method]["params"]
    return {name: SAMPLES[fact["type"]] for name, fact in params.items() if fact.get("required") and "in" not in fact}


def reading_first() -> list[Endpoint]:
    """Every endpoint; those that change the device come last."""
    return sorted(catalogue.operations(), key=lambda endpoint: endpoint.method)


async def ask(fgt: Fgt, endpoint: Endpoint, given: Mapping[str, Any]) -> httpx.Response:
    """The answer of a device that no earlier operation has changed."""
    if endpoint.method == "POST":
        if (endpoint.method, endpoint.id) in HANDLERS:
            fgt.device.reset()
        return await fgt.post(url(endpoint), dict(given))
    return await fgt.get(url(endpoint), **{name: _text(value) for name, value in given.items()})


def _is_log(kind: str) -> bool:
    return not kind.startswith("search") and "raw" not in kind and "archive" not in kind


def _text(value: Any) -> Any:
    """As a query has it."""
    if isinstance(value, list):
        return [_text(item) for item in value]
    return json.dumps(value) if isinstance(value, (dict, bool)) else value


async def test_every_endpoint_answers_with_the_documented_types(fgt: Fgt) -> None:
    kinds = [endpoint.path.removeprefix("{source}/") for endpoint in catalogue.operations() if endpoint.family == "log"]
    await fgt.post("/__simulator__/logs", [{"type": kind, "count": 1} for kind in kinds if _is_log(kind)])
    await fgt.get("/api/v2/log/disk/virus")
    for endpoint in reading_first():
        answer = await ask(fgt, endpoint, required(endpoint))
        if (endpoint.method, endpoint.id) in HANDLERS and answer.status_code in (400, 404, 424, 500):
            continue  # a function of its own may look for what the sample values name
        assert answer.status_code == 200, (endpoint.id, answer.text)
        if "attachment" in answer.headers.get("content-disposition", ""):
            assert answer.content
            continue
        content = answer.json()
        assert content["status"] == "success"
        members = endpoint.facts["methods"][endpoint.method].get("response", {})
        results = content.get("results", {})
        for row in results if isinstance(results, list) else [results]:
            for name in members.keys() & row.keys():
                assert isinstance(row[name], JSON_TYPES[members[name]["type"]]), (endpoint.id, name, row[name])


async def test_general_answers_are_the_same_each_time(start: Start) -> None:
    first, second = start(), start()
    path = "/api/v2/monitor/wifi/rogue_ap"
    rows = (await first.get(path)).json()["results"]
    assert rows == (await second.get(path)).json()["results"]
    assert len({row["mac"] for row in rows}) == len(rows) == 3


async def test_query_works_on_lists(fgt: Fgt) -> None:
    path = "/api/v2/monitor/wifi/rogue_ap"
    rows = (await fgt.get(path)).json()["results"]
    second = (await fgt.get(path, filter=f"mac=={rows[1]['mac']}")).json()["results"]
    assert second == [rows[1]]
    ordered = (await fgt.get(path, sort="mac,dsc", start=1, count=1, format="mac|ssid")).json()["results"]
    assert ordered == [{"mac": rows[1]["mac"], "ssid": rows[1]["ssid"]}]


async def test_parameters_of_the_endpoint_are_no_query(fgt: Fgt) -> None:
    path = "/api/v2/monitor/utm/blacklisted-certificates"
    assert len((await fgt.get(path, start=0, count=1)).json()["results"]) == 3


async def test_required_parameter_is_missing(fgt: Fgt) -> None:
    answer = await fgt.get("/api/v2/monitor/geoip/geoip-query")
    assert answer.status_code == 424
    assert answer.json()["cli_error"][0] == "missing parameter ip_addresses"
    action = await fgt.post("/api/v2/monitor/user/banned/add_users", {"expiry": 60})
    assert (action.status_code, action.json()["error"]) == (424, -10001)
    assert await actions(fgt) == []


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("monitor/system/process/kill", {"pid": "one"}),
        ("monitor/system/process/kill", {"pid": True}),
        ("monitor/system/config-script/delete", {"id_list": "1"}),
        ("monitor/system/private-data-encryption/set", {"enable": "perhaps"}),
        ("monitor/system/external-resource/generic-address", {"mkey": "x", "data": []}),
        ("monitor/system/csf/upstream-authorize", {"upstream_serial": ["x"]}),
    ],
)
async def test_parameter_of_another_type(fgt: Fgt, path: str, given: dict[str, Any]) -> None:
    answer = await fgt.post(f"/api/v2/{path}", given)
    assert answer.status_code == 400
    assert answer.json()["cli_error"][0].startswith("parameter ")


ODD: Mapping[str, list[Any]] = {
    "string": ["", "a b/é"],
    "integer": [-1, 10**30],
    "boolean": [False, "true"],
    "double": [-0.5, "2"],
    "array": [[], [{}, "x"]],
    "object": [{}, {"x": []}],
}


async def test_odd_values_are_answered_or_refused(fgt: Fgt) -> None:
    """Nothing that is of the right type makes the simulator itself stumble, which would raise here."""
    for endpoint in reading_first():
        params = endpoint.facts["methods"][endpoint.method]["params"]
        for number in range(2 if params else 0):
            given = {name: ODD[fact["type"]][number] for name, fact in params.items() if "in" not in fact}
            assert (await ask(fgt, endpoint, given)).status_code in (200, 400, 404, 424, 500), endpoint.id


async def test_unknown_parameters_are_ignored(fgt: Fgt) -> None:
    assert (await fgt.get("/api/v2/monitor/system/status", serial="X", nothing="1")).status_code == 200


async def test_other_methods_and_other_paths(fgt: Fgt) -> None:
    assert (await fgt.post("/api/v2/monitor/wifi/rogue_ap")).status_code == 405
    assert (await fgt.get("/api/v2/monitor/wifi/rogue_ap/clear_all")).status_code == 405
    assert (await fgt.put("/api/v2/monitor/system/status", {})).status_code == 405
    assert (await fgt.get("/api/v2/monitor/wifi/no_such_thing")).status_code == 404
    assert (await fgt.get("/api/v2/log/tape/event/system")).status_code == 404
    assert (await fgt.get("/api/v2/service/no/such")).status_code == 404


async def test_select_may_be_there_or_not(fgt: Fgt) -> None:
    assert (await fgt.get("/api/v2/monitor/utm/rating-lookup/select")).status_code == 200
    assert (await fgt.post("/api/v2/monitor/utm/rating-lookup", {"url": ["example.com"]})).status_code == 200
    older = (await fgt.get("/api/v2/monitor/router/bgp/neighbors")).json()
    assert (older["path"], older["name"], older["action"]) == ("router", "bgp", "neighbors")


@pytest.mark.parametrize(("release", "action"), [("6.4.4", [None, "select"]), ("7.0.17", ["", "select"])])
async def test_action_of_the_envelope(start: Start, release: str, action: list[str | None]) -> None:
    fgt = start(release)
    urls = ("/api/v2/monitor/wifi/rogue_ap", "/api/v2/monitor/wifi/rogue_ap/select")
    assert [(await fgt.get(url)).json().get("action") for url in urls] == action


async def actions(fgt: Fgt) -> list[dict[str, Any]]:
    """What the device has carried out."""
    found: list[dict[str, Any]] = (await fgt.get("/__simulator__/actions")).json()["actions"]
    return found


async def test_actions_are_noted_with_secrets_masked(fgt: Fgt) -> None:
    body = {"email": "noc@example.com", "password": "swordfish"}
    answer = await fgt.post("/api/v2/monitor/registration/forticare/deregister-device", body)
    assert answer.json()["status"] == "success"
    assert "results" not in answer.json()
    (action,) = await actions(fgt)
    assert action == {
        "path": "monitor/registration/forticare/deregister-device",
        "vdom": "root",
        "parameters": {"email": "noc@example.com", "password": "********"},
        "user": "simulator",
    }
    await fgt.post("/__simulator__/reset")
    assert await actions(fgt) == []


async def test_parameters_from_query_and_forms(fgt: Fgt) -> None:
    path = "/api/v2/monitor/web-ui/custom-language/create"
    await fgt.post("/api/v2/monitor/system/process/kill?pid=12")
    await fgt.http.post(path, data={"lang_name": "Latin"})
    await fgt.http.post(path, data={"lang_name": "Greek"}, files={"file": ("greek.json", b"{}")})
    assert [item["parameters"] for item in await actions(fgt)] == [
        {"pid": "12"},
        {"lang_name": "Latin"},
        {"lang_name": "Greek", "file_content": "e30="},
    ]


async def test_body_that_cannot_be_read(fgt: Fgt) -> None:
    path = "/api/v2/monitor/wifi/rogue_ap/clear_all"
    for kind in ("application/json", "multipart/form-data"):
        answer = await fgt.http.post(path, content=b"{", headers={"Content-Type": kind})
        assert (answer.status_code, answer.json()["path"]) == (400, "wifi")
    assert await actions(fgt) == []


async def test_vdoms(start: Start) -> None:
    fgt = start(vdoms=("root", "blue"))
    path = "/api/v2/monitor/wifi/rogue_ap"
    everywhere = (await fgt.get(path, vdom="*")).json()
    assert [answer["vdom"] for answer in everywhere] == ["root", "blue"]
    assert len((await fgt.get(path, **{"global": "1"})).json()) == 1
    assert (await fgt.get(path, vdom="blue")).json()["vdom"] == "blue"
    assert (await fgt.get(path, vdom="green")).status_code == 403
    await fgt.post("/api/v2/monitor/wifi/rogue_ap/clear_all", {}, vdom="blue")
    assert [item["vdom"] for item in await actions(fgt)] == ["blue"]


async def test_access_profile(fgt: Fgt) -> None:
    profile = {"fwgrp": "custom", "fwgrp-permission": {"policy": "read"}, "wifi": "read", "sysgrp": "read-write"}
    await fgt.post("system/accprofile", {"name": "reader", **profile})
    await fgt.make("system/api-user", name="reader", accprofile="reader")
    answer = await fgt.post("/api/v2/monitor/system/api-user/generate-key", {"api-user": "reader"})
    reader = Fgt(fgt.device, fgt.clock, token=answer.json()["results"]["api_key"])
    assert (await reader.get("/api/v2/monitor/firewall/acl")).status_code == 200
    assert (await reader.post("/api/v2/monitor/firewall/acl/clear_counters", {})).status_code == 403
    assert (await reader.get("/api/v2/monitor/firewall/address-dynamic")).status_code == 403
    assert (await reader.post("/api/v2/monitor/wifi/rogue_ap/clear_all", {})).status_code == 403
    assert (await reader.post("/api/v2/monitor/system/process/kill", {"pid": 1})).status_code == 200
    assert (await reader.get("/api/v2/monitor/system/status")).status_code == 200
    assert [item["path"] for item in await actions(fgt)][1:] == ["monitor/system/process/kill"]


def test_facts_of_answers_name_endpoints() -> None:
    known = {endpoint.id for endpoint in catalogue.operations()}
    assert facts.single() <= known
    assert facts.files().keys() <= known
