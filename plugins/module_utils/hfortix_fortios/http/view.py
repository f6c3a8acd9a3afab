# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A client seen another way: the same connection and session, with something changed in each request."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from .interface import Request, Verbs
from .settings import check_timeout


class View(Verbs):
    """Hands each request to `client` after `change`. Implements `IHTTPClient`, and `IBatchClient` as the client does.

    It has nothing to log in or to close.
    """

    def __init__(self, client: Verbs, change: Callable[[Request], Request]) -> None:
        self._client = client
        self._change = change

    def __repr__(self) -> str:
        return repr(self._client)

    @property
    def moves_files(self) -> bool:
        """As the client."""
        return bool(getattr(self._client, "moves_files", False))

    def with_timeout(self, seconds: float) -> View:
        """See `timed`."""
        return timed(self, seconds)

    def send(self, request: Request) -> Any:
        """As the client's."""
        return self._client.send(self._change(request))

    def batch(self, requests: Sequence[Request], **options: Any) -> Any:
        """As `IBatchClient.batch`."""
        client: Any = self._client
        return client.batch([self._change(request) for request in requests], **options)


def timed(client: Verbs, seconds: float) -> View:
    """`client` with another timeout for every request.

    :raises ValueError: no timeout can be that
    """
    check_timeout(seconds)
    return View(client, lambda request: replace(request, timeout=seconds))
