# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Interfaces as they are in the configuration, with traffic on those that are up."""

from __future__ import annotations

from ipaddress import IPv4Interface, IPv6Interface
from typing import Any

from .amounts import amount
from .general import blank
from .registry import Operation, answers

#: Speed of a virtual port, in Mbit/s.
SPEED = 10000
#: Types that `system/interface` leaves out, unless a parameter asks for them.
_ASKED_FOR = {"vlan": "include_vlan", "aggregate": "include_aggregate"}
_LEFT_OUT = ("tunnel", "loopback")
#: Members of `system/available-interfaces` that are true for a type.
_BY_TYPE = {
    "physical": ("is_physical", "is_aggregatable", "supports_transceiver", "is_virtual_wan_link_capable"),
    "vlan": ("is_vlan", "is_virtual_wan_link_capable"),
    "aggregate": ("is_aggregate", "is_virtual_wan_link_capable"),
    "redundant": ("is_redundant", "is_virtual_wan_link_capable"),
    "loopback": ("is_loopback",),
    "tunnel": ("is_tunnel",),
    "switch": ("is_software_switch",),
    "hard-switch": ("is_hardware_switch",),
    "vdom-link": ("is_vdom_link",),
}
_USABLE = ("valid_in_policy", "valid_in_local_in_policy", "is_routable", "supports_dhcp", "supports_secondary_ip")


def address_of(row: dict[str, Any]) -> IPv4Interface:
    """The address of a row of ``system/interface``; 0.0.0.0/0 where it has none."""
    return IPv4Interface(str(row.get("ip") or "0.0.0.0 0.0.0.0").replace(" ", "/"))


def address6_of(row: dict[str, Any]) -> IPv6Interface:
    """The IPv6 address of a row of ``system/interface``; ::/0 where it has none."""
    return IPv6Interface(row.get("ipv6", {}).get("ip6-address") or "::/0")


def configured(operation: Operation) -> list[dict[str, Any]]:
    """The rows of ``system/interface`` of the vdom; with ``scope=global`` those of every vdom."""
    vdoms = operation.device.vdoms if operation.param("scope") == "global" else [operation.vdom]
    return [row for vdom in vdoms for row in operation.device.rows("system/interface", vdom)]


def is_up(row: dict[str, Any]) -> bool:
    return row.get("status") == "up"


@answers("GET", "monitor/system/interface")
def interfaces(operation: Operation) -> dict[str, Any]:
    """The interfaces that are up, by name."""
    wanted = operation.param("interface_name")
    return {
        row["name"]: _interface(row)
        for row in configured(operation)
        if wanted in (None, row["name"]) and is_up(row) and _is_listed(operation, row["type"])
    }


def _is_listed(operation: Operation, kind: str) -> bool:
    if kind in _ASKED_FOR:
        return operation.truth(_ASKED_FOR[kind])
    return kind not in _LEFT_OUT


def _interface(row: dict[str, Any]) -> dict[str, Any]:
    address, name = address_of(row), row["name"]
    return {
        "id": name,
        "name": name,
        "alias": row["alias"],
        "mac": mac(name),
        "ip": str(address.ip),
        "mask": address.network.prefixlen,
        "link": True,
        "speed": SPEED,
        "duplex": 1,
        **_traffic(name),
    }


def _traffic(name: str) -> dict[str, int]:
    sent, received = amount(f"{name}/tx", 10**6), amount(f"{name}/rx", 10**6)
    packets = {"tx_packets": sent, "rx_packets": received, "tx_bytes": sent * 640, "rx_bytes": received * 820}
    return {**packets, "tx_errors": 0, "rx_errors": 0}


def mac(name: str) -> str:
    """A hardware address, of the range that RFC 7042 sets aside for documentation."""
    return f"00:00:5e:00:53:{amount(name, 255):02x}"


@answers("GET", "monitor/system/available-interfaces")
def available(operation: Operation) -> list[dict[str, Any]]:
    """Every interface, up or down."""
    wanted = operation.param("mkey")
    rows = [row for row in configured(operation) if wanted in (None, row["name"])]
    return [_available(operation, row) for row in rows]


@answers("GET", "monitor/system/available-interfaces/meta")
def count(operation: Operation) -> dict[str, int]:
    return {"total": len(configured(operation))}


def _available(operation: Operation, row: dict[str, Any]) -> dict[str, Any]:
    name, link = row["name"], "up" if is_up(row) else "down"
    found = blank(operation)
    found |= dict.fromkeys((*_USABLE, *_BY_TYPE.get(row["type"], ())), True)
    return found | {
        "name": name,
        "type": row["type"],
        "icon": f"ftnt-interface-{row['type']}",
        "alias": row["alias"],
        "description": row["description"],
        "vdom": row["vdom"],
        "vrf": row["vrf"],
        "role": row["role"],
        "status": row["status"],
        "link": link,
        "speed": SPEED if link == "up" else 0,
        "duplex": "full",
        "mac_address": mac(name),
        "vlan_id": row["vlanid"],
        "vlan_interface": row["interface"] if row["type"] == "vlan" else "",
        "members": [member["interface-name"] for member in row["member"]],
        "ipv4_addresses": _addresses(address_of(row)),
        "ipv6_addresses": _addresses(address6_of(row)),
        "dhcp_interface": row["mode"] == "dhcp",
        "dynamic_addressing": row["mode"] != "static",
        "is_system_interface": row["type"] == "tunnel" and name.endswith(f".{row['vdom']}"),
        "is_used": bool(address_of(row).network.prefixlen),
        **_traffic(name),
    }


def _addresses(address: IPv4Interface | IPv6Interface) -> list[dict[str, Any]]:
    if not int(address.ip):
        return []
    return [{"ip": str(address.ip), "netmask": str(address.netmask), "cidr_netmask": address.network.prefixlen}]
