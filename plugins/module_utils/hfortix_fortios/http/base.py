# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that an HTTP client decides, written once for both modes.

Each decision is a generator, a *flow*: it yields steps (a `Call` to make, a `Pause` to take, ...) and is sent the
result of each, or has the error thrown in. `HTTPClient` and `AsyncHTTPClient` only perform steps, so they cannot
differ in what they put on the wire. Nothing here knows httpx.
"""

from __future__ import annotations

import json
import math
import random
import re
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar
from urllib.parse import quote, urlencode

from ..errors import (
    AuthenticationError,
    ClosedError,
    FortiOSError,
    InvalidValueError,
    LockedOutError,
    ServerError,
    TLSError,
    TransportError,
    error_from_response,
    masked_path,
    secrets_of,
    without_query,
)
from .files import Download, Upload, file_error, holds_file
from .interface import Outcome, Params, Pause, Request, Verbs
from .settings import Settings

if TYPE_CHECKING:
    from .observe import Observer, Statistics, Watch
    from .resilience import Gate
    from .view import View

T = TypeVar("T")

#: Where both kinds of session login happen; releases differ in which of them works.
AUTHENTICATION = "/api/v2/authentication"
LOGINCHECK = "/logincheck"
DISCLAIMER = "/logindisclaimer"
PASSWORD_CHANGE = "/loginpwd_change"

#: The code with which releases from 7.6.5 on refuse some writes of a session: the administrator's password is required.
PASSWORD_REQUIRED = -8102

#: After refused credentials nothing is sent for this many seconds, the device's default lock-out time: every further
#: attempt would prolong a lock-out.
HOLD_SECONDS = 60.0
#: A token refused this many times in a row is not tried again for a while; a device locks out after three by default.
TOKEN_REFUSALS = 2
#: Never wait longer than this on a device's word, in seconds.
LONGEST_PAUSE = 30.0
#: Below this answer time, in seconds, threads and tasks cost more than they gain.
FAST_ANSWER = 0.003
#: How many requests of a batch are sent one by one to measure the answer time.
PROBES = 3
#: For so many seconds, later batches rely on what was measured.
MEASURED_SECONDS = 30.0
#: A batch goes out in parts of so many requests for each one in flight; between two of them it may slow down.
PART = 20
#: A device that has been too busy to carry out anything for so many seconds is given up.
BUSY_SECONDS = 60.0

_METHOD = re.compile(r"[A-Za-z]+")
_PATH = re.compile(r"/[!-~]*")
_HEADER = re.compile(r"[\t -~]*")
_CSRF_COOKIE = re.compile(r"^ccsrf_?token", re.IGNORECASE)
_WRITES = frozenset({"POST", "PUT", "DELETE", "PATCH"})
_GATEWAY_FAILURES = frozenset({502, 503, 504})
_BUSY = frozenset({429, 503})


class Call(NamedTuple):
    """A step: send this and give back the `Reply`. `target` is path and query, encoded.

    `timeout` is in seconds; None: the client's. A file in the answer goes to `sink`. The `last` call of a client goes
    out though it is closed.
    """

    method: str
    target: str
    headers: dict[str, str]
    content: bytes | Upload | None = None
    timeout: float | None = None
    sink: Download | None = None
    last: bool = False


class Exclusive(NamedTuple):
    """A step: run a flow while no other exclusive flow of this client runs, and give back its result.

    `own`: it sends the request at hand, not a login for it.
    """

    flow: Flow[Any]
    own: bool = False


class Together(NamedTuple):
    """A step: run flows, at most `width` at a time, and give back their results in order."""

    flows: Sequence[Flow[Any]]
    width: int


class Reply(NamedTuple):
    """What came back. `headers` have lower-case names; `cookies` are the raw ``Set-Cookie`` values."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    cookies: Sequence[str] = ()


class Postponed(Exception):
    """The request's turn comes after the batch must end; it was not carried out."""


Step: TypeAlias = "Call | Pause | Exclusive | Together"
Flow = Generator[Step, Any, T]


