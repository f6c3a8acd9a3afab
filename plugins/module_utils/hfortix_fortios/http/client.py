# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The synchronous driver: performs the flows of `BaseClient` with one ``httpx.HTTPTransport``."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any

from .base import BaseClient, Call, Exclusive, Flow, Reply, Step
from .interface import Outcome, Pause, Request
from .settings import ClientOptions, Settings
from .transport import Httpx, announces_file, reply, transport_error

if TYPE_CHECKING:
    import httpx
    from typing_extensions import Unpack


class HTTPClient(BaseClient):
    """A client of one device, for any number of threads. Implements `IBatchClient`.

    It logs in with its first request, or at the start of a ``with`` block, whose end logs out and closes it. The
    options are those of `Settings`.
    """

    def __init__(self, host: str, **options: Unpack[ClientOptions]) -> None:
        super().__init__(Settings(host, **options))
        self._httpx = Httpx(self.settings)
        self._transport: httpx.HTTPTransport | None = None
        self._lock = threading.Lock()
        self._opening = threading.Lock()
        # Requests wait here, since what waits for a connection of httpx is not woken when that closes.
        self._free = threading.Semaphore(self.settings.max_connections)

    def __enter__(self) -> HTTPClient:
        try:
            self.login()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def login(self) -> None:
        """Log in now, also after the credentials were refused. With a token there is nothing to do.

        :raises AuthenticationError: the device refuses the credentials
        """
        self._run(self._login_flow())

    def logout(self) -> None:
        """End the session, if there is one; the next request opens another."""
        self._run(self._logout_flow())

    def close(self) -> None:
        """Log out, wait for what is on its way, and close the connections.

        What waits to be sent, and later requests, are refused with `ClosedError`; closing again is not.
        """
        try:
            self._run(self._close_flow())
        finally:
            self._close_transport()

    def _close_transport(self) -> None:
        """Close the connections when nothing uses them any more."""
        unused = 0
        with self._lock:
            try:
                while self._transport is not None and unused < self.settings.max_connections:
                    self._free.acquire()
                    unused += 1
            finally:
                if self._transport is not None:
                    self._transport.close()
                if unused:
                    self._free.release(unused)

    def batch(
        self,
        requests: Sequence[Request],
        *,
        parallel: int | None = None,
        stop: bool = False,
        seconds: float | None = None,
    ) -> list[Outcome]:
        """Send many requests, each with its own outcome. See `IBatchClient`.

        After `seconds` no request is sent any more: what is left has neither an answer nor an error, and
        ``sent=False``. So do requests for which a busy device would have to be waited for longer than that.
        """
        outcomes: list[Outcome] = self._run(self._batch(requests, parallel, stop, seconds))
        return outcomes

    def _run(self, flow: Flow[Any]) -> Any:
        try:
            step = next(flow)
            while True:
                try:
                    result = self._perform(step)
                except BaseException as error:
                    # Also a cancellation or an interrupt: the flow ends now, not when it is garbage.
                    step = flow.throw(error)
                else:
                    step = flow.send(result)
        except StopIteration as end:
            return end.value

    def _perform(self, step: Step) -> Any:
        if isinstance(step, Call):
            with self._free:
                if not step.last:
                    self._refuse_when_closed()
                try:
                    return self._reply(step)
                except self._httpx.failures as error:
                    raise transport_error(error, self.settings, step.timeout) from error
        if isinstance(step, Pause):
            return time.sleep(step.seconds)
        if isinstance(step, Exclusive):
            with self._lock:
                return self._run(step.flow)
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(step.width) as pool:
            return list(pool.map(self._run, step.flows))

    def _open(self) -> httpx.HTTPTransport:
        """What all requests go through."""
        import httpx

        with self._opening:
            if self._transport is None:
                self._transport = httpx.HTTPTransport(**self._httpx.transport_options)
            return self._transport

    def _reply(self, call: Call) -> Reply:
        transport = self._transport or self._open()
        response = transport.handle_request(self._httpx.request(call))
        try:
            if call.sink is None or not announces_file(response):
                return reply(response, response.read())
            with call.sink.writing(response.headers.get("content-encoding", "")) as write:
                for piece in response.iter_raw():
                    write(piece)
            return reply(response, b"")
        finally:
            response.close()
