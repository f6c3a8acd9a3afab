# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The answer of every endpoint that has no function of its own: what the catalogue's facts say, of the right types.

A value follows from the endpoint, the member's name and the row, so that it is the same each time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from .. import facts
from .amounts import amount
from .registry import File, Operation

#: How many rows an endpoint answers that lists something.
ROWS = 3


def answer(operation: Operation) -> Any:
    """A file where the endpoint sends one, nothing for an action, else one object or three rows."""
    endpoint = operation.endpoint
    if endpoint is None:
        raise ValueError(f"the catalogue has no {operation.path}")
    name = facts.files().get(endpoint.id)
    if name is not None:
        return File(name, f"{endpoint.id} of {operation.device.serial}\n".encode())
    if endpoint.method == "POST":
        return None
    if endpoint.id in facts.single():
        return _row(operation, endpoint.id, 1)
    return [_row(operation, endpoint.id, number + 1) for number in range(ROWS if operation.response else 0)]


def _row(operation: Operation, subject: str, number: int) -> dict[str, Any]:
    return {name: _value(operation, f"{subject}/{name}", fact, number) for name, fact in operation.response.items()}


def _value(operation: Operation, name: str, fact: Mapping[str, Any], number: int) -> Any:
    """A value of the member's type. Objects, and lists without options, are empty: what they hold is not known."""
    options = fact.get("options", [])
    if fact["type"] == "array":
        return list(options)
    if options and fact["type"] != "object":
        return options[(number - 1) % len(options)]
    leaf = name.rpartition("/")[2]
    chance = amount(f"{name}/{number}", 10**6)
    match fact["type"]:
        case "string":
            return _text(operation, leaf, number)
        case "integer":
            return _whole(leaf, number, chance)
        case "number" | "double":
            return chance % 1000 / 10
        case "boolean":
            return bool(chance % 2)
    return {}


def blank(operation: Operation) -> dict[str, Any]:
    """Every member that the facts name, with the value of its type that says nothing."""
    return {name: _NOTHING[fact["type"]]() for name, fact in operation.response.items()}


_NOTHING: Mapping[str, Callable[[], Any]] = {
    "string": str,
    "integer": int,
    "boolean": bool,
    "number": int,
    "double": float,
    "array": list,
    "object": dict,
}


def _text(operation: Operation, name: str, number: int) -> str:
    device = operation.device
    return _pattern("string", name).format(
        name=name.replace("_", "-"),
        number=number,
        serial=device.serial,
        version=device.profile.version,
        vdom=operation.vdom,
    )


def _whole(name: str, number: int, chance: int) -> int:
    pattern = _pattern("integer", name)
    return int(pattern.format(number=number)) if pattern else chance % 100


@cache
def _pattern(kind: str, name: str) -> str:
    """How a value of that name reads."""
    return next(text for pattern, text in facts.members()[kind] if re.search(pattern, name))
