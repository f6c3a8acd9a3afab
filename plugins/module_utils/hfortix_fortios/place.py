# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A place in the configuration: where the rows of a table or the fields of one object are read and written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from .names import python_name
from .schema import Field, Schema


@dataclass(frozen=True)
class Place:
    """An endpoint (`segments` empty), or a row, a child table or an object inside it.

    `segments` lead there from the endpoint, raw: keys of rows, and names of fields that are tables or objects.
    `mkey` is the key field of the rows; None where there is one object.
    """

    schema: Schema
    fields: Mapping[str, Field]
    mkey: str | None
    segments: tuple[str | int, ...] = ()

    @classmethod
    def of(cls, schema: Schema) -> Place:
        return cls(schema, schema.fields, schema.mkey)

    def row(self, mkey: str | int) -> Place:
        """The row under `mkey`."""
        return replace(self, mkey=None, segments=(*self.segments, mkey))

    def inside(self, field: Field) -> Place:
        """The child table or object that `field` is."""
        return Place(self.schema, field.fields, field.mkey, (*self.segments, field.name))

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """The fields under their wire names and under their Python names."""
        return {**{python_name(name): field for name, field in self.fields.items()}, **self.fields}

    @property
    def title(self) -> str:
        """The place for people: ``firewall/addrgrp``, ``firewall/addrgrp/g1/member``."""
        return "/".join(map(str, (self.schema.path, *self.segments)))

    def url(self, *segments: str | int) -> str:
        """The path of a request for it, or for what is below it.

        :raises InvalidValueError: a segment is empty
        """
        return self.schema.url(*self.segments, *segments)
