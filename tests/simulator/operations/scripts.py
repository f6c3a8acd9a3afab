# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""CLI scripts: sent and run with one request, and kept in a history with what became of them."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from .. import refusal
from ..load import run
from ..refusal import Refusal
from .registry import Operation, answers


@dataclass
class History:
    """The scripts that ran, the last one first."""

    entries: list[dict[str, Any]] = field(default_factory=list)
    unseen: set[int] = field(default_factory=set)
    count: int = 0


@answers("GET", "monitor/system/config-script")
def history(operation: Operation) -> dict[str, Any]:
    """The scripts that ran; the first answer about one still calls it running."""
    kept = operation.device.of(History)
    shown = [{**entry, "status": "running"} if entry["id"] in kept.unseen else entry for entry in kept.entries]
    kept.unseen.clear()
    return {"conf_scripts": {"max": 10, "history": shown}, "backup_service_available": False}


@answers("POST", "monitor/system/config-script/upload")
def upload(operation: Operation) -> dict[str, Any]:
    """Run a script. Every line that can be carried out is, whatever the others say."""
    device, kept = operation.device, operation.device.of(History)
    problems = run(device, operation.file().decode("utf-8", "replace"), operation.vdom)
    kept.count += 1
    entry = {
        "id": kept.count,
        "type": "local",
        "name": operation.param("filename") or f"script-{kept.count}",
        "time": int(time.time()),
        "status": "failed" if problems else "success",
    }
    kept.entries.insert(0, entry)
    kept.unseen.add(kept.count)
    del kept.entries[10:]
    if problems:
        raise Refusal(500, refusal.COMMAND, *problems)
    return {"id": kept.count}


@answers("POST", "monitor/system/config-script/delete")
def delete(operation: Operation) -> dict[str, Any]:
    ids = operation.param("id_list")
    if not isinstance(ids, list):
        raise Refusal(424)
    kept = operation.device.of(History)
    kept.entries = [entry for entry in kept.entries if entry["id"] not in ids]
    return {}
