# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs real playbooks in a process of their own, and gives back what each task returned."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.simulator.server import Simulator

CALLBACKS = Path(__file__).parents[1] / "callback"
#: The program to test with: another release of ansible-core can be named, and where its collections are.
ANSIBLE_PLAYBOOK = Path(os.environ.get("TEST_ANSIBLE_PLAYBOOK") or Path(sys.executable).with_name("ansible-playbook"))
OTHER_COLLECTIONS = os.environ.get("TEST_COLLECTIONS_PATH", "")
HTTPAPI = {"ansible_connection": "ansible.netcommon.httpapi", "ansible_network_os": "hfortix.fortios.fortios"}
MODULE = "hfortix.fortios.firewall_address"


def reached(simulator: Simulator) -> dict[str, Any]:
    """The variables that lead the httpapi connection to a simulator, but for credentials."""
    return {
        **HTTPAPI,
        "ansible_host": simulator.host,
        "ansible_httpapi_port": simulator.port,
        "ansible_httpapi_ca_path": simulator.ca_path,
    }


def address(*names: str, **options: Any) -> dict[str, Any]:
    """A task that wants addresses."""
    config = [{"name": name, "subnet": f"192.0.2.{index}/32"} for index, name in enumerate(names, 1)]
    return {MODULE: {"config": config, **options}}


GATHER: dict[str, Any] = {MODULE: {"state": "gathered"}}


@dataclass(frozen=True)
class TaskRun:
    """What a task returned for one host, and when it ran (seconds since the epoch)."""

    host: str
    result: dict[str, Any]
    began: float
    ended: float


@dataclass
class Run:
    """What a playbook did: what each of its tasks returned, in order, what it printed, and its exit code."""

    tasks: list[list[TaskRun]]
    output: str
    code: int
    seconds: float

    @property
    def results(self) -> list[dict[str, dict[str, Any]]]:
        """For each task in order, what it returned for each host."""
        return [{item.host: item.result for item in task} for task in self.tasks]

    def only(self, host: str = "fw") -> list[dict[str, Any]]:
        """What each task returned for one host."""
        return [result[host] for result in self.results if host in result]


@dataclass
class Playbooks:
    """Writes and runs playbooks in a folder, whose path must be short: sockets are made below it."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def run(
        self,
        hosts: Mapping[str, Mapping[str, Any]],
        tasks: Sequence[Mapping[str, Any]],
        *,
        verbosity: int = 0,
        timeout: float = 120,
        **play: Any,
    ) -> Run:
        """Run one play of `tasks` on all `hosts`, which have the given variables. A failure does not end it."""
        playbook = self.folder / "play.json"
        plays = [{"hosts": "all", "gather_facts": False, "ignore_errors": True, **play, "tasks": tasks}]
        playbook.write_text(json.dumps(plays))
        return self.run_file(hosts, playbook, *["-" + "v" * verbosity][: verbosity > 0], timeout=timeout)

    def run_file(
        self, hosts: Mapping[str, Mapping[str, Any]], playbook: Path, *arguments: str, timeout: float = 120
    ) -> Run:
        """Run the playbook in a file on `hosts`, which have the given variables."""
        inventory, results = self.folder / "hosts.json", self.folder / "results.jsonl"
        inventory.write_text(json.dumps({"all": {"hosts": hosts}}))
        results.unlink(missing_ok=True)
        began = time.monotonic()
        done = subprocess.run(
            [ANSIBLE_PLAYBOOK, "-i", inventory, playbook, *arguments],
            env={**os.environ, **self._environment(results)},
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        output, seconds = done.stdout + done.stderr, time.monotonic() - began
        if not results.exists():
            raise AssertionError(output)
        return Run(_tasks(results), output, done.returncode, seconds)

    def _environment(self, results: Path) -> dict[str, str]:
        return {
            "ANSIBLE_HOME": str(self.folder),
            "ANSIBLE_COLLECTIONS_PATH": f"{os.environ['ANSIBLE_COLLECTIONS_PATH']}:{OTHER_COLLECTIONS}".rstrip(":"),
            "ANSIBLE_CALLBACK_PLUGINS": str(CALLBACKS),
            "ANSIBLE_CALLBACKS_ENABLED": "results",
            "RESULTS_FILE": str(results),
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_DEPRECATION_WARNINGS": "true",
            "ANSIBLE_NOCOLOR": "true",
            **self.environment,
        }


def _tasks(results: Path) -> list[list[TaskRun]]:
    """What the callback wrote."""
    lines = [json.loads(line) for line in results.read_text(encoding="utf-8").splitlines()]
    tasks: list[list[TaskRun]] = [[] for _ in range(1 + max(line["task"] for line in lines))]
    for line in lines:
        tasks[line.pop("task")].append(TaskRun(**line))
    return tasks
