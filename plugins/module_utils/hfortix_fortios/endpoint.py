# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Hand-written bases of the generated endpoint tree."""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from typing import Any, ClassVar, Generic, TypeVar

from .schema import Facts, Schema


class Sync:
    """Marks endpoints whose methods return values."""


class Async:
    """Marks endpoints whose methods return awaitables."""


M = TypeVar("M", Sync, Async)
O = TypeVar("O")  # noqa: E741 - the type of an object of the endpoint


class Node(Generic[M]):
    """A branch of the tree of endpoints.

    The children of a generated class are its annotations, and are imported on first use:

    - ``address: firewall_address.Address[M]`` is the class ``Address`` in the module ``api.<CHILDREN>.address``
      (the part before the dot is a name that only type checkers see);
    - ``service: FirewallService[M]``, without a dot, is a class of the file that the branch itself is in.
    """

    #: The package below ``api`` that holds the modules of the children, e.g. ``cmdb.firewall``.
    CHILDREN: ClassVar[str] = ""

    def __init__(self, runner: Any) -> None:
        self._runner = runner

    def __getattr__(self, name: str) -> Any:
        for owner in type(self).__mro__:
            annotation = owner.__dict__.get("__annotations__", {}).get(name, "")
            if annotation.endswith("[M]"):
                module, _, class_name = annotation.removesuffix("[M]").rpartition(".")
                if module:
                    home = import_module(f"{__package__}.api.{owner.CHILDREN}.{name}")  # type: ignore[attr-defined]
                else:
                    home = sys.modules[owner.__module__]
                child = getattr(home, class_name)(self._runner)
                setattr(self, name, child)
                return child
        raise AttributeError(f"{type(self).__name__} has no endpoint {name!r}")

    def __dir__(self) -> list[str]:
        children = {n for c in type(self).__mro__ for n, a in c.__dict__.get("__annotations__", {}).items() if a.endswith("[M]")}
        return sorted(children | set(super().__dir__()))


class Endpoint(Node[M]):
    """What every endpoint has: the facts of the catalogue."""

    FACTS: ClassVar[Facts] = {}

    @classmethod
    @cache
    def schema(cls) -> Schema:
        """The typed facts of a configuration endpoint."""
        return Schema.from_facts(cls.FACTS)


class Table(Endpoint[M], Generic[O, M]):
    """A configuration table."""


class Singleton(Endpoint[M], Generic[O, M]):
    """A configuration object of which there is one."""


class Monitor(Endpoint[M]):
    """An endpoint of the monitor family."""


class Log(Endpoint[M]):
    """An endpoint of the log family."""


class Service(Endpoint[M]):
    """An endpoint of the service family."""
