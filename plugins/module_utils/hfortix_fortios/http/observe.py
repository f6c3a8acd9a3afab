# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What watches over requests: read-only and dry-run, hooks, audit, log, statistics.

Loaded only for a client that uses one of them. One observer stands around each request as a whole, whatever
repetitions and renewed logins happen inside it.
"""

from __future__ import annotations

import inspect
import itertools
import logging
import secrets
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Any

from ..errors import FortiOSError, NotFoundError, ReadOnlyError, TransportError, masked_by_name, masked_path
from .base import Call, Exclusive, Flow, Postponed, Reply
from .files import BACKUP, file_error, holds_file
from .interface import Outcome, Pause, Request
from .settings import Settings

_READS = frozenset({"GET", "HEAD", "OPTIONS"})
_PROBLEMS = logging.getLogger("hfortix_fortios")


@dataclass
class EndpointStatistics:
    """What an endpoint has cost so far; times are in seconds and include pauses and repetitions."""

    requests: int = 0
    failures: int = 0
    retries: int = 0
    seconds: float = 0.0
    slowest: float = 0.0

    @property
    def mean(self) -> float:
        """The mean time of a request, in seconds."""
        return self.seconds / self.requests if self.requests else 0.0

    def add(self, failed: bool, retries: int, seconds: float) -> None:
        self.requests += 1
        self.failures += failed
        self.retries += retries
        self.seconds += seconds
        self.slowest = max(self.slowest, seconds)


class Statistics:
    """The statistics of a client: `total`, and `endpoints` by method and endpoint (``GET cmdb/firewall/address``)."""

    def __init__(self) -> None:
        self.total = EndpointStatistics()
        self.endpoints: dict[str, EndpointStatistics] = {}

    def add(self, request: Request, failed: bool, retries: int, seconds: float) -> None:
        """Count one request."""
        name = f"{request.method.upper()} {endpoint_of(request.path)}"
        for counted in (self.total, self.endpoints.setdefault(name, EndpointStatistics())):
            counted.add(failed, retries, seconds)


class Observer:
    """Stands around the requests and logins of one client.

    :raises TypeError: a hook or the audit sink is a coroutine function
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._user = "token" if settings.token else settings.username
        self._before = _hooks("before_request", settings.before_request)
        self._after = _hooks("after_request", settings.after_request)
        self._logger = settings.logger
        self._audit = settings.audit
        _hooks("audit", settings.audit)
        self._ids = map(f"{secrets.token_hex(4)}-{{}}".format, itertools.count(1))
        # Re-entrant: a sink may send requests itself, and the garbage of others may end while it runs.
        self._lock = threading.RLock()
        self.statistics = Statistics() if settings.statistics else None
        #: The writes that a dry run did not send.
        self.planned: list[Request] = []

    def begin(self, request: Request) -> tuple[Request, Watch]:
        """What goes out for `request`, as the hooks want it, and what watches it. Hooks may raise anything.

        :raises ReadOnlyError: a write, and the client is read-only
        """
        watch = Watch(next(self._ids))
        try:
            for hook in self._before:
                request = hook(request) or request
            if self._settings.read_only and not _is_read(request):
                raise ReadOnlyError(
                    "not sent: the client is read-only", method=request.method.upper(), path=request.path,
                    hint="Make the client without read_only to let it write",
                )  # fmt: skip
        except Exception as error:
            watch.sent = False
            if isinstance(error, FortiOSError):
                error.sent = False
            self._finish(request, watch, "refused", error)
            raise
        if self._settings.dry_run and _is_read(request):
            request = _outside_transactions(request)
        return request, watch

    def around(self, request: Request, watch: Watch, send: Flow[Any]) -> Flow[Any]:
        """Let `request` go its way, which is `send`; its answer."""
        try:
            if self._settings.dry_run and not _is_read(request):
                watch.sent = False
                self.planned.append(request)
                answer = _pretended(request)
            else:
                answer = yield from watch.over(send, self._log_pause)
        except BaseException as error:
            self._finish(request, watch, _outcome(error), error)
            raise
        self._finish(request, watch, "success" if watch.sent else "planned", None, answer)
        return answer

    def session(self, method: str, path: str, flow: Flow[None]) -> Flow[None]:
        """Let a login or logout go its way, and tell log and audit of it."""
        watch = Watch(next(self._ids))
        request = Request(method, path)
        try:
            yield from watch.over(flow, self._log_pause)
        except BaseException as error:
            self._tell(self._record(request, watch, _outcome(error), error), error)
            raise
        self._tell(self._record(request, watch, "success", None), None)

    # What is told

    def _finish(
        self, request: Request, watch: Watch, outcome: str, error: BaseException | None, answer: Any = None
    ) -> None:
        seconds = time.perf_counter() - watch.began
        if self.statistics is not None:
            with self._lock:
                self.statistics.add(request, error is not None, max(0, watch.attempts - 1), seconds)
        if self._audit is not None or self._logger is not None:
            self._tell(self._record(request, watch, outcome, error), error)
        sent = watch.sent and watch.attempts > 0 and not isinstance(error, Postponed)
        for hook in self._after:
            try:
                hook(Outcome(request, answer, _told(error, request, sent), sent))
            except Exception:
                # The request has happened: what a hook makes of it must not look like its failure.
                _tell_problem("a hook failed after %s %s", request.method, masked_path(request.path))

    def _record(self, request: Request, watch: Watch, outcome: str, error: BaseException | None) -> dict[str, Any]:
        """What is known of a request, without any secret; JSON can carry it."""
        record: dict[str, Any] = {
            "time": watch.time,
            "id": watch.id,
            "host": self._settings.base_url,
            "user": self._user,
            "method": request.method.upper(),
            "path": masked_path(request.path),
            "params": masked_by_name(dict(request.params)),
            "body": masked_by_name(request.json),
            "outcome": outcome,
            "status": watch.status,
            "attempts": watch.attempts,
            "seconds": round(time.perf_counter() - watch.began, 6),
        }
        if isinstance(error, FortiOSError):
            record.update(error=str(error), status=error.status or watch.status, code=error.code)
        elif error is not None:
            record["error"] = type(error).__name__
        return record

    def _tell(self, record: dict[str, Any], error: BaseException | None) -> None:
        quiet = error is None or isinstance(error, NotFoundError)
        level = logging.WARNING if not quiet else logging.DEBUG if record["method"] in _READS else logging.INFO
        text = "%(id)s %(method)s %(path)s: %(outcome)s, HTTP %(status)s, %(attempts)d sent, %(seconds).3f s"
        self._log(level, text, record)
        if self._audit is not None:
            try:
                with self._lock:
                    self._audit(record)
            except Exception:
                _tell_problem("the audit sink failed for %(id)s %(method)s %(path)s: %(outcome)s", record)

    def _log_pause(self, watch: Watch, seconds: float) -> None:
        facts = {"id": watch.id, "attempts": watch.attempts, "pause": seconds}
        self._log(logging.INFO, "%(id)s waits %(pause).3f s after %(attempts)d sent", facts)

    def _log(self, level: int, text: str, facts: Mapping[str, Any]) -> None:
        if self._logger is None:
            return
        try:
            self._logger.log(level, text, facts, extra={"fortios": facts})
        except Exception:
            # A handler must not make a request look failed that was not.
            _tell_problem("the logger failed for %s", facts["id"])


