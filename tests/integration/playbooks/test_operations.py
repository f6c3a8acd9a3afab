# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Modules of monitor, log and service endpoints in a real play over httpapi and TLS: one of each kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.integration.connection.playbook import Playbooks, reached
from tests.simulator.operations.logs import add
from tests.simulator.server import Simulator

pytestmark = pytest.mark.playbook

SECRET = "s3cret-of-the-account"


@pytest.fixture(scope="module")
def device() -> Iterator[Simulator]:
    with Simulator(token="t0ken-of-the-test", vdoms=["root", "lab"]) as running:
        add(running.device, {"type": "event/system", "count": 1500})
        running.device.add("system/api-user", {"name": "robot", "accprofile": "super_admin"})
        yield running


def task(module: str, check: bool = False, **options: Any) -> dict[str, Any]:
    return {f"hfortix.fortios.{module}": options, "check_mode": check}


def posts(device: Simulator) -> list[str]:
    """The paths that were sent by POST, below the family."""
    paths = [entry["path"] for entry in device.log() if entry["method"] == "POST" and "/api/v2/" in entry["path"]]
    return [path.removeprefix("/api/v2/monitor/") for path in paths]


def test_a_play_with_one_module_of_each_kind(device: Simulator, playbooks: Playbooks, tmp_path: Path) -> None:
    backup, crashes, script = (tmp_path / name for name in ("fw.conf", "crashes.log", "setup.txt"))
    script.write_text("config system global\nend\n")
    login = {"email": "a@example.com", "password": SECRET}
    save = {"params": {"scope": "global", "destination": "file"}, "dest": str(backup)}
    key = task("monitor_system_api_user_generate_key", params={"api_user": "robot"})
    tasks = [
        task("monitor_system_status_info", check=True),
        task("monitor_firewall_policy_info", vdom=["root", "lab"]),
        task("monitor_network_arp_info", filter="interface==port1", sort="ip,dsc", fields="ip,interface", count=2),
        task("monitor_registration_forticloud_login", check=True, params=login),
        task("monitor_registration_forticloud_login", params=login),
        task("log_event_system_info", rows=1200),
        task("log_event_system_raw_info", rows=2),
        task("monitor_system_config_backup", check=True, **save),
        task("monitor_system_config_backup", **save),
        task("monitor_system_crash_log_download_info", check=True, dest=str(crashes)),
        task("monitor_system_crash_log_download_info", dest=str(crashes)),
        task("monitor_system_crash_log_download_info", dest=str(crashes)),
        task("monitor_system_config_script_upload", params={"filename": "setup"}, src=str(script)),
        task("monitor_system_os_reboot", check=True, wait=True),
        task("monitor_system_os_reboot", params={"event_log_message": "by Ansible"}, wait=True),
        task("monitor_system_config_script_run"),
        {**task("monitor_system_status_info"), "async": 60, "poll": 1},
        {**key, "async": 60, "poll": 1},
        {**key, "async": 60, "poll": 1, "no_log": True},
    ]
    hosts = {"fw": {**reached(device), "ansible_fortios_token": "t0ken-of-the-test"}}
    run = playbooks.run(hosts, tasks, verbosity=3)
    assert SECRET not in run.output
    (
        status, several, arp, foretold, login_done, log, raw, saving, saved, *fetched, script_done, restarting,
        restarted, refused, background, shown, hidden,
    ) = run.only()  # fmt: skip

    assert (status["changed"], status["response"]["model_name"]) == (False, "FortiGate")
    assert status["meta"] == {"release": "7.6.5", "serial": device.device.serial, "vdom": "root"}
    assert several["response"].keys() == {"root", "lab"}
    assert "failed" not in arp
    assert all(set(row) <= {"ip", "interface"} for row in arp["response"])

    assert foretold["changed"]
    assert foretold["request"]["body"] == {"email": "a@example.com", "password": "********"}
    assert login_done["request"] == foretold["request"]

    assert (len(log["response"]), log["complete"], log["meta"]["total_lines"]) == (1200, False, 1500)
    assert len(raw["content"].splitlines()) == 2

    assert [item["changed"] for item in (saving, saved, *fetched)] == [True, True, True, True, False]
    assert crashes.read_text()
    assert backup.stat().st_size == saved["size"]
    assert script_done["request"]["body"]["file_content"] == f"<content of {script}>"

    assert restarting["request"]["path"] == "/api/v2/monitor/system/os/reboot"
    assert restarted["restart"]["seconds"] > 0
    assert refused["msg"] == "missing required arguments: params"
    assert background["response"] == status["response"]
    assert shown["msg"].startswith("What this module returns holds a secret, which a background job would show.")
    assert hidden["changed"]
    assert posts(device) == [
        "registration/forticloud/login",
        "system/config/backup",
        "system/config-script/upload",
        "system/os/reboot",
        "system/api-user/generate-key",
    ]
