# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The parameters of an operation against the catalogue's facts: all that are required, each of its type."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from ..refusal import INVALID_REQUEST, REQUEST_MISSING, Refusal
from .registry import Operation

_INTEGER = re.compile(r"-?\d+")
_WORDS = ("true", "false", "0", "1")


def check(operation: Operation) -> None:
    """Refuse what the endpoint cannot work with; parameters that it does not know are ignored.

    :raises Refusal: 424 without a required parameter, 400 for a value of another type
    """
    for name, fact in operation.parameters.items():
        value = operation.param(name)
        if value is None:
            if fact.get("required"):
                raise Refusal(424, REQUEST_MISSING, f"missing parameter {name}")
        elif not _FITS[fact["type"]](value, operation.call.method):
            raise Refusal(400, INVALID_REQUEST, f"parameter {name}: expected {fact['type']}")


def _is_string(value: Any, method: str) -> bool:
    return isinstance(value, (str, int, float))


def _is_integer(value: Any, method: str) -> bool:
    if isinstance(value, str):
        return _INTEGER.fullmatch(value) is not None
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: Any, method: str) -> bool:
    try:
        return not isinstance(value, bool) and float(value) == float(value)
    except (TypeError, ValueError):
        return False


def _is_boolean(value: Any, method: str) -> bool:
    return isinstance(value, bool) or str(value).lower() in _WORDS


def _is_array(value: Any, method: str) -> bool:
    """A query has a list as repeated parameters, or separated by commas."""
    return isinstance(value, list) or method == "GET"


def _is_object(value: Any, method: str) -> bool:
    """A query has an object as JSON text."""
    if isinstance(value, str) and method == "GET":
        try:
            value = json.loads(value)
        except ValueError:
            return False
    return isinstance(value, dict)


_FITS: Mapping[str, Callable[[Any, str], bool]] = {
    "string": _is_string,
    "integer": _is_integer,
    "number": _is_number,
    "double": _is_number,
    "boolean": _is_boolean,
    "array": _is_array,
    "object": _is_object,
}
