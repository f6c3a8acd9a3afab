# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Playbooks that read: ``gather_facts``, the modules `facts`, `query` and `rest`, and the lookup plugin."""

from __future__ import annotations

from typing import Any

import pytest

from tests.simulator.server import Simulator

from .playbook import Playbooks, address, reached

pytestmark = pytest.mark.playbook

LOOKUP = "hfortix.fortios.fortios"
ASSERT = "ansible.builtin.assert"
PYTHON = {"ansible_python_interpreter": "{{ ansible_playbook_python }}"}


def expect(*conditions: str) -> dict[str, Any]:
    return {ASSERT: {"that": list(conditions)}}


def failures(results: list[dict[str, Any]]) -> list[Any]:
    return [result.get("assertion", result.get("msg")) for result in results if result.get("failed")]


def test_what_is_read_is_used_and_written_back(simulator: Simulator, playbooks: Playbooks) -> None:
    """One play: facts as it begins, then each module over the connection of all, and lookups beside it."""
    hosts = {"fw": {**reached(simulator), **PYTHON, "ansible_fortios_token": "{{ key }}", "key": simulator.token}}
    conditions = f"query('{LOOKUP}', 'firewall_address', filter=['name=@web'], fields=['subnet'])"
    tasks: list[dict[str, Any]] = [
        expect("ansible_net_version == '7.6.5'", "ansible_facts.net_gather_subset == ['min', 'ha']"),
        address("web-1", "web-2"),
        {"hfortix.fortios.facts": {"gather_network_resources": ["firewall_address"]}},
        expect("'web-1' in ansible_network_resources.firewall_address | map(attribute='name')"),
        {
            "hfortix.fortios.query": {"queries": [{"endpoint": "firewall_address"}, {"endpoint": "system_global"}]},
            "register": "read",
        },
        {"hfortix.fortios.firewall_address": {"config": "{{ read.results[0].config }}", "state": "overridden"}},
        {"hfortix.fortios.system_global": {"config": "{{ read.results[1].config }}", "state": "replaced"}},
        {
            "hfortix.fortios.rest": {
                "method": "PUT", "path": "cmdb/firewall/address/web-1", "body": {"comment": "x"}, "compare": True,
            },
            "diff": True,
        },
        expect(
            f"{conditions} | map(attribute='name') | list == ['web-1', 'web-2']",
            f"{conditions} | first == {{'name': 'web-1', 'subnet': '192.0.2.1 255.255.255.255'}}",
            f"lookup('{LOOKUP}', 'cmdb/firewall/address', filter=['name==web-1']).comment == 'x'",
            f"lookup('{LOOKUP}', 'system_global').admin_sport == 443",
            f"query('{LOOKUP}', 'monitor/system/status', 'system_dns') | length == 2",
        ),
        {"ansible.builtin.debug": {"msg": f"{{{{ query('{LOOKUP}', 'firewall_adress') }}}}"}},
        {"ansible.builtin.debug": {"msg": f"{{{{ query('{LOOKUP}', 'firewall_address', token='wrong-t0ken') }}}}"}},
    ]  # fmt: skip
    # At the highest verbosity, everything is told that ever would be.
    run = playbooks.run(hosts, tasks, gather_facts=True, gather_subset=["ha"], verbosity=4)
    gathered, *results = run.only()
    assert gathered["ansible_facts"]["ansible_net_hostname"]
    assert failures(results[:9]) == []
    assert [bool(result.get("changed")) for result in results[:9]] == [False, True] + [False] * 5 + [True, False]
    assert results[7]["diff"]["after"].count("x") > results[7]["diff"]["before"].count("x")
    assert "Did you mean firewall_address or" in results[9]["msg"]
    assert "did not accept the credentials for firewall/address" in results[10]["msg"]
    assert str(simulator.token) not in run.output
    assert "wrong-t0ken" not in run.output


def test_a_module_of_its_own_process_says_what_it_cannot(simulator: Simulator, playbooks: Playbooks) -> None:
    hosts = {"fw": {**reached(simulator), **PYTHON, "ansible_fortios_token": simulator.token}}
    secret = "hunter2-hunter2"
    body = {"name": "anna", "type": "password", "passwd": secret}
    tasks: list[dict[str, Any]] = [
        {"ansible.builtin.gather_facts": {}},
        {
            "ansible.builtin.gather_facts": {},
            "module_defaults": {"hfortix.fortios.facts": {"gather_network_resources": ["all"]}},
        },
        {
            "hfortix.fortios.rest": {"method": "POST", "path": "cmdb/user/local", "body": body, "compare": True},
            "environment": {"A": "b"},
            "diff": True,
        },
        {"hfortix.fortios.rest": {"method": "PATCH", "path": "cmdb", "body": body}, "environment": {"A": "b"}},
    ]
    run = playbooks.run(hosts, tasks, verbosity=5)
    plain, resources, written, refused = run.only()
    assert plain["ansible_facts"]["ansible_net_gather_subset"] == ["min"]
    assert "Endpoints are found by name only where Ansible itself runs" in str(resources)
    assert written["changed"]
    assert written["request"]["body"] == {**body, "passwd": "********"}
    assert "value of method must be one of" in refused["msg"]
    assert secret not in run.output
    assert secret not in str([written, refused])


def test_lookups_take_options_and_the_environment(simulator: Simulator, playbooks: Playbooks) -> None:
    playbooks.environment |= {"FORTIOS_HOST": simulator.host, "FORTIOS_PORT": str(simulator.port)}
    options = f"username='{simulator.user}', password='{simulator.password}', ca_path='{simulator.ca_path}'"
    result = playbooks.run(
        {"localhost": {"ansible_connection": "local", "ansible_password": "of-another-machine", **PYTHON}},
        [
            expect(f"lookup('{LOOKUP}', 'system_global', {options}).admin_sport == 443"),
            expect(f"query('{LOOKUP}', 'system_global', username='admin')"),
        ],
    ).only("localhost")
    assert failures(result[:1]) == []
    assert "no credentials for 127.0.0.1" in result[1]["msg"]
    assert [entry["path"] for entry in simulator.log()].count("/api/v2/authentication") == 2
