# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The `show` output of a real FortiGate (FortiOS 6.2.3, older than the catalogue), from its first line to its last."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from hfortix_fortios.cli.parse import Parsed, SchemaOf, parse
from hfortix_fortios.cli.render import render
from hfortix_fortios.cli.values import is_member_list
from hfortix_fortios.schema import Field

RECORDED = Path(__file__).resolve().parents[4] / "shared/recorded/cli/fortigate_vm64_6.2.3_show.conf"


@pytest.fixture(scope="module")
def text() -> str:
    if not RECORDED.is_file():
        pytest.skip(f"{RECORDED} is not here")
    return RECORDED.read_text()


@pytest.fixture(scope="module")
def parsed(text: str, index: SchemaOf) -> Parsed:
    return parse(text, index)


def test_header_and_sections(text: str, parsed: Parsed) -> None:
    assert parsed.release == (6, 2, 3)
    assert parsed.header["build"] == 1066
    assert len(parsed.sections) == len(re.findall(r"^config ", text, re.MULTILINE)) == 82


def test_the_unknown_is_what_it_is_known_to_be(parsed: Parsed) -> None:
    """One field ended with 6.2; two rules name two interfaces in two lines; one line has a quote too many."""
    assert [(item.line, item.text, item.reason) for item in parsed.unknown] == [
        (11, "set vdom-admin disable", "system global has no such field"),
        (3889, 'set srcintf "port1"', "replaces what an earlier line set srcintf to"),
        (3901, 'set srcintf "port1"', "replaces what an earlier line set srcintf to"),
        (3906, "set service ...", "a quoted string has no end"),
    ]


def test_every_line_is_data_or_reported(text: str, parsed: Parsed) -> None:
    lines = re.findall(r"^ *(set|unset) ", text, re.MULTILINE)
    held = sum(settings(item.schema.fields, row, item.schema.mkey) for item in parsed.sections for row in item.objects)
    unset = [way for section in parsed.sections for way in section.unset]
    only_unset = sum(way[-1] in ("icmptype", "icmpcode") for way in unset)  # integers: no empty value stands for them
    assert lines.count("unset") == len(unset) == 16
    assert parsed.settings == len(lines) == 1783
    assert held + only_unset + parsed.repeated + sum(item.settings for item in parsed.unknown) == len(lines)


def settings(fields: Mapping[str, Field], row: Mapping[str, Any], key: str | None) -> int:
    """How many lines it takes to set what a row holds."""
    count = 0
    for name, value in row.items():
        field = fields[name]
        if field.is_object:
            count += settings(field.fields, value, None)
        elif field.is_table and not is_member_list(field):
            count += sum(settings(field.fields, item, field.mkey) for item in value)
        else:
            count += name != key
    return count


def test_rows_are_all_there(text: str, parsed: Parsed) -> None:
    """Rows of tables, checked against the `edit` lines of the outermost level."""
    in_text = set()
    section = ""
    for line in text.splitlines():
        if line.startswith("config "):
            section = line[7:]
        elif line.startswith("    edit "):
            in_text.add((section, line[9:].strip('"')))
    in_data = {
        (item.schema.cli_path, str(row[item.schema.mkey]))
        for item in parsed.sections
        if item.schema.mkey
        for row in item.objects
    }
    assert in_data == in_text


def test_rendered_and_read_again_it_is_the_same(parsed: Parsed, index: SchemaOf) -> None:
    text = "".join(render(section.schema, section.rows, full=True) for section in parsed.sections)
    again = parse(text, index)
    assert again.unknown == []
    assert [(item.schema.path, item.rows) for item in again.sections] == [
        (item.schema.path, item.rows) for item in parsed.sections
    ]


def test_rendered_lines_are_the_lines_of_the_device(text: str, parsed: Parsed) -> None:
    """Nearly all of what `render` prints stands in the recorded text, word for word."""
    printed = "".join(render(section.schema, section.rows) for section in parsed.sections)
    recorded = {line.rstrip() for line in text.splitlines()}
    assert {line for line in printed.splitlines() if line not in recorded} == {
        '    set timezone "60"'  # a name since 7.4, a number before
    }


@pytest.mark.parametrize(
    ("path", "key", "expected"),
    [
        ("system/interface", "port1", {"ip": "192.168.122.10 255.255.255.0", "allowaccess": "ping", "snmp-index": 1}),
        ("webfilter/profile", "g-default", {"comment": "Default web filtering."}),
    ],
)
def test_values(parsed: Parsed, path: str, key: str, expected: dict[str, Any]) -> None:
    (section,) = (item for item in parsed.sections if item.schema.path == path)
    row = next(item for item in section.objects if item[section.schema.mkey or ""] == key)
    assert {name: type(row[name]) for name in expected} == {name: type(value) for name, value in expected.items()}
    assert {name: row[name] for name in expected if name != "snmp-index"} == {
        name: value for name, value in expected.items() if name != "snmp-index"
    }
