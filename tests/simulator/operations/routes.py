# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The routing table: connected networks and static routes, and the configured neighbours of routing protocols."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Interface, IPv4Network, IPv6Interface, IPv6Network, ip_network
from typing import Any

from .general import blank
from .interfaces import address6_of, address_of, is_up
from .registry import Operation, answers

Route = dict[str, Any]

_SELECTING = ("ip_mask", "gateway", "type", "origin", "interface")
_NOWHERE = {4: "0.0.0.0", 6: "::"}


@answers("GET", "monitor/router/ipv4")
def ipv4(operation: Operation) -> list[Route]:
    return _selected(operation, _table(operation, 4))


@answers("GET", "monitor/router/ipv6")
def ipv6(operation: Operation) -> list[Route]:
    return _selected(operation, _table(operation, 6))


@answers("GET", "monitor/router/statistics")
def statistics(operation: Operation) -> dict[str, int]:
    """How many routes match, in all and by version."""
    version = operation.number("ip_version")
    counts = {
        number: len(_selected(operation, _table(operation, number))) if version in (0, number) else 0
        for number in (4, 6)
    }
    return {"total_lines": sum(counts.values()), "total_lines_ipv4": counts[4], "total_lines_ipv6": counts[6]}


def _table(operation: Operation, version: int) -> list[Route]:
    """The routes of one IP version, those of larger networks first."""
    routes = [*_static(operation, version), *_connected(operation, version)]
    return sorted(routes, key=_order)


def _order(route: Route) -> tuple[int, int]:
    network = ip_network(route["ip_mask"])
    return network.prefixlen, int(network.network_address)


def _connected(operation: Operation, version: int) -> Iterator[Route]:
    for row in operation.device.rows("system/interface", operation.vdom):
        address: IPv4Interface | IPv6Interface = address_of(row) if version == 4 else address6_of(row)
        if is_up(row) and int(address.ip):
            yield _route(operation, version, "connect", address.network, row["name"], _NOWHERE[version])


def _static(operation: Operation, version: int) -> Iterator[Route]:
    """Static routes of networks; those of address objects and internet services are not resolved."""
    table = "router/static" if version == 4 else "router/static6"
    for row in operation.device.rows(table, operation.vdom):
        if row["status"] != "enable" or row.get("dstaddr") or row.get("internet-service"):
            continue
        network = ip_network((row["dst"] or f"{_NOWHERE[version]}/0").replace(" ", "/"), strict=False)
        found = _route(operation, version, "static", network, row["device"], row["gateway"])
        yield found | {"distance": row["distance"], "priority": row["priority"]}


def _route(
    operation: Operation, version: int, kind: str, network: IPv4Network | IPv6Network, interface: str, gateway: str
) -> Route:
    return blank(operation) | {
        "ip_version": version,
        "type": kind,
        "ip_mask": str(network),
        "distance": 0,
        "metric": 0,
        "priority": 0,
        "vrf": 0,
        "gateway": gateway,
        "interface": interface,
        "is_tunnel_route": False,
    }


def _selected(operation: Operation, routes: list[Route]) -> list[Route]:
    """The routes that all parameters fit, or any with ``operator=or``."""
    wanted = {name: operation.param(name) for name in _SELECTING if operation.param(name)}
    fits = any if operation.param("operator") == "or" else all
    return [route for route in routes if not wanted or fits(route.get(name) == text for name, text in wanted.items())]


@answers("GET", "monitor/router/bgp/neighbors")
def bgp(operation: Operation) -> list[dict[str, Any]]:
    return _bgp(operation, 4)


@answers("GET", "monitor/router/bgp/neighbors6")
def bgp6(operation: Operation) -> list[dict[str, Any]]:
    return _bgp(operation, 6)


def _bgp(operation: Operation, version: int) -> list[dict[str, Any]]:
    """The configured neighbours of one IP version, each with its session established."""
    (settings,) = operation.device.rows("router/bgp", operation.vdom)
    return [
        {
            "neighbor_ip": row["ip"],
            "local_ip": settings["router-id"] if version == 4 else _NOWHERE[6],
            "remote_as": str(row["remote-as"]),
            "admin_status": row["shutdown"] != "enable",
            "state": "Established" if row["shutdown"] != "enable" else "Idle",
            "type": f"ipv{version}",
        }
        for row in settings["neighbor"]
        if (":" in row["ip"]) == (version == 6)
    ]


@answers("GET", "monitor/router/ospf/neighbors")
def ospf(operation: Operation) -> list[dict[str, Any]]:
    """The configured neighbours, each fully adjacent."""
    (settings,) = operation.device.rows("router/ospf", operation.vdom)
    return [
        {"neighbor_ip": row["ip"], "router_id": row["ip"], "state": "Full", "priority": row["priority"]}
        for row in settings["neighbor"]
    ]
