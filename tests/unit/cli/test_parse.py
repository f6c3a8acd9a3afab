# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text becomes data in the shape of the API, or a report."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hfortix_fortios.cli.parse import Parsed, SchemaOf, parse, schema_index
from hfortix_fortios.schema import Schema

THING = Schema.from_facts(
    {
        "path": "test.kit/thing",
        "kind": "table",
        "mkey": "id",
        "fields": {
            "id": {"type": "integer"},
            "name": {"type": "string"},
            "size": {"type": "integer"},
            "vrf": {"type": "integer", "default": "unspecified"},
            "mode": {"type": "option", "options": ["fast", "slow"]},
            "allow": {"type": "option", "multiple": True, "options": ["ping", "ssh", "http"]},
            "ports": {"type": "integer", "multiple": True},
            "hbdev": {"type": "user", "multiple": True},
            "range": {"type": "user"},
            "subnet": {"type": "ipv4-classnet"},
            "secret": {"type": "password"},
            "member": {"type": "table", "mkey": "name", "member": True, "fields": {"name": {"type": "string"}}},
            "app": {"type": "table", "mkey": "id", "fields": {"id": {"type": "integer"}}},
            "rule": {
                "type": "table",
                "mkey": "id",
                "fields": {
                    "id": {"type": "integer"},
                    "text": {"type": "var-string"},
                    "tag": {
                        "type": "table",
                        "mkey": "name",
                        "fields": {"name": {"type": "string"}, "on": {"type": "option"}},
                    },
                },
            },
            "ipv6": {"type": "object", "fields": {"mode": {"type": "option"}, "deep": {"type": "object"}}},
            "redistribute": {
                "type": "table",
                "mkey": "name",
                "readonly": True,
                "fields": {"name": {"type": "string"}, "status": {"type": "option"}},
            },
            "keyless": {"type": "table", "fields": {"max": {"type": "integer"}}},
        },
    }
)
SETTING = Schema.from_facts(
    {
        "path": "test/setting",
        "kind": "object",
        "fields": {
            "hostname": {"type": "string"},
            "hidden": {"type": "password"},
            "list": {"type": "object", "fields": {"x": {"type": "string"}}},
        },
    }
)
MESSAGE = Schema.from_facts(
    {
        "path": "test.message/mail",
        "kind": "table",
        "mkey": "msg-type",
        "predefined": True,
        "fields": {"msg-type": {"type": "string"}, "buffer": {"type": "var-string"}},
    }
)
INDEX = schema_index([THING, SETTING, MESSAGE])


def parsed(text: str) -> Parsed:
    return parse(text, INDEX)


def thing(*lines: str) -> Parsed:
    """One row of the table, with these lines in it."""
    return parsed("\n".join(["config test kit thing", "edit 1", *lines, "next", "end"]))


def row(*lines: str) -> dict[str, Any]:
    result = thing(*lines)
    assert result.unknown == []
    return {name: value for name, value in result.sections[0].objects[0].items() if name != "id"}


def reasons(result: Parsed) -> list[tuple[int, str, str]]:
    return [(item.line, item.text, item.reason) for item in result.unknown]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('set name "a \\"b\\""', {"name": 'a "b"'}),
        ("set name plain", {"name": "plain"}),
        ("set name", {"name": ""}),
        ("set name ''", {"name": ""}),
        ("set name 5", {"name": "5"}),
        ("set size 5", {"size": 5}),
        ('set size "-5"', {"size": -5}),
        ("set vrf unspecified", {"vrf": "unspecified"}),
        ("set mode fast", {"mode": "fast"}),
        ("set allow ssh ping ", {"allow": "ssh ping"}),
        ("set allow", {"allow": ""}),
        ("set ports 80 8080", {"ports": "80 8080"}),
        ('set hbdev "port 3" 50', {"hbdev": '"port 3" 50'}),
        ("set range 80 443-500:1-2", {"range": "80 443-500:1-2"}),
        ('set range "some text"', {"range": "some text"}),
        ("set subnet 10.0.0.0 255.255.255.0", {"subnet": "10.0.0.0 255.255.255.0"}),
        ("set subnet 10.0.0.0/24", {"subnet": "10.0.0.0/24"}),
        ("set secret ENC abc+/=", {"secret": "ENC abc+/="}),
        ('set secret "ENC abc"', {"secret": "ENC abc"}),
        ('set member "a b" c', {"member": [{"name": "a b"}, {"name": "c"}]}),
        ("set member", {"member": []}),
        ("set app 12 9", {"app": [{"id": 12}, {"id": 9}]}),
        ("select allow http", {"allow": "http"}),
    ],
)
def test_values_take_the_shape_of_the_api(line: str, expected: dict[str, Any]) -> None:
    assert row(line) == expected


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("set size big", "size takes an integer, and this is none"),
        ("set size 1 2", "size takes one value, 2 are given"),
        ("set size", "size takes an integer, none is given"),
        ("set ports 1 x", "ports takes an integer, and this is none"),
        ("set mode odd", "mode has no option 'odd'"),
        ("set allow ping odd", "allow has no option 'odd'"),
        ("set name a b", "name takes one value, 2 are given"),
        ("set other 1", "test kit thing has no such field"),
        ("unset other", "test kit thing has no such field"),
        ("set", "test kit thing has no such field"),
        ("set id 2", "id is the key of this row, which another value was given"),
        ("unset id", "id cannot be unset like this"),
        ("set app x", "app takes an integer, and this is none"),
        ("set rule 1", "rule is a table of rows, not a list of names"),
        ("set ipv6 1", "ipv6 is a block of settings, not a value"),
        ("append name x", "name holds one value, nothing can be appended"),
        ("unselect name x", "name holds one value, none of several can be taken away"),
        ("delete x", "is no part of a configuration"),
    ],
)
def test_what_does_not_fit_is_reported_and_changes_nothing(line: str, reason: str) -> None:
    result = thing(line)
    assert reasons(result) == [(3, line, reason)]
    assert result.sections[0].rows == [{"id": 1}]
    assert result.unknown[0].settings == result.settings


