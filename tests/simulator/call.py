# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A request as the handlers see it, and what they answer."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from typing import Any
from urllib.parse import parse_qsl, unquote

from .refusal import Refusal


@dataclass(slots=True)
class Call:
    """One request. `query` keeps repeated parameters; `connection` numbers the TCP connection."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    raw: bytes
    source: str
    connection: int
    port: int
    #: Who asked, once known: the name of an administrator or API user, and the access profile.
    user: str = ""
    profile: str = ""
    allowed_vdoms: tuple[str, ...] = ()
    #: Whether the request belongs to a password session.
    in_session: bool = False

    def segments(self, prefix: str) -> list[str]:
        """The decoded parts of the path below `prefix`."""
        return [unquote(part) for part in self.path[len(prefix) :].split("/") if part]

    def param(self, name: str, default: str = "") -> str:
        """The first value of a query parameter."""
        values = self.query.get(name)
        return values[0] if values else default

    def flag(self, name: str) -> bool:
        return self.param(name) in ("1", "true")

    def body(self) -> Any:
        """The decoded JSON body; None when there is none. ``{"json": {...}}`` gives what is wrapped.

        :raises Refusal: the body is not JSON
        """
        if not self.raw:
            return None
        try:
            value = json.loads(self.raw)
        except ValueError:
            raise Refusal(400) from None
        if isinstance(value, dict) and value.keys() == {"json"} and isinstance(value["json"], dict):
            return value["json"]
        return value

    def form(self) -> dict[str, str]:
        """The fields of a form body."""
        return dict(parse_qsl(self.raw.decode("utf-8", "replace"), keep_blank_values=True))

    def content(self) -> Any:
        """The fields of a form, plain or with files, or the JSON body.

        :raises Refusal: the body is none of them
        """
        kind = self.headers.get("content-type", "")
        if kind.startswith("application/x-www-form-urlencoded"):
            return self.form()
        return _parts(kind, self.raw) if kind.startswith("multipart/form-data") else self.body()

    def without(self, names: Iterable[str]) -> Call:
        """The call with a query that lacks the parameters `names`."""
        left = {name: values for name, values in self.query.items() if name not in set(names)}
        return replace(self, query=left)


def _parts(kind: str, raw: bytes) -> dict[str, str]:
    """The fields of a form with files; a file is given as the API gives it in JSON, as `file_content` in base64."""
    message = message_from_bytes(b"Content-Type: " + kind.encode("latin-1") + b"\r\n\r\n" + raw)
    if not message.is_multipart():
        raise Refusal(400)
    fields = {}
    for part in message.walk():
        value = part.get_payload(decode=True)
        if not isinstance(value, bytes):
            continue
        if part.get_filename() is None:
            fields[str(part.get_param("name", header="content-disposition"))] = value.decode("utf-8", "replace")
        else:
            fields["file_content"] = b64encode(value).decode("ascii")
    return fields


@dataclass(slots=True)
class Answer:
    """What goes back. A `body` that is not bytes is sent as JSON."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str | None] = field(default_factory=dict)
    content_type: str = "application/json"

    def content(self) -> bytes:
        """The bytes to send. The device escapes slashes inside JSON strings."""
        if isinstance(self.body, bytes):
            return self.body
        if isinstance(self.body, str):
            return self.body.replace("/", "\\/").encode()
        return encode(self.body).replace("/", "\\/").encode()


def encode(value: Any) -> str:
    """JSON text without needless blanks, not yet with the device's escaped slashes."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def parse_query(text: str) -> dict[str, list[str]]:
    """Every parameter with its values in order."""
    query: dict[str, list[str]] = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        query.setdefault(name, []).append(value)
    return query
