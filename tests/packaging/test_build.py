# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is published: the collection's tarball and the Python package's wheel."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
import tomllib
import yaml

BIN = Path(sys.executable).parent
#: Galaxy's own limit is 20 MB; what a user downloads should stay far from it.
LARGEST_TARBALL = 4_000_000


def _run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Run a command and return what it printed; its errors are in the failure."""
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def tarball(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The collection, built from the checkout."""
    folder = tmp_path_factory.mktemp("build")
    _run(BIN / "ansible-galaxy", "collection", "build", "--output-path", folder, cwd=root)
    (path,) = folder.glob("hfortix-fortios-*.tar.gz")
    return path


@pytest.fixture(scope="module")
def installed(tarball: Path) -> Path:
    """A folder of collections in which the tarball is installed."""
    folder = tarball.parent / "installed"
    _run(
        BIN / "ansible-galaxy", "collection", "install", "--offline", "--no-deps", "-p", folder, tarball,
        cwd=tarball.parent, ANSIBLE_COLLECTIONS_PATH=str(folder),
    )  # fmt: skip
    return folder


def test_the_tarball_holds_what_users_need_and_nothing_else(tarball: Path) -> None:
    with tarfile.open(tarball) as archive:
        names = archive.getnames()
    tops = {name.split("/")[0] for name in names}
    assert tops == {
        "CHANGELOG.md", "CHANGELOG.rst", "CONTRIBUTING.md", "FILES.json", "LICENSE", "MANIFEST.json", "README.md",
        "changelogs", "docs", "meta", "plugins", "requirements.txt",
    }  # fmt: skip
    assert "plugins/modules/firewall_address.py" in names
    assert "plugins/module_utils/hfortix_fortios/api/cmdb/firewall/address.py" in names
    assert not [name for name in names if "__pycache__" in name or name.endswith(".pyc")]


def test_the_tarball_stays_small(tarball: Path) -> None:
    assert tarball.stat().st_size < LARGEST_TARBALL


def test_the_dependencies_are_in_the_manifest(tarball: Path) -> None:
    with tarfile.open(tarball) as archive:
        manifest = archive.extractfile("MANIFEST.json")
        assert manifest is not None
        info = json.load(manifest)["collection_info"]
    assert info["license"] == ["GPL-3.0-or-later"]
    assert set(info["dependencies"]) == {"ansible.netcommon"}


def test_an_installed_collection_documents_its_modules(installed: Path) -> None:
    text = _run(
        BIN / "ansible-doc", "--json", "hfortix.fortios.firewall_address",
        cwd=installed, ANSIBLE_COLLECTIONS_PATH=str(installed),
    )  # fmt: skip
    doc = json.loads(text)["hfortix.fortios.firewall_address"]["doc"]
    assert doc["filename"].startswith(str(installed))
    assert {"config", "state", "vdom"} <= set(doc["options"])


def test_an_execution_environment_takes_the_requirements(installed: Path) -> None:
    """What ansible-builder reads from an installed collection."""
    found = yaml.safe_load(
        _run(BIN / "ansible-builder", "introspect", "--sanitize", "--user-pip", os.devnull, installed, cwd=installed)
    )
    assert [line.split()[0] for line in found["python"]] == ["httpx"]


def test_every_file_has_one_version(root: Path) -> None:
    galaxy = yaml.safe_load((root / "galaxy.yml").read_text(encoding="utf-8"))
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    releases = yaml.safe_load((root / "changelogs/changelog.yaml").read_text(encoding="utf-8"))["releases"]
    assert project["version"] == galaxy["version"]
    assert galaxy["version"] in releases


@pytest.fixture(scope="module")
def wheel_folder(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the Python package is installed, from a wheel built of the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    _run(BIN / "python", "-m", "build", "--no-isolation", "--wheel", "--outdir", folder, root, cwd=root)
    (wheel,) = folder.glob("*.whl")
    target = folder / "target"
    _run(BIN / "python", "-m", "pip", "install", "--quiet", "--no-deps", "--target", target, wheel, cwd=folder)
    return target


def test_the_wheel_is_the_sdk_with_its_types(wheel_folder: Path) -> None:
    assert {path.name.split("-")[0] for path in wheel_folder.iterdir()} == {"hfortix_fortios"}
    assert (wheel_folder / "hfortix_fortios" / "py.typed").is_file()
    assert (wheel_folder / "hfortix_fortios" / "api" / "cmdb" / "firewall" / "address.py").is_file()


def test_the_wheel_works_without_ansible(wheel_folder: Path) -> None:
    """The SDK opens a client, and reaches no module of Ansible."""
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); import hfortix_fortios as sdk;"
        "fgt = sdk.FortiOS('192.0.2.1', token='t'); address = fgt.api.cmdb.firewall.address;"
        "assert sdk.__file__.startswith(sys.argv[1]), sdk.__file__;"
        "print(type(address).schema().mkey, [name for name in sys.modules if name.split('.')[0].startswith('ansible')])"
    )
    # -S and -I leave out site-packages' hooks, among them the editable install; httpx comes back by its path.
    path = os.pathsep.join(item for item in sys.path if item.endswith("site-packages"))
    program = f"import sys; sys.path[:0] = {path.split(os.pathsep)!r};" + program
    assert _run(BIN / "python", "-S", "-I", "-c", program, wheel_folder, cwd=wheel_folder) == "name []\n"
