# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator that everything is measured against: one process of its own, over TLS."""

from __future__ import annotations

import secrets
import ssl
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import httpx

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Seen:
    """What the device saw since it was last reset or asked."""

    requests: list[dict[str, Any]]
    tls_connections: int

    def count(self, *methods: str) -> int:
        return sum(entry["method"] in methods for entry in self.requests)

    @property
    def writes(self) -> int:
        return len(self.requests) - self.count("GET")


class Device:
    """A simulator process, for ``with``."""

    def __init__(self, folder: Path) -> None:
        self.token = secrets.token_urlsafe(30)
        self.ca = folder / "ca.pem"
        self._process: subprocess.Popen[str] | None = None
        self.port = 0
        self._admin = httpx.Client()
        self._skipped = 0
        self._connections = 0

    def __enter__(self) -> Device:
        command = [sys.executable, "-m", "tests.simulator", "--port", "0", f"--token={self.token}"]
        self._process = subprocess.Popen(
            [*command, "--ca-out", str(self.ca)], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        # The line ends with the URL, whose port the system chose; the next one names the certificate's file.
        self.port = int(self._process.stdout.readline().rpartition(":")[2])
        self._process.stdout.readline()
        context = ssl.create_default_context(cafile=str(self.ca))
        self._admin = httpx.Client(base_url=self.url, verify=context, timeout=60)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._admin.close()
        if self._process is not None:
            self._process.terminate()
            self._process.wait(10)

    @property
    def url(self) -> str:
        return f"https://{HOST}:{self.port}"

    @property
    def pid(self) -> int:
        return self._process.pid if self._process is not None else 0

    def reset(self, latency: float = 0.0) -> None:
        """As from the factory, and every answer of the API `latency` milliseconds late."""
        self._admin.post("/__simulator__/reset").raise_for_status()
        if latency:
            self.slow_down(latency)
        self.seen()

    def slow_down(self, latency: float) -> None:
        """From now on, every answer of the API `latency` milliseconds late."""
        fault = {"latency": latency, "times": 0, "path": "^/api/"}
        self._admin.post("/__simulator__/faults", json=fault).raise_for_status()

    def seen(self) -> Seen:
        """What came in since the last time."""
        facts = self._admin.get("/__simulator__/log").json()
        requests, connections = facts["requests"], facts["tls_connections"]
        if len(requests) < self._skipped:
            self._skipped = 0
        if connections < self._connections:
            self._connections = 0
        seen = Seen(requests[self._skipped :], connections - self._connections)
        self._skipped, self._connections = len(requests), connections
        return seen
