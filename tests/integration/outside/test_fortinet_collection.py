# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A client that knows nothing of this project judges the simulator: the collection fortinet.fortios.

Its modules, over its own httpapi plugin and TLS, create, update, read and delete; after each step the simulator must
hold what the modules said. The collection is used as documented; it comes with the PyPI package ``ansible``.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.integration.connection.playbook import Playbooks
from tests.simulator.server import Simulator

pytestmark = [pytest.mark.playbook, pytest.mark.slow]

PREFIX = "fortinet.fortios.fortios_"
Task = dict[str, Any]


@pytest.fixture(params=["7.4.4", "7.6.5"])
def device(request: pytest.FixtureRequest) -> Iterator[Simulator]:
    with Simulator(request.param) as running:
        yield running


def hosts(device: Simulator, **credentials: Any) -> dict[str, dict[str, Any]]:
    if not credentials:
        credentials = {"ansible_httpapi_session_key": {"access_token": device.token}}
    return {
        "fw": {
            "ansible_connection": "ansible.netcommon.httpapi",
            "ansible_network_os": "fortinet.fortios.fortios",
            "ansible_host": device.host,
            "ansible_httpapi_port": device.port,
            "ansible_httpapi_use_ssl": True,
            "ansible_httpapi_validate_certs": True,
            "ansible_httpapi_ca_path": device.ca_path,
            **credentials,
        }
    }


def task(name: str, row: dict[str, Any], state: str = "present") -> Task:
    """A task of the module `name`, whose object is an option of the same name."""
    return {PREFIX + name: {"vdom": "root", "state": state, name: row}}


def move(key: int, **where: int) -> Task:
    options = {name: str(anchor) for name, anchor in where.items()}
    return {PREFIX + "firewall_policy": {"vdom": "root", "action": "move", "self": str(key), **options}}


def fetch(selector: str, **params: Any) -> Task:
    options = {"params": params} if params else {}
    return {PREFIX + "configuration_fact": {"vdom": "root", "selector": selector, **options}}


def rows(device: Simulator, path: str, **wanted: Any) -> list[dict[str, Any]]:
    """The rows of a table whose members are as wanted, as the simulator answers them."""
    context = ssl.create_default_context(cafile=device.ca_path)
    headers = {"Authorization": f"Bearer {device.token}"}
    answer = httpx.get(f"{device.url}/api/v2/cmdb/{path}", params={"vdom": "root"}, headers=headers, verify=context)
    found: list[dict[str, Any]] = answer.json()["results"]
    return [row for row in found if all(row.get(name) == value for name, value in wanted.items())]


def results(playbooks: Playbooks, device: Simulator, *tasks: Task) -> list[dict[str, Any]]:
    """Run tasks, which must succeed; what each returns."""
    run = playbooks.run(hosts(device), tasks, ignore_errors=False)
    assert run.code == 0, run.output
    return run.only()


def changed(playbooks: Playbooks, device: Simulator, *tasks: Task) -> list[bool]:
    """Run tasks, which must succeed; whether each reports a change."""
    return [result["changed"] for result in results(playbooks, device, *tasks)]


def test_addresses(device: Simulator, playbooks: Playbooks) -> None:
    address = task("firewall_address", {"name": "outside/1", "type": "ipmask", "subnet": "192.0.2.0 255.255.255.0"})
    assert changed(playbooks, device, address, address) == [True, False]
    (row,) = rows(device, "firewall/address", name="outside/1")
    assert (row["subnet"], row["comment"]) == ("192.0.2.0 255.255.255.0", "")

    update = task("firewall_address", {"name": "outside/1", "comment": "changed"})
    read = fetch("firewall_address", name="outside/1")
    _, found = results(playbooks, device, update, read)
    (row,) = rows(device, "firewall/address", name="outside/1")
    assert (row["subnet"], row["comment"]) == ("192.0.2.0 255.255.255.0", "changed")
    assert found["meta"]["results"] == [row]

    delete = task("firewall_address", {"name": "outside/1"}, "absent")
    assert changed(playbooks, device, delete, delete) == [True, False]
    assert rows(device, "firewall/address", name="outside/1") == []


