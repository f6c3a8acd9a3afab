# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ASGI application: from bytes to a call, through faults and authentication, to the handler, into the log."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from . import auth, cmdb, operations
from .call import Answer, Call, parse_query
from .faults import Fault
from .operations.registry import CONTROLS
from .power import Power
from .record import Entry
from .refusal import Refusal

if TYPE_CHECKING:
    from .device import Device

Handler = Callable[["Device", Call], Answer]

METHODS = ["GET", "POST", "PUT", "DELETE", "PATCH"]
MAX_BODY = 64 * 1024 * 1024

#: Answered without asking who it is.
OPEN: dict[str, Handler] = {
    "/logincheck": auth.logincheck,
    "/logindisclaimer": auth.logindisclaimer,
    "/loginpwd_change": auth.loginpwd_change,
    "/logout": auth.logout,
    "/api/v2/authentication": auth.authentication,
    "/api/v2/authentication-status": auth.authentication_status,
    "/api/v2/service/login-config": auth.login_config,
}
KNOWN: dict[str, Handler] = {
    "cmdb": cmdb.handle,
    "monitor": operations.handle,
    "log": operations.handle,
    "service": operations.handle,
}


class Dropped(Exception):
    """The connection is to be cut without an answer."""


def application(device: Device) -> Starlette:
    """The application of one device."""
    api = Api(device)
    return Starlette(
        routes=[
            Route("/__simulator__/log", api.log, methods=["GET"]),
            Route("/__simulator__/faults", api.faults, methods=["POST", "DELETE"]),
            Route("/__simulator__/reset", api.reset, methods=["POST"]),
            Route("/__simulator__/{topic}", api.control, methods=["GET", "POST", "DELETE"]),
            Route("/{path:path}", api.any, methods=METHODS),
        ]
    )


class Api:
    """The routes of the application."""

    def __init__(self, device: Device) -> None:
        self.device = device

    # Requests to the device

    async def any(self, request: Request) -> Response:
        """Every request that a device would see."""
        began, started = time.time(), time.perf_counter()
        raw = await request.body()
        call = _call(request, raw)
        scope = request.scope
        status = 0
        try:
            answer = self._unready() or await self._faulty(call)
            status = answer.status
            return _response(answer)
        except Dropped:
            transport = scope.get("state", {}).get("transport")
            if transport is not None:
                transport.abort()
            return Response(status_code=500)
        finally:
            self.device.entries.append(
                Entry(
                    request.method,
                    call.path,
                    scope["query_string"].decode("latin-1"),
                    raw,
                    call.headers.get("content-type", ""),
                    status,
                    call.connection,
                    began,
                    time.perf_counter() - started,
                    call.user,
                )
            )

    def _unready(self) -> Answer | None:
        """How a device that is restarting meets every request; None: it runs.

        :raises Dropped: it is down
        """
        condition = self.device.of(Power).condition(self.device.clock())
        if condition == "off":
            raise Dropped
        return _injected(Fault(status=503, html=True)) if condition == "starting" else None

    async def _faulty(self, call: Call) -> Answer:
        faults = self.device.faults.take(call.method, unquote(call.path))
        if not faults:
            return self._answer(call)
        latency = sum(fault.latency for fault in faults)
        if latency:
            await asyncio.sleep(latency / 1000)
        if any(fault.expire for fault in faults):
            self.device.guard.sessions.clear()
        if any(fault.drop == "before" for fault in faults):
            raise Dropped
        for fault in faults:
            if fault.status or fault.body or fault.html:
                return _injected(fault)
        answer = self._answer(call)
        if any(fault.drop == "after" for fault in faults):
            raise Dropped
        return answer

    def _answer(self, call: Call) -> Answer:
        path = call.path.rstrip("/")
        handler = OPEN.get(path)
        try:
            if handler is not None:
                return handler(self.device, call)
            if not path.startswith("/api/v2/"):
                return Answer(404, b"<html><body><h1>Not Found</h1></body></html>", content_type="text/html")
            auth.authenticate(self.device, call)
            if len(call.raw) > MAX_BODY:
                raise Refusal(413)
            recorded = self.device.recordings and self.device.recordings.get(call)
            return recorded or KNOWN.get(path.split("/")[3], _absent)(self.device, call)
        except auth.Denied as denied:
            return denied.answer
        except Refusal as refused:
            return auth.denial(self.device, call, refused.status)

    # Requests to the simulator

    async def log(self, request: Request) -> Response:
        """The requests seen, and the connections opened."""
        return JSONResponse(self.facts())

    def facts(self) -> dict[str, Any]:
        device = self.device
        return {
            "tls_connections": device.tls_connections,
            "connections": device.connections,
            "requests": [entry.as_dict() for entry in list(device.entries)],
        }

    async def faults(self, request: Request) -> Response:
        """Add the fault (or the list of faults) of the body; DELETE takes all away."""
        if request.method == "DELETE":
            self.device.faults.clear()
            return JSONResponse({"status": "success"})
        try:
            facts = json.loads(await request.body())
            for item in facts if isinstance(facts, list) else [facts]:
                self.device.faults.add(Fault.from_dict(item))
        except (ValueError, TypeError) as error:
            return JSONResponse({"status": "error", "message": str(error)}, 400)
        return JSONResponse({"status": "success"})

    async def control(self, request: Request) -> Response:
        """What the subjects of `operations` offer beside the device's own requests."""
        control = CONTROLS.get((request.method, request.path_params["topic"]))
        if control is None:
            return JSONResponse({"status": "error", "message": "no such request to the simulator"}, 404)
        try:
            content = control(self.device, json.loads(await request.body() or b"null"))
        except (ValueError, TypeError, KeyError) as error:
            return JSONResponse({"status": "error", "message": str(error)}, 400)
        return JSONResponse(content)

    async def reset(self, request: Request) -> Response:
        """Back to how it started."""
        self.device.reset()
        return JSONResponse({"status": "success"})


