# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs playbooks, with this collection or the one to compare with, and takes their time and memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, NamedTuple

from .device import HOST, ROOT, Device

Whose = Literal["ours", "theirs"]
Task = Mapping[str, Any]

BIN = Path(sys.executable).parent
OURS = "hfortix.fortios"
THEIRS = "fortinet.fortios"
#: How often to look at the memory of processes, in seconds.
SAMPLE_SECONDS = 0.02


class PlayFailedError(Exception):
    """A playbook failed, so that its time says nothing."""


class Times(NamedTuple):
    """In seconds: the whole command, and each task from its start to that of the next one or the end of the play."""

    whole: float
    tasks: list[float]

    @property
    def beyond_start(self) -> float:
        """That of all tasks but the first, which starts the connection."""
        return sum(self.tasks[1:])


@dataclass
class Plays:
    """Runs playbooks against a device in a folder, whose path must be short: sockets are made below it."""

    device: Device
    folder: Path
    #: Options of ansible-core's configuration, as environment variables.
    settings: dict[str, str] = field(default_factory=dict)

    def seconds(self, whose: Whose, tasks: Sequence[Task], variables: Mapping[str, Any] | None = None) -> float:
        """The time of a whole ansible-playbook command.

        :raises PlayFailedError: it failed
        """
        process, began = self._start(whose, tasks, variables or {})
        output, _ = process.communicate()
        seconds = time.perf_counter() - began
        if process.returncode:
            raise PlayFailedError(output[-3000:])
        return seconds

    def times(self, whose: Whose, tasks: Sequence[Task], variables: Mapping[str, Any] | None = None) -> Times:
        """The time of a whole ansible-playbook command, and of each of `tasks` in it.

        :raises PlayFailedError: it failed
        """
        told = self.folder / "spans.json"
        settings = {
            "ANSIBLE_CALLBACK_PLUGINS": str(Path(__file__).parent / "callback"),
            "ANSIBLE_CALLBACKS_ENABLED": "spans",
            "SPANS": str(told),
        }
        whole = replace(self, settings={**self.settings, **settings}).seconds(whose, tasks, variables)
        return Times(whole, json.loads(told.read_text()))

    def memory(self, whose: Whose, tasks: Sequence[Task], variables: Mapping[str, Any]) -> dict[str, float]:
        """The highest resident memory in MiB of each process of a run.

        :raises PlayFailedError: it failed
        """
        process, _ = self._start(whose, tasks, variables)
        peaks: dict[str, float] = {}
        ended = threading.Event()

        def watch() -> None:
            while not ended.wait(SAMPLE_SECONDS):
                for name, pid in _processes(process.pid):
                    peaks[name] = max(peaks.get(name, 0.0), _peak(pid))

        thread = threading.Thread(target=watch)
        thread.start()
        output, _ = process.communicate()
        ended.set()
        thread.join()
        if process.returncode:
            raise PlayFailedError(output[-3000:])
        return {**peaks, "simulator": _peak(self.device.pid)}

    def _start(
        self, whose: Whose, tasks: Sequence[Task], variables: Mapping[str, Any]
    ) -> tuple[subprocess.Popen[str], float]:
        inventory, playbook = self.folder / "hosts.json", self.folder / "play.json"
        inventory.write_text(json.dumps({"all": {"hosts": {"fw": self._connection(whose)}}}))
        play = {"hosts": "all", "gather_facts": False, "vars": variables, "tasks": tasks}
        playbook.write_text(json.dumps([play]))
        began = time.perf_counter()
        process = subprocess.Popen(
            [BIN / "ansible-playbook", "-i", inventory, playbook],
            env={**os.environ, **self._environment()},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return process, began

    def _environment(self) -> dict[str, str]:
        return {
            "ANSIBLE_HOME": str(self.folder),
            "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".collections"),
            "ANSIBLE_ACTION_PLUGINS": str(Path(__file__).parent / "action"),
            "ANSIBLE_LOCALHOST_WARNING": "false",
            **self.settings,
        }

    def _connection(self, whose: Whose) -> dict[str, Any]:
        common = {
            "ansible_connection": "ansible.netcommon.httpapi",
            "ansible_host": HOST,
            "ansible_httpapi_port": self.device.port,
            "ansible_httpapi_use_ssl": True,
            "ansible_httpapi_validate_certs": True,
            "ansible_httpapi_ca_path": str(self.device.ca),
            # Understood by both collections.
            "ansible_httpapi_session_key": {"access_token": self.device.token},
        }
        return {**common, "ansible_network_os": f"{OURS}.fortios" if whose == "ours" else f"{THEIRS}.fortios"}


def _processes(playbook: int) -> list[tuple[str, int]]:
    """The processes of a run of ansible-playbook: itself, the workers it forks, and the persistent connection."""
    found = [("ansible-playbook", playbook)]
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            command = (entry / "cmdline").read_bytes().split(b"\0")
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        if parent == playbook:
            found.append(("worker", int(entry.name)))
        elif any(b"ansible_connection" in part for part in command) and str(playbook).encode() in command:
            found.append(("persistent connection", int(entry.name)))
    return found


def _peak(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")), 0.0)
