# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The licence of a virtual machine, and the registration of a device with FortiCare."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..bridge.argspec import Spec, connection_spec
from ..bridge.files import FILE_SECONDS, file_content
from ..bridge.job import Answer, Call
from ..bridge.waiting import restart, seconds_to_wait, wait_spec
from ..hfortix_fortios.endpoint import results
from ..hfortix_fortios.http.files import FileContent
from ..hfortix_fortios.http.interface import Request
from ..resource.task import TaskError

_STATUS = "/api/v2/monitor/license/status"
_UPLOAD = "/api/v2/monitor/system/vmlicense/upload"
_DOWNLOAD = "/api/v2/monitor/system/vmlicense/download"
_REGISTER = "/api/v2/monitor/registration/forticare/login"

#: What the device says of a licence that needs no other.
_VALID = "vm_valid"

LICENSE_SPEC: Spec = {
    "src": {"type": "path"},
    "flex_token": {"type": "str", "no_log": True},
    "replace": {"type": "bool", "default": False},
    "forticare": {
        "type": "dict",
        "options": {
            "email": {"type": "str", "required": True},
            "password": {"type": "str", "required": True, "no_log": True},
            "reseller_name": {"type": "str", "required": True},
            "reseller_id": {"type": "int", "required": True},
        },
    },
    **wait_spec(default=True),
    **connection_spec(),
}
LICENSE_CONSTRAINTS = {"mutually_exclusive": [("src", "flex_token")]}


def activate(call: Call) -> Answer:
    """License and register the device where it is not; without either, tell what licences it has.

    :raises TaskError: the device is no virtual machine, or has no valid licence afterwards
    """
    params = call.params
    seconds = seconds_to_wait(params)
    licence = file_content("src", params["src"]) if params["src"] else None
    before = _status(call)
    register = bool(params["forticare"]) and not _is_registered(before, params["forticare"]["email"])
    needs_licence = bool(licence or params["flex_token"]) and _needs_licence(before, params["replace"])
    members: dict[str, Any] = {"changed": register or needs_licence, "before": before, "after": before}
    if not members["changed"]:
        return Answer(members)
    if call.check:
        del members["after"]
        return Answer(members)
    if register:
        call.client.post(_REGISTER, json={**params["forticare"], "agreement_accepted": True})
    if needs_licence:
        _answer, waited = restart(call.client, _activation(licence, params["flex_token"]), seconds)
        if waited is None:
            del members["after"]
            return Answer(members)
        members["restart"] = waited.as_dict()
    members["after"] = _status(call)
    if call.diff:
        members["diff"] = {side: members[side] for side in ("before", "after")}
    return Answer(members, _shortcomings(members["after"], needs_licence))


def _activation(licence: FileContent | None, flex_token: str) -> Request:
    if licence:
        return Request("POST", _UPLOAD, json={"file_content": licence}, timeout=FILE_SECONDS)
    return Request("POST", _DOWNLOAD, json={"token": flex_token}, timeout=FILE_SECONDS)


def _status(call: Call) -> dict[str, Any]:
    status: dict[str, Any] = results(call.client.get(_STATUS), _STATUS)
    return status


def _is_registered(status: Mapping[str, Any], email: str) -> bool:
    """Whether the device belongs to that account already.

    :raises TaskError: it belongs to another
    """
    forticare = status.get("forticare") or {}
    account = str(forticare.get("account") or "")
    if forticare.get("status") not in ("registered", "licensed"):
        return False
    if account and account.lower() != email.lower():
        raise TaskError(
            f"forticare: the device is registered with {account}. Transfer it to {email} in FortiCare. "
            "Nothing was changed."
        )
    return True


def _needs_licence(status: Mapping[str, Any], replace: bool) -> bool:
    """:raises TaskError: the device takes none"""
    machine = status.get("vm")
    if not machine:
        raise TaskError("The device is no virtual machine, and takes no licence of one.")
    return replace or machine.get("status") != _VALID


def _shortcomings(status: Mapping[str, Any], activated: bool) -> list[str]:
    found = (status.get("vm") or {}).get("status")
    if activated and found != _VALID:
        return [f"The licence was accepted, but the device still reports {found}. It may be validating it."]
    return []
