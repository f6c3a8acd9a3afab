# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What has to be written so that an object has the wanted values: nothing when it has them already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from .schema import Field
from .values import canonical, same

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rules:
    """How to compare.

    `exact`: what the wanted object leaves out must have its default, child tables must be equal; otherwise what is
    left out stays as it is and child tables are united. `secrets`: write secrets, which cannot be compared, every
    time. `defaults`: the device's own defaults by wire name, where they were asked for; else the catalogue's.
    """

    exact: bool = False
    secrets: bool = False
    defaults: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row of a child table, written by its own path because its siblings hold secrets that cannot be sent back.

    `method` is POST (new row), PUT (changed members) or DELETE; `body` is what to send. `path` leads from the object
    to the child table `field`, and for all but POST to the row.
    """

    field: Field
    method: str
    path: tuple[Any, ...]
    body: Values | None = None

    def below(self, *segments: Any) -> RowChange:
        """The same change, seen from an object further up."""
        return replace(self, path=(*segments, *self.path))


@dataclass(frozen=True, slots=True)
class Difference:
    """What to write: `body` in one request on the object, then `rows` by their own paths. `after`: the result.

    `resets`: some value in `body` is a default that the wanted object did not name. `ignored`: wire names of wanted
    values that differ, but that the device computes.
    """

    body: dict[str, Any]
    rows: tuple[RowChange, ...]
    after: dict[str, Any]
    resets: bool = False
    ignored: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.body or self.rows)


def difference(
    fields: Mapping[str, Field], wanted: Values, actual: Values, rules: Rules, *, mkey: str | None = None
) -> Difference:
    """Compare an object's wanted values with the actual ones (both under wire names, wanted in wire form)."""
    after = dict(actual)
    body: dict[str, Any] = {}
    rows: list[RowChange] = []
    resets = False
    ignored = {name for name, value in wanted.items() if name != mkey and _is_ignored(fields[name], value, actual)}
    for item, value in _to_compare(fields, wanted, actual, rules, mkey):
        if item.is_table:
            table = _compare_table(item, value, actual.get(item.name) or [], rules)
            if table is None:
                continue
            after[item.name] = table.after
            rows.extend(table.rows)
            if not table.rows:
                body[item.name] = table.body
        elif item.is_object:
            inner = replace(rules, defaults=_mapping(rules.defaults.get(item.name)))
            nested = difference(item.fields, value, _mapping(actual.get(item.name)), inner)
            after[item.name] = nested.after
            ignored |= nested.ignored
            rows.extend(row.below(item.name) for row in nested.rows)
            if nested.body:
                body[item.name] = nested.body
                resets = resets or nested.resets
        elif _differs(item, value, actual, rules):
            body[item.name] = after[item.name] = value
            resets = resets or item.name not in wanted
    return Difference(body, tuple(rows), after, resets, frozenset(ignored))


def _is_ignored(item: Field, value: Any, actual: Values) -> bool:
    return (
        item.is_computed and not item.is_table and not item.is_object and not same(item, value, actual.get(item.name))
    )


def _mapping(value: Any) -> Values:
    return value if isinstance(value, Mapping) else {}


def _to_compare(
    fields: Mapping[str, Field], wanted: Values, actual: Values, rules: Rules, mkey: str | None
) -> Iterator[tuple[Field, Any]]:
    """Each field that may have to be written with its wanted value; when exact, defaults for what is left out."""
    for name, item in fields.items():
        if item.is_computed or name == mkey:
            continue
        if name in wanted:
            yield item, wanted[name]
        elif rules.exact and name in actual and not item.automatic:
            default = _default(item, rules)
            if default is not None:
                yield item, default


def _default(item: Field, rules: Rules) -> Any:
    """The value to reset a field to, or None where that is unknown or cannot be compared."""
    if item.is_secret:
        return None
    if item.is_object:
        return {}
    if item.is_table:
        return []
    if item.name in rules.defaults:
        return rules.defaults[item.name]
    if item.default is None and item.type in ("option", "integer"):
        return None
    return item.empty()


def _differs(item: Field, value: Any, actual: Values, rules: Rules) -> bool:
    current = actual.get(item.name)
    if item.is_secret:
        return rules.secrets and value != current
    return not same(item, value, current)


@dataclass(frozen=True, slots=True)
class _TableDifference:
    body: list[dict[str, Any]]
    rows: tuple[RowChange, ...]
    after: list[dict[str, Any]]


def _compare_table(
    item: Field, wanted: Sequence[Values], actual: Sequence[Values], rules: Rules
) -> _TableDifference | None:
    if item.mkey is None:
        return (
            None
            if list(wanted) == list(actual)
            else _TableDifference([dict(row) for row in wanted], (), [dict(row) for row in wanted])
        )
    key_field = item.fields[item.mkey]
    old = {canonical(key_field, row.get(item.mkey)): row for row in actual}
    new = {canonical(key_field, row.get(item.mkey)): row for row in wanted}
    if item.is_fixed and rules.exact:
        # Rows that cannot go return to their defaults.
        new |= {key: {item.mkey: row[item.mkey]} for key, row in old.items() if key not in new}
    row_rules = replace(rules, defaults={})
    compared = {
        key: difference(item.fields, row, old[key], row_rules, mkey=item.mkey) for key, row in new.items() if key in old
    }
    added = [row for key, row in new.items() if key not in old]
    gone = [row for key, row in old.items() if key not in new] if rules.exact else []
    if not added and not gone and not any(compared.values()):
        return None
    kept = [(key, row) for key, row in old.items() if key in new or not rules.exact]
    after = [compared[key].after if key in compared else dict(row) for key, row in kept] + [dict(row) for row in added]
    if item.has_secrets:
        return _TableDifference([], tuple(_row_changes(item, item.mkey, compared, added, gone, old)), after)
    return _TableDifference([_writable(item.fields, row) for row in after], (), after)


def _row_changes(
    item: Field,
    mkey: str,
    compared: Mapping[Any, Difference],
    added: Sequence[Values],
    gone: Sequence[Values],
    old: Mapping[Any, Values],
) -> Iterator[RowChange]:
    for row in gone:
        yield RowChange(item, "DELETE", (item.name, row[mkey]))
    for key, change in compared.items():
        path = (item.name, old[key][mkey])
        if change.body:
            yield RowChange(item, "PUT", path, change.body)
        yield from (row.below(*path) for row in change.rows)
    for row in added:
        yield RowChange(item, "POST", (item.name,), dict(row))


def _writable(fields: Mapping[str, Field], row: Values) -> dict[str, Any]:
    """A row as it can be sent back: without what the device computes, with what only the device knows to be a field.

    The rows that are sent replace those that are there, so that a member left out would be lost.
    """
    result: dict[str, Any] = {}
    for name, value in row.items():
        item = fields.get(name)
        if name.startswith("q_") or (item is not None and item.is_computed):
            continue
        if item is None:
            result[name] = value
        elif item.is_table and isinstance(value, list):
            result[name] = [_writable(item.fields, child) for child in value]
        elif item.is_object and isinstance(value, Mapping):
            result[name] = _writable(item.fields, value)
        else:
            result[name] = value
    return result
