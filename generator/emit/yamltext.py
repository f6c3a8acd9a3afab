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

#: Keys of documentation that hold sentences: one, or a list of them.
PROSE = frozenset({"description", "short_description", "returned"})

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


def prose(value: str, used: int, indent: int) -> str:
    """A sentence behind ``key:`` or ``-``, where `used` columns of the line are taken; folded at `indent` when long."""
    plain = _PROSE.match(value) and value.lower() not in _RESERVED
    line = value if plain else json.dumps(value, ensure_ascii=False)
    if used + 1 + len(line) <= WIDTH:
        return f" {line}"
    lines = textwrap.wrap(value, WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    return " >-" + "".join(f"\n{' ' * indent}{line}" for line in lines)


def values(items: Sequence[str], indent: int, used: int) -> str:
    """A list of short values: in brackets where it fits on the line, else one a line; begins after ``key:``."""
    flat = "[" + ", ".join(map(scalar, items)) + "]"
    if used + 1 + len(flat) <= WIDTH:
        return " " + flat
    return "".join(f"\n{' ' * indent}- {scalar(item)}" for item in items)


def dump(node: Mapping[str, Any], indent: int = 0) -> str:
    """A mapping of documentation as block YAML.

    Understood are strings, integers, booleans, mappings and lists of strings. What stands under `PROSE` are sentences,
    everything else are short values.
    """
    return "".join(_entry(key, value, indent) for key, value in node.items())


def _entry(key: str, value: Any, indent: int) -> str:
    pad = " " * indent
    head = f"{pad}{scalar(key)}:"
    if isinstance(value, Mapping):
        return f"{head}\n{dump(value, indent + 2)}" if value else f"{head} {{}}\n"
    if key in PROSE:
        sentences = [value] if isinstance(value, str) else list(value)
        if len(sentences) == 1:
            return f"{head}{prose(sentences[0], len(head), indent + 2)}\n"
        return f"{head}\n" + "".join(f"{pad}  -{prose(text, indent + 3, indent + 4)}\n" for text in sentences)
    if isinstance(value, list | tuple):
        return f"{head}{values(value, indent + 2, len(head))}\n"
    return f"{head} {scalar(value)}\n"
