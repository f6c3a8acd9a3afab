# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module `ha` against the simulator."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from ansible_collections.hfortix.fortios.plugins.module_utils.device import polling
from ansible_collections.hfortix.fortios.plugins.modules import ha
from tests.simulator.operations.fabric import Fabric
from tests.simulator.server import Simulator

from .trust import TOKEN, run, writes

OTHER, THIRD = "FGVMSIM000000002", "FGVMSIM000000003"
UPDATE = "/api/v2/monitor/system/ha-peer/update"
FAIL_OVER = {"primary": "fw-b"}


@pytest.fixture(scope="module")
def server() -> Iterator[Simulator]:
    with Simulator("7.4.4", token=TOKEN, password="passw0rd", tls=False) as simulator:
        yield simulator


@pytest.fixture
def device(server: Simulator, monkeypatch: pytest.MonkeyPatch) -> Simulator:
    """The primary, fw-a, of a cluster of three in which priorities decide."""
    monkeypatch.setattr(polling, "PAUSE", 0.02)
    server.reset()
    settings = {"mode": "a-p", "group-name": "edge", "override": "enable", "priority": 200}
    server.device.add("system/ha", settings)
    server.device.add("system/global", {"hostname": "fw-a"})
    units = [
        {"serial_no": OTHER, "hostname": "fw-b", "priority": 100},
        {"serial_no": THIRD, "hostname": "fw-c", "priority": 50},
    ]
    httpx.post(f"{server.url}/__simulator__/fabric", json={"units": units}).raise_for_status()
    return server


def unit(device: Simulator, serial: str = OTHER) -> dict[str, Any]:
    return next(unit for unit in device.device.of(Fabric).units if unit["serial_no"] == serial)


def refused(device: Simulator, **options: Any) -> str:
    """The message of a task that fails and writes nothing."""
    before = writes(device)
    result = run(device, ha.JOB, options)
    assert result["failed"]
    assert writes(device) == before
    message: str = result["msg"]
    return message


def test_the_state_of_a_cluster(device: Simulator) -> None:
    told = run(device, ha.JOB, {})
    own = device.device.serial
    assert told["changed"] is False
    facts = {name: told[name] for name in ("mode", "group", "override", "primary", "in_sync")}
    assert facts == {"mode": "a-p", "group": "edge", "override": True, "primary": own, "in_sync": True}
    members = {member["serial"]: member for member in told["members"]}
    assert {serial: (item["hostname"], item["priority"], item["role"]) for serial, item in members.items()} == {
        own: ("fw-a", 200, "primary"),
        OTHER: ("fw-b", 100, "secondary"),
        THIRD: ("fw-c", 50, "secondary"),
    }
    assert {"sessions", "cpu_usage", "memory_usage", "uptime"} <= members[OTHER].keys()


def test_a_device_that_stands_alone(device: Simulator) -> None:
    device.reset()
    told = run(device, ha.JOB, {"wait_for_sync": True})
    assert (told["mode"], told["primary"], told["in_sync"], told["members"]) == ("standalone", None, True, [])
    assert refused(device, primary="fw-b") == "primary: the device is in no cluster."


@pytest.mark.parametrize("token", [TOKEN, ""])
def test_a_failover_is_foretold_done_and_not_repeated(device: Simulator, token: str) -> None:
    own = device.device.serial
    foretold = run(device, ha.JOB, FAIL_OVER, check=True, token=token)
    assert writes(device) == 0
    done = run(device, ha.JOB, FAIL_OVER, token=token)
    for result in (foretold, done):
        assert result["changed"] is True
        assert (result["before"], result["after"]) == ({"primary": own}, {"primary": OTHER})
        assert result["diff"]["after"] == {"primary": OTHER}
    assert (foretold["primary"], done["primary"]) == (own, OTHER)
    assert unit(device)["priority"] == 201
    again = run(device, ha.JOB, {"primary": OTHER}, token=token)
    assert (again["changed"], "diff" in again, writes(device)) == (False, False, 1)


def test_the_highest_priority_is_made_free(device: Simulator) -> None:
    device.device.add("system/ha", {"priority": 255})
    assert run(device, ha.JOB, FAIL_OVER)["primary"] == OTHER
    assert (device.device.setting("system/ha", "priority"), unit(device)["priority"]) == (254, 255)


