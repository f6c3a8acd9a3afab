# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Load the catalogue: one JSON file an endpoint, corrected by the overrides."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from . import ROOT
from .model import FAMILIES, Endpoint

CATALOG = ROOT / "generator" / "catalog"
OVERRIDES = ROOT / "generator" / "overrides"


@dataclass(frozen=True)
class Problem:
    """Something wrong (an error), or odd but usable (a warning), about one place in the catalogue or overrides."""

    where: str
    what: str
    error: bool = True

    def __str__(self) -> str:
        return f"{'error' if self.error else 'warning'}: {self.where}: {self.what}"


@dataclass(frozen=True)
class Override:
    """A hand-made correction of one endpoint, or of one field of it.

    `at` holds the wire names from the outermost field inwards. `set` merges into the facts found there (a new
    field is made when its parent exists), `remove` takes facts away. `replaces`, where given, holds the facts that
    the correction was made for: should the catalogue change, the override is reported instead of applied blindly.
    """

    source: str
    endpoint: str
    reason: str
    at: tuple[str, ...]
    set: Mapping[str, Any]
    remove: tuple[str, ...]
    replaces: Mapping[str, Any]


@dataclass
class Catalogue:
    """All endpoints under their ids (``cmdb/firewall/address``), in order, and what loading found wrong."""

    endpoints: dict[str, Endpoint]
    problems: list[Problem]
    overrides: list[Override] = field(default_factory=list)

    def family(self, name: str) -> list[Endpoint]:
        """The endpoints of one family, ordered by path."""
        return [endpoint for endpoint in self.endpoints.values() if endpoint.family == name]


def load(catalog: Path = CATALOG, overrides: Path | None = OVERRIDES) -> Catalogue:
    """Read every endpoint file below `catalog` and apply the files of `overrides` (None: facts as they are)."""
    problems: list[Problem] = []
    facts = _read_facts(catalog, problems)
    corrections = _read_overrides(overrides, problems) if overrides else []
    for override in corrections:
        _apply(override, facts, problems)
    endpoints = {
        key: Endpoint(family, content["path"], content)
        for family in FAMILIES
        for key, content in facts.items()
        if content["api"] == family
    }
    return Catalogue(endpoints, problems, corrections)


def _read_facts(catalog: Path, problems: list[Problem]) -> dict[str, dict[str, Any]]:
    facts: dict[str, dict[str, Any]] = {}
    for file in sorted(catalog.rglob("*.json")):
        key = file.relative_to(catalog).with_suffix("").as_posix()
        try:
            content = json.loads(file.read_text(encoding="utf-8"), object_pairs_hook=_refuse_duplicates)
        except ValueError as error:
            problems.append(Problem(key, f"not readable as JSON: {error}"))
            continue
        missing = [name for name in ("api", "path") if not isinstance(content, dict) or name not in content]
        if missing:
            problems.append(Problem(key, f"lacks {' and '.join(missing)}"))
        elif Endpoint(content["api"], content["path"], content).id != key:
            problems.append(Problem(key, f"says that it is {content['api']}/{content['path']}"))
        else:
            facts[key] = content
    return facts


def _refuse_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"twice in one object: {', '.join(sorted({n for n in names if names.count(n) > 1}))}")
    return result


def _read_overrides(folder: Path, problems: list[Problem]) -> list[Override]:
    found: list[Override] = []
    for file in sorted(folder.glob("*.yml")):
        for number, entry in enumerate(yaml.safe_load(file.read_text(encoding="utf-8")) or [], 1):
            where = f"overrides/{file.name} entry {number}"
            unknown = set(entry) - {"endpoint", "field", "set", "remove", "replaces", "reason"}
            if unknown or not entry.get("endpoint") or not entry.get("reason"):
                problems.append(Problem(where, f"needs endpoint and reason; not known: {sorted(unknown)}"))
                continue
            names = entry["endpoint"] if isinstance(entry["endpoint"], list) else [entry["endpoint"]]
            found += [
                Override(
                    where,
                    name,
                    entry["reason"],
                    tuple(entry.get("field", ())),
                    entry.get("set", {}),
                    tuple(entry.get("remove", ())),
                    entry.get("replaces", {}),
                )
                for name in names
            ]
    return found


def _apply(override: Override, facts: dict[str, dict[str, Any]], problems: list[Problem]) -> None:
    """Change `facts` in place."""
    where = f"{override.source} ({' '.join([override.endpoint, *override.at])})"
    node = facts.get(override.endpoint)
    for depth, name in enumerate(override.at, 1):
        if node is not None:
            if depth == len(override.at) and "type" in override.set:
                node.setdefault("fields", {}).setdefault(name, {})
            node = node.get("fields", {}).get(name)
    if node is None:
        problems.append(Problem(where, "corrects something that the catalogue does not have"))
        return
    stale = {name: node.get(name) for name, value in override.replaces.items() if node.get(name) != value}
    stale |= {name: None for name in override.remove if name not in node}
    if stale:
        problems.append(Problem(where, f"was made for other facts; the catalogue now says {json.dumps(stale)}"))
        return
    node.update(copy.deepcopy(dict(override.set)))
    for name in override.remove:
        del node[name]