class Watch:
    """One request under observation: its number, when it began, how often it went out, the last HTTP status."""

    __slots__ = ("attempts", "began", "id", "sent", "status", "time")

    def __init__(self, number: str) -> None:
        self.id = number
        self.time = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
        self.began = time.perf_counter()
        self.attempts = 0
        self.status: int | None = None
        self.sent = True

    def over(self, flow: Flow[Any], log_pause: Callable[[Watch, float], None]) -> Flow[Any]:
        """Perform `flow`, and count what goes out."""
        try:
            step = next(flow)
            while True:
                if isinstance(step, Call):
                    self.attempts += 1
                elif isinstance(step, Pause):
                    log_pause(self, step.seconds)
                elif isinstance(step, Exclusive) and step.own:
                    step = step._replace(flow=self.over(step.flow, log_pause))
                try:
                    result = yield step
                except BaseException as error:
                    step = flow.throw(error)
                else:
                    if isinstance(result, Reply):
                        self.status = result.status
                    step = flow.send(result)
        except StopIteration as end:
            return end.value
        finally:
            flow.close()


def endpoint_of(path: str) -> str:
    """The endpoint that a request path belongs to, without keys and numbers.

    >>> endpoint_of("/api/v2/cmdb/firewall/address/web"), endpoint_of("/api/v2/log/search/status/7")
    ('cmdb/firewall/address', 'log/search/status/*')
    """
    parts = path.partition("?")[0].strip("/").split("/")
    parts = parts[2:] if parts[:2] == ["api", "v2"] else parts
    if parts[0] == "cmdb":
        return "/".join(parts[:3])
    return "/".join("*" if part.isdigit() else part for part in parts)


