# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What makes the flows of endpoints calls or coroutines, over any client with the IHTTPClient interface."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from .errors import FortiOSError

if TYPE_CHECKING:
    from .endpoint import Flow, PageReader
    from .http.interface import IHTTPClient, Request


class Runner:
    """A client, and the vdom that requests get which name none.

    `run` performs a flow and gives its result; `pages` gives an iterator over the rows of pages. A subclass does so
    in its own mode.
    """

    #: The result of a flow, or a coroutine of it.
    run: Callable[[Flow[Any]], Any]
    #: An iterator, or asynchronous iterator, over the rows of all pages.
    pages: Callable[[PageReader], Any]

    def __init__(self, client: IHTTPClient, vdom: str | Sequence[str] | None = None) -> None:
        self.client = client
        self.vdom = vdom

    def __repr__(self) -> str:
        return repr(self.client)

    def send(self, request: Request) -> Any:
        """Hand `request` to the client; the answer, or an awaitable of it."""
        params = dict(request.params)
        if self.vdom and not params.keys() & {"vdom", "global"}:
            params["vdom"] = self.vdom
        return self.client.request(
            request.method, request.path, params=params or None, json=request.json, headers=request.headers or None
        )


class SyncRunner(Runner):
    """Runs flows at once."""

    def run(self, flow: Flow[Any]) -> Any:
        try:
            request = next(flow)
            while True:
                try:
                    answer = self.send(request)
                except FortiOSError as error:
                    request = flow.throw(error)
                else:
                    request = flow.send(answer)
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
        try:
            request = next(flow)
            while True:
                try:
                    answer = await self.send(request)
                except FortiOSError as error:
                    request = flow.throw(error)
                else:
                    request = flow.send(answer)
        except StopIteration as end:
            return end.value

    async def pages(self, read: PageReader) -> AsyncIterator[Any]:
        start: int | None = 0
        while start is not None:
            page = await self.run(read(start))
            for row in page.rows:
                yield row
            start = page.start
