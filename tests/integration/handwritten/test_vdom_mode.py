# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module `vdom_mode` against the simulator."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ansible_collections.hfortix.fortios.plugins.modules import vdom_mode
from tests.simulator.server import Simulator

from .trust import TOKEN, run, writes

CHANGE = "/api/v2/monitor/system/admin/change-vdom-mode"
MULTI = {"mode": "multi-vdom"}


@pytest.fixture(scope="module")
def server() -> Iterator[Simulator]:
    with Simulator("7.4.4", token=TOKEN, password="passw0rd", tls=False) as simulator:
        yield simulator


@pytest.fixture
def device(server: Simulator) -> Simulator:
    server.reset()
    return server


def test_the_mode_is_told(device: Simulator) -> None:
    told = run(device, vdom_mode.JOB, {})
    assert (told["changed"], told["before"], told["after"]) == (False, {"mode": "no-vdom"}, {"mode": "no-vdom"})


@pytest.mark.parametrize("token", [TOKEN, ""])
def test_the_mode_is_changed_once_and_sessions_are_renewed(device: Simulator, token: str) -> None:
    foretold = run(device, vdom_mode.JOB, MULTI, check=True, token=token)
    assert writes(device) == 0
    done = run(device, vdom_mode.JOB, MULTI, token=token)
    del foretold["invocation"], done["invocation"]
    assert foretold == done
    assert (done["changed"], done["before"], done["after"]) == (True, {"mode": "no-vdom"}, {"mode": "multi-vdom"})
    assert done["diff"]["after"] == {"mode": "multi-vdom"}
    again = run(device, vdom_mode.JOB, MULTI, token=token)
    assert (again["changed"], "diff" in again, writes(device)) == (False, False, 1)
    back = run(device, vdom_mode.JOB, {"mode": "no-vdom"}, token=token)
    assert (back["changed"], back["before"]) == (True, {"mode": "multi-vdom"})


def test_vdoms_that_would_be_left_over_are_named(device: Simulator) -> None:
    run(device, vdom_mode.JOB, MULTI)
    for vdom in ("dmz", "guests"):
        device.device.add("system/vdom", {"name": vdom})
    refused = run(device, vdom_mode.JOB, {"mode": "no-vdom"}, check=True)
    assert refused["msg"] == (
        "mode: no-vdom leaves the virtual domain root alone, and there are dmz, guests as well. Delete them first, "
        "with what is in them."
    )
    assert run(device, vdom_mode.JOB, {"mode": "no-vdom"})["failed"]
    assert writes(device) == 1


def test_a_mode_that_the_release_lacks(device: Simulator) -> None:
    refused = run(device, vdom_mode.JOB, {"mode": "split-vdom"})
    assert refused["msg"] == "mode: the device runs FortiOS 7.4.4, and split-vdom exists in up to 7.0.12."
    with Simulator("7.0.0", token=TOKEN, tls=False) as older:
        assert run(older, vdom_mode.JOB, {"mode": "split-vdom"})["after"] == {"mode": "split-vdom"}


def test_a_lost_answer_is_no_failure_if_the_mode_changed(device: Simulator) -> None:
    device.fault(path=CHANGE, drop="after")
    assert run(device, vdom_mode.JOB, MULTI)["changed"]


def test_a_device_that_does_not_change_is_an_error(device: Simulator) -> None:
    device.fault(path=CHANGE, status=200, body='{"status": "success"}')
    assert run(device, vdom_mode.JOB, {**MULTI, "wait_timeout": 1})["msg"] == (
        "The device has the mode no-vdom 1 seconds after it was told to change to multi-vdom (POST "
        "/api/v2/monitor/system/admin/change-vdom-mode). Look at it, or raise wait_timeout."
    )
    assert run(device, vdom_mode.JOB, {"wait_timeout": 0})["msg"] == (
        "wait_timeout: 0 is too short. Give at least 1 second."
    )


def test_an_administrator_who_may_not_read_the_mode(device: Simulator) -> None:
    device.fault(path="system/global", status=200, body='{"results": {}, "version": "v7.4.4"}')
    assert run(device, vdom_mode.JOB, {})["msg"] == (
        "The device does not tell its vdom-mode (GET /api/v2/cmdb/system/global). Check that the access profile of the "
        "administrator grants reading the global settings."
    )
