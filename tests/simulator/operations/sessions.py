# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sessions through the device: made up between configured addresses, along the policies that accept them."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import IPv4Network
from typing import TYPE_CHECKING, Any

from .amounts import amount
from .registry import Operation, Page, answers, controls

if TYPE_CHECKING:
    from ..device import Device

#: How many sessions a vdom has, unless told otherwise; and the bounds of how many an answer holds.
SESSIONS, LEAST, MOST = 64, 20, 1000
#: Each session has a source port of its own between these.
FIRST_PORT, LAST_PORT = 40000, 65535
Session = dict[str, Any]

_ANYWHERE = {"srcintf": [{"name": "port2"}], "dstintf": [{"name": "port1"}], "policyid": 0}
_SERVICES = (("tcp", 443), ("udp", 53), ("tcp", 80))
#: Parameters of the reading endpoints, and of the closing ones, with the member that each selects by.
_READ = {
    "source": "saddr",
    "srcaddr": "saddr",
    "destination": "daddr",
    "dstaddr": "daddr",
    "protocol": "proto",
    "sourceport": "sport",
    "srcport": "sport",
    "destport": "dport",
    "dstport": "dport",
    "policyid": "policyid",
    "srcintf": "srcintf",
    "dstintf": "dstintf",
}
_CLOSE = {
    "pro": "proto",
    "proto": "proto",
    "saddr": "saddr",
    "daddr": "daddr",
    "sport": "sport",
    "dport": "dport",
    "policy": "policyid",
}


@dataclass(slots=True)
class Sessions:
    """How many sessions each vdom began with, and the source ports of those that were closed, by vdom."""

    count: int = SESSIONS
    closed: set[tuple[str, int]] = field(default_factory=set)


@controls("POST", "sessions")
def set_count(device: Device, body: Any) -> dict[str, Any]:
    """Let each vdom have ``count`` sessions, none of them closed.

    :raises ValueError: that is more than there are source ports
    """
    count = int(body["count"])
    if not 0 <= count < LAST_PORT - FIRST_PORT:
        raise ValueError(f"count is from 0 to {LAST_PORT - FIRST_PORT - 1}")
    device.of(Sessions).count = count
    device.of(Sessions).closed.clear()
    return {"status": "success"}


def present(operation: Operation) -> list[Session]:
    """The sessions of the vdom."""
    sessions, vdom = operation.device.of(Sessions), operation.vdom
    networks, policies = _networks(operation), _policies(operation)
    return [
        _session(number, networks, policies[number % len(policies)], vdom)
        for number in range(1, sessions.count + 1)
        if (vdom, FIRST_PORT + number) not in sessions.closed
    ]


def _networks(operation: Operation) -> list[IPv4Network]:
    """The networks of address objects; one for documentation where there is none."""
    rows = operation.device.rows("firewall/address", operation.vdom)
    texts = [row["subnet"].replace(" ", "/") for row in rows if row.get("type") == "ipmask" and row.get("subnet")]
    networks = [IPv4Network(text, strict=False) for text in texts]
    return [network for network in networks if int(network.network_address)] or [IPv4Network("192.0.2.0/24")]


def _policies(operation: Operation) -> list[dict[str, Any]]:
    rows = operation.device.rows("firewall/policy", operation.vdom)
    accepting = [row for row in rows if row["action"] == "accept" and row["status"] == "enable"]
    return accepting or [_ANYWHERE]


def _session(number: int, networks: list[IPv4Network], policy: dict[str, Any], vdom: str) -> Session:
    network = networks[number % len(networks)]
    protocol, port = _SERVICES[number % len(_SERVICES)]
    packets = 1 + amount(f"{vdom}/{number}", 5000)
    return {
        "proto": protocol,
        "saddr": str(network[number % min(network.num_addresses, 250)]),
        "sport": FIRST_PORT + number,
        "daddr": f"198.51.100.{number % 250 + 1}",
        "dport": port,
        "policyid": policy["policyid"],
        "policytype": "policy",
        "srcintf": policy["srcintf"][0]["name"],
        "dstintf": policy["dstintf"][0]["name"],
        "duration": number * 7,
        "expiry": 3600 - number % 60,
        "sentbyte": packets * 90,
        "rcvdbyte": packets * 700,
        "tx_packets": packets,
        "rx_packets": packets,
        "vf": vdom,
    }


@answers("GET", "monitor/firewall/session", "monitor/firewall/sessions")
def sessions(operation: Operation) -> Page:
    """The sessions that match, ``count`` of them from ``start`` on; ``count`` is moved into its bounds."""
    everything = present(operation)
    found = _selected(operation, everything, _READ)
    start, count = max(operation.number("start"), 0), min(max(operation.number("count"), LEAST), MOST)
    results: dict[str, Any] = {"details": found[start : start + count]}
    if operation.truth("summary"):
        counted = {"matched_count": len(found), "session_count": len(everything), "setup_rate": 0}
        results = {"summary": counted, **results}
    return Page(results)


def _selected(operation: Operation, found: list[Session], members: dict[str, str]) -> list[Session]:
    """Those that have what the parameters say."""
    wanted = {
        member: str(operation.param(name)) for name, member in members.items() if operation.param(name) is not None
    }
    return [row for row in found if all(str(row[member]) == text for member, text in wanted.items())]


@answers("POST", "monitor/firewall/session/close", "monitor/firewall/session/close-multiple")
def close(operation: Operation) -> None:
    """Close the sessions that match; that there is none is no error."""
    _close(operation, _selected(operation, present(operation), _CLOSE))


@answers("POST", "monitor/firewall/session/close-all", "monitor/firewall/session/clear_all")
def close_all(operation: Operation) -> None:
    """Close every session."""
    _close(operation, present(operation))


def _close(operation: Operation, found: list[Session]) -> None:
    operation.device.of(Sessions).closed.update((operation.vdom, row["sport"]) for row in found)
