# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counters of policies: made up for those that accept traffic, until they are cleared."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from .amounts import amount
from .registry import Operation, answers
from .sessions import present
from .status import Clock

#: The table whose policies an endpoint counts.
TABLES = {
    "monitor/firewall/policy": "firewall/policy",
    "monitor/firewall/policy6": "firewall/policy6",
    "monitor/firewall/consolidated-policy": "firewall/consolidated-policy",
    "monitor/firewall/security-policy": "firewall/security-policy",
    "monitor/firewall/proxy-policy": "firewall/proxy-policy",
    "monitor/firewall/multicast-policy": "firewall/multicast-policy",
    "monitor/firewall/multicast-policy6": "firewall/multicast-policy6",
    "monitor/firewall/central-snat-map": "firewall/central-snat-map",
}
DAY = 86400


@dataclass(slots=True)
class Cleared:
    """Policies whose counters were set to zero, by vdom and table."""

    policies: set[tuple[str, str, int]] = field(default_factory=set)


@answers("GET", *TABLES)
def counters(operation: Operation) -> list[dict[str, Any]]:
    """A row a policy; tables of through traffic begin with the policy 0 that denies the rest."""
    table, wanted = _table(operation), operation.numbers("policyid")
    implicit = [{"policyid": 0, "status": "enable", "action": "deny"}] if table.startswith("firewall/policy") else []
    rows = [*implicit, *operation.device.rows(table, operation.vdom)]
    sessions = Counter(row["policyid"] for row in present(operation) if table == "firewall/policy")
    return [_counters(operation, table, row, sessions) for row in rows if not wanted or row["policyid"] in wanted]


def _table(operation: Operation) -> str:
    """The table that the endpoint, or the one that it belongs to, is about."""
    name = operation.endpoint.id if operation.endpoint else ""
    return TABLES.get(name) or TABLES[name.rpartition("/")[0]]


def _counters(operation: Operation, table: str, row: dict[str, Any], sessions: Counter[int]) -> dict[str, Any]:
    number = row["policyid"]
    found: dict[str, Any] = {"policyid": number}
    if row.get("uuid"):
        found |= {"uuid": row["uuid"], "uuid_type": table.replace("/", ".")}
    found |= {"active_sessions": 0, "bytes": 0, "packets": 0}
    carries = row.get("status", "enable") == "enable" and row.get("action", "accept") == "accept"
    if carries and (operation.vdom, table, number) not in operation.device.of(Cleared).policies:
        found |= _used(operation, f"{operation.vdom}/{table}/{number}", sessions[number])
    return found


def _used(operation: Operation, policy: str, sessions: int) -> dict[str, Any]:
    packets, last = 1 + amount(policy, 10**6), operation.device.of(Clock).now() - 60
    return {
        "active_sessions": sessions,
        "bytes": packets * 700,
        "packets": packets,
        "software_bytes": packets * 700,
        "software_packets": packets,
        "asic_bytes": 0,
        "asic_packets": 0,
        "nturbo_bytes": 0,
        "nturbo_packets": 0,
        "last_used": last,
        "first_used": last - DAY,
        "hit_count": 1 + packets // 40,
        "session_last_used": last,
        "session_first_used": last - DAY,
        "session_count": sessions,
    }


_CLEARING = [
    *(f"{name}/clear_counters" for name in TABLES if not name.endswith("central-snat-map")),
    *(f"{name}/reset" for name in TABLES if not name.endswith(("security-policy", "proxy-policy"))),
    "monitor/firewall/central-snat-map/clear-counters",
]


@answers("POST", *_CLEARING)
def clear(operation: Operation) -> None:
    """Set the counters of one policy to zero, or of all of them."""
    table, number = _table(operation), operation.param("policy")
    numbers = [row["policyid"] for row in operation.device.rows(table, operation.vdom)]
    cleared = [one for one in numbers if number in (None, one, str(one))]
    operation.device.of(Cleared).policies.update((operation.vdom, table, one) for one in cleared)
