# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Inventories read with ansible-inventory from a simulator over TLS, and a playbook that works with one."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.hfortix.fortios.plugins.inventory import fortios
from tests.integration.connection.playbook import ANSIBLE_PLAYBOOK, OTHER_COLLECTIONS
from tests.simulator.operations.fabric import surround
from tests.simulator.recorded import read
from tests.simulator.server import Simulator

RECORDED = Path(__file__).resolve().parents[4] / "shared/recorded/exporter"
TOKEN = "inventory-token"
BRANCH = {
    "serial": "FGT00BRANCH",
    "host_name": "branch",
    "model": "FGT40F",
    "mgmt_ip_str": "192.0.2.2",
    "mgmt_port": 8443,
    "firmware_version_major": 7,
    "firmware_version_minor": 2,
    "firmware_version_patch": 5,
    "vdoms": ["root"],
}
SPARE = {"serial_no": "FGT00SPARE", "hostname": "{{ 7 * 7 }}"}


@pytest.fixture(scope="module")
def server() -> Iterator[Simulator]:
    with Simulator(token=TOKEN, vdoms=("root", "lab")) as simulator:
        yield simulator


@pytest.fixture
def device(server: Simulator) -> Simulator:
    """The root of a fabric, a cluster of two with the vdoms root and lab, with one device below it."""
    server.reset()
    server.device.add("system/global", {"hostname": "fw1"})
    server.device.add("system/csf", {"status": "enable", "group-name": "shops"})
    surround(server.device, {"downstream": [BRANCH], "units": [SPARE]})
    return server


