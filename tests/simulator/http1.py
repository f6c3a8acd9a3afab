# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTP/1.1: the application served by uvicorn."""

from __future__ import annotations

import socket
import ssl
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from .device import Device


class Http1:
    """Serves `app` at a bound socket, with TLS where there is a `context`; every connection is counted."""

    def __init__(self, app: ASGIApp, device: Device, listener: socket.socket, context: ssl.SSLContext | None) -> None:
        self._listener = listener
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            lifespan="off",
            timeout_keep_alive=75,
            server_header=False,
        )
        config.load()
        config.ssl = context
        config.http_protocol_class = _counting(config.http_protocol_class, device, context is not None)
        self._server = uvicorn.Server(config)

    @property
    def started(self) -> bool:
        """Whether it accepts connections."""
        return self._server.started

    def run(self) -> None:
        """Serve until it is stopped."""
        self._server.run(sockets=[self._listener])

    def stop(self) -> None:
        """Close every connection and the port; from another thread."""
        self._server.should_exit = True
        self._server.force_exit = True


def _counting(protocol: Any, device: Device, tls: bool) -> type:
    """The HTTP protocol with its connections numbered, and known to the application."""

    class Counting(protocol):  # type: ignore[misc]
        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            own = {"connection": device.count_connection(tls), "transport": transport}
            self.app_state: dict[str, Any] = {**self.app_state, **own}

    return Counting
