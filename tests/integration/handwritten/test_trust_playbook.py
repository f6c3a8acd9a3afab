# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates, tokens, vdom mode, failover and filters in real playbooks, over TLS."""

from __future__ import annotations

import re
from base64 import b64encode
from pathlib import Path

import pytest

from tests.integration.connection.playbook import Playbooks, reached
from tests.simulator.operations.fabric import Fabric
from tests.simulator.server import Simulator

from .trust import SECRET, TOKEN, identity

pytestmark = pytest.mark.playbook

CERTIFICATE = "hfortix.fortios.certificate"
API_TOKEN = "hfortix.fortios.api_token"
VDOM_MODE = "hfortix.fortios.vdom_mode"
HA = "hfortix.fortios.ha"

UNIT = {"vcluster_id": 0, "priority": 100, "master": False, "primary": False}
#: What the simulator stores of a key.
DIGEST = "{{ ('simulator:' ~ made.token) | hash('sha256') }}"
TEXT = 'config firewall address\nedit "web"\nset type fqdn\nset fqdn "www.example.com"\nnext\nend\n'
FILTERS = [
    "'192.0.2.1 255.255.255.0' | hfortix.fortios.to_cidr == '192.0.2.1/24'",
    "'192.0.2.0/24' | hfortix.fortios.to_subnet == '192.0.2.0 255.255.255.0'",
    "'192.0.2.10-192.0.2.12' | hfortix.fortios.to_networks == ['192.0.2.10/31', '192.0.2.12/32']",
    "['192.0.2.0/26', '192.0.2.64/26'] | hfortix.fortios.to_ranges == ['192.0.2.0-192.0.2.127']",
    "('80 8000-8010:1024-65535' | hfortix.fortios.parse_ports)[1].source_last == 65535",
    "[443, 80, '82', 81] | hfortix.fortios.to_ports == '80-82 443'",
    "'80 443:1-9' | hfortix.fortios.parse_ports | hfortix.fortios.to_ports == '80 443:1-9'",
    "(text | hfortix.fortios.parse_config).firewall_address | map(attribute='fqdn') == ['www.example.com']",
]


def test_a_key_is_registered_and_printed_nowhere(playbooks: Playbooks) -> None:
    with Simulator("7.6.5", token=TOKEN) as device:
        keys = []
        new_token = device.device.new_token

        def noted(owner: str, token: str = "") -> str:
            keys.append(new_token(owner, token))
            return keys[-1]

        device.device.new_token = noted  # type: ignore[method-assign]
        over_httpapi = {**reached(device), "ansible_fortios_token": TOKEN}
        # The environment makes the module run from its file, in a process of its own.
        direct = {"ansible_connection": "local", "ansible_python_interpreter": "{{ ansible_playbook_python }}"}
        environment = {
            "FORTIOS_HOST": f"{device.host}:{device.port}",
            "FORTIOS_TOKEN": TOKEN,
            "FORTIOS_CA_PATH": device.ca_path,
        }
        make = {"name": "of-{{ inventory_hostname }}", "accprofile": "super_admin"}
        run = playbooks.run(
            {"fw": over_httpapi, "local": direct},
            [
                {API_TOKEN: make, "register": "made"},
                {"ansible.builtin.set_fact": {"digest": DIGEST}},
                {API_TOKEN: make},
            ],
            verbosity=3,
            environment=environment,
        )
        assert len(keys) == 2
        assert not any(key in run.output for key in keys)
        for host in ("fw", "local"):
            made, fact, again = run.only(host)
            assert (made["changed"], again["changed"], again["generated"]) == (True, False, False)
            assert "censored" in made
            key = "ENC " + b64encode(bytes.fromhex(fact["ansible_facts"]["digest"])).decode()
            assert device.device.tokens[key] == f"of-{host}"


def test_certificates_vdom_mode_and_failover_over_a_session(playbooks: Playbooks, tmp_path: Path) -> None:
    with Simulator("7.4.4", password="passw0rd-of-the-test") as device:
        device.device.add("system/ha", {"mode": "a-p", "override": "enable"})
        device.device.of(Fabric).units.append({**UNIT, "serial_no": "FGVMSIM000000002", "hostname": "fw-b"})
        session = {"ansible_user": device.user, "ansible_password": device.password}
        files = identity("web").write(tmp_path)
        local = {CERTIFICATE: {"type": "local", "name": "web", **files}}
        authority = {CERTIFICATE: {"type": "ca", "name": "ours", "content": identity("authority").pem}}
        gathered = {CERTIFICATE: {"state": "gathered", "type": "local", "name": "web"}, "register": "own"}
        run = playbooks.run(
            {"fw": {**reached(device), **session}},
            [
                {**local, "check_mode": True},
                local,
                {VDOM_MODE: {"mode": "multi-vdom"}},
                local,
                authority,
                authority,
                gathered,
                {"ansible.builtin.assert": {"that": ["own.certificates[0].days_left > 30", *FILTERS]}},
                {**local, "async": 30, "poll": 1},
                {HA: {"primary": "fw-b", "wait_for_sync": True}},
                {HA: {"primary": "fw-b"}},
            ],
            verbosity=3,
            vars={"text": TEXT},
        )
        foretold, done, divided, again, trusted, trusted_again, own, asserted, background, *clusters = run.only()
        assert [foretold["action"], done["action"], again["action"]] == ["import", "import", "none"]
        assert (divided["changed"], divided["after"]) == (True, {"mode": "multi-vdom"})
        assert [trusted["action"], trusted_again["action"]] == ["import", "none"]
        assert own["certificates"][0]["sha256"] == identity("web").sha256
        assert not asserted.get("failed"), asserted
        assert (background["action"], background["changed"]) == ("none", False)
        assert [(cluster["changed"], cluster["primary"]) for cluster in clusters] == [
            (True, "FGVMSIM000000002"),
            (False, "FGVMSIM000000002"),
        ]
        assert SECRET.decode() not in run.output
        assert not re.search("PRIVATE KEY", run.output)
