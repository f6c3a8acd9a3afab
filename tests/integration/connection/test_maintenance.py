# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Playbooks that move files and restart the device, over the httpapi connection and TLS."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.simulator.operations.licences import Licences
from tests.simulator.server import Simulator

from .playbook import Playbooks, address, reached

pytestmark = pytest.mark.playbook

SCRIPT = 'config user local\n    edit "u"\n        set type password\n        set passwd hunter2\n    next\nend\n'


def task(module: str, **arguments: Any) -> dict[str, Any]:
    return {f"hfortix.fortios.{module}": arguments}


def foretold(module: str, **arguments: Any) -> dict[str, Any]:
    return {**task(module, **arguments), "check_mode": True}


def test_a_device_is_kept_over_one_connection(playbooks: Playbooks, tmp_path: Path) -> None:
    saved, image, licence = tmp_path / "fw.conf", tmp_path / "FGT-v7.4.4.F-build2662.out", tmp_path / "vm.lic"
    image.write_bytes(bytes(1000))
    licence.write_text("-----BEGIN FGT VM LICENSE-----\n")
    tasks = [
        address("web"),
        task("backup", dest=str(saved)),
        task("backup", dest=str(saved)),
        address("other"),
        foretold("restore", src=str(saved)),
        task("restore", src=str(saved), confirm=True),
        task("restore", src=str(saved), confirm=True),
        task("command", script=SCRIPT),
        task("firmware", src=str(image)),
        task("firmware", version="7.4.4"),
        task("license", src=str(licence)),
        task("reboot"),
        {**task("backup", dest=str(tmp_path / "background.conf")), "async": 30, "poll": 1},
    ]
    with Simulator("7.4.1", token="t0ken", downtime=0.3) as device:
        device.device.of(Licences).vm = "vm_eval"
        hosts = {"fw": {**reached(device), "ansible_fortios_token": "t0ken"}}
        run = playbooks.run(hosts, tasks, verbosity=3)
        results = run.only()
        assert [result.get("failed", False) for result in results] == [False] * len(tasks), results
        changed = [True, True, False, True, True, True, False, True, True, False, True, True, True]
        assert [result["changed"] for result in results] == changed
        assert saved.read_text().startswith("#config-version=FGVM64-7.4.1")
        assert (tmp_path / "background.conf").stat().st_mode & 0o777 == 0o600
        assert results[5]["restart"]["after"] == "7.4.1"
        assert results[8]["restart"]["after"] == "7.4.4"
        assert device.device.row("firewall/address", "other") is None
    assert "hunter2" not in run.output + str(results)


def test_sessions_survive_and_files_outlast_the_command_timeout(playbooks: Playbooks, tmp_path: Path) -> None:
    saved = tmp_path / "fw.conf"
    with Simulator(password="passw0rd-of-the-test") as device:
        credentials = {"ansible_user": device.user, "ansible_password": device.password}
        hosts = {"fw": {**reached(device), **credentials, "ansible_command_timeout": 3}}
        device.fault(path="config/backup", latency=4000, times=1)
        tasks = [
            task("backup", dest=str(saved)),
            task("reboot"),
            address("web"),
            foretold("restore", src=str(saved)),
            task("backup", dest="/nowhere/fw.conf"),
        ]
        run = playbooks.run(hosts, tasks)
        results = run.only()
        logins = [entry for entry in device.log() if entry["path"] == "/api/v2/authentication"]
    assert [result.get("changed", False) for result in results] == [True, True, True, True, False], results
    assert results[4]["msg"] == "dest: there is no folder /nowhere. Create it first."
    assert saved.read_text().startswith("#config-version=")
    assert [entry["method"] for entry in logins if entry["status"] == 200] == ["POST", "POST", "DELETE"]
