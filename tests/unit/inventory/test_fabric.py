# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Devices and hosts from answers, whatever members these have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.errors import (
    FortiOSError,
    PermissionDeniedError,
)
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.http.interface import (
    Outcome,
    Request,
    Verbs,
)
from ansible_collections.hfortix.fortios.plugins.plugin_utils import fabric

ROOT, BRANCH, SHOP = "FGT00ROOT", "FGT00BRANCH", "FGT00SHOP"
ANSWERS: dict[str, Any] = {
    "system/status": {
        "results": {"hostname": "fw1", "model": "FGT60F"},
        "serial": ROOT,
        "version": "v7.4.8",
        "build": 2795,
    },
    "system/csf": {
        "results": {
            "protocol_enabled": True,
            "csf_group_name": "shops",
            "devices": {
                "fortigate": [
                    {"serial": ROOT, "path": ROOT, "host_name": "fw1", "vdoms": ["root"]},
                    {
                        "serial": BRANCH,
                        "path": f"{ROOT}:{BRANCH}",
                        "host_name": "fw2",
                        "model": "FGT40F",
                        "mgmt_ip_str": "192.0.2.2",
                        "mgmt_port": 8443,
                        "firmware_version_major": 7,
                        "firmware_version_minor": 2,
                        "firmware_version_patch": 5,
                        "firmware_version_build": 1517,
                        "vdoms": ["root", "lab"],
                        "ha_list": [
                            {"serial_no": BRANCH, "hostname": "fw2", "is_ha_primary": True},
                            {"serial_no": "FGT00SPARE", "hostname": "fw2-spare", "is_ha_primary": False},
                        ],
                    },
                    {"serial": SHOP, "path": f"{ROOT}:{BRANCH}:{SHOP}", "host_name": "fw2", "mgmt_ip_str": "0.0.0.0"},
                    {"no serial": True},
                ],
                "fortianalyzer": [{"serial": "FAZ1"}],
            },
        }
    },
    "system/ha-peer": {
        "results": [
            {"serial_no": ROOT, "hostname": "fw1", "master": False, "primary": False},
            {"serial_no": "FGT00OTHER", "hostname": "fw1-other", "master": True, "primary": True},
        ]
    },
    "system/vdom": {"results": [{"name": "root"}, {"name": "office"}]},
}


class Client(Verbs):
    """Gives `answers` by the end of the path; an error as the error that it is."""

    def __init__(self, answers: dict[str, Any]) -> None:
        self.answers = answers

    def batch(self, requests: Sequence[Request], *, parallel: int | None = None, stop: bool = False) -> list[Outcome]:
        found = [next(value for end, value in self.answers.items() if item.path.endswith(end)) for item in requests]
        return [
            Outcome(request, error=answer) if isinstance(answer, Exception) else Outcome(request, answer)
            for request, answer in zip(requests, found, strict=True)
        ]


def hosts(*parts: str, **changed: Any) -> dict[str, fabric.Host]:
    answers = {**ANSWERS, **{f"system/{name.replace('_', '-')}": value for name, value in changed.items()}}
    devices = fabric.discover(Client(answers), parts, "fw1.example.com", None)
    found = fabric.hosts(devices, parts)
    names = {host.name: host for host in found}
    assert len(names) == len(found), "two hosts of one name"
    return names


def test_the_asked_device_alone() -> None:
    (host,) = hosts().values()
    assert host == fabric.Host(
        "fw1",
        ["fortios_device"],
        {
            "ansible_host": "fw1.example.com",
            "fortios_device": "fw1",
            "fortios_serial": ROOT,
            "fortios_hostname": "fw1",
            "fortios_model": "FGT60F",
            "fortios_version": "7.4.8",
            "fortios_build": 2795,
            "fortios_fabric": None,
            "fortios_fabric_role": None,
            "fortios_fabric_upstream": None,
            "fortios_ha_role": None,
            "fortios_vdoms": None,
            "fortios_vdom": None,
        },
    )


def test_a_fabric_with_two_devices_of_one_name() -> None:
    found = hosts("fabric")
    branch, shop = f"fw2_{BRANCH}", f"fw2_{SHOP}"
    assert set(found) == {"fw1", branch, shop}
    assert found["fw1"].groups == ["fortios_device", "fortios_fabric_root"]
    assert found[branch].groups == ["fortios_device", "fortios_fabric_downstream", "fortios_ha_primary"]
    facts = found[branch].variables
    assert (facts["ansible_host"], facts["ansible_httpapi_port"]) == ("192.0.2.2", 8443)
    assert (facts["fortios_version"], facts["fortios_build"]) == ("7.2.5", 1517)
    assert (facts["fortios_fabric"], facts["fortios_fabric_upstream"]) == ("shops", "fw1")
    assert found[shop].variables["fortios_fabric_upstream"] == branch
    assert "ansible_host" not in found[shop].variables
    assert found[shop].variables["fortios_version"] is None


