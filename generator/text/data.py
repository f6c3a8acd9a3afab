# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The written material: YAML files under ``data/``, each read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent / "data"
_Loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def load(name: str) -> Any:
    """The content of ``data/<name>``, e.g. ``glossary.yml``."""
    return read(ROOT / name)


@cache
def load_folder(name: str) -> list[dict[str, Any]]:
    """The contents of all YAML files in the folder ``data/<name>``, by file name."""
    return [read(path) for path in sorted((ROOT / name).glob("*.yml"))]


def read(path: Path) -> Any:
    """The content of one YAML file."""
    with path.open(encoding="utf-8") as handle:
        return yaml.load(handle, Loader=_Loader)
