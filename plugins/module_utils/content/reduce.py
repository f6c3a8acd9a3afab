# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""From objects as a device or a text has them to what makes them: no defaults, no secrets, nothing computed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..hfortix_fortios.names import option_name
from ..hfortix_fortios.schema import Field, Schema
from ..hfortix_fortios.values import holds_secret, problems, same
from .part import Content, Omission, Part, Secret, Values

UNKNOWN = "the collection does not know this field"
COMPUTED = "the device computes it"
CHOSEN = "it tells this device and its objects from all others, so that another cannot have it"

_NOT_WORD = re.compile(r"\W+")


class Placeholder(str):
    """The name of a variable that stands for a value."""

    __slots__ = ()


class Reducer:
    """Makes parts of content, and notes there what they lack.

    With `variables`, each secret is replaced by a variable. With `defaults`, values that are the default are kept.
    """

    def __init__(self, content: Content, *, variables: bool = False, defaults: bool = False) -> None:
        self.content = content
        self._variables = variables
        self.keeps_defaults = defaults
        self._taken: set[str] = set()

    def add(
        self, vdom: str, schema: Schema, rows: Iterable[Mapping[str, Any]], defaults: Mapping[str, Any] | None = None
    ) -> None:
        """Add what `vdom` has of an endpoint. `defaults` are the device's own; where it tells none, the catalogue's."""
        work = _Work(self, vdom, schema)
        reduced = []
        for row in rows:
            values = work.row(row, defaults or {})
            if values is not None:
                reduced.append(values)
        if reduced:
            self.content.parts.append(Part(vdom, schema, reduced))
        self.content.omissions += work.omissions()

    def secret(self, vdom: str, schema: Schema, key: Any, where: str, *, several: bool) -> Placeholder | None:
        """Note a secret; the variable to put in its place, if any. One cannot stand for `several`."""
        variable = self._name(vdom, schema.name, key, where) if self._variables and not several else ""
        self.content.secrets.append(Secret(vdom, schema.name, key, where, variable))
        return Placeholder(variable) if variable else None

    def _name(self, *words: Any) -> str:
        """A name for a variable that no other secret has."""
        base = _NOT_WORD.sub("_", "_".join(["secret", *(str(word) for word in words if word is not None)])).lower()
        name, number = base, 1
        while name in self._taken:
            number += 1
            name = f"{base}_{number}"
        self._taken.add(name)
        return name


class _Work:
    """One endpoint of one virtual domain, and what its objects lose: keys by field and reason."""

    def __init__(self, reducer: Reducer, vdom: str, schema: Schema) -> None:
        self._reducer = reducer
        self._vdom = vdom
        self._schema = schema
        self._lost: dict[tuple[str, str], dict[Any, None]] = {}
        self._key: Any = None

    def row(self, row: Mapping[str, Any], defaults: Mapping[str, Any]) -> Values | None:
        """What makes the object; None if there is nothing to tell of it, or if it cannot be told."""
        schema, mkey = self._schema, self._schema.mkey
        self._key = row.get(mkey) if mkey else None
        if mkey:
            wrong = "" if self._key in (None, "") else self._problem(schema.key, self._key)
            if self._key in (None, "") or wrong:
                self._lose("", f"its key {wrong or 'is empty'}")
                return None
        values = self._values(schema.fields, row, defaults, mkey, "")
        own = mkey is not None and (schema.predefined or str(self._key) in schema.builtin)
        if len(values) == (mkey is not None) and (mkey is None or own) and not self._reducer.keeps_defaults:
            return None
        return values

    def omissions(self) -> Iterator[Omission]:
        for (field, reason), keys in self._lost.items():
            known = [key for key in keys if key is not None]
            yield Omission(self._vdom, self._schema.name, reason, field, known)

    def _lose(self, field: str, reason: str) -> None:
        self._lost.setdefault((field, reason), {})[self._key] = None

    def _values(
        self,
        fields: Mapping[str, Field],
        row: Mapping[str, Any],
        defaults: Mapping[str, Any],
        mkey: str | None,
        above: str,
    ) -> Values:
        result: Values = {}
        order = [*(name for name in fields if name in row), *(name for name in row if name not in fields)]
        for name in order:
            value = row[name]
            if name.startswith("q_") or value is None:
                continue
            where = f"{above}{option_name(name)}"
            field = fields.get(name)
            if name == mkey:
                result[name] = value
            elif field is None:
                if value not in ("", 0, [], {}):
                    self._lose(where, UNKNOWN)
            elif holds_secret(field, value):
                placeholder = self._secret(field, value, where)
                if placeholder is not None:
                    result[name] = placeholder
            else:
                kept = self._value(field, value, defaults, where)
                if kept is not None:
                    result[name] = kept
        return result

    def _secret(self, field: Field, value: Any, where: str) -> Placeholder | None:
        if not value:
            return None
        return self._reducer.secret(self._vdom, self._schema, self._key, where, several=field.multiple)

    def _value(self, field: Field, value: Any, defaults: Mapping[str, Any], where: str) -> Any:
        """The value to keep; None if it is the default, or cannot be carried."""
        if self._is_default(field, value, defaults):
            return None
        if reason := _not_to_be_set(field):
            self._lose(where, reason)
            return None
        if field.is_table:
            rows = [self._values(field.fields, row, {}, field.mkey, f"{where}.") for row in value]
            if field.is_fixed:
                rows = [row for row in rows if len(row) > 1]
            value = rows or None
        elif field.is_object:
            inner = defaults.get(field.name)
            known = inner if isinstance(inner, Mapping) else {}
            return self._values(field.fields, value, known, None, f"{where}.") or None
        problem = self._problem(field, value)
        if problem:
            self._lose(where, problem)
            return None
        return value

    def _is_default(self, field: Field, value: Any, defaults: Mapping[str, Any]) -> bool:
        if field.is_table or field.is_object:
            return not value
        if field.type == "option" and not field.multiple and value == "":
            return True
        to_be_kept = self._reducer.keeps_defaults and not _not_to_be_set(field)
        return not to_be_kept and same(field, value, defaults.get(field.name))

    def _problem(self, field: Field, value: Any) -> str:
        return next((problem.reason for problem in problems(field, value)), "")


def _not_to_be_set(field: Field) -> str:
    """Why a value of the field is of no use elsewhere; empty if it is."""
    if (field.readonly or field.automatic) and (field.name == "uuid" or field.type in ("uuid", "mac-address")):
        return CHOSEN
    return COMPUTED if field.is_computed else ""
