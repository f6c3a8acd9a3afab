# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The commands and what they print."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import cli
from generator.catalogue import Catalogue
from generator.problems import Problem

FILES = {"plugins/modules/a.py": "a\n", "meta/runtime.yml": "b\n"}


@pytest.fixture
def empty_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A root without generated files, and a generator that makes two."""
    monkeypatch.setattr(cli, "ROOT", tmp_path)
    monkeypatch.setattr(cli, "build", lambda _: FILES)
    return tmp_path


def test_check_names_what_is_wrong_and_generate_mends_it(empty_root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check"]) == 1
    said = capsys.readouterr()
    assert said.out.splitlines() == ["missing: plugins/modules/a.py", "missing: meta/runtime.yml"]
    assert "run `make generate`" in said.err
    assert cli.main(["generate"]) == 0
    assert capsys.readouterr().out.startswith("2 files, 2 written, 0 removed")
    assert (empty_root / "plugins/modules/a.py").read_text() == "a\n"
    assert cli.main(["check"]) == 0
    assert capsys.readouterr().out == "2 generated files are up to date\n"
    (empty_root / "meta/runtime.yml").write_text("edited\n")
    assert cli.main(["check"]) == 1
    assert capsys.readouterr().out == "stale: meta/runtime.yml\n"


def test_nothing_is_generated_from_a_faulty_catalogue(
    empty_root: Path, catalogue: Catalogue, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    faulty = Catalogue(catalogue.endpoints, [Problem("here", "broken"), Problem("there", "odd", error=False)], [])
    monkeypatch.setattr(cli, "load", lambda: faulty)
    assert cli.main(["generate"]) == 1
    assert capsys.readouterr().err == "error: here: broken\n"
    assert not list(empty_root.iterdir())
    assert cli.main(["validate", "--warnings"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["error: here: broken", "warning: there: odd"]
    assert lines[-1].startswith("1388 endpoints, 0 overrides: 1 errors, ")


def test_the_catalogue_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["validate"]) == 0
    assert "0 errors" in capsys.readouterr().out
