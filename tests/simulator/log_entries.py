# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Made-up log entries: each follows from its type and number, so that thousands of them take no memory."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from . import facts

#: When the newest entry was written, in seconds since the epoch: 1 January 2026.
NEWEST = 1767225600
#: Seconds from one entry to the next.
PACE = 30

Entry = dict[str, Any]


def entry(kind: str, number: int, vdom: str) -> Entry:
    """The entry of a kind such as ``traffic/forward`` or ``virus``; 0 is the newest.

    >>> entry("event/system", 0, "root")["subtype"]
    'system'
    """
    data = facts.logs()
    area, _, subtype = kind.partition("/")
    seconds = NEWEST - number * PACE
    written = datetime.fromtimestamp(seconds, timezone.utc)
    found: Entry = {
        "date": f"{written:%Y-%m-%d}",
        "time": f"{written:%H:%M:%S}",
        "eventtime": seconds * 1_000_000_000,
        "tz": "+0000",
        "logid": _turn(data["logids"][area], number),
        "type": area if area in data["members"] else "utm",
        "subtype": subtype or area,
        "level": _turn(data["levels"], number),
        "vd": vdom,
    }
    for name, values in data["members"][found["type"]].items():
        found[name] = _turn(values, number)
    return found


def kinds() -> frozenset[str]:
    """The types that entries may have, without subtypes."""
    return frozenset(facts.logs()["logids"])


def raw(found: Entry) -> str:
    """The entry as a line of text."""
    return " ".join(
        f"{name}={value}" if isinstance(value, int) else f'{name}="{value}"' for name, value in found.items()
    )


def _turn(values: list[Any], number: int) -> Any:
    value = values[number % len(values)]
    if not isinstance(value, str):
        return value
    text = value.format(n=number + 1, m=number % 250 + 1)
    return number + 1 if value == "{n}" else text
