# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers from files, given in place of the simulator's own.

A file holds one answer, as JSON or as Jsonnet that goes beyond JSON by comments and superfluous commas only. Its first
line is a comment that names the request: ``# GET /api/v2/monitor/system/interface?vdom=*`` (GET may be left out).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from .call import Answer, Call, parse_query

_REQUEST = re.compile(r"(?:#|//)\s*(?:(GET|POST|PUT|DELETE)\s+)?/?(api/v2/[^\s?]+)(?:\?(\S*))?\s*")
_TEXT = r'("(?:[^"\\]|\\.)*")'
_COMMENT = re.compile(_TEXT + r"|#[^\n]*|//[^\n]*|/\*.*?\*/", re.DOTALL)
_COMMA = re.compile(_TEXT + r"|,(?=\s*[\]}])")
#: Parameters that say who asks, not what for.
_CREDENTIALS = ("access_token",)


@dataclass(frozen=True, slots=True)
class Request:
    """What an answer is the answer to. The path ends without slash and without ``select``."""

    method: str
    path: str
    query: frozenset[tuple[str, tuple[str, ...]]]

    @classmethod
    def of(cls, method: str, path: str, query: dict[str, list[str]]) -> Request:
        """The request, however path and query are spelled; the order of parameters does not matter."""
        asked = frozenset((name, tuple(values)) for name, values in query.items() if name not in _CREDENTIALS)
        return cls(method, unquote(path).strip("/").removesuffix("/select"), asked)


class Recordings:
    """The answers of a folder's files, by request."""

    def __init__(self, folder: Path) -> None:
        """Read them.

        :raises ValueError: a file names no request, or its answer cannot be read, or two answer one request
        :raises OSError: a file cannot be read
        """
        self._answers: dict[Request, Answer] = {}
        if not folder.is_dir():
            raise NotADirectoryError(f"{folder} is no folder")
        for file in sorted([*folder.glob("*.json"), *folder.glob("*.jsonnet")]):
            request, answer = read(file)
            if request in self._answers:
                raise ValueError(f"{file}: another file answers the same request")
            self._answers[request] = answer

    def get(self, call: Call) -> Answer | None:
        """The recorded answer to a request."""
        return self._answers.get(Request.of(call.method, call.path, call.query))


def read(file: Path) -> tuple[Request, Answer]:
    """The request and the answer of a file.

    :raises ValueError: it names no request, or its answer cannot be read
    """
    first, _, rest = file.read_text(encoding="utf-8").partition("\n")
    named = _REQUEST.fullmatch(first)
    if named is None:
        raise ValueError(f"{file}: the first line names no request, as in # GET /api/v2/monitor/system/status")
    text = plain_json(rest)
    try:
        content = json.loads(text)
    except ValueError as error:
        raise ValueError(f"{file}: the answer is not JSON: {error}") from None
    status = content.get("http_status", 200) if isinstance(content, dict) else 200
    request = Request.of(named[1] or "GET", named[2], parse_query(named[3] or ""))
    return request, Answer(status, text.encode())


def plain_json(text: str) -> str:
    """Jsonnet without what JSON lacks."""
    for superfluous in (_COMMENT, _COMMA):
        text = superfluous.sub(lambda match: match[1] or "", text)
    return text
