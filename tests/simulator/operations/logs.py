# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The log API: searches that are paged through, logs as text, archived files.

A device has no entries until it is given some, as counts: ``{"type": "traffic/forward", "count": 2500}``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .. import catalogue, query
from ..log_entries import Entry, entry, kinds, raw
from ..refusal import NOT_FOUND, Refusal
from .registry import File, Operation, Page, answers, controls

if TYPE_CHECKING:
    from ..device import Device

#: Entries that an answer holds where the request names no number, and at most.
ROWS, MOST_ROWS = 100, 1000
#: Archived files that a log with entries has.
ARCHIVED = 3
_PORTION = 40


@dataclass(slots=True)
class Search:
    """A search that goes on from answer to answer: the numbers of the entries that match, newest first, and how much
    of the log it has seen, in percent."""

    number: int
    found: Sequence[int]
    completed: int = 0

    def go_on(self, gradual: bool) -> Sequence[int]:
        """Look further; what is found by now."""
        self.completed = min(100, self.completed + _PORTION) if gradual else 100
        return self.found[: len(self.found) * self.completed // 100]


@dataclass(slots=True)
class Logs:
    """How many entries there are by source, vdom and kind, and the searches under way."""

    counts: dict[tuple[str, str, str], int] = field(default_factory=dict)
    searches: dict[int, Search] = field(default_factory=dict)
    last: int = 0


@controls("POST", "logs")
def add(device: Device, body: Any) -> dict[str, Any]:
    """Add entries: one object, or a list, of ``type``, ``count``, ``source`` (disk) and ``vdom`` (root).

    :raises ValueError: there is no such type, source or vdom
    """
    for item in body if isinstance(body, list) else [body]:
        kind, source, vdom = str(item["type"]), item.get("source", "disk"), item.get("vdom", device.management)
        if catalogue.operation("log", f"{source}/{kind}") is None or kind.partition("/")[0] not in kinds():
            raise ValueError(f"no log {kind} of {source}")
        if vdom not in device.vdoms:
            raise ValueError(f"no vdom {vdom}")
        counts = device.of(Logs).counts
        counts[source, vdom, kind] = counts.get((source, vdom, kind), 0) + int(item["count"])
    return {"status": "success"}


def answer(operation: Operation) -> Any:
    """The answer of every log: by what stands at the end of the path."""
    kind = operation.path.partition("/")[2]
    for ending, respond in _ENDINGS.items():
        if kind.endswith(ending):
            return respond(operation, kind.removesuffix(ending))
    return _search(operation, kind)


def _search(operation: Operation, kind: str) -> Page:
    """Entries from ``start`` on; ``session_id`` goes on with a search, which keeps its filter."""
    logs = operation.device.of(Logs)
    number = operation.number("session_id")
    if number:
        search = _by_number(logs, number)
    else:
        logs.last += 1
        search = logs.searches[logs.last] = Search(logs.last, _matching(operation, kind))
    found = search.go_on(operation.device.switches.log_search == "gradual")
    start, rows = max(operation.number("start"), 0), _rows(operation)
    beside = {
        "rows": rows,
        "start": start,
        "session_id": search.number,
        "completed": search.completed,
        "total_lines": len(found),
    }
    return Page([entry(kind, index, operation.vdom) for index in found[start : start + rows]], beside)


def _rows(operation: Operation) -> int:
    return min(max(operation.number("rows", ROWS), 1), MOST_ROWS)


def _matching(operation: Operation, kind: str) -> Sequence[int]:
    """The numbers of the entries that the query leaves."""
    everything = range(_count(operation, kind))
    tests = query.tests(operation.call, operation.device.switches)
    if not tests:
        return everything
    return [number for number in everything if _passes(entry(kind, number, operation.vdom), tests)]


def _passes(found: Entry, tests: list[query.Test]) -> bool:
    return all(test(found) for test in tests)


def _count(operation: Operation, kind: str) -> int:
    return operation.device.of(Logs).counts.get((operation.param("source"), operation.vdom, kind), 0)


def _text(operation: Operation, kind: str) -> File:
    numbers = _matching(operation, kind)[: _rows(operation)]
    name = f"{operation.param('source')}-{kind.replace('/', '-')}.log"
    return File(name, "".join(f"{raw(entry(kind, n, operation.vdom))}\n" for n in numbers).encode(), "text/plain")


def _archive(operation: Operation, kind: str) -> list[dict[str, Any]]:
    """The archived files, or the one that ``mkey`` numbers."""
    count = min(_count(operation, kind), ARCHIVED)
    wanted = operation.number("mkey")
    return [
        {"mkey": number, "roll": 0, "filename": f"{kind}-{number}.bin", "size": len(_archived(kind, number))}
        for number in range(1, count + 1)
        if wanted in (0, number)
    ]


def _download(operation: Operation, kind: str) -> File:
    found = _archive(operation, kind)
    if not found:
        raise Refusal(404, NOT_FOUND)
    return File(found[0]["filename"], _archived(kind, found[0]["mkey"]))


def _archived(kind: str, number: int) -> bytes:
    return f"archived {kind} {number}\n".encode()


_ENDINGS = {"/raw": _text, "/archive-download": _download, "/archive/download": _download, "/archive": _archive}


@answers("GET", "log/search/status")
def status(operation: Operation) -> dict[str, Any]:
    """How far a search is."""
    search = _by_number(operation.device.of(Logs), operation.number("session_id"))
    return {"session_id": search.number, "completed": search.completed}


@answers("POST", "log/search/abort")
def abort(operation: Operation) -> None:
    """End a search."""
    logs = operation.device.of(Logs)
    del logs.searches[_by_number(logs, operation.number("session_id")).number]


def _by_number(logs: Logs, number: int) -> Search:
    """:raises Refusal: there is no such search"""
    if number not in logs.searches:
        raise Refusal(404, NOT_FOUND)
    return logs.searches[number]
