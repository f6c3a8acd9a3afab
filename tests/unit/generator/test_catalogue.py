# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Loading the catalogue: structure, overrides, and every problem in one report."""

from __future__ import annotations

from typing import Any

import pytest

from generator.catalogue import Catalogue
from generator.overrides import members

from .conftest import Facts, Make, table


def texts(catalogue: Catalogue) -> list[str]:
    return [str(problem) for problem in catalogue.problems]


def test_the_catalogue_is_complete(catalogue: Catalogue) -> None:
    counts = {family: len(catalogue.family(family)) for family in ("cmdb", "monitor", "log", "service")}
    assert counts == {"cmdb": 697, "monitor": 605, "log": 75, "service": 11}
    assert texts(catalogue) == []


def test_all_problems_come_in_one_report(make: Make) -> None:
    found = make(
        {
            "cmdb/a/broken": "{",
            "cmdb/a/twins": '{"api": "cmdb", "api": "cmdb", "path": "a/twins"}',
            "cmdb/a/moved": table("a/other"),
            "cmdb/a/list": "[]",
            "cmdb/a/kind": table("a/kind", kind="heap"),
            "cmdb/a/fact": table("a/fact", colour="red"),
            "cmdb/a/type": table("a/type", fields={"size": {"type": "float"}}),
            "monitor/a/none": {"api": "monitor", "path": "a/none", "methods": {}},
            "cmdb/a/good": table("a/good"),
        }
    )
    assert list(found.endpoints) == ["cmdb/a/good"]
    assert [text.split(": ")[1] for text in texts(found)] == [
        "cmdb/a/broken",
        "cmdb/a/list",
        "cmdb/a/moved",
        "cmdb/a/twins",
        "cmdb/a/fact",
        "cmdb/a/kind",
        "cmdb/a/type",
        "monitor/a/none",
    ]
    assert "error: cmdb/a/twins: not readable as JSON: twice in one object: api" in texts(found)
    assert "error: cmdb/a/moved: holds another endpoint: cmdb/a/other" in texts(found)
    assert any("fields.size.type" in text for text in texts(found))


def override(target: str, **facts: Any) -> Facts:
    return {"target": target, "reason": "for the sake of the test", **facts}


def test_an_override_sets_and_removes_facts(make: Make) -> None:
    found = make(
        {"cmdb/test/thing": table(fields={"size": {"type": "integer", "default": "big"}})},
        [
            override("cmdb/test/thing size", set={"min": 1}, remove=["default"], replaces={"default": "big"}),
            override("cmdb/test/thing", set={"builtin": ["all"]}),
            override("cmdb/test/thing colour", set={"type": "string"}),
        ],
    )
    assert texts(found) == []
    schema = found.endpoints["cmdb/test/thing"].schema
    assert (schema.fields["size"].min, schema.fields["size"].default) == (1, None)
    assert schema.builtin == {"all"}
    assert list(schema.fields) == ["name", "size", "colour"]


def test_a_pattern_corrects_every_endpoint_that_fits(make: Make) -> None:
    found = make(
        {
            "cmdb/a/one": table("a/one", fields={"uuid": {"type": "string"}}),
            "cmdb/a/two": table("a/two", fields={"uuid": {"type": "uuid"}}),
            "cmdb/a/three": table("a/three"),
        },
        [override("cmdb/* uuid", set={"automatic": True}, replaces={"type": "string"})],
    )
    assert texts(found) == []
    assert found.endpoints["cmdb/a/one"].schema.fields["uuid"].automatic
    assert not found.endpoints["cmdb/a/two"].schema.fields["uuid"].automatic


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        (override("cmdb/test/other", set={"scope": "vdom"}), "something that the catalogue does not have"),
        (override("cmdb/test/thing size", set={"min": 1}), "something that the catalogue does not have"),
        (override("cmdb/test/thing a b", set={"type": "string"}), "something that the catalogue does not have"),
        (override("cmdb/test/thing name", set={"min": 1}, replaces={"type": "user"}), 'now says {"type": "string"}'),
        (override("cmdb/test/thing name", remove=["default"]), 'now says {"default": null}'),
        (override("cmdb/* size", set={"min": 1}), "fits nothing"),
        ({"target": "cmdb/test/thing", "set": {"scope": "vdom"}}, "'reason' is a required property"),
        (override("cmdb/test/thing", sett={"scope": "vdom"}), "Additional properties are not allowed"),
        (override("cmdb/test/thing", set={"scope": "nowhere"}), "scope: 'nowhere' is not one of"),
    ],
)
def test_a_wrong_override_is_reported(make: Make, entry: Facts, problem: str) -> None:
    found = make({"cmdb/test/thing": table()}, [entry])
    assert any(problem in text for text in texts(found)), texts(found)


def test_every_override_has_an_effect(catalogue: Catalogue) -> None:
    """An override whose correction the catalogue has already would say something that is no longer so."""
    from generator.catalogue import CATALOG, read

    plain = read(CATALOG, None)
    for entry in catalogue.overrides:
        if entry.is_pattern or entry.endpoint not in plain.endpoints:
            continue
        node: Any = plain.endpoints[entry.endpoint].facts
        for name in entry.field:
            node = members(node).get(name, {})
        assert any(node.get(name) != value for name, value in entry.set.items()) or entry.remove, str(entry)
