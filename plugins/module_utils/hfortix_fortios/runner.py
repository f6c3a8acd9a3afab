# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What makes the flows of endpoints calls or coroutines, over any client with the IHTTPClient interface."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextvars import ContextVar
from copy import copy
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from .errors import FortiOSError
from .http.files import holds_file, whole
from .http.interface import Pause, Request
from .validation import Validation

if TYPE_CHECKING:
    from .endpoint import Flow, PageReader
    from .http.interface import IHTTPClient, Params

#: Query parameters that say where in the device a request is meant for.
_TARGETS = frozenset({"vdom", "global", "scope"})


class Joinable(Protocol):
    """A `Transaction`, as far as a request has to know it: that class leads to the tree, which modules do not ship."""

    client: IHTTPClient
    target: Params

    def join(self, headers: dict[str, str]) -> None: ...


#: The transactions that are open in this thread or task, the inner ones last.
OPEN: ContextVar[tuple[Joinable, ...]] = ContextVar("OPEN", default=())


def current(client: IHTTPClient) -> Joinable | None:
    """The transaction that is open here on the device of `client`."""
    return next((one for one in reversed(OPEN.get()) if one.client is client), None)


class Runner:
    """A client, and what all requests over it share: the target of those that name none, checks, a transaction.

    `target` are query parameters: a vdom, or the global scope. A transaction has a target of its own, which takes the
    place of the client's default but not of one that was asked for by `aimed`. `run` performs a flow and gives its
    result; `pages` gives an iterator over the rows of pages. A subclass does so in its own mode.
    """

    #: The result of a flow, or a coroutine of it.
    run: Callable[[Flow[Any]], Any]
    #: An iterator, or asynchronous iterator, over the rows of all pages.
    pages: Callable[[PageReader], Any]

    def __init__(self, client: IHTTPClient, target: Params, validation: Validation) -> None:
        self.client = client
        self.target = target
        self._is_aimed = False
        self.validation = validation
        self.transaction: Joinable | None = None
        #: The timeout of every request, in seconds; None: the client's.
        self.timeout: float | None = None

    def __repr__(self) -> str:
        return repr(self.client)

    def aimed(self, target: Params) -> Runner:
        """The same with another target."""
        other = copy(self)
        other.target = target
        other._is_aimed = True
        return other

    def within(self, transaction: Joinable) -> Runner:
        """The same with every request a member of `transaction`, in its vdom."""
        other = copy(self)
        other.transaction = transaction
        other._is_aimed = False
        return other

    def timed(self, seconds: float) -> Runner:
        """The same with a timeout of its own.

        :raises ValueError: no timeout can be that
        """
        from .http.settings import check_timeout

        check_timeout(seconds)
        other = copy(self)
        other.timeout = seconds
        return other

    @property
    def place(self) -> Params:
        """The target of a request here that names none."""
        transaction = self.transaction or current(self.client)
        return self.target if transaction is None or self._is_aimed else transaction.target

    def send(self, request: Request) -> Any:
        """Hand `request` to the client; the answer, or an awaitable of it."""
        params, headers = dict(request.params), dict(request.headers)
        transaction = self.transaction or current(self.client)
        if transaction is not None:
            transaction.join(headers)
        if not params.keys() & _TARGETS:
            params.update(self.place)
        client: Any = self.client
        if self.timeout is not None:
            client = client.with_timeout(self.timeout)
        if (request.sink is not None or holds_file(request.json)) and getattr(client, "moves_files", False):
            return client.send(replace(request, params=params, headers=headers))
        body = whole(request.json)
        return client.request(request.method, request.path, params=params or None, json=body, headers=headers or None)


class SyncRunner(Runner):
    """Runs flows at once."""

    def run(self, flow: Flow[Any]) -> Any:
        try:
            step = next(flow)
            while True:
                if isinstance(step, Pause):
                    time.sleep(step.seconds)
                    step = next(flow)
                    continue
                try:
                    answer = self.send(step)
                except FortiOSError as error:
                    step = flow.throw(error)
                else:
                    self.validation.learn(answer)
                    step = flow.send(answer)
        except StopIteration as end:
            return end.value

    def pages(self, read: PageReader) -> Iterator[Any]:
        start: int | None = 0
        while start is not None:
            page = self.run(read(start))
            yield from page.rows
            start = page.start


class AsyncRunner(Runner):
    """Runs flows as coroutines."""

    async def run(self, flow: Flow[Any]) -> Any:
        # Modules have this file, and no use for asyncio, which takes long to import.
        from asyncio import sleep

        try:
            step = next(flow)
            while True:
                if isinstance(step, Pause):
                    await sleep(step.seconds)
                    step = next(flow)
                    continue
                try:
                    answer = await self.send(step)
                except FortiOSError as error:
                    step = flow.throw(error)
                else:
                    self.validation.learn(answer)
                    step = flow.send(answer)
        except StopIteration as end:
            return end.value

    async def pages(self, read: PageReader) -> AsyncIterator[Any]:
        start: int | None = 0
        while start is not None:
            page = await self.run(read(start))
            for row in page.rows:
                yield row
            start = page.start


def whole_answer(request: Request) -> Flow[Any]:
    """The flow of one request, with its decoded answer as the result."""
    return (yield request)
