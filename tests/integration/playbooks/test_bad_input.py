# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong, in playbooks of its own: one clear message each that names the field and the remedy.

Nothing is changed but what the result reports, the playbook fails, and no secret is shown at any verbosity.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.integration.connection.playbook import Playbooks, reached
from tests.simulator.server import Simulator

from .configuration import Configuration, configuration

pytestmark = [pytest.mark.playbook, pytest.mark.slow]

#: The secrets that take part; each must stay one.
TOKEN, PASSWORD, PSK, WRONG = "t0ken-of-the-test", "passw0rd-of-the-test", "psk-of-the-test", "wrong-s3cret"
ADDRESSES = "/api/v2/cmdb/firewall/address"


def nothing(device: Simulator) -> None:
    """Leave the device as the factory made it."""


@dataclass(frozen=True)
class Case:
    """A task that must fail with the words `message` (a regular expression).

    `variables` are those of the connection. `added` are the keys of the rows that come about all the same, by table;
    `by_others` those that the task does not know of.
    """

    module: str
    message: str
    arguments: dict[str, Any] = field(default_factory=dict)
    variables: dict[str, Any] = field(default_factory=dict)
    prepare: Callable[[Simulator], None] = nothing
    release: str = "7.6.5"
    added: dict[str, list[Any]] = field(default_factory=dict)
    by_others: dict[str, list[Any]] = field(default_factory=dict)


def phase1(**options: Any) -> dict[str, Any]:
    """A tunnel with a secret, whose `options` are wrong."""
    return {"config": [{"name": "tunnel", "interface": "port1", "psksecret": PSK, **options}]}


def addresses(*names: str, **options: Any) -> dict[str, Any]:
    return {"config": [{"name": name, "subnet": "192.0.2.0/24", **options} for name in names]}


def used_address(device: Simulator) -> None:
    device.device.add("firewall/address", {"name": "web", "subnet": "192.0.2.0 255.255.255.0"})
    device.device.add("firewall/addrgrp", {"name": "servers", "member": [{"name": "web"}]})


def somebody_else(device: Simulator) -> None:
    """Create the same address between the task's read and its write."""
    device.fault(method="POST", path=ADDRESSES, latency=1500)

    def create() -> None:
        while not any(entry["path"] == ADDRESSES for entry in device.log()):
            time.sleep(0.01)
        device.device.add("firewall/address", {"name": "web", "subnet": "198.51.100.0 255.255.255.0"})

    threading.Thread(target=create, daemon=True).start()


def reader(device: Simulator) -> None:
    """Let the token read firewall objects only."""
    device.device.add("system/accprofile", {"name": "reader", "fwgrp": "read"})
    device.device.add("system/api-user", {"name": "simulator", "accprofile": "reader"})


def policy(**options: Any) -> dict[str, Any]:
    members = {"srcintf": ["port1"], "dstintf": ["port2"], "srcaddr": ["all"], "dstaddr": ["all"], "service": ["ALL"]}
    return {"config": [{"policyid": 1, "name": "web", "schedule": "always", **members, **options}]}


TUNNEL = "vpn_ipsec_phase1_interface"
ADDRESS = "firewall_address"
LEAVE_OUT = "Remove it, or set version_check to warn to leave it out, or to ignore to send it"

