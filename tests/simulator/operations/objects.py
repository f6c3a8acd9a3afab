# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Operations on objects of the configuration."""

from __future__ import annotations

from typing import Any

from .. import catalogue, integrity
from ..model import table_model
from ..refusal import Refusal
from ..store import home
from .registry import Operation, answers


@answers("GET", "monitor/system/object/usage")
def usage(operation: Operation) -> dict[str, Any]:
    """Which entries refer to the one that q_path, q_name and mkey name."""
    device, call = operation.device, operation.call
    path, name, mkey = call.param("q_path"), call.param("q_name"), call.param("mkey")
    model = table_model(f"{path}/{name}", device.profile.release)
    if model is None:
        raise Refusal(404)
    table = device.store.table(model, home(model, operation.vdom, call.param("scope") == "global"))
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
                        "vdom": other.vdom or operation.vdom,
                        "q_type": catalogue.number(other.model.schema.path),
                        "table_type": "table" if other.model.schema.is_table else "object",
                    }
                )
    return {"currently_using": found, "can_use": []}


@answers("POST", "monitor/system/api-user/generate-key")
def generate_key(operation: Operation) -> dict[str, str]:
    """A new key for an API user, told this once."""
    device, name = operation.device, operation.param("api-user")
    if not name or device.row("system/api-user", name) is None:
        raise Refusal(404)
    key = device.new_token(name)
    return {"access_token" if device.profile.release < (7, 6, 0) else "api_key": key}
