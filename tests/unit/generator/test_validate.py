# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the catalogue must mean: each rule finds what breaks it, and the real catalogue breaks none."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from generator.catalogue import Catalogue
from generator.validate import validate

from .conftest import Facts, Make, table


def with_field(**facts: Any) -> Facts:
    return table(fields={"size": facts})


def child(**facts: Any) -> Facts:
    return with_field(**{"type": "table", "mkey": "id", "fields": {"id": {"type": "integer"}}, **facts})


ERRORS = [
    (table(mkey=None), "a table without a key field"),
    (table(mkey="nobody"), "its key nobody is not among its fields"),
    (table(mkey="size", fields={"size": {"type": "object", "fields": {}}}), "its key size is not a single value"),
    (table(mkey="size", fields={"size": {"type": "password"}}), "its key size is a secret"),
    (table(kind="object"), "a single object with the fact mkey of tables"),
    (table(kind="object", mkey=None, movable=True), "a single object with the fact movable of tables"),
    (table(versions="7.4"), "versions '7.4': '7.4' is no range"),
    (table(versions="seven-"), "is not a FortiOS release"),
    (table(versions="7.4.0-7.2.0"), "'7.4.0-7.2.0' ends before it begins"),
    (table(versions="7.4.0-,7.6.0-"), "'7.6.0-' does not come after the range before it"),
    (table(versions="7.4.0-7.4.5,7.4.3-"), "'7.4.3-' does not come after the range before it"),
    (table(versions="-7.0.0,-7.2.0"), "'-7.2.0' does not come after the range before it"),
    (with_field(type="table"), "a table without fields of its own"),
    (with_field(type="string", fields={}), "a string with fields of its own"),
    (with_field(type="string", mkey="name"), "a string with facts of child tables"),
    (child(mkey="nobody"), "its key nobody is not among its fields"),
    (child(fields={"id": {"type": "integer", "multiple": True}}), "its key id is not a single value"),
    (with_field(type="option"), "option without options"),
    (with_field(type="string", options=["a"]), "string with options"),
    (with_field(type="option", options=["a", "a"]), "the option a comes twice"),
    (with_field(type="option", options=["a"], default="b"), "the default b is not one of the options"),
    (
        with_field(type="option", multiple=True, options=["a", "b"], default="a c"),
        "the default c is not one of the options",
    ),
    (with_field(type="option", options=["a"], option_versions={"b": "7.4.0-"}), "an option b that it does not have"),
    (with_field(type="option", options=["a"], option_versions={"a": "x"}), "option a: versions 'x': 'x' is no range"),
    (with_field(type="string", min=1, max=2), "bounds of a string"),
    (with_field(type="integer", min=3, max=2), "its least value 3 is greater than its greatest 2"),
    (with_field(type="integer", default="many"), "the default 'many' of an integer"),
    (
        table(fields={"a-b": {"type": "string"}, "a_b": {"type": "string"}}),
        "a-b and a_b are the same option a_b",
    ),
    (table(fields={"Name": {"type": "string"}}), "name and Name are the same keyword name"),
]

WARNINGS = [
    (with_field(type="string", refs=["no.such.table.name"]), "refers to no.such.table.name"),
    (with_field(type="string", refs=["test.thing.nothing"]), "refers to test.thing.nothing"),
    (with_field(type="integer", min=1, max=5, default=0), "the default 0 is out of bounds"),
    (child(mkey=None), "a child table whose key is not known"),
    (
        with_field(type="option", options=["a"], option_versions={"a": "-7.4.1"}),
        "every option is missing in release 7.4.2",
    ),
    (
        with_field(type="option", options=["a", "b"], option_versions={"a": "7.2.0-"}, default="a"),
        "the default a is missing in release 6.4.0",
    ),
    (
        child(versions="7.0.0-", fields={"id": {"type": "integer", "versions": "7.0.0-7.2.3"}}),
        "the key id is missing in release 7.2.4",
    ),
]


