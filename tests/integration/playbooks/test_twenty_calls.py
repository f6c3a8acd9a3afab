# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Twenty calls of different modules in one play: one login, one TLS connection, and nothing to do the second time."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from tests.integration.connection.playbook import Playbooks, Run, reached
from tests.simulator.server import Simulator

from .configuration import configuration
from .spread import CMDB

pytestmark = pytest.mark.playbook


def rule(name: str, **options: Any) -> dict[str, Any]:
    """A policy that its name identifies."""
    members = {"srcintf": ["branch"], "dstintf": ["port1"], "srcaddr": ["lan"], "dstaddr": ["all"]}
    return {"name": name, "action": "accept", "schedule": "office", "service": ["web"], **members, **options}


BRANCH: list[tuple[str, dict[str, Any]]] = [
    ("system_global", {"config": {"hostname": "branch"}}),
    ("system_dns", {"config": {"primary": "192.0.2.53"}}),
    ("system_settings", {"config": {"gui_dns_database": "enable"}}),
    ("log_syslogd_setting", {"config": {"status": "enable", "server": "192.0.2.5"}}),
    ("system_interface", {"config": [{"name": "v10", "vdom": "root", "interface": "port2", "vlanid": 10}]}),
    ("system_zone", {"config": [{"name": "branch", "interface": ["v10"]}]}),
    ("system_dhcp_server", {"config": [{"id": 7, "interface": "v10", "netmask": "255.255.255.0"}]}),
    ("firewall_address", {"config": [{"name": "lan", "subnet": "192.0.2.0/25"}], "vdom": "root"}),
    ("firewall_addrgrp", {"config": [{"name": "lans", "member": ["lan"]}]}),
    ("firewall_service_custom", {"config": [{"name": "portal", "tcp_portrange": "8443"}]}),
    ("firewall_service_group", {"config": [{"name": "web", "member": ["HTTP", "portal"]}]}),
    ("firewall_schedule_recurring", {"config": [{"name": "office", "day": ["monday", "friday"]}]}),
    ("firewall_ippool", {"config": [{"name": "out", "startip": "203.0.113.1", "endip": "203.0.113.2"}]}),
    ("firewall_vip", {"config": [{"name": "in", "extip": "203.0.113.9", "mappedip": ["192.0.2.9"], "extintf": "any"}]}),
    ("user_local", {"config": [{"name": "anna", "type": "password", "passwd": "secret-of-anna"}]}),
    ("user_group", {"config": [{"name": "staff", "member": ["anna"]}]}),
    ("router_static", {"config": [{"seq_num": 7, "gateway": "192.0.2.126", "device": "port1"}]}),
    ("firewall_policy", {"config": [rule("last")]}),
    ("firewall_policy", {"config": [rule("second"), rule("first")]}),
    ("firewall_policy", {"config": [rule("first"), rule("second")], "placement": "first", "ordered": True}),
]


def play(device: Simulator, playbooks: Playbooks) -> Run:
    credentials = {"ansible_user": device.user, "ansible_password": device.password}
    tasks = [{f"hfortix.fortios.{module}": arguments} for module, arguments in BRANCH]
    run = playbooks.run({"fw": {**reached(device), **credentials}}, tasks, ignore_errors=False)
    assert run.code == 0, run.output
    return run


def methods(device: Simulator) -> Counter[str]:
    """How often the device saw each method, for its configuration."""
    return Counter(entry["method"] for entry in device.log() if entry["path"].startswith(CMDB))


def logins(device: Simulator) -> int:
    return sum((entry["method"], entry["path"]) == ("POST", "/api/v2/authentication") for entry in device.log())


def test_twenty_calls(playbooks: Playbooks) -> None:
    assert len(BRANCH) == 20
    with Simulator() as device:
        first = play(device, playbooks)
        assert all(result["changed"] for result in first.only())
        assert (device.tls_connections, logins(device), methods(device)["GET"]) == (1, 1, 20)
        policies = configuration(device)["firewall/policy", "root"]
        assert [row["name"] for row in policies.values()] == ["first", "second", "last"]

        before = methods(device)
        second = play(device, playbooks)
        assert not any(result["changed"] for result in second.only())
        assert methods(device) - before == Counter(GET=20)
        assert (device.tls_connections, logins(device)) == (2, 2)
