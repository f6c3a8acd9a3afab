# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Devices behind a FortiManager: the same requests and answers, carried by its JSON-RPC proxy ``/sys/proxy/json``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, TypedDict

from ..endpoint import envelopes
from ..errors import (
    AuthenticationError,
    FortiOSError,
    LockedOutError,
    PartialFailureError,
    TransportError,
    UnsupportedError,
    error_from_response,
    secrets_of,
)
from .base import BaseClient, Call, Flow, Reply
from .client import HTTPClient
from .interface import Request
from .settings import ClientOptions

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from .view import View

RPC = "/jsonrpc"
#: What a FortiManager says where the session has ended or the administrator may not do this.
NO_PERMISSION = -11
#: An answer that tells of an ended session is shorter than this; longer ones are read once only, for what they hold.
SHORT = 4096
_HEADERS = {"accept": "application/json", "content-type": "application/json"}


class Place(TypedDict, total=False):
    """Which devices of a FortiManager: one `device` or several by name, or a `group`, of an `adom` (root)."""

    adom: str
    device: str | Sequence[str] | None
    group: str | None


class FortiManagerOptions(ClientOptions, Place, total=False):
    """The keyword options of a client of devices behind a FortiManager."""


@dataclass(frozen=True, slots=True, repr=False)
class ProxyRequest(Request):
    """A request to other devices than the client's own."""

    targets: tuple[str, ...] = ()


def targets(adom: str = "root", device: str | Sequence[str] | None = None, group: str | None = None) -> tuple[str, ...]:
    """The names that the proxy has for devices.

    >>> targets("branches", ["fgt1", "fgt2"])
    ('adom/branches/device/fgt1', 'adom/branches/device/fgt2')

    :raises ValueError: neither devices nor a group are named, or both
    """
    names = [device] if isinstance(device, str) else list(device or ())
    if bool(names) == bool(group):
        raise ValueError("name the device or devices, or a group")
    kind, names = ("group", [group]) if group else ("device", names)
    return tuple(f"adom/{adom}/{kind}/{name}" for name in names)


class FortiManagerFlows(BaseClient):
    """What differs from a client that speaks to the device itself: how requests are wrapped, and the login.

    The key of the session is kept where other clients keep their cookies.
    """

    #: Files go through the proxy whole.
    moves_files = False
    _login_path = RPC
    _targets: tuple[str, ...] = ()

    def _aim(self, options: FortiManagerOptions) -> ClientOptions:
        """Take the place of the devices from `options`; what is left of them."""
        self._targets = targets(options.pop("adom", "root"), options.pop("device", None), options.pop("group", None))
        return options

    def on(self, **place: Unpack[Place]) -> View:
        """Other devices of the same FortiManager, over the same connection and session.

        :raises ValueError: neither devices nor a group are named, or both
        """
        from .view import View

        aims = targets(**place)
        return View(self, lambda request: ProxyRequest(**_values(request), targets=aims))

    def _call(self, request: Request) -> Call:
        if request.headers:
            raise UnsupportedError(
                "a FortiManager hands no headers on to a device, and so no transactions",
                method=request.method, path=request.path, hint="Connect to the device itself",
            )  # fmt: skip
        inner = super()._call(request)
        data: dict[str, Any] = {
            "target": _aims(request) or self._targets, "action": inner.method.lower(), "resource": inner.target,
        }  # fmt: skip
        if request.json is not None:
            data["payload"] = request.json
        return _rpc("/sys/proxy/json", data)._replace(timeout=inner.timeout)

    def _signed(self, call: Call) -> Call:
        if self.settings.token:
            return call._replace(headers={**call.headers, "authorization": f"Bearer {self.settings.token}"})
        session = json.dumps(self._cookies.get("session", "")).encode()
        content = call.content if isinstance(call.content, bytes) else b"{}"
        return call._replace(content=b'%s,"session":%s}' % (content[:-1], session))

    def _keep_cookies(self, reply: Reply) -> None:
        self._mark_used()

    def _error(self, reply: Reply, request: Request) -> FortiOSError | None:
        error = super()._error(reply, request)
        if error is None and len(reply.body) < SHORT:
            return _refusal(_result(reply, request), request)
        return error

    def _answer(self, reply: Reply, request: Request) -> Any:
        """The answer of the device; of several devices the list of their answers, each with its ``target``.

        :raises PartialFailureError: some of several devices refused or cannot be reached
        """
        result = _result(reply, request)
        refusal = _refusal(result, request)
        if refusal is not None:
            raise refusal
        entries: list[Mapping[str, Any]] = result.get("data") or []
        aims = _aims(request) or self._targets
        if len(aims) == 1 and "/device/" in aims[0] and len(entries) == 1:
            return _device_answer(entries[0], request)
        return _together(entries, request)

    # Sessions

    def _open_session(self) -> Flow[None]:
        self._cookies = {}
        data = {"user": self.settings.username, "passwd": self._password}
        try:
            reply: Reply = yield from self._send_login(_rpc("/sys/login/user", [data]))
            self._cookies = {"session": self._session_of(reply)}
        except AuthenticationError as error:
            self._hold(error)
            raise
        self._logins += 1
        self._mark_used()

    def _session_of(self, reply: Reply) -> str:
        request = Request("POST", RPC)
        error = super()._error(reply, request)
        if error is not None:
            raise error
        code, words = _status(_result(reply, request))
        session = json.loads(reply.body).get("session")
        if code == 0 and isinstance(session, str) and session:
            return session
        kind = LockedOutError if "lock" in words.lower() else AuthenticationError
        raise kind(
            f"the FortiManager refused the login of {self.settings.username!r}",
            method="POST", path=RPC, cli_error=words or None,
            hint="Check user name and password, and that the administrator may use the JSON API",
        )  # fmt: skip

    def _logout_call(self) -> Call:
        return _rpc("/sys/logout")


