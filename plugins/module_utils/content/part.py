# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The configuration of a device as data: a part for each endpoint and virtual domain, and what is not in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from ..bridge.endpoints import endpoint, endpoints
from ..hfortix_fortios.schema import Schema
from ..resource.task import TaskError

Values = dict[str, Any]

#: What stands for the device as a whole among names of virtual domains, which cannot have this one.
GLOBAL = "global"
#: The virtual domain of a device that is not divided.
ROOT = "root"

_WILDCARDS = frozenset("*?[")


@dataclass(frozen=True)
class Part:
    """What one virtual domain, or the device as a whole (`GLOBAL`), has of one endpoint.

    `rows` are objects in wire names and wire form, of a singleton one. They hold what makes them and no defaults.
    """

    vdom: str
    schema: Schema
    rows: Sequence[Values]


@dataclass(frozen=True)
class Secret:
    """A secret that an object has and the content has not. `variable` stands in its place, if any does."""

    vdom: str
    endpoint: str
    key: Any
    field: str
    variable: str = ""

    def as_dict(self) -> Values:
        facts = {"vdom": self.vdom, "endpoint": self.endpoint, "key": self.key, "field": self.field}
        return facts | ({"variable": self.variable} if self.variable else {})


@dataclass(frozen=True)
class Omission:
    """Something that the content cannot carry, and why. No `field`: the objects as a whole; no `keys`: all of it."""

    vdom: str
    endpoint: str
    reason: str
    field: str = ""
    keys: Sequence[Any] = ()

    def as_dict(self) -> Values:
        facts: Values = {"vdom": self.vdom, "endpoint": self.endpoint, "reason": self.reason}
        if self.field:
            facts["field"] = self.field
        return facts | ({"keys": list(self.keys)} if self.keys else {})


@dataclass
class Content:
    """The parts of a configuration, and what is missing from them.

    `secrets` are those that the objects have, `unread` is what could not be read, `omissions` all else.
    """

    parts: list[Part] = field(default_factory=list)
    secrets: list[Secret] = field(default_factory=list)
    unread: list[Omission] = field(default_factory=list)
    omissions: list[Omission] = field(default_factory=list)

    @property
    def vdoms(self) -> list[str]:
        """The virtual domains in order of their first part; the device as a whole, if it has any, comes first."""
        found = dict.fromkeys(part.vdom for part in self.parts)
        return [GLOBAL] * (GLOBAL in found) + [vdom for vdom in found if vdom != GLOBAL]


def is_global(schema: Schema) -> bool:
    """The endpoint belongs to the device as a whole."""
    return schema.scope in ("global", "both")


def select(wanted: Iterable[str] | None, excluded: Iterable[str] | None) -> list[Schema]:
    """The endpoints that patterns of module names or paths mean, sorted by name.

    None wanted means all but the tables whose rows come with the firmware, which are many.

    :raises TaskError: a pattern means no endpoint, there is none, or the endpoints are not at hand
    """
    if wanted is not None and not (wanted := list(wanted)):
        raise TaskError("endpoints: is an empty list. Leave the option out to take all.")
    every = {found.schema().name: found.schema() for found in endpoints("cmdb")}
    names = {name for name, schema in every.items() if not schema.predefined} if wanted is None else set()
    for pattern in wanted or ():
        names |= _matching(every, pattern)
    for pattern in excluded or ():
        names -= _matching(every, pattern)
    return [every[name] for name in sorted(names)]


def _matching(names: Iterable[str], pattern: str) -> set[str]:
    if not _WILDCARDS & set(pattern):
        return {endpoint(pattern).schema().name}
    # A path becomes a name piece by piece, so that wildcards stay.
    text = pattern.removeprefix("hfortix.fortios.").replace("-", "_").replace("/", "_").replace(".", "_").lower()
    found = {name for name in names if fnmatchcase(name, text)}
    if not found:
        raise TaskError(f"There is no endpoint like {pattern!r}. Patterns are of module names, such as firewall_*.")
    return found


def schema_of(path: str) -> Schema:
    """The schema of an endpoint by its path or module name.

    :raises TaskError: there is no such endpoint
    """
    return endpoint(path).schema()
