# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The log of requests seen, with secrets masked when it is read."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

MASK = "********"
_SECRET = re.compile(r"(?i)(passw|secret|psk|token|session_key|private-key|authkey|keyring|pwd|passphrase)")


@dataclass(frozen=True, slots=True)
class Entry:
    """One request. `began` is seconds since the epoch, `seconds` how long the answer took."""

    method: str
    path: str
    query: str
    raw: bytes
    content_type: str
    status: int
    connection: int
    began: float
    seconds: float
    user: str

    def as_dict(self) -> dict[str, Any]:
        """As JSON can carry it."""
        return {
            "method": self.method,
            "path": self.path,
            "query": {
                name: MASK if name in ("access_token", "password") else value
                for name, value in parse_qsl(self.query, keep_blank_values=True)
            },
            "body": self._body(),
            "status": self.status,
            "connection": self.connection,
            "time": self.began,
            "seconds": self.seconds,
            "user": self.user,
        }

    def _body(self) -> Any:
        if not self.raw:
            return None
        if "form" in self.content_type:
            return {name: _masked(name, value) for name, value in parse_qsl(self.raw.decode("utf-8", "replace"))}
        try:
            return masked(json.loads(self.raw))
        except ValueError:
            return f"{len(self.raw)} bytes that are not JSON"


def masked(value: Any) -> Any:
    """`value` without what looks like a secret by its name."""
    if isinstance(value, dict):
        return {name: _masked(name, item) for name, item in value.items()}
    if isinstance(value, list):
        return [masked(item) for item in value]
    return value


def _masked(name: str, value: Any) -> Any:
    if isinstance(value, str) and value and _SECRET.search(name):
        return MASK
    return masked(value)
