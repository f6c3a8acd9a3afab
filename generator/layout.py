# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where each endpoint's class lives: the SDK tree of one family."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .model import Endpoint


@dataclass
class Branch:
    """A place in the SDK tree: an endpoint, a namespace, or both.

    `segments` begins with the family. A place that is both keeps its children in a package with an underscore at the
    end, beside the module of its own.
    """

    segments: tuple[str, ...]
    package: tuple[str, ...]
    endpoint: Endpoint | None = None
    children: dict[str, Branch] = field(default_factory=dict)

    @property
    def module(self) -> str:
        """The dotted name of the endpoint's module below ``api``, e.g. ``cmdb.firewall.address``."""
        return ".".join((*self.package, self.segments[-1]))

    @property
    def children_package(self) -> tuple[str, ...]:
        if len(self.segments) == 1:
            return self.segments
        name = self.segments[-1]
        return (*self.package, f"{name}_" if self.endpoint else name)

    @property
    def class_name(self) -> str:
        """The class: the endpoint's, or for a namespace the path without the family, e.g. ``FirewallService``."""
        if self.endpoint:
            return self.endpoint.class_name
        return "".join(_camel(part) for part in (self.segments[1:] or self.segments))

    @property
    def alias(self) -> str:
        """The name under which the parent's file imports the endpoint's module, unique in the family."""
        return "_".join(self.segments)

    def walk(self) -> Iterator[Branch]:
        """This place and all below it, parents first."""
        yield self
        for child in self.children.values():
            yield from child.walk()


def _camel(name: str) -> str:
    text = "".join(word[:1].upper() + word[1:] for word in name.split("_"))
    return f"_{text}" if text[0].isdigit() else text


def tree(family: str, endpoints: Iterable[Endpoint]) -> Branch:
    """The tree of one family, children in the order of their names."""
    root = Branch((family,), ())
    for endpoint in sorted(endpoints, key=lambda item: item.segments):
        place = root
        for segment in endpoint.segments:
            if segment not in place.children:
                place.children[segment] = Branch((*place.segments, segment), place.children_package)
            place = place.children[segment]
        place.endpoint = endpoint
    return root
