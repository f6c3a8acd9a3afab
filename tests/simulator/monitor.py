# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The monitor, log and service APIs, as far as a configuring client needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import catalogue, integrity
from .call import Answer, Call
from .envelope import Scene
from .model import table_model
from .refusal import Refusal
from .store import home

if TYPE_CHECKING:
    from .device import Device

PREFIX = "/api/v2/monitor"


def handle(device: Device, call: Call) -> Answer:
    """Answer any request below ``/api/v2/monitor``; the last segment of the legacy form is the action."""
    segments = call.segments(PREFIX)
    vdoms, as_list = device.targets(call)
    name = "/".join(segments).removesuffix("/select")
    answers = [_answer(device, call, name, vdom) for vdom in vdoms]
    if not as_list:
        return answers[0]
    return Answer(max(answer.status for answer in answers), [answer.body for answer in answers])


def _answer(device: Device, call: Call, name: str, vdom: str) -> Answer:
    path, _, rest = name.partition("/")
    scene = Scene(device, call.method, vdom, path, rest, "" if device.profile.release >= (7, 0, 0) else "select")
    handler = _HANDLERS.get((call.method, name))
    try:
        if handler is None:
            raise Refusal(404)
        return Answer(200, scene.monitor(handler(device, call, vdom)))
    except Refusal as refused:
        return Answer(refused.status, scene.refused(refused))


def _status(device: Device, call: Call, vdom: str) -> dict[str, Any]:
    return {
        "model_name": "FortiGate",
        "model_number": "VM64",
        "model": "FGVM64",
        "hostname": device.setting("system/global", "hostname") or device.serial,
        "log_disk_status": "available",
    }


def _usage(device: Device, call: Call, vdom: str) -> dict[str, Any]:
    """Which entries refer to the one that q_path, q_name and mkey name."""
    path, name, mkey = call.param("q_path"), call.param("q_name"), call.param("mkey")
    model = table_model(f"{path}/{name}", device.profile.release)
    if model is None:
        raise Refusal(404)
    table = device.store.table(model, home(model, vdom, call.param("scope") == "global"))
    found = []
    for other, _ in integrity.users(device.store, table, mkey):
        for key, row in other.rows.items():
            names = [use.key for use in row.uses if use.target.path == model.schema.path]
            if mkey in names:
                found.append(
                    {
                        "path": other.model.path,
                        "name": other.model.name,
                        "mkey": "" if key is None else str(key),
                        "vdom": other.vdom or vdom,
                        "q_type": catalogue.number(other.model.schema.path),
                        "table_type": "table" if other.model.schema.is_table else "object",
                    }
                )
    return {"currently_using": found, "can_use": []}


def _generate_key(device: Device, call: Call, vdom: str) -> dict[str, str]:
    body = call.body()
    name = body.get("api-user") if isinstance(body, dict) else None
    if not name or device.row("system/api-user", name) is None:
        raise Refusal(404)
    key = device.new_token(name)
    return {"access_token" if device.profile.release < (7, 6, 0) else "api_key": key}


_HANDLERS = {
    ("GET", "system/status"): _status,
    ("GET", "system/object/usage"): _usage,
    ("POST", "system/api-user/generate-key"): _generate_key,
}
