# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator's own facts: what a device holds from the factory, and what its answers hide. Each file says why."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from hfortix_fortios.schema import Release, Versions

FOLDER = Path(__file__).parent / "data"


def _read(name: str) -> Any:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@cache
def visibility() -> Mapping[str, Mapping[str, Mapping[str, list[str]]]]:
    """Endpoint to attribute to the conditions (attribute to values) under which it exists."""
    tables: dict[str, dict[str, dict[str, list[str]]]] = _read("visibility")["tables"]
    return tables


@cache
def open_tables() -> Mapping[str, str]:
    """Tables whose content comes from elsewhere, so that any reference into them holds; with the reason."""
    tables: dict[str, str] = _read("references")["open"]
    return tables


@cache
def synthetic() -> Mapping[str, list[str]]:
    """Names that references may hold although no row has them, by table."""
    names: dict[str, list[str]] = _read("references")["synthetic"]
    return names


class Space(NamedTuple):
    """Tables that share one space of names, with the code of a clash."""

    tables: list[str]
    code: int


@cache
def name_spaces(path: str) -> list[Space]:
    """The name spaces that the table is part of."""
    spaces = [Space(space["tables"], space["code"]) for space in _read("name_spaces")["spaces"]]
    return [space for space in spaces if path in space.tables]


class Group(NamedTuple):
    """Entries of one table that a device has from the factory. `static` ones cannot be deleted."""

    table: str
    rows: list[dict[str, Any]]
    static: bool


@cache
def factory() -> list[Group]:
    """The entries a device has from the factory, referred to before referring."""
    return [Group(item["table"], item["rows"], item.get("static", True)) for item in _read("factory")["tables"]]


@cache
def _defaults() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = _read("defaults")["defaults"]
    return found


def default(path: str, name: str, release: Release) -> Any:
    """The default of a field where it is another than the catalogue's, which is that of the latest release."""
    for item in _defaults():
        if item["table"] == path and item["field"] == name and release in Versions(item["versions"]):
            return item["default"]
    return None


@cache
def required() -> Mapping[str, list[str]]:
    """Endpoint to the attributes without which the device refuses an entry."""
    tables: dict[str, list[str]] = _read("required")["tables"]
    return tables


@cache
def members() -> Mapping[str, list[list[str]]]:
    """Type to pairs of a pattern of names, and how a value of such a name reads."""
    patterns: dict[str, list[list[str]]] = _read("members")
    return patterns


@cache
def single() -> frozenset[str]:
    """The ids of operations that answer one object, not a list."""
    return frozenset(_read("answers")["single"])


@cache
def files() -> Mapping[str, str]:
    """The ids of operations that send a file, with its name."""
    names: dict[str, str] = _read("answers")["files"]
    return names


@cache
def logs() -> dict[str, Any]:
    """What log entries hold: ``logids``, ``levels``, and ``members`` by kind."""
    data: dict[str, Any] = _read("logs")
    return data
