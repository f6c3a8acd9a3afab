# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Thirty endpoints of all shapes through ansible-playbook, over TLS: one play a release, one connection a play.

The steps are those of every endpoint's scenario: create or set, again without a change, check mode without a write,
change, read and write back, delete.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.integration.connection.playbook import Playbooks, reached
from tests.simulator.server import Simulator

from .spread import CMDB, Recording, Replay, spread

pytestmark = [pytest.mark.playbook, pytest.mark.slow]

#: Endpoints whose scenario the files of the modules run, each in a process of its own: a third of a second a call.
AS_FILES = ("firewall/policy", "router/ospf", "system/interface", "user/radius", "wireless-controller/vap", "rule/fmwp")


def _credentials(device: Simulator, login: str) -> dict[str, Any]:
    if login == "token":
        return {"ansible_fortios_token": device.token}
    return {"ansible_user": device.user, "ansible_password": device.password}


def test_the_spread_has_thirty_endpoints() -> None:
    assert len(spread()) == 30


@pytest.mark.parametrize(
    ("release", "login"), [("7.2.0", "session"), ("7.4.4", "session"), ("7.6.5", "token"), ("8.0.0", "session")]
)
def test_the_scenarios_as_playbook(release: str, login: str, playbooks: Playbooks) -> None:
    recording = Recording.of(release, spread())
    with Simulator(release) as device:
        hosts = {"fw": {**reached(device), **_credentials(device, login)}}
        run = playbooks.run(hosts, list(recording.tasks()), ignore_errors=False, timeout=300)
        assert run.code == 0, run.output
        assert "WARNING" not in run.output
        replay = Replay.of(recording, run, device)
        assert list(replay.problems()) == []
        assert list(replay.differences()) == []
        others = {entry["path"] for entry in device.log() if not entry["path"].startswith(CMDB)}
        assert bool(others) == (login == "session")
        assert device.tls_connections == 1


def test_the_scenarios_as_files_of_the_modules(playbooks: Playbooks) -> None:
    recording = Recording.of("7.6.5", AS_FILES)
    with Simulator("7.6.5") as device:
        options = {"host": device.url, "token": device.token, "ca_path": device.ca_path}
        local = {"ansible_connection": "local", "ansible_python_interpreter": "{{ ansible_playbook_python }}"}
        # An environment of their own makes the modules run as processes.
        tasks = [{**task, "environment": {"A": "b"}} for task in recording.tasks(**options)]
        run = playbooks.run({"fw": local}, tasks, ignore_errors=False, timeout=300)
        assert run.code == 0, run.output
        replay = Replay.of(recording, run, device)
        assert list(replay.problems()) == []
        assert list(replay.differences()) == []
