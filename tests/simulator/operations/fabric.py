# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Security Fabric that the device is the root of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .registry import Operation, answers, controls
from .status import status

if TYPE_CHECKING:
    from ..device import Device


@dataclass(slots=True)
class Fabric:
    """What is around the device: FortiGates below it, as `monitor/system/csf` tells them, and other units of its
    cluster, as `monitor/system/ha-peer` does."""

    downstream: list[dict[str, Any]] = field(default_factory=list)
    units: list[dict[str, Any]] = field(default_factory=list)


@controls("POST", "fabric")
def surround(device: Device, body: Any) -> dict[str, Any]:
    """Put the device into a fabric of ``downstream`` FortiGates, and into a cluster of ``units``; each a list of rows,
    whose members are completed."""
    fabric = device.of(Fabric)
    fabric.downstream = [_downstream(device, row) for row in body.get("downstream", [])]
    fabric.units = [_unit(row) for row in body.get("units", [])]
    return {"status": "success"}


def _downstream(device: Device, row: dict[str, Any]) -> dict[str, Any]:
    return {**_about(device), "path": f"{device.serial}:{row['serial']}", "host_name": row["serial"], **row}


def _unit(row: dict[str, Any]) -> dict[str, Any]:
    roles = {"master": False, "primary": False}
    return {"vcluster_id": 0, "priority": 128, "hostname": row["serial_no"], **roles, **row}


@answers("GET", "monitor/system/csf")
def csf(operation: Operation) -> dict[str, Any]:
    """The fabric from the device down. Without one, the device is alone in it."""
    device = operation.device
    return {
        "protocol_enabled": device.setting("system/csf", "status") == "enable",
        "csf_group_name": device.setting("system/csf", "group-name") or "",
        "pending": [],
        "trusted": [],
        "devices": {"fortigate": [_own_row(operation), *device.of(Fabric).downstream]},
        "faceplate_map": {},
    }


def _own_row(operation: Operation) -> dict[str, Any]:
    device, about = operation.device, status(operation)
    return {
        **_about(device),
        "path": device.serial,
        "serial": device.serial,
        "host_name": device.hostname,
        **{name: about[name] for name in ("model", "model_name", "model_number")},
        "admin_port": device.setting("system/global", "admin-sport"),
        "state": {"csf_upstream_ip": device.setting("system/csf", "upstream") or ""},
        "vdoms": device.vdoms,
        "ha_list": [
            {"serial_no": unit["serial_no"], "hostname": unit["hostname"], "is_ha_primary": unit["primary"]}
            for unit in units(device)
        ],
    }


def _about(device: Device) -> dict[str, Any]:
    """What any FortiGate of the fabric tells, unless told otherwise."""
    major, minor, patch = device.profile.release
    return {
        "mgmt_ip_str": "",
        "mgmt_port": 0,
        "firmware_version_major": major,
        "firmware_version_minor": minor,
        "firmware_version_patch": patch,
        "firmware_version_build": device.profile.build,
        "device_type": "fortigate",
    }


def units(device: Device) -> list[dict[str, Any]]:
    """The units of the cluster, this one first; none of a device that stands alone."""
    others = device.of(Fabric).units
    if not others and device.setting("system/ha", "mode") in (None, "standalone"):
        return []
    is_primary = not any(unit["primary"] for unit in others)
    own = {
        "serial_no": device.serial,
        "vcluster_id": 0,
        "priority": device.setting("system/ha", "priority"),
        "hostname": device.hostname,
        "master": is_primary,
        "primary": is_primary,
    }
    return [own, *others]