def test_a_lost_answer_is_no_failure_if_the_primary_changed(device: Simulator) -> None:
    device.fault(path=UPDATE, drop="after")
    assert run(device, ha.JOB, FAIL_OVER)["primary"] == OTHER


def test_without_override_there_is_no_failover(device: Simulator) -> None:
    device.device.add("system/ha", {"override": "disable"})
    assert refused(device, **FAIL_OVER) == (
        "primary: the API has no command for a failover. It can raise the priority of a member, which decides only "
        "where override is enabled (option override of system_ha, on every member), and it is not. Enable it, or fail "
        "over at the console of the primary: diagnose sys ha reset-uptime."
    )


def test_a_member_that_lags_behind_does_not_become_the_primary(device: Simulator) -> None:
    unit(device)["checksum"] = {"root": "0" * 32, "all": "1" * 32}
    told = run(device, ha.JOB, {})
    assert told["in_sync"] is False
    assert [member["differs"] for member in told["members"]] == [[], ["all", "root"], []]
    assert refused(device, **FAIL_OVER) == (
        f"primary: {OTHER} (fw-b) differs in all, root from the primary. Set wait_for_sync to wait until it does not."
    )
    assert refused(device, **FAIL_OVER, wait_for_sync=True, wait_timeout=1) == (
        f"wait_for_sync: after 1 seconds, {OTHER} (fw-b) differs in all, root from the primary."
    )
    # One that does not lag behind may become it all the same.
    assert run(device, ha.JOB, {"primary": "fw-c"})["primary"] == THIRD


def test_waiting_ends_when_all_have_the_same_configuration(device: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    unit(device)["checksum"] = {"all": "1" * 32}
    monkeypatch.setattr(polling.time, "sleep", lambda seconds: unit(device).pop("checksum", None))
    told = run(device, ha.JOB, {**FAIL_OVER, "wait_for_sync": True})
    assert (told["in_sync"], told["primary"]) == (True, OTHER)


def test_bad_input_is_refused(device: Simulator) -> None:
    own = device.device.serial
    there = f"There are {own} (fw-a), {OTHER} (fw-b), {THIRD} (fw-c)."
    assert refused(device, primary="fw-x") == f"primary: the cluster has no member 'fw-x'. {there}"
    assert refused(device, wait_timeout=0) == "wait_timeout: 0 is too short. Give at least 1 second."
    unit(device, THIRD)["hostname"] = "fw-b"
    assert refused(device, **FAIL_OVER) == (
        f"primary: several members are called 'fw-b'; give a serial number. {there.replace('fw-c', 'fw-b')}"
    )


def test_a_cluster_that_does_not_change_hands_is_an_error(device: Simulator) -> None:
    device.fault(path=UPDATE, status=200, body='{"status": "success"}')
    result = run(device, ha.JOB, {**FAIL_OVER, "wait_timeout": 1})
    assert result["msg"] == (
        f"{device.device.serial} (fw-a) is the primary 1 seconds after {OTHER} (fw-b) got the highest priority (POST "
        f"{UPDATE}). Failed links of monitored interfaces count before priority, and override has to be enabled on "
        "every member; see get system ha status at the console."
    )


def test_an_administrator_who_may_not_read_the_cluster(device: Simulator) -> None:
    device.fault(path="cmdb/system/ha", status=200, body='{"results": {"group-id": 0}, "version": "v7.4.4"}')
    assert refused(device) == (
        "The device does not tell its mode of high availability (GET /api/v2/cmdb/system/ha). Check that the access "
        "profile of the administrator grants reading the system settings."
    )


def test_rows_of_older_releases(device: Simulator) -> None:
    """Up to 6.4 the mark of the primary has another name, and the row of checksums alone may have it."""
    peers = f'{{"results": [{{"serial_no": "{OTHER}", "priority": 100, "hostname": "fw-b"}}]}}'
    own = device.device.serial
    sums = ", ".join(
        f'{{"serial_no": "{serial}", "is_root_master": {int(serial == own)}, "checksum": {{"all": "1"}}}}'
        for serial in (own, OTHER)
    )
    device.fault(path="ha-peer", status=200, body=peers)
    device.fault(path="ha-checksums", status=200, body=f'{{"results": [{sums}]}}')
    told = run(device, ha.JOB, {})
    assert told["primary"] == own
    priorities = {member["serial"]: member["priority"] for member in told["members"]}
    assert priorities[own] == 200
