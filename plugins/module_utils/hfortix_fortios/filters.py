# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filters as expressions: what the device selects rows by, with values escaped.

>>> list(F("name").contains("web") & (F("type") == "fqdn"))
['name=@web', 'type==fqdn']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Filter:
    """Conditions that must all hold, each as the device spells it; iterate over them. ``&`` joins filters."""

    conditions: tuple[str, ...]

    def __and__(self, other: Filter) -> Filter:
        if not isinstance(other, Filter):
            return NotImplemented
        return Filter(self.conditions + other.conditions)

    def __iter__(self) -> Iterator[str]:
        return iter(self.conditions)

    def __bool__(self) -> bool:
        # `and` between two filters, or 1 < F(...) < 5, would silently forget the first.
        raise TypeError("join filters with &")


class F:
    """A field to filter by, under its name on the wire; ``parent.child`` reaches into child tables.

    Where a method takes several values, one of them has to match. Values are compared as text, by order where they
    are numbers.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __eq__(self, value: object) -> Filter:  # type: ignore[override]
        return self._is("==", value)

    def __ne__(self, value: object) -> Filter:  # type: ignore[override]
        return self._is("!=", value)

    __hash__ = None  # type: ignore[assignment]

    def __lt__(self, value: object) -> Filter:
        return self._is("<", value)

    def __le__(self, value: object) -> Filter:
        return self._is("<=", value)

    def __gt__(self, value: object) -> Filter:
        return self._is(">", value)

    def __ge__(self, value: object) -> Filter:
        return self._is(">=", value)

    def one_of(self, *values: object) -> Filter:
        """Equal to one of `values`."""
        return self._is("==", *values)

    def contains(self, *values: object) -> Filter:
        """The text of one of `values` is part of it."""
        return self._is("=@", *values)

    def lacks(self, value: object) -> Filter:
        """The text of `value` is no part of it."""
        return self._is("!@", value)

    def same(self, *values: object) -> Filter:
        """Equal to one of `values` in upper or lower case; since release 6.4.2."""
        return self._is("=*", *values)

    def differs(self, value: object) -> Filter:
        """Not equal to `value` in upper or lower case; since release 6.4.2."""
        return self._is("!*", value)

    def _is(self, operator: str, *values: object) -> Filter:
        if not values:
            raise ValueError(f"a filter by {self._name} needs a value")
        return Filter((f"{self._name}{operator}{','.join(map(_escaped, values))}",))


def _escaped(value: object) -> str:
    """`value` as text in which a comma does not separate alternatives."""
    return re.sub(r"([\\,])", r"\\\1", str(value))