def test_append_and_unselect_change_lists() -> None:
    assert row("set member a b", "append member b c", "unselect member a") == {"member": [{"name": "b"}, {"name": "c"}]}
    assert row("append allow ping", "append allow ssh ping", "unselect allow ping") == {"allow": "ssh"}
    assert row("unselect allow ping", "unselect member a") == {"allow": "", "member": []}


def test_unset_empties_what_can_be_empty_and_is_noted() -> None:
    result = thing("unset allow", "unset size", "unset member", "config ipv6", "unset mode", "end", "set range 1")
    section = result.sections[0]
    assert section.rows == [{"id": 1, "allow": "", "member": [], "ipv6": {}, "range": "1"}]
    assert section.unset == [(1, "allow"), (1, "size"), (1, "member"), (1, "ipv6", "mode")]
    assert row("set size 1", "unset size") == {}


def test_a_field_set_twice_holds_the_last_and_the_loss_is_reported() -> None:
    result = thing("set name a", "set name b", "set name b", "unset name", "set name c")
    assert result.sections[0].rows == [{"id": 1, "name": "c"}]
    assert reasons(result) == [(4, "set name b", "replaces what an earlier line set name to")]
    assert result.repeated == 1


def test_tables_nest_and_rows_of_one_key_are_one() -> None:
    result = parsed(
        """config test kit thing
    edit 7
        config rule
            edit 1
                set text "x"
                config tag
                    edit "a"
                        set on yes
                    next
                    edit "b"
                    next
                end
            next
        end
        config member
            edit "m"
            next
        end
    next
    edit 8
    next
end
config test kit thing
    edit 7
        config rule
            edit 1
                config tag
                    edit "b"
                        set on no
                    next
                end
            next
            edit 2
            end
        set name "again"
    end
"""
    )
    assert result.unknown == []
    tags = [{"name": "a", "on": "yes"}, {"name": "b", "on": "no"}]
    seven = {
        "id": 7,
        "rule": [{"id": 1, "text": "x", "tag": tags}, {"id": 2}],
        "member": [{"name": "m"}],
        "name": "again",
    }
    assert [section.rows for section in result.sections] == [[seven, {"id": 8}]]


def test_a_list_may_be_set_and_edited_in_turn() -> None:
    edits = ["config member", 'edit "b"', "next", "end"]
    assert row('set member "a"', *edits) == {"member": [{"name": "a"}, {"name": "b"}]}
    assert row(*edits, "unset member", *edits) == {"member": [{"name": "b"}]}


def test_singletons_objects_and_rows_of_the_device() -> None:
    result = parsed(
        """config test setting
    set hostname "fw"
    config list
        set x y
    end
end
config test message mail "virus"
    set buffer "<p>\\"Hello\\"
# no comment
end
</p>"
end
config test message mail "spam"
end
config test kit thing
    edit 1
        config redistribute "static"
            set status on
        end
        config redistribute "bgp"
        end
        config keyless
            set max 5
        end
    next
end
"""
    )
    assert result.unknown == []
    setting, message, things = result.sections
    assert setting.rows == {"hostname": "fw", "list": {"x": "y"}}
    assert setting.objects == [setting.rows]
    assert message.rows == [
        {"msg-type": "virus", "buffer": '<p>"Hello"\n# no comment\nend\n</p>'},
        {"msg-type": "spam"},
    ]
    assert things.rows == [
        {"id": 1, "redistribute": [{"name": "static", "status": "on"}, {"name": "bgp"}], "keyless": [{"max": 5}]}
    ]


