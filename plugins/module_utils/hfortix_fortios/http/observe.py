# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What watches over requests: read-only and dry-run, hooks, audit, log, statistics.

Loaded only for a client that uses one of them. One observer stands around each request as a whole, whatever
repetitions and renewed logins happen inside it.
"""

from __future__ import annotations

import itertools
import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Any

from ..errors import FortiOSError, NotFoundError, ReadOnlyError, masked_by_name
from .base import Call, Exclusive, Flow, Postponed, Reply
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
    """Stands around the requests and logins of one client."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._user = "token" if settings.token else settings.username
        self._before = _hooks(settings.before_request)
        self._after = _hooks(settings.after_request)
        self._logger = settings.logger
        self._audit = settings.audit
        self._ids = map(f"{secrets.token_hex(4)}-{{}}".format, itertools.count(1))
        self._lock = threading.Lock()
        self.statistics = Statistics() if settings.statistics else None
        #: The writes that a dry run did not send.
        self.planned: list[Request] = []

    def prepared(self, request: Request) -> Request:
        """What the hooks put in the place of `request`. They may raise anything."""
        for hook in self._before:
            request = hook(request) or request
        if self._settings.dry_run and request.method.upper() in _READS:
            return _outside_transactions(request)
        return request

    def around(self, request: Request, send: Flow[Any]) -> Flow[Any]:
        """Let `request` go its way, which is `send`; its answer.

        :raises ReadOnlyError: a write, and the client is read-only
        """
        watch = Watch(next(self._ids))
        try:
            if request.method.upper() in _READS:
                answer = yield from watch.over(send, self._log_pause)
            elif self._settings.read_only:
                watch.sent = False
                raise ReadOnlyError(
                    "not sent: the client is read-only", sent=False, method=request.method.upper(), path=request.path,
                    hint="Make the client without read_only to let it write",
                )  # fmt: skip
            elif self._settings.dry_run:
                watch.sent = False
                self.planned.append(request)
                answer = _pretended(request)
            else:
                answer = yield from watch.over(send, self._log_pause)
        except BaseException as error:
            self._finish(request, watch, "failure", error)
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
            self._tell(self._record(request, watch, "failure", error), error)
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
        known = error if isinstance(error, FortiOSError) else None
        for hook in self._after:
            try:
                hook(Outcome(request, answer, known, watch.sent and watch.attempts > 0))
            except Exception:
                # The request has happened: what a hook makes of it must not look like its failure.
                _PROBLEMS.exception("a hook failed after %s %s", request.method, request.path)

    def _record(self, request: Request, watch: Watch, outcome: str, error: BaseException | None) -> dict[str, Any]:
        """What is known of a request, without any secret; JSON can carry it."""
        if error is not None:
            outcome = _outcome(error)
        record: dict[str, Any] = {
            "time": watch.time,
            "id": watch.id,
            "host": self._settings.base_url,
            "user": self._user,
            "method": request.method.upper(),
            "path": request.path,
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
        if self._logger is not None:
            quiet = error is None or isinstance(error, NotFoundError)
            level = logging.WARNING if not quiet else logging.DEBUG if record["method"] in _READS else logging.INFO
            text = "%(id)s %(method)s %(path)s: %(outcome)s, HTTP %(status)s, %(attempts)d sent, %(seconds).3f s"
            self._logger.log(level, text, record, extra={"fortios": record})
        if self._audit is not None:
            try:
                with self._lock:
                    self._audit(record)
            except Exception:
                _PROBLEMS.exception("the audit sink failed for %(id)s %(method)s %(path)s: %(outcome)s", record)

    def _log_pause(self, watch: Watch, seconds: float) -> None:
        if self._logger is not None:
            facts = {"id": watch.id, "attempts": watch.attempts, "pause": seconds}
            self._logger.info(
                "%s waits %.3f s after %d sent", watch.id, seconds, watch.attempts, extra={"fortios": facts}
            )


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
                except FortiOSError as error:
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


def _hooks(given: Any) -> tuple[Callable[[Any], Any], ...]:
    return (given,) if callable(given) else tuple(given or ())


def _outcome(error: BaseException) -> str:
    """The word for what became of a request that ended with `error`."""
    if isinstance(error, ReadOnlyError):
        return "refused"
    if isinstance(error, Postponed):
        return "not sent"
    # A task that was cancelled, an interrupt: what was sent may have taken effect.
    return "failure" if isinstance(error, Exception) else "abandoned"


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
