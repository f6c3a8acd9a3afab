# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The licence of a virtual machine, and the registration with FortiCare."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..refusal import Refusal
from .registry import Operation, answers

FIRST_LINE = b"-----BEGIN FGT VM LICENSE-----"


@dataclass
class Licences:
    """The state of the machine's licence, and the account that it is registered with; empty: none."""

    vm: str = "vm_valid"
    account: str = "noc@example.com"


@answers("POST", "monitor/system/vmlicense/upload")
def upload(operation: Operation) -> dict[str, Any]:
    if not operation.file().startswith(FIRST_LINE):
        raise Refusal(500, -1, "invalid license file")
    return _licensed(operation)


@answers("POST", "monitor/system/vmlicense/download")
def download(operation: Operation) -> dict[str, Any]:
    if not operation.param("token"):
        raise Refusal(424)
    return _licensed(operation)


def _licensed(operation: Operation) -> dict[str, Any]:
    licences = operation.device.of(Licences)

    def change() -> None:
        licences.vm = "vm_valid"

    operation.device.restart(change)
    return {}


@answers("POST", "monitor/registration/forticare/login")
def register(operation: Operation) -> dict[str, Any]:
    if any(operation.param(name) is None for name in ("email", "password", "reseller_name", "reseller_id")):
        raise Refusal(424)
    operation.device.of(Licences).account = str(operation.param("email"))
    return {"status": 0}