class BaseClient(Verbs):
    """The part of a client that both modes share: its state, and the flows that decide.

    A subclass offers `_run`, which performs a flow's steps, at once or as a coroutine.
    """

    #: `send` moves files in pieces, of any size (see `files`).
    moves_files = True

    _run: Callable[[Flow[Any]], Any]
    #: Where a log says that a login happened; older releases are asked elsewhere as well.
    _login_path = AUTHENTICATION
    #: Sends a batch, as the mode does.
    batch: Callable[..., Any]

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.base_url = settings.base_url
        self._password = settings.password
        self._used = 0.0
        self._gate = _gate(settings)
        self._observer = _observer(settings)
        self._timeouts = _compiled(settings.timeouts) if settings.timeouts else None
        self._closed = False
        self._cookies: dict[str, str] = {}
        self._logins = 0
        self._logout_by = ""
        self._refusals = 0
        # A session is proven by its login, a token by the first answer to it.
        self._proven = self._uses_session
        self._held: tuple[float, AuthenticationError] | None = None
        self._busy_since: float | None = None
        self._busy_until = 0.0
        self._busy_answers = 0
        self._measured: tuple[float, int] | None = None

    def __repr__(self) -> str:
        how = "token" if self.settings.token else f"user {self.settings.username}"
        return f"{type(self).__name__}({self.base_url}, {how})"

    # The five methods of IHTTPClient: each returns the answer, or an awaitable of it, as `_run` does.

    def request(
        self,
        method: str,
        path: str,
        *,
        params: Params | None = None,
        json: Any = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Any:
        """Send one request and return its decoded answer. See `IHTTPClient`. `timeout` is its own, in seconds.

        :raises FortiOSError: the answer is not a success, or there is none
        """
        return self._run(self._flow(Request(method, path, params or {}, json, headers or {}, timeout)))

    def send(self, request: Request) -> Any:
        """Send `request` and return its decoded answer, as the method `request` does."""
        return self._run(self._flow(request))

    # What else it offers

    def with_timeout(self, seconds: float) -> View:
        """The same client with another timeout for every request: ``client.with_timeout(300).post(...)``.

        :raises ValueError: no timeout can be that
        """
        from .view import timed

        return timed(self, seconds)

    @property
    def planned(self) -> list[Request]:
        """The writes that were not sent, since the client has `dry_run`."""
        return self._observer.planned if self._observer is not None else []

    @property
    def statistics(self) -> Statistics | None:
        """What was counted, with the option `statistics`."""
        return self._observer.statistics if self._observer is not None else None

    # Requests

    def _flow(self, request: Request, until: float = math.inf) -> Flow[Any]:
        """Send `request`, under observation where that is wanted.

        :raises ClosedError: the client is closed
        """
        return (yield from self._observed(*self._prepared(request), until))

    def _prepared(self, request: Request) -> tuple[Request, Watch | None]:
        """What goes out for `request`, as hooks want it, and what watches it.

        :raises ClosedError: the client is closed
        """
        self._refuse_when_closed()
        return (request, None) if self._observer is None else self._observer.begin(request)

    def _observed(self, request: Request, watch: Watch | None, until: float) -> Flow[Any]:
        send = self._request(request, until)
        if self._observer is None or watch is None:
            return (yield from send)
        return (yield from self._observer.around(request, watch, send))

    def _request(self, request: Request, until: float = math.inf) -> Flow[Any]:
        """Send `request`, with login, one renewed login, and repetition where these help.

        :raises Postponed: the request's turn comes after `until`
        """
        call = self._call(request)
        renewed = False
        attempt = 0
        while True:
            self._refuse_when_closed()
            self._refuse_while_held()
            login = self._logins
            if self._uses_session and (not self._cookies or self._is_idle()):
                yield from self._login_for(request, login)
                login = self._logins
            if self._gate is not None:
                yield from self._gate.enter(until)
            proven = self._proven
            try:
                reply: Reply | None = None if proven else (yield Exclusive(self._prove(call, request, until), own=True))
                if reply is None:
                    proven = True
                    reply = yield self._signed(call)
                error = self._error(reply, request)
            except TransportError as failure:
                failure.method, failure.path = request.method, without_query(request.path)
                if failure.sent and failure.status is None and request.method.upper() not in _WRITES:
                    failure.hint = "Try again; check the device's load and the network on the way"
                error = failure
            else:
                if error is None:
                    self._note_success(reply)
                    try:
                        return self._answer(reply, request)
                    except TransportError as failure:
                        # The answer broke off.
                        error = failure
                if DISCLAIMER.encode() in reply.body and self._uses_session and not renewed:
                    renewed = True
                    yield Exclusive(self._accept_disclaimer())
                    continue
                if error.status == 401 and self._uses_session and not renewed:
                    renewed = True
                    yield from self._login_for(request, login)
                    continue
                if error.code == PASSWORD_REQUIRED and (confirmed := self._confirmed(call)):
                    call = confirmed
                    continue
                if proven:
                    self._note_refusal(error)
            is_open = self._gate is not None and self._gate.note(error)
            if self._waits_for(error):
                if self._busy_until > until:
                    raise Postponed
                yield from self._leave_alone(until)
                continue
            pause = self._pause_before_retry(error, request.method, attempt)
            if pause is None or is_open:
                raise error
            attempt += 1
            yield Pause(pause)

    def _call(self, request: Request) -> Call:
        """The request as it goes on the wire but for credentials.

        :raises InvalidValueError: the method, the path or a header is none, or parameters or body cannot be encoded
        """
        _check(request)
        params = dict(request.params)
        if self.settings.vdom and not params.keys() & {"vdom", "global"}:
            params["vdom"] = self.settings.vdom
        headers = {"accept": "application/json", **request.headers}
        content: bytes | Upload | None = None
        try:
            target = with_query(request.path, params)
            if holds_file(request.json):
                content = Upload(request.json)
                headers |= {"content-type": "application/json", "content-length": str(content.length)}
            elif request.json is not None:
                content = json.dumps(request.json, ensure_ascii=False, separators=(",", ":")).encode()
                headers["content-type"] = "application/json"
        except (TypeError, ValueError, RecursionError) as error:
            raise InvalidValueError(
                f"not sent, since the parameters or the body cannot be encoded: {error}", sent=False,
                method=request.method.upper(), path=request.path,
                hint="Give text in Unicode, numbers, booleans, None, and lists and dicts of them",
            ) from error  # fmt: skip
        timeout = request.timeout
        if timeout is None and self._timeouts is not None:
            timeout = self._timeouts(request.path)
        return Call(request.method.upper(), target, headers, content, timeout, request.sink)

    def _signed(self, call: Call) -> Call:
        """`call` with the credentials of this moment."""
        return call._replace(headers=self._headers(call))

    def _answer(self, reply: Reply, request: Request) -> Any:
        """What a successful `reply` holds."""
        return _decode(reply, request)

    def _confirmed(self, call: Call) -> Call | None:
        """`call` with the password beside it, if it was not there before and its place is known."""
        header, password = self.settings.password_header, self._password
        if not header or not password or header in call.headers:
            return None
        return call._replace(headers={**call.headers, header: password})

    def _headers(self, call: Call) -> dict[str, str]:
        """The headers of `call` with the credentials of this moment: a token or a session, never both."""
        if self.settings.token:
            return {**call.headers, "authorization": f"Bearer {self.settings.token}"}
        headers = {**call.headers, "cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if call.method in _WRITES:
            headers["x-csrftoken"] = self._csrf_token()
        return headers

    def _error(self, reply: Reply, request: Request) -> FortiOSError | None:
        """The error that `reply` stands for, or None for a success."""
        status = reply.status
        if 300 <= status < 400 and "login" in reply.headers.get("location", ""):
            status = 401
        if 200 <= status < 300 and not _is_page(reply):
            return None
        if status < 400:
            return ServerError(
                "the device answered with a web page instead of an API answer",
                status=status, method=request.method, path=request.path,
                hint="Check that the port is the one of the administrative interface",
            )  # fmt: skip
        return error_from_response(
            status, reply.body, reply.headers, request.method, request.path, secrets=secrets_of(request.json)
        )

    def _pause_before_retry(self, error: FortiOSError, method: str, attempt: int) -> float | None:
        """How long to wait before the request goes out again, in seconds; None: it must not."""
        if attempt >= self.settings.retries or isinstance(error, TLSError):
            return None
        if method.upper() in _WRITES:
            repeatable = isinstance(error, TransportError) and not error.sent
        else:
            repeatable = isinstance(error, TransportError) or error.status in _GATEWAY_FAILURES
        if not repeatable:
            return None
        demanded: float | None = getattr(error, "retry_after", None)
        if demanded is not None:
            return demanded if demanded <= LONGEST_PAUSE else None
        # Half of the pause is random, so that clients that failed together do not come back together.
        return min(self.settings.backoff * 2.0**attempt, LONGEST_PAUSE) * random.uniform(0.5, 1.0)

    # A busy device

    def _waits_for(self, error: FortiOSError) -> bool:
        """Whether `error` means that the device is busy, and it is worth waiting until it wants to be asked again.

        Such an answer says that the request was not carried out: even a write can be sent again.
        """
        demanded: float | None = getattr(error, "retry_after", None)
        if demanded is None or error.status not in _BUSY:
            if error.status is not None:
                self._busy_since = None
            return False
        if demanded > LONGEST_PAUSE or not self.settings.retries:
            return False
        now = time.monotonic()
        self._busy_answers += 1
        if self._busy_since is None or now > self._busy_until + LONGEST_PAUSE:
            # What was given up, or not asked any more, a while ago may have been idle since.
            self._busy_since = now
        pause = max(demanded, self.settings.backoff * random.uniform(0.5, 1.0))
        if now + pause - self._busy_since > BUSY_SECONDS:
            return False
        self._busy_until = max(self._busy_until, now + pause)
        return True

    def _leave_alone(self, until: float) -> Flow[None]:
        """Pause while the device is known to be busy, but no longer than `until`."""
        pause = min(self._busy_until, until) - time.monotonic()
        if pause > 0:
            yield Pause(pause)

    def _note_success(self, reply: Reply) -> None:
        self._refusals = 0
        self._proven = True
        self._busy_since = None
        if self._gate is not None:
            self._gate.note(None)
        self._keep_cookies(reply)

    # Refused credentials

    def _prove(self, call: Call, request: Request, until: float) -> Flow[Reply | None]:
        """Send `call` alone: many at once with a token that is refused would lock this source out.

        None: another request has proven the token since, and this one need not be alone.

        :raises Postponed: its turn comes after `until`
        """
        if time.monotonic() >= until:
            raise Postponed
        if self._proven:
            return None
        self._refuse_when_closed()
        self._refuse_while_held()
        reply: Reply = yield self._signed(call)
        error = self._error(reply, request)
        if error is None:
            self._proven = True
        else:
            self._note_refusal(error)
        return reply

    def _note_refusal(self, error: FortiOSError) -> None:
        if isinstance(error, LockedOutError):
            self._hold(error)
        elif error.status == 401:
            self._refusals += 1
            self._proven = self._uses_session
            if self._refusals >= TOKEN_REFUSALS and isinstance(error, AuthenticationError):
                self._hold(error)
        else:
            self._proven = True

    def _hold(self, error: AuthenticationError) -> None:
        self._held = (time.monotonic() + HOLD_SECONDS, error)

    def _refuse_while_held(self) -> None:
        """:raises AuthenticationError: the device refused our credentials a moment ago"""
        if self._held is None:
            return
        until, error = self._held
        if time.monotonic() >= until:
            self._held = None
            return
        again = FortiOSError.from_dict(error.to_dict())
        again.message = f"not sent, since a moment ago {error.message}"
        again.sent = False
        raise again

    # Sessions

    @property
    def _uses_session(self) -> bool:
        return not self.settings.token

    def _is_idle(self) -> bool:
        """Whether the session was left alone for so long that the device may have ended it."""
        idle = self.settings.session_idle
        return idle is not None and time.monotonic() - self._used > idle

    def _mark_used(self) -> None:
        if self.settings.session_idle is not None:
            self._used = time.monotonic()

    def _login_flow(self) -> Flow[None]:
        """Log in anew, whatever happened before. With a token there is nothing to do.

        :raises ClosedError: the client is closed
        """
        self._refuse_when_closed()
        self._held = None
        self._refusals = 0
        if self._uses_session:
            yield Exclusive(self._login())

    def _login_for(self, request: Request, logins: int) -> Flow[None]:
        """`_login_unless_done` before `request`, which does not go out if this fails, whatever became of the login."""
        try:
            yield Exclusive(self._login_unless_done(logins))
        except FortiOSError as error:
            if isinstance(error, TransportError) and error.sent:
                error.hint = f"{request.method.upper()} {without_query(request.path)} itself was not sent"
            error.sent = False
            raise

    def _login_unless_done(self, logins: int) -> Flow[None]:
        """Log in, unless another request has done it since `logins` was read."""
        if self._logins == logins:
            self._refuse_when_closed()
            self._refuse_while_held()
            yield from self._login()

    def _login(self) -> Flow[None]:
        if self._observer is None:
            return self._open_session()
        return self._observer.session("POST", self._login_path, self._open_session())

    def _open_session(self) -> Flow[None]:
        self._cookies = {}
        try:
            done = yield from self._login_by_authentication()
            if not done:
                yield from self._login_by_logincheck()
            self._csrf_token()
        except AuthenticationError as error:
            self._cookies = {}
            self._hold(error)
            raise
        self._logins += 1
        self._mark_used()

    def _login_by_authentication(self) -> Flow[bool]:
        """The login of newer releases. False: this release has no such endpoint."""
        body: dict[str, Any] = {
            "username": self.settings.username,
            # Releases before 7.6.3 read the one, later ones the other.
            "secretkey": self._password,
            "password": self._password,
            "ack_pre_disclaimer": True,
            "ack_post_disclaimer": True,
            "request_key": False,
        }
        if code := self._one_time_code():
            body["token_code"] = code
        headers = {"accept": "application/json", "content-type": "application/json"}
        reply = yield from self._send_login(Call("POST", AUTHENTICATION, headers, json.dumps(body).encode()))
        verdict = _login_verdict(reply.body)
        new = self.settings.new_password
        if new and verdict is not None and _wants_new_password(verdict[1]):
            body.update(new_password1=new, new_password2=new)
            reply = yield from self._send_login(Call("POST", AUTHENTICATION, headers, json.dumps(body).encode()))
            verdict = _login_verdict(reply.body)
            if verdict is not None and verdict[1] == "LOGIN_SUCCESS":
                self._password = new
        if verdict is None:
            if reply.status in (401, 404):
                return False
            if reply.status >= 400:
                raise error_from_response(reply.status, reply.body, reply.headers, "POST", AUTHENTICATION)
        if verdict is None or verdict[1] != "LOGIN_SUCCESS":
            raise self._login_refused(AUTHENTICATION, *(verdict or (None, "")))
        # Cookies come with a refusal too: only the verdict tells.
        self._keep_cookies(reply)
        self._logout_by = AUTHENTICATION
        return True

    def _login_by_logincheck(self) -> Flow[None]:
        """The login of older releases: the first character of the answer is the verdict."""
        form = {"username": self.settings.username or "", "secretkey": self._password or "", "ajax": "1"}
        reply = yield from self._send_login(_form(LOGINCHECK, form))
        if reply.body[:1] == b"3" and (code := self._one_time_code()):
            reply = yield from self._send_login(_form(LOGINCHECK, {**form, "token_code": code}))
        if reply.body[:1] == b"4" and self.settings.new_password:
            self._keep_cookies(reply)
            reply = yield from self._change_password(self.settings.new_password)
        verdict = reply.body[:1].decode("ascii", "replace")
        if verdict != "1":
            if reply.status >= 400:
                raise error_from_response(reply.status, reply.body, reply.headers, "POST", LOGINCHECK)
            raise self._login_refused(LOGINCHECK, *_LOGINCHECK_VERDICTS.get(verdict, (None, "")))
        self._keep_cookies(reply)
        self._logout_by = "/logout"
        if DISCLAIMER.encode() in reply.body:
            yield from self._accept_disclaimer()

    def _change_password(self, new: str) -> Flow[Reply]:
        """Give the new password that the device demands, and have its verdict.

        :raises AuthenticationError: the device refuses it
        """
        form = {
            "CSRF_TOKEN": self._csrf_token(), "old_pwd": self._password or "", "pwd1": new, "pwd2": new,
            "ajax": "1", "confirm": "1",
        }  # fmt: skip
        reply = yield from self._send_login(_form(PASSWORD_CHANGE, form, self._headers))
        if reply.status >= 400 or reply.body[:1] != b"1":
            raise AuthenticationError(
                f"the device refused the new password of {self.settings.username!r}",
                method="POST", path=PASSWORD_CHANGE, status=reply.status,
                hint="Check it against the device's password policy",
            )  # fmt: skip
        self._password = new
        return reply

    def _accept_disclaimer(self) -> Flow[None]:
        """Accept the banner that a device shows after a login."""
        reply = yield from self._send_login(_form(DISCLAIMER, {"confirm": "1", "ajax": "1"}, self._headers))
        self._keep_cookies(reply)

    def _send_login(self, call: Call) -> Flow[Reply]:
        """Send one login request. It is repeated only if it did not reach the device: attempts are counted there."""
        attempt = 0
        while True:
            if self._gate is not None:
                yield from self._gate.enter()
            try:
                reply: Reply = yield call
            except TransportError as error:
                error.method, error.path = call.method, call.target
                is_open = self._gate is not None and self._gate.note(error)
                pause = self._pause_before_retry(error, call.method, attempt)
                if pause is None or is_open:
                    raise
                attempt += 1
                yield Pause(pause)
            else:
                if self._gate is not None:
                    self._gate.note(_login_failure(reply, call))
                if reply.status == 429:
                    raise error_from_response(429, reply.body, {}, call.method, call.target)
                return reply

    def _one_time_code(self) -> str | None:
        code = self.settings.token_code
        return code() if callable(code) else code

    def _login_refused(self, path: str, status: int | None, words: str) -> AuthenticationError:
        """The error for a refused login, from the number or words of the verdict."""
        user = self.settings.username
        facts: dict[str, Any] = {"method": "POST", "path": path, "cli_error": words or None}
        upper = words.upper()
        if status == -4 or "LOCK" in upper:
            return LockedOutError(
                f"the device has locked out {user!r} after failed logins",
                hint="Correct the password and wait until the lock-out has passed; further attempts prolong it",
                **facts,
            )
        if "TOKEN" in upper or "FACTOR" in upper:
            return AuthenticationError(
                f"the device wants a one-time code from {user!r}", hint="Give the code as token_code", **facts
            )
        if _wants_new_password(words):
            return AuthenticationError(
                f"the device wants {user!r} to change the password",
                hint="Give the next one as new_password, or log in to the device and change it",
                **facts,
            )
        return AuthenticationError(
            f"the device refused the login of {user!r}",
            hint="Check user name and password; a lock-out after failed logins may look the same", **facts,
        )  # fmt: skip

    def _keep_cookies(self, reply: Reply) -> None:
        self._mark_used()
        if not reply.cookies or not self._uses_session:
            return
        cookies = dict(self._cookies)
        for text in reply.cookies:
            name, _sign, value = text.partition(";")[0].partition("=")
            if value.strip('" '):
                cookies[name.strip()] = value.strip()
            else:
                cookies.pop(name.strip(), None)
        self._cookies = cookies

    def _csrf_token(self) -> str:
        """The value that writes of this session must carry.

        :raises AuthenticationError: the login gave no cookie with it
        """
        for name, value in self._cookies.items():
            if _CSRF_COOKIE.match(name):
                return value.strip('"')
        raise AuthenticationError(
            "the device accepted the login but gave no session",
            hint="Releases from 7.6.3 give none at /logincheck; check that /api/v2/authentication is reachable",
        )

    def _logout_flow(self) -> Flow[None]:
        """End the session, if there is one. A token has none; what the device says to it does not matter."""
        if not self._cookies:
            return
        call = self._logout_call()._replace(last=True)
        try:
            flow = self._send_once(call)
            yield from flow if self._observer is None else self._observer.session(call.method, call.target, flow)
        except FortiOSError:
            pass
        finally:
            self._cookies = {}

    def _close_flow(self) -> Flow[None]:
        """Log out for good; no request that is under way opens another session."""
        self._closed = True
        yield Exclusive(self._logout_flow())

    def _refuse_when_closed(self) -> None:
        """:raises ClosedError: the client is closed"""
        if self._closed:
            raise ClosedError(
                f"not sent, since this client of {self.base_url} is closed", sent=False,
                hint="Send requests inside the with block, or before close(), or make another client",
            )  # fmt: skip

    def _logout_call(self) -> Call:
        method = "DELETE" if self._logout_by == AUTHENTICATION else "POST"
        return Call(method, self._logout_by, {"accept": "application/json"})

    def _send_once(self, call: Call) -> Flow[None]:
        yield self._signed(call)

    # Batches

    def _batch(
        self, requests: Sequence[Request], parallel: int | None, stop: bool, seconds: float | None
    ) -> Flow[list[Outcome]]:
        """Send `requests` and return what became of each, in order. See `IBatchClient`.

        Without `parallel`, the answer time of the first requests, which go out one by one, decides. Each answer of a
        busy device halves the number in flight. When `seconds` are over nothing more is sent.

        :raises ValueError: `parallel` is less than 1
        """
        if parallel is not None and parallel < 1:
            raise ValueError("parallel is a number of requests in flight, at least 1")
        failed = False
        until = time.monotonic() + seconds if seconds is not None else math.inf

        def one(request: Request) -> Flow[Outcome]:
            nonlocal failed
            if not (failed and stop):
                yield from self._leave_alone(until)
            if (failed and stop) or time.monotonic() >= until:
                return Outcome(request, sent=False)
            try:
                prepared = self._prepared(request)
            except Exception as error:
                failed = True
                return Outcome(request, error=_not_sent(error, request), sent=False)
            try:
                answer = yield from self._observed(*prepared, until)
            except Postponed:
                return Outcome(request, sent=False)
            except FortiOSError as error:
                failed = True
                return Outcome(request, error=error, sent=error.sent)
            except OSError as error:
                failed = True
                return Outcome(request, error=file_error(error, request))
            return Outcome(request, answer)

        outcomes: list[Outcome] = []
        width = parallel or self._measured_width()
        if width is None:
            fastest = math.inf
            for request in requests[:PROBES]:
                start = time.perf_counter()
                outcomes.append((yield from one(request)))
                fastest = min(fastest, time.perf_counter() - start)
            width = 1 if fastest < FAST_ANSWER else self.settings.max_connections
            if len(outcomes) == PROBES:
                self._measured = time.monotonic(), width
        while len(outcomes) < len(requests):
            busy_answers = self._busy_answers
            part = requests[len(outcomes) : len(outcomes) + PART * width]
            if width == 1 or len(part) == 1:
                for request in part:
                    outcomes.append((yield from one(request)))
            else:
                outcomes += yield Together([one(request) for request in part], min(width, len(part)))
            if self._busy_answers > busy_answers:
                width = max(1, width // 2)
        return outcomes

    def _measured_width(self) -> int | None:
        """The number in flight that a batch of a moment ago found best."""
        if self._measured is None or time.monotonic() - self._measured[0] > MEASURED_SECONDS:
            return None
        return self._measured[1]


#: What the first character of an answer of /logincheck means; 1 is a success.
_LOGINCHECK_VERDICTS: dict[str, tuple[int, str]] = {
    "0": (-1, "LOGIN_FAILED"),
    "2": (-4, "LOCKED_OUT"),
    "3": (0, "TOKEN_CODE_NEEDED"),
    "4": (0, "PASSWORD_CHANGE_NEEDED"),
}


def _check(request: Request) -> None:
    """:raises InvalidValueError: the method, the path or a header is none, or would lead elsewhere"""
    problem = ""
    if not _METHOD.fullmatch(request.method):
        problem = f"{request.method!r} is no HTTP method"
    elif not _PATH.fullmatch(request.path):
        problem = f"{masked_path(request.path)!r} is no path: it starts with / and is percent-encoded"
    elif not all(_HEADER.fullmatch(text) for text in (*request.headers, *request.headers.values())):
        problem = "a header holds a line break or another character that no header has"
    if problem:
        raise InvalidValueError(f"not sent, since {problem}", sent=False)


def _not_sent(error: Exception, request: Request) -> FortiOSError:
    """Why a request of a batch did not go out; hooks may raise anything."""
    if isinstance(error, FortiOSError):
        return error
    return FortiOSError(
        f"not sent, since a hook raised {type(error).__name__}: {error}", sent=False,
        method=request.method.upper(), path=request.path,
    )  # fmt: skip


def with_query(path: str, params: Params) -> str:
    """`path` with `params` encoded behind it; a list repeats its parameter.

    >>> with_query("/api/v2/cmdb/firewall/address", {"filter": ["name==a b", "type==fqdn"], "count": 2})
    '/api/v2/cmdb/firewall/address?filter=name%3D%3Da%20b&filter=type%3D%3Dfqdn&count=2'
    """
    if not params:
        return path
    query = urlencode(params, doseq=True, quote_via=quote)
    return f"{path}{'&' if '?' in path else '?'}{query}"


def _gate(settings: Settings) -> Gate | None:
    """The circuit breaker and rate limit, where one of them is wanted."""
    if settings.rate is None and not settings.breaker:
        return None
    from .resilience import Gate

    return Gate(settings)


def _observer(settings: Settings) -> Observer | None:
    """What watches over requests, where something of it is wanted."""
    wanted = (
        settings.read_only, settings.dry_run, settings.before_request, settings.after_request, settings.audit,
        settings.logger, settings.statistics,
    )  # fmt: skip
    if not any(wanted):
        return None
    from .observe import Observer

    return Observer(settings)


def _compiled(timeouts: Mapping[str, float]) -> Callable[[str], float | None]:
    """A function that finds the timeout of a request's path."""
    from fnmatch import fnmatchcase

    def find(path: str) -> float | None:
        name = path.partition("?")[0].removeprefix("/api/v2/")
        return next((seconds for pattern, seconds in timeouts.items() if fnmatchcase(name, pattern)), None)

    return find


def _wants_new_password(words: str) -> bool:
    """Whether these words of a login verdict demand another password."""
    return "PASSWORD" in words.upper() and "CHANGE" in words.upper()


def _login_failure(reply: Reply, call: Call) -> FortiOSError | None:
    """The error of a device that fails at a login; a refusal is none."""
    if reply.status < 500:
        return None
    return error_from_response(reply.status, reply.body, reply.headers, call.method, call.target)


def _form(path: str, form: Mapping[str, str], headers: Callable[[Call], dict[str, str]] | None = None) -> Call:
    """A POST of form fields, with what `headers` adds to it."""
    base = {"accept": "*/*", "content-type": "application/x-www-form-urlencoded"}
    call = Call("POST", path, base, urlencode(form).encode())
    return call._replace(headers=headers(call)) if headers else call


def _login_verdict(body: bytes) -> tuple[int | None, str] | None:
    """Number and words of a login answer; None where the body is none."""
    try:
        answer = json.loads(body)
    except ValueError:
        return None
    if not isinstance(answer, dict) or "status_message" not in answer:
        return None
    number = answer.get("status_code", answer.get("status"))
    return number if isinstance(number, int) else None, str(answer["status_message"])


def is_file(status: int, headers: Mapping[str, str]) -> bool:
    """The head of an answer (names in lower case) announces a file."""
    return 200 <= status < 300 and "content-disposition" in headers


def _is_page(reply: Reply) -> bool:
    """The reply is a page for a browser, not data and not a file."""
    return "text/html" in reply.headers.get("content-type", "") and "content-disposition" not in reply.headers


def _decode(reply: Reply, request: Request) -> Any:
    """The JSON of a success, or the bytes of a file.

    :raises FortiOSError: the JSON is broken, or reports a failure in spite of the HTTP status
    """
    body = reply.body
    is_file = "content-disposition" in reply.headers
    if is_file or ("json" not in reply.headers.get("content-type", "json") and body[:1] not in (b"{", b"[")):
        return body
    try:
        answer = json.loads(body) if body else {}
    except ValueError:
        raise TransportError(
            "the device's answer broke off or is not JSON",
            status=reply.status,
            method=request.method,
            path=request.path,
        ) from None
    if isinstance(answer, dict) and answer.get("status") == "error":
        status = answer.get("http_status")
        raise error_from_response(
            status if isinstance(status, int) else reply.status, answer, reply.headers, request.method, request.path,
            secrets=secrets_of(request.json),
        )  # fmt: skip
    return answer
