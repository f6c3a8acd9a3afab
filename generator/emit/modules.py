# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The modules of the configuration."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hfortix_fortios.schema import Field, Schema

from ..model import Endpoint
from ..texts import describe_endpoint, describe_field, example_yaml, short_description
from . import returns
from .module_file import source


def module(endpoint: Endpoint, endpoint_module: str) -> str:
    """The source of the module for a cmdb endpoint whose class is in ``api.<endpoint_module>``."""
    schema = endpoint.schema
    return source(
        endpoint,
        endpoint_module,
        bridge="configuration",
        documentation={
            "short_description": short_description(schema),
            "description": describe_endpoint(schema),
            "fragments": _fragments(schema),
            "options": {"config": _config(schema)},
        },
        examples=example_yaml(schema),
        returns=returns.TABLE if schema.is_table else returns.SINGLETON,
    )


def _fragments(schema: Schema) -> list[str]:
    kind = "table" if schema.is_table else "singleton"
    return ["attributes", "connection", "common", kind, *(["movable"] if schema.movable else [])]


def _config(schema: Schema) -> dict[str, Any]:
    if not schema.is_table:
        return {
            "description": ["The settings to work on."],
            "type": "dict",
            "suboptions": _options(schema, (), schema.fields, None),
        }
    return {
        "description": ["The objects to work on, each with its key."],
        "type": "list",
        "elements": "dict",
        "suboptions": _options(schema, (), schema.fields, required_key(schema)),
    }


def required_key(schema: Schema) -> str | None:
    """The key that each row must hold; rows with an integer key can be found by their name as well."""
    by_name = schema.key.type == "integer" and "name" in schema.fields
    return None if by_name else schema.mkey


def _options(schema: Schema, path: tuple[str, ...], fields: Mapping[str, Field], key: str | None) -> dict[str, Any]:
    return {field.option: _option(schema, (*path, field.name), field, field.name == key) for field in fields.values()}


def _option(schema: Schema, path: tuple[str, ...], field: Field, required: bool) -> dict[str, Any]:
    option: dict[str, Any] = {"description": describe_field(schema, path, field)}
    if field.is_name_list:
        option |= {"type": "list", "elements": "raw"}
    elif field.is_table:
        option |= {"type": "list", "elements": "dict"}
    elif field.is_object:
        option["type"] = "dict"
    else:
        plain = "int" if field.type == "integer" else "str"
        option |= {"type": "list", "elements": plain} if field.multiple else {"type": plain}
        if field.type == "option" and field.options:
            option["choices"] = list(dict.fromkeys(field.options))
    if required:
        option["required"] = True
    if option.get("elements") == "dict" or field.is_object:
        option["suboptions"] = _options(schema, path, field.fields, field.mkey if field.is_table else None)
    return option
