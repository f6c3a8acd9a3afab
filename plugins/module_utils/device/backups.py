# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The configuration as a file: saved, and restored."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ..bridge.argspec import Spec, connection_spec
from ..bridge.files import FILE_SECONDS, content_of, private_folder, transfer
from ..bridge.job import Answer, Call
from ..bridge.receiving import destination
from ..bridge.waiting import restart, seconds_to_wait, wait_spec
from ..hfortix_fortios import backup as sdk
from ..hfortix_fortios.cli.saved import body, differ, header_facts, is_complete, is_encrypted, is_plain, scope
from ..hfortix_fortios.cli.secrets import masked
from ..hfortix_fortios.http.files import Download, FileContent
from ..resource.task import TaskError, difference

#: A vdom takes its configuration without a restart of the device, as far as is known: one that is not seen to begin
#: within so many seconds is not waited for.
VDOM_SECONDS = 15.0

_SCOPE: Spec = {"vdom": {"type": "str"}, "file_password": {"type": "str", "no_log": True}}

BACKUP_SPEC: Spec = {"dest": {"type": "path", "required": True}, **_SCOPE, **connection_spec()}
RESTORE_SPEC: Spec = {
    "src": {"type": "path", "required": True},
    **_SCOPE,
    "confirm": {"type": "bool", "default": False},
    **wait_spec(default=True),
    **connection_spec(),
}


def backup(call: Call) -> Answer:
    """Save the configuration to a file, unless it holds the same already.

    :raises TaskError: the file cannot be written
    """
    dest = destination(call.params["dest"])
    old = content_of("dest", str(dest)) if dest.exists() else None
    with private_folder() as folder:
        new = _saved(call, folder / "new", call.params["file_password"])
        changed = old is None or differ(old, new, lambda: _saved(call, folder / "again", None))
    if changed and not call.check:
        _write(dest, new)
    kept = new if changed or old is None else old
    members = {
        "changed": changed,
        "dest": str(dest),
        "size": len(kept),
        "checksum": hashlib.sha256(kept).hexdigest(),
        "encrypted": is_encrypted(kept),
        "header": header_facts(kept),
    }
    if call.diff and changed:
        members["diff"] = _diff(str(dest), old or b"", new)
    return Answer(members)


def restore(call: Call) -> Answer:
    """Restore the configuration from a file, unless the device has the same already.

    :raises TaskError: the file is none of a device, or nobody confirmed
    """
    params = call.params
    seconds = seconds_to_wait(params)
    wanted = content_of("src", params["src"])
    _check(wanted, params)
    with private_folder() as folder:
        current = _saved(call, folder / "current", None)
        changed = is_encrypted(wanted) or differ(wanted, current, lambda: _saved(call, folder / "again", None))
        before = _run(current)
        members: dict[str, Any] = {"changed": changed, "before": before, "after": before}
        if call.diff and changed and is_plain(wanted):
            members["diff"] = _diff("the device", current, wanted)
        if not changed:
            return Answer(members)
        warnings = _other_release(wanted, current)
        del members["after"]
        if call.check:
            return Answer(members, warnings)
        if not params["confirm"]:
            raise TaskError(
                "Restoring replaces the whole configuration, and the device restarts. "
                "Set confirm: true if that is meant. Nothing was changed."
            )
        request = sdk.restoring(FileContent(params["src"]), params["vdom"], params["file_password"])
        settle = VDOM_SECONDS if params["vdom"] else None
        _answer, waited = restart(call.client, replace(request, timeout=FILE_SECONDS), seconds, settle=settle)
        if waited is not None:
            members |= {"after": _run(_saved(call, folder / "after", None)), "restart": waited.as_dict()}
    return Answer(members, warnings)


def configuration(call: Call) -> bytes:
    """The configuration that the device has now, of the vdom that the task names if it does."""
    with private_folder() as folder:
        return _saved(call, folder / "current", None)


def _saved(call: Call, path: Path, password: str | None) -> bytes:
    transfer(call.client, sdk.backup(Download(path), call.params["vdom"], password))
    return path.read_bytes()


def _write(dest: Path, content: bytes) -> None:
    try:
        Download(dest).take(content)
    except OSError as error:
        raise TaskError(f"dest: cannot write {dest}: {error.strerror}.") from error


def _check(wanted: bytes, params: Mapping[str, Any]) -> None:
    """:raises TaskError: the file is no whole configuration, or of something else than what it is for"""
    path, vdom = params["src"], params["vdom"]
    if is_encrypted(wanted):
        if not params["file_password"]:
            raise TaskError(f"src: {path} is encrypted. Give the password with file_password.")
        return
    if not is_plain(wanted):
        raise TaskError(f"src: {path} is no configuration that a FortiGate has saved.")
    if not is_complete(wanted):
        raise TaskError(f"src: {path} breaks off: its last line is not 'end'. Restoring it would lose what is missing.")
    saved = scope(wanted)
    if saved is not None and saved != (vdom or ""):
        held = f"the virtual domain {saved}" if saved else "the whole device"
        meant = f"the virtual domain {vdom}" if vdom else "the whole device"
        raise TaskError(f"src: {path} holds the configuration of {held}, and would be restored as that of {meant}.")


def _other_release(wanted: bytes, current: bytes) -> list[str]:
    """A warning where another release has saved the file than the one that shall read it."""
    saved, running = (header_facts(content).get("release") for content in (wanted, current))
    if saved is None or saved == running:
        return []
    return [f"FortiOS {saved} has saved this configuration, and the device runs {running}. It may lose a part of it."]


def _run(content: bytes) -> dict[str, Any]:
    facts = header_facts(content)
    return {name: facts[name] for name in ("release", "build", "revision") if name in facts}


def _diff(name: str, old: bytes, new: bytes) -> dict[str, str]:
    """Both without their headers, and with masks for secrets; only mentioned where they cannot be read."""
    before, after = map(_shown, (old, new))
    return difference(name, before, after)


def _shown(content: bytes) -> str:
    if is_plain(content) or not content:
        return masked(body(content))
    return "(encrypted)\n" if is_encrypted(content) else "(no configuration)\n"
