# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Words and quotes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hfortix_fortios.cli.lexer import bare, join_value, normalise, quote, split_value, statements


def words(text: str) -> list[list[str]]:
    return [statement.words for statement in statements(text)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("set x y", ["set", "x", "y"]),
        ("\t set  x\ty  ", ["set", "x", "y"]),
        ('set x ""', ["set", "x", ""]),
        ("set x ''", ["set", "x", ""]),
        ("set x 'a \"b'", ["set", "x", 'a "b']),
        ("set x it's", ["set", "x", "it's"]),
        ("set x 'tis", ["set", "x", "'tis"]),
        ('set x "it\'s"', ["set", "x", "it's"]),
        (r'set x "a \"b\" \\ \'c"', ["set", "x", 'a "b" \\ \'c']),
        (r'set x "\d\\d"', ["set", "x", r"\d\d"]),
        (r"set x a\ b\"c", ["set", "x", 'a b"c']),
        (r"set x C:\dir", ["set", "x", r"C:\dir"]),
        ('set x "a""b"c', ["set", "x", "abc"]),
        ('set x a#b "# c"', ["set", "x", "a#b", "# c"]),
        ("set x caf\u00e9\u00a0bar", ["set", "x", "caf\u00e9\u00a0bar"]),
        ("# set x", ["# set x"]),
        ("# it's \"open", ["# it's \"open"]),
        ("--More-- \r         \r    set x y", ["set", "x", "y"]),
    ],
)
def test_words_of_a_line(line: str, expected: list[str]) -> None:
    assert words(line) == [expected]


def test_a_string_may_hold_lines_and_the_count_goes_on() -> None:
    found = list(statements('set a "one\n  two\n" x\n\nset b c\n'))
    assert [(item.line, item.lines, item.words) for item in found] == [
        (1, 3, ["set", "a", "one\n  two\n", "x"]),
        (5, 1, ["set", "b", "c"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        'set a "open\nset b c\n',
        'set a "open\nset b "c"\n',
        'edit "open\n    set x y\nedit "z"\n',
    ],
)
def test_an_open_string_costs_its_own_line_only(text: str) -> None:
    first, second, *_ = statements(text)
    assert first.problem == "a quoted string has no end"
    assert (first.line, first.lines) == (1, 1)
    assert (second.line, second.problem) == (2, "")


def test_crlf_becomes_lf_only_where_the_lines_end_so() -> None:
    assert normalise("\ufeffa\r\nb\r\n") == "a\nb\n"
    assert normalise('a\nset x "b\r\nc"\n') == 'a\nset x "b\r\nc"\n'


@pytest.mark.parametrize("text", ["enable", "10.0.0.0/8", "a@b", "80-90:1-2", "$x%", "[::1]"])
def test_plain_words_stay_bare(text: str) -> None:
    assert bare(text) == text


@pytest.mark.parametrize("text", ["", "a b", "#x", "a?", "a'b", 'a"b', "a\\b", "caf\u00e9", "a\tb", "\x1c"])
def test_other_words_are_quoted(text: str) -> None:
    assert bare(text) == quote(text)


@given(st.lists(st.text(min_size=1)))
def test_values_of_several_words_split_as_they_were_joined(parts: list[str]) -> None:
    assert split_value(join_value(parts)) == parts


@pytest.mark.parametrize(
    ("value", "expected"), [('"wan2" 100 ', ["wan2", "100"]), ("5 0 0", ["5", "0", "0"]), ('a"b "c', ['a"b', '"c'])]
)
def test_values_as_devices_send_them(value: str, expected: list[str]) -> None:
    assert split_value(value) == expected


@given(st.text())
def test_one_word_in_one_word_out(text: str) -> None:
    assert words(f"set x {quote(text)}") == [["set", "x", text]]
    assert words(f"set x {bare(text)}") == [["set", "x", text]]
