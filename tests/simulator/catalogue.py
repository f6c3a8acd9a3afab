# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The endpoints of the catalogue: which there are, and the schema of each, read when it is first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from generator.catalogue import load
from generator.model import FAMILIES, Endpoint
from hfortix_fortios.schema import Field, Schema


class Target(NamedTuple):
    """What a reference such as ``system.sdwan.zone.name`` points at: an endpoint, and the child table inside it."""

    path: str
    child: tuple[str, ...] = ()


@cache
def _families() -> Mapping[str, Mapping[str, Endpoint]]:
    catalogue = load()
    return {name: {endpoint.path: endpoint for endpoint in catalogue.family(name)} for name in FAMILIES}


def _endpoints() -> Mapping[str, Endpoint]:
    return _families()["cmdb"]


@cache
def paths() -> frozenset[str]:
    """The path of every cmdb endpoint, e.g. ``firewall.service/custom``."""
    return frozenset(_endpoints())


@cache
def number(path: str) -> int:
    """A number that stands for a table, as `q_type` does."""
    return sorted(paths()).index(path) + 1


@cache
def schema(path: str) -> Schema | None:
    """The schema of a cmdb endpoint, or None where the catalogue has no such path."""
    endpoint = _endpoints().get(path)
    return Schema.from_facts(endpoint.facts) if endpoint else None


@cache
def by_words() -> dict[str, str]:
    """The endpoint under the words of its CLI path, which also serve every spelling of the URL."""
    return {path.replace(".", " ").replace("/", " "): path for path in paths()}


@cache
def target(ref: str) -> Target | None:
    """What `ref` (``table.path.key``) points at; None for a table that the catalogue does not know.

    >>> target("system.sdwan.zone.name")
    Target(path='system/sdwan', child=('zone',))
    """
    words = ref.rpartition(".")[0].split(".")
    for length in range(len(words), 0, -1):
        path = by_words().get(" ".join(words[:length]))
        if path is not None:
            child = tuple(words[length:])
            return Target(path, child) if _has_child(path, child) else None
    return None


class Match(NamedTuple):
    """A monitor, log or service endpoint that a URL names, with what stands in the places of its path's parameters."""

    endpoint: Endpoint
    arguments: Mapping[str, str]


def operations() -> list[Endpoint]:
    """Every monitor, log and service endpoint."""
    return [endpoint for name in FAMILIES if name != "cmdb" for endpoint in _families()[name].values()]


@lru_cache(maxsize=1024)
def operation(family: str, path: str) -> Match | None:
    """The endpoint that a path below ``/api/v2/<family>/`` names; None where there is none.

    >>> operation("log", "disk/event/system").arguments
    {'source': 'disk'}
    """
    endpoints = _families()[family]
    if path in endpoints:
        return Match(endpoints[path], {})
    words = path.split("/")
    for endpoint in endpoints.values():
        arguments = _arguments(endpoint.path.split("/"), words) if "{" in endpoint.path else None
        if arguments is not None and arguments.get("source") in (None, *endpoint.facts.get("sources", ())):
            return Match(endpoint, arguments)
    return None


def _arguments(pattern: list[str], words: list[str]) -> dict[str, str] | None:
    """What `words` have where `pattern` has names in braces; None where they differ elsewhere."""
    if len(pattern) != len(words):
        return None
    found = {}
    for name, word in zip(pattern, words, strict=True):
        if name.startswith("{"):
            found[name[1:-1]] = word
        elif name != word:
            return None
    return found


def _has_child(path: str, child: tuple[str, ...]) -> bool:
    facts = schema(path)
    fields: dict[str, Field] = dict(facts.fields) if facts else {}
    for name in child:
        if name not in fields:
            return False
        fields = dict(fields[name].fields)
    return True
