# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Changing the units of the cluster, and what that brings about: another primary, or a smaller cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..faults import Fault
from ..refusal import Refusal
from .fabric import Fabric, units
from .registry import Operation, answers

if TYPE_CHECKING:
    from ..device import Device


@answers("POST", "monitor/system/ha-peer/update")
def update(operation: Operation) -> None:
    """Give a unit another priority or host name. Where override is enabled, the highest priority is the primary."""
    device = operation.device
    given = {name: operation.given[name] for name in ("priority", "hostname") if name in operation.given}
    if operation.param("serial_no") == device.serial:
        if "priority" in given:
            device.add("system/ha", {"priority": given["priority"]})
        if "hostname" in given:
            device.add("system/global", {"hostname": given["hostname"]})
    else:
        _other(operation).update(given)
    if device.setting("system/ha", "override") == "enable":
        _elect(device)


@answers("POST", "monitor/system/ha-peer/disconnect")
def disconnect(operation: Operation) -> None:
    """Take another unit out of the cluster."""
    operation.device.of(Fabric).units.remove(_other(operation))


def _other(operation: Operation) -> dict[str, Any]:
    """One of the units that are not this one."""
    for unit in operation.device.of(Fabric).units:
        if unit["serial_no"] == operation.param("serial_no"):
            return unit
    raise Refusal(404)


def _elect(device: Device) -> None:
    """Let the unit of the highest priority be the primary. One that just became it has no sessions or connections."""
    chosen = max(units(device), key=lambda unit: (int(unit["priority"]), unit["primary"]))
    if chosen["primary"]:
        return
    for unit in device.of(Fabric).units:
        unit["primary"] = unit["master"] = unit["serial_no"] == chosen["serial_no"]
    device.guard.sessions.clear()
    device.faults.add(Fault(drop="before"))
