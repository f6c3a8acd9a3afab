# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples of all modules are tasks that a playbook could hold."""

from __future__ import annotations

import re

import pytest
import yaml

from generator.examples import example_yaml, tasks

from .conftest import SCHEMAS

STATES = {"merged", "replaced", "overridden", "deleted", "gathered"}


@pytest.mark.parametrize("path", SCHEMAS)
def test_examples_are_tasks(path: str) -> None:
    schema = SCHEMAS[path]
    text = example_yaml(schema)
    found = yaml.safe_load(text)
    assert found == tasks(schema)
    names = [task["name"] for task in found]
    assert len(set(names)) == len(names)
    module = f"hfortix.fortios.{schema.name}"
    for task in found:
        assert set(task) == {"name", module}
        assert task["name"][0].isupper()
        assert not task["name"].endswith(".")
        arguments = task[module]
        assert arguments["state"] in STATES
        assert isinstance(arguments.get("config", []), list if schema.is_table else (dict, list))
    assert "{{" not in text
    assert not re.search(r"[ \t]+$", text, re.MULTILINE)
    assert max(map(len, text.splitlines())) <= 140


def test_tables_show_the_states_one_by_one() -> None:
    schema = SCHEMAS["firewall/address"]
    states = [task["hfortix.fortios.firewall_address"]["state"] for task in tasks(schema)]
    assert states == ["merged", "replaced", "overridden", "deleted", "gathered"]


def test_movable_tables_show_placement() -> None:
    assert "placement: " in example_yaml(SCHEMAS["firewall/policy"])


def test_predefined_rows_are_neither_created_nor_deleted() -> None:
    states = [task["hfortix.fortios.ips_rule"]["state"] for task in tasks(SCHEMAS["ips/rule"])]
    assert "deleted" not in states