CASES = {
    "an unknown field": Case(
        TUNNEL,
        r"Unsupported parameters for \(hfortix.fortios.vpn_ipsec_phase1_interface\) module: config.remote_gateway. "
        r"Supported parameters include: .*, remote_gw, .*",
        phase1(remote_gateway="192.0.2.1"),
    ),
    "an unknown field of a child row": Case(
        "user_radius",
        r"Unsupported parameters for .*: config.accounting_server.sever. Supported parameters include: .*, server, .*",
        {"config": [{"name": "r", "secret": PSK, "accounting_server": [{"id": 1, "secret": PSK, "sever": "x"}]}]},
    ),
    "an unknown option": Case(
        ADDRESS,
        r"Unsupported parameters for .*: sate. Supported parameters include: .*, state, .*",
        {**addresses("web"), "sate": "merged"},
    ),
    "a wrong choice": Case(
        TUNNEL, r"value of ike_version must be one of: 1, 2, got: 3 found in config", phase1(ike_version="3")
    ),
    "a wrong choice among several": Case(
        TUNNEL,
        r"value of proposal must be one or more of: .*, aes256-sha256, .* "
        r"Got no match for: aes265-sha256 found in config",
        phase1(proposal=["aes256-sha256", "aes265-sha256"]),
    ),
    "a value out of bounds": Case(
        TUNNEL,
        r"Nothing was sent to the device. config\[0\].keylife: 5 is out of bounds: 120 to 172800\.",
        phase1(keylife=5),
    ),
    "a text that is too long": Case(
        TUNNEL,
        r"Nothing was sent to the device. config\[0\].comments: is 300 bytes long, at most 255 fit\.",
        phase1(comments="x" * 300),
    ),
    "no address": Case(
        ADDRESS,
        r"Nothing was sent to the device. config\[0\].subnet: '192.0.2.300/24' is not an IPv4 address with mask, "
        r"such as 192.0.2.0/24\.",
        {"config": [{"name": "web", "subnet": "192.0.2.300/24"}]},
    ),
    "no key": Case(
        ADDRESS, r"missing required arguments: name found in config", {"config": [{"subnet": "192.0.2.0/24"}]}
    ),
    "one key twice": Case(ADDRESS, r"config: name 'web' is given twice\.", addresses("web", "web")),
    "a reference to nothing": Case(
        TUNNEL,
        r"Could not create vpn.ipsec/phase1-interface 'tunnel': .* refers to something that does not exist: "
        r"interface 'nowhere' \(.*FortiOS -651, .*\)\. Create the object that the field names first, or correct the "
        r"name\. Nothing was changed\.",
        phase1(interface="nowhere"),
    ),
    "a reference to nothing in the second of two": Case(
        ADDRESS,
        r"Could not create firewall/address 'two': .*associated-interface 'nowhere' \(.*\)\. Create the object .*\. "
        r"Of 2 writes: 1 done, 1 failed; failed_objects has each\.",
        {"config": [*addresses("one")["config"], *addresses("two", associated_interface="nowhere")["config"]]},
        added={"firewall/address": ["one"]},
    ),
    "a duplicate": Case(
        ADDRESS,
        r"Could not create firewall/address 'web': .* has such an entry already \(.*FortiOS -5, .*\)\. Update the "
        r"existing entry, or choose another key\. Nothing was changed\.",
        addresses("web"),
        prepare=somebody_else,
        by_others={"firewall/address": ["web"]},
    ),
    "a name that another table has": Case(
        "firewall_addrgrp",
        r"Could not create firewall/addrgrp 'web': .*FortiOS -163, .*\)\. Give one of the two objects another name\. "
        r"Nothing was changed\.",
        {"config": [{"name": "web", "member": ["all"]}]},
        prepare=used_address,
    ),
    "an object in use": Case(
        ADDRESS,
        r"Could not delete firewall/address 'web': .* is in use \(.*FortiOS -23, .*\)\. Remove the references to it "
        r"first\. Nothing was changed\.",
        {**addresses("web"), "state": "deleted"},
        prepare=used_address,
    ),
    "a row of the device": Case(
        "rule_fmwp",
        r"rule/fmwp has no row 'web', and its rows belong to the device: they can be changed, not created\. "
        r"Name one that exists \(state gathered lists them\)\.",
        {"config": [{"name": "web"}]},
    ),
    "a refused login": Case(
        ADDRESS,
        r"The device refused the login of 'admin' \(.*\)\. Check user name and password; .*\.",
        addresses("web"),
        {"ansible_fortios_token": None, "ansible_user": "admin", "ansible_password": WRONG},
    ),
    "a refused token": Case(
        ADDRESS,
        r"The device did not accept the credentials for firewall/address \(.*HTTP 401\)\. Check that the token is "
        r"valid, .*\.",
        addresses("web"),
        {"ansible_fortios_token": WRONG},
    ),
    "a certificate of somebody else": Case(
        ADDRESS,
        r"No trusted TLS connection to https://127.0.0.1:\d+: .*\. Give the CA that signed the device's certificate, "
        r"and reach the device by a name in the certificate\.",
        addresses("web"),
        {"ansible_httpapi_ca_path": None},
    ),
    "a field that the release lacks": Case(
        "firewall_policy",
        rf"The device runs FortiOS 7.6.5: config\[0\].ztna_destination exists in 8.0.0 and later\. {LEAVE_OUT}\.",
        policy(ztna_destination=["x"]),
    ),
    "a choice that the release lacks": Case(
        "wireless_controller_wtp_profile",
        r"The device runs FortiOS 7.2.0: config\[0\].radio_1.band option 802.11n-2G exists in 7.4.4 and later\. "
        rf"{LEAVE_OUT}\.",
        {"config": [{"name": "web", "radio_1": {"band": ["802.11n-2G"]}}]},
        release="7.2.0",
    ),
    "an endpoint that the release lacks": Case(
        "firewall_custom_tag",
        r"The device has no endpoint firewall/custom-tag \(.*\)\. FortiOS has it in 8.0.0 and later; check the "
        r"device's release and its licence\.",
        {"config": [{"name": "web"}]},
    ),
    "nobody at the port": Case(
        ADDRESS,
        r"Cannot reach https://127.0.0.1:1: .* Check the address and port, and that the device's interface allows "
        r"administrative access\.",
        addresses("web"),
        {"ansible_httpapi_port": 1},
    ),
    "no such vdom": Case(
        ADDRESS,
        r"The device denied access to firewall/address \(.*HTTP 403\)\. "
        r"Check that there is a vdom nowhere, and that the access profile .* grant it\.",
        {**addresses("web"), "vdom": "nowhere"},
    ),
    "a token that may only read": Case(
        ADDRESS,
        r"Could not create firewall/address 'web': the device denied access .*HTTP 403\)\. Check the access profile "
        r"and the vdoms of the administrator or API user\. Nothing was changed\.",
        addresses("web"),
        prepare=reader,
    ),
}


