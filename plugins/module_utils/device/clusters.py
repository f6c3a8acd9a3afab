# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""High availability: who is in the cluster, whether all have one configuration, and who is the primary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..bridge.argspec import Spec, connection_spec
from ..bridge.job import Answer, Call
from ..bridge.waiting import wait_timeout
from ..hfortix_fortios.endpoint import results
from ..hfortix_fortios.errors import FortiOSError, TransportError
from ..hfortix_fortios.http.interface import Request
from ..resource.task import TaskError, difference
from .polling import poll

_SETTINGS = "/api/v2/cmdb/system/ha"
_PEERS = "/api/v2/monitor/system/ha-peer"
_CHECKSUMS = "/api/v2/monitor/system/ha-checksums"
_STATISTICS = "/api/v2/monitor/system/ha-statistics"
_UPDATE = "/api/v2/monitor/system/ha-peer/update"

_STANDALONE = "standalone"
_HIGHEST = 255
#: What releases call the mark of the primary: the first from 7.0 on.
_PRIMARY_MARKS = ("primary", "master", "is_root_primary", "is_root_master")
_MEASURED = {
    "sessions": "sessions", "cpu_usage": "cpu_usage", "memory_usage": "mem_usage", "uptime": "uptime",
}  # fmt: skip

SPEC: Spec = {
    "primary": {"type": "str"},
    "wait_for_sync": {"type": "bool", "default": False},
    "wait_timeout": {"type": "int", "default": 300},
    **connection_spec(),
}


@dataclass
class Member:
    """One unit of a cluster. `checksums` are of its configuration: of the global part, of each vdom, of all."""

    serial: str
    hostname: str | None = None
    priority: int | None = None
    primary: bool = False
    checksums: Mapping[str, str] = field(default_factory=dict)
    measured: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.serial} ({self.hostname})" if self.hostname else self.serial


@dataclass(frozen=True)
class Cluster:
    """What a device tells of the cluster that it is in; no members if it stands alone."""

    mode: str
    group: str
    override: bool
    members: list[Member]

    @property
    def primary(self) -> Member | None:
        return next((member for member in self.members if member.primary), None)

    def differs(self, member: Member) -> list[str]:
        """The parts of the configuration in which a member is unlike the primary."""
        other = (self.primary or member).checksums
        return sorted(part for part in {*other, *member.checksums} if other.get(part) != member.checksums.get(part))

    @property
    def in_sync(self) -> bool:
        return not any(self.differs(member) for member in self.members)

    def as_dict(self) -> dict[str, Any]:
        """What results tell of it."""
        return {
            "mode": self.mode,
            "group": self.group,
            "override": self.override,
            "primary": self.primary.serial if self.primary else None,
            "in_sync": self.in_sync,
            "members": [
                {
                    "serial": member.serial,
                    "hostname": member.hostname,
                    "priority": member.priority,
                    "role": "primary" if member.primary else "secondary",
                    "in_sync": not (differs := self.differs(member)),
                    "differs": differs,
                    **member.measured,
                }
                for member in self.members
            ],
        }


def work(call: Call) -> Answer:
    """Tell the state of the cluster, after what the options ask for.

    :raises TaskError: the cluster cannot do that
    """
    seconds = wait_timeout(call.params)
    cluster = _cluster(call)
    if call.params["wait_for_sync"] and not call.check:
        cluster = _synchronised(call, cluster, seconds)
    members: dict[str, Any] = {"changed": False}
    if call.params["primary"]:
        target = _member(cluster, call.params["primary"])
        members["before"] = {"primary": cluster.primary.serial if cluster.primary else None}
        members["after"] = {"primary": target.serial}
        if not target.primary:
            members["changed"] = True
            if call.diff:
                members["diff"] = difference("system/ha", members["before"], members["after"])
            _refuse_unready(cluster, target, waits=call.params["wait_for_sync"])
            if not call.check:
                cluster = _fail_over(call, target, _priorities(cluster, target), seconds)
    return Answer({**members, **cluster.as_dict()})


def _cluster(call: Call) -> Cluster:
    """:raises FortiOSError: the device does not tell"""
    answer = call.client.get(_SETTINGS)
    settings = results(answer, _SETTINGS)
    if not isinstance(settings, Mapping) or not settings.get("mode"):
        # An access profile that grants too little leaves most members out.
        raise FortiOSError(
            "the device does not tell its mode of high availability", method="GET", path=_SETTINGS,
            hint="Check that the access profile of the administrator grants reading the system settings",
        )  # fmt: skip
    facts = settings["mode"], settings.get("group-name", ""), settings.get("override") == "enable"
    if settings["mode"] == _STANDALONE:
        return Cluster(*facts, [])
    found: dict[str, Member] = {}
    for path, add in ((_PEERS, _add_peer), (_CHECKSUMS, _add_checksums), (_STATISTICS, _add_statistics)):
        for row in results(call.client.get(path), path) or ():
            add(found.setdefault(row["serial_no"], Member(row["serial_no"])), row)
    own = found.get(answer.get("serial", ""))
    if own is not None and own.priority is None:
        own.priority = settings.get("priority")
    return Cluster(*facts, list(found.values()))


