# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many calls at once, in either mode, each with a result of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

T = TypeVar("T")


@dataclass(frozen=True)
class Result(Generic[T]):
    """What became of one call of a batch: its `error`, or else its `value`. True when it succeeded."""

    value: T | None = None
    error: Exception | None = None

    def __bool__(self) -> bool:
        return self.error is None

    def get(self) -> T:
        """The value.

        :raises Exception: there is none; the error of the call, mostly a `FortiOSError`, says why
        """
        if self.error is not None:
            raise self.error
        return cast("T", self.value)


def together(calls: Sequence[Callable[[], T]], parallel: int) -> list[Result[T]]:
    """Make `calls` in at most `parallel` threads; results in order.

    Each thread sees the context of the caller: what is in a transaction here is in it there.
    """
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(max(1, min(parallel, len(calls)))) as pool:
        futures = [pool.submit(copy_context().run, _attempt, call) for call in calls]
        try:
            return [future.result() for future in futures]
        except BaseException:
            # An interruption: what has not begun shall not begin.
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _attempt(call: Callable[[], T]) -> Result[T]:
    try:
        return Result(call())
    except Exception as error:
        return Result(error=error)


async def gathered(calls: Sequence[Callable[[], Awaitable[T]]], parallel: int) -> list[Result[T]]:
    """Await `calls` in at most `parallel` tasks; results in order."""
    import asyncio

    results: list[Any] = [None] * len(calls)
    waiting = iter(enumerate(calls))

    async def work() -> None:
        for index, call in waiting:
            try:
                results[index] = Result(await call())
            except Exception as error:
                results[index] = Result(error=error)

    tasks = [asyncio.ensure_future(work()) for _number in range(max(1, min(parallel, len(calls))))]
    try:
        await asyncio.gather(*tasks)
    finally:
        # After a mistake nothing goes on behind the back of the caller.
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return results
