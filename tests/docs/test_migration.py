# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The two playbooks on the page about migration do the same, from one inventory."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from pathlib import Path

import pytest
import yaml

from tests.docs.pages import ROOT, blocks
from tests.integration.connection.playbook import ANSIBLE_PLAYBOOK
from tests.simulator.server import Simulator

BEFORE, AFTER = blocks(ROOT / "docs/migration.md", "yaml")


def run(playbook: str, device: Simulator, folder: Path) -> str:
    variables = {
        "ansible_connection": "ansible.netcommon.httpapi",
        "ansible_host": device.host,
        "ansible_httpapi_port": device.port,
        "ansible_httpapi_use_ssl": True,
        "ansible_httpapi_validate_certs": True,
        "ansible_httpapi_ca_path": device.ca_path,
        "ansible_httpapi_session_key": {"access_token": device.token},
    }
    inventory = {"firewalls": {"hosts": {"fw1": variables}}}
    (folder / "inventory.yml").write_text(yaml.safe_dump(inventory), encoding="utf-8")
    (folder / "playbook.yml").write_text(playbook, encoding="utf-8")
    done = subprocess.run(
        [ANSIBLE_PLAYBOOK, "-i", "inventory.yml", "playbook.yml"],
        cwd=folder, env={**os.environ, "ANSIBLE_HOME": str(folder)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "internet-to-booking" in done.stdout
    return done.stdout


@pytest.mark.playbook
def test_after_the_old_playbook_the_new_one_changes_nothing() -> None:
    with Simulator("7.6.5") as device, tempfile.TemporaryDirectory(prefix="fos", dir="/tmp") as folder:
        device.device.add("firewall/address", {"name": "old-booking-server"})
        assert re.search(r"fw1 .*changed=3 ", run(BEFORE, device, Path(folder)))
        assert re.search(r"fw1 .*changed=0 ", run(AFTER, device, Path(folder)))
        device.reset()
        device.device.add("firewall/address", {"name": "old-booking-server"})
        assert re.search(r"fw1 .*changed=3 ", run(AFTER, device, Path(folder)))
