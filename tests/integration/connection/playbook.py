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


@dataclass
class Run:
    """What a playbook did. `results` has, for each task in order, what it returned for each host."""

    results: list[dict[str, dict[str, Any]]]
    output: str
    seconds: float

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
        **play: Any,
    ) -> Run:
        """Run one play of `tasks` on all `hosts`, which have the given variables."""
        inventory, playbook = self.folder / "hosts.json", self.folder / "play.json"
        inventory.write_text(json.dumps({"all": {"hosts": hosts}}))
        plays = [{"hosts": "all", "gather_facts": False, "ignore_errors": True, **play, "tasks": tasks}]
        playbook.write_text(json.dumps(plays))
        began = time.monotonic()
        done = subprocess.run(
            [ANSIBLE_PLAYBOOK, "-i", inventory, playbook, *["-" + "v" * verbosity][: verbosity > 0]],
            env={**os.environ, **self._environment(verbosity)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        output = done.stdout + done.stderr
        if verbosity:
            return Run([], output, time.monotonic() - began)
        try:
            report = json.loads(done.stdout[done.stdout.index("{") :])
        except ValueError:
            raise AssertionError(output) from None
        results = [task["hosts"] for one in report["plays"] for task in one["tasks"]]
        return Run(results, output, time.monotonic() - began)

    def _environment(self, verbosity: int) -> dict[str, str]:
        return {
            "ANSIBLE_HOME": str(self.folder),
            "ANSIBLE_COLLECTIONS_PATH": f"{os.environ['ANSIBLE_COLLECTIONS_PATH']}:{OTHER_COLLECTIONS}".rstrip(":"),
            "ANSIBLE_STDOUT_CALLBACK": "default" if verbosity else "ansible.posix.json",
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_DEPRECATION_WARNINGS": "true",
            "ANSIBLE_NOCOLOR": "true",
            **self.environment,
        }
