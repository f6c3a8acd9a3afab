# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A file that a module fetches to a path of the user's: written only where it differs from what is there."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ..hfortix_fortios.http.files import PIECE, Download
from ..resource.task import TaskError


@dataclass(frozen=True)
class Received:
    """A file that was fetched: whether what is at `dest` changed (in check mode: would), its size and SHA-256."""

    changed: bool
    dest: str
    size: int
    checksum: str

    def as_dict(self) -> dict[str, Any]:
        """As results of modules tell it."""
        return asdict(self)


def destination(path: str) -> Path:
    """The path that a file is to be written to.

    :raises TaskError: it is a folder or a device, or in no folder
    """
    dest = Path(path).absolute()
    if dest.is_dir():
        raise TaskError(f"dest: {dest} is a folder. Name the file in it.")
    if dest.exists() and not dest.is_file():
        raise TaskError(f"dest: {dest} is no regular file.")
    if not dest.parent.is_dir():
        raise TaskError(f"dest: there is no folder {dest.parent}. Create it first.")
    return dest


def receive(fetch: Callable[[Download], Any], dest: Path, *, check: bool) -> Received:
    """Have `fetch` write a file, and put it at `dest` if its content is not there already; with `check`, only compare.

    :raises TaskError: the file cannot be written
    """
    try:
        # In the folder of dest, so that the file can take its name in one step.
        with TemporaryDirectory(prefix=".fortios-", dir=None if check else dest.parent) as folder:
            fresh = Path(folder) / dest.name
            fetch(Download(fresh))
            checksum = _checksum(fresh)
            changed = not dest.exists() or _checksum(dest) != checksum
            size = fresh.stat().st_size
            if changed and not check:
                os.replace(fresh, dest)
    except OSError as error:
        raise TaskError(f"dest: {dest} cannot be written: {error.strerror}.") from error
    return Received(changed, str(dest), size, checksum)


def _checksum(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as content:
        while piece := content.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()
