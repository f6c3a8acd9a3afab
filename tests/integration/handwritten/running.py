# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Calls modules in this process against a simulator over real HTTP."""

from __future__ import annotations

from typing import Any

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge import configuration
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.connection import DirectClient
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.job import Job
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.main import call
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.api.cmdb.firewall.address import Address
from tests.simulator.server import Simulator


def run(
    device: Simulator, job: Job, arguments: dict[str, Any] | None = None, *, check: bool = False, diff: bool = False
) -> dict[str, Any]:
    """What the module of `job` returns."""
    options = {**(arguments or {}), "host": device.url, "token": device.token}
    return call(job, "module", options, DirectClient, check=check, diff=diff)


def set_address(device: Simulator, subnet: str, **options: Any) -> None:
    """Let the address "web" have that subnet."""
    config = [{"name": "web", "subnet": subnet}]
    assert not run(device, configuration.job(Address), {"config": config, **options}).get("failed")


def address(device: Simulator, vdom: str = "root") -> str | None:
    """The subnet of the address "web", without its mask."""
    row = device.device.row("firewall/address", "web", vdom)
    return str(row["subnet"]).split()[0] if row else None


def posts(device: Simulator, path: str = "") -> list[str]:
    """The paths of the writes that the device has seen, backups aside."""
    found = [entry["path"].removeprefix("/api/v2/") for entry in device.log() if entry["method"] != "GET"]
    return [name for name in found if path in name and not name.endswith("config/backup")]
