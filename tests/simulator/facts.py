# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator's own facts: what a device holds from the factory, and what its answers hide. Each file says why."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data"


@cache
def _read(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def visibility() -> dict[str, dict[str, dict[str, list[str]]]]:
    """Endpoint to attribute to the conditions (attribute to values) under which it exists."""
    return _read("visibility")["tables"]


def open_tables() -> dict[str, str]:
    """Tables whose content comes from elsewhere, so that any reference into them holds; with the reason."""
    return _read("open_tables")["tables"]


def synthetic() -> dict[str, list[str]]:
    """Names that references may hold although no row has them, by table."""
    return _read("open_tables")["synthetic"]


def name_spaces() -> list[dict[str, Any]]:
    """Tables that share one space of names, with the codes of a clash."""
    return _read("name_spaces")["spaces"]


def factory() -> list[dict[str, Any]]:
    """The entries a device has from the factory, table by table."""
    return _read("factory")["tables"]
