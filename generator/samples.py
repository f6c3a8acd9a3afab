# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Small, valid rows for every endpoint: what examples show and what generated scenarios write to a device.

``samples.yml`` holds rows written by hand, and the objects that a device has from the factory; every other row is
made from the facts. Rows are in option names, as a playbook has them. The same call always gives the same row.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from hfortix_fortios.names import option_name
from hfortix_fortios.schema import LATEST, Field, Release, Schema, release_text

from .catalogue import load
from .sample_values import changed, plain, text_for
from .text.catalogue import split_reference
from .text.data import read

Row = dict[str, Any]
#: Fields that say nothing in an example, or that a device decides on by itself.
DULL = frozenset(
    {
        "uuid",
        "fabric-object",
        "fabric-force-sync",
        "fabric-object-source",
        "color",
        "obj-tag",
        "obj-type",
        "status",
        "vrf-select",
    }
)
_NOTES = ("comment", "comments", "description")
_MOST = 3


@dataclass(frozen=True)
class Sample:
    """A row, the key it has (None in a singleton), and the objects that must exist first: (schema path, row)."""

    row: Row
    key: str | int | None = None
    needs: tuple[tuple[str, Row], ...] = field(default=())


class NoSample(LookupError):
    """The endpoint has nothing that could be written in the release."""


def sample(
    schema: Schema, release: Release = LATEST, variant: int = 0, *, existing_key: str | int | None = None
) -> Sample:
    """The sample row of an endpoint on a release.

    `variant` 1 is the same row with one or two fields changed. With `existing_key` the row is that of an entry which
    the device has already; it is needed for tables whose rows are `predefined`.

    :raises NoSample: the release does not have the endpoint, or nothing in it can be written
    """
    if release not in schema.versions:
        raise NoSample(f"{schema.path} does not exist in FortiOS {release_text(release)}")
    if schema.mkey is not None and release not in schema.key.versions:
        raise NoSample(f"{schema.path} had another key before FortiOS had {schema.mkey}")
    written = _written().get(schema.path)
    needs: list[tuple[str, Row]] = []
    if written is None:
        row = _Maker(schema, release, needs).row(variant)
    else:
        row = _available(schema.fields, {**written["row"], **(written.get("change", {}) if variant else {})}, release)
        needs = [(path, dict(content)) for path, content in written.get("needs", [])]
    if schema.mkey is None:
        if not row:
            raise NoSample(f"{schema.path} has nothing that can be written")
        return Sample(row, None, tuple(needs))
    key_option = option_name(schema.mkey)
    if existing_key is not None:
        row = {key_option: existing_key, **{name: value for name, value in row.items() if name != key_option}}
        needs = [need for need in needs if need[0] != schema.path]
    return Sample(row, row[key_option], tuple(needs))


def existing() -> Mapping[str, list[str | int]]:
    """Keys that a device has from the factory, by table, as far as samples rely on them."""
    found: Mapping[str, list[str | int]] = _data()["existing"]
    return found


@cache
def _schemas() -> Mapping[str, Schema]:
    return {endpoint.path: endpoint.schema for endpoint in load().family("cmdb")}


@cache
def _data() -> dict[str, Any]:
    content: dict[str, Any] = read(Path(__file__).with_suffix(".yml"))
    return content


