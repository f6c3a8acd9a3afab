# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Scripts of CLI commands, which a device runs where its release allows that over the API."""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any
from uuid import uuid4

from ..bridge.argspec import Spec, connection_spec
from ..bridge.files import FILE_SECONDS
from ..bridge.job import Answer, Call
from ..hfortix_fortios.cli.saved import body
from ..hfortix_fortios.cli.secrets import masked, secret_values
from ..hfortix_fortios.endpoint import results
from ..hfortix_fortios.errors import ABSENT, FortiOSError, mask
from ..hfortix_fortios.http.interface import Request
from ..resource.task import TaskError
from .backups import configuration

_SCRIPTS = "/api/v2/monitor/system/config-script"

#: Seconds between two questions about a script that is still running, and what the device calls that.
PAUSE = 0.5
_UNDER_WAY = frozenset({"running", "pending", "queued"})

# A script may set passwords. It is one text: each line of a list would be hidden wherever a result holds it.
COMMAND_SPEC: Spec = {
    "script": {"type": "str", "required": True, "no_log": True},
    "vdom": {"type": "str"},
    **connection_spec(),
}


def command(call: Call) -> Answer:
    """Have the device run a script.

    :raises TaskError: there is nothing in it, or the device runs none
    """
    script = call.params["script"].strip() + "\n"
    if script == "\n":
        raise TaskError("script: holds no command.")
    if script[0] in "[{":
        # Ansible makes a text of a list.
        raise TaskError("script: is a list or a dictionary. Give one text with a command a line, as after script: |")
    members: dict[str, Any] = {"changed": True}
    if call.check:
        return Answer(members)
    before = _shown(call) if call.diff else ""
    members["status"] = _run(call, script)
    if call.diff:
        members["diff"] = {"before": before, "after": _shown(call)}
    return Answer(members)


def _shown(call: Call) -> str:
    return masked(body(configuration(call)))


def _run(call: Call, script: str) -> str:
    """Send the script, which runs it; what the device says became of it.

    :raises TaskError: the release of the device has no such thing, or the device says that the script failed
    :raises FortiOSError: the device refuses it
    """
    name = f"ansible-{uuid4().hex[:12]}"
    content = b64encode(script.encode()).decode()
    vdom = call.params["vdom"]
    request = Request(
        "POST", f"{_SCRIPTS}/upload", {"vdom": vdom} if vdom else {}, {"filename": name, "file_content": content},
        timeout=FILE_SECONDS,
    )  # fmt: skip
    refusal: FortiOSError | None = None
    try:
        call.client.send(request)
    except ABSENT as error:
        raise TaskError(
            "This device runs no scripts over its API: it lacks monitor/system/config-script/upload, which releases "
            "from FortiOS 7.0 on are known to have. Use the modules of the configuration, or the command line over SSH."
        ) from error
    except FortiOSError as error:
        _hide(error, secret_values(script))
        refusal = error
    status = _outcome(call, name)
    if refusal is not None:
        raise refusal
    if "fail" in status or "error" in status:
        raise TaskError(
            f"The device reports that the script ended with {status!r}. Lines that it accepted have taken effect."
        )
    return status


def _outcome(call: Call, name: str) -> str:
    """What the history of scripts tells of the one of that name, which is then taken out: it may hold secrets."""
    end = time.monotonic() + FILE_SECONDS
    with suppress(FortiOSError):
        while entry := _entry(call, name):
            status = str(entry.get("status", "")).lower()
            if status not in _UNDER_WAY or time.monotonic() > end:
                call.client.post(f"{_SCRIPTS}/delete", json={"id_list": [entry["id"]]})
                return status
            time.sleep(PAUSE)
    return ""


def _entry(call: Call, name: str) -> Mapping[str, Any] | None:
    found = results(call.client.get(_SCRIPTS), _SCRIPTS) or {}
    history: Iterable[Mapping[str, Any]] = (found.get("conf_scripts") or {}).get("history") or ()
    return next((entry for entry in history if entry.get("name") == name), None)


def _hide(error: FortiOSError, secrets: Iterable[str]) -> None:
    """Mask secrets of the script in what the device says about it."""
    error.message = mask(error.message, secrets)
    error.cli_error = error.cli_error and mask(error.cli_error, secrets)
