# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many awaitables at once, in asynchronous mode."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

T = TypeVar("T")


async def gathered(calls: Sequence[Callable[[], Awaitable[T]]], width: int) -> list[T]:
    """Await `calls` in at most `width` tasks; results in order.

    An exception of one ends all, and is raised when none is under way any more.
    """
    results: list[Any] = [None] * len(calls)
    waiting = iter(enumerate(calls))

    async def work() -> None:
        for index, call in waiting:
            results[index] = await call()

    tasks = [asyncio.ensure_future(work()) for _number in range(max(1, min(width, len(calls))))]
    try:
        await asyncio.gather(*tasks)
    finally:
        # After a mistake nothing goes on behind the back of the caller.
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return results
