# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Between the playbook's shape (option names, plain names) and the API's (wire names, rows)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..hfortix_fortios.errors import MASK
from ..hfortix_fortios.names import option_name
from ..hfortix_fortios.schema import Field, Schema
from ..hfortix_fortios.values import (
    ValueProblem,
    field_problems,
    join_words,
    to_wire,
    unknown_field,
    words,
)
from .task import TaskError

Fields = Mapping[str, Field]
Values = dict[str, Any]


def from_config(schema: Schema, config: Any) -> list[Values]:
    """The objects of a `config` option in wire form; one object for a singleton.

    :raises TaskError: names every field that is unknown or has a value it cannot take
    """
    items = config if isinstance(config, list) else [config or {}]
    found: list[ValueProblem] = []
    objects = []
    for index, item in enumerate(items):
        where = f"config[{index}]" if schema.is_table else "config"
        try:
            wire = _object_from_config(schema.by_option, item, where)
        except ValueProblem as problem:
            found.append(problem)
            continue
        found.extend(
            ValueProblem(in_options(problem.path), problem.reason)
            for problem in field_problems(schema.fields, wire, where)
        )
        objects.append(wire)
    if found:
        raise TaskError("Nothing was sent to the device. " + " ".join(f"{problem}." for problem in found))
    return objects


def in_options(path: str) -> str:
    """A path of wire names (``config[0].start-ip``) in option names, as the playbook has them."""
    return ".".join(option_name(part) if "[" not in part else _indexed(part) for part in path.split("."))


def _indexed(part: str) -> str:
    name, _bracket, index = part.partition("[")
    return f"{option_name(name)}[{index}"


def _object_from_config(by_option: Fields, item: Mapping[str, Any], path: str) -> Values:
    """One object: option names to wire names; None, which stands for an option that was not given, is left out."""
    wire: Values = {}
    for name, value in item.items():
        if value is None:
            continue
        where = f"{path}.{name}"
        field = by_option.get(name) or by_option.get(option_name(name))
        if field is None:
            raise unknown_field(name, by_option, path)
        if field.is_secret and value == MASK:
            raise ValueProblem(
                where, "holds the mask that stands for a secret in results; give the secret itself or leave it out"
            )
        wire[field.name] = _value_from_config(field, value, where)
    return wire


def _by_option(field: Field) -> Fields:
    return {child.option: child for child in field.fields.values()}


def _value_from_config(field: Field, value: Any, path: str) -> Any:
    if field.is_object and isinstance(value, Mapping):
        return _object_from_config(_by_option(field), value, path)
    if field.is_table and isinstance(value, (list, tuple)):
        return [row for index, item in enumerate(value) for row in _rows_from_config(field, item, f"{path}[{index}]")]
    return to_wire(field, value, path)


def _rows_from_config(field: Field, item: Any, path: str) -> Iterator[Values]:
    if isinstance(item, Mapping):
        yield _object_from_config(_by_option(field), item, path)
    else:
        yield from to_wire(field, [item], path)


def to_config(fields: Fields, wire: Mapping[str, Any]) -> Values:
    """An object from the device in the shape of `config`, so that it can be written back.

    Rows that are nothing but a name become that name, several values in one string become a list, ``q_...``
    members and options without a value go. Fields that the catalogue does not know keep their value.
    """
    result: Values = {}
    for name, value in wire.items():
        if name.startswith("q_"):
            continue
        field = fields.get(name)
        if field is None or not _is_unset_option(field, value):
            result[option_name(name)] = value if field is None else _value_to_config(field, value)
    return result


def _is_unset_option(field: Field, value: Any) -> bool:
    """The device says "" for an option that nobody has chosen; no playbook could."""
    return value == "" and field.type == "option" and not field.multiple


def _value_to_config(field: Field, value: Any) -> Any:
    if field.is_table and isinstance(value, list):
        if field.is_name_list and field.mkey is not None:
            return [row.get(field.mkey) for row in value]
        return [to_config(field.fields, row) for row in value]
    if field.is_object and isinstance(value, Mapping):
        return to_config(field.fields, value)
    if field.multiple:
        items = words(value)
        if field.type == "integer":
            return [int(item) if item.lstrip("-").isdigit() else item for item in items]
        return items if field.type == "string" else [join_words([item]) for item in items]
    return value
