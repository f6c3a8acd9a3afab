# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the device learns from the networks around it: neighbours, leases, name servers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from ipaddress import IPv4Address
from typing import Any

from .amounts import amount
from .general import blank
from .interfaces import address_of, configured, is_up, mac
from .registry import Operation, answers
from .status import Clock

#: Leases that each range of addresses has given out.
LEASES = 2


@dataclass(slots=True)
class Leases:
    """Addresses whose lease was revoked, by vdom."""

    revoked: set[tuple[str, str]] = field(default_factory=set)


@answers("GET", "monitor/network/arp")
def neighbours(operation: Operation) -> list[dict[str, Any]]:
    """One neighbour on each interface that has an address."""
    rows = [row for row in configured(operation) if is_up(row) and address_of(row).network.num_addresses > 2]
    return [
        {"ip": ip, "age": amount(ip, 60), "interface": row["name"], "mac": mac(ip)}
        for row in rows
        if row["type"] != "tunnel" and int(address_of(row).ip)
        for ip in [_neighbour(row)]
    ]


def _neighbour(row: dict[str, Any]) -> str:
    """The first address of the interface's network that is not its own."""
    address = address_of(row)
    return str(next(host for host in address.network.hosts() if host != address.ip))


@answers("GET", "monitor/system/dhcp")
def leases(operation: Operation) -> list[dict[str, Any]]:
    """Reserved addresses, and the first ones of each range, of the servers that are enabled."""
    if operation.truth("ipv6"):
        return []
    interface, revoked = operation.param("interface"), operation.device.of(Leases).revoked
    servers = [row for row in operation.device.rows("system.dhcp/server", operation.vdom) if row["status"] == "enable"]
    return [
        lease
        for server in servers
        if interface in (None, server["interface"])
        for lease in _leases(operation, server)
        if (operation.vdom, lease["ip"]) not in revoked
    ]


def _leases(operation: Operation, server: dict[str, Any]) -> Iterator[dict[str, Any]]:
    reserved = [(item["ip"], item["mac"]) for item in server["reserved-address"] if item["action"] == "reserved"]
    taken = {ip for ip, _ in reserved}
    for ip, address in reserved:
        yield _lease(operation, server, ip, address, True)
    for item in server["ip-range"]:
        first, last = IPv4Address(item["start-ip"]), IPv4Address(item["end-ip"])
        for number in range(min(LEASES, int(last) - int(first) + 1) if int(first) else 0):
            ip = str(first + number)
            if ip not in taken:
                yield _lease(operation, server, ip, mac(ip), False)


def _lease(operation: Operation, server: dict[str, Any], ip: str, address: str, reserved: bool) -> dict[str, Any]:
    return blank(operation) | {
        "type": "ipv4",
        "status": "leased",
        "ip": ip,
        "expire_time": operation.device.of(Clock).now() + amount(ip, max(server["lease-time"], 60)),
        "interface": server["interface"],
        "server_mkey": server["id"],
        "reserved": reserved,
        "mac": address,
        "hostname": f"host-{ip.replace('.', '-')}",
    }


@answers("POST", "monitor/system/dhcp/revoke")
def revoke(operation: Operation) -> None:
    """Take back the leases of the addresses, or all of them."""
    addresses = operation.many("ip") or [lease["ip"] for lease in leases(operation)]
    operation.device.of(Leases).revoked.update((operation.vdom, str(ip)) for ip in addresses)


@answers("GET", "monitor/network/dns/latency")
def name_servers(operation: Operation) -> list[dict[str, Any]]:
    """How fast the name servers answer, in milliseconds."""
    servers = [operation.device.setting("system/dns", name) for name in ("primary", "secondary")]
    return [
        {
            "service": "dns_server",
            "ip": ip,
            "latency": 5 + amount(ip, 20),
            "last_update": operation.device.of(Clock).now(),
        }
        for ip in servers
        if ip and ip != "0.0.0.0"
    ]
