# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The devices of a Security Fabric, as one of them tells of them, and the hosts that an inventory makes of them.

No member of an answer is relied on but the serial number: which of them a release tells is not documented.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.endpoint import results
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.errors import FortiOSError
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.http.interface import (
    IBatchClient,
    Request,
)

STATUS = "/api/v2/monitor/system/status"
#: What an option of the inventory plugin reads beside the status of the device.
PARTS = {
    "fabric": "/api/v2/monitor/system/csf",
    "ha_members": "/api/v2/monitor/system/ha-peer",
    "vdoms": "/api/v2/cmdb/system/vdom",
}

#: All hosts are in this group; the names of the others begin with it.
GROUP = "fortios"

#: How the fabric spells that a device has no management address of its own.
_NO_ADDRESS = ("", "0.0.0.0", "::")


class PartError(Exception):
    """The device does not tell what an option asks for."""


@dataclass(frozen=True)
class Member:
    """A unit of an HA cluster."""

    serial: str
    hostname: str
    primary: bool


@dataclass(frozen=True)
class Device:
    """A FortiGate, or an HA cluster of them, which answers under one address.

    `serial` and `hostname` are those of the unit that answers. `role` in the fabric is ``root``, ``downstream`` or
    ``standalone``; `upstream` is a serial number. `members` are all units of the cluster. None: not known.
    """

    serial: str
    hostname: str
    model: str | None = None
    version: str | None = None
    build: int | None = None
    address: str | None = None
    port: int | None = None
    role: str | None = None
    fabric: str | None = None
    upstream: str | None = None
    members: Sequence[Member] | None = None
    vdoms: Sequence[str] | None = None

    @property
    def ha_role(self) -> str | None:
        """``primary``, ``secondary`` or ``standalone``."""
        if self.members is None:
            return None
        if not self.members:
            return "standalone"
        primaries = [member.serial for member in self.members if member.primary]
        return "primary" if self.serial in primaries or not primaries else "secondary"


@dataclass(frozen=True)
class Host:
    """A host of an inventory."""

    name: str
    groups: Sequence[str]
    variables: Mapping[str, Any] = field(default_factory=dict)


def discover(client: IBatchClient, parts: Iterable[str], address: str, port: int | None) -> list[Device]:
    """The device that `client` is connected to, under `address` and `port`, and with the part ``fabric`` the others.

    :raises PartError: the device does not tell one of `parts`
    :raises FortiOSError: it does not even tell what it is
    """
    answers = _answers(client, parts)
    asked = _of_status(answers[""])
    found = {asked.serial: asked}
    if "fabric" in answers:
        fabric = results(answers["fabric"], PARTS["fabric"]) or {}
        rows = _rows((fabric.get("devices") or {}).get("fortigate"), "serial")
        found |= {row["serial"]: _of_fabric(row, fabric) for row in rows}
    # What a device says of itself is more than what a fabric says of it.
    told = found[asked.serial]
    asked = replace(asked, address=address, port=port, members=told.members, vdoms=told.vdoms)
    asked = replace(asked, role=told.role, fabric=told.fabric, upstream=told.upstream)
    if "ha_members" in answers:
        asked = replace(asked, members=_members(results(answers["ha_members"], PARTS["ha_members"]), asked.members))
    if "vdoms" in answers:
        asked = replace(asked, vdoms=[row["name"] for row in results(answers["vdoms"], PARTS["vdoms"])])
    return list((found | {asked.serial: asked}).values())


def hosts(devices: Sequence[Device], parts: Iterable[str]) -> list[Host]:
    """The hosts for `devices`: each of them, and by `parts` the other units of clusters and the vdoms of each.

    A host has the name of the device; where several would have one name, each has its serial number behind it.
    """
    entries: dict[_Key, _Entry] = {}
    for entry in (entry for device in devices for entry in _entries(device, frozenset(parts))):
        entries.setdefault(entry.key, entry)
    times = Counter(entry.name for entry in entries.values())
    names = {key: entry.name if times[entry.name] == 1 else entry.long_name for key, entry in entries.items()}
    return [
        Host(names[key], entry.groups, {**_facts(entry.device, names), **entry.variables})
        for key, entry in entries.items()
    ]


class _Key(NamedTuple):
    serial: str
    vdom: str = ""


class _Entry(NamedTuple):
    """What becomes a host: a device, a unit or a vdom of it. `variables` are those that the device does not have."""

    device: Device
    key: _Key
    hostname: str
    groups: Sequence[str]
    variables: Mapping[str, Any]

    @property
    def name(self) -> str:
        return "_".join(filter(None, (self.hostname, self.key.vdom)))

    @property
    def long_name(self) -> str:
        return "_".join(filter(None, (self.hostname, *self.key)))


