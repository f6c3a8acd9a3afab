# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The client that a module works with: the httpapi connection's, or one of its own.

Over the connection, nothing here imports httpx, ssl or asyncio: the persistent process has them loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ansible.module_utils.basic import missing_required_lib
from ansible.module_utils.connection import Connection
from ansible.module_utils.connection import ConnectionError as RPCError

from ..hfortix_fortios.errors import FortiOSError, TimeoutError_, TransportError
from ..hfortix_fortios.http.files import holds_file
from ..hfortix_fortios.http.interface import IBatchClient, Outcome, Request, Verbs
from . import rpc

HTTPAPI = "ansible.netcommon.httpapi"
NETWORK_OS = "hfortix.fortios.fortios"
HTTPX_URL = "https://www.python-httpx.org/"

#: Is told how many requests of a long batch are done, and how many there are.
Progress = Callable[[int, int], None]

#: Finds, at the first request, the path of the socket of the persistent connection, or starts its process. Is told
#: whether a process that is there must be known to answer.
Socket = Callable[[bool], str]

#: Most requests in one remote call, which bounds the memory that a batch takes in the persistent process.
CHUNK = 500

_METHOD_NOT_FOUND = -32601


def client_for(params: Mapping[str, Any], socket: Socket | None, progress: Progress | None = None) -> Client:
    """The client of a module call: over the persistent connection if there is one, else directly by `params`."""
    return RPCClient(socket, progress) if socket else DirectClient(params)


class Client(Verbs):
    """What both clients share: every request is a batch of one."""

    #: `send` moves files in pieces, of any size (see `http.files`).
    moves_files = True

    def batch(self, requests: Sequence[Request], *, parallel: int | None = None, stop: bool = False) -> list[Outcome]:
        """See `IBatchClient.batch`."""
        raise NotImplementedError

    def close(self) -> None:
        """Let go of what belongs to this client alone."""

    def send(self, request: Request) -> Any:
        """Send one request and return its answer."""
        outcome = self.batch([request])[0]
        if outcome.error is not None:
            raise outcome.error
        return outcome.answer


class RPCClient(Client):
    """The client that the httpapi plugin owns in the persistent process, reached through its socket."""

    def __init__(self, socket: Socket, progress: Progress | None = None) -> None:
        self._socket = socket
        self._progress = progress
        self._connection: Any = None

    def batch(self, requests: Sequence[Request], *, parallel: int | None = None, stop: bool = False) -> list[Outcome]:
        outcomes = [Outcome(request, sent=False) for request in requests]
        if any(_may_take_long(request) for request in requests):
            for index, request in enumerate(requests):
                outcomes[index] = self._wait_for(request)
                if stop and outcomes[index].error:
                    break
            return outcomes
        left = list(range(len(requests)))
        most = CHUNK
        while left:
            chunk = left[:most]
            items = [requests[index] for index in chunk]
            try:
                repeatable = all(map(_is_repeatable, items))
                answer = self._call("send_batch", rpc.dump_requests(items), parallel, stop, repeatable=repeatable)
            except RPCError as error:
                failure = _connection_failure(error)
                for index in chunk:
                    outcomes[index] = Outcome(requests[index], error=failure)
                break
            for index, outcome in zip(chunk, rpc.load_outcomes(items, answer), strict=True):
                outcomes[index] = outcome
            if stop and any(outcomes[index].error for index in chunk):
                break
            # A call ends when its time is over; the next one asks for no more than twice what this one got done.
            unsent = [index for index in chunk if outcomes[index].error is None and not outcomes[index].sent]
            most = min(CHUNK, 1 + 2 * (len(chunk) - len(unsent)))
            left = unsent + left[len(chunk) :]
            if self._progress and (left or len(chunk) < len(requests)):
                self._progress(len(requests) - len(left), len(requests))
        return outcomes

    def _wait_for(self, request: Request) -> Outcome:
        """Have the persistent process send `request` while it answers calls, none of which may take long."""
        try:
            number = self._call("begin_request", rpc.dump_requests([request]), repeatable=_is_repeatable(request))
            while not (answer := self._call("await_request", number)):
                pass
        except RPCError as error:
            return Outcome(request, error=_connection_failure(error))
        return rpc.load_outcomes([request], answer)[0]

    def _call(self, method: str, *arguments: Any, repeatable: bool = False) -> Any:
        """Call a method of the plugin.

        Asking first whether the process answers takes as long as the call itself. A call that may be repeated goes
        without, and is repeated where no answer came: a process that is ending takes calls that it does not answer.
        One that is gone is replaced at the next call.
        """
        if self._connection is None:
            self._connection = Connection(self._socket(not repeatable))
        try:
            return getattr(self._connection, method)(*arguments)
        except RPCError as error:
            if _is_answer(error):
                raise
            self._connection = None
            if not repeatable:
                raise
        self._connection = Connection(self._socket(True))
        return getattr(self._connection, method)(*arguments)


