# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The text written by hand is about things that exist."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any

from generator.text import curated, data, nouns

from .conftest import SCHEMAS, walk

FIELDS = {path: {".".join(at): item for at, item in walk(schema)} for path, schema in SCHEMAS.items()}


def entries() -> list[tuple[str, str, Any]]:
    return [
        (pattern, str(name), raw)
        for content in data.load_folder("curated")
        for pattern, texts in content.items()
        for name, raw in texts.items()
    ]


def test_every_endpoint_has_a_noun_and_no_noun_is_left_over() -> None:
    assert set(data.load("nouns.yml")) == set(SCHEMAS)


def test_a_group_has_a_sentence() -> None:
    groups = {path.partition("/")[0] for path in SCHEMAS}
    assert groups == set(data.load("groups.yml"))


def test_curated_fields_exist() -> None:
    bad = []
    for pattern, name, _ in entries():
        about = [path for path in SCHEMAS if path == pattern or fnmatchcase(path, pattern)]
        if not any(name == "about" or name in FIELDS[path] for path in about):
            bad.append((pattern, name))
    assert not bad


def test_texts_and_meanings_are_strings() -> None:
    raw = [(name, item) for _, name, item in entries() if name != "about"]
    raw += list(data.load("common.yml").items())
    words = [(name, word) for name, item in raw for text in curated._texts(item) for word in _words(text)]
    # YAML makes booleans of a bare "no" and "on".
    assert not [(name, word) for name, word in words if not isinstance(word, str)]


def _words(text: curated.Text) -> list[object]:
    return [text.text, *text.values, *text.values.values()]


def test_explained_options_exist() -> None:
    bad = []
    for pattern, name, raw in entries():
        if name == "about":
            continue
        items = [
            fields[name]
            for path, fields in FIELDS.items()
            if name in fields and (path == pattern or fnmatchcase(path, pattern))
        ]
        options = {option for item in items for option in item.options}
        bad += [(pattern, name, value) for text in curated._texts(raw) for value in text.values if value not in options]
    assert not bad


def test_common_fields_exist_in_the_shape_that_they_are_written_for() -> None:
    shapes: dict[str, set[str]] = {}
    for schema in SCHEMAS.values():
        for path, item in walk(schema):
            for name in (item.name.lower(), ".".join(path[-2:])):
                shapes.setdefault(name, set()).add(curated.shape(item))
    bad = [
        (name, text.when)
        for name, raw in data.load("common.yml").items()
        for text in curated._texts(raw)
        if str(name) not in shapes or (text.when and text.when not in shapes[str(name)])
    ]
    assert not bad


def test_a_row_is_named_after_its_table() -> None:
    assert nouns.row(SCHEMAS["router/bgp"], ("neighbor", "ip")) == "neighbor"
    assert nouns.option_path(SCHEMAS["router/bgp"], ("neighbor", "ip")) == "config.neighbor[].ip"
    assert nouns.option_path(SCHEMAS["firewall/policy"], ("srcaddr",)) == "config[].srcaddr"
