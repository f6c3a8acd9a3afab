# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Access points and switches that the device manages, and the clients of the access points."""

from __future__ import annotations

from typing import Any

from .general import blank
from .interfaces import mac
from .registry import Operation, answers
from .status import Clock

#: Wireless clients of each access point.
CLIENTS = 2


def _points(operation: Operation) -> list[dict[str, Any]]:
    return operation.device.rows("wireless-controller/wtp", operation.vdom)


@answers("GET", "monitor/wifi/managed_ap")
def points(operation: Operation) -> list[dict[str, Any]]:
    """The configured access points; those that are enabled are connected."""
    wanted = operation.param("wtp_id")
    return [_point(operation, row) for row in _points(operation) if wanted in (None, row["wtp-id"])]


def _point(operation: Operation, row: dict[str, Any]) -> dict[str, Any]:
    name, enabled = row["name"] or row["wtp-id"], row["admin"] == "enable"
    joined = operation.device.of(Clock).now() - 7200
    return blank(operation) | {
        "name": name,
        "wtp_id": row["wtp-id"],
        "serial": row["wtp-id"],
        "vdom": operation.vdom,
        "ap_profile": row["wtp-profile"],
        "state": "authorized" if enabled else "disabled",
        "status": "connected" if enabled else "disconnected",
        "connection_state": "Connected" if enabled else "Disconnected",
        "region_code": row["region"],
        "location": row["location"],
        "board_mac": mac(row["wtp-id"]),
        "clients": CLIENTS if enabled else 0,
        "join_time_raw": joined if enabled else 0,
        "wtp_mode": row.get("wtp-mode", "normal"),
    }


@answers("GET", "monitor/wifi/client")
def clients(operation: Operation) -> list[dict[str, Any]]:
    """The clients of the access points that are enabled, all in the first wireless network."""
    networks = operation.device.rows("wireless-controller/vap", operation.vdom)
    network = networks[0] if networks else {"name": "wifi", "ssid": "fortinet"}
    wanted = operation.param("mac")
    found = [
        _client(operation, row, network, number)
        for row in _points(operation)
        if row["admin"] == "enable"
        for number in range(1, CLIENTS + 1)
    ]
    return [client for client in found if wanted in (None, client["mac"])]


def _client(operation: Operation, row: dict[str, Any], network: dict[str, Any], number: int) -> dict[str, Any]:
    return blank(operation) | {
        "ip": f"192.0.2.{100 + number}",
        "wtp_name": row["name"] or row["wtp-id"],
        "wtp_id": row["wtp-id"],
        "wtp_radio": number,
        "vap_name": network["name"],
        "ssid": network["ssid"],
        "mac": mac(f"{row['wtp-id']}/{number}"),
        "authentication": "pass",
        "manufacturer": "Example",
        "data_rate_bps": 130_000_000,
        "snr": 40,
        "signal": -55,
        "noise": -95,
        "channel": 44,
        "association_time": operation.device.of(Clock).now() - 600 * number,
        "radio_type": "802.11ac",
        "mimo": "2x2",
    }


@answers("GET", "monitor/switch-controller/managed-switch/status")
def switches(operation: Operation) -> list[dict[str, Any]]:
    """The configured switches; those that are authorized are connected."""
    wanted = operation.param("mkey")
    rows = operation.device.rows("switch-controller/managed-switch", operation.vdom)
    return [_switch(operation, row) for row in rows if wanted in (None, row["switch-id"])]


def _switch(operation: Operation, row: dict[str, Any]) -> dict[str, Any]:
    authorized = row["fsw-wan1-admin"] == "enable"
    return blank(operation) | {
        "serial": row.get("sn") or row["switch-id"],
        "switch-id": row["switch-id"],
        "fgt_peer_intf_name": row["fsw-wan1-peer"],
        "state": "Authorized" if authorized else "DeAuthorized",
        "status": "Connected" if authorized else "Idle",
        "vdom": operation.vdom,
        "owner_vdom": operation.vdom,
        "type": row["type"],
        "ports": [
            {"interface": port["port-name"], "status": port["status"], "speed": 1000, "duplex": "full"}
            for port in row["ports"]
        ],
    }
