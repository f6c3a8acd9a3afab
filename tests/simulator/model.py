# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shape of rows in one release: which attributes there are, in which order, and how a stored row reads.

A stored row holds only what differs from the defaults; a row as the device answers it holds every attribute.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, NamedTuple

from hfortix_fortios.schema import Field, Release, Schema, Versions

from . import catalogue, facts
from .catalogue import Target

#: A stored row: wire names to stored values, defaults left out. A child table is a list of such rows.
Values = dict[str, Any]


_ALWAYS = Versions()


class Use(NamedTuple):
    """An entry that a row refers to: one of a table, or of a child table inside it."""

    target: Target
    key: str


@dataclass(frozen=True, slots=True)
class Attribute:
    """A field as it is in one release. `default` reads as the device answers it; `model` shapes what is inside."""

    field: Field
    options: frozenset[str]
    default: Any
    targets: tuple[Target, ...]
    open: bool
    model: RowModel | None

    @property
    def name(self) -> str:
        return self.field.name


class RowModel:
    """The rows of a table, or the one object of a singleton, in one release."""

    def __init__(self, fields: Mapping[str, Field], mkey: str | None, release: Release, path: str) -> None:
        self.mkey = mkey if mkey in fields else None
        self.attributes = {
            name: _attribute(item, release, path)
            for name, item in fields.items()
            if release in item.versions or name == self.mkey
        }
        self.visible: Mapping[str, Mapping[str, list[str]]] = {}
        self.template: dict[str, Any] = {}
        for name, attribute in self.attributes.items():
            self.template[name] = attribute.default
            if name == self.mkey:
                self.template["q_origin_key"] = attribute.default

    @property
    def key(self) -> Attribute | None:
        """The attribute that identifies a row."""
        return self.attributes[self.mkey] if self.mkey else None

    def hidden(self, values: Values) -> list[str]:
        """The attributes that the CLI hides in the state that `values` describe."""
        found = []
        for name, conditions in self.visible.items():
            for other, allowed in conditions.items():
                if other in self.attributes and values.get(other, self.attributes[other].default) not in allowed:
                    found.append(name)
                    break
        return found

    def render(self, values: Values) -> dict[str, Any]:
        """The row as the device answers it: every attribute in the device's order."""
        row = self.template.copy()
        for name, value in values.items():
            model = self.attributes[name].model
            if model is None:
                row[name] = value
            elif self.attributes[name].field.is_table:
                row[name] = [model.render(item) for item in value]
            else:
                row[name] = model.render(value)
        if self.mkey:
            row["q_origin_key"] = row[self.mkey]
        for name in self.hidden(values):
            row.pop(name, None)
        return row

    def secrets(self, values: Values) -> Iterator[tuple[str, ...]]:
        """Where `values` hold something that only reads encrypted."""
        for name, value in values.items():
            attribute = self.attributes[name]
            if attribute.field.is_secret:
                yield (name,)
            elif attribute.model and isinstance(value, dict):
                yield from ((name, *rest) for rest in attribute.model.secrets(value))


def _attribute(item: Field, release: Release, path: str) -> Attribute:
    inside = item.is_table or item.is_object
    model = RowModel(item.fields, item.mkey, release, f"{path}/{item.name}") if inside else None
    options = [name for name in item.options if release in item.option_versions.get(name, _ALWAYS)]
    default = model.template if item.is_object and model else _default(item, release, path, options)
    found = [catalogue.target(ref) for ref in item.refs]
    return Attribute(
        field=item,
        options=frozenset(options or item.options),
        default=default,
        targets=tuple(target for target in found if target is not None),
        open=None in found or any(target is not None and _is_open(target) for target in found),
        model=model,
    )


def _default(item: Field, release: Release, path: str, options: list[str]) -> Any:
    """What the device answers for a field that is not set. The catalogue has the default of the latest release."""
    own = facts.default(path, item.name, release)
    if own is not None:
        return own
    default = item.empty()
    if item.type == "integer" and not item.multiple:
        return default if isinstance(default, int) else 0
    if item.type == "option" and not item.multiple and default and options and default not in options:
        return options[0]
    return default if isinstance(default, (str, list, dict)) else str(default)


def _is_open(target: Target) -> bool:
    """The content of the table is not ours to know (FortiGuard's, the hardware's): any reference into it holds."""
    schema = catalogue.schema(target.path)
    return schema is None or schema.predefined or target.path in facts.open_tables()


class TableModel(RowModel):
    """An endpoint in one release."""

    def __init__(self, schema: Schema, release: Release) -> None:
        super().__init__(schema.fields, schema.mkey, release, schema.path)
        self.schema = schema
        self.release = release
        self.visible = facts.visibility().get(schema.path, {})
        self.target = Target(schema.path)
        key = schema.fields[schema.mkey] if schema.mkey else None
        self.integer_key = key is not None and key.type == "integer"
        self.path, _, self.name = schema.path.partition("/")

    @cached_property
    def automatic(self) -> list[Attribute]:
        """What the device chooses itself for a new row: a UUID, or the next number."""
        return [
            attribute
            for attribute in self.attributes.values()
            if attribute.name == "uuid" or (attribute.field.automatic and attribute.field.type == "integer")
        ]

    def digest(self, values: Values) -> int:
        """A number that stands for the content of a row."""
        text = json.dumps(values, sort_keys=True, separators=(",", ":"))
        return int.from_bytes(hashlib.md5(text.encode(), usedforsecurity=False).digest(), "big")


@cache
def table_model(path: str, release: Release) -> TableModel | None:
    """The endpoint `path` in `release`; None where that release does not have it."""
    schema = catalogue.schema(path)
    if schema is None or release not in schema.versions:
        return None
    return TableModel(schema, release)
