# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Who may ask: API tokens, password sessions with their CSRF token, lockout."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from .call import Answer, Call
from .refusal import Refusal
from .values import encrypt

if TYPE_CHECKING:
    from .device import Device


@dataclass(slots=True)
class Session:
    """A password login: found again by its cookie, or by its key as a Bearer token."""

    user: str
    key: str
    csrf: str
    last_seen: float
    source: str
    #: What the client owes before anything else: nothing, the "banner" to accept, or a new "password".
    pending: str = ""


@dataclass(slots=True)
class Failures:
    """Failed attempts of one source or administrator, and the lock they led to."""

    count: int = 0
    until: float = 0.0
    locks: int = 0


@dataclass
class Guard:
    """Sessions and locks. `clock` gives seconds."""

    clock: Callable[[], float]
    sessions: dict[str, Session] = field(default_factory=dict)
    failures: dict[str, Failures] = field(default_factory=dict)

    def locked(self, who: str) -> bool:
        found = self.failures.get(who)
        return found is not None and found.until > self.clock()

    def fail(self, who: str, threshold: int, duration: float, doubling: bool = False) -> None:
        """Count a failed attempt; enough of them lock, each lock of a source twice as long as the one before."""
        found = self.failures.setdefault(who, Failures())
        found.count += 1
        if found.count >= threshold:
            found.until = self.clock() + duration * (2**found.locks if doubling else 1)
            found.locks += 1
            found.count = 0

    def succeed(self, who: str) -> None:
        self.failures.pop(who, None)

    def open(self, user: str, source: str, pending: str = "") -> Session:
        session = Session(user, secrets.token_urlsafe(24), secrets.token_hex(16).upper(), self.clock(), source, pending)
        self.sessions[session.key] = session
        return session

    def find(self, key: str, timeout: float) -> Session | None:
        """The living session of that key; looking it up keeps it alive."""
        session = self.sessions.get(key)
        if session is None:
            return None
        if timeout and self.clock() - session.last_seen > timeout:
            del self.sessions[key]
            return None
        session.last_seen = self.clock()
        return session


class Denied(Exception):
    """The request goes no further; `answer` says why."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(f"HTTP {answer.status}")
        self.answer = answer


def authenticate(device: Device, call: Call) -> Session | None:
    """Find out who asks and note it in `call`; the session, if it is one.

    :raises Denied: nobody who may
    """
    token = _token(device, call)
    if token is not None:
        return _by_token(device, call, token)
    session = _by_cookie(device, call)
    if session is None:
        raise Denied(unauthorised(device, call))
    if session.pending == "password":
        raise Denied(unauthorised(device, call))
    if session.pending:
        raise Denied(
            Answer(403, b'<html><body><form action="/logindisclaimer"></form></body></html>', content_type="text/html")
        )
    if call.method != "GET" and not _csrf_holds(call, session):
        raise Denied(forbidden(device, call))
    _admit(device, call, session.user)
    return session


def _token(device: Device, call: Call) -> str | None:
    scheme, _, token = call.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        return token.strip()
    if "access_token" not in call.query:
        return None
    if not device.profile.query_token and device.setting("system/global", "rest-api-key-url-query") != "enable":
        raise Denied(unauthorised(device, call, {"WWW-Authenticate": 'error="invalid_token"'}))
    return call.param("access_token")


def _by_token(device: Device, call: Call, token: str) -> Session | None:
    source = f"source {call.source}"
    if device.guard.locked(source):
        raise Denied(blocked(device, call))
    name = device.token_owner(token)
    if name is not None:
        device.guard.succeed(source)
        _admit_api_user(device, call, name)
        return None
    session = device.guard.find(token, device.idle_timeout)
    if session is not None:
        device.guard.succeed(source)
        _admit(device, call, session.user)
        return session
    device.guard.fail(source, *device.lock_rule, doubling=True)
    raise Denied(unauthorised(device, call, {"WWW-Authenticate": 'error="invalid_token"'}))


def _by_cookie(device: Device, call: Call) -> Session | None:
    name, _ = device.profile.cookies(call.port)
    key = call.cookies.get(name, "").strip('"')
    return device.guard.find(key, device.idle_timeout) if key else None


def _csrf_holds(call: Call, session: Session) -> bool:
    return hmac.compare_digest(call.headers.get("x-csrftoken", "").strip('"'), session.csrf)


def _admit(device: Device, call: Call, user: str) -> None:
    row = device.row("system/admin", user) or {}
    call.user, call.in_session = user, True
    call.profile = row.get("accprofile", "super_admin")
    call.allowed_vdoms = tuple(item["name"] for item in row.get("vdom", ()))


def _admit_api_user(device: Device, call: Call, name: str) -> None:
    row = device.row("system/api-user", name) or {}
    call.user = name
    call.profile = row.get("accprofile", "super_admin")
    call.allowed_vdoms = tuple(item["name"] for item in row.get("vdom", ()))
    if not device.trusts(row, call.source):
        status = device.switches.trusthost
        raise Denied(unauthorised(device, call) if status == 401 else forbidden(device, call))


# Refusals before anything is looked at


def unauthorised(device: Device, call: Call, headers: dict[str, str] | None = None) -> Answer:
    """401: the web server's page on old releases."""
    return denial(device, call, 401, headers)


