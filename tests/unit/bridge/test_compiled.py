# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the finder of this collection's files finds, and what it leaves to others."""

from __future__ import annotations

import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path

import pytest

from ansible_collections.hfortix.fortios.plugins.plugin_utils import compiled

PLUGINS = "ansible_collections.hfortix.fortios.plugins."


def test_a_file_is_loaded_with_the_code_that_python_keeps(root: Path) -> None:
    spec = compiled.CompiledFinder().find_spec(f"{PLUGINS}modules.firewall_address", [str(root / "plugins/modules")])
    assert spec is not None
    assert isinstance(spec.loader, SourceFileLoader)
    assert spec.cached is not None
    assert spec.origin == str(root / "plugins/modules/firewall_address.py")


@pytest.mark.parametrize(
    "name",
    [
        "ansible_collections.ansible.netcommon.plugins.httpapi",
        "ansible_collections.hfortix.fortios",
        f"{PLUGINS}modules",  # A folder, not a file.
        f"{PLUGINS}no_such_file",
    ],
)
def test_all_else_is_left_to_ansible(name: str, root: Path) -> None:
    assert compiled.CompiledFinder().find_spec(name, [str(root / "plugins")]) is None


def test_it_is_installed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "meta_path", list(sys.meta_path))
    compiled.install()
    before = list(sys.meta_path)
    compiled.install()
    assert sys.meta_path == before
    assert isinstance(before[0], compiled.CompiledFinder)
