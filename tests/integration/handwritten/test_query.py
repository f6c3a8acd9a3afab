# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module `query` against the simulator."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge import configuration
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.api.cmdb.firewall.address import Address
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.api.cmdb.user.local import Local
from ansible_collections.hfortix.fortios.plugins.modules import query
from tests.simulator.server import Simulator

from .jobs import TOKEN, run

WEB = [
    {"name": "web-1", "type": "iprange", "start_ip": "192.0.2.1", "end_ip": "192.0.2.9"},
    {"name": "web-2", "type": "ipmask", "subnet": "192.0.2.16/28"},
]


@pytest.fixture(scope="module")
def server() -> Iterator[Simulator]:
    with Simulator(token=TOKEN, tls=False, vdoms=("root", "dmz")) as simulator:
        yield simulator


@pytest.fixture
def device(server: Simulator) -> Simulator:
    """A device with two addresses in one vdom and one in another."""
    server.reset()
    run(server, configuration.job(Address), {"config": WEB})
    run(server, configuration.job(Address), {"config": WEB[1:], "vdom": "dmz"})
    return server


def ask(device: Simulator, *queries: dict[str, Any], **options: Any) -> dict[str, Any]:
    return run(device, query.JOB, {"queries": list(queries), **options})


def test_a_result_has_endpoint_vdom_and_config(device: Simulator) -> None:
    answer = ask(device, {"endpoint": "firewall/address", "filter": ["name=@web"]}, {"endpoint": "system_global"})
    assert not answer["changed"]
    addresses, settings = answer["results"]
    assert (addresses["endpoint"], addresses["vdom"]) == ("firewall/address", "root")
    assert [row["name"] for row in addresses["config"]] == ["web-1", "web-2"]
    assert addresses["config"][1]["subnet"] == "192.0.2.16 255.255.255.240"
    assert settings["config"]["admintimeout"] == 5


def test_rows_are_filtered_sorted_and_cut_to_fields(device: Simulator) -> None:
    asked = {"endpoint": "firewall_address", "filter": ["name=@web"], "sort": ["name,dsc"], "fields": ["start_ip"]}
    # Only one of the rows has the field; the key is there in any case.
    assert ask(device, asked)["results"][0]["config"] == [{"name": "web-2"}, {"name": "web-1", "start_ip": "192.0.2.1"}]
    # Fields have the option's name in conditions too.
    assert len(ask(device, {**asked, "filter": ["start_ip==192.0.2.1"]})["results"][0]["config"]) == 1
    settings = ask(device, {"endpoint": "system_global", "fields": ["admin-sport"]})["results"][0]["config"]
    assert settings == {"admin_sport": 443}


def test_each_vdom_has_a_result(device: Simulator) -> None:
    web = {"endpoint": "firewall_address", "filter": ["name=@web"], "fields": ["name"]}
    found = ask(
        device,
        {**web, "vdoms": ["dmz", "root"]},
        {**web, "vdoms": ["*"]},
        web,
        {"endpoint": "system_global", "vdoms": ["dmz", "root"]},
        {"endpoint": "monitor/system/status", "vdoms": ["*"]},
        vdom="dmz",
    )["results"]
    sizes = [(item["vdom"], len(item["config"])) for item in found[:5]]
    assert sizes == [("dmz", 1), ("root", 2), ("root", 2), ("dmz", 1), ("dmz", 1)]
    assert [item["endpoint"] for item in found[5:]] == ["system_global"] + ["monitor/system/status"] * 2


def test_other_families_give_their_results(device: Simulator) -> None:
    asked = {"endpoint": "monitor_system_object_usage_info", "params": {"q_path": "firewall", "q_name": "address"}}
    found = ask(
        device, {**asked, "params": {**asked["params"], "mkey": "web-1"}}, {"endpoint": "monitor/system/status"}
    )
    usage, status = found["results"]
    assert usage["results"] == {"currently_using": [], "can_use": []}
    assert status["results"]["model_name"] == "FortiGate"


def test_all_is_sent_whatever_fails(device: Simulator) -> None:
    before = len(device.log())
    answer = ask(
        device,
        {"endpoint": "firewall_address", "vdoms": ["nowhere"]},
        {"endpoint": "firewall_policy"},
        {"endpoint": "credential_store_domain_controller"},
    )
    assert len(device.log()) == before + 3
    assert answer["failed"]
    assert answer["msg"].startswith(
        "Could not read firewall_address: the device denied access to firewall/address (GET "
    )
    assert answer["msg"].endswith(
        "the vdoms of the administrator or API user grant it. Of 3 reads: 1 done, 2 failed; results has each."
    )
    assert answer["error"]["type"] == "PermissionDeniedError"
    denied, policies, absent = answer["results"]
    assert (denied["vdom"], denied["error"]["status"]) == ("nowhere", 403)
    assert policies["config"] == []
    assert absent["error"]["msg"].startswith("The device has no endpoint credential-store/domain-controller")


