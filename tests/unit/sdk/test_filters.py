# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Filters as expressions: the text that the device is sent."""

from __future__ import annotations

import doctest
from typing import Any

import pytest

from hfortix_fortios import F, Filter, filters


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (F("name") == "web", "name==web"),
        (F("name") != "web", "name!=web"),
        (F("color") < 3, "color<3"),
        (F("color") <= 3, "color<=3"),
        (F("color") > 3, "color>3"),
        (F("color") >= 3, "color>=3"),
        (3 < F("color"), "color>3"),  # noqa: SIM300 - the mirrored spelling
        (F("name").one_of("a", "b,c"), r"name==a,b\,c"),
        (F("name").contains("a\\b"), r"name=@a\\b"),
        (F("member.name").lacks("a b"), "member.name!@a b"),
        (F("name").same("WEB", "Db"), "name=*WEB,Db"),
        (F("name").differs("WEB"), "name!*WEB"),
    ],
)
def test_a_condition(found: Filter, text: str) -> None:
    assert list(found) == [text]


def test_conditions_are_joined() -> None:
    assert list((F("a") == 1) & (F("b") != 2) & F("c").contains("x")) == ["a==1", "b!=2", "c=@x"]


@pytest.mark.parametrize(
    "mistake", [lambda a, b: a and b, lambda a, b: not a, lambda a, b: 1 < F("color") < 3, lambda a, b: a or b]
)
def test_what_would_forget_a_condition_is_an_error(mistake: Any) -> None:
    with pytest.raises(TypeError, match="join filters with &"):
        mistake(F("a") == 1, F("b") == 2)


def test_a_filter_joins_filters_only() -> None:
    with pytest.raises(TypeError):
        _ = (F("a") == 1) & "b==2"  # type: ignore[operator]
    with pytest.raises(ValueError, match="a filter by name needs a value"):
        F("name").one_of()


def test_the_example() -> None:
    assert doctest.testmod(filters).failed == 0
