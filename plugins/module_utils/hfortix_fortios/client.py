# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""`FortiOS`: a device, with the tree of its endpoints. The entry point for Python programmers."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeAlias, TypeVar, cast, overload

from .endpoint import Async, M, Sync
from .http.interface import IHTTPClient, Params, Request
from .runner import AsyncRunner, Runner, SyncRunner, whole_answer
from .transaction import Transaction
from .validation import Validation

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from .api._cmdb import Cmdb
    from .api._log import Log
    from .api._monitor import Monitor
    from .api._service import Service
    from .batch import Result
    from .http.settings import ClientOptions
    from .validation import Level

    FilePath: TypeAlias = "str | os.PathLike[str]"

T = TypeVar("T")

_NO = frozenset({"0", "false", "no", "off"})


class Api(Generic[M]):
    """The endpoints of a device by family. Nothing of it is loaded before it is used."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner

    @cached_property
    def cmdb(self) -> Cmdb[M]:
        """The configuration."""
        from .api._cmdb import Cmdb

        return Cmdb(self._runner)

    @cached_property
    def monitor(self) -> Monitor[M]:
        """The state of the device, and operations on it."""
        from .api._monitor import Monitor

        return Monitor(self._runner)

    @cached_property
    def log(self) -> Log[M]:
        """The logs."""
        from .api._log import Log

        return Log(self._runner)

    @cached_property
    def service(self) -> Service[M]:
        """The services of the device."""
        from .api._service import Service

        return Service(self._runner)


class FortiOS(Generic[M]):
    """A device.

    >>> with FortiOS("fw1.example.net", token=token) as fgt:  # doctest: +SKIP
    ...     fgt.api.cmdb.firewall.address.get("web")

    With ``async_mode=True`` every method of the tree returns a coroutine, and ``async with`` takes the place of
    ``with``; either logs in, and out again. The options are those of `http.settings.Settings`. Without `host`, it and
    the options that are not given come from the environment: FORTIOS_HOST, FORTIOS_PORT, FORTIOS_TOKEN (or
    FORTIOS_ACCESS_TOKEN), FORTIOS_USERNAME, FORTIOS_PASSWORD, FORTIOS_VALIDATE_CERTS, FORTIOS_CA_PATH,
    FORTIOS_TIMEOUT and FORTIOS_VDOM. `client` is any object with the methods of `IHTTPClient` (asynchronous ones in
    async mode) to be used instead; it stays its owner's to log in and close.

    `validation` says what happens to values that the catalogue does not allow: "off" sends them, "warn" too but with
    a `ValidationWarning`, "strict" raises `InvalidValueError` instead. `release`, such as "7.6.5", is what the
    device runs; without it, the first answer tells.

    :raises ValueError: no host or credentials are known, or `client` is given together with options of a client
    """

    @overload
    def __init__(
        self: FortiOS[Sync],
        host: str | None = None,
        *,
        async_mode: Literal[False] = False,
        client: IHTTPClient | None = None,
        validation: Level = "off",
        release: str | None = None,
        **options: Unpack[ClientOptions],
    ) -> None: ...

    @overload
    def __init__(
        self: FortiOS[Async],
        host: str | None = None,
        *,
        async_mode: Literal[True],
        client: IHTTPClient | None = None,
        validation: Level = "off",
        release: str | None = None,
        **options: Unpack[ClientOptions],
    ) -> None: ...

    def __init__(
        self,
        host: str | None = None,
        *,
        async_mode: bool = False,
        client: IHTTPClient | None = None,
        validation: Level = "off",
        release: str | None = None,
        **options: Unpack[ClientOptions],
    ) -> None:
        if client is not None and (host is not None or options.keys() - {"vdom"}):
            raise ValueError("a client knows its host and options already: give either the client or these")
        if client is None and host is None:
            host, options = _from_environment(options)
        vdom = options.pop("vdom", None)
        self._own: Any = None
        if client is None:
            self._own = client = _new_client(cast(str, host), async_mode, options)
        runner = AsyncRunner if async_mode else SyncRunner
        self._runner: Runner = runner(client, {"vdom": vdom} if vdom else {}, Validation(validation, release))

    @cached_property
    def api(self) -> Api[M]:
        """The tree of endpoints: ``fgt.api.cmdb.firewall.address``."""
        return Api(self._runner)

    @property
    def client(self) -> IHTTPClient:
        """The HTTP client below the tree."""
        return self._runner.client

    def in_vdom(self, vdom: str | Sequence[str]) -> FortiOS[M]:
        """The same device over the same connection, with another default vdom. Nothing is logged in or out by it."""
        return self._with(self._runner.aimed({"vdom": vdom}))

    def in_global(self) -> FortiOS[M]:
        """The same as `in_vdom`, for the global scope of a device with vdoms."""
        return self._with(self._runner.aimed({"global": 1}))

    def with_timeout(self, seconds: float) -> FortiOS[M]:
        """The same device over the same connection, with another timeout: ``fgt.with_timeout(300).api...``.

        :raises TypeError: the client that was given has no timeouts of its own
        :raises ValueError: no timeout can be that
        """
        if not hasattr(self.client, "with_timeout"):
            raise TypeError(f"{self.client!r} takes no timeouts: it needs a method with_timeout(seconds)")
        return self._with(self._runner.timed(seconds))

    def _with(self, runner: Runner) -> FortiOS[M]:
        other: FortiOS[M] = FortiOS.__new__(FortiOS)
        other._own = None
        other._runner = runner
        return other

    def transaction(self, *, vdom: str | None = None, timeout: int = 300) -> Transaction[M]:
        """Writes that take effect together or not at all, in one vdom: ``with fgt.transaction(vdom="lab"):``.

        The end of the block commits, an exception aborts. After `timeout` seconds without an end the device drops
        the transaction. Others cannot write to the tables that it touches. See `Transaction`.

        :raises InvalidValueError: this is a view of several vdoms, and none is named
        """
        return Transaction(self._runner, {"vdom": vdom} if vdom else self._runner.target, timeout)

    @overload
    def batch(self: FortiOS[Sync], calls: Sequence[Callable[[], T]], *, parallel: int = 10) -> list[Result[T]]: ...

    @overload
    def batch(
        self: FortiOS[Async], calls: Sequence[Callable[[], Awaitable[T]]], *, parallel: int = 10
    ) -> Coroutine[Any, Any, list[Result[T]]]: ...

    def batch(self, calls: Sequence[Callable[[], Any]], *, parallel: int = 10) -> Any:
        """Make many calls, at most `parallel` at a time; what became of each, in order. See `Result`.

        A call is a function without arguments, in async mode one that gives an awaitable:
        ``fgt.batch([partial(table.get, name) for name in names])``. An error ends none but its own call.

        :raises ValueError: `parallel` is less than 1
        """
        if parallel < 1:
            raise ValueError("parallel is a number of calls at a time, at least 1")
        from .batch import gathered, together

        return gathered(calls, parallel) if isinstance(self._runner, AsyncRunner) else together(calls, parallel)

    @overload
    def backup(self: FortiOS[Sync], path: FilePath, *, vdom: str | None = None, password: str | None = None) -> int: ...

    @overload
    def backup(
        self: FortiOS[Async], path: FilePath, *, vdom: str | None = None, password: str | None = None
    ) -> Coroutine[Any, Any, int]: ...

    def backup(self, path: FilePath, *, vdom: str | None = None, password: str | None = None) -> Any:
        """Save the configuration, or that of one vdom, to the file `path`; its size in bytes.

        It is written as it comes, for its owner's eyes only, and takes the place of a file of that name when it is
        complete. With a `password` the device encrypts it.
        """
        from .backup import backup
        from .http.files import Download

        return self._runner.run(backup(Download(path), vdom, password))

    @overload
    def restore(
        self: FortiOS[Sync], path: FilePath, *, vdom: str | None = None, password: str | None = None
    ) -> Any: ...

    @overload
    def restore(
        self: FortiOS[Async], path: FilePath, *, vdom: str | None = None, password: str | None = None
    ) -> Coroutine[Any, Any, Any]: ...

    def restore(self, path: FilePath, *, vdom: str | None = None, password: str | None = None) -> Any:
        """Restore the configuration, or that of one vdom, from the file `path`. The device restarts thereupon."""
        from .backup import restore
        from .http.files import FileContent

        return self._runner.run(restore(FileContent(path), vdom, password))

    @overload
    def request(
        self: FortiOS[Sync],
        method: str,
        path: str,
        *,
        params: Params | None = None,
        json: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any: ...

    @overload
    def request(
        self: FortiOS[Async],
        method: str,
        path: str,
        *,
        params: Params | None = None,
        json: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> Coroutine[Any, Any, Any]: ...

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Params | None = None,
        json: Any = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """Send any request; its whole decoded answer. `path` starts with ``/api/v2/`` and is percent-encoded."""
        return self._runner.run(whole_answer(Request(method, path, params or {}, json, headers or {})))

    @overload
    def close(self: FortiOS[Sync]) -> None: ...

    @overload
    def close(self: FortiOS[Async]) -> Coroutine[Any, Any, None]: ...

    def close(self) -> Any:
        """Log out and close the connections. A client that was given stays as it is."""
        if self._own is not None:
            return self._own.close()
        return _nothing() if isinstance(self._runner, AsyncRunner) else None

    def __enter__(self: FortiOS[Sync]) -> FortiOS[Sync]:
        if isinstance(self._runner, AsyncRunner):
            raise TypeError("in async mode, use async with")
        if self._own is not None:
            self._own.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._own is not None:
            self._own.close()

    async def __aenter__(self: FortiOS[Async]) -> FortiOS[Async]:
        if isinstance(self._runner, SyncRunner):
            raise TypeError("async with needs async_mode=True")
        if self._own is not None:
            await self._own.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._own is not None:
            await self._own.close()

    def __repr__(self) -> str:
        return f"FortiOS({self._runner!r})"


async def _nothing() -> None:
    """What a coroutine is where there is nothing to do."""


def _new_client(host: str, async_mode: bool, options: ClientOptions) -> Any:
    """A client of ours, of the mode asked for."""
    if async_mode:
        from .http.async_client import AsyncHTTPClient

        return AsyncHTTPClient(host, **options)
    from .http.client import HTTPClient

    return HTTPClient(host, **options)


def _from_environment(options: ClientOptions) -> tuple[str, ClientOptions]:
    """The host of the environment, and `options` with what the environment adds to them.

    :raises ValueError: there is no FORTIOS_HOST
    """
    env = {
        name.removeprefix("FORTIOS_"): text for name, text in os.environ.items() if name.startswith("FORTIOS_") and text
    }
    if "HOST" not in env:
        raise ValueError("give a host, or set FORTIOS_HOST")
    found: ClientOptions = {}
    # Credentials come from one place: those given leave the environment's aside.
    if not options.keys() & {"token", "username", "password"}:
        if token := env.get("TOKEN") or env.get("ACCESS_TOKEN"):
            found["token"] = token
        if "USERNAME" in env:
            found["username"] = env["USERNAME"]
        if "PASSWORD" in env:
            found["password"] = env["PASSWORD"]
    if "PORT" in env:
        found["port"] = int(env["PORT"])
    if "TIMEOUT" in env:
        found["timeout"] = float(env["TIMEOUT"])
    if "VDOM" in env:
        found["vdom"] = env["VDOM"]
    if env.get("VALIDATE_CERTS", "").lower() in _NO:
        found["verify"] = False
    elif "CA_PATH" in env:
        found["verify"] = env["CA_PATH"]
    found.update(options)
    return env["HOST"], found
