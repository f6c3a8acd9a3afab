# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTP/2 over TLS, and HTTP/1.1 for clients that do not offer it: the application served by hypercorn."""

from __future__ import annotations

import asyncio
import socket
import ssl
from typing import Any

from hypercorn.asyncio.tcp_server import TCPServer
from hypercorn.asyncio.worker_context import WorkerContext
from hypercorn.config import Config
from hypercorn.utils import wrap_app
from starlette.types import ASGIApp

from .device import Device


class Http2:
    """Serves `app` at a bound socket; every connection is counted.

    It accepts the connections itself, instead of hypercorn, so that the application knows on which one a request came.
    """

    def __init__(self, app: ASGIApp, device: Device, listener: socket.socket, context: ssl.SSLContext) -> None:
        self._config = Config()
        self._config.keep_alive_timeout = 75
        self._config.include_server_header = False
        self._config.errorlog = None
        # Starlette and hypercorn describe the same interface by types of their own.
        framework: Any = app
        self._app = wrap_app(framework, self._config.wsgi_max_body_size, "asgi")
        self._device, self._listener, self._tls = device, listener, context
        self._tls.set_alpn_protocols(self._config.alpn_protocols)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopped = asyncio.Event()
        #: Whether it accepts connections.
        self.started = False

    def run(self) -> None:
        """Serve until it is stopped."""
        asyncio.run(self._serve())

    def stop(self) -> None:
        """Close every connection and the port; from another thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._stopped.set)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        await asyncio.start_server(self._connected, sock=self._listener, ssl=self._tls)
        self.started = True
        await self._stopped.wait()

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        state = {"connection": self._device.count_connection(True), "transport": writer.transport}
        loop = asyncio.get_running_loop()
        await TCPServer(self._app, loop, self._config, WorkerContext(None), state, reader, writer)