def test_policies_and_their_order(device: Simulator, playbooks: Playbooks) -> None:
    def policy(key: int, **more: Any) -> Task:
        members = {"srcintf": "port1", "dstintf": "port2", "srcaddr": "all", "dstaddr": "all", "service": "ALL"}
        lists = {name: [{"name": value}] for name, value in members.items()}
        row = {"policyid": key, "name": f"policy-{key}", "action": "accept", "schedule": "always", **lists, **more}
        return task("firewall_policy", row)

    assert changed(playbooks, device, policy(1), policy(2), policy(3), policy(3)) == [True, True, True, False]
    assert [row["policyid"] for row in rows(device, "firewall/policy")] == [1, 2, 3]

    narrower = policy(2, service=[{"name": "HTTP"}, {"name": "HTTPS"}], nat="enable")
    *_, found = results(playbooks, device, narrower, move(3, before=1), move(1, after=2), fetch("firewall_policy"))
    now = rows(device, "firewall/policy")
    assert [row["policyid"] for row in now] == [3, 2, 1]
    assert [item["name"] for item in now[1]["service"]] == ["HTTP", "HTTPS"]
    assert now[1]["nat"] == "enable"
    assert found["meta"]["results"] == now

    deletes = [task("firewall_policy", {"policyid": key}, "absent") for key in (1, 3)]
    assert changed(playbooks, device, *deletes) == [True, True]
    assert [row["policyid"] for row in rows(device, "firewall/policy")] == [2]


def test_interfaces(device: Simulator, playbooks: Playbooks) -> None:
    vlan = {"name": "outside-vlan", "vdom": "root", "interface": "port1", "vlanid": 77, "ip": "192.0.2.1 255.255.255.0"}
    create = task("system_interface", {**vlan, "allowaccess": ["ping", "https"]})
    assert changed(playbooks, device, create, create) == [True, False]
    (row,) = rows(device, "system/interface", name="outside-vlan")
    assert (row["vlanid"], row["ip"], row["type"]) == (77, "192.0.2.1 255.255.255.0", "vlan")
    assert set(row["allowaccess"].split()) == {"ping", "https"}

    vlan = {"name": "outside-vlan", "vdom": "root"}
    update = task("system_interface", {**vlan, "description": "lab", "allowaccess": ["ssh"]})
    _, found = results(playbooks, device, update, fetch("system_interface", name="outside-vlan"))
    (row,) = rows(device, "system/interface", name="outside-vlan")
    assert (row["allowaccess"], row["description"], row["vlanid"]) == ("ssh", "lab", 77)
    assert found["meta"]["results"] == [row]

    delete = task("system_interface", vlan, "absent")
    assert changed(playbooks, device, delete) == [True]
    assert rows(device, "system/interface", name="outside-vlan") == []


@pytest.mark.parametrize("release", ["7.2.8", "8.0.0"])
def test_a_login_with_user_and_password(release: str, playbooks: Playbooks) -> None:
    address = task("firewall_address", {"name": "outside", "subnet": "192.0.2.0 255.255.255.0"})
    with Simulator(release) as device:
        by_session = hosts(device, ansible_user=device.user, ansible_password=device.password)
        run = playbooks.run(by_session, [address], ignore_errors=False)
        assert run.code == 0, run.output
        assert len(rows(device, "firewall/address", name="outside")) == 1


def test_what_the_device_refuses(device: Simulator, playbooks: Playbooks) -> None:
    nowhere = task("firewall_address", {"name": "outside", "associated_interface": "nowhere"})
    used = task("firewall_address", {"name": "used", "subnet": "192.0.2.0 255.255.255.0"})
    group = task("firewall_addrgrp", {"name": "group", "member": [{"name": "used"}]})
    run = playbooks.run(hosts(device), [nowhere, used, group, task("firewall_address", {"name": "used"}, "absent")])
    refused, *done, in_use = run.only()
    assert [result.get("failed", False) for result in run.only()] == [True, False, False, True]
    assert [refused["meta"]["error"], in_use["meta"]["error"]] == [-651, -23]
    assert [result["changed"] for result in done] == [True, True]
    assert rows(device, "firewall/address", name="outside") == []
    assert len(rows(device, "firewall/address", name="used")) == 1
