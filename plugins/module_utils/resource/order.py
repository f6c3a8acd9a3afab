# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The order of an ordered table: the wanted order, and the fewest moves that lead there."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Mapping, Sequence
from typing import Any, Literal, NamedTuple, TypeVar

from .task import TaskError

Key = TypeVar("Key", bound=Hashable)


class Move(NamedTuple):
    """Move the row `key` directly before or after the row `anchor`."""

    key: Any
    where: Literal["before", "after"]
    anchor: Any


def wanted_order(current: Sequence[Key], listed: Sequence[Key], placement: Any, *, ordered: bool) -> list[Key]:
    """The order of all keys that satisfies `placement` and `ordered` and otherwise leaves rows where they are.

    `current` holds every key, `listed` those of the task in its order. A placement puts the listed rows, in their
    order, at one place. ``ordered`` alone brings only their order among each other into the listed one.

    :raises TaskError: the placement names a row that does not exist or that is itself to be placed
    """
    members = set(listed)
    if placement is not None:
        rest = [key for key in current if key not in members]
        position = _position(rest, listed, placement)
        return [*rest[:position], *listed, *rest[position:]]
    if not ordered:
        return list(current)
    sequence = iter(listed)
    return [next(sequence) if key in members else key for key in current]


def _position(rest: Sequence[Key], listed: Sequence[Key], placement: Any) -> int:
    if placement == "first":
        return 0
    if placement == "last":
        return len(rest)
    where, anchor = parse_placement(placement)
    by_text = {str(key): index for index, key in enumerate(rest)}
    if str(anchor) in by_text:
        return by_text[str(anchor)] + (where == "after")
    if str(anchor) in map(str, listed):
        raise TaskError(f"placement: {where} {anchor!r} names a row of the same task; name one that is not in config.")
    raise TaskError(f"placement: there is no row {anchor!r} to place anything {where}; name an existing one.")


def parse_placement(placement: Any) -> tuple[Literal["before", "after"], Any]:
    """``{"before": key}`` or ``{"after": key}`` as a pair.

    :raises TaskError: anything else
    """
    if isinstance(placement, Mapping) and len(placement) == 1:
        where, anchor = next(iter(placement.items()))
        if where in ("before", "after") and anchor is not None and not isinstance(anchor, (list, Mapping)):
            return where, anchor
    raise TaskError(f"placement: takes first, last, {{before: key}} or {{after: key}}, not {placement!r}.")


def moves(current: Sequence[Key], wanted: Sequence[Key]) -> list[Move]:
    """The fewest moves from one order to another: the longest run that is in order already stays where it is.

    They are meant to be made one after the other: an anchor stands in its final place when it is used.
    """
    rank = {key: index for index, key in enumerate(current)}
    staying = {wanted[index] for index in _longest_increasing([rank[key] for key in wanted])}
    result: list[Move] = []
    for index, key in enumerate(wanted):
        if key in staying:
            continue
        if index:
            result.append(Move(key, "after", wanted[index - 1]))
        else:
            result.append(Move(key, "before", current[0]))
    return result


def _longest_increasing(numbers: Sequence[int]) -> list[int]:
    """The positions of a longest increasing subsequence, by patience sorting: O(n log n)."""
    tops: list[int] = []
    top_positions: list[int] = []
    previous: list[int] = []
    for position, number in enumerate(numbers):
        pile = bisect_left(tops, number)
        previous.append(top_positions[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(number)
            top_positions.append(position)
        else:
            tops[pile] = number
            top_positions[pile] = position
    result = []
    position = top_positions[-1] if top_positions else -1
    while position >= 0:
        result.append(position)
        position = previous[position]
    return result[::-1]
