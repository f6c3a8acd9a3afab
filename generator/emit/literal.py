# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Facts as Python source, on lines of at most 120 characters."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

LINE_LENGTH = 120


def text(value: str) -> str:
    """A string literal in double quotes.

    >>> text('a "b"')
    '"a \\\\"b\\\\""'
    """
    return json.dumps(value, ensure_ascii=False)


def one_line(value: Any) -> str:
    """`value` (JSON data) as a Python expression on one line."""
    if isinstance(value, str):
        return text(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{text(key)}: {one_line(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(one_line, value)) + "]"
    return repr(value)


def expression(value: Any, *, indent: int, used: int) -> str:
    """`value` as a Python expression, over several lines where one would be longer than `LINE_LENGTH`.

    `indent` is the indentation in spaces of the statement, `used` the width that stands before the expression on
    its line, plus what must follow it there.
    """
    flat = one_line(value)
    if used + len(flat) <= LINE_LENGTH or not value or not isinstance(value, str | Mapping | list | tuple):
        return flat
    inner = indent + 4
    pad = " " * inner
    if isinstance(value, str):
        width = LINE_LENGTH - inner - 10
        parts = [value[start : start + width] for start in range(0, len(value), width)]
        return "(\n" + "".join(f"{pad}{text(part)}\n" for part in parts) + " " * indent + ")"
    if isinstance(value, Mapping):
        items = [
            f"{pad}{text(key)}: {expression(item, indent=inner, used=inner + len(text(key)) + 3)},\n"
            for key, item in value.items()
        ]
        return "{\n" + "".join(items) + " " * indent + "}"
    return f"[\n{filled([one_line(item) for item in value], inner)}\n{' ' * indent}]"


def filled(items: Sequence[str], indent: int) -> str:
    """`items` with a comma after each, as many on a line as fit."""
    lines: list[str] = []
    for item in items:
        if lines and len(lines[-1]) + len(item) + 2 <= LINE_LENGTH:
            lines[-1] += f" {item},"
        else:
            lines.append(f"{' ' * indent}{item},")
    return "\n".join(lines)