def _clean(facts: Facts) -> Facts:
    return {
        key: {name: {k: v for k, v in item.items() if v is not None} for name, item in value.items()}
        if key == "fields"
        else value
        for key, value in facts.items()
    }


@pytest.mark.parametrize(("facts", "what"), ERRORS, ids=[what for _, what in ERRORS])
def test_an_error_is_found(make: Make, facts: Facts, what: str) -> None:
    found = make({"cmdb/test/thing": facts})
    assert found.problems == []
    assert any(problem.error and what in problem.what for problem in validate(found)), validate(found)


@pytest.mark.parametrize(("facts", "what"), WARNINGS, ids=[what for _, what in WARNINGS])
def test_an_oddity_is_a_warning(make: Make, facts: Facts, what: str) -> None:
    problems = validate(make({"cmdb/test/thing": _clean(facts)}))
    assert [(problem.error, what in problem.what) for problem in problems] == [(False, True)], problems


@pytest.mark.parametrize(
    "facts",
    [
        table(),
        table(kind="object", mkey=None),
        table(versions="-6.4.0,6.4.4-7.0.5,7.2.0-"),
        child(),
        with_field(type="string", refs=["test.thing.name"]),
        with_field(type="option", options=["a", "b"], option_versions={"a": "-7.0.0", "b": "7.0.1-"}),
        with_field(type="integer", min=0, max=5, default=5),
    ],
)
def test_what_is_right_is_not_reported(make: Make, facts: Facts) -> None:
    assert validate(make({"cmdb/test/thing": facts})) == []


def operation(path: str, family: str = "monitor", method: str = "GET", **facts: Any) -> Facts:
    return {"api": family, "path": path, "methods": {method: {"params": facts.pop("params", {})}}, **facts}


@pytest.mark.parametrize(
    ("endpoints", "what"),
    [
        (
            {"cmdb/a/b-c": table("a/b-c"), "cmdb/a-b/c": table("a-b/c")},
            "would be the same module a_b_c",
        ),
        (
            {"cmdb/a.b/c": table("a.b/c"), "cmdb/a/b/c": table("a/b/c")},
            "would be the same attribute of the SDK",
        ),
        (
            {"monitor/a/b": operation("a/b"), "monitor/a/b/get": operation("a/b/get")},
            "its child get hides a method",
        ),
        (
            {"monitor/a/b": operation("a/b"), "monitor/a/b/c/d": operation("a/b/c/d")},
            "a namespace c below an endpoint has no class to be in",
        ),
        (
            {"log/event": operation("{source}/event", "log")},
            "a {source} in the path without sources",
        ),
        (
            {"log/stop": operation("stop/{id}", "log", params={"id": {"type": "integer"}})},
            "the parameter id is said to be in the path, or is there, but not both",
        ),
        (
            {"monitor/a": operation("a", params={"x-y": {"type": "string"}, "x_y": {"type": "string"}})},
            "x-y and x_y are the same option x_y",
        ),
    ],
)
def test_endpoints_that_do_not_go_together(make: Make, endpoints: dict[str, Facts], what: str) -> None:
    found = make(endpoints)
    assert found.problems == []
    assert any(problem.error and what in problem.what for problem in validate(found)), validate(found)


def test_the_catalogue_has_no_errors_and_these_oddities(catalogue: Catalogue) -> None:
    """The numbers are on record so that a changed catalogue is looked at; they are facts, not goals."""
    problems = validate(catalogue)
    assert [str(problem) for problem in problems if problem.error] == []
    kinds = Counter(
        next(
            kind
            for kind in (
                "out of bounds",
                "whose key is not known",
                "every option",
                "the default",
                "the key",
                "refers to",
            )
            if kind in problem.what
        )
        for problem in problems
    )
    assert kinds == {
        "out of bounds": 171,
        "the default": 47,
        "the key": 16,
        "every option": 14,
        "whose key is not known": 8,
    }
