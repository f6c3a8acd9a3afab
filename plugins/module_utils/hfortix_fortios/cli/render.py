# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Data in the shape of the API as FortiOS configuration text, printed as the device prints it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..schema import Field, Schema
from .lexer import split_value
from .values import is_member_list, write, write_key

_INDENT = "    "


def render(schema: Schema, rows: Sequence[Mapping[str, Any]] | Mapping[str, Any], *, full: bool = False) -> str:
    """The text of one ``config`` section, line end included.

    `rows` are the rows of a table, or the one object of a singleton (alone or in a list), in wire names. What the row
    does not hold is not printed. As in ``show``, values that equal their defaults, read-only fields and empty values
    are left out; with `full`, everything that the row holds is printed. Meta fields (``q_origin_key`` ...) never are.

    :raises ValueError: a row has a field that the schema lacks, or no key
    """
    items = [rows] if isinstance(rows, Mapping) else list(rows)
    printer = _Printer(full)
    if not schema.is_table:
        merged = {name: value for item in items for name, value in item.items()}
        lines = printer.block(f"config {schema.cli_path}", printer.fields(schema.path, schema.fields, merged))
    else:
        # A row of the device's own with a name is entered directly: config system replacemsg mail "virus-text".
        direct = schema.predefined and schema.key.type != "integer"
        lines = printer.rows(f"config {schema.cli_path}", schema.path, schema.fields, schema.mkey, items, direct)
    return "".join(line + "\n" for line in lines)


class _Printer:
    def __init__(self, full: bool) -> None:
        self._full = full

    def block(self, header: str, lines: Iterator[str], last: str = "end") -> Iterator[str]:
        yield header
        for line in lines:
            # Only the first line of a string of several lines is indented: the others are its content.
            yield _INDENT + line
        yield last

    def rows(
        self,
        header: str,
        where: str,
        fields: Mapping[str, Field],
        mkey: str | None,
        rows: Sequence[Mapping[str, Any]],
        direct: bool,
    ) -> Iterator[str]:
        """A table: one block with its rows, or a block for each row where rows are entered directly or have no key."""
        if mkey is None:
            for row in rows or [{}]:
                yield from self.block(header, self.fields(where, fields, row))
        elif direct:
            for row in rows:
                name = f"{header} {self._key(where, fields[mkey], row)}"
                yield from self.block(name, self.fields(where, fields, row, mkey))
        else:
            yield from self.block(header, self._edits(where, fields, mkey, rows))

    def _edits(
        self, where: str, fields: Mapping[str, Field], mkey: str, rows: Sequence[Mapping[str, Any]]
    ) -> Iterator[str]:
        for row in rows:
            header = f"edit {self._key(where, fields[mkey], row)}"
            yield from self.block(header, self.fields(where, fields, row, mkey), "next")

    def _key(self, where: str, key: Field, row: Mapping[str, Any]) -> str:
        value = row.get(key.name)
        if value is None and key.type != "integer":
            raise ValueError(f"a row of {where} has no {key.name}, which is its key")
        return write_key(key, value or 0) if key.type == "integer" else write_key(key, value)

    def fields(
        self, where: str, fields: Mapping[str, Field], row: Mapping[str, Any], mkey: str | None = None
    ) -> Iterator[str]:
        """The lines inside a row or an object, in the order of the schema."""
        unknown = [name for name in row if name not in fields and not name.startswith("q_")]
        if unknown:
            raise ValueError(f"{where} has no field {', '.join(map(repr, unknown))}")
        for name, field in fields.items():
            if name != mkey and row.get(name) is not None:
                yield from self._field(f"{where}/{name}", field, row[name])

    def _field(self, where: str, field: Field, value: Any) -> Iterator[str]:
        if field.is_object:
            lines = list(self.fields(where, field.fields, value))
            if lines or self._full:
                yield from self.block(f"config {field.name}", iter(lines))
        elif field.is_table and not _on_one_line(field):
            yield from self._table(where, field, value)
        elif self._full or not (field.readonly or is_default(field, value)):
            words = write(field, value)
            if words:
                yield f"set {field.name} {' '.join(words)}"
            elif self._full or field.default:
                # Empty, though the default is not.
                yield f"unset {field.name}" if field.multiple or field.is_table else f"set {field.name} ''"

    def _table(self, where: str, field: Field, value: Sequence[Any]) -> Iterator[str]:
        if field.is_computed and not self._full:
            return
        rows: list[Mapping[str, Any]] = [row if isinstance(row, Mapping) else {field.mkey or "": row} for row in value]
        if rows or self._full:
            # The device made the rows, and each is entered directly.
            direct = field.readonly and bool(rows)
            yield from self.rows(f"config {field.name}", where, field.fields, field.mkey, rows, direct)


def is_default(field: Field, value: Any) -> bool:
    """The value is what the device has when nothing is set; values of several words compare as sets."""
    if field.is_table or field.is_object:
        return not value
    if field.multiple:
        words = value if isinstance(value, (list, tuple)) else split_value(str(value))
        return {str(word) for word in words} == set(split_value(str(field.empty())))
    if field.default is None and field.type == "integer":
        return False
    return str(value) == str(field.empty())


def _on_one_line(field: Field) -> bool:
    """A list of names stands on one line; rows whose key is an address are edited one by one."""
    return is_member_list(field) and not field.fields[field.mkey or ""].type.startswith("ipv")
