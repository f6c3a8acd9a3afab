# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hand-made corrections of the catalogue, kept as data: ``generator/overrides/*.yml``, each with its reason."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .problems import Problem
from .structure import Structure

#: The facts of an endpoint, or of a field, while they are being corrected.
Node = dict[str, Any]


@dataclass(frozen=True)
class Override:
    """A correction of one endpoint, or of one field or parameter of it.

    `target` is the endpoint's id and, for a field, the wire names from the outermost inwards, with spaces between:
    ``system/sdwan health-check sla``. An endpoint's id may be a pattern (``cmdb/*``), which means every endpoint that
    has the field with the facts `replaces`. `set` merges into the facts found, `remove` takes some away; a new field
    is made if `set` has its type. `replaces` holds the facts that the correction was made for: where they are
    different, the override is reported as out of date.
    """

    source: str
    target: str
    reason: str
    set: Mapping[str, Any]
    remove: tuple[str, ...]
    replaces: Mapping[str, Any]

    @property
    def endpoint(self) -> str:
        return self.target.split()[0]

    @property
    def field(self) -> list[str]:
        return self.target.split()[1:]

    @property
    def is_pattern(self) -> bool:
        return "*" in self.endpoint

    def __str__(self) -> str:
        return f"{self.source} ({self.target})"


def read(folder: Path, problems: list[Problem]) -> list[Override]:
    """The overrides of all files in `folder`, one for each target."""
    found: list[Override] = []
    for file in sorted(folder.glob("*.yml")):
        for number, entry in enumerate(yaml.safe_load(file.read_text(encoding="utf-8")) or [], 1):
            where = f"overrides/{file.name} entry {number}"
            faults = [Problem(where, fault) for fault in _structure().faults(entry)]
            problems += faults
            if not faults:
                found += _targets(where, entry)
    return found


@cache
def _structure() -> Structure:
    return Structure("override")


def _targets(where: str, entry: Mapping[str, Any]) -> Iterator[Override]:
    targets = entry["target"]
    for target in [targets] if isinstance(targets, str) else targets:
        yield Override(
            source=where,
            target=target,
            reason=entry["reason"],
            set=entry.get("set", {}),
            remove=tuple(entry.get("remove", ())),
            replaces=entry.get("replaces", {}),
        )


def apply(override: Override, facts: Mapping[str, Node], problems: list[Problem]) -> None:
    """Correct `facts`, which holds every endpoint under its id, in place."""
    if override.is_pattern:
        endpoints = [facts[name] for name in facts if fnmatchcase(name, override.endpoint)]
        nodes = [node for node in (_find(endpoint, override.field) for endpoint in endpoints) if node is not None]
        nodes = [node for node in nodes if not _outdated(override, node)]
        if not nodes:
            problems.append(Problem(str(override), "fits nothing that the catalogue has"))
    else:
        node = _node(override, facts)
        if node is None:
            problems.append(Problem(str(override), "corrects something that the catalogue does not have"))
            return
        if outdated := _outdated(override, node):
            what = f"was made for other facts; the catalogue now says {json.dumps(outdated)}"
            problems.append(Problem(str(override), what))
            return
        nodes = [node]
    for node in nodes:
        node.update(copy.deepcopy(dict(override.set)))
        for name in override.remove:
            del node[name]


def _node(override: Override, facts: Mapping[str, Node]) -> Node | None:
    """What an override without a pattern corrects; a field is made where it is new and its parent is there."""
    endpoint = facts.get(override.endpoint)
    if endpoint is None:
        return None
    node = _find(endpoint, override.field)
    if node is None and "type" in override.set:
        parent = _find(endpoint, override.field[:-1])
        if parent is not None:
            node = members(parent)[override.field[-1]] = {}
    return node


def members(node: Node) -> dict[str, Node]:
    """The fields of a configuration endpoint or of a field, or the parameters of an endpoint with one method."""
    if "methods" in node:
        ((_method, about),) = node["methods"].items()
        params: dict[str, Node] = about["params"]
        return params
    fields: dict[str, Node] = node.setdefault("fields", {})
    return fields


def _find(node: Node | None, names: list[str]) -> Node | None:
    for name in names:
        node = members(node).get(name) if node is not None else None
    return node


def _outdated(override: Override, node: Node) -> Node:
    """The facts of `node` that are not those which the override expects."""
    changed = {name: node.get(name) for name, value in override.replaces.items() if node.get(name) != value}
    return changed | {name: None for name in override.remove if name not in node}