def forbidden(device: Device, call: Call) -> Answer:
    """403: no CSRF token, or a right that is missing."""
    return denial(device, call, 403)


def blocked(device: Device, call: Call) -> Answer:
    """429: too many failed attempts from this source."""
    return denial(device, call, 429)


def denial(device: Device, call: Call, status: int, headers: dict[str, str] | None = None) -> Answer:
    """A refusal that names no endpoint."""
    title = HTTPStatus(status).phrase
    if device.profile.html_errors and status == 401:
        page = (
            f"<!DOCTYPE html>\n<html><head><title>{status} {title}</title></head><body><h1>{title}</h1></body></html>\n"
        )
        return Answer(status, page.encode(), headers or {}, content_type="text/html; charset=utf-8")
    body: dict[str, Any] = {"http_method": call.method, "status": "error", "http_status": status}
    if status == 429:
        body["message"] = "Maximum failed authentications reached"
    identity = {"serial": device.serial, "version": device.profile.version, "build": device.profile.build}
    return Answer(status, body | identity, headers or {})


# Logging in and out


@dataclass(frozen=True, slots=True)
class Attempt:
    """What became of a login: ok, failed, locked, second (factor wanted), change (of the password wanted), limit."""

    outcome: str
    session: Session | None = None


def log_in(
    device: Device,
    call: Call,
    user: str,
    password: str,
    code: str,
    *,
    accepted: bool = False,
    new_password: str = "",
    keep_pending: bool = False,
) -> Attempt:
    """Try a login.

    `accepted`: the client accepts the post-login banner. A `new_password` takes the place of the old one.
    `keep_pending`: where a new password is wanted, open a session that is good for giving one.
    """
    who = f"admin {user}"
    if device.guard.locked(who):
        return Attempt("locked")
    row = device.row("system/admin", user)
    known = row is not None and hmac.compare_digest(str(row.get("password", "")), _encrypted(password))
    if not known:
        device.guard.fail(who, *device.lock_rule)
        return Attempt("locked" if device.guard.locked(who) else "failed")
    if (row or {}).get("force-password-change") == "enable" and not new_password:
        return Attempt("change", device.guard.open(user, call.source, "password") if keep_pending else None)
    if device.second_factor and code != device.second_factor:
        if code:
            device.guard.fail(who, *device.lock_rule)
            return Attempt("failed")
        return Attempt("second")
    device.guard.succeed(who)
    if new_password:
        change_password(device, user, new_password)
    if not device.room_for_session(user):
        return Attempt("limit")
    banner = device.setting("system/global", "post-login-banner") == "enable"
    return Attempt("ok", device.guard.open(user, call.source, "banner" if banner and not accepted else ""))


def change_password(device: Device, user: str, password: str) -> None:
    """Give an administrator another password."""
    device.add("system/admin", {"name": user, "password": password, "force-password-change": "disable"})


_CODES = {"failed": -1, "limit": -1, "second": 2, "locked": -4, "change": 4}
_MESSAGES = {
    "failed": "LOGIN_FAILED",
    "limit": "LOGIN_FAILED",
    "second": "LOGIN_TOKEN_REQUIRED",
    "locked": "LOGIN_LOCKED_OUT",
    "change": "LOGIN_PASSWORD_CHANGE_REQUIRED",
}


def authentication(device: Device, call: Call) -> Answer:
    """``/api/v2/authentication``: POST logs in, PUT renews, DELETE logs out, GET tells."""
    if not device.profile.has_authentication:
        return unauthorised(device, call) if device.profile.html_errors else Answer(404, {"status": 404})
    if call.method == "POST":
        return _post_authentication(device, call)
    session = _by_cookie(device, call) or _bearer_session(device, call)
    if call.method == "GET":
        return Answer(200, {"authenticated": session is not None})
    if session is None:
        return unauthorised(device, call)
    if call.method == "DELETE":
        del device.guard.sessions[session.key]
        return Answer(
            200,
            {device.profile.login_status: 0, "status_message": "HTTP_AUTHD_LOGOUT_SUCCESS"},
            cookies=_no_cookies(device, call),
        )
    return Answer(200, _success(device) | {"session_key": session.key})


def _agreed(first: object, second: object) -> str:
    """A new password, if it was given twice the same."""
    return first if isinstance(first, str) and first == second else ""


def _bearer_session(device: Device, call: Call) -> Session | None:
    token = call.headers.get("authorization", "").removeprefix("Bearer ").strip()
    return device.guard.find(token, device.idle_timeout) if token else None


def _success(device: Device) -> dict[str, Any]:
    return {device.profile.login_status: 6 if device.profile.new_login else 5, "status_message": "LOGIN_SUCCESS"}