def _absent(device: Device, call: Call) -> Answer:
    """A family of requests that is not there; the members are named as 7.x names them here."""
    identity = {"serial": device.serial, "version": device.profile.version, "build": device.profile.build}
    return Answer(404, {"status": 404, "httpStatus": "error", **identity, "api_version": ""})


def _call(request: Request, raw: bytes) -> Call:
    scope = request.scope
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    method: str = scope["method"]
    if method == "POST":
        method = headers.get("x-http-method-override", method).upper()
    state = scope.get("state", {})
    client, server = scope.get("client"), scope.get("server")
    return Call(
        method=method,
        path=scope.get("raw_path", scope["path"].encode()).decode("latin-1"),
        query=parse_query(scope["query_string"].decode("latin-1")),
        headers=headers,
        cookies=_cookies(headers.get("cookie", "")),
        raw=raw,
        source=client[0] if client else "",
        connection=state.get("connection", 0),
        port=(server[1] if server else None) or 443,
    )


def _cookies(text: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in text.split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs if name.strip()}


def _response(answer: Answer) -> Response:
    response = Response(answer.content(), answer.status, answer.headers, answer.content_type)
    for name, value in answer.cookies.items():
        if value is None:
            response.headers.append("set-cookie", f"{name}=0%260; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT")
        else:
            response.headers.append("set-cookie", f"{name}={value}; path=/; httponly; samesite=strict")
    return response


def _injected(fault: Fault) -> Answer:
    status = fault.status or 200
    headers = dict(fault.headers or {})
    if fault.html:
        page = fault.body or f"<html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>"
        return Answer(status, page.encode(), headers, content_type="text/html")
    if fault.body:
        return Answer(status, fault.body.encode(), headers)
    return Answer(status, {"http_status": status, "status": "error" if status >= 400 else "success"}, headers)
