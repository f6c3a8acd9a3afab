# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""An endpoint of the catalogue, and the names that are derived from its path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from hfortix_fortios.names import class_name, module_name, python_name
from hfortix_fortios.operation_schema import OperationSchema
from hfortix_fortios.schema import Schema

Family = Literal["cmdb", "monitor", "log", "service"]
FAMILIES: tuple[Family, ...] = ("cmdb", "monitor", "log", "service")

#: Names that the file of an endpoint imports, or that it could be mistaken for; a class takes an underscore then.
_IMPORTED = frozenset(
    {"Answer", "Any", "Async", "Body", "ClassVar", "Facts", "Later", "LaterAnswer", "Literal", "Log", "M", "Mapping"}
    | {"Monitor", "Query", "Required", "Sequence", "Service", "Singleton", "Sync", "Table", "Toggle", "TypeAlias"}
    | {"TypedDict", "Unpack"}
)


@dataclass(frozen=True)
class Endpoint:
    """One endpoint: the facts of its catalogue file, with the overrides applied.

    `path` is the path on the wire below ``/api/v2/<family>/``; in the log family it may hold ``{source}`` and in
    any family the name of a parameter in braces.
    """

    family: Family
    path: str
    facts: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The endpoint as the catalogue files it, e.g. ``cmdb/firewall/address`` or ``log/event/system``."""
        return f"{self.family}/{'/'.join(self._words)}"

    @cached_property
    def _words(self) -> list[str]:
        return [word for word in self.path.split("/") if not word.startswith("{")]

    @cached_property
    def segments(self) -> tuple[str, ...]:
        """The path in the SDK tree below the family: ``firewall.service/custom`` is firewall, service, custom."""
        return tuple(python_name(part) for word in self._words for part in word.split("."))

    @property
    def class_name(self) -> str:
        name = class_name(self._words[-1].split(".")[-1])
        return name + "_" if name in _IMPORTED else name

    @property
    def method(self) -> str:
        """The HTTP method of a monitor, log or service endpoint, which each have exactly one."""
        return str(next(iter(self.facts["methods"])))

    @property
    def module(self) -> str:
        """The module's name, unless an override chose another (fact ``module``)."""
        if "module" in self.facts:
            return str(self.facts["module"])
        name = module_name("/".join(self._words))
        if self.family == "cmdb":
            return name
        is_info = self.method == "GET" and self.operation.reads
        return f"{self.family}_{name}" + ("_info" if is_info else "")

    @cached_property
    def schema(self) -> Schema:
        """The typed facts of a cmdb endpoint."""
        return Schema.from_facts(self.facts)

    @cached_property
    def operation(self) -> OperationSchema:
        """The typed facts of a monitor, log or service endpoint."""
        return OperationSchema.from_facts(self.family, self.facts)
