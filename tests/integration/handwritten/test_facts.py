# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module `facts` against the simulator."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge import configuration
from ansible_collections.hfortix.fortios.plugins.module_utils.device.facts import chosen_subsets
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.api.cmdb.system.global_ import Global
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.api.cmdb.system.interface import Interface
from ansible_collections.hfortix.fortios.plugins.module_utils.resource.task import TaskError
from ansible_collections.hfortix.fortios.plugins.modules import facts
from tests.simulator.server import Simulator

from .jobs import TOKEN, run

PORT = {
    "name": "port2",
    "vdom": "root",
    "ip": "192.0.2.1/24",
    "alias": "desks",
    "secondary_ip": "enable",
    "secondaryip": [{"id": 1, "ip": "198.51.100.1/28"}],
    "ipv6": {"ip6_address": "2001:db8::1/64"},
}
#: What operations answer that the simulator has no state for, with the members and types that were seen of devices.
LINKS = {
    "port1": {
        "name": "port1",
        "mac": "00:00:5e:00:53:01",
        "ip": "203.0.113.7",
        "mask": 25,
        "link": True,
        "speed": 1000.0,
    },
    "port2": {"name": "port2", "mac": "00:00:5e:00:53:02", "ip": "0.0.0.0", "mask": 0, "link": False, "speed": 0},
}
USAGE = {
    "cpu": [{"current": 3, "historical": {"1-min": {"values": [[1590419409000, 3]]}}}],
    "session": [{"current": 118}],
}
LICENSES = {"vdom": {"type": "platform", "can_upgrade": True, "used": 1, "max": 10}}
PEERS = [
    {"serial_no": "FGVM1", "hostname": "fw1", "priority": 200, "primary": True, "vcluster_id": 0},
    {"serial_no": "FGVM2", "hostname": "fw2", "priority": 100, "master": False, "vcluster_id": 0},
]


@pytest.fixture(scope="module")
def server() -> Iterator[Simulator]:
    with Simulator(token=TOKEN, tls=False, vdoms=("root", "dmz")) as simulator:
        yield simulator


@pytest.fixture
def device(server: Simulator) -> Simulator:
    server.reset()
    run(server, configuration.job(Global), {"config": {"hostname": "branch"}})
    run(server, configuration.job(Interface), {"config": [PORT]})
    return server


def gather(device: Simulator, *subsets: str, **options: Any) -> dict[str, Any]:
    return run(device, facts.JOB, {**({"gather_subset": list(subsets)} if subsets else {}), **options})


def net(answer: dict[str, Any]) -> dict[str, Any]:
    """The facts without their common prefix."""
    return {name.removeprefix("ansible_net_"): value for name, value in answer["ansible_facts"].items()}


def answers(device: Simulator, path: str, results: Any) -> None:
    """Have the device answer the next request for an operation."""
    envelope = {"http_method": "GET", "results": results, "vdom": "root", "status": "success", "version": "v7.6.5"}
    device.fault(path=f"monitor/{path}", status=200, body=json.dumps(envelope))


def test_the_default_is_small_and_changes_nothing(device: Simulator) -> None:
    before = len(device.log())
    answer = gather(device)
    assert not answer["changed"]
    found = net(answer)
    del found["python_version"]
    assert found == {
        "system": "fortios",
        "api": "rest",
        "gather_subset": ["min"],
        "gather_network_resources": [],
        "hostname": "branch",
        "model": "FortiGate VM64",
        "version": "7.6.5",
        "build": 3651,
        "serialnum": device.device.serial,
        "vdom": "root",
        "vdoms": ["root", "dmz"],
        "vdom_mode": "no-vdom",
        "ha_mode": "standalone",
    }
    assert [entry["method"] for entry in device.log()[before:]] == ["GET"] * 4


def test_interfaces_have_addresses_and_links(device: Simulator) -> None:
    answers(device, "system/interface", LINKS)
    found = net(gather(device, "interfaces"))
    first, second = (found["interfaces"][name] for name in ("port1", "port2"))
    # An address that a server has assigned stands in the link alone.
    assert first["ipv4"] == [{"address": "203.0.113.7", "masklen": 25}]
    assert (first["operstatus"], first["speed"], first["macaddress"]) == ("up", 1000, "00:00:5e:00:53:01")
    assert second == {
        "alias": "desks",
        "type": "physical",
        "vdom": "root",
        "mode": "static",
        "mtu": 1500,
        "macaddress": "00:00:5e:00:53:02",
        "status": "up",
        "operstatus": "down",
        "speed": 0,
        "ipv4": [{"address": "192.0.2.1", "masklen": 24}, {"address": "198.51.100.1", "masklen": 28}],
        "ipv6": [{"address": "2001:db8::1", "masklen": 64}],
    }
    assert found["all_ipv4_addresses"][:3] == ["203.0.113.7", "192.0.2.1", "198.51.100.1"]
    assert found["all_ipv6_addresses"] == ["2001:db8::1"]


