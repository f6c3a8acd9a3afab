# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Users that have authenticated, connectors that tell of users, and banned addresses."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any

from ..refusal import BAD_ADDRESS, INVALID_REQUEST, NOT_FOUND, Refusal
from .registry import Operation, answers
from .status import Clock

#: Seconds until an idle user is forgotten.
EXPIRY = 300


@dataclass(slots=True)
class Users:
    """Who has authenticated, and which addresses are banned, by vdom."""

    authenticated: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    banned: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    last: int = 0


def _address(text: Any) -> str:
    """:raises Refusal: it is no address"""
    try:
        return str(ip_address(str(text)))
    except ValueError:
        raise Refusal(500, BAD_ADDRESS, f"invalid address {text}") from None


# Authenticated users


def _authenticated(operation: Operation) -> list[dict[str, Any]]:
    return operation.device.of(Users).authenticated.setdefault(operation.vdom, [])


@answers("GET", "monitor/user/firewall")
def authenticated(operation: Operation) -> list[dict[str, Any]]:
    now = operation.device.of(Clock).now()
    return [
        {
            "id": user["id"],
            "index": user["id"],
            "type": "auth_logon",
            "username": user["username"],
            "server": user["server"],
            "usergroup": [],
            "policyid": 0,
            "duration_secs": now - user["since"],
            "auth_type": 0,
            "ipaddr": user["ip"],
            "src_type": f"ip{ip_address(user['ip']).version}",
            "expiry_secs": EXPIRY,
            "traffic_vol_bytes": 0,
            "method": "Firewall",
        }
        for user in _authenticated(operation)
        if operation.param(f"ipv{ip_address(user['ip']).version}") is None
        or operation.truth(f"ipv{ip_address(user['ip']).version}")
    ]


@answers("GET", "monitor/user/firewall/count")
def count(operation: Operation) -> dict[str, int]:
    kinds = [ip_address(user["ip"]).version for user in _authenticated(operation)]
    return {"ipv4": kinds.count(4), "ipv6": kinds.count(6), "total": len(kinds)}


@answers("POST", "monitor/user/firewall/auth")
def authenticate(operation: Operation) -> None:
    """Let a user be authenticated from an address, in place of who was there."""
    users, address, now = operation.device.of(Users), _address(operation.param("ip")), operation.device.of(Clock).now()
    users.last += 1
    user = {"id": users.last, "username": operation.param("username"), "server": operation.param("server", "")}
    there = _authenticated(operation)
    there[:] = [*(other for other in there if other["ip"] != address), {**user, "ip": address, "since": now}]


@answers("POST", "monitor/user/firewall/deauth")
def deauthenticate(operation: Operation) -> None:
    """Forget all users, or those that the parameters, or one of ``users``, name by ``id`` or ``ip``.

    :raises Refusal: one of ``users`` is not an object
    """
    there = _authenticated(operation)
    if operation.truth("all"):
        there.clear()
        return
    named = [{"id": operation.param("id"), "ip": operation.param("ip")}, *operation.many("users")]
    if not all(isinstance(item, dict) for item in named):
        raise Refusal(400, INVALID_REQUEST, "parameter users: expected objects")
    ids = {str(item.get("id")) for item in named}
    addresses = {item.get("ip") for item in named}
    there[:] = [user for user in there if str(user["id"]) not in ids and user["ip"] not in addresses]


@answers("GET", "monitor/user/fsso")
def fsso(operation: Operation) -> list[dict[str, Any]]:
    """The configured connectors, each connected to its first server."""
    return [
        {
            "name": row["name"],
            "ldap_server": row["ldap-server"],
            "type": "fsso",
            "status": "connected",
            "active_server": row["server"],
        }
        for row in operation.device.rows("user/fsso", operation.vdom)
    ]


# Banned addresses


def _banned(operation: Operation) -> dict[str, dict[str, Any]]:
    """The bans that have not run out, by address."""
    now, bans = operation.device.of(Clock).now(), operation.device.of(Users).banned.setdefault(operation.vdom, {})
    for address in [address for address, ban in bans.items() if ban.get("expires", now + 1) <= now]:
        del bans[address]
    return bans


@answers("GET", "monitor/user/banned")
def banned(operation: Operation) -> list[dict[str, Any]]:
    return list(_banned(operation).values())


@answers("GET", "monitor/user/banned/check")
def is_banned(operation: Operation) -> dict[str, Any]:
    address = _address(operation.param("ip_address"))
    return {"ip_address": address, "is_banned": address in _banned(operation)}


@answers("POST", "monitor/user/banned/add_users")
def ban(operation: Operation) -> None:
    """Ban addresses for ``expiry`` seconds; for good without it, or with 0."""
    now, seconds = operation.device.of(Clock).now(), operation.number("expiry")
    for address in [_address(text) for text in operation.many("ip_addresses")]:
        found = {"ip_address": address, "source": "Administrative", "ipv6": int(ip_address(address).version == 6)}
        until = {"expires": now + seconds} if seconds else {}
        _banned(operation)[address] = {"created": now, **until, **found}


@answers("POST", "monitor/user/banned/clear_users")
def unban(operation: Operation) -> None:
    """Lift bans.

    :raises Refusal: one of the addresses is not banned
    """
    addresses, bans = [_address(text) for text in operation.many("ip_addresses")], _banned(operation)
    if any(address not in bans for address in addresses):
        raise Refusal(404, NOT_FOUND)
    for address in addresses:
        bans.pop(address, None)


@answers("POST", "monitor/user/banned/clear_all")
def unban_all(operation: Operation) -> None:
    _banned(operation).clear()
