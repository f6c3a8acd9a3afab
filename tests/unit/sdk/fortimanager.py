# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A small FortiManager, which hands requests for its devices to simulators in this process."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import httpx

from tests.simulator.server import Simulator

from .conftest import Says, Seen

DENIED = (-11, "No permission for the resource")


class FortiManager:
    """Answers ``/jsonrpc`` as `Device.handle`. `devices` are simulators by name, all in group ``all``."""

    def __init__(self, devices: Mapping[str, Simulator], *, token: str = "fmg-key", password: str = "fmg-word") -> None:
        self.devices = devices
        self.token, self.password = token, password
        self.offline: set[str] = set()
        self.sessions: set[str] = set()
        self.logins = 0

    def __call__(self, seen: Seen) -> Says:
        if seen.line != "POST /jsonrpc":
            return Says(404, "<h1>Not found</h1>")
        call = seen.json
        (params,) = call["params"]
        assert call["method"] == "exec"
        if params["url"] == "/sys/login/user":
            return self._login(call, params["data"][0])
        bearer = seen.headers.get("authorization") == f"Bearer {self.token}"
        if not bearer and call.get("session") not in self.sessions:
            return self._says(call, params["url"], DENIED)
        if params["url"] == "/sys/logout":
            self.sessions.discard(call["session"])
            return self._says(call, params["url"])
        if params["url"] != "/sys/proxy/json":
            return self._says(call, params["url"], (-6, "Invalid url"))
        return self._proxy(call, params["data"])

    def _login(self, call: Any, data: Any) -> Says:
        if data != {"user": "admin", "passwd": self.password}:
            return self._says(call, "/sys/login/user", (-22, "Login fail"))
        self.logins += 1
        session = f"session-{self.logins}"
        self.sessions.add(session)
        says = self._says(call, "/sys/login/user")
        says.body["session"] = session
        return says

    def _proxy(self, call: Any, data: Any) -> Says:
        names: list[str] = []
        for target in data["target"]:
            adom, name, kind, device = target.split("/")
            if adom != "adom" or name != "root" or (kind == "device" and device not in self.devices):
                return self._says(call, "/sys/proxy/json", (-3, "Object does not exist"))
            names += list(self.devices) if kind == "group" else [device]
        return self._says(call, "/sys/proxy/json", data=[self._entry(name, data) for name in names])

    def _entry(self, name: str, data: Any) -> dict[str, Any]:
        if name in self.offline:
            return {"target": name, "status": {"code": -20, "message": "Device is offline"}, "response": None}
        answer = asyncio.run(forward(self.devices[name], data))
        return {"target": name, "status": {"code": 0, "message": "OK"}, "response": answer}

    def _says(self, call: Any, url: str, status: tuple[int, str] = (0, "OK"), data: Any = None) -> Says:
        result = {"url": url, "status": {"code": status[0], "message": status[1]}}
        return Says(200, {"id": call["id"], "result": [result if data is None else {**result, "data": data}]})


async def forward(simulator: Simulator, data: Any) -> Any:
    """Send what the proxy was asked for to the simulator; its answer."""
    headers = {"authorization": f"Bearer {simulator.token}"}
    transport = httpx.ASGITransport(simulator.app)
    async with httpx.AsyncClient(transport=transport, base_url="https://fgt", headers=headers) as client:
        content = json.dumps(data["payload"]).encode() if "payload" in data else None
        answer = await client.request(data["action"].upper(), data["resource"], content=content)
    try:
        return answer.json()
    except ValueError:
        return answer.text
