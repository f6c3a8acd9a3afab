# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""SD-WAN members and health checks, and link monitors: all is well on interfaces that are up."""

from __future__ import annotations

from typing import Any

from .amounts import amount
from .general import blank
from .interfaces import is_up
from .registry import Operation, answers
from .status import Clock

#: In a health check, the number that stands for every member.
_EVERY_MEMBER = 0


@answers("GET", "monitor/virtual-wan/health-check")
def health_checks(operation: Operation) -> dict[str, Any]:
    """What each check measures on each member, by the names of check and interface."""
    settings, wanted = _settings(operation), operation.param("health_check_name")
    return {
        check["name"]: {
            member["interface"]: _measured(operation, f"{check['name']}/{member['interface']}", member, check)
            for member in settings["members"]
            if {member["seq-num"], _EVERY_MEMBER} & {item["seq-num"] for item in check["members"]}
        }
        for check in settings["health-check"]
        if wanted in (None, check["name"])
    }


def _settings(operation: Operation) -> dict[str, Any]:
    rows = operation.device.rows("system/sdwan", operation.vdom)
    return rows[0] if rows else {"members": [], "health-check": []}


def _measured(operation: Operation, subject: str, member: dict[str, Any], check: dict[str, Any]) -> dict[str, Any]:
    if member["status"] != "enable":
        return {"status": "disable"}
    up = member["interface"] in _up(operation)
    quality = _quality(operation, subject, up)
    return {**quality, "sla_targets_met": [target["id"] for target in check["sla"]] if up else []}


def _up(operation: Operation) -> set[str]:
    return {row["name"] for row in operation.device.rows("system/interface", operation.vdom) if is_up(row)}


def _quality(operation: Operation, subject: str, up: bool) -> dict[str, Any]:
    """Times in milliseconds, loss in percent, bandwidth in kbit/s."""
    sent = 1000 + amount(subject, 10**5)
    return {
        "status": "up" if up else "down",
        "latency": 5 + amount(f"{subject}/latency", 300) / 10 if up else 0.0,
        "jitter": amount(f"{subject}/jitter", 30) / 10 if up else 0.0,
        "packet_loss": 0 if up else 100,
        "packet_sent": sent,
        "packet_received": sent if up else 0,
        "session": amount(f"{subject}/session", 100) if up else 0,
        "tx_bandwidth": amount(f"{subject}/tx", 10**5) if up else 0,
        "rx_bandwidth": amount(f"{subject}/rx", 10**5) if up else 0,
        "state_changed": operation.device.of(Clock).now() - 3600,
    }


@answers("GET", "monitor/virtual-wan/members")
def members(operation: Operation) -> list[dict[str, Any]]:
    """The members, or those of interfaces or of a zone."""
    interfaces, zone = operation.many("interface"), operation.param("zone")
    return [
        _member(operation, row)
        for row in _settings(operation)["members"]
        if (not interfaces or row["interface"] in interfaces) and zone in (None, row["zone"])
    ]


def _member(operation: Operation, row: dict[str, Any]) -> dict[str, Any]:
    up, subject = row["interface"] in _up(operation), row["interface"]
    quality = _quality(operation, subject, up)
    return blank(operation) | {
        "interface": row["interface"],
        "seq_num": row["seq-num"],
        "status": "" if row["status"] == "enable" else "disable",
        "ipv4_gateway": row["gateway"],
        "ipv6_gateway": row["gateway6"],
        "link": "up" if up else "down",
        **{name: quality[name] for name in ("session", "tx_bandwidth", "rx_bandwidth", "state_changed")},
        "tx_bytes": amount(f"{subject}/tx_bytes", 10**9) if up else 0,
        "rx_bytes": amount(f"{subject}/rx_bytes", 10**9) if up else 0,
    }


@answers("GET", "monitor/system/link-monitor")
def link_monitors(operation: Operation) -> dict[str, Any]:
    """What each monitor measures, by the names of monitor and source interface."""
    wanted, up = operation.param("mkey"), _up(operation)
    return {
        row["name"]: {row["srcintf"]: _quality(operation, f"{row['name']}/{row['srcintf']}", row["srcintf"] in up)}
        for row in operation.device.rows("system/link-monitor", operation.vdom)
        if wanted in (None, row["name"])
    }
