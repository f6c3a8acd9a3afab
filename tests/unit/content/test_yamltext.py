# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""YAML that Ansible reads back as the same data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ansible.parsing.dataloader import DataLoader
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.hfortix.fortios.plugins.module_utils.content.reduce import Placeholder
from ansible_collections.hfortix.fortios.plugins.module_utils.content.yamltext import Template, dump, load
from ansible_collections.hfortix.fortios.plugins.module_utils.resource.task import TaskError

#: Text as YAML and Jinja may mistake it, and any other text that a device can hold.
TEXTS = st.one_of(
    st.sampled_from(["yes", "no", "on", "~", "null", "0123", "0x1f", "1e3", "12:30", "2026-01-02", "1_000", "<<", "="]),
    st.sampled_from(
        ["{{ x }}", "{% if %}", "{# no #}", "a: b # c", "- a", "!tag", "&a", "*a", "%x", "@", "`", "|", ">"]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.text(" \t\r\n\x85\u2028ab'\"\\:#{%", max_size=30),
)
DATA = st.recursive(
    st.one_of(TEXTS, st.integers(), st.booleans()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.from_regex(r"[a-z_]{1,9}"), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.from_regex(r"\A[a-z_]{1,9}\Z"), DATA, min_size=1, max_size=3))
def test_what_is_written_is_what_is_read(data: dict[str, Any]) -> None:
    assert load(dump(data), "") == data


@given(DATA)
def test_ansible_reads_it_as_well(data: Any) -> None:
    assert DataLoader().load(dump({"variable": data})) == {"variable": data}


def test_text_reads_well() -> None:
    data = {"firewall_address": [{"name": "no", "comment": "one\ntwo\n", "members": ["a", "b c"], "empty": ""}]}
    assert dump(data) == (
        "firewall_address:\n  - name: 'no'\n    comment: |\n      one\n      two\n"
        "    members: [a, b c]\n    empty: ''\n"
    )


def test_placeholders_and_templates_are_templates() -> None:
    text = dump({"a": Placeholder("secret_a"), "b": Template("{{ b }}"), "c": "{{ c }}"})
    assert text == 'a: "{{ secret_a }}"\nb: "{{ b }}"\nc: !unsafe "{{ c }}"\n'
    read = load(text, "")
    assert [name for name, value in read.items() if isinstance(value, Template)] == ["a", "b"]


def test_what_is_no_yaml_is_refused_without_a_word_of_it(tmp_path: Path) -> None:
    with pytest.raises(TaskError, match=r"^x\.yml, line 2: this is no YAML that can be read here\.") as raised:
        load("secret: swordfish\n: [\n", "x.yml")
    assert "swordfish" not in str(raised.value)
