# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is licensed: the virtual machine, and services that are subscribed for a year."""

from __future__ import annotations

from typing import Any

from .licences import Licences
from .registry import Operation, answers
from .status import Clock

YEAR = 365 * 86400
#: Services whose data the device downloads.
_DOWNLOADED = frozenset(
    {"antivirus", "appctrl", "ips", "industrial_db", "internet_service_db", "device_os_id", "geoip_db"}
    | {"botnet_domain", "malicious_urls", "blacklisted_certificates", "trusted_cert_db", "security_rating"}
)
#: Services that the device asks while it works.
_LIVE = frozenset({"web_filtering", "antispam", "outbreak_prevention", "firmware_updates", "forticloud_logging"})


@answers("GET", "monitor/license/status")
def status(operation: Operation) -> dict[str, Any]:
    """Every service that the catalogue names, the licence of the machine, and how many vdoms it allows."""
    licences = operation.device.of(Licences)
    expires = operation.device.of(Clock).now() + YEAR
    registration: dict[str, Any] = {
        "type": "cloud_service_status",
        "status": "not_registered",
        "account": licences.account,
    }
    if licences.account:
        support = {"enhanced": {"status": "licensed", "expires": expires}}
        registration |= {"status": "registered", "support": support}
    machine = {"type": "vm", "valid": licences.vm == "vm_valid", "status": licences.vm}
    return {name: _service(operation, name) for name in operation.response} | {
        "forticare": registration,
        "vm": {**machine, "cpu_used": 2, "cpu_max": 2, "mem_used": 2 * 1024**3},
        "vdom": {"type": "platform", "can_upgrade": True, "used": len(operation.device.vdoms), "max": 10},
        "sms": {"type": "other", "status": "no_license", "used": 0, "max": 0},
    }


def _service(operation: Operation, name: str) -> dict[str, Any]:
    now = operation.device.of(Clock).now()
    if name in _DOWNLOADED:
        updated = {"version": "1.00000", "last_update": now - 3600, "last_update_attempt": now - 3600}
        return {"type": "downloaded_fds_object", "status": "licensed", "expires": now + YEAR, **updated}
    if name in _LIVE:
        return {"type": "live_fortiguard_service", "status": "licensed", "expires": now + YEAR}
    return {"type": "functionality_enabling", "status": "no_license"}


@answers("GET", "monitor/system/vm-information")
def virtual_machine(operation: Operation) -> dict[str, Any]:
    memory, licence = 2 * 1024**3, operation.device.of(Licences).vm
    return {
        "cpu_used": 2,
        "cpu_max": 2,
        "mem_used": memory,
        "mem_max": memory,
        "is_payg": False,
        "type": "platform",
        "valid": licence == "vm_valid",
        "status": licence,
        "license_model": 2,
        "license_platform_name": "FGVM02",
        "license_source": "forticare",
        "closed_network": False,
        "expires": operation.device.of(Clock).now() + YEAR,
        "validation_overdue_since": 0,
        "is_autoscale_master": False,
        "autoscale_set_size": 0,
        "autoscale_enabled": False,
        "autoscale_peers": [],
    }