@dataclass
class Folder:
    """A folder with an inventory file in it."""

    path: Path
    device: Simulator

    def write(self, **options: Any) -> None:
        general = {"plugin": "hfortix.fortios.fortios", "host": f"localhost:{self.device.port}", "token": TOKEN}
        facts = {**general, "ca_path": self.device.ca_path, **options}
        given = {name: value for name, value in facts.items() if value is not None}
        (self.path / "fortios.yml").write_text(yaml.safe_dump(given), encoding="utf-8")

    def run(self, program: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        collections = f"{os.environ['ANSIBLE_COLLECTIONS_PATH']}:{OTHER_COLLECTIONS}".rstrip(":")
        settings = {"ANSIBLE_HOME": str(self.path), "ANSIBLE_COLLECTIONS_PATH": collections, "ANSIBLE_NOCOLOR": "true"}
        return subprocess.run(
            [ANSIBLE_PLAYBOOK.with_name(program), "-i", "fortios.yml", *arguments],
            cwd=self.path, env={**os.environ, **settings, **environment}, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def list(self, **environment: str) -> dict[str, Any]:
        """What ``ansible-inventory --list`` prints, where nothing is amiss."""
        done = self.run("ansible-inventory", "--list", **environment)
        assert done.returncode == 0, done.stderr
        assert "WARNING" not in done.stderr
        assert TOKEN not in done.stdout
        return json.loads(done.stdout, object_hook=_plain)

    def failure(self, **environment: str) -> str:
        """What it says where the inventory cannot be read, in one line."""
        done = self.run("ansible-inventory", "--graph", ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED="true", **environment)
        assert done.returncode != 0
        assert TOKEN not in done.stderr
        return " ".join(done.stderr.split())


def _plain(value: dict[str, Any]) -> Any:
    """A text that is no template, as the program writes it."""
    return value.get("__ansible_unsafe", value)


@pytest.fixture
def folder(device: Simulator) -> Iterator[Folder]:
    with tempfile.TemporaryDirectory(prefix="fos", dir="/tmp") as path:
        yield Folder(Path(path), device)


def test_everything_becomes_hosts_groups_and_variables(folder: Folder) -> None:
    folder.write(
        host=None,
        port="{{ lookup('ansible.builtin.env', 'PORT') }}",
        token="{{ lookup('ansible.builtin.env', 'KEY') }}",
        ha_members=True,
        vdoms=True,
        compose={"site": "fortios_hostname ~ '.example.com'"},
        groups={"old": "fortios_version is version('7.4', '<')"},
        keyed_groups=[{"key": "fortios_model", "prefix": "model"}],
        strict=True,
    )
    found = folder.list(FORTIOS_HOST="localhost", PORT=str(folder.device.port), KEY=TOKEN)
    assert found["fortios_device"]["hosts"] == ["fw1", "branch"]
    assert found["fortios_vdom"]["hosts"] == ["fw1_root", "fw1_lab", "branch_root"]
    assert found["fortios_fabric_root"]["hosts"] == found["fortios_ha_primary"]["hosts"] == ["fw1"]
    assert found["fortios_fabric_downstream"]["hosts"] == found["old"]["hosts"][:1] == ["branch"]
    assert found["fortios_ha_secondary"]["hosts"] == ["{{ 7 * 7 }}"]
    assert found["model_FGT40F"]["hosts"] == ["branch", "branch_root"]
    assert set(found["fortios"]["children"]) == {name for name in found if name.startswith("fortios_")}
    variables = found["_meta"]["hostvars"]
    assert variables["fw1_lab"]["ansible_fortios_vdom"] == "lab"
    assert variables["fw1_lab"]["ansible_httpapi_port"] == folder.device.port
    assert variables["branch"]["ansible_host"] == "192.0.2.2"
    assert variables["branch"]["fortios_fabric_upstream"] == "fw1"
    assert variables["branch"]["site"] == "branch.example.com"
    # A text of the device is never a template.
    assert variables["{{ 7 * 7 }}"]["fortios_hostname"] == "{{ 7 * 7 }}"


def test_a_playbook_manages_what_the_inventory_finds(folder: Folder) -> None:
    folder.write(fabric=False, vdoms=True)
    groups = folder.path / "group_vars"
    groups.mkdir()
    settings = {"ansible_fortios_token": TOKEN, "ansible_httpapi_ca_path": folder.device.ca_path}
    (groups / "fortios.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    task = {"hfortix.fortios.firewall_address": {"config": [{"name": "only-{{ fortios_vdom }}"}]}}
    play = {"hosts": "fw1_lab", "gather_facts": False, "tasks": [task]}
    (folder.path / "play.yml").write_text(yaml.safe_dump([play]), encoding="utf-8")
    done = folder.run("ansible-playbook", "play.yml")
    assert done.returncode == 0, done.stdout + done.stderr
    assert folder.device.device.row("firewall/address", "only-lab", "lab") is not None
    assert folder.device.device.row("firewall/address", "only-lab", "root") is None


def test_the_cache_spares_the_device_and_holds_no_secret(folder: Folder) -> None:
    cache = folder.path / "cache"
    settings = {"cache": True, "cache_plugin": "ansible.builtin.jsonfile", "cache_connection": str(cache)}
    folder.write(**settings)
    first = folder.list()
    asked = len(folder.device.log())
    assert folder.list() == first
    assert len(folder.device.log()) == asked
    # What is to be found is another matter now, and so is the answer.
    folder.write(**settings, vdoms=True)
    assert "fortios_vdom" in folder.list()
    assert len(folder.device.log()) > asked
    files = list(cache.iterdir())
    assert len(files) == 2
    assert not any(TOKEN in file.read_text(encoding="utf-8") for file in files)


def test_a_login_with_a_password_ends_in_a_logout(folder: Folder) -> None:
    folder.write(token=None, username=folder.device.user, password=folder.device.password)
    assert folder.list()["fortios_device"]["hosts"] == ["fw1", "branch"]
    assert folder.device.device.guard.sessions == {}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"token": "wrong"}, r"token, or username and password: the device did not accept the credentials"),
        ({"token": None}, "plugin: no credentials for localhost"),
        ({"host": "localhost:1"}, "host: cannot reach https://localhost:1"),
        ({"ca_path": None}, "ca_path and validate_certs: no trusted TLS connection to https://localhost"),
        ({"ca_path": "/no/ca.pem"}, "ca_path and validate_certs: cannot read the certificates in /no/ca.pem"),
        ({"ha_members": True}, "To do without it, set ha_members to false."),
        ({"port": "{{ nothing }}"}, "'nothing' is undefined"),
        ({"strict": True, "compose": {"x": "nothing"}}, "'nothing' is undefined"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_failure_names_the_option(options: dict[str, Any], message: str, folder: Folder) -> None:
    folder.device.fault(path="ha-peer", status=403, body='{"http_status": 403, "status": "error"}')
    folder.write(**options)
    assert message in folder.failure()


@pytest.mark.parametrize(
    "example", list(yaml.safe_load_all(fortios.EXAMPLES)), ids=lambda facts: f"{len(facts)} options"
)
def test_the_examples_of_the_documentation(example: dict[str, Any], folder: Folder) -> None:
    (folder.path / ".fortios").mkdir()
    (folder.path / ".fortios/token").write_text(TOKEN, encoding="utf-8")
    here = {"host": f"localhost:{folder.device.port}", "ca_path": folder.device.ca_path}
    (folder.path / "fortios.yml").write_text(yaml.safe_dump({**example, **here}), encoding="utf-8")
    found = folder.list(HOME=str(folder.path), FORTIOS_TOKEN=TOKEN)
    assert found["fortios_device"]["hosts"] == ["fw1", "branch"]
    if "keyed_groups" in example:
        assert found["model_FGVM64"]["hosts"] == ["fw1", "fw1_root", "fw1_lab"]
        assert found["before_7_6"]["hosts"] == ["branch", "branch_root"]
        assert (folder.path / ".ansible/cache/fortios").is_dir()


@pytest.mark.skipif(not RECORDED.is_dir(), reason=f"no recorded answers at {RECORDED}")
def test_a_recorded_answer_makes_a_host(folder: Folder) -> None:
    """Release 6.2 tells nothing in its status but the serial number, the release and the build."""
    with Simulator(token=TOKEN, answers=RECORDED) as recorded:
        folder.write(host=f"localhost:{recorded.port}", ca_path=recorded.ca_path, fabric=False)
        (variables,) = folder.list()["_meta"]["hostvars"].values()
    _request, answer = read(RECORDED / "status.jsonnet")
    told = json.loads(answer.body)
    assert variables["fortios_serial"] == variables["fortios_hostname"] == told["serial"]
    assert f"v{variables['fortios_version']}" == told["version"]
    assert (variables["fortios_build"], variables["fortios_model"]) == (told["build"], None)


def test_a_file_of_another_name_is_left_to_others(folder: Folder) -> None:
    folder.write()
    (folder.path / "fortios.yml").rename(folder.path / "firewalls.yml")
    done = folder.run("ansible-inventory", "-i", "firewalls.yml", "--list", "-vvv")
    assert "fw1" not in done.stdout