def test_virtual_domains() -> None:
    result = parsed(
        """#config-version=FGT60F-7.0.5-FW-build0304-220208:opmode=0:vdom=1:user=admin
config vdom
edit root
next
edit "b"
next
end
config global
config test setting
    set hostname "g"
end
end
config vdom
edit root
config test kit thing
    edit 1
    next
end
end
config vdom
edit b
config test kit thing
    edit 2
    next
end
next
end
"""
    )
    assert result.unknown == []
    assert result.vdoms == ["root", "b"]
    assert [(item.vdom, item.schema.path, item.rows) for item in result.sections] == [
        (None, "test/setting", {"hostname": "g"}),
        ("root", "test.kit/thing", [{"id": 1}]),
        ("b", "test.kit/thing", [{"id": 2}]),
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            "FGVM64-6.2.3-FW-build1066-191218:opmode=0:vdom=0:user=admin",
            {"model": "FGVM64", "release": (6, 2, 3), "build": 1066, "opmode": "0", "vdom": "0", "user": "admin"},
        ),
        (
            "FortiGate-VM64 v6.2.3,build1066,191218 (GA):opmode=1:vdom=0:user=demo",
            {
                "model": "FortiGate-VM64",
                "release": (6, 2, 3),
                "build": 1066,
                "opmode": "1",
                "vdom": "0",
                "user": "demo",
            },
        ),
        ("something else", {}),
    ],
)
def test_the_header_tells_the_release(line: str, expected: dict[str, Any]) -> None:
    result = parsed(
        f"fw $ show\n#config-version={line}\n#buildno=0304\n# words\nconfig test setting\nend\n#late=1\nfw # "
    )
    assert result.header == {"config-version": line, "buildno": "0304", **expected}
    assert result.release == expected.get("release")
    assert result.remarks == [(1, "fw $ show"), (4, "# words"), (7, "#late=1"), (8, "fw #")]
    assert result.unknown == []


def test_crlf_text() -> None:
    result = parsed('config test setting\r\n    set hostname "a\r\nb"\r\nend\r\n')
    assert result.unknown == []
    assert result.sections[0].rows == {"hostname": "a\nb"}


def test_an_unknown_section_is_one_report_with_its_size() -> None:
    result = parsed(
        """config new thing
    edit 1
        set a "x
y"
        config inner
            unset b
        end
    next
end
config test setting
    set hostname "after"
end
"""
    )
    (unknown,) = result.unknown
    assert (unknown.line, unknown.text, unknown.lines, unknown.settings) == (1, "config new thing", 8, 2)
    assert str(unknown) == "line 1: config new thing: no such section is known (with 8 lines inside)"
    assert result.sections[0].rows == {"hostname": "after"}


def test_unknown_blocks_inside_rows() -> None:
    result = parsed(
        """config test kit thing
    edit abc
        set name "lost"
        config rule
            edit 1
            next
        end
    next
    edit 2
        config odd
            set x y
        end
        config name
        end
        set size 2
    next
    config rule
    end
    edit
    end
next
end
edit 1
next
set x y
config test message mail
    edit
    next
end
"""
    )
    assert reasons(result) == [
        (2, "edit abc", "the key of test kit thing takes an integer, and this is none"),
        (10, "config odd", "test kit thing has no such block"),
        (13, "config name", "test kit thing name is a value, not a block"),
        (17, "config rule", "stands between the rows of test kit thing: an `edit` or an `end` is missing"),
        (19, "edit", "takes one key"),
        (21, "next", "closes nothing: no row is open"),
        (22, "end", "closes nothing: no block is open"),
        (23, "edit 1", "no table is open"),
        (25, "set x y", "no row and no settings are open"),
        (27, "edit", "takes one key"),
    ]
    assert [item.lines for item in result.unknown] == [6, 2, 1, 1, 0, 0, 0, 1, 0, 1]
    assert sum(item.settings for item in result.unknown) == 3
    assert result.sections[0].rows == [{"id": 2, "size": 2}]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("config test setting\nset hostname a\n", [(1, "the block has no end; what it holds was read")]),
        (
            "config test kit thing\nedit 1\nconfig rule\nedit 1\n",
            [(3, "the block has no end; what it holds was read"), (1, "the block has no end; what it holds was read")],
        ),
        ("config new\nset a b\n", [(1, "no such section is known; and the block has no end")]),
        ("config vdom\nedit a\n", [(1, "the block has no end; what it holds was read")]),
    ],
)
def test_blocks_without_end(text: str, expected: list[tuple[int, str]]) -> None:
    assert [(item.line, item.reason) for item in parsed(text).unknown] == expected


