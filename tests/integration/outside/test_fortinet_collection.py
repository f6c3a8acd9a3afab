# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The collection fortinet.fortios, with its own httpapi plugin, as a client that judges the simulator."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.integration.connection.playbook import Playbooks
from tests.simulator.server import Simulator

pytestmark = [pytest.mark.playbook, pytest.mark.slow]

Task = dict[str, Any]


@pytest.fixture
def playbooks() -> Iterator[Playbooks]:
    with tempfile.TemporaryDirectory(prefix="fos", dir="/tmp") as folder:
        yield Playbooks(Path(folder))


def task(module: str, **options: Any) -> Task:
    return {f"fortinet.fortios.fortios_{module}": {"vdom": "root", **options}}


def entry(table: str, state: str = "present", **row: Any) -> Task:
    return task(table, state=state, **{table: row})


def names(*values: str) -> list[dict[str, str]]:
    return [{"name": value} for value in values]


ADDRESS = {"name": "web/srv 1", "subnet": "10.1.2.0 255.255.255.0", "comment": "first"}
VLAN = {
    "name": "vlan10",
    "vdom": "root",
    "type": "vlan",
    "interface": "port2",
    "vlanid": 10,
    "mode": "static",
    "ip": "192.0.2.1 255.255.255.0",
    "allowaccess": ["ping", "https"],
}
POLICY = {
    "policyid": 5,
    "name": "out",
    "srcintf": names("vlan10"),
    "dstintf": names("port1"),
    "dstaddr": names("all"),
    "srcaddr": names("web/srv 1"),
    "service": names("HTTPS"),
    "schedule": "always",
    "action": "accept",
}
LAST = {**POLICY, "policyid": 7, "name": "last", "srcintf": names("port3"), "srcaddr": names("all")}

#: What is done, and whether it is to change something; None: it is to fail.
STEPS: list[tuple[Task, bool | None]] = [
    (entry("firewall_address", **ADDRESS), True),
    (entry("firewall_address", **ADDRESS), False),
    (entry("firewall_address", **{**ADDRESS, "subnet": "10.1.3.0 255.255.255.0"}), True),
    (task("configuration_fact", selector="firewall_address", params={"name": "web/srv 1"}), False),
    (entry("system_interface", **VLAN), True),
    (entry("system_interface", **VLAN), False),
    (entry("system_interface", **{**VLAN, "alias": "guests"}), True),
    (entry("firewall_policy", **POLICY), True),
    (entry("firewall_policy", **POLICY), False),
    (entry("firewall_policy", **{**POLICY, "service": names("HTTPS", "DNS")}), True),
    (entry("firewall_policy", **{**LAST, "srcaddr": names("nobody")}), None),
    (entry("firewall_policy", **LAST), True),
    (task("firewall_policy", action="move", self="7", before="5"), True),
    (task("configuration_fact", selector="firewall_policy"), False),
    (entry("firewall_address", "absent", name="web/srv 1"), None),
    (task("monitor_fact", selector="system_status"), False),
    (entry("firewall_policy", "absent", policyid=5), True),
    (entry("firewall_policy", "absent", policyid=7), True),
    (entry("system_interface", "absent", name="vlan10"), True),
    (entry("firewall_address", "absent", name="web/srv 1"), True),
    (entry("firewall_address", "absent", name="web/srv 1"), False),
]


@pytest.mark.parametrize(
    ("release", "login"), [("7.2.5", "password"), ("7.4.4", "token"), ("7.6.5", "password"), ("8.0.0", "token")]
)
def test_it_manages_addresses_policies_and_interfaces(playbooks: Playbooks, release: str, login: str) -> None:
    with Simulator(release) as sim:
        variables: dict[str, Any] = {
            "ansible_connection": "ansible.netcommon.httpapi",
            "ansible_network_os": "fortinet.fortios.fortios",
            "ansible_host": sim.host,
            "ansible_httpapi_port": sim.port,
            "ansible_httpapi_use_ssl": True,
            "ansible_httpapi_validate_certs": False,
        }
        if login == "token":
            variables["ansible_httpapi_session_key"] = {"access_token": sim.token}
        else:
            variables |= {"ansible_user": sim.user, "ansible_password": sim.password}
        run = playbooks.run({"fw": variables}, [step for step, _ in STEPS])
        log = sim.log()
    results = run.only()
    assert len(results) == len(STEPS), run.output
    outcomes = [None if result.get("failed") else bool(result.get("changed")) for result in results]
    assert outcomes == [expected for _, expected in STEPS], run.output
    assert results[3]["meta"]["results"][0]["subnet"] == "10.1.3.0 255.255.255.0"
    assert [row["policyid"] for row in results[13]["meta"]["results"]] == [7, 5]
    assert results[14]["meta"]["error"] == -23
    assert {entry_["status"] for entry_ in log} <= {200, 401, 404, 500}
