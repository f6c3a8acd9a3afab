# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator as a server in a thread, with TLS and a certificate of its own."""

from __future__ import annotations

import socket
import ssl
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

import trustme
from starlette.applications import Starlette

from .app import application
from .device import Device
from .faults import Fault
from .http1 import Http1
from .load import load as load_text
from .operations.carried_out import CarriedOut
from .operations.registry import CONTROLS
from .recorded import Recordings
from .state import Keeper
from .switches import Switches

NAMES = ("localhost", "127.0.0.1", "::1")


class Serving(Protocol):
    """What makes a server of the application; it runs in a thread of its own."""

    @property
    def started(self) -> bool: ...

    def run(self) -> None: ...

    def stop(self) -> None: ...


class Simulator:
    """A simulated FortiGate on a loopback port, for ``with``; a port of 0 takes a free one.

    `load` is the text of a ``show`` output, or the `Path` of a file with it; `state` a file that keeps the
    configuration; `answers` a folder of recorded answers (see `recorded`). `app` can be driven in-process by
    ``httpx.ASGITransport`` as well, without entering the context. With `http2`, clients may choose that.

    :raises ValueError: there is no such release, or the options do not go together
    :raises OSError: a file cannot be read
    """

    def __init__(
        self,
        release: str = "7.6.5",
        *,
        token: str | None = "simulator-token",
        user: str = "admin",
        password: str = "simulator-password",
        vdoms: Sequence[str] = ("root",),
        tls: bool = True,
        http2: bool = False,
        load: str | Path | None = None,
        state: str | Path | None = None,
        answers: str | Path | None = None,
        switches: Switches | None = None,
        second_factor: str = "",
        host: str = "127.0.0.1",
        port: int = 0,
        ca_out: str | Path | None = None,
        **device_options: Any,
    ) -> None:
        if http2 and not tls:
            raise ValueError("HTTP/2 needs TLS")
        self._http2 = http2
        self._text = load.read_text(encoding="utf-8") if isinstance(load, Path) else load
        #: What could not be loaded, with its lines.
        self.problems: list[str] = []
        self.device = Device(
            release,
            token=token,
            user=user,
            password=password,
            vdoms=vdoms,
            switches=switches,
            second_factor=second_factor,
            prepare=self._load if load is not None else None,
            recordings=Recordings(Path(answers)) if answers else None,
            **device_options,
        )
        self._keeper = Keeper(self.device, Path(state)) if state else None
        self.token, self.user, self.password = token, user, password
        self.app: Starlette = application(self.device)
        self.host, self.port, self.tls = host, port, tls
        self._ca_out = Path(ca_out) if ca_out else None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._server: Serving | None = None
        self._thread: threading.Thread | None = None
        self._ca: Path | None = None

    def _load(self, device: Device) -> None:
        self.problems = load_text(device, self._text or "")

    # What it is reached by

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.tls else 'http'}://{host}:{self.port}"

    @property
    def ca_path(self) -> str:
        """A PEM file with the authority that signed the certificate.

        :raises RuntimeError: it was not started with TLS
        """
        if self._ca is None:
            raise RuntimeError("the simulator was not started with TLS")
        return str(self._ca)

    # What it saw, and what it is to do

    def log(self) -> list[dict[str, Any]]:
        """The requests seen, in order, secrets masked."""
        return [entry.as_dict() for entry in list(self.device.entries)]

    def actions(self) -> list[dict[str, Any]]:
        """The operations carried out, in order, secrets masked."""
        return list(self.device.of(CarriedOut).actions)

    def tell(self, topic: str, facts: Any) -> None:
        """What ``POST /__simulator__/<topic>`` does, such as adding log entries.

        :raises KeyError: there is no such topic, or a fact is missing
        :raises ValueError: a fact cannot be
        """
        CONTROLS["POST", topic](self.device, facts)

    @property
    def tls_connections(self) -> int:
        """How many TLS connections were opened."""
        return self.device.tls_connections

    @property
    def connections(self) -> int:
        """How many TCP connections were opened."""
        return self.device.connections

    def reset(self) -> None:
        """Back to how it started: configuration, sessions, log, faults and counters."""
        self.device.reset()

    def fault(self, **facts: Any) -> None:
        """Add a fault; see `faults.Fault` for what it takes."""
        self.device.faults.add(Fault.from_dict(facts))

    # Starting and stopping

    def __enter__(self) -> Simulator:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Listen.

        :raises OSError: the port is taken
        :raises RuntimeError: the server did not start
        """
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        # With the protocol named, asyncio turns off the waiting for more to send (Nagle), which costs 40 ms an answer.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((self.host, self.port))
        self.port = listener.getsockname()[1]
        self._server = self._serving(listener)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        if self._keeper:
            self._keeper.start()
        deadline = time.monotonic() + 10
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                raise RuntimeError("the simulator did not start")
            time.sleep(0.005)

    def stop(self) -> None:
        """Close every connection and the port."""
        if self._server and self._thread:
            self._server.stop()
            self._thread.join(5)
        if self._keeper:
            self._keeper.stop()
        if self._folder:
            self._folder.cleanup()

    def wait(self) -> None:
        """Until it is stopped."""
        while self._thread and self._thread.is_alive():
            self._thread.join(1)

    def _serving(self, listener: socket.socket) -> Serving:
        context = self._tls() if self.tls else None
        if not self._http2 or context is None:
            return Http1(self.app, self.device, listener, context)
        from .http2 import Http2

        return Http2(self.app, self.device, listener, context)

    def _tls(self) -> ssl.SSLContext:
        authority = trustme.CA()
        self._folder = tempfile.TemporaryDirectory(prefix="simulator-")
        self._ca = self._ca_out or Path(self._folder.name) / "ca.pem"
        authority.cert_pem.write_to_path(str(self._ca))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(*NAMES).configure_cert(context)
        return context