def _is_answer(error: RPCError) -> bool:
    """Whether the persistent process itself reports `error`, and not core that it cannot be reached."""
    return getattr(error, "code", None) is not None


def _is_repeatable(request: Request) -> bool:
    """Whether a call with `request` may be repeated: it reads, and writes no file here."""
    return request.method == "GET" and request.sink is None


def _may_take_long(request: Request) -> bool:
    """Whether the time limit of a remote call may be too short for `request`: it moves a file or has its own limit."""
    return request.sink is not None or request.timeout is not None or holds_file(request.json)


def _connection_failure(error: RPCError) -> FortiOSError:
    """What core's words about the persistent connection mean here.

    They may quote the call, and so a secret in a request; only those that are known to quote nothing are passed on.
    """
    text = str(error)
    code = getattr(error, "code", None)
    if code == _METHOD_NOT_FOUND:
        return FortiOSError(
            "the connection does not belong to this collection",
            hint=f"Set ansible_network_os to {NETWORK_OS} and ansible_connection to {HTTPAPI}",
        )
    if "command timeout" in text:
        return TimeoutError_(
            "the device did not answer before the connection's command timeout",
            hint="Raise ansible_command_timeout if the device is known to be slow",
        )
    if not _is_answer(error) and text.startswith("Unable to decode JSON"):
        return TransportError("the persistent connection process gave no usable answer")
    return TransportError(f"the persistent connection process failed: {text}")


class DirectClient(Client):
    """A client of the device itself, made at the first request: states that need no device need no options either."""

    def __init__(self, params: Mapping[str, Any]) -> None:
        self._params = params
        self._client: Any = None

    def batch(self, requests: Sequence[Request], *, parallel: int | None = None, stop: bool = False) -> list[Outcome]:
        outcomes: list[Outcome] = self._connected().batch(requests, parallel=parallel, stop=stop)
        return outcomes

    def close(self) -> None:
        """Log out, if a session was opened, and close the connection."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def _connected(self) -> IBatchClient:
        if self._client is None:
            self._client = direct_client(self._params)
        client: IBatchClient = self._client
        return client


def token_of(session_key: Any) -> str | None:
    """The token in a ``session_key`` option: ``{"access_token": ...}`` or ``{"Authorization": "Bearer ..."}``."""
    if not isinstance(session_key, Mapping):
        return None
    header = str(session_key.get("Authorization") or "")
    return session_key.get("access_token") or header.removeprefix("Bearer ").strip() or None


def direct_client(params: Mapping[str, Any]) -> Any:
    """An SDK client by the connection options of a module.

    :raises FortiOSError: an option is missing, or httpx is
    """
    host, token = params.get("host"), params.get("token")
    username, password = params.get("username"), params.get("password")
    if not host:
        raise FortiOSError(
            "no device to talk to",
            hint=f"Use ansible_connection: {HTTPAPI} with ansible_network_os: {NETWORK_OS}, "
            "or give the option host or the environment variable FORTIOS_HOST",
        )
    if not token and not (username and password):
        raise FortiOSError(
            f"no credentials for {host}",
            hint="Give the option token, or username and password, or the environment variables FORTIOS_TOKEN, "
            "or FORTIOS_USERNAME and FORTIOS_PASSWORD",
        )
    verify: bool | str = params.get("validate_certs", True)
    if verify and params.get("ca_path"):
        verify = params["ca_path"]
    try:
        from ..hfortix_fortios.http.client import HTTPClient

        return HTTPClient(
            host,
            port=params.get("port"),
            token=token,
            username=None if token else username,
            password=None if token else password,
            verify=verify,
            timeout=params.get("timeout") or 30,
        )
    except ImportError as error:
        raise FortiOSError(missing_required_lib("httpx", url=HTTPX_URL)) from error
    except ValueError as error:
        raise FortiOSError(str(error), hint="Check the connection options") from error
