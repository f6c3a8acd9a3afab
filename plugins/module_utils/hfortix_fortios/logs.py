# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading a log: the entries come in pages, and the device may still be searching when it answers.

No structured answer of a log was on record when this was written. The members that are relied on (`session_id`,
`completed` in percent, `total_lines`) may each be missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from .endpoint import Flow, rows_of
from .http.interface import Pause, Request

#: Most entries of one request.
PAGE = 1000
#: Seconds to wait before a device that is still searching is asked again, and how often that is done in a row.
SEARCH_PAUSE = 0.5
SEARCH_TRIES = 60


class Entries(NamedTuple):
    """Log entries, and what the device said about them.

    `complete` tells whether `rows` are all entries that match. `total_lines` counts the lines that do, and `completed`
    how much of the log was searched, in percent; None: the device did not say. `envelope` is the last answer.
    """

    rows: list[Any]
    complete: bool
    total_lines: int | None
    completed: int | None
    session_id: int | None
    envelope: Mapping[str, Any]


def entries(request: Request, rows: int) -> Flow[Entries]:
    """Read up to `rows` of the entries that `request` asks for, in one vdom.

    Ends when they are there, when the device has no more, or when it has searched for half a minute without finding
    another one.

    :raises FortiOSError: an answer is no envelope
    """
    found: list[Any] = []
    session: dict[str, int] = {}
    idle = 0
    while True:
        size = min(PAGE, rows - len(found))
        answer = yield replace(request, params={**request.params, **session, "start": len(found), "rows": size})
        page = [row for row in rows_of(answer, request.path) if row][:size]
        found += page
        session_id, completed, total = (
            _number(answer.get(name)) for name in ("session_id", "completed", "total_lines")
        )
        if session_id is not None:
            session = {"session_id": session_id}
        searching = completed is not None and completed < 100
        ended = not searching and (not page or (len(page) < size if total is None else len(found) >= total))
        idle = 0 if page else idle + 1
        if ended or len(found) >= rows or idle >= SEARCH_TRIES:
            complete = ended and (total is None or len(found) >= total)
            return Entries(found, complete, total, completed, session_id, answer)
        if searching and len(page) < size:
            yield Pause(SEARCH_PAUSE)


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) else None
