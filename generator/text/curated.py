# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text written by hand for endpoints, fields and option values.

``data/curated/*.yml`` maps endpoints (or patterns of them, as in ``log.syslogd*/setting``) to fields (dotted wire
names from the endpoint's top level), ``data/common.yml`` maps field names that mean the same wherever they stand.
A text is a string, or a mapping of `text`, `values` (option -> what it means) and `when` (which shape of field it is
about). An endpoint pattern comes after the exact name; what is first, wins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from hfortix_fortios.schema import Field, Schema

from .data import load, load_folder

SWITCH = {"enable", "disable"}


@dataclass(frozen=True)
class Text:
    """What is written about a field: its meaning, what its options mean, and the shape it is about ("" for any)."""

    text: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    when: str = ""


def shape(item: Field) -> str:
    """The shape of a field in one word: switch, option, integer, secret, table, object or text."""
    if item.type == "option":
        return "switch" if item.options and SWITCH.issuperset(item.options) else "option"
    if item.is_secret:
        return "secret"
    return item.type if item.type in {"integer", "table", "object"} else "text"


def _texts(raw: Any) -> list[Text]:
    items = raw if isinstance(raw, list) else [raw]
    return [Text(item) if isinstance(item, str) else Text(**item) for item in items]


@cache
def _common() -> dict[str, list[Text]]:
    return {str(name): _texts(raw) for name, raw in load("common.yml").items()}


@cache
def endpoint_entries(path: str) -> Mapping[str, Any]:
    """All that is written for an endpoint: ``about`` and the fields."""
    found: list[tuple[int, Mapping[str, Any]]] = []
    for content in load_folder("curated"):
        for pattern, entries in content.items():
            if pattern == path or fnmatchcase(path, pattern):
                found.append((0 if pattern == path else 1, entries))
    merged: dict[str, Any] = {}
    for _, entries in sorted(found, key=lambda item: item[0]):
        for name, raw in entries.items():
            merged.setdefault(str(name), raw)
    return merged


def about(path: str) -> list[str]:
    """Paragraphs written about an endpoint as a whole."""
    raw = endpoint_entries(path).get("about", [])
    return [raw] if isinstance(raw, str) else list(raw)


def lookup(schema: Schema, path: tuple[str, ...], item: Field) -> Text | None:
    """What is written about a field: for this very field, else for its name below its parent's, else for its name."""
    entries = endpoint_entries(schema.path)
    candidates = _texts(entries[".".join(path)]) if ".".join(path) in entries else []
    for name in (".".join(path[-2:]), path[-1].lower()):
        candidates = [*candidates, *_common().get(name, [])]
    kind = shape(item)
    return next((text for text in candidates if text.when in ("", kind) and text.text), None)


def meanings(schema: Schema, path: tuple[str, ...], item: Field) -> dict[str, str]:
    """What single options mean, for those of the field's options that something is written about."""
    entries = endpoint_entries(schema.path)
    sources: list[Mapping[str, str]] = []
    if ".".join(path) in entries:
        sources += [text.values for text in _texts(entries[".".join(path)])]
    for name in (".".join(path[-2:]), path[-1].lower()):
        sources += [text.values for text in _common().get(name, []) if text.when in ("", shape(item))]
    return {
        option: next(values[option] for values in sources if option in values)
        for option in item.options
        if any(option in values for values in sources)
    }
