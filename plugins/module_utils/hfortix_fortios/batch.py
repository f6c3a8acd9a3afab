# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many calls at once, in either mode, each with a result of its own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar, cast

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
    from .http import tasks

    return await tasks.gathered([partial(_awaited, call) for call in calls], parallel)


async def _awaited(call: Callable[[], Awaitable[T]]) -> Result[T]:
    try:
        return Result(await call())
    except Exception as error:
        return Result(error=error)
