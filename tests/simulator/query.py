# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The query of a read: filter, sort, page, format, in the order in which the device does them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from operator import ge, gt, le, lt
from typing import Any

from .call import Call
from .refusal import INVALID_REQUEST, Refusal
from .switches import Switches

Row = dict[str, Any]
_TERM = re.compile(r"(.+?)(==|!=|=@|!@|<=|>=|=\*|!\*|<|>)(.*)", re.DOTALL)
_ORDER: dict[str, Callable[[Any, Any], bool]] = {"<=": le, ">=": ge, "<": lt, ">": gt}
_NUMBER = re.compile(r"-?\d+")


_SELECTING = frozenset(
    {
        *("filter", "key", "pattern", "search", "sort", "start", "count", "format"),
        *("with_meta", "datasource", "with_contents_hash", "exclude-default-values"),
    }
)


def selects(call: Call) -> bool:
    """Whether the query changes what a read answers; unknown parameters do not."""
    return not _SELECTING.isdisjoint(call.query)


Test = Callable[[Row], bool]


def tests(call: Call, switches: Switches) -> list[Test]:
    """What ``filter``, ``key`` with ``pattern`` and ``search`` demand of a row.

    :raises Refusal: a filter that cannot be read
    """
    found = [_filter(text, switches) for text in call.query.get("filter", ())]
    if "key" in call.query and "pattern" in call.query:
        keys, pattern = call.param("key").split("."), call.param("pattern")
        found.append(lambda row: any(str(value) == pattern for value in _values(row, keys)))
    if "search" in call.query:
        needle = call.param("search").lower()
        found.append(lambda row: any(needle in text.lower() for text in _texts(row)))
    return found


def matching(rows: list[Row], call: Call, switches: Switches) -> list[Row]:
    """The rows that pass every one of the `tests`.

    :raises Refusal: a filter that cannot be read
    """
    for test in tests(call, switches):
        rows = [row for row in rows if test(row)]
    return rows


def sort(rows: list[Row], call: Call) -> list[Row]:
    """The rows ordered by ``sort=key[,asc|dsc]``; the first one given weighs most."""
    for term in reversed(call.query.get("sort", [])):
        key, _, direction = term.partition(",")
        rows = sorted(rows, key=lambda row: _sortable(row.get(key)), reverse=direction in ("dsc", "desc"))
    return rows


def page(rows: list[Row], call: Call, switches: Switches) -> tuple[list[Row], int]:
    """The rows of the page and the index of its first one.

    :raises Refusal: start or count is beyond the table, and the switch says that this is an error
    """
    start, count = _int(call.param("start", "0")), _int(call.param("count", "0"))
    if switches.paging == "error" and (start > len(rows) or count > len(rows)):
        raise Refusal(500, INVALID_REQUEST)
    start = max(start, 0)
    if count <= 0:
        return rows[start:], start
    return rows[start : start + count], start


def form(rows: list[Row], call: Call) -> list[Row]:
    """The rows with only the attributes of ``format``; an unknown name among them gives every attribute."""
    wanted = [name for text in call.query.get("format", ()) for name in re.split(r"[|,]", text) if name]
    if not wanted or (rows and not all(any(name in row for row in rows) for name in wanted)):
        return rows
    keep = {*wanted, "q_origin_key"}
    return [{name: value for name, value in row.items() if name in keep} for row in rows]


def _int(text: str) -> int:
    return int(text) if _NUMBER.fullmatch(text) else 0


def _sortable(value: Any) -> tuple[int, Any]:
    if isinstance(value, int):
        return 0, value
    return 1, str(value)


def _split(text: str) -> Iterator[str]:
    """The parts between commas; a backslash takes the meaning from what follows it."""
    part = ""
    characters = iter(text)
    for character in characters:
        if character == "\\":
            part += next(characters, "")
        elif character == ",":
            yield part
            part = ""
        else:
            part += character
    yield part


def _filter(text: str, switches: Switches) -> Test:
    match = _TERM.fullmatch(text)
    if match is None:
        raise Refusal(500, INVALID_REQUEST, f"cannot read the filter {text}")
    keys, operator = match[1].split("."), match[2]
    patterns = [_pattern(part, match[1] + operator) for part in _split(match[3])]

    def holds(row: Row) -> bool:
        values = list(_values(row, keys))
        if operator in ("!=", "!@", "!*"):
            return not any(
                _compare(value, "=" + _EQUAL[operator], one, switches) for value in values for one in patterns
            )
        return any(_compare(value, operator, one, switches) for value in values for one in patterns)

    return holds


_EQUAL = {"!=": "=", "!@": "@", "!*": "*"}


def _pattern(part: str, prefix: str) -> str:
    """In ``a==x,a==y`` the later alternatives repeat key and operator."""
    return part.removeprefix(prefix)


def _compare(value: Any, operator: str, pattern: str, switches: Switches) -> bool:
    text = str(value)
    if operator == "==":
        if switches.filter_case == "sensitive":
            return text == pattern
        return text.lower() == pattern.lower()
    if operator == "=@":
        return pattern.lower() in text.lower()
    if operator == "=*":
        return text.lower() == pattern.lower()
    if _NUMBER.fullmatch(text) and _NUMBER.fullmatch(pattern):
        return _ORDER[operator](int(text), int(pattern))
    return _ORDER[operator](text, pattern)


def _values(row: Any, keys: list[str]) -> Iterator[Any]:
    """The values under a dotted key, through lists; a table without a further key offers every value in it."""
    if isinstance(row, list):
        for item in row:
            yield from _values(item, keys)
    elif not isinstance(row, dict):
        if not keys:
            yield row
    elif keys:
        if keys[0] in row:
            yield from _values(row[keys[0]], keys[1:])
    else:
        yield from (
            value for name, value in row.items() if name != "q_origin_key" and not isinstance(value, (dict, list))
        )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    else:
        yield str(value)
