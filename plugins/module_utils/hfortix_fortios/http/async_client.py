# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The asynchronous driver: performs the flows of `BaseClient` with one ``httpx.AsyncHTTPTransport``."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any

from .base import BaseClient, Call, Exclusive, Flow, Reply, Step
from .interface import Outcome, Pause, Request
from .settings import ClientOptions, Settings
from .tasks import gathered
from .transport import Httpx, announces_file, reply, transport_error

if TYPE_CHECKING:
    import httpx
    from typing_extensions import Unpack


class AsyncHTTPClient(BaseClient):
    """A client of one device, for any number of tasks of one event loop: `HTTPClient` with coroutines.

    It logs in with its first request, or at the start of an ``async with`` block, whose end logs out and closes it.
    The options are those of `Settings`. Connections belong to the event loop that opened them: after that has closed,
    as at the end of ``asyncio.run``, another one opens its own and keeps the session.

    :raises RuntimeError: (all methods) the client is in use in another event loop
    """

    def __init__(self, host: str, **options: Unpack[ClientOptions]) -> None:
        super().__init__(Settings(host, **options))
        self._httpx = Httpx(self.settings)
        self._loop: asyncio.AbstractEventLoop | None = None

    def _settle(self) -> None:
        """Be at home in the event loop that runs.

        :raises RuntimeError: there is another one, which has not closed
        """
        loop = asyncio.get_running_loop()
        if self._loop is loop:
            return
        if self._loop is not None and not self._loop.is_closed():
            raise RuntimeError(f"{self!r} is in use in another event loop: make a client for each loop")
        self._loop = loop
        self._lock = asyncio.Lock()
        self._transports: list[httpx.AsyncHTTPTransport] = []
        self._free: asyncio.LifoQueue[httpx.AsyncHTTPTransport] = asyncio.LifoQueue()

    def _open(self) -> None:
        """Make what requests go through.

        The pool of httpx goes through all its connections several times a request, so each connection gets a pool of
        its own. With HTTP/2 one connection carries all requests.
        """
        import httpx

        width = self.settings.max_connections
        count = 1 if self.settings.http2 else width
        self._transports = [httpx.AsyncHTTPTransport(**self._httpx.transport_options) for _number in range(count)]
        for number in range(width):
            self._free.put_nowait(self._transports[number % count])

    async def __aenter__(self) -> AsyncHTTPClient:
        try:
            await self.login()
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def login(self) -> None:
        """Log in now, also after the credentials were refused. With a token there is nothing to do.

        :raises AuthenticationError: the device refuses the credentials
        """
        await self._run(self._login_flow())

    async def logout(self) -> None:
        """End the session, if there is one; the next request opens another."""
        await self._run(self._logout_flow())

    async def close(self) -> None:
        """Log out, wait for what is on its way, and close the connections.

        What waits to be sent, and later requests, are refused with `ClosedError`; closing again is not.
        """
        self._settle()
        try:
            await self._run(self._close_flow())
        finally:
            await self._close_transports()

    async def _close_transports(self) -> None:
        """Close the connections when nothing uses them any more."""
        unused: list[httpx.AsyncHTTPTransport] = []
        async with self._lock:
            try:
                while self._transports and len(unused) < self.settings.max_connections:
                    unused.append(await self._free.get())
            finally:
                for transport in self._transports:
                    await transport.aclose()
                for transport in unused:
                    self._free.put_nowait(transport)

    async def batch(
        self,
        requests: Sequence[Request],
        *,
        parallel: int | None = None,
        stop: bool = False,
        seconds: float | None = None,
    ) -> list[Outcome]:
        """Send many requests, each with its own outcome. See `IBatchClient` and `HTTPClient.batch`."""
        outcomes: list[Outcome] = await self._run(self._batch(requests, parallel, stop, seconds))
        return outcomes

    async def _run(self, flow: Flow[Any]) -> Any:
        self._settle()
        try:
            step = next(flow)
            while True:
                try:
                    result = await self._perform(step)
                except BaseException as error:
                    # Also a cancellation or an interrupt: the flow ends now, not when it is garbage.
                    step = flow.throw(error)
                else:
                    step = flow.send(result)
        except StopIteration as end:
            return end.value

    async def _perform(self, step: Step) -> Any:
        if isinstance(step, Call):
            if not self._transports:
                self._open()
            transport = await self._free.get()
            try:
                if not step.last:
                    self._refuse_when_closed()
                return await self._reply(transport, step)
            except self._httpx.failures as error:
                raise transport_error(error, self.settings, step.timeout) from error
            finally:
                self._free.put_nowait(transport)
        if isinstance(step, Pause):
            return await asyncio.sleep(step.seconds)
        if isinstance(step, Exclusive):
            async with self._lock:
                return await self._run(step.flow)
        return await gathered([partial(self._run, flow) for flow in step.flows], step.width)

    async def _reply(self, transport: httpx.AsyncHTTPTransport, call: Call) -> Reply:
        response = await transport.handle_async_request(self._httpx.request(call))
        try:
            if call.sink is None or not announces_file(response):
                return reply(response, await response.aread())
            with call.sink.writing(response.headers.get("content-encoding", "")) as write:
                async for piece in response.aiter_raw():
                    write(piece)
            return reply(response, b"")
        finally:
            await response.aclose()