def test_a_vdom_of_all_may_fail_alone(device: Simulator) -> None:
    device.fault(path="address", status=200, body=json.dumps(REFUSED_IN_ONE))
    root, dmz = ask(device, {"endpoint": "firewall_address", "vdoms": ["*"]})["results"]
    assert (root["vdom"], root["config"]) == ("root", [])
    assert (dmz["vdom"], dmz["error"]["status"]) == ("dmz", 403)


REFUSED_IN_ONE = [
    {"vdom": "root", "status": "success", "results": []},
    {"vdom": "dmz", "status": "error", "http_status": 403},
]


def test_endpoints_that_the_device_lacks_can_be_left_out(device: Simulator) -> None:
    queries = [{"endpoint": "credential_store_domain_controller"}, {"endpoint": "firewall_policy"}]
    warned = ask(device, *queries, version_check="warn")
    assert [item["endpoint"] for item in warned["results"]] == ["firewall_policy"]
    assert warned["warnings"][0].startswith("The device has no endpoint credential-store/domain-controller (GET ")
    assert "warnings" not in ask(device, *queries, version_check="ignore")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"endpoint": "firewall_adress"}, "There is no endpoint 'firewall_adress'. Did you mean firewall_address or "),
        (
            {"endpoint": "firewall_address", "fields": ["nam"]},
            "fields: firewall/address.nam: no such field; did you mean name?",
        ),
        ({"endpoint": "monitor/system/os/reboot"}, "monitor/system/os/reboot is an operation that is carried out, not"),
        ({"endpoint": "log/virus"}, "{source}/virus: needs the parameter source."),
    ],
)
def test_nothing_is_sent_when_one_query_is_wrong(device: Simulator, asked: dict[str, Any], words: str) -> None:
    before = len(device.log())
    assert ask(device, {"endpoint": "firewall_policy"}, asked)["msg"].startswith(words)
    assert len(device.log()) == before


def test_secrets_are_left_out(device: Simulator) -> None:
    run(
        device,
        configuration.job(Local),
        {"config": [{"name": "anna", "type": "password", "passwd": "hunter2-hunter2"}]},
    )
    answer = ask(device, {"endpoint": "user_local", "filter": ["name==anna"]})
    assert answer["results"][0]["config"][0]["name"] == "anna"
    assert "ENC " not in repr(answer)
    assert "passwd" not in answer["results"][0]["config"][0]


def test_parameters_of_the_api_are_sent_as_they_are(device: Simulator) -> None:
    pages = [{"endpoint": "firewall_address", "params": {"start": start, "count": 2}} for start in (0, 2)]
    first, second = (found["config"] for found in ask(device, *pages)["results"])
    assert (len(first), len(second)) == (2, 2)
    assert first[0]["name"] != second[0]["name"]


def test_parameters_that_are_secrets_are_not_told(device: Simulator) -> None:
    answer = ask(device, {"endpoint": "system_dns", "params": {"password": "hunter2", "count": 1}})
    assert answer["invocation"]["module_args"]["queries"] == [
        {"endpoint": "system_dns", "params": {"password": "********", "count": 1}}
    ]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"filter": ["nam=@web"]}, "filter: 'nam=@web' is about no field of firewall/address: no such field; did you"),
        ({"filter": [""]}, "filter: '' is about no field of firewall/address: no such field."),
        ({"sort": ["names,dsc"]}, "sort: 'names,dsc' is about no field of firewall/address: no such field; did you"),
        ({"fields": ["nothing"]}, "fields: firewall/address.nothing: no such field."),
    ],
)
def test_a_field_that_there_is_not_is_refused(device: Simulator, asked: dict[str, Any], message: str) -> None:
    before = len(device.log())
    assert ask(device, {"endpoint": "firewall_address", **asked})["msg"].startswith(message)
    assert len(device.log()) == before


def test_fields_of_child_tables_filter_too(device: Simulator) -> None:
    for condition in ("member.name==web-1", "q_origin_key==g", "tagging.category==x"):
        assert "failed" not in ask(device, {"endpoint": "firewall_addrgrp", "filter": [condition]})
