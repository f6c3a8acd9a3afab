# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""How busy the device is, and how much of what it may hold it holds."""

from __future__ import annotations

from typing import Any

from .amounts import amount
from .registry import Operation, answers
from .sessions import present
from .status import Clock

#: The interval of a history, and the seconds between its values.
INTERVALS = {"1-min": 3, "10-min": 30, "30-min": 90, "1-hour": 180, "12-hour": 2160, "24-hour": 4320}
POINTS = 20
#: Each resource with the most that its usage varies by.
RESOURCES = {
    "cpu": 10,
    "mem": 5,
    "disk": 1,
    "session": 20,
    "session6": 0,
    "setuprate": 3,
    "setuprate6": 0,
    "disk_lograte": 2,
    "faz_lograte": 0,
    "forticloud_lograte": 0,
    "gtp_tunnel": 0,
    "npu_session": 0,
}
_MEMORY = 2 * 1024**3
_DISK = 32 * 1024**3
#: Where the entries of each limited kind are configured.
_LIMITED = {
    "ipsec-phase1": "vpn.ipsec/phase1",
    "ipsec-phase2": "vpn.ipsec/phase2",
    "ipsec-phase1-interface": "vpn.ipsec/phase1-interface",
    "ipsec-phase2-interface": "vpn.ipsec/phase2-interface",
    "firewall-policy": "firewall/policy",
    "firewall-address": "firewall/address",
    "firewall-addrgrp": "firewall/addrgrp",
    "custom-service": "firewall.service/custom",
    "service-group": "firewall.service/group",
    "onetime-schedule": "firewall.schedule/onetime",
    "recurring-schedule": "firewall.schedule/recurring",
    "user": "user/local",
    "user-group": "user/group",
}


@answers("GET", "monitor/system/resource/usage")
def usage(operation: Operation) -> dict[str, Any]:
    """Each resource, or the one asked for, now and in every interval, or in the one asked for."""
    resource, interval = operation.param("resource"), operation.param("interval")
    intervals = [name for name in INTERVALS if interval in (None, name)]
    return {name: [_resource(operation, name, intervals)] for name in RESOURCES if resource in (None, name)}


def _resource(operation: Operation, name: str, intervals: list[str]) -> dict[str, Any]:
    base = len(present(operation)) if name == "session" else {"mem": 40, "cpu": 1, "disk": 2}.get(name, 0)
    return {"current": base, "historical": {key: _history(operation, name, key, base) for key in intervals}}


def _history(operation: Operation, name: str, interval: str, base: int) -> dict[str, Any]:
    """Pairs of a time in milliseconds and a value, the latest first."""
    end, step = operation.device.of(Clock).now(), INTERVALS[interval]
    values = [base + amount(f"{name}/{interval}/{point}", RESOURCES[name]) for point in range(POINTS)]
    return {
        "values": [[(end - step * point) * 1000, value] for point, value in enumerate(values)],
        "max": max(values),
        "min": min(values),
        "average": sum(values) // POINTS,
        "start": (end - step * (POINTS - 1)) * 1000,
        "end": end * 1000,
    }


@answers("GET", "monitor/system/performance/status")
def performance(operation: Operation) -> dict[str, Any]:
    core = {"idle": 97, "nice": 0, "iowait": 0, "system": 2, "user": 1}
    free = _MEMORY * 55 // 100
    memory = {"total": _MEMORY, "used": _MEMORY - free - free // 10, "free": free, "freeable": free // 10}
    return {"cpu": {"cores": [core]}, "mem": memory}


@answers("GET", "monitor/system/vdom-resource")
def vdom_resource(operation: Operation) -> dict[str, Any]:
    """How much the vdom uses; counts are texts, as the API describes them."""
    device, vdom = operation.device, operation.vdom
    used = {name: str(len(device.rows(path, vdom))) for name, path in _LIMITED.items()}
    return {
        "cpu": 1,
        "memory": 40,
        "setup_rate": 0,
        "is_deletable": vdom != device.management,
        "session": str(len(present(operation))),
        **used,
        "dialup-tunnel": "0",
        "sslvpn": "0",
        "proxy": "0",
        "log-disk-quota": "0",
    }


@answers("GET", "monitor/log/current-disk-usage")
def disk(operation: Operation) -> dict[str, int]:
    used = _DISK // 50
    return {"used_bytes": used, "free_bytes": _DISK - used, "total_bytes": _DISK}