def _post_authentication(device: Device, call: Call) -> Answer:
    try:
        body = call.body()
    except Refusal:
        body = None
    if not isinstance(body, dict):
        return Answer(400, {device.profile.login_status: -1, "status_message": "LOGIN_FAILED"})
    attempt = log_in(
        device,
        call,
        str(body.get("username", "")),
        str(body.get(device.profile.secret_field, "")),
        str(body.get("token_code", "")),
        accepted=body.get("ack_post_disclaimer") is True,
        new_password=_agreed(body.get("new_password1"), body.get("new_password2")),
    )
    if attempt.session is None:
        silent = device.profile.new_login and attempt.outcome == "locked"
        outcome = "failed" if silent else attempt.outcome
        answer = Answer(
            device.switches.login_failed,
            {device.profile.login_status: _CODES[outcome], "status_message": _MESSAGES[outcome]},
        )
        if attempt.outcome == "limit":
            answer.status = device.switches.session_limit
        if device.profile.new_login:
            answer.cookies = _cookies(device, call, secrets.token_urlsafe(24), secrets.token_hex(16))
        return answer
    success = _success(device)
    if body.get("request_key") is True:
        return Answer(200, success | {"session_key": attempt.session.key})
    return Answer(200, success, cookies=_cookies(device, call, attempt.session.key, attempt.session.csrf))


def _cookies(device: Device, call: Call, key: str, csrf: str) -> dict[str, str | None]:
    session, tokens = device.profile.cookies(call.port)
    return {session: f'"{key}"', **dict.fromkeys(tokens, f'"{csrf}"')}


def _no_cookies(device: Device, call: Call) -> dict[str, str | None]:
    session, tokens = device.profile.cookies(call.port)
    return dict.fromkeys((session, *tokens))


_STATUS_CHARACTERS = {"failed": "0", "limit": "0", "ok": "1", "locked": "2", "second": "3", "change": "4"}


def logincheck(device: Device, call: Call) -> Answer:
    """POST /logincheck: a form, answered by one character and a script."""
    form = call.form()
    if device.profile.new_login:
        return _closed_logincheck(device)
    attempt = log_in(
        device,
        call,
        form.get("username", ""),
        form.get("secretkey", ""),
        form.get("token_code", ""),
        keep_pending=True,
    )
    status = _STATUS_CHARACTERS[attempt.outcome]
    if attempt.session is None:
        return Answer(200, status.encode(), content_type="text/html; charset=utf-8")
    page = "/prompt?viewOnly&redir=%2F" if device.profile.release >= (7, 0, 0) else "/ng/prompt?viewOnly&redir=%2Fng%2F"
    cookies = _cookies(device, call, attempt.session.key, attempt.session.csrf)
    return Answer(
        200, f'{status}document.location="{page}";'.encode(), cookies=cookies, content_type="text/html; charset=utf-8"
    )


def _closed_logincheck(device: Device) -> Answer:
    if device.switches.logincheck_closed == "json":
        return Answer(200, {"status": 6})
    if device.switches.logincheck_closed == "redirect":
        return Answer(302, b"", {"Location": "/"}, content_type="text/html")
    return Answer(200, b'1document.location="/";', content_type="text/html; charset=utf-8")


def logindisclaimer(device: Device, call: Call) -> Answer:
    """POST /logindisclaimer: accept the post-login banner."""
    session = _by_cookie(device, call)
    if session is None:
        return unauthorised(device, call)
    if call.form().get("confirm") == "1" and session.pending == "banner":
        session.pending = ""
    return Answer(200, b'1document.location="/";', content_type="text/html; charset=utf-8")


def loginpwd_change(device: Device, call: Call) -> Answer:
    """POST /loginpwd_change: give the new password that the login asked for."""
    session, form = _by_cookie(device, call), call.form()
    if session is None or session.pending != "password":
        return unauthorised(device, call)
    row = device.row("system/admin", session.user) or {}
    known = hmac.compare_digest(str(row.get("password", "")), _encrypted(form.get("old_pwd", "")))
    password = _agreed(form.get("pwd1"), form.get("pwd2"))
    if form.get("CSRF_TOKEN", "").strip('"') != session.csrf or not known or not password:
        return Answer(200, b"0", content_type="text/html; charset=utf-8")
    change_password(device, session.user, password)
    session.pending = ""
    return Answer(200, b'1document.location="/";', content_type="text/html; charset=utf-8")


def _encrypted(password: str) -> str:
    return encrypt(password) if password else ""


def logout(device: Device, call: Call) -> Answer:
    """POST /logout."""
    session = _by_cookie(device, call) or _bearer_session(device, call)
    if session is not None:
        del device.guard.sessions[session.key]
    return Answer(200, b"", cookies=_no_cookies(device, call), content_type="text/html; charset=utf-8")


def authentication_status(device: Device, call: Call) -> Answer:
    """GET /api/v2/authentication-status."""
    return Answer(200, {"login_locked_out": any(device.guard.locked(who) for who in device.guard.failures)})


def login_config(device: Device, call: Call) -> Answer:
    """GET /api/v2/service/login-config: names the cookie of the CSRF token."""
    return Answer(200, {"ccsrf_token_cookie_name": device.profile.cookies(call.port)[1][0]})