def _add_peer(member: Member, row: Mapping[str, Any]) -> None:
    # A member of virtual clusters has a row for each; the first tells.
    if member.priority is None:
        member.hostname, member.priority = row.get("hostname"), row.get("priority")
        member.primary = _is_primary(row)


def _add_checksums(member: Member, row: Mapping[str, Any]) -> None:
    member.checksums = row.get("checksum") or {}
    member.primary = member.primary or _is_primary(row)


def _add_statistics(member: Member, row: Mapping[str, Any]) -> None:
    member.hostname = member.hostname or row.get("hostname")
    member.measured = {name: row[wire] for name, wire in _MEASURED.items() if wire in row}


def _is_primary(row: Mapping[str, Any]) -> bool:
    return bool(next((row[name] for name in _PRIMARY_MARKS if name in row), False))


def _synchronised(call: Call, cluster: Cluster, seconds: int) -> Cluster:
    """The cluster once all of its members have one configuration.

    :raises TaskError: they have not, after `seconds`
    """
    if cluster.in_sync:
        return cluster
    cluster = poll(lambda: _cluster(call), lambda now: now.in_sync, seconds) or cluster
    if not cluster.in_sync:
        raise TaskError(f"wait_for_sync: after {seconds} seconds, {_unlike(cluster, cluster.members)}.")
    return cluster


def _unlike(cluster: Cluster, members: Iterable[Member]) -> str:
    unlike = {str(member): cluster.differs(member) for member in members}
    told = "; ".join(f"{name} differs in {', '.join(parts)}" for name, parts in unlike.items() if parts)
    return f"{told} from the primary"


def _member(cluster: Cluster, name: str) -> Member:
    """The member with that serial number or host name.

    :raises TaskError: there is not one such member
    """
    found = [member for member in cluster.members if name in (member.serial, member.hostname)]
    if len(found) == 1:
        return found[0]
    if cluster.mode == _STANDALONE:
        raise TaskError("primary: the device is in no cluster.")
    there = ", ".join(map(str, cluster.members))
    if found:
        raise TaskError(f"primary: several members are called {name!r}; give a serial number. There are {there}.")
    raise TaskError(f"primary: the cluster has no member {name!r}. There are {there}.")


def _refuse_unready(cluster: Cluster, target: Member, *, waits: bool) -> None:
    """:raises TaskError: priorities do not decide, or the target lags behind and nobody `waits`"""
    if not cluster.override:
        raise TaskError(
            "primary: the API has no command for a failover. It can raise the priority of a member, which decides only "
            "where override is enabled (option override of system_ha, on every member), and it is not. "
            "Enable it, or fail over at the console of the primary: diagnose sys ha reset-uptime."
        )
    if cluster.differs(target) and not waits:
        raise TaskError(f"primary: {_unlike(cluster, [target])}. Set wait_for_sync to wait until it does not.")


def _priorities(cluster: Cluster, target: Member) -> dict[str, int]:
    """The priorities to write, in order, so that `target` has the highest one."""
    others = {member.serial: member.priority or 0 for member in cluster.members if member is not target}
    if max(others.values(), default=0) < _HIGHEST:
        return {target.serial: max(others.values(), default=0) + 1}
    lowered = {serial: _HIGHEST - 1 for serial, priority in others.items() if priority == _HIGHEST}
    return {**lowered, target.serial: _HIGHEST}


def _fail_over(call: Call, target: Member, priorities: Mapping[str, int], seconds: int) -> Cluster:
    """Write the priorities, and wait until the target is the primary: connections and sessions end on the way."""
    updates = [Request("POST", _UPDATE, json={"serial_no": name, "priority": to}) for name, to in priorities.items()]
    for update in updates:
        try:
            call.client.send(update)
        except TransportError as error:
            # The cluster may have changed hands before it answered. What came of it is asked anyway.
            if not error.sent or update is not updates[-1]:
                raise
    cluster = poll(lambda: _cluster(call), lambda now: now.primary is not None and _is(now.primary, target), seconds)
    if cluster is None or cluster.primary is None or not _is(cluster.primary, target):
        state = f"{cluster.primary} is the primary" if cluster and cluster.primary else "the cluster tells no primary"
        raise FortiOSError(
            f"{state} {seconds} seconds after {target} got the highest priority", method="POST", path=_UPDATE,
            hint="Failed links of monitored interfaces count before priority, and override has to be enabled on every "
            "member; see get system ha status at the console",
        )  # fmt: skip
    return cluster


def _is(member: Member, other: Member) -> bool:
    return member.serial == other.serial
