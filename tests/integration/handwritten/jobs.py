# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Carries out the jobs of modules in this process, against a simulator."""

from __future__ import annotations

from typing import Any

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.connection import DirectClient
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.job import Job
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.main import call
from tests.simulator.server import Simulator

TOKEN = "t0ken"


def run(device: Simulator, job: Job, arguments: dict[str, Any], *, check: bool = False) -> dict[str, Any]:
    """What the module returns."""
    options = {**arguments, "host": device.url, "token": TOKEN}
    return call(job, "module", options, DirectClient, check=check, diff=True)


def writes(device: Simulator) -> int:
    """How many requests other than GET the device has seen."""
    return sum(entry["method"] != "GET" for entry in device.log())
