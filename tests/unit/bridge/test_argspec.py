# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Argument specifications: types and flags per kind of field, and agreement with the shared documentation."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ansible_collections.hfortix.fortios.plugins.doc_fragments import (
    common,
    connection,
    movable,
    singleton,
    table,
)
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.argspec import (
    connection_spec,
    constraints,
    singleton_spec,
    table_spec,
)
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.schema import Schema

FIELDS: dict[str, Any] = {
    "name": {"type": "string", "max_length": 35},
    "rank": {"type": "integer", "min": 0, "max": 9},
    "ports": {"type": "integer", "multiple": True},
    "status": {"type": "option", "options": ["enable", "disable", "enable"]},
    "allowaccess": {"type": "option", "options": ["ping", "https"], "multiple": True},
    "servers": {"type": "string", "multiple": True},
    "psksecret": {"type": "password"},
    "keylife": {"type": "integer"},
    "key-list": {"type": "table", "mkey": "id", "fields": {"id": {"type": "integer"}, "secret": {"type": "password"}}},
    "member": {"type": "table", "mkey": "name", "fields": {"name": {"type": "string"}}},
    "802-1X-settings": {"type": "object", "fields": {"mode": {"type": "string"}}},
    "uuid": {"type": "uuid", "readonly": True},
}
TABLE = Schema.from_facts({"path": "a/table", "kind": "table", "mkey": "name", "fields": FIELDS})
SINGLETON = Schema.from_facts({"path": "an/object", "kind": "object", "fields": FIELDS})


def row(schema: Schema = TABLE) -> dict[str, Any]:
    options: dict[str, Any] = table_spec(schema)["config"]["options"]
    return options


@pytest.mark.parametrize(
    ("option", "spec"),
    [
        ("name", {"type": "str", "required": True}),
        ("rank", {"type": "int"}),
        ("ports", {"type": "list", "elements": "int"}),
        ("status", {"type": "str", "choices": ["enable", "disable"]}),
        ("allowaccess", {"type": "list", "elements": "str", "choices": ["ping", "https"]}),
        ("servers", {"type": "list", "elements": "str"}),
        ("member", {"type": "list", "elements": "raw"}),
        ("d802_1x_settings", {"type": "dict", "options": {"mode": {"type": "str"}}}),
        ("uuid", {"type": "str"}),
    ],
)
def test_a_field_has_the_type_of_its_values(option: str, spec: dict[str, Any]) -> None:
    assert row()[option] == spec


def test_secrets_are_kept_out_of_logs_and_what_only_sounds_secret_is_not() -> None:
    assert row()["psksecret"] == {"type": "str", "no_log": True}
    assert row()["keylife"] == {"type": "int", "no_log": False}
    assert row()["key_list"] == {
        "type": "list",
        "elements": "dict",
        "no_log": False,
        "options": {"id": {"type": "int", "required": True}, "secret": {"type": "str", "no_log": True}},
    }


def test_an_integer_key_may_be_left_out_where_rows_have_names() -> None:
    facts = {"policyid": {"type": "integer"}, "name": {"type": "string"}}
    named = Schema.from_facts({"path": "a/policy", "kind": "table", "mkey": "policyid", "fields": facts})
    nameless = Schema.from_facts(
        {"path": "a/route", "kind": "table", "mkey": "policyid", "fields": {"policyid": {"type": "integer"}}}
    )
    assert "required" not in row(named)["policyid"]
    assert row(nameless)["policyid"]["required"] is True


def test_a_singleton_takes_one_object_and_requires_no_field_of_it() -> None:
    spec = singleton_spec(SINGLETON)
    assert spec["config"]["type"] == "dict"
    assert not any(option.get("required") for option in spec["config"]["options"].values())
    assert spec["state"]["choices"] == ["merged", "replaced", "gathered", "rendered", "parsed"]
    assert not {"parallel", "transaction", "placement", "ordered"} & set(spec)


def test_only_movable_tables_can_be_ordered() -> None:
    moved = Schema.from_facts({"path": "a/t", "kind": "table", "mkey": "name", "movable": True, "fields": FIELDS})
    assert {"placement", "ordered"} <= set(table_spec(moved))
    assert not {"placement", "ordered"} & set(table_spec(TABLE))


def documented(*fragments: Any) -> dict[str, Any]:
    options: dict[str, Any] = {}
    for fragment in fragments:
        options |= yaml.safe_load(fragment.ModuleDocFragment.DOCUMENTATION)["options"]
    return {
        name: {key: value for key, value in facts.items() if key != "description"} for name, facts in options.items()
    }


def shown(spec: dict[str, Any]) -> dict[str, Any]:
    """What documentation says of a specification."""
    hidden = ("no_log", "fallback")
    return {
        name: {key: value for key, value in facts.items() if key not in hidden}
        for name, facts in spec.items()
        if name != "config"
    }


def test_the_shared_documentation_says_what_the_specification_does() -> None:
    moved = Schema.from_facts({"path": "a/t", "kind": "table", "mkey": "name", "movable": True, "fields": FIELDS})
    assert shown(table_spec(moved)) == documented(table, movable, common, connection)
    assert shown(table_spec(TABLE)) == documented(table, common, connection)
    assert shown(singleton_spec(SINGLETON)) == documented(singleton, common, connection)


def test_documentation_names_the_environment_variables() -> None:
    options = yaml.safe_load(connection.ModuleDocFragment.DOCUMENTATION)["options"]
    for name, spec in connection_spec().items():
        for variable in spec["fallback"][1]:
            assert f"E({variable})" in " ".join(options[name]["description"])


def validate(schema: Schema, **arguments: Any) -> list[str]:
    spec = table_spec(schema) if schema.is_table else singleton_spec(schema)
    messages: list[str] = ArgumentSpecValidator(spec, **constraints(schema)).validate(arguments).error_messages
    return messages


@pytest.mark.parametrize("state", ["merged", "replaced", "overridden", "deleted", "rendered"])
def test_states_that_want_something_need_config(state: str) -> None:
    assert validate(TABLE, state=state) == [f"state is {state} but all of the following are missing: config"]
    assert validate(TABLE, state=state, config=[{"name": "x"}]) == []


def test_the_other_states_do_not() -> None:
    assert validate(TABLE, state="gathered") == []
    assert validate(SINGLETON, state="gathered") == []
    assert validate(TABLE, state="parsed") == ["state is parsed but all of the following are missing: running_config"]
    assert validate(TABLE, state="parsed", running_config="x") == []


def test_config_and_running_config_exclude_each_other() -> None:
    messages = validate(TABLE, config=[], running_config="x")
    assert messages == ["parameters are mutually exclusive: config|running_config"]


def test_connection_options_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORTIOS_HOST", "fw1")
    monkeypatch.setenv("FORTIOS_PORT", "8443")
    monkeypatch.setenv("FORTIOS_ACCESS_TOKEN", "second")
    monkeypatch.setenv("FORTIOS_VALIDATE_CERTS", "no")
    result = ArgumentSpecValidator(connection_spec()).validate({})
    params = result.validated_parameters
    assert (params["host"], params["port"], params["token"]) == ("fw1", 8443, "second")
    assert params["validate_certs"] is False
    assert result._no_log_values == {"second"}
    monkeypatch.setenv("FORTIOS_TOKEN", "first")
    assert ArgumentSpecValidator(connection_spec()).validate({}).validated_parameters["token"] == "first"
