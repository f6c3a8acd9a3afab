# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Compare the generated tree with the files on disk, write what differs, remove what is no longer generated."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .emit.header import NOTICE


@dataclass(frozen=True)
class Difference:
    """Paths relative to the root: `missing` on disk, `stale` (other content), `extra` (generated once, no longer)."""

    missing: list[str]
    stale: list[str]
    extra: list[str]

    def __bool__(self) -> bool:
        return bool(self.missing or self.stale or self.extra)


def compare(root: Path, files: Mapping[str, str], owned: tuple[str, ...]) -> Difference:
    """Compare `files` (relative path to content) with what is below `root`.

    A file below the folders `owned` that is not among `files` is extra if it carries the notice of generated files,
    or is an empty ``__init__.py`` in a subfolder. Hand-written files are not.
    """
    missing, stale = [], []
    for name, content in files.items():
        try:
            if (root / name).read_bytes() != content.encode():
                stale.append(name)
        except FileNotFoundError:
            missing.append(name)
    extra = [name for folder in owned for name in _generated_below(root, folder) if name not in files]
    return Difference(missing, stale, sorted(extra))


def write(root: Path, files: Mapping[str, str], difference: Difference) -> None:
    """Make the files below `root` what `difference` says they are not."""
    for name in [*difference.missing, *difference.stale]:
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(files[name].encode())
    for name in difference.extra:
        target = root / name
        target.unlink()
        _prune(target.parent, root)


def _generated_below(root: Path, folder: str) -> list[str]:
    found = []
    for file in sorted((root / folder).rglob("*.py")):
        with file.open("rb") as handle:
            start = handle.read(512)
        empty_package = not start and file.name == "__init__.py" and file.parent != root / folder
        if NOTICE.encode() in start or empty_package:
            found.append(file.relative_to(root).as_posix())
    return found


def _prune(folder: Path, root: Path) -> None:
    """Remove `folder` and its parents as far as they are empty, caches aside."""
    while folder != root and all(entry.name == "__pycache__" for entry in folder.iterdir()):
        shutil.rmtree(folder)
        folder = folder.parent
