# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Loads the files of this collection as Python loads any others: compiled once, and kept.

The loader of ansible-core compiles a collection's files anew in each process. The process of a task would spend a third
of its time on its module and its endpoint.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from importlib.abc import MetaPathFinder
from importlib.machinery import FileFinder, ModuleSpec, SourceFileLoader
from types import ModuleType

#: Where the names of all that is in the collection's folder of plugins begin.
_PLUGINS = __name__.removesuffix("plugin_utils.compiled")


class CompiledFinder(MetaPathFinder):
    """Finds files below the collection's folder of plugins. What is no file is left to the loader of ansible-core."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if not fullname.startswith(_PLUGINS):
            return None
        for folder in path or ():
            spec = _files(folder).find_spec(fullname)
            if spec is not None and spec.loader is not None:
                return spec
        return None


@cache
def _files(folder: str) -> FileFinder:
    return FileFinder(folder, (SourceFileLoader, [".py"]))


def install() -> None:
    """Find this collection's files first, from now on."""
    if not any(isinstance(finder, CompiledFinder) for finder in sys.meta_path):
        sys.meta_path.insert(0, CompiledFinder())
