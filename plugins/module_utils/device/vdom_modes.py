# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether a device is divided into virtual domains. Changing that ends the sessions of its administrators."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from ..bridge.argspec import Spec, connection_spec
from ..bridge.job import Answer, Call
from ..bridge.waiting import wait_timeout
from ..hfortix_fortios.endpoint import results
from ..hfortix_fortios.errors import FortiOSError, TransportError
from ..hfortix_fortios.schema import Release, Versions, release_text, told_release
from ..resource.task import TaskError, difference
from .polling import poll

_SETTINGS = "/api/v2/cmdb/system/global"
_VDOMS = "/api/v2/cmdb/system/vdom"
_CHANGE = "/api/v2/monitor/system/admin/change-vdom-mode"

_FIELD = "vdom-mode"
_UNDIVIDED = "no-vdom"
#: Every mode, with the releases that have it.
MODES = {_UNDIVIDED: Versions(), "multi-vdom": Versions(), "split-vdom": Versions("-7.0.12")}

SPEC: Spec = {
    "mode": {"type": "str", "choices": list(MODES)},
    "wait_timeout": {"type": "int", "default": 60},
    **connection_spec(),
}


def work(call: Call) -> Answer:
    """Read the mode, and change it where another one is asked for.

    :raises TaskError: the device cannot take the mode as it is
    """
    wanted, seconds = call.params["mode"], wait_timeout(call.params)
    release, settings = _settings(call)
    present = settings[_FIELD]
    changed = wanted not in (None, present)
    if changed:
        _refuse_impossible(call, wanted, release, settings)
        if not call.check:
            _change(call, wanted, seconds)
    before, after = {"mode": present}, {"mode": wanted or present}
    members: dict[str, Any] = {"changed": changed, "before": before, "after": after}
    if changed and call.diff:
        members["diff"] = difference(_FIELD, before, after)
    return Answer(members)


def _settings(call: Call) -> tuple[Release | None, dict[str, Any]]:
    """The release, and the settings among which the mode is.

    :raises FortiOSError: it is not among them
    """
    answer = call.client.get(_SETTINGS)
    settings = results(answer, _SETTINGS)
    if not isinstance(settings, dict) or not settings.get(_FIELD):
        raise FortiOSError(
            f"the device does not tell its {_FIELD}", method="GET", path=_SETTINGS,
            hint="Check that the access profile of the administrator grants reading the global settings",
        )  # fmt: skip
    return told_release(answer.get("version")), settings


def _refuse_impossible(call: Call, wanted: str, release: Release | None, settings: dict[str, Any]) -> None:
    if release and release not in MODES[wanted]:
        raise TaskError(
            f"mode: the device runs FortiOS {release_text(release)}, and {wanted} exists in {MODES[wanted]}."
        )
    if wanted == _UNDIVIDED:
        management = settings.get("management-vdom", "root")
        others = [row["name"] for row in results(call.client.get(_VDOMS), _VDOMS) if row["name"] != management]
        if others:
            raise TaskError(
                f"mode: {wanted} leaves the virtual domain {management} alone, and there are {', '.join(others)} "
                "as well. Delete them first, with what is in them."
            )


def _change(call: Call, wanted: str, seconds: float) -> None:
    """Change the mode, and wait until the device shows it, for a session that may be another one than before."""
    # The device may end the connection before it has answered. What came of it is asked anyway.
    with suppress(TransportError):
        call.client.post(_CHANGE, json={_FIELD: wanted})
    present = poll(lambda: _settings(call)[1][_FIELD], lambda mode: bool(mode == wanted), seconds)
    if present != wanted:
        raise FortiOSError(
            f"the device has {f'the mode {present}' if present else 'not answered'} {seconds} seconds after it was "
            f"told to change to {wanted}", method="POST", path=_CHANGE, hint="Look at it, or raise wait_timeout",
        )  # fmt: skip