def _hooks(option: str, given: Any) -> tuple[Callable[[Any], Any], ...]:
    """The functions that `option` holds.

    :raises TypeError: one is a coroutine function, which nobody would await
    """
    hooks = (given,) if callable(given) else tuple(given or ())
    for hook in hooks:
        if any(map(inspect.iscoroutinefunction, (hook, type(hook).__call__))):
            raise TypeError(f"{option} takes plain functions, also in asynchronous mode, and no coroutine functions")
    return hooks


def _tell_problem(text: str, *args: Any) -> None:
    """Log the exception at hand, of something beside a request. Where that fails too, nothing is left to tell."""
    with suppress(Exception):
        _PROBLEMS.exception(text, *args)


def _is_read(request: Request) -> bool:
    """`request` changes nothing on the device: also a backup, unless it goes to a disk there."""
    if request.method.upper() in _READS:
        return True
    if request.method.upper() != "POST" or request.path != BACKUP or not isinstance(request.json, dict):
        return False
    return {**request.json, **request.params}.get("destination") == "file"


def _outcome(error: BaseException) -> str:
    """The word for what became of a request that ended with `error`."""
    if isinstance(error, Postponed):
        return "not sent"
    # A task that was cancelled, an interrupt: what was sent may have taken effect.
    return "failure" if isinstance(error, Exception) else "abandoned"


def _told(error: BaseException | None, request: Request, sent: bool) -> FortiOSError | None:
    """What an outcome says of `error`: an error of ours, with the other one as its cause. Postponed is none."""
    if error is None or isinstance(error, Postponed):
        return None
    if isinstance(error, FortiOSError):
        return error
    told: FortiOSError
    if isinstance(error, OSError) and (request.sink is not None or holds_file(request.json)):
        told = file_error(error, request)
    elif isinstance(error, Exception):
        told = FortiOSError(f"the request failed: {error!r}", method=request.method, path=request.path)
    else:
        told = TransportError(
            f"the request was abandoned: {type(error).__name__}", method=request.method, path=request.path,
            hint="A write may have taken effect; read the object before repeating it" if sent else None,
        )  # fmt: skip
    told.sent = sent
    told.__cause__ = error
    return told


def _outside_transactions(request: Request) -> Request:
    """A read as the device can answer it: the transactions of a dry run exist on our side only."""
    headers = {name: value for name, value in request.headers.items() if name.lower() != "x-transaction-id"}
    return replace(request, headers=headers)


def _pretended(request: Request) -> dict[str, Any]:
    """The answer to a write that a dry run keeps back."""
    answer: dict[str, Any] = {
        "http_method": request.method.upper(), "status": "success", "http_status": 200, "dry_run": True,
    }  # fmt: skip
    if request.params.get("action") == "transaction-start":
        answer["results"] = {"transaction-id": 0}
    return answer
