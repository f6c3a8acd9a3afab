# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Security Fabric and the HA cluster that the device belongs to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from .registry import Operation, answers
from .status import status

if TYPE_CHECKING:
    from ..device import Device


@dataclass
class Fabric:
    """What is around the device: FortiGates below it, as `monitor/system/csf` tells them, and other units of its
    cluster, as `monitor/system/ha-peer` does."""

    downstream: list[dict[str, Any]] = field(default_factory=list)
    units: list[dict[str, Any]] = field(default_factory=list)


@answers("GET", "monitor/system/csf")
def csf(operation: Operation) -> dict[str, Any]:
    """The fabric from the device down. Without one, the device is alone in it."""
    device, fabric = operation.device, operation.device.of(Fabric)
    return {
        "protocol_enabled": device.setting("system/csf", "status") == "enable",
        "csf_group_name": device.setting("system/csf", "group-name") or "",
        "devices": {"fortigate": [_own_row(operation), *fabric.downstream]},
    }


@answers("GET", "monitor/system/ha-peer")
def peers(operation: Operation) -> list[dict[str, Any]]:
    """The units of the cluster, this one first; none of a device that stands alone."""
    units = operation.device.of(Fabric).units
    return [_own_unit(operation.device), *units] if units else []


def _own_row(operation: Operation) -> dict[str, Any]:
    device = operation.device
    about, (major, minor, patch) = status(operation), device.profile.release[:3]
    return {
        "path": device.serial,
        "serial": device.serial,
        "host_name": about["hostname"],
        "mgmt_ip_str": "",
        "mgmt_port": 0,
        "admin_port": device.setting("system/global", "admin-sport"),
        "firmware_version_major": major,
        "firmware_version_minor": minor,
        "firmware_version_patch": patch,
        "firmware_version_build": device.profile.build,
        "device_type": "fortigate",
        **{name: about[name] for name in ("model", "model_name", "model_number")},
        "state": {"csf_upstream_ip": device.setting("system/csf", "upstream") or ""},
        "vdoms": device.vdoms,
        "ha_list": [
            {"serial_no": unit["serial_no"], "hostname": unit["hostname"], "is_ha_primary": unit["primary"]}
            for unit in peers(operation)
        ],
    }


def _own_unit(device: Device) -> dict[str, Any]:
    return {
        "serial_no": device.serial,
        "vcluster_id": 0,
        "priority": device.setting("system/ha", "priority"),
        "hostname": device.setting("system/global", "hostname") or device.serial,
        "master": True,
        "primary": True,
    }
