# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The value of one ``set`` line: its words in CLI text, its shape in the API, and the way between the two."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ..schema import Field
from .lexer import bare, join_value, quote, split_value

_INTEGER = re.compile(r"-?[0-9]+")
#: Types that hold free text, which the device prints in quotes.
_TEXT_TYPES = frozenset({"string", "var-string"})
#: Types whose one value may be several words. Other types take one word; the device quotes it if it holds spaces.
_WORDY_TYPES = frozenset({"user", "datetime"})
#: A word of a list that the device prints without quotes: a number, a time, a port range, an address with its mask.
_LIST_WORD = re.compile(r"[0-9a-z.:/,-]{1,43}")
_ENCRYPTED = re.compile(r"ENC [!-~]+")


def read(field: Field, words: list[str]) -> Any:
    """The value, in the shape of the API, that `words` after ``set NAME`` give to `field`.

    :raises ValueError: the words are no value of that field; the message is the reason, and holds no secret
    """
    if field.is_table:
        return _read_members(field, words)
    if field.is_object:
        raise ValueError("is a block of settings, not a value")
    if field.multiple:
        return join_value(_checked(field, word) for word in words if word)
    if not words or words == [""]:
        if field.type == "integer":
            raise ValueError("takes an integer, none is given")
        return ""
    if len(words) > 1:
        if not (field.type in _WORDY_TYPES or field.is_secret or field.type.startswith("ipv")):
            raise ValueError(f"takes one value, {len(words)} are given")
        return join_value(words)
    word = _checked(field, words[0])
    return int(word) if field.type == "integer" and _INTEGER.fullmatch(word) else word


def read_key(field: Field, word: str) -> str | int:
    """The key of a row, typed as its `field`.

    :raises ValueError: an integer key that is not an integer
    """
    return int(_checked(field, word)) if field.type == "integer" else word


def is_member_list(field: Field) -> bool:
    """The rows of this table are names that one ``set`` line lists."""
    return field.is_table and field.mkey is not None and (field.member or field.is_name_list)


def _read_members(field: Field, words: list[str]) -> list[dict[str, Any]]:
    if not is_member_list(field) or field.mkey is None:
        raise ValueError("is a table of rows, not a list of names")
    key = field.fields[field.mkey]
    return [{key.name: read_key(key, word)} for word in dict.fromkeys(words) if word]


def _checked(field: Field, word: str) -> str:
    """`word`, if `field` can hold it."""
    if field.type == "integer" and not _INTEGER.fullmatch(word) and word != field.default:
        raise ValueError("takes an integer, and this is none")
    if field.type == "option" and field.options and word not in field.options:
        raise ValueError(f"has no option {word!r}")
    return word


def add(field: Field, old: Any, words: list[str]) -> Any:
    """The value `old` (None: nothing yet) with `words` appended; what is there already is not repeated.

    :raises ValueError: `field` holds one value, or cannot hold these words
    """
    new = read(field, words)
    if field.is_table:
        rows = list(old or [])
        have = {row.get(field.mkey) for row in rows}
        return rows + [row for row in new if row[field.mkey] not in have]
    if field.multiple:
        return join_value(dict.fromkeys([*split_value(old or ""), *split_value(new)]))
    raise ValueError("holds one value, nothing can be appended")


def remove(field: Field, old: Any, words: list[str]) -> Any:
    """The value `old` (None: nothing yet) without `words`.

    :raises ValueError: `field` holds one value, or cannot hold these words
    """
    gone = read(field, words)
    if field.is_table:
        keys = {row[field.mkey] for row in gone}
        return [row for row in old or [] if row.get(field.mkey) not in keys]
    if field.multiple:
        return join_value(word for word in split_value(old or "") if word not in split_value(gone))
    raise ValueError("holds one value, none of several can be taken away")


def cleared(field: Field) -> Any:
    """The value after ``unset``, where it can be told: empty for texts and lists. None for everything else.

    The device prints ``unset`` for a field that is empty though its default is not.
    """
    if field.is_table:
        return []
    return "" if field.multiple or field.type in _TEXT_TYPES or field.type == "user" or field.is_secret else None


def write(field: Field, value: Any) -> list[str]:
    """The words after ``set NAME`` that give `field` this `value` of the API, quoted as the device does.

    An empty value has none.
    """
    if field.is_table:
        return [write_key(field.fields[field.mkey], key) for key in _keys(field, value)] if field.mkey else []
    if field.multiple:
        words = [str(item) for item in value] if isinstance(value, (list, tuple)) else split_value(str(value))
        return [_word(field, word) for word in words]
    text = str(value)
    if not text:
        return []
    if field.is_secret and _ENCRYPTED.fullmatch(text):
        return text.split()
    if field.type in _WORDY_TYPES or field.type.startswith("ipv"):
        words = text.split(" ")
        if len(words) > 1 and all(_LIST_WORD.fullmatch(word) for word in words):
            return words
    return [_word(field, text)]


def write_key(field: Field, key: Any) -> str:
    """The key of a row as ``edit`` and member lists print it."""
    return _word(field, str(key))


def _word(field: Field, text: str) -> str:
    return quote(text) if field.type in _TEXT_TYPES or field.is_secret else bare(text)


def _keys(field: Field, rows: Iterable[Any]) -> list[Any]:
    return [row[field.mkey] if isinstance(row, Mapping) else row for row in rows]
