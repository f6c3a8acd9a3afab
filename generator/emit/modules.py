# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Modules: documentation of one cmdb endpoint, and a main that hands over to the bridge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hfortix_fortios.schema import Field, Schema

from ..model import Endpoint
from ..texts import describe_endpoint, describe_field, example_yaml, short_description
from . import returns
from .header import HEADER
from .literal import LINE_LENGTH
from .yamltext import dump

COLLECTION = "hfortix.fortios"
IMPORT_ROOT = "ansible_collections.hfortix.fortios.plugins.module_utils"
AUTHOR = "The hfortix.fortios developers (@hfortix)"
VERSION_ADDED = "1.0.0"

_TEMPLATE = """\
#!/usr/bin/python
{header}# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r\"\"\"
---
{documentation}\"\"\"

EXAMPLES = r\"\"\"
---
{examples}\"\"\"

RETURN = r\"\"\"
---
{returns}\"\"\"

from {root}.ansible.main import run
{endpoint_import}


def main() -> None:
    run({class_name})


if __name__ == "__main__":
    main()
"""


def module(endpoint: Endpoint, endpoint_module: str) -> str:
    """The source of the module for a cmdb endpoint whose class is in ``api.<endpoint_module>``."""
    schema = endpoint.schema
    return _TEMPLATE.format(
        header=HEADER,
        documentation=dump(documentation(endpoint)),
        examples=example_yaml(schema).removeprefix("---\n"),
        returns=dump(returns.TABLE if schema.is_table else returns.SINGLETON),
        root=IMPORT_ROOT,
        endpoint_import=_import(f"{IMPORT_ROOT}.hfortix_fortios.api.{endpoint_module}", endpoint.class_name),
        class_name=endpoint.class_name,
    )


def _import(module_: str, name: str) -> str:
    line = f"from {module_} import {name}"
    return line if len(line) <= LINE_LENGTH else f"from {module_} import (\n    {name},\n)"


def documentation(endpoint: Endpoint) -> dict[str, Any]:
    """The module's documentation as data, options that the fragments document left out."""
    schema = endpoint.schema
    return {
        "module": endpoint.module,
        "short_description": short_description(schema),
        "version_added": VERSION_ADDED,
        "description": describe_endpoint(schema),
        "author": [AUTHOR],
        "extends_documentation_fragment": [f"{COLLECTION}.{name}" for name in _fragments(schema)],
        "options": {"config": _config(schema)},
    }


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
