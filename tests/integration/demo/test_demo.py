# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demonstration's playbooks, also against a configuration that they were not written for."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.simulator.server import Simulator

ROOT = Path(__file__).resolve().parents[3]
RECORDED = ROOT.parent / "shared/recorded/cli/fortigate_vm64_6.2.3_show.conf"
TOKEN = "demo-token"

pytestmark = pytest.mark.playbook


def _play(device: Simulator, playbook: str, *options: str) -> int:
    """Run a playbook of the demonstration; how many of its tasks report a change."""
    done = subprocess.run(
        [Path(sys.executable).parent / "ansible-playbook", "-i", "inventory.yml", playbook, *options],
        cwd=ROOT / "demo",
        env={**os.environ, "DEMO_PORT": str(device.port), "DEMO_CA": str(device.ca_path), "DEMO_TOKEN": TOKEN},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    changed = re.search(r"^branch-042 .*changed=(\d+)", done.stdout, re.MULTILINE)
    assert changed, done.stdout
    return int(changed[1])


def _writes(device: Simulator) -> int:
    return sum(entry["method"] != "GET" for entry in device.log())


def _every_step_holds(device: Simulator, options: Sequence[str]) -> None:
    assert _play(device, "site.yml", *options) > 0
    written = _writes(device)
    assert _play(device, "site.yml", *options) == 0
    assert _play(device, "change.yml", "--check", *options) > 0
    assert _writes(device) == written
    assert _play(device, "change.yml", *options) > 0
    assert _play(device, "change.yml", *options) == 0
    assert _play(device, "show.yml", *options) == 0


@pytest.mark.parametrize("release", ["7.2.8", "8.0.0"])
def test_the_demonstration_on_other_releases(release: str) -> None:
    with Simulator(release, token=TOKEN, load=ROOT / "demo/branch.conf") as device:
        _every_step_holds(device, ())


@pytest.mark.skipif(not RECORDED.exists(), reason="../shared/recorded is absent")
def test_the_demonstration_on_a_recorded_device() -> None:
    with Simulator("7.6.5", token=TOKEN, load=RECORDED) as device:
        _every_step_holds(device, ("-e", "inside=port1", "-e", "outside=dmz"))
