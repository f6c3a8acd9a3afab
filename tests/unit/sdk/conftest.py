# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A scripted device on loopback, and the two modes in which every case of the SDK runs."""

from __future__ import annotations

import asyncio
import inspect
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl

import pytest

from hfortix_fortios import AsyncHTTPClient, FortiOS, HTTPClient


@dataclass
class Seen:
    """A request as the device saw it; `target` is the path with the query, as they were on the wire."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def line(self) -> str:
        return f"{self.method} {self.target}"

    @property
    def json(self) -> Any:
        return json.loads(self.body) if self.body else None

    @property
    def form(self) -> dict[str, str]:
        return dict(parse_qsl(self.body.decode()))


@dataclass
class Says:
    """An answer. `body` is sent as JSON unless it is bytes or text; `drop` breaks the connection instead."""

    status: int = 200
    body: Any = field(default_factory=lambda: {"status": "success", "results": []})
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: tuple[str, ...] = ()
    drop: bool = False


DROP = Says(drop=True)


class Device:
    """Answers by `handle` (or `script`, first come first served) and remembers what it was asked."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        #: How many connections there were, and how many of them have not ended.
        self.connections = 0
        self.open = 0
        self.script: list[Says] = []
        self.handle: Callable[[Seen], Says] = lambda seen: self.script.pop(0) if self.script else Says()
        self._lock = threading.Lock()
        device = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Head and body in one segment; the other way each answer waits for an acknowledgement.
            wbufsize = -1
            disable_nagle_algorithm = True

            def setup(self) -> None:
                super().setup()
                with device._lock:
                    device.connections += 1
                    device.open += 1

            def finish(self) -> None:
                super().finish()
                with device._lock:
                    device.open -= 1

            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                headers = {name.lower(): value for name, value in self.headers.items()}
                seen = Seen(self.command, self.path, headers, body)
                with device._lock:
                    device.seen.append(seen)
                says = device.handle(seen)
                if says.drop:
                    self.close_connection = True
                    return
                content, kind = encode(says.body)
                self.send_response(says.status)
                self.send_header("content-length", str(len(content)))
                for name, value in {"content-type": kind, **says.headers}.items():
                    self.send_header(name, value)
                for cookie in says.cookies:
                    self.send_header("set-cookie", cookie)
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = do_PUT = do_DELETE = answer

            def log_message(self, *args: Any) -> None:
                """Keep the test's output clean."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.host = f"127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    @property
    def lines(self) -> list[str]:
        return [seen.line for seen in self.seen]

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def encode(body: Any) -> tuple[bytes, str]:
    if isinstance(body, bytes):
        return body, "application/octet-stream"
    if isinstance(body, str):
        return body.encode(), "text/html"
    return json.dumps(body).encode(), "application/json"


class Mode:
    """One of the two modes: makes clients, and gives the result of a call whether it is a coroutine or not."""

    def __init__(self, asynchronous: bool) -> None:
        self.asynchronous = asynchronous
        self.loop = asyncio.new_event_loop()
        self._open: list[Any] = []

    def __call__(self, result: Any) -> Any:
        assert inspect.isawaitable(result) == self.asynchronous, f"{result!r} is wrong for the mode"
        return self.loop.run_until_complete(result) if self.asynchronous else result

    def http(self, device: Device, **options: Any) -> Any:
        kind = AsyncHTTPClient if self.asynchronous else HTTPClient
        client = kind(device.host, **{"scheme": "http", "backoff": 0.001, "token": "t0ken", **options})
        self._open.append(client)
        return client

    def session(self, device: Device, **options: Any) -> Any:
        return self.http(device, **{"token": None, "username": "admin", "password": "s3cret-word", **options})

    def fortios(self, device: Device, **options: Any) -> Any:
        options = {"token": "t0ken", "scheme": "http", **options}
        fgt = FortiOS(device.host, async_mode=self.asynchronous, **options)  # type: ignore[call-overload]
        self._open.append(fgt)
        return fgt

    def rows(self, iterator: Any) -> list[Any]:
        async def collect() -> list[Any]:
            return [row async for row in iterator]

        return self.loop.run_until_complete(collect()) if self.asynchronous else list(iterator)

    def within(self, manager: Any, action: Callable[[Any], Any]) -> Any:
        """``with manager as it: return action(it)``, in the manner of the mode."""

        async def enter() -> Any:
            async with manager as it:
                return await action(it)

        if self.asynchronous:
            return self.loop.run_until_complete(enter())
        with manager as it:
            return action(it)

    def close(self) -> None:
        for item in self._open:
            self(item.close())
        self.loop.run_until_complete(self.loop.shutdown_default_executor())
        self.loop.close()


@pytest.fixture(params=["sync", "async"])
def mode(request: pytest.FixtureRequest, device: Device) -> Iterator[Mode]:
    found = Mode(request.param == "async")
    yield found
    # What a test broke on purpose shall not get in the way of closing.
    device.handle = lambda seen: Says()
    found.close()


@pytest.fixture
def device() -> Iterator[Device]:
    found = Device()
    yield found
    found.close()
