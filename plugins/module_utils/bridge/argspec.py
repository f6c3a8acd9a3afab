# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The argument specification of a module, made from the facts of its endpoint.

The generated documentation says the same as what is built here; ansible-test's validate-modules compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ansible.module_utils.basic import env_fallback

from ..hfortix_fortios.schema import Field, Schema

Spec = dict[str, Any]

TABLE_STATES = ("merged", "replaced", "overridden", "deleted", "gathered", "rendered", "parsed")
SINGLETON_STATES = ("merged", "replaced", "gathered", "rendered", "parsed")

#: States that say something about the device, or about text, without being told what it should hold.
_STATES_WITHOUT_CONFIG = frozenset({"gathered", "parsed"})

#: Names that Ansible takes for secrets unless the specification says otherwise.
_LOOKS_SECRET = re.compile(r"pass(?!ive)|secret|token|key", re.IGNORECASE)


def connection_spec() -> Spec:
    """The options of a direct connection, each of which can come from the environment."""
    return {
        "host": _from_environment("FORTIOS_HOST", type="str"),
        "port": _from_environment("FORTIOS_PORT", type="int"),
        "token": _from_environment("FORTIOS_TOKEN", "FORTIOS_ACCESS_TOKEN", type="str", no_log=True),
        "username": _from_environment("FORTIOS_USERNAME", type="str"),
        "password": _from_environment("FORTIOS_PASSWORD", type="str", no_log=True),
        "validate_certs": _from_environment("FORTIOS_VALIDATE_CERTS", type="bool", default=True),
        "ca_path": _from_environment("FORTIOS_CA_PATH", type="path"),
        "timeout": _from_environment("FORTIOS_TIMEOUT", type="int", default=30),
    }


def table_spec(schema: Schema) -> Spec:
    """The argument specification of the module that manages the table `schema`."""
    spec: Spec = {
        "config": {"type": "list", "elements": "dict", "options": _row_spec(schema.fields, _required_key(schema))},
        "state": {"type": "str", "choices": list(TABLE_STATES), "default": "merged"},
        **_common_spec(),
        "parallel": {"type": "int"},
        "transaction": {"type": "bool", "default": False},
    }
    if schema.movable:
        spec |= {"placement": {"type": "raw"}, "ordered": {"type": "bool", "default": False}}
    return spec | connection_spec()


def singleton_spec(schema: Schema) -> Spec:
    """The argument specification of the module that manages the single object `schema`."""
    return {
        "config": {"type": "dict", "options": _row_spec(schema.fields, None)},
        "state": {"type": "str", "choices": list(SINGLETON_STATES), "default": "merged"},
        **_common_spec(),
        **connection_spec(),
    }


def constraints(schema: Schema) -> dict[str, Any]:
    """What must go together, under the names that AnsibleModule and ArgumentSpecValidator give it."""
    states = TABLE_STATES if schema.is_table else SINGLETON_STATES
    need_config = [("state", state, ["config"]) for state in states if state not in _STATES_WITHOUT_CONFIG]
    return {
        "required_if": [*need_config, ("state", "parsed", ["running_config"])],
        "mutually_exclusive": [("config", "running_config")],
    }


def _common_spec() -> Spec:
    return {
        "vdom": {"type": "str"},
        # The text may hold secrets, so it must not stand in logs as an argument of the module.
        "running_config": {"type": "str", "no_log": True},
        "update_secrets": {"type": "str", "choices": ["always", "on_create"], "default": "on_create", "no_log": False},
        "version_check": {"type": "str", "choices": ["warn", "fail", "ignore"], "default": "fail"},
    }


def _from_environment(*names: str, **spec: Any) -> Spec:
    return {**spec, "fallback": (env_fallback, list(names))}


def _required_key(schema: Schema) -> str | None:
    """The key that every row must hold. Rows with an integer key can also be found by their name."""
    by_name = schema.key.type == "integer" and "name" in schema.fields
    return None if by_name else schema.mkey


def _row_spec(fields: Mapping[str, Field], required: str | None) -> Spec:
    return {field.option: _field_spec(field, required=field.name == required) for field in fields.values()}


def _field_spec(field: Field, *, required: bool) -> Spec:
    spec = _value_spec(field)
    if required:
        spec["required"] = True
    return spec | no_log(field.option, secret=field.is_secret)


def no_log(option: str, *, secret: bool) -> Spec:
    """What keeps a secret out of logs, or tells Ansible that an option is none though its name looks like it."""
    return {"no_log": secret} if secret or _LOOKS_SECRET.search(option) else {}


def _value_spec(field: Field) -> Spec:
    if field.is_name_list:
        return {"type": "list", "elements": "raw"}
    if field.is_table:
        return {"type": "list", "elements": "dict", "options": _row_spec(field.fields, field.mkey)}
    if field.is_object:
        return {"type": "dict", "options": _row_spec(field.fields, None)}
    spec: Spec = {"type": "int" if field.type == "integer" else "str"}
    if field.multiple:
        spec = {"type": "list", "elements": spec["type"]}
    if field.type == "option" and field.options:
        spec["choices"] = list(dict.fromkeys(field.options))
    return spec