def test_a_row_without_end_is_kept() -> None:
    assert parsed("config test kit thing\nedit 1\nconfig keyless\nset max 1").sections[0].rows == [
        {"id": 1, "keyless": [{"max": 1}]}
    ]


def test_an_open_string_loses_one_line() -> None:
    result = parsed('config test setting\nset hostname "open\nconfig list\nset x "y"\nend\nend\n')
    assert reasons(result) == [(2, "set hostname ...", "a quoted string has no end")]
    assert result.sections[0].rows == {"list": {"x": "y"}}
    assert parsed('config test kit thing\nedit "1\nset size 1\nnext\nedit 2\nnext\nend').sections[0].rows == [{"id": 2}]


@pytest.mark.parametrize(
    "line",
    [
        'set old-password "hunter2"',
        "set psksecret hunter2",
        "set odd ENC hunter2",
        'set hostname "hunter2',
        'set private-key "hunter2\nhunter2"',
        "set hidden a\nset hidden hunter2",
    ],
)
def test_reports_hold_no_secrets(line: str) -> None:
    result = parsed(f"config test setting\n{line}\nend\n")
    assert len(result.unknown) == 1
    assert "hunter2" not in str(result.unknown)


def test_long_text_is_shown_short() -> None:
    result = parsed(f'config test setting\nset odd "{"x" * 1000}"\nset odd "a\nb"\nend\n')
    assert [len(item.text) <= 123 and item.text.endswith("...") for item in result.unknown] == [True, True]
    assert [item.lines for item in result.unknown] == [0, 1]


@given(st.text(alphabet="configedtnxsu vm\"'\\\n#12", max_size=300))
def test_no_text_breaks_the_parser(text: str) -> None:
    result = parsed(text)
    assert result.settings >= sum(item.settings for item in result.unknown)


WORDS = ["config test setting", "config test kit thing", "config rule", "config odd", "config vdom", "config global"]
WORDS += [
    "edit 1",
    "edit x",
    "next",
    "end",
    "set size 1",
    "set name a",
    "set odd",
    'set name "a',
    "unset name",
    "#",
    "?",
]


@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_every_setting_is_data_or_reported(lines: list[str]) -> None:
    result = parsed("\n".join(lines))
    held = sum(_settings(item) for section in result.sections for item in section.objects)
    unset = sum(len(section.unset) for section in result.sections)
    reported = sum(item.settings for item in result.unknown)
    assert result.settings >= reported + result.repeated
    assert result.settings <= held + unset + reported + result.repeated + lines.count("set name a")
    assert result.settings == sum(line.startswith(("set", "unset")) for line in lines)


def _settings(item: dict[str, Any]) -> int:
    return sum(
        sum(map(_settings, value)) if isinstance(value, list) else 1 for name, value in item.items() if name != "id"
    )


def _seconds(text: str, index: SchemaOf) -> float:
    start = time.perf_counter()
    parse(text, index)
    return time.perf_counter() - start


def test_a_large_configuration_takes_seconds() -> None:
    """200,000 lines take about a second. The bound is wide, for slow machines, but not for quadratic time."""
    rows = (
        f'    edit {number}\n        set name "n {number}"\n        set member "a" "b"\n        set size 5\n    next\n'
        for number in range(40_000)
    )
    text = "config test kit thing\n" + "".join(rows) + "end\n"
    start = time.perf_counter()
    result = parsed(text)
    assert time.perf_counter() - start < 15
    assert result.unknown == []
    assert len(result.sections[0].rows) == 40_000


@pytest.mark.parametrize(
    "text",
    [
        "config test kit thing\n" * 100_000,
        "config odd\n" * 100_000,
        'set name "open\n' * 100_000,
        'config test setting\nset hostname "' + "\\\\" * 500_000,
        'config test setting\nset hostname "' + 'a\\"\n' * 300_000 + '"\nend\n',
        "config test kit thing\nedit 1\n" + 'config redistribute "static"\nend\n' * 50_000,
        "config test kit thing\n" + "edit 1\nnext\n" * 50_000 + "end\n",
        "fw " + "() " * 300_000,
        "x" * 3_000_000,
    ],
    ids=["nested", "skipped", "open", "backslashes", "long", "reopened", "same", "prompt", "word"],
)
def test_time_is_linear_whatever_the_text(text: str) -> None:
    assert _seconds(text, INDEX) < 15
