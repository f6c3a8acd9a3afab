# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The cluster that the device is a unit of: who belongs to it, whether all have the same configuration."""

from __future__ import annotations

import hashlib
from typing import Any

from ..power import Power
from ..store import GLOBAL
from .amounts import amount
from .fabric import units
from .registry import Operation, answers
from .sessions import present
from .status import Clock


@answers("GET", "monitor/system/ha-peer")
def peers(operation: Operation) -> list[dict[str, Any]]:
    """The units, or those of a serial number or virtual cluster."""
    wanted = {name: operation.param(name) for name in ("serial_no", "vcluster_id")}
    return [
        {name: unit[name] for name in ("serial_no", "vcluster_id", "priority", "hostname", "master", "primary")}
        for unit in units(operation.device)
        if all(text is None or str(unit[name]) == text for name, text in wanted.items())
    ]


@answers("GET", "monitor/system/ha-checksums", "monitor/system/ha-nonsync-checksums")
def checksums(operation: Operation) -> list[dict[str, Any]]:
    """Of every unit: over the global tables, over those of each vdom, over all. Units agree, unless one was given
    a ``checksum`` of its own."""
    own = _checksums(operation)
    return [
        {
            "is_manage_master": int(unit["primary"]),
            "is_root_master": int(unit["primary"]),
            "is_manage_primary": unit["primary"],
            "is_root_primary": unit["primary"],
            "serial_no": unit["serial_no"],
            "checksum": {**own, **unit.get("checksum", {})},
        }
        for unit in units(operation.device)
    ]


def _checksums(operation: Operation) -> dict[str, str]:
    store = operation.device.store
    places = {"global": GLOBAL, **{vdom: vdom for vdom in operation.device.vdoms}}
    sums = {
        name: _digest(sorted(table.revision for table in store.tables(place) if table.rows))
        for name, place in places.items()
    }
    return {**sums, "all": _digest(list(sums.values()))}


def _digest(parts: list[str]) -> str:
    return hashlib.md5("".join(parts).encode(), usedforsecurity=False).hexdigest()


@answers("GET", "monitor/system/ha-statistics")
def statistics(operation: Operation) -> list[dict[str, Any]]:
    now, started = operation.device.of(Clock).now(), operation.device.of(Power).started
    return [
        {
            "hostname": unit["hostname"],
            "serial_no": unit["serial_no"],
            "tnow": now,
            "sessions": len(present(operation)) if unit["primary"] else 0,
            "sessions6": 0,
            "tpacket": amount(f"{unit['serial_no']}/packets", 10**6),
            "vir_usage": 0,
            "net_usage": amount(f"{unit['serial_no']}/net", 100),
            "tbyte": amount(f"{unit['serial_no']}/bytes", 10**9),
            "intr_usage": 0,
            "cpu_usage": 1,
            "mem_usage": 40,
            "uptime": int(now - started),
            "per_vdom_stats": [],
        }
        for unit in units(operation.device)
    ]


@answers("GET", "monitor/system/ha-history")
def history(operation: Operation) -> dict[str, Any]:
    started = int(operation.device.of(Power).started)
    return {"start_time": started, "last_change": started, "history": []}
