# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Port ranges as FortiOS services write them: ``80 443 8000-8010:1024-65535``, with source ports behind a colon."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

HIGHEST = 65535

_PART = re.compile(r"(\d+)(?:-(\d+))?(?::(\d+)(?:-(\d+))?)?")

#: The first and the last port.
Span = tuple[int, int]


class Ports(NamedTuple):
    """Destination ports, and the source ports that they are limited to, if they are."""

    destination: Span
    source: Span | None = None


def parse(text: str) -> list[Ports]:
    """The ranges that `text` lists, in order.

    :raises ValueError: a part of it is no range of ports
    """
    return [_part(part) for part in text.split()]


def as_data(ports: Iterable[Ports]) -> list[dict[str, int]]:
    """Each range as ``first`` and ``last``, with ``source_first`` and ``source_last`` if it has source ports."""
    return [
        {"first": item.destination[0], "last": item.destination[1]}
        | ({"source_first": item.source[0], "source_last": item.source[1]} if item.source else {})
        for item in ports
    ]


def from_data(items: str | int | Mapping[str, int] | Sequence[str | int | Mapping[str, int]]) -> list[Ports]:
    """What `as_data` made; text and plain numbers may stand among it, or alone.

    :raises ValueError: one of them is no port or range of ports
    """
    if isinstance(items, (str, int, Mapping)):
        items = [items]
    return [ports for item in items for ports in _ports(item)]


def to_text(ports: Iterable[Ports]) -> str:
    """The fewest ranges that hold all `ports` and no other, in order; those with source ports come last."""
    by_source: dict[Span | None, list[Span]] = {}
    for item in ports:
        by_source.setdefault(item.source, []).append(item.destination)
    return " ".join(
        _range(span) + (f":{_range(source)}" if source else "")
        for source in sorted(by_source, key=lambda source: source or (-1, -1))
        for span in _merged(by_source[source])
    )


def _ports(item: str | int | Mapping[str, int]) -> list[Ports]:
    if isinstance(item, str):
        return parse(item)
    if isinstance(item, int):
        return parse(str(item))
    try:
        source = f":{item['source_first']}-{item['source_last']}" if "source_first" in item else ""
        return parse(f"{item['first']}-{item['last']}{source}")
    except KeyError as error:
        raise ValueError(f"{dict(item)!r} lacks {error}") from None


def _part(text: str) -> Ports:
    match = _PART.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a port or a range of ports, such as 443 or 8000-8010:1024-65535")
    first, last, source_first, source_last = match.groups()
    source = _span(text, source_first, source_last) if source_first else None
    return Ports(_span(text, first, last), source)


def _span(text: str, first: str, last: str | None) -> Span:
    span = int(first), int(last or first)
    if not span[0] <= span[1] <= HIGHEST:
        raise ValueError(f"{text!r} does not run from a lower to a higher port, of at most {HIGHEST}")
    return span


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = merged[-1][0], max(last, merged[-1][1])
        else:
            merged.append((first, last))
    return merged


def _range(span: Span) -> str:
    first, last = span
    return str(first) if first == last else f"{first}-{last}"
