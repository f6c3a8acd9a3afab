# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Transactions: writes that take effect together, or not at all."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic

from .endpoint import Flow, M, Sync, several_vdoms
from .errors import FortiOSError, InvalidValueError, UnsupportedError
from .http.interface import Request
from .runner import OPEN, current

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import overload

    from .client import Api
    from .endpoint import Async
    from .http.interface import Params
    from .runner import Runner

_CMDB = "/api/v2/cmdb"
_HEADER = "X-TRANSACTION-ID"


class Transaction(Generic[M]):
    """A transaction in one vdom, for ``with`` or ``async with``: see `FortiOS.transaction`.

    The end of the block commits, an exception aborts. If the commit is refused, nothing of it takes effect and the
    refusal is raised. If the device cannot be told, the transaction ends by itself after `timeout` seconds.

    Within the block, requests of this thread or task are members of it, and so are those of tasks started in it. Other
    threads take part by way of `api`. Members go to the vdom of the transaction, except where their own is named or
    they come from a view (`FortiOS.in_vdom`). What is sent by the HTTP client itself (`FortiOS.client`) is no member.

    :raises InvalidValueError: `target` is several vdoms
    """

    def __init__(self, runner: Runner, target: Params, timeout: int) -> None:
        if several_vdoms(target):
            raise InvalidValueError(
                f"a transaction belongs to one vdom, not to {target['vdom']!r}",
                hint="Name one: transaction(vdom=...)", sent=False,
            )  # fmt: skip
        self.client = runner.client
        #: The vdom of the transaction, as query parameters.
        self.target = target
        self._outer = runner
        self._inner = runner.within(self)
        self._timeout = timeout
        self._number: int | None = None
        self._over = False

    @property
    def api(self) -> Api[M]:
        """The tree of endpoints, every request of which is a member of the transaction."""
        from .client import Api

        return Api(self._inner)

    @property
    def number(self) -> int | None:
        """The number that the device gave to it; None before its start."""
        return self._number

    if TYPE_CHECKING:

        @overload
        def show(self: Transaction[Sync]) -> list[str]: ...

        @overload
        def show(self: Transaction[Async]) -> Coroutine[Any, Any, list[str]]: ...

    def show(self) -> Any:
        """The writes so far as lines of CLI text; since release 7.4.1."""
        return self._inner.run(self._show())

    def join(self, headers: dict[str, str]) -> None:
        """Mark a request as a member.

        :raises FortiOSError: the transaction is over; the request would take effect at once
        """
        if self._over:
            raise FortiOSError("not sent, since the transaction that it belongs to is over", sent=False)
        headers[_HEADER] = str(self._number)

    def _show(self) -> Flow[Any]:
        params = {"action": "transaction-show", "transaction-id": str(self._number)}
        return (yield Request("GET", _CMDB, params))["results"]

    def _start(self) -> Flow[None]:
        params = {**self.target, "action": "transaction-start"}
        answer = yield Request("POST", _CMDB, params, {"timeout": self._timeout})
        try:
            self._number = int(answer["results"]["transaction-id"])
        except (KeyError, TypeError, ValueError):
            raise UnsupportedError("the device gave no transaction number", method="POST", path=_CMDB) from None

    def _end(self, failed: bool) -> Flow[None]:
        """Commit, or abort; also abort after a commit that was refused."""
        if failed:
            yield from self._abort()
            return
        try:
            yield self._call("commit")
        except FortiOSError:
            yield from self._abort()
            raise

    def _abort(self) -> Flow[None]:
        try:
            yield self._call("abort")
        except FortiOSError:
            # What led here counts; the device ends the transaction by itself.
            return

    def _call(self, action: str) -> Request:
        params = {**self.target, "action": f"transaction-{action}"}
        return Request("POST", _CMDB, params, {"transaction-id": self._number})

    @property
    def _is_async(self) -> bool:
        from inspect import iscoroutinefunction

        return iscoroutinefunction(self._outer.run)

    def _enter(self) -> None:
        OPEN.set((*OPEN.get(), self))

    def _leave(self) -> None:
        self._over = True
        OPEN.set(tuple(one for one in OPEN.get() if one is not self))

    def _check_new(self) -> None:
        """:raises RuntimeError: it was used before, or it would start as a part of another one"""
        if self._number is not None:
            raise RuntimeError("a transaction can be used once")
        if current(self.client) is not None or self._outer.transaction is not None:
            raise RuntimeError("a transaction of this device is open here already")

    def __enter__(self: Transaction[Sync]) -> Transaction[Sync]:
        if self._is_async:
            raise TypeError("in async mode, use async with")
        self._check_new()
        self._outer.run(self._start())
        self._enter()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave()
        self._outer.run(self._end(failed=kind is not None))

    async def __aenter__(self: Transaction[Async]) -> Transaction[Async]:
        if not self._is_async:
            raise TypeError("async with needs async_mode=True")
        self._check_new()
        await self._outer.run(self._start())
        self._enter()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave()
        await self._outer.run(self._end(failed=kind is not None))
