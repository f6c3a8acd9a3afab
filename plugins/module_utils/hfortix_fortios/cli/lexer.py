# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Words of FortiOS CLI text: how lines become words, and how words are quoted again.

A statement is one line, save that a quoted string may hold line breaks (certificates, replacement messages). In double
quotes a backslash takes the special meaning off ``"``, ``'`` and another backslash; before anything else it is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_BARE = re.compile(r"[^ \t\r]+")
_BARE_PART = re.compile(r"[^ \t\r\n\"'\\]+")
_SPACE = re.compile(r"[ \t\r]*")
_STRING_PART = re.compile(r'["\\]')
_ESCAPED = re.compile(r"\\([\"'\\])")
#: What a terminal's pager leaves at the start of a captured line.
_PAGER = re.compile(r"--More--[ \r\b]*")

_PLAIN_WORD = re.compile(r"[^ \t\r\n\"'\\]+")
_PLAIN_CLI_WORD = re.compile(r"[!$-&(->@-\[\]-~][!#-&(->@-\[\]-~]*")
_VALUE_WORDS = re.compile(r"[^ \t\r\n]+")
_VALUE_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"(?=[ \t\r\n]|\Z)|([^ \t\r\n]+)', re.DOTALL)


class Statement(NamedTuple):
    """One statement: the `words` of it without their quotes, from `start` to `end` in the text.

    `line` counts from 1, `lines` is how many lines the statement covers. A line that cannot be divided into words has a
    `problem`, and for words what blanks divide. The only word of a comment is the comment. There is always a word.
    """

    line: int
    words: list[str]
    start: int
    end: int
    lines: int = 1
    problem: str = ""


def normalise(text: str) -> str:
    """Give `text` plain line ends, if its own lines end in CR LF; a lone byte order mark goes too.

    In a text with plain line ends a carriage return is part of some quoted value, and stays.
    """
    text = text.removeprefix("\ufeff")
    first = text.find("\n")
    return text.replace("\r\n", "\n") if first > 0 and text[first - 1] == "\r" else text


def statements(text: str) -> Iterator[Statement]:
    """The statements of `text`; empty lines are left out. Time and memory grow with the length, whatever it holds."""
    start, line, size = 0, 1, len(text)
    while start < size:
        end = text.find("\n", start)
        if end < 0:
            end = size
        content = text[start:end]
        if "--More--" in content and (pager := _PAGER.match(content)):
            start += pager.end()
            content = content[pager.end() :]
        stripped = content.strip(" \t\r")
        if stripped.startswith("#"):
            yield Statement(line, [stripped], start, end)
        elif '"' in stripped or "\\" in stripped or "'" in stripped:
            statement = _quoted_statement(text, start, end, line)
            yield statement
            end, line = statement.end, line + statement.lines - 1
        elif stripped:
            yield Statement(line, _BARE.findall(stripped), start, end)
        start, line = end + 1, line + 1


def _quoted_statement(text: str, start: int, line_end: int, line: int) -> Statement:
    """The statement at `start`, whose first line ends at `line_end` and holds quotes or backslashes."""
    words: list[str] = []
    at, end = start, line_end
    while True:
        at = _space_end(text, at)
        if at >= end:
            break
        parts: list[str] = []
        while at < end and text[at] not in " \t\r\n":
            char = text[at]
            if char == '"':
                close = _string_end(text, at + 1)
                if close < 0:
                    return _open_string(text, start, line_end, line)
                parts.append(unescape(text[at + 1 : close]))
                at = close + 1
                if close > end:
                    # A string of several lines stands last in its word; otherwise this quote opens the next string,
                    # and the one that seemed to end here was never closed.
                    if at < len(text) and text[at] not in " \t\r\n":
                        return _open_string(text, start, line_end, line)
                    end = text.find("\n", at)
                    end = len(text) if end < 0 else end
            elif char == "'" and not parts and (close := text.find("'", at + 1, end)) > 0:
                parts.append(text[at + 1 : close])
                at = close + 1
            elif char == "\\" and at + 1 < end and text[at + 1] in "\"'\\ ":
                parts.append(text[at + 1])
                at += 2
            elif match := _BARE_PART.match(text, at, end):
                parts.append(match[0])
                at = match.end()
            else:
                parts.append(char)
                at += 1
        words.append("".join(parts))
    return Statement(line, words, start, end, lines=1 + (text.count("\n", start, end) if end > line_end else 0))


def _open_string(text: str, start: int, end: int, line: int) -> Statement:
    return Statement(line, _BARE.findall(text[start:end]), start, end, problem="a quoted string has no end")


def _space_end(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _string_end(text: str, at: int) -> int:
    """Where the double quote is that ends the string whose content starts at `at`; -1 if there is none."""
    while match := _STRING_PART.search(text, at):
        if match[0] == '"':
            return match.start()
        at = match.end() + 1
    return -1


def unescape(content: str) -> str:
    """The text that the inside of a double-quoted string stands for."""
    return _ESCAPED.sub(r"\1", content) if "\\" in content else content


def quote(text: str) -> str:
    """`text` in double quotes.

    >>> quote('a "b"')
    '"a \\\\"b\\\\""'
    """
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def bare(text: str) -> str:
    """`text` as the CLI prints an option or a number: without quotes where that is safe."""
    return text if _PLAIN_CLI_WORD.fullmatch(text) else quote(text)


def join_value(words: Iterable[str]) -> str:
    """Several words as one value of the API: joined by spaces, and a word that holds a space or a quote in quotes.

    >>> join_value(["wan1", "my port"])
    'wan1 "my port"'
    """
    return " ".join(word if _PLAIN_WORD.fullmatch(word) else quote(word) for word in words)


def split_value(value: str) -> list[str]:
    """The words of a value of the API that holds several; what `join_value` joined.

    >>> split_value('"wan2" 100 ')
    ['wan2', '100']
    """
    if '"' not in value:
        return _VALUE_WORDS.findall(value)
    return [match[2] or unescape(match[1] or "") for match in _VALUE_WORD.finditer(value)]
