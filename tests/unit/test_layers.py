# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Imports go downwards only: the layers are those that docs/architecture.md draws."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

COLLECTION = "ansible_collections/hfortix/fortios/"
ROOT = Path(__file__).resolve().parent.parent.parent
SDK = "plugins/module_utils/hfortix_fortios"


def drawing() -> list[list[str]]:
    """The layers from top to bottom, each with its folders."""
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    lines = text.split("```")[1].splitlines()
    return [found for line in lines if (found := re.findall(r"plugins/\w+(?:/\w+)?", line))]


RANKS = {folder: rank for rank, layer in enumerate(drawing()) for folder in layer}


def files(folder: str) -> list[Path]:
    """The files of a layer. Those of the endpoint tree are all made by one template."""
    return [file for file in sorted((ROOT / folder).rglob("*.py")) if "api" not in file.relative_to(ROOT).parts]


def imported(file: Path) -> Iterator[str]:
    """What a file imports, at any place in it: a path below the root for what is ours, else the name."""
    here = file.relative_to(ROOT).parts
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = [*here[: len(here) - node.level]] if node.level else []
            base += (node.module or "").split(".") if node.module else []
            yield from ("/".join([*base, alias.name]).removeprefix(COLLECTION) for alias in node.names)


def layer(path: str) -> str | None:
    """The layer that a path belongs to."""
    return next((folder for folder in RANKS if f"{path}/".startswith(f"{folder}/")), None)


def test_the_drawing_has_every_folder_with_code() -> None:
    folders = {*(ROOT / "plugins").iterdir(), *(ROOT / "plugins/module_utils").iterdir()}
    names = {str(item.relative_to(ROOT)) for item in folders if item.is_dir() and any(item.rglob("*.py"))}
    assert names - {"plugins/module_utils", "plugins/doc_fragments"} == set(RANKS)


@pytest.mark.parametrize("folder", RANKS)
def test_a_layer_imports_from_those_below_it(folder: str) -> None:
    upwards = {
        (str(file.relative_to(ROOT)), path)
        for file in files(folder)
        for path in imported(file)
        if (other := layer(path)) and other != folder and RANKS[other] <= RANKS[folder]
    }
    assert upwards == set()


def test_the_sdk_imports_the_standard_library_and_httpx() -> None:
    names = {path.partition(".")[0].partition("/")[0] for file in files(SDK) for path in imported(file)}
    # Type checkers alone read the last.
    assert names - sys.stdlib_module_names - {"plugins"} == {"httpx", "typing_extensions"}