def _written() -> dict[str, dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = _data()["rows"]
    return rows


def _available(fields: Mapping[str, Field], row: Row, release: Release) -> Row:
    """`row` without what the release lacks: fields, and options of a field."""
    by_option = {item.option: item for item in fields.values()}
    found: Row = {}
    for name, value in row.items():
        item = by_option[name]
        if release not in item.versions:
            continue
        if item.is_object:
            found[name] = _available(item.fields, value, release)
        elif item.is_table:
            found[name] = [_available(item.fields, r, release) if isinstance(r, dict) else r for r in value]
        elif item.type == "option":
            kept = [option for option in _as_list(value) if _has_option(item, option, release)]
            if kept:
                found[name] = kept if isinstance(value, list) else kept[0]
        else:
            found[name] = value
    return found


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _has_option(item: Field, option: str, release: Release) -> bool:
    versions = item.option_versions.get(option)
    return option in item.options and (versions is None or release in versions)


@dataclass
class _Maker:
    """Makes a row from facts: the key, a comment, and the first few fields whose value cannot be wrong."""

    schema: Schema
    release: Release
    needs: list[tuple[str, Row]]

    def row(self, variant: int) -> Row:
        row: Row = {}
        if self.schema.mkey is not None:
            row[self.schema.key.option] = self._key()
        chosen = self._chosen(self.schema.fields, self.schema.mkey)
        nested = {} if chosen else self._nested(variant)
        if not chosen and not nested:
            chosen = list(self._usable(self.schema.fields, self.schema.mkey, DULL))[:1]
        for item in chosen:
            row[item.option] = plain(item, self.release)
        if chosen and variant:
            row[chosen[0].option] = changed(chosen[0], self.release)
        return row | (nested or ({} if chosen else self._referring(variant)))

    def _referring(self, variant: int) -> Row:
        """The last resort: a field that names another object, and no longer does in the variant."""
        for item in self.schema.fields.values():
            if item.name == self.schema.mkey or not item.refs or item.readonly or self.release not in item.versions:
                continue
            if not item.is_table and not item.multiple:
                try:
                    return {item.option: "" if variant else self._reference(item)}
                except NoSample:
                    continue
        return {}

    def _key(self) -> str | int:
        item = self.schema.key
        if item.refs:
            return self._reference(item)
        if item.type == "integer":
            return _integer_key(item)
        if item.type != "string":
            return str(plain(item, self.release))
        return text_for(item, f"example-{self.schema.path.rpartition('/')[2].lower()}")

    def _usable(
        self, fields: Mapping[str, Field], mkey: str | None, wanted: frozenset[str] = frozenset()
    ) -> Iterator[Field]:
        """The fields that any value fits: the telling ones, or else those that are `wanted` though dull."""
        for item in fields.values():
            if item.name == mkey or item.readonly or item.refs or item.is_secret or item.name == "uuid":
                continue
            if (item.name in DULL) != (item.name in wanted):
                continue
            if self.release not in item.versions or item.is_table or item.is_object:
                continue
            if plain(item, self.release) is not None and changed(item, self.release) is not None:
                yield item

    def _chosen(self, fields: Mapping[str, Field], mkey: str | None) -> list[Field]:
        usable = list(self._usable(fields, mkey))
        notes = [item for item in usable if item.name in _NOTES][:1]
        typed = [item for item in usable if item not in notes and item.type in {"option", "integer"}]
        other = [item for item in usable if item not in notes and item not in typed]
        return [*notes, *typed, *other][: _MOST if notes else _MOST - 1]

    def _nested(self, variant: int) -> Row:
        """One row of the first child table, or the first object, that can be written."""
        for item in self.schema.fields.values():
            if item.readonly or self.release not in item.versions or not (item.is_table or item.is_object):
                continue
            inner = self._inner(item, variant)
            if inner is not None:
                return {item.option: [inner] if item.is_table else inner}
        return {}

    def _inner(self, item: Field, variant: int) -> Row | None:
        if item.is_table and item.mkey is None:
            return None
        row: Row = {}
        chosen = self._chosen(item.fields, item.mkey)[:1]
        if item.mkey is not None:
            key = item.fields[item.mkey]
            if key.refs or item.refs:
                row[key.option] = self._reference(key if key.refs else item)
            elif key.type == "integer":
                row[key.option] = _integer_key(key) + (variant if not chosen else 0)
            else:
                value = changed(key, self.release) if variant and not chosen else plain(key, self.release)
                row[key.option] = value
        for inner in chosen:
            row[inner.option] = (changed if variant else plain)(inner, self.release)
        return row or None

    def _reference(self, item: Field) -> str | int:
        """The key of an object that is there, or that `needs` will create."""
        targets = [target for target in map(split_reference, item.refs) if target is not None and len(target[1]) == 1]
        for path, _ in targets:
            for key in existing().get(path, ()):
                return key
        for path, _ in targets:
            other = _schemas()[path]
            if self.release in other.versions and not other.predefined and path != self.schema.path:
                found = sample(other, self.release)
                self.needs += [*found.needs, (path, found.row)]
                return found.key if found.key is not None else ""
        raise NoSample(f"{self.schema.path}: nothing that {item.name} could refer to")


def _integer_key(item: Field) -> int:
    low, high = item.min if item.min is not None else 1, item.max if item.max is not None else 10
    return min(max(low, 10), high)
