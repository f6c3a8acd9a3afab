# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A persistent connection's socket: core's own protocol and JSON-RPC server around any object."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ansible.module_utils.connection import recv_data, send_data
from ansible.utils.jsonrpc import JsonRpcServer


@contextmanager
def served(target: Any, folder: Path) -> Iterator[str]:
    """The path of a socket at which the methods of `target` can be called."""
    path = str(folder / "socket")
    server = JsonRpcServer()
    server._objects = {target}
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(path)
    listener.listen(5)

    def serve() -> None:
        while True:
            try:
                peer, _ = listener.accept()
            except OSError:
                return
            with peer:
                while data := recv_data(peer):
                    send_data(peer, server.handle_request(data).encode())

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield path
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(5)
