# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a module takes along: Ansible ships each file that static imports reach, those for type checkers included."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

COLLECTION = "ansible_collections.hfortix.fortios."


def file_of(root: Path, module: str) -> Path | None:
    path = root / module.removeprefix(COLLECTION).replace(".", "/")
    candidates = (path.with_suffix(".py"), path / "__init__.py")
    return next((candidate for candidate in candidates if candidate.is_file()), None)


def imports(module: str, file: Path) -> Iterator[str]:
    """Every module that a file may import, at any place in it."""
    package = module.split(".") if file.name == "__init__.py" else module.split(".")[:-1]
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.ImportFrom):
            continue
        above = package[: len(package) - node.level + 1] if node.level else []
        base = ".".join([*above, *filter(None, [node.module])])
        if base.startswith(COLLECTION):
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def shipped(root: Path, module: str) -> set[str]:
    found: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        file = file_of(root, name)
        if file is not None and name not in found:
            found.add(name)
            waiting += imports(name, file)
    return found


@pytest.mark.parametrize("name", ["firewall_address", "firewall_policy", "system_global"])
def test_a_module_ships_its_own_endpoint_and_no_http_library(root: Path, name: str) -> None:
    files = shipped(root, f"{COLLECTION}plugins.modules.{name}")
    endpoints = [file for file in files if ".api.cmdb." in file]
    assert len(endpoints) == 1
    assert len(files) < 60


@pytest.mark.parametrize(
    "name", ["monitor_system_status_info", "monitor_system_os_reboot", "log_event_system_raw_info"]
)
def test_a_module_of_an_operation_ships_its_own_endpoint_and_no_state_engine(root: Path, name: str) -> None:
    files = shipped(root, f"{COLLECTION}plugins.modules.{name}")
    assert len([file for file in files if re.search(r"\.api\.[a-z]+\..*[a-z]$", file)]) == 1
    assert not [file for file in files if file.endswith(("resource.engine", "bridge.configuration"))]
    assert len(files) < 50


@pytest.mark.parametrize("name", ["backup", "firmware", "license", "reboot", "command", "facts", "query", "rest"])
def test_a_module_of_no_endpoint_ships_none(root: Path, name: str) -> None:
    files = shipped(root, f"{COLLECTION}plugins.modules.{name}")
    assert [file for file in files if ".api." in file] == []
    assert len(files) < 60
