# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files where they are wanted: which of them differ, and bringing them about."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..resource.task import TaskError, difference


@dataclass(frozen=True)
class Change:
    """A file that is to have the text `after` in place of `before`; None is a file that does not exist."""

    path: Path
    before: str | None
    after: str | None


def read(path: Path) -> str:
    """The text of a file, its line ends as they are.

    :raises TaskError: it cannot be read
    """
    try:
        return path.read_bytes().decode()
    except OSError as error:
        raise TaskError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError as error:
        line = 1 + error.object.count(b"\n", 0, error.start)
        raise TaskError(f"{path}, line {line}: is not text in UTF-8. Save the file in that encoding.") from None


def changes(files: Mapping[Path, str], obsolete: Iterable[Path] = ()) -> list[Change]:
    """What has to change so that there are `files` with their texts, and none of the `obsolete` ones."""
    found = [Change(path, read(path) if path.exists() else None, text) for path, text in files.items()]
    found += [Change(path, read(path), None) for path in obsolete if path not in files]
    return [change for change in found if change.before != change.after]


def carry_out(items: Iterable[Change]) -> None:
    """Write and remove the files, each at once. Folders that become empty go.

    :raises TaskError: a file or folder cannot be written
    """
    for change in items:
        try:
            if change.after is None:
                change.path.unlink()
                with suppress(OSError):
                    change.path.parent.rmdir()
            else:
                change.path.parent.mkdir(parents=True, exist_ok=True)
                fresh = change.path.with_name(f".{change.path.name}.new")
                fresh.write_bytes(change.after.encode())
                os.replace(fresh, change.path)
        except OSError as error:
            raise TaskError(f"{change.path} cannot be written: {error.strerror}.") from None


def differences(items: Iterable[Change], shown: Callable[[str], str]) -> list[dict[str, Any]]:
    """The changes for diff mode; `shown` makes of a text what people may see."""
    return [difference(str(item.path), shown(item.before or ""), shown(item.after or "")) for item in items]
