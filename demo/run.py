# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demonstration: a playbook against a simulated branch firewall.

Applies ``site.yml``, applies it again (nothing may change), tries ``change.yml`` under ``--check --diff`` (nothing may
be written), and shows the result. Exits with 1 where one of these does not hold. Arguments go to the simulator.
"""

from __future__ import annotations

import os
import re
import ssl
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import httpx

DEMO = Path(__file__).resolve().parent
STATE = DEMO / ".state"
BRANCH = ["--release", "7.6.5", "--load", str(DEMO / "branch.conf")]

sys.path.insert(0, str(DEMO.parent / "tools"))
from simulator import State, start, stop  # noqa: E402  (a script, not a package)

CHANGED = re.compile(r"^branch-042\s*:.*\bchanged=(\d+)", re.MULTILINE)


class DemoFailedError(Exception):
    """A step did not do what the demonstration promises."""


@dataclass
class Play:
    """One run of a playbook: how many tasks changed something, and the requests that the device saw."""

    changed: int
    methods: list[str] = field(default_factory=list)

    @property
    def writes(self) -> int:
        return sum(method != "GET" for method in self.methods)

    def __str__(self) -> str:
        return (
            f"{self.changed} tasks report a change; "
            f"the device saw {len(self.methods) - self.writes} reading and {self.writes} writing requests."
        )


class Demo:
    """Runs playbooks against a simulated device and counts its requests."""

    def __init__(self, device: State) -> None:
        self._environment = {
            **os.environ,
            "ANSIBLE_COLLECTIONS_PATH": str(DEMO.parent / ".collections"),
            "ANSIBLE_CALLBACK_RESULT_FORMAT": "yaml",
            "ANSIBLE_FORCE_COLOR": str(int(sys.stdout.isatty())),
            "DEMO_PORT": str(device["port"]),
            "DEMO_CA": device["ca"],
            "DEMO_TOKEN": device["token"],
        }
        self._client = httpx.Client(
            base_url=f"https://{device['host']}:{device['port']}",
            verify=ssl.create_default_context(cafile=device["ca"]),
        )

    def play(self, playbook: str, *options: str) -> Play:
        """Run one playbook and show its output.

        :raises DemoFailedError: ansible-playbook failed
        """
        seen = len(self._requests())
        command = [str(Path(sys.executable).parent / "ansible-playbook"), "-i", "inventory.yml", playbook, *options]
        print(f"$ ansible-playbook {' '.join(command[1:])}", flush=True)
        output = ""
        with subprocess.Popen(command, cwd=DEMO, env=self._environment, stdout=subprocess.PIPE, text=True) as process:
            for line in process.stdout or ():
                print(line, end="", flush=True)
                output += line
        changed = CHANGED.search(re.sub(r"\x1b\[[0-9;]*m", "", output))
        if process.returncode or changed is None:
            raise DemoFailedError(f"{playbook} failed")
        return Play(int(changed[1]), self._requests()[seen:])

    def _requests(self) -> list[str]:
        return [entry["method"] for entry in self._client.get("/__simulator__/log").json()["requests"]]


def run(demo: Demo) -> None:
    """The four steps.

    :raises DemoFailedError: one of them did not hold what it promises
    """
    _title("1. Apply demo/site.yml to the branch firewall")
    print(f"==> {demo.play('site.yml')}")

    _title("2. Apply it again")
    again = demo.play("site.yml")
    print(f"==> {again}")
    if again.changed or again.writes:
        raise DemoFailedError("the second run should have changed nothing")
    print("==> Nothing changed.")

    _title("3. Try a change: demo/change.yml with --check --diff")
    tried = demo.play("change.yml", "--check", "--diff")
    print(f"==> {tried}")
    if not tried.changed or tried.writes:
        raise DemoFailedError("check mode should have announced changes and written nothing")
    print("==> Nothing was written.")

    _title("4. Show what the device holds")
    demo.play("show.yml")


def _title(text: str) -> None:
    print(f"\n{text}\n{'=' * len(text)}", flush=True)


def main() -> int:
    device = start(STATE, sys.argv[1:] or BRANCH)
    try:
        run(Demo(device))
    except DemoFailedError as error:
        print(f"The demonstration failed: {error}.", file=sys.stderr)
        return 1
    finally:
        stop(STATE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
