# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A client of a simulated device in the same process, and a clock that tests turn."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.simulator.app import application
from tests.simulator.device import Device
from tests.simulator.switches import Switches

TOKEN = "t" * 30
PASSWORD = "correct horse"
RECORDED = Path(__file__).resolve().parents[4] / "shared" / "recorded"


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Fgt:
    """An HTTP client of one simulated device; `token` goes with every request unless the test opens a session."""

    def __init__(self, device: Device, clock: Clock, *, token: str | None = TOKEN, source: str = "192.0.2.9") -> None:
        self.device, self.clock = device, clock
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        transport = httpx.ASGITransport(application(device), client=(source, 1234))
        self.http = httpx.AsyncClient(transport=transport, base_url="https://fgt:443", headers=headers)

    async def call(self, method: str, path: str, body: Any = None, **query: Any) -> httpx.Response:
        url = path if path.startswith("/") else f"/api/v2/cmdb/{path}"
        return await self.http.request(method, url, json=body, params=query or None)

    async def get(self, path: str, **query: Any) -> httpx.Response:
        return await self.call("GET", path, **query)

    async def post(self, path: str, body: Any = None, **query: Any) -> httpx.Response:
        return await self.call("POST", path, body, **query)

    async def put(self, path: str, body: Any = None, **query: Any) -> httpx.Response:
        return await self.call("PUT", path, body, **query)

    async def delete(self, path: str, **query: Any) -> httpx.Response:
        return await self.call("DELETE", path, **query)

    async def rows(self, path: str, **query: Any) -> list[dict[str, Any]]:
        """The results of a read that must succeed."""
        answer = await self.get(path, **query)
        assert answer.status_code == 200, answer.text
        results: list[dict[str, Any]] = answer.json()["results"]
        return results

    async def row(self, path: str) -> dict[str, Any]:
        """The one row under a key."""
        rows = await self.rows(path)
        assert len(rows) == 1
        return rows[0]

    async def make(self, path: str, **body: Any) -> dict[str, Any]:
        """Create an entry, which must succeed; the answer. ``_`` in names stands for ``-``."""
        answer = await self.post(path, {name.replace("_", "-"): value for name, value in body.items()})
        assert answer.status_code == 200, answer.text
        content: dict[str, Any] = answer.json()
        return content


Start = Callable[..., Fgt]


@pytest.fixture
def start() -> Start:
    """Make a client of a fresh device: ``start("7.2.5", duplicate=(424, -5))``; further names are switches."""

    def make(
        release: str = "7.6.5",
        *,
        token: str | None = TOKEN,
        vdoms: tuple[str, ...] = ("root",),
        second_factor: str = "",
        source: str = "192.0.2.9",
        **switches: Any,
    ) -> Fgt:
        clock = Clock()
        device = Device(
            release,
            token=TOKEN,
            password=PASSWORD,
            vdoms=vdoms,
            second_factor=second_factor,
            switches=Switches(**switches),
            clock=clock,
        )
        return Fgt(device, clock, token=token, source=source)

    return make


@pytest.fixture
def fgt(start: Start) -> Fgt:
    """A client of a device of 7.6.5."""
    return start()


@pytest.fixture
def recorded() -> Callable[[str], dict[str, Any]]:
    """Read an answer that a real device gave; skip where the recordings are absent."""

    def read(name: str) -> dict[str, Any]:
        file = RECORDED / "json" / f"{name}.json"
        if not file.is_file():
            pytest.skip(f"{file} is not there")
        content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        return content

    return read
