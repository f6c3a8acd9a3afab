# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What address objects and pools stand for at the moment."""

from __future__ import annotations

from ipaddress import IPv4Address
from typing import Any

from .amounts import amount
from .registry import Operation, answers


@answers("GET", "monitor/firewall/address-fqdns")
def fqdns(operation: Operation) -> list[dict[str, Any]]:
    return _fqdns(operation, "firewall/address", "192.0.2.{}")


@answers("GET", "monitor/firewall/address-fqdns6")
def fqdns6(operation: Operation) -> list[dict[str, Any]]:
    return _fqdns(operation, "firewall/address6", "2001:db8::{:x}")


def _fqdns(operation: Operation, table: str, pattern: str) -> list[dict[str, Any]]:
    """The objects that hold a name, each with one address."""
    return [
        {
            "name": row["name"],
            "fqdn": row["fqdn"],
            "addrs": [pattern.format(1 + amount(row["fqdn"], 252))],
            "addrs_count": 1,
            "wildcard": row["fqdn"].startswith("*"),
        }
        for row in _rows(operation, table)
        if row["type"] == "fqdn"
    ]


@answers("GET", "monitor/firewall/address-dynamic")
def dynamic(operation: Operation) -> list[dict[str, Any]]:
    return _dynamic(operation, "firewall/address")


@answers("GET", "monitor/firewall/address6-dynamic")
def dynamic6(operation: Operation) -> list[dict[str, Any]]:
    return _dynamic(operation, "firewall/address6")


def _dynamic(operation: Operation, table: str) -> list[dict[str, Any]]:
    """The dynamic objects; no connector has told them an address."""
    rows = [row for row in _rows(operation, table) if row["type"] == "dynamic"]
    return [{"name": row["name"], "sub_type": row.get("sub-type", ""), "addrs": [], "addrs_count": 0} for row in rows]


def _rows(operation: Operation, table: str) -> list[dict[str, Any]]:
    wanted = operation.param("mkey")
    return [row for row in operation.device.rows(table, operation.vdom) if wanted in (None, row["name"])]


@answers("GET", "monitor/firewall/ippool")
def pools(operation: Operation) -> dict[str, Any]:
    """The pools by name, none of them in use."""
    return {row["name"]: _pool(row) for row in operation.device.rows("firewall/ippool", operation.vdom)}


def _pool(row: dict[str, Any]) -> dict[str, Any]:
    addresses = int(IPv4Address(row["endip"])) - int(IPv4Address(row["startip"])) + 1
    per_address = (row.get("endport", 65533) - row.get("startport", 5117) + 1) // row["block-size"]
    return {
        "name": row["name"],
        "blocks": row["num-blocks-per-user"],
        "block_size": row["block-size"],
        "fixed_port": row["type"] == "fixed-port-range",
        "pba_per_ip": per_address,
        "used": 0,
        "total": per_address * addresses,
        "available": 100.0,
        "clients": 0,
        "natip_in_use": 0,
        "natip_total": addresses,
    }