def additions(before: Configuration, after: Configuration) -> dict[str, list[Any]]:
    """The keys of the rows that came, by table; fails where anything else has changed."""
    found: dict[str, list[Any]] = {}
    for name, rows in after.items():
        old = before.get(name, {})
        assert {key: rows.get(key) for key in old} == old
        if rows.keys() != old.keys():
            found[name[0]] = [key for key in rows if key not in old]
    assert before.keys() <= after.keys()
    return found


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in CASES.items()])
def test_a_clear_message_and_nothing_else(case: Case, playbooks: Playbooks) -> None:
    with Simulator(case.release, token=TOKEN, password=PASSWORD) as device:
        case.prepare(device)
        before = configuration(device)
        hosts = {"fw": {**reached(device), "ansible_fortios_token": TOKEN, **case.variables}}
        task = {f"hfortix.fortios.{case.module}": case.arguments}
        run = playbooks.run(hosts, [task], verbosity=3, ignore_errors=False)
        assert run.code == 2
        (result,) = run.only()
        assert result["failed"]
        assert re.fullmatch(case.message, result["msg"]), result["msg"]
        assert additions(before, configuration(device)) == {**case.added, **case.by_others}
        assert bool(result["changed"]) == bool(case.added)
        names = [[row["name"] for row in result.get(side) or ()] for side in ("before", "after")]
        assert names[1] == names[0] + [key for keys in case.added.values() for key in keys]
        assert "Traceback" not in run.output
        for secret in (TOKEN, PASSWORD, PSK, WRONG):
            assert secret not in run.output
