# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writing generated files: only what differs, and never away what a person wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import build, output
from generator.catalogue import Catalogue
from generator.emit.header import HEADER


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """Three generated files, of which one is right, one stale and one missing; and files that are none of them."""
    old = {"api/same.py": f"{HEADER}1\n", "api/stale.py": f"{HEADER}old\n", "api/gone/x.py": f"{HEADER}x\n"}
    for name, text in {**old, "api/gone/__init__.py": "", "api/hand.py": "mine\n", "api/__init__.py": ""}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    (tmp_path / "api/gone/__pycache__").mkdir()
    return {"api/same.py": f"{HEADER}1\n", "api/stale.py": f"{HEADER}new\n", "api/new/y.py": f"{HEADER}y\n"}


def test_differences_are_named(tmp_path: Path, files: dict[str, str]) -> None:
    assert output.compare(tmp_path, files, ("api",)) == output.Difference(
        missing=["api/new/y.py"], stale=["api/stale.py"], extra=["api/gone/__init__.py", "api/gone/x.py"]
    )


def test_writing_leaves_no_difference_and_what_is_not_generated(tmp_path: Path, files: dict[str, str]) -> None:
    before = (tmp_path / "api/same.py").stat().st_mtime_ns
    output.write(tmp_path, files, output.compare(tmp_path, files, ("api",)))
    assert not output.compare(tmp_path, files, ("api",))
    assert (tmp_path / "api/same.py").stat().st_mtime_ns == before
    assert (tmp_path / "api/hand.py").read_text() == "mine\n"
    assert (tmp_path / "api/__init__.py").exists()
    assert not (tmp_path / "api/gone").exists()


def test_the_tree_is_up_to_date_and_reproducible(catalogue: Catalogue, root: Path) -> None:
    files = build.build(catalogue)
    assert files == build.build(catalogue)
    assert output.compare(root, files, build.OWNED) == output.Difference([], [], [])
    assert all(text == "" or text.endswith("\n") for text in files.values())
