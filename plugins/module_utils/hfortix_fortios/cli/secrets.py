# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets in FortiOS CLI text. Names tell them, since a text may set what no schema knows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..errors import MASK
from .lexer import Statement, statements

#: The commands that give a field a value.
SETTINGS = frozenset({"set", "select", "append", "unselect", "unset", "clear"})

_SECRET_NAME = re.compile(
    r"passw|(?<!by)pass$|phrase|pwd|secret|psk|key|token|private|credential|community|pin|auth-string|encrypt|bmr-hostname"
)


def sets_secret(words: list[str]) -> bool:
    """Whether a statement of these words sets what nobody is to see."""
    if len(words) < 3 or words[0] not in SETTINGS:
        return False
    return _SECRET_NAME.search(words[1].lower()) is not None or words[2].startswith(("ENC", "-----BEGIN"))


def is_secret_name(name: str) -> bool:
    """Whether a field of this name is taken for a secret."""
    return _SECRET_NAME.search(name.lower()) is not None


def masked(text: str) -> str:
    """`text` with a mask in the place of each secret value.

    >>> masked('config user local\\n    edit "a"\\n        set passwd "x y"\\n')
    'config user local\\n    edit "a"\\n        set passwd ********\\n'
    """
    parts: list[str] = []
    done = 0
    for statement in _with_secrets(text):
        line = text[statement.start : statement.end]
        indent = line[: len(line) - len(line.lstrip())]
        parts += [text[done : statement.start], indent, " ".join([*statement.words[:2], MASK])]
        done = statement.end
    return "".join([*parts, text[done:]])


def secret_values(text: str) -> set[str]:
    """The secret values that `text` sets."""
    return {word for statement in _with_secrets(text) for word in statement.words[2:]}


def _with_secrets(text: str) -> Iterator[Statement]:
    for statement in statements(text):
        words = statement.words
        # Where a quoted string has no end, there is no telling what belongs to it.
        if sets_secret(words) or (statement.problem and len(words) > 2 and words[0] in SETTINGS):
            yield statement
