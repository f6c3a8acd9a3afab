# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is emitted reads back as what was meant: YAML, Python literals, runtime.yml, types."""

from __future__ import annotations

import ast
import string
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.emit import literal, runtime, yamltext
from generator.emit.types import TypeNames
from generator.jsontext import dump
from hfortix_fortios.schema import Field

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1).map(
    lambda text: " ".join(text.split()) or "-"
)
TRICKY = st.sampled_from(
    ["no", "Null", "1_000", "802_1", "a: b", "a #b", "- a", "", " ", "0x1f", "1e3", "~", "on", "a:", '"']
)
VALUES = st.one_of(st.text(string.printable.replace("\x0b", "").replace("\x0c", "").replace("\r", "")), TRICKY)
JSON = st.recursive(
    st.one_of(st.text(), st.integers(), st.booleans()),
    lambda inner: st.one_of(st.lists(st.text(), max_size=30), st.dictionaries(st.text(), inner, max_size=6)),
    max_leaves=30,
)


@settings(deadline=None)
@given(st.one_of(VALUES, st.integers(), st.booleans()))
def test_a_short_value_reads_back(value: Any) -> None:
    text = yamltext.scalar(value)
    assert yaml.safe_load(text) == value
    assert yaml.safe_load(f"[{text}, {text}]") == [value, value]


@settings(deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=40).map(" ".join), st.integers(0, 40))
def test_prose_reads_back_on_lines_of_its_width(sentence: str, depth: int) -> None:
    pad = " " * depth
    for sentences in ([sentence], [sentence, "Another one."]):
        text = yamltext.dump({"description": sentences}, depth)
        found = yaml.safe_load("".join(line.removeprefix(pad) + "\n" for line in text.splitlines()))["description"]
        assert (found if isinstance(found, list) else [found]) == sentences
        longest = max(map(len, sentence.split()))
        assert all(len(line) <= max(yamltext.WIDTH, longest + depth + 4) for line in text.splitlines())


@settings(deadline=None)
@given(st.lists(VALUES, min_size=1, max_size=60))
def test_a_list_of_choices_reads_back(choices: list[str]) -> None:
    assert yaml.safe_load(yamltext.dump({"choices": choices})) == {"choices": choices}


def test_documentation_reads_back_whatever_options_are_called() -> None:
    options = {
        name: {"description": ["What it is."], "type": "str", "choices": ["no", "0"]}
        for name in ("description", "choices", "yes", "d80211k", "type")
    }
    assert yaml.safe_load(yamltext.dump({"options": options}))["options"] == {
        name: {**option, "description": "What it is."} for name, option in options.items()
    }


@settings(deadline=None)
@given(JSON)
def test_facts_read_back_from_python(value: Any) -> None:
    text = literal.expression(value, indent=4, used=29)
    assert ast.literal_eval(text) == value


def test_long_lists_fill_lines() -> None:
    text = literal.expression({"options": [f"option-{number}" for number in range(60)]}, indent=0, used=0)
    assert max(map(len, text.splitlines())) <= literal.LINE_LENGTH
    assert len(text.splitlines()) < 15


@settings(deadline=None)
@given(JSON)
def test_a_catalogue_file_reads_back(value: Any) -> None:
    import json

    assert json.loads(dump(value)) == value


def test_runtime_groups_and_routes_every_module() -> None:
    text = yaml.safe_load(runtime.runtime(["b", "a"], action_plugin=None))
    assert text["action_groups"] == {"fortios": ["a", "b"]}
    assert text["plugin_routing"]["modules"] == {
        "fortios_a": {"redirect": "hfortix.fortios.a"},
        "fortios_b": {"redirect": "hfortix.fortios.b"},
    }


def test_runtime_names_the_action_plugin_where_there_is_one() -> None:
    routing = yaml.safe_load(runtime.runtime(["b", "a", "c"], action_plugin="x.y.z"))["plugin_routing"]
    assert [routing["modules"][name] for name in "abc"] == [{"action_plugin": "x.y.z"}] * 3


def types_of(fields: dict[str, Any]) -> str:
    names = TypeNames("Thing")
    schema = {name: Field.from_facts(name, facts) for name, facts in fields.items()}
    names.item(schema)
    names.keywords(schema)
    return "".join(names.definitions)


def test_a_name_list_takes_names_and_rows() -> None:
    text = types_of({"member": {"type": "table", "mkey": "name", "fields": {"name": {"type": "string"}}}})
    assert "member: list[ThingMember]" in text
    assert "member: str | Sequence[str | ThingMember]" in text


def test_names_on_the_wire_stay_and_keywords_are_identifiers() -> None:
    text = types_of({"80211k": {"type": "integer"}, "as": {"type": "string"}})
    assert '"80211k": int' in text
    assert "        _80211k: int\n        as_: str\n" in text


def test_child_tables_whose_names_run_together_have_types_of_their_own() -> None:
    rows = {"type": "table", "mkey": "id", "fields": {"id": {"type": "integer"}}}
    text = types_of({"a-b": {**rows}, "a": {"type": "object", "fields": {"b": {**rows}}}, "item": {**rows}})
    assert "ThingAB" in text
    assert "ThingAB2" in text
    assert "class ThingItem(" in text
    assert '"ThingItem2"' in text or "class ThingItem2(" in text