def test_usage_licenses_and_cluster(device: Simulator) -> None:
    answers(device, "system/resource/usage", USAGE)
    answers(device, "license/status", LICENSES)
    answers(device, "system/ha-peer", PEERS)
    found = net(gather(device, "usage", "licenses", "ha", "!min"))
    assert found["gather_subset"] == ["usage", "licenses", "ha"]
    assert "hostname" not in found
    assert found["usage"] == {"cpu": 3, "session": 118}
    assert found["licenses"] == LICENSES
    assert found["ha"]["mode"] == "standalone"
    assert found["ha"]["peers"] == [
        {"hostname": "fw1", "serialnum": "FGVM1", "priority": 200, "primary": True},
        {"hostname": "fw2", "serialnum": "FGVM2", "priority": 100, "primary": False},
    ]


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [
        ([], "min interfaces usage licenses ha"),
        (["min"], "min"),
        (["all"], "min interfaces usage licenses ha"),
        (["ha"], "min ha"),
        (["!licenses", "!ha"], "min interfaces usage"),
        (["!all"], "min"),
        (["!all", "!min"], ""),
        (["all", "!min"], "interfaces usage licenses ha"),
    ],
)
def test_subsets_are_chosen_as_in_other_collections(wanted: list[str], chosen: str) -> None:
    assert chosen_subsets(wanted) == chosen.split()


def test_an_unknown_subset_is_told_those_there_are() -> None:
    with pytest.raises(TaskError) as caught:
        chosen_subsets(["all", "!harware"])
    assert str(caught.value) == (
        "gather_subset: there is no '!harware'. Subsets: all, min, interfaces, usage, licenses, ha; ! leaves out."
    )


def test_resources_have_the_form_of_config(device: Simulator) -> None:
    answer = gather(device, "!all", gather_network_resources=["system_interf*", "firewall/vip", "system_dns", "!*6"])
    resources = answer["ansible_facts"]["ansible_network_resources"]
    assert list(resources) == ["firewall_vip", "system_dns", "system_interface"]
    assert net(answer)["gather_network_resources"] == list(resources)
    again = run(device, configuration.job(Interface), {"config": resources["system_interface"], "state": "replaced"})
    assert not again["changed"]
    assert resources["firewall_vip"] == []
    assert "primary" in resources["system_dns"]


def test_a_resource_that_the_device_lacks_is_told_where_it_was_named(device: Simulator) -> None:
    by_pattern = gather(device, gather_network_resources=["credential_*"])
    assert by_pattern["ansible_facts"]["ansible_network_resources"] == {}
    assert "warnings" not in by_pattern
    by_name = gather(device, gather_network_resources=["credential_store_domain_controller"])
    assert by_name["warnings"][0].startswith(
        "credential_store_domain_controller is left out: The device has no endpoint credential-store/"
    )
    assert "There is no endpoint 'vip'." in gather(device, gather_network_resources=["vip"])["msg"]


def test_what_is_denied_is_left_out_and_what_fails_fails(device: Simulator) -> None:
    device.fault(path="system/ha$", status=403)
    answer = gather(device)
    assert "ha_mode" not in net(answer)
    assert answer["warnings"][0].startswith(
        "Facts from cmdb/system/ha are left out: the device denied access to system/ha (GET "
    )
    device.fault(path="system/ha$", status=401, times=0)
    assert gather(device)["error"]["type"] == "AuthenticationError"
    device.device.faults.clear()


def test_a_pattern_without_any_resource_is_warned_of(device: Simulator) -> None:
    answer = gather(device, gather_network_resources=["fierwall_*"])
    assert answer["warnings"] == ["gather_network_resources: no endpoint has a name like fierwall_*."]


def test_a_vdom_that_is_not_there_is_an_error(device: Simulator) -> None:
    assert gather(device, vdom="attic")["msg"].endswith("; there may be no vdom attic.")


def test_one_vdom_can_be_named(device: Simulator) -> None:
    assert net(gather(device, vdom="dmz"))["vdom"] == "dmz"
    device.log()
    gather(device, "interfaces", vdom="dmz")
    asked = {entry["path"]: entry["query"].get("vdom") for entry in device.log()}
    assert asked["/api/v2/cmdb/system/interface"] == "dmz"
    gather(device, "interfaces")
    asked = {entry["path"]: entry["query"].get("vdom") for entry in device.log()}
    assert asked["/api/v2/cmdb/system/interface"] == "*"