def test_units_of_clusters() -> None:
    found = hosts("fabric", "ha_members")
    assert found["fw1"].variables["fortios_ha_role"] == "secondary"
    other, spare = found["fw1-other"], found["fw2-spare"]
    assert other.groups == ["fortios_ha_primary"]
    assert spare.groups == ["fortios_ha_secondary"]
    assert "ansible_host" not in spare.variables
    assert spare.variables["fortios_serial"] == "FGT00SPARE"
    assert spare.variables["fortios_device"] == f"fw2_{BRANCH}"


def test_a_device_without_a_cluster() -> None:
    found = hosts("ha_members", ha_peer={"results": []})
    assert found["fw1"].variables["fortios_ha_role"] == "standalone"
    assert found["fw1"].groups == ["fortios_device"]


def test_a_unit_that_is_told_of_the_others_only() -> None:
    other = {"serial_no": "FGT00OTHER", "hostname": "fw1-other", "primary": False}
    found = hosts("ha_members", ha_peer={"results": [other]})
    assert found["fw1"].groups == ["fortios_device", "fortios_ha_primary"]
    assert found["fw1-other"].groups == ["fortios_ha_secondary"]


def test_vdoms_of_the_asked_device_and_of_others() -> None:
    found = hosts("fabric", "vdoms")
    vdoms = {name for name, host in found.items() if host.groups == ["fortios_vdom"]}
    assert vdoms == {"fw1_root", "fw1_office", "fw2_root", "fw2_lab"}
    facts = found["fw2_lab"].variables
    assert (facts["ansible_fortios_vdom"], facts["fortios_vdom"], facts["ansible_host"]) == ("lab", "lab", "192.0.2.2")


def test_a_vdom_whose_name_would_be_that_of_a_device() -> None:
    status = {**ANSWERS["system/status"], "results": {"hostname": "a"}}
    csf = {"results": {"devices": {"fortigate": [{"serial": BRANCH, "host_name": "a_root"}]}}}
    assert set(hosts("fabric", "vdoms", status=status, csf=csf, vdom={"results": [{"name": "root"}]})) == {
        "a",
        f"a_root_{BRANCH}",
        f"a_{ROOT}_root",
    }


@pytest.mark.parametrize("results", [None, {}, {"devices": None}, {"devices": {"fortigate": None}}])
def test_a_fabric_of_which_nothing_is_told(results: Any) -> None:
    assert list(hosts("fabric", csf={"results": results})) == ["fw1"]


def test_a_device_alone_in_its_fabric() -> None:
    csf = {"results": {"protocol_enabled": False, "devices": {"fortigate": [{"serial": ROOT, "path": ROOT}]}}}
    (host,) = hosts("fabric", csf=csf).values()
    assert (host.name, host.variables["fortios_model"]) == ("fw1", "FGT60F")
    assert host.variables["fortios_fabric_role"] == "standalone"


def test_a_device_that_only_knows_the_address_of_the_one_above() -> None:
    row = {"serial": ROOT, "path": ROOT, "state": {"hostname": "fw1", "csf_upstream_ip": "192.0.2.9"}}
    (host,) = hosts("fabric", csf={"results": {"protocol_enabled": True, "devices": {"fortigate": [row]}}}).values()
    assert host.variables["fortios_fabric_role"] == "downstream"


def test_a_device_that_only_its_state_names() -> None:
    row = {"serial": SHOP, "state": {"hostname": "fw9"}}
    assert set(hosts("fabric", csf={"results": {"devices": {"fortigate": [row]}}})) == {"fw1", "fw9"}


def test_something_that_is_no_device() -> None:
    with pytest.raises(FortiOSError, match=r"^the answer has no serial number .* Check that host is a FortiGate"):
        hosts(status={"results": {}})


def test_what_is_refused_names_its_option() -> None:
    with pytest.raises(fabric.PartError, match=r"^ha_members: no right\. To do without it, set ha_members to false\.$"):
        hosts("ha_members", ha_peer=PermissionDeniedError("no right"))
    with pytest.raises(PermissionDeniedError, match=r"^no right$"):
        hosts("ha_members", status=PermissionDeniedError("no right"))
