# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an HTTP client must offer so that endpoints, the state engine and user programs can work with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias, runtime_checkable

from ..errors import masked_by_name, masked_headers, masked_path

if TYPE_CHECKING:
    from ..errors import FortiOSError
    from .files import Download

#: Query parameters; a list repeats the parameter. Values are raw: the client encodes them.
Params: TypeAlias = "Mapping[str, str | int | Sequence[str]]"


@dataclass(frozen=True, slots=True)
class Request:
    """One API request. `path` starts with ``/api/v2/`` and is percent-encoded; `params` and `json` are raw.

    ``repr()`` masks what stands under names of secrets, such as ``password``.

    `timeout` is in seconds; None: the client's. A client that moves files (`files`) writes one in the answer to `sink`,
    and takes a `FileContent` as a member of `json`.
    """

    method: str
    path: str
    params: Params = field(default_factory=dict)
    json: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    timeout: float | None = None
    sink: Download | None = None

    def __repr__(self) -> str:
        shown = {member.name: getattr(self, member.name) for member in fields(self)}
        shown.update(
            path=masked_path(self.path), params=masked_by_name(self.params), json=masked_by_name(self.json),
            headers=masked_headers(self.headers),
        )  # fmt: skip
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in shown.items())})"


class Pause(NamedTuple):
    """What a flow yields instead of a request to have it wait."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one request of a batch: its answer, or the error. Neither: it was never sent."""

    request: Request
    answer: Any = None
    error: FortiOSError | None = None
    sent: bool = True

    def __repr__(self) -> str:
        answer = f"<{len(self.answer)} bytes>" if isinstance(self.answer, bytes) else masked_by_name(self.answer)
        return f"Outcome({self.request!r}, answer={answer!r}, error={self.error!r}, sent={self.sent!r})"


@runtime_checkable
class IHTTPClient(Protocol):
    """A client of one device, synchronous or asynchronous.

    Each method returns the decoded JSON answer (a dict; a list of dicts where several vdoms were asked for), or
    bytes where the device sends a file. An asynchronous client returns an awaitable of the same. Both raise
    `FortiOSError` for any answer that is not a success, and for a device that cannot be reached.

    Any object with these five methods can be given to ``FortiOS(client=...)``.
    """

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Params | None = None,
        json: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any: ...

    def get(self, path: str, *, params: Params | None = None) -> Any: ...

    def post(self, path: str, *, params: Params | None = None, json: Any = None) -> Any: ...

    def put(self, path: str, *, params: Params | None = None, json: Any = None) -> Any: ...

    def delete(self, path: str, *, params: Params | None = None) -> Any: ...


@runtime_checkable
class IBatchClient(IHTTPClient, Protocol):
    """A synchronous client that can also send many requests at once."""

    def batch(self, requests: Sequence[Request], *, parallel: int | None = None, stop: bool = False) -> list[Outcome]:
        """Send `requests`, at most `parallel` in flight (None: the client chooses), and return outcomes in order.

        No error is raised for a request that failed: its outcome holds it. With `stop`, requests that have not
        been sent when one fails are left out (``sent=False``).
        """


class Verbs:
    """The five methods of `IHTTPClient` for a client that knows how to send one `Request`."""

    def send(self, request: Request) -> Any:
        """Send `request` and return its decoded answer, or an awaitable of it."""
        raise NotImplementedError

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Params | None = None,
        json: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """See `IHTTPClient`."""
        return self.send(Request(method, path, params or {}, json, headers or {}))

    def get(self, path: str, *, params: Params | None = None) -> Any:
        """``request("GET", ...)``"""
        return self.request("GET", path, params=params)

    def post(self, path: str, *, params: Params | None = None, json: Any = None) -> Any:
        """``request("POST", ...)``"""
        return self.request("POST", path, params=params, json=json)

    def put(self, path: str, *, params: Params | None = None, json: Any = None) -> Any:
        """``request("PUT", ...)``"""
        return self.request("PUT", path, params=params, json=json)

    def delete(self, path: str, *, params: Params | None = None) -> Any:
        """``request("DELETE", ...)``"""
        return self.request("DELETE", path, params=params)