def _entries(device: Device, parts: frozenset[str]) -> Iterator[_Entry]:
    way = {"ansible_host": device.address, "ansible_httpapi_port": device.port}
    way = {name: value for name, value in way.items() if value is not None}
    yield _Entry(device, _Key(device.serial), device.hostname, _groups(device), way)
    for member in (device.members or ()) if "ha_members" in parts else ():
        if member.serial != device.serial:
            role = "primary" if member.primary else "secondary"
            own = _prefixed({"serial": member.serial, "hostname": member.hostname, "ha_role": role})
            yield _Entry(device, _Key(member.serial), member.hostname, [_group("ha", role)], own)
    for vdom in (device.vdoms or ()) if "vdoms" in parts else ():
        own = {**way, "ansible_fortios_vdom": vdom, **_prefixed({"vdom": vdom})}
        yield _Entry(device, _Key(device.serial, vdom), device.hostname, [_group("vdom")], own)


def _answers(client: IBatchClient, parts: Iterable[str]) -> dict[str, Any]:
    """What the device answers for each of `parts`; its status under an empty name."""
    paths = {"": STATUS, **{part: PARTS[part] for part in parts}}
    outcomes = client.batch([Request("GET", path) for path in paths.values()], stop=True)
    for part, outcome in zip(paths, outcomes, strict=True):
        if outcome.error is None:
            continue
        if not part:
            raise outcome.error
        raise PartError(f"{part}: {outcome.error}. To do without it, set {part} to false.") from outcome.error
    return {part: outcome.answer for part, outcome in zip(paths, outcomes, strict=True)}


def _of_status(envelope: Mapping[str, Any]) -> Device:
    facts = results(envelope, STATUS) or {}
    serial, version = envelope.get("serial"), envelope.get("version")
    if not serial:
        raise FortiOSError(
            "the answer has no serial number",
            method="GET",
            path=STATUS,
            hint="Check that host is a FortiGate, and not something in front of it",
        )
    return Device(
        serial,
        facts.get("hostname") or serial,
        model=facts.get("model"),
        version=version and version.removeprefix("v"),
        build=envelope.get("build"),
    )


def _of_fabric(row: Mapping[str, Any], fabric: Mapping[str, Any]) -> Device:
    """A device by its `row` in the answer of a `fabric`. Its path holds the serial numbers from the root down to it."""
    state = row.get("state") or {}
    upstream = str(row.get("path") or "").split(":")[-2:-1]
    numbers = [row.get(f"firmware_version_{part}") for part in ("major", "minor", "patch")]
    address = row.get("mgmt_ip_str")
    if upstream or state.get("csf_upstream_ip"):
        role = "downstream"
    else:
        role = "root" if fabric.get("protocol_enabled") else "standalone"
    return Device(
        row["serial"],
        row.get("host_name") or state.get("hostname") or row["serial"],
        model=row.get("model"),
        version=None if None in numbers else ".".join(map(str, numbers)),
        build=row.get("firmware_version_build"),
        address=None if address in _NO_ADDRESS else address,
        port=row.get("mgmt_port") or row.get("admin_port") or None,
        role=role,
        fabric=fabric.get("csf_group_name") or state.get("csf_group_name") or None,
        upstream=upstream[0] if upstream else None,
        members=_members(row["ha_list"]) if "ha_list" in row else None,
        vdoms=row.get("vdoms"),
    )


def _members(rows: Any, known: Sequence[Member] | None = None) -> list[Member]:
    """The units in `rows`, and those that are only `known` otherwise."""
    found = {
        str(row["serial_no"]): Member(
            str(row["serial_no"]),
            row.get("hostname") or str(row["serial_no"]),
            bool(row.get("is_ha_primary") or row.get("primary") or row.get("master")),
        )
        for row in _rows(rows, "serial_no")
    }
    return list(({member.serial: member for member in known or ()} | found).values())


def _rows(value: Any, key: str) -> list[Mapping[str, Any]]:
    return [row for row in value or () if isinstance(row, Mapping) and row.get(key)]


def _facts(device: Device, names: Mapping[_Key, str]) -> dict[str, Any]:
    return _prefixed(
        {
            "device": names[_Key(device.serial)],
            "serial": device.serial,
            "hostname": device.hostname,
            "model": device.model,
            "version": device.version,
            "build": device.build,
            "fabric": device.fabric,
            "fabric_role": device.role,
            "fabric_upstream": device.upstream and names.get(_Key(device.upstream), device.upstream),
            "ha_role": device.ha_role,
            "vdoms": device.vdoms,
            "vdom": None,
        }
    )


def _prefixed(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{GROUP}_{name}": value for name, value in facts.items()}


def _groups(device: Device) -> list[str]:
    groups = [_group("device")]
    if device.role in ("root", "downstream"):
        groups.append(_group("fabric", device.role))
    if device.ha_role in ("primary", "secondary"):
        groups.append(_group("ha", device.ha_role))
    return groups


def _group(*words: str) -> str:
    return "_".join((GROUP, *words))
