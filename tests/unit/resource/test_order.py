# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The order of ordered tables: where rows end up, and that no shorter way leads there."""

from __future__ import annotations

import time
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.hfortix.fortios.plugins.module_utils.resource.order import Move, moves, wanted_order
from ansible_collections.hfortix.fortios.plugins.module_utils.resource.task import TaskError


def carry_out(order: list[Any], todo: list[Move]) -> list[Any]:
    order = list(order)
    for key, where, anchor in todo:
        order.remove(key)
        order.insert(order.index(anchor) + (where == "after"), key)
    return order


@given(st.permutations(range(9)))
def test_moves_lead_to_the_wanted_order(wanted: list[int]) -> None:
    assert carry_out(list(range(9)), moves(list(range(9)), wanted)) == wanted


def test_no_shorter_way_exists() -> None:
    """Breadth-first search over every single move gives the true distance for all orders of five rows."""
    start = tuple(range(5))
    distance = {start: 0}
    frontier = [start]
    while frontier:
        following = []
        for order in frontier:
            for key in order:
                rest = [item for item in order if item != key]
                for position in range(5):
                    reached = (*rest[:position], key, *rest[position:])
                    if reached not in distance:
                        distance[reached] = distance[order] + 1
                        following.append(reached)
        frontier = following
    for wanted in permutations(start):
        assert len(moves(start, wanted)) == distance[wanted]


@pytest.mark.parametrize(
    ("placement", "ordered", "wanted"),
    [
        (None, False, [1, 2, 3, 4, 5]),
        ("first", False, [4, 2, 1, 3, 5]),
        ("last", False, [1, 3, 5, 4, 2]),
        ({"before": 3}, False, [1, 4, 2, 3, 5]),
        ({"after": "3"}, False, [1, 3, 4, 2, 5]),
        (None, True, [1, 4, 3, 2, 5]),
    ],
)
def test_wanted_order(placement: Any, ordered: bool, wanted: list[int]) -> None:
    assert wanted_order([1, 2, 3, 4, 5], [4, 2], placement, ordered=ordered) == wanted


@pytest.mark.parametrize(
    ("placement", "words"),
    [
        ({"before": 9}, "there is no row 9 to place anything before; name an existing one"),
        ({"after": 4}, "after 4 names a row of the same task"),
        ("middle", "takes first, last, {before: key} or {after: key}, not 'middle'"),
        ({"before": 1, "after": 2}, "takes first, last"),
        ({"before": None}, "takes first, last"),
    ],
)
def test_a_wrong_placement_is_refused(placement: Any, words: str) -> None:
    with pytest.raises(TaskError) as caught:
        wanted_order([1, 2, 3, 4, 5], [4, 2], placement, ordered=False)
    assert words in str(caught.value)
    assert str(caught.value).startswith("placement: ")


def test_many_rows_take_little_time() -> None:
    rows = list(range(10_000))
    start = time.process_time()
    assert wanted_order(rows, rows[::-1], "first", ordered=False) == rows[::-1]
    assert time.process_time() - start < 1
