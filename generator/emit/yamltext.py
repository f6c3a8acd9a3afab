# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation as YAML text: the few shapes that module documentation has, quoted and folded by one rule."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

#: Where lines of prose are folded.
WIDTH = 120

# A scalar that is plain in block and in flow context alike: no indicator, nothing that YAML 1.1 takes for another type.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./+ -]*(?<! )\Z")
_RESERVED = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"})
# Prose may hold more: a colon or a hash only where YAML cannot take it for syntax.
_PROSE = re.compile(r"[A-Za-z](?:[^:#\n\t\\]|:(?! |\Z)|(?<! )#)*(?<! )\Z")


def scalar(value: str | int | bool) -> str:
    """A short value on one line, plain where that is safe everywhere, in double quotes otherwise.

    >>> scalar("enable"), scalar("no"), scalar("80211k"), scalar(5), scalar(True)
    ('enable', '"no"', '"80211k"', '5', 'true')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if _PLAIN.match(value) and value.lower() not in _RESERVED:
        return value
    return json.dumps(value, ensure_ascii=False)


def prose(value: str, indent: int) -> str:
    """A sentence as the value that follows a ``key:`` or a ``-`` which stands at `indent` - 2; folded when long."""
    if _PROSE.match(value) and value.lower() not in _RESERVED:
        if indent + len(value) <= WIDTH:
            return value
    elif indent + len(value) + 2 <= WIDTH:
        return json.dumps(value, ensure_ascii=False)
    lines = textwrap.wrap(value, WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    return ">-\n" + "\n".join(" " * indent + line for line in lines)


def values(items: Sequence[str], indent: int, used: int) -> str:
    """A list of short values: in brackets where it fits on the line, else one a line; begins after ``key:``."""
    flat = "[" + ", ".join(map(scalar, items)) + "]"
    if used + 1 + len(flat) <= WIDTH:
        return " " + flat
    return "".join(f"\n{' ' * indent}- {scalar(item)}" for item in items)


def dump(node: Mapping[str, Any], indent: int = 0) -> str:
    """A mapping of documentation as block YAML: strings are prose, except in ``choices`` and other scalar lists.

    Understood are strings, integers, booleans, mappings and lists. Lists under ``description`` hold prose, other
    lists hold short values, unless they hold mappings.
    """
    pad = " " * indent
    out: list[str] = []
    for key, value in node.items():
        head = f"{pad}{scalar(key)}:"
        if isinstance(value, Mapping):
            out.append(f"{head}\n{dump(value, indent + 2)}" if value else f"{head} {{}}\n")
        elif isinstance(value, str):
            out.append(f"{head} {prose(value, max(indent + 2, len(head) + 1)) if _is_prose(key) else scalar(value)}\n")
        elif isinstance(value, list | tuple):
            if _is_prose(key):
                body = "".join(f"\n{pad}  - {prose(item, indent + 4)}" for item in value)
            else:
                body = values(value, indent + 2, len(head))
            out.append(f"{head}{body}\n")
        else:
            out.append(f"{head} {scalar(value)}\n")
    return "".join(out)


def _is_prose(key: str) -> bool:
    return key in {"description", "short_description", "returned"}