class FortiManagerClient(FortiManagerFlows, HTTPClient):
    """A client of one device, or of several, behind a FortiManager. Implements `IBatchClient`.

    >>> client = FortiManagerClient("fmg.example.net", token=key, adom="branches", device="fgt1")  # doctest: +SKIP
    >>> FortiOS(client=client).api.cmdb.firewall.address.get("web")  # doctest: +SKIP

    `host`, credentials and the other options of `Settings` are those of the FortiManager; a token is the API key of
    one of its administrators. `vdom` is the device's. Of one device the answers are its own; of several devices or a
    group, the list of their answers, each with its ``target``.

    :raises ValueError: neither devices nor a group are named, or both
    """

    def __init__(self, host: str, **options: Unpack[FortiManagerOptions]) -> None:
        super().__init__(host, **self._aim(options))


def _rpc(url: str, data: Any = None) -> Call:
    """The call that executes `url`."""
    params: dict[str, Any] = {"url": url} if data is None else {"url": url, "data": data}
    body = {"id": 1, "method": "exec", "params": [params]}
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    return Call("POST", RPC, dict(_HEADERS), content)


def _aims(request: Request) -> tuple[str, ...]:
    return request.targets if isinstance(request, ProxyRequest) else ()


def _values(request: Request) -> dict[str, Any]:
    return {field.name: getattr(request, field.name) for field in fields(Request)}


def _result(reply: Reply, request: Request) -> Mapping[str, Any]:
    """The result of an RPC.

    :raises TransportError: the answer holds none
    """
    try:
        answer = json.loads(reply.body)
        (result,) = answer["result"]
        _status(result)
    except (ValueError, KeyError, TypeError):
        raise TransportError(
            "the FortiManager's answer broke off or is not one of its JSON API",
            status=reply.status, method=request.method, path=request.path,
            hint="Check that the host is a FortiManager",
        ) from None  # fmt: skip
    found: Mapping[str, Any] = result
    return found


def _status(result: Mapping[str, Any]) -> tuple[int, str]:
    """Number and words of a status; 0 is a success."""
    status = result["status"]
    return int(status["code"]), str(status.get("message", ""))


def _refusal(result: Mapping[str, Any], request: Request) -> FortiOSError | None:
    """What the FortiManager itself has against a request."""
    code, words = _status(result)
    if code == 0:
        return None
    facts: dict[str, Any] = {"method": request.method.upper(), "path": request.path, "cli_error": words or None}
    if code == NO_PERMISSION:
        return AuthenticationError(
            "the FortiManager did not accept the session or denies the request", status=401,
            hint="Check the token or the administrator's rights on the ADOM and its devices", **facts,
        )  # fmt: skip
    return FortiOSError(
        f"the FortiManager refused the request ({code})",
        hint="Check the names of ADOM, device and group", **facts,
    )  # fmt: skip


def _device_answer(entry: Mapping[str, Any], request: Request) -> Any:
    """What one device answered.

    :raises FortiOSError: the device refused, or the FortiManager did not reach it
    """
    method, path = request.method.upper(), request.path
    code, words = _status(entry)
    answer = entry.get("response")
    if isinstance(answer, Mapping) and answer.get("status") == "error":
        status = answer.get("http_status")
        secrets = secrets_of(request.json)
        raise error_from_response(
            status if isinstance(status, int) else 500, answer, None, method, path, secrets=secrets
        )
    if code != 0:
        raise TransportError(
            f"the FortiManager got no answer from the device ({code})",
            sent=True, method=method, path=path, cli_error=words or None,
            hint="Check that the FortiManager is connected to the device; a write may have taken effect",
        )  # fmt: skip
    return answer.encode() if isinstance(answer, str) else answer


def _together(entries: Sequence[Mapping[str, Any]], request: Request) -> list[dict[str, Any]]:
    """What several devices answered, each with its name.

    :raises PartialFailureError: some of them refused
    """
    answers: dict[str, Any] = {}
    failures: dict[str, Any] = {}
    for entry in entries:
        name = str(entry.get("target", ""))
        try:
            answers[name] = _device_answer(entry, request)
        except FortiOSError as error:
            failures[name] = error.to_dict()
    if failures:
        raise PartialFailureError(
            f"{len(failures)} of {len(entries)} devices failed: {', '.join(failures)}",
            method=request.method.upper(), path=request.path, answers=answers, failures=failures,
            hint="Look at the errors and answers of this error for each device",
        )  # fmt: skip
    return [{**part, "target": name} for name, answer in answers.items() for part in _parts(answer)]


def _parts(answer: Any) -> list[Mapping[str, Any]]:
    """The envelopes of an answer: one for each vdom that was asked for."""
    return [part if isinstance(part, Mapping) else {"results": part} for part in envelopes(answer)]
