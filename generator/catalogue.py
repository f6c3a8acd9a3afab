# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Load the catalogue: one JSON file an endpoint, corrected by the overrides."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from . import ROOT, overrides
from .model import FAMILIES, Endpoint
from .overrides import Override
from .problems import Problem
from .structure import Structure

CATALOG = ROOT / "generator" / "catalog"
OVERRIDES = ROOT / "generator" / "overrides"


@dataclass(frozen=True)
class Catalogue:
    """All sound endpoints under their ids (``cmdb/firewall/address``), in order, and what loading found wrong."""

    endpoints: Mapping[str, Endpoint]
    problems: list[Problem]
    overrides: list[Override]

    def family(self, name: str) -> list[Endpoint]:
        """The endpoints of one family, ordered by path."""
        return [endpoint for endpoint in self.endpoints.values() if endpoint.family == name]


@cache
def load() -> Catalogue:
    """The project's own catalogue, read once a process: nobody may change what it holds."""
    return read(CATALOG, OVERRIDES)


def read(catalog: Path, corrections: Path | None) -> Catalogue:
    """Read every endpoint file below `catalog` and apply the files of `corrections` (None: facts as they are)."""
    problems: list[Problem] = []
    facts = _facts(catalog, problems)
    entries = overrides.read(corrections, problems) if corrections else []
    for override in entries:
        overrides.apply(override, facts, problems)
    _check_structure(facts, problems)
    endpoints = {key: Endpoint(content["api"], content["path"], content) for key, content in facts.items()}
    return Catalogue(endpoints, problems, entries)


def _facts(catalog: Path, problems: list[Problem]) -> dict[str, dict[str, Any]]:
    """The files that can be told what they describe, under the ids that their paths give."""
    facts: dict[str, dict[str, Any]] = {}
    for file in sorted(catalog.rglob("*.json")):
        key = file.relative_to(catalog).with_suffix("").as_posix()
        try:
            content = json.loads(file.read_text(encoding="utf-8"), object_pairs_hook=_refuse_twins)
        except ValueError as error:
            problems.append(Problem(key, f"not readable as JSON: {error}"))
            continue
        family, path = (content.get(name) if isinstance(content, dict) else None for name in ("api", "path"))
        if family not in FAMILIES or not isinstance(path, str):
            problems.append(Problem(key, f"needs a path, and an api that is one of {', '.join(FAMILIES)}"))
        elif Endpoint(family, path, {}).id != key:
            problems.append(Problem(key, f"holds another endpoint: {family}/{path}"))
        else:
            facts[key] = content
    return facts


def _refuse_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"twice in one object: {', '.join(sorted({name for name in names if names.count(name) > 1}))}")
    return result


def _check_structure(facts: dict[str, dict[str, Any]], problems: list[Problem]) -> None:
    """Report what has the wrong shape, and take it out of `facts`: nothing later can work with it."""
    structures = {"cmdb": Structure("cmdb"), "operation": Structure("operation")}
    for key in list(facts):
        structure = structures["cmdb" if facts[key]["api"] == "cmdb" else "operation"]
        faults = structure.faults(facts[key])
        problems += [Problem(key, fault) for fault in faults]
        if faults:
            del facts[key]
