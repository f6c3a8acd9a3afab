# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Restarting a device for no other reason."""

from __future__ import annotations

from typing import Any

from ..bridge.argspec import Spec, connection_spec
from ..bridge.job import Answer, Call
from ..bridge.waiting import restart, seconds_to_wait, wait_spec
from ..hfortix_fortios.http.interface import Request

_REBOOT = "/api/v2/monitor/system/os/reboot"

REBOOT_SPEC: Spec = {"log_message": {"type": "str"}, **wait_spec(default=True), **connection_spec()}


def reboot(call: Call) -> Answer:
    """Restart the device.

    :raises FortiOSError: it refuses, or is not back in time
    """
    seconds = seconds_to_wait(call.params)
    members: dict[str, Any] = {"changed": True}
    if not call.check:
        message = call.params["log_message"]
        body = {"event_log_message": message} if message else {}
        _answer, waited = restart(call.client, Request("POST", _REBOOT, json=body), seconds)
        if waited is not None:
            members["restart"] = waited.as_dict()
    return Answer(members)
