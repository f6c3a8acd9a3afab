# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""VPN: the configured IPsec tunnels, and users of the SSL VPN."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..refusal import NOT_FOUND, Refusal
from .amounts import amount
from .general import blank
from .registry import Operation, answers, controls
from .status import Clock

if TYPE_CHECKING:
    from ..device import Device

_ANYTHING = {"port": 0, "protocol": 0, "protocol_name": ""}


@dataclass(slots=True)
class Tunnels:
    """Phases 2 that are down, tunnels whose statistics were reset, and users of the SSL VPN, by vdom."""

    down: set[tuple[str, str, str]] = field(default_factory=set)
    reset: set[tuple[str, str]] = field(default_factory=set)
    users: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


@answers("GET", "monitor/vpn/ipsec")
def ipsec(operation: Operation) -> list[dict[str, Any]]:
    """The tunnels, or the one of ``tunnel``."""
    wanted = operation.param("tunnel")
    return [_tunnel(operation, row) for row in _phases1(operation) if wanted in (None, row["name"])]


def _phases1(operation: Operation) -> list[dict[str, Any]]:
    return operation.device.rows("vpn.ipsec/phase1-interface", operation.vdom)


def _phases2(operation: Operation, tunnel: str) -> list[dict[str, Any]]:
    rows = operation.device.rows("vpn.ipsec/phase2-interface", operation.vdom)
    return [row for row in rows if row["phase1name"] == tunnel]


def _tunnel(operation: Operation, row: dict[str, Any]) -> dict[str, Any]:
    selectors = [_selector(operation, row["name"], number, phase2) for number, phase2 in _numbered(operation, row)]
    up = [one for one in selectors if one["status"] == "up"]
    return {
        "proxyid": selectors,
        "name": row["name"],
        "comments": row["comments"],
        "wizard-type": row["wizard-type"],
        "connection_count": len(up),
        "status": "up" if up else "down",
        "creation_time": amount(row["name"], 86400),
        "type": "dialup" if row["type"] == "dynamic" else "automatic",
        "incoming_bytes": sum(one["incoming_bytes"] for one in selectors),
        "outgoing_bytes": sum(one["outgoing_bytes"] for one in selectors),
        "rgwy": row["remote-gw"],
    }


def _numbered(operation: Operation, row: dict[str, Any]) -> list[tuple[int, dict[str, Any]]]:
    return list(enumerate(_phases2(operation, row["name"]), start=1))


def _selector(operation: Operation, tunnel: str, number: int, phase2: dict[str, Any]) -> dict[str, Any]:
    state, name = operation.device.of(Tunnels), phase2["name"]
    is_down = (operation.vdom, tunnel, name) in state.down
    quiet = is_down or (operation.vdom, tunnel) in state.reset
    return {
        "proxy_src": [{"subnet": phase2["src-subnet"].replace(" ", "/"), **_ANYTHING}],
        "proxy_dst": [{"subnet": phase2["dst-subnet"].replace(" ", "/"), **_ANYTHING}],
        "status": "down" if is_down else "up",
        "p2name": name,
        "p2serial": number,
        "expire": 0 if is_down else 1 + amount(name, phase2["keylifeseconds"]),
        "incoming_bytes": 0 if quiet else amount(f"{name}/in", 10**8),
        "outgoing_bytes": 0 if quiet else amount(f"{name}/out", 10**8),
    }


@answers("POST", "monitor/vpn/ipsec/tunnel_down")
def down(operation: Operation) -> None:
    operation.device.of(Tunnels).down.add(_named(operation))


@answers("POST", "monitor/vpn/ipsec/tunnel_up")
def up(operation: Operation) -> None:
    operation.device.of(Tunnels).down.discard(_named(operation))


def _named(operation: Operation) -> tuple[str, str, str]:
    """:raises Refusal: there is no such phase 2"""
    tunnel, name = str(operation.param("p1name")), str(operation.param("p2name"))
    if name not in [row["name"] for row in _phases2(operation, tunnel)]:
        raise Refusal(404, NOT_FOUND)
    return operation.vdom, tunnel, name


@answers("POST", "monitor/vpn/ipsec/tunnel_reset_stats")
def reset(operation: Operation) -> None:
    tunnel = str(operation.param("p1name"))
    if tunnel not in [row["name"] for row in _phases1(operation)]:
        raise Refusal(404, NOT_FOUND)
    operation.device.of(Tunnels).reset.add((operation.vdom, tunnel))


# SSL VPN


@controls("POST", "vpn_users")
def log_in(device: Device, body: Any) -> dict[str, Any]:
    """Let the ``user`` of a ``group`` be in the SSL VPN of a ``vdom`` (root), from an ``address``."""
    users = device.of(Tunnels).users.setdefault(body.get("vdom", device.management), [])
    user = {"user_name": body["user"], "group_name": body.get("group", ""), "remote_host": body["address"]}
    users.append({"index": len(users), **user, "last_login_timestamp": device.of(Clock).now()})
    return {"status": "success"}


def _users(operation: Operation) -> list[dict[str, Any]]:
    return operation.device.of(Tunnels).users.setdefault(operation.vdom, [])


@answers("GET", "monitor/vpn/ssl")
def ssl(operation: Operation) -> list[dict[str, Any]]:
    now = operation.device.of(Clock).now()
    return [
        blank(operation)
        | {"interface": f"ssl.{operation.vdom}", "duration": now - user["last_login_timestamp"], **user}
        for user in _users(operation)
    ]


@answers("GET", "monitor/vpn/ssl/stats")
def ssl_stats(operation: Operation) -> dict[str, Any]:
    count = {"users": len(_users(operation)), "tunnels": 0, "connections": 0}
    return {"conserve_mode": False, "max": count, "current": count}


@answers("POST", "monitor/vpn/ssl/delete")
def ssl_delete(operation: Operation) -> None:
    """Log out the user of an index."""
    users, index = _users(operation), operation.number("index")
    if index not in [user["index"] for user in users]:
        raise Refusal(404, NOT_FOUND)
    users[:] = [user for user in users if user["index"] != index]


@answers("POST", "monitor/vpn/ssl/clear_tunnel")
def ssl_clear(operation: Operation) -> None:
    """Log out everybody."""
    _users(operation).clear()
