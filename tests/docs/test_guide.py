# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every block of code in the README and the guide does what the text around it says."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.docs.pages import GUIDE, README, ROOT, blocks, commands
from tests.integration.handwritten.trust import SECRET, identity
from tests.simulator.server import Simulator

BIN = Path(sys.executable).parent
PAGES = [README, *GUIDE]
BRANCH = ROOT / "demo/branch.conf"
TOKEN = "readme-token"
#: What a reader runs on a machine of his own: installing, and the two commands that have jobs of their own in CI. The
#: inventory and the simulator have tests of their own.
NOT_HERE = (
    "make demo",
    "make test",
    "ansible-galaxy",
    "python -m pip",
    "ansible-inventory",
    ".venv/bin/python -m tests.simulator",
)
#: What goes with the playbooks of the same page, and runs after them.
WITH_PLAYBOOKS = "ansible-playbook "


def _of_kind(*beginnings: str) -> list[tuple[Path, str]]:
    """The YAML blocks that begin so, each with its page."""
    return [(page, block) for page in PAGES for block in blocks(page, "yaml") if block.startswith(beginnings)]


PLAYBOOKS = _of_kind("- name:")
((_, INVENTORY),) = _of_kind("all:")
((_, SOURCE),) = _of_kind("plugin:")
CREDENTIALS = _of_kind("fields:", "env:")
PROGRAMS = [block for page in PAGES for block in blocks(page, "python")]
COMMANDS = [command for page in PAGES for command in commands(page)]


@pytest.fixture
def device() -> Iterator[Simulator]:
    with Simulator(release="7.6.5", token=TOKEN, load=BRANCH) as simulator:
        yield simulator


def _here(text: str, device: Simulator) -> str:
    """The example with the simulator in place of the reader's firewall and certificate authority."""
    host = f"{device.host}:{device.port}"
    return text.replace("company-ca.pem", str(device.ca_path)).replace("fw1.example.com", host)


def _environment() -> dict[str, str]:
    return {**os.environ, "FW1_TOKEN": TOKEN}


def _run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    name, *arguments = shlex.split(command)
    return subprocess.run(
        [BIN / name, *arguments], cwd=folder, env=_environment(), capture_output=True, text=True, check=False
    )


def test_every_block_is_of_a_kind_that_is_tested() -> None:
    fences = [fence for page in PAGES for fence in re.findall(r"^```(\w*)$", page.read_text("utf-8"), re.MULTILINE)]
    assert set(fences[::2]) == {"yaml", "python", "bash"}
    assert set(fences[1::2]) == {""}
    assert len(PLAYBOOKS) + len(CREDENTIALS) + 2 == sum(len(blocks(page, "yaml")) for page in PAGES)


@pytest.mark.playbook
@pytest.mark.parametrize("page", sorted({page for page, _ in PLAYBOOKS}), ids=lambda page: page.name)
def test_the_playbooks_of_a_page_work_and_are_idempotent(page: Path, device: Simulator, tmp_path: Path) -> None:
    _write_inventory(tmp_path, device)
    _write_files(tmp_path)

    def play(command: str) -> int:
        """How many tasks reported a change."""
        done = _run(command, tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "[WARNING]" not in done.stderr
        (changed,) = re.findall(r"^\w+ .*changed=(\d+)", done.stdout, re.MULTILINE)
        return int(changed)

    for _, playbook in (found for found in PLAYBOOKS if found[0] == page):
        (tmp_path / "playbook.yml").write_text(_here(playbook, device), encoding="utf-8")
        assert play("ansible-playbook -i inventory.yml playbook.yml") > 0, playbook
        assert play("ansible-playbook -i inventory.yml playbook.yml") == 0, playbook
    for command in commands(page):
        if command.startswith(WITH_PLAYBOOKS):
            assert play(command) == 0, command


def _write_inventory(folder: Path, device: Simulator) -> None:
    """The inventory of the README, with a second name for the same firewall."""
    inventory: dict[str, Any] = yaml.safe_load(INVENTORY.replace("company-ca.pem", str(device.ca_path)))
    group = inventory["all"]["children"]["firewalls"]
    group["hosts"]["fw1"]["ansible_host"] = device.host
    group["vars"] |= {"ansible_httpapi_port": device.port, "vpn_key_passphrase": SECRET.decode()}
    inventory["all"]["children"]["others"] = {"hosts": {"fw2": {"ansible_host": device.host}}, "vars": group["vars"]}
    (folder / "inventory.yml").write_text(yaml.safe_dump(inventory), encoding="utf-8")


def _write_files(folder: Path) -> None:
    """The files that the playbooks take."""
    vpn = identity("vpn.example.com")
    (folder / "vpn.example.com.pem").write_text(vpn.pem, encoding="utf-8")
    (folder / "vpn.example.com.key").write_text(vpn.key_pem(SECRET), encoding="utf-8")
    (folder / "branch.conf").write_bytes(BRANCH.read_bytes())


@pytest.mark.playbook
def test_the_inventory_finds_the_device(device: Simulator, tmp_path: Path) -> None:
    (tmp_path / "fortios.yml").write_text(_here(SOURCE, device), encoding="utf-8")
    (command,) = [line for line in COMMANDS if line.startswith("ansible-inventory")]
    done = _run(command, tmp_path)
    assert done.returncode == 0
    assert "WARNING" not in done.stderr
    assert re.search(r"@fortios_vdom:\n.*--[\w-]+_root\n", done.stdout)
    assert "@model_FGVM64" in done.stdout


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_works(program: str, device: Simulator, tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(_here(program, device), encoding="utf-8")
    done = _run("python program.py", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "web-1 ipmask" in done.stdout


@pytest.mark.parametrize(
    "command", sorted({line for line in COMMANDS if not line.startswith((*NOT_HERE, WITH_PLAYBOOKS))})
)
def test_a_command_works(command: str) -> None:
    done = _run(command, ROOT)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 20


def test_the_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for command in COMMANDS:
        if command.startswith("make "):
            assert f"\n{command.split()[1]}:" in makefile


def test_the_simulator_takes_the_options_shown() -> None:
    (command,) = [line for line in COMMANDS if "tests.simulator" in line]
    known = _run("python -m tests.simulator --help", ROOT).stdout
    assert [option for option in re.findall(r"--[a-z-]+", command) if option not in known] == []


def test_the_credential_type_injects_what_the_connection_reads() -> None:
    fields, injector = (yaml.safe_load(block) for _, block in CREDENTIALS)
    inputs = {field["id"] for field in fields["fields"]}
    assert {value.strip("{} ") for value in injector["env"].values()} == inputs
    assert set(injector["env"]) == {"FORTIOS_HOST", "FORTIOS_TOKEN"}
