# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every block of code in the README does what the text around it says."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.integration.handwritten.trust import SECRET, identity
from tests.simulator.server import Simulator

BIN = Path(sys.executable).parent
README = Path(__file__).resolve().parents[2] / "README.md"
TOKEN = "readme-token"
#: What a reader runs on a machine of his own: installing, and the two commands that have jobs of their own in CI. The
#: inventory and the simulator have tests of their own.
NOT_HERE = {
    "make demo",
    "make test",
    "ansible-galaxy",
    "python -m pip",
    "ansible-inventory",
    "python -m tests.simulator",
}


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


PLAYBOOKS = [block for block in _blocks("yaml") if block.startswith("- name:")]
INVENTORIES = [block for block in _blocks("yaml") if block.startswith("all:")]
SOURCES = [block for block in _blocks("yaml") if block.startswith("plugin:")]
CREDENTIALS = [block for block in _blocks("yaml") if block.startswith(("fields:", "env:"))]
COMMANDS = [line for block in _blocks("bash") for line in block.splitlines() if line]


@pytest.fixture
def device() -> Iterator[Simulator]:
    with Simulator(release="7.6.5", token=TOKEN, load=README.parent / "demo/branch.conf") as simulator:
        yield simulator


def _here(text: str, device: Simulator) -> str:
    """The example with the simulator in place of the reader's firewall and certificate authority."""
    return text.replace("company-ca.pem", str(device.ca_path))


def test_every_block_is_of_a_kind_that_is_tested() -> None:
    languages = re.findall(r"^```(\w+)", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(languages) == {"yaml", "python", "bash"}
    assert len(PLAYBOOKS) + len(INVENTORIES) + len(SOURCES) + len(CREDENTIALS) == len(_blocks("yaml"))
    assert PLAYBOOKS
    assert len(INVENTORIES) == 1
    assert _blocks("python")


@pytest.mark.playbook
@pytest.mark.parametrize("playbook", PLAYBOOKS, ids=lambda text: yaml.safe_load(text)[0]["name"])
def test_a_playbook_works_and_is_idempotent(playbook: str, device: Simulator, tmp_path: Path) -> None:
    inventory = yaml.safe_load(_here(INVENTORIES[0], device))
    group = inventory["all"]["children"]["firewalls"]
    group["hosts"]["fw1"]["ansible_host"] = device.host
    group["vars"]["ansible_httpapi_port"] = device.port
    group["vars"]["vpn_key_passphrase"] = SECRET.decode()
    (tmp_path / "inventory.yml").write_text(yaml.safe_dump(inventory), encoding="utf-8")
    (tmp_path / "playbook.yml").write_text(playbook, encoding="utf-8")
    vpn = identity("vpn.example.com")
    (tmp_path / "vpn.example.com.pem").write_text(vpn.pem, encoding="utf-8")
    (tmp_path / "vpn.example.com.key").write_text(vpn.key_pem(SECRET), encoding="utf-8")

    def run() -> str:
        done = subprocess.run(
            [BIN / "ansible-playbook", "-i", "inventory.yml", "playbook.yml"],
            cwd=tmp_path, env={**os.environ, "FW1_TOKEN": TOKEN}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        assert "[WARNING]" not in done.stderr
        return done.stdout

    assert re.search(r"fw1 .*changed=[1-9]", run())
    assert re.search(r"fw1 .*changed=0 ", run())


@pytest.mark.playbook
@pytest.mark.parametrize("source", SOURCES)
def test_an_inventory_finds_the_device(source: str, device: Simulator, tmp_path: Path) -> None:
    host = f"{device.host}:{device.port}"
    (tmp_path / "fortios.yml").write_text(_here(source, device).replace("fw1.example.com", host), encoding="utf-8")
    (command,) = [line for line in COMMANDS if "fortios.yml" in line]
    done = subprocess.run(
        [BIN / "ansible-inventory", *shlex.split(command)[1:]],
        cwd=tmp_path, env={**os.environ, "FW1_TOKEN": TOKEN}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "WARNING" not in done.stderr
    assert re.search(r"@fortios_vdom:\n.*--[\w-]+_root\n", done.stdout)
    assert "@model_FGVM64" in done.stdout


@pytest.mark.parametrize("program", _blocks("python"), ids=("sync", "async"))
def test_a_program_works(program: str, device: Simulator, tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(
        _here(program, device).replace("fw1.example.com", f"{device.host}:{device.port}"), encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, "program.py"],
        cwd=tmp_path, env={**os.environ, "FW1_TOKEN": TOKEN}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(r"web-1 ipmask|\d+ addresses, \d+ rules", done.stdout)


@pytest.mark.parametrize("command", [line for line in COMMANDS if not line.startswith(tuple(NOT_HERE))])
def test_a_command_works(command: str, root: Path) -> None:
    name, *arguments = shlex.split(command)
    done = subprocess.run([BIN / name, *arguments], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) > 20


def test_the_make_targets_exist(root: Path) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    for command in COMMANDS:
        if command.startswith("make "):
            assert f"\n{command.split()[1]}:" in makefile


def test_the_simulator_takes_the_options_shown(root: Path) -> None:
    (command,) = [line for line in COMMANDS if "tests.simulator" in line]
    known = subprocess.run(
        [sys.executable, "-m", "tests.simulator", "--help"], cwd=root, capture_output=True, text=True, check=True
    ).stdout
    assert [option for option in re.findall(r"--[a-z-]+", command) if option not in known] == []


def test_the_credential_type_injects_what_the_connection_reads() -> None:
    fields, injector = (yaml.safe_load(block) for block in CREDENTIALS)
    inputs = {field["id"] for field in fields["fields"]}
    assert {value.strip("{} ") for value in injector["env"].values()} == inputs
    assert set(injector["env"]) == {"FORTIOS_HOST", "FORTIOS_TOKEN"}
