# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The configuration of a device as files that Ansible applies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..bridge.argspec import Spec, connection_spec
from ..bridge.endpoints import endpoints
from ..bridge.job import Answer, Call
from ..content import files, folder
from ..content.collect import Device, chosen_vdoms, collect, identify
from ..content.part import GLOBAL, Content, Omission, select
from ..content.reduce import Reducer
from ..hfortix_fortios.schema import Schema
from ..resource.task import TaskError

FIRMWARE = "its rows come with the firmware; name it in endpoints to take what the device tells of them"

_LIST: Spec = {"type": "list", "elements": "str"}

#: The options that say which part of a configuration is meant, and where its files are to be.
FILES_SPEC: Spec = {
    "dest": {"type": "path", "required": True},
    "endpoints": _LIST,
    "exclude": _LIST,
    # They say what to do about secrets and hold none.
    "secrets": {"type": "str", "choices": ["omit", "variables"], "default": "omit", "no_log": False},
}

EXPORT_SPEC: Spec = {
    **FILES_SPEC,
    "format": {"type": "str", "choices": ["variables", "playbook"], "default": "variables"},
    "vdoms": _LIST,
    "include_defaults": {"type": "bool", "default": False},
    **connection_spec(),
}


def export(call: Call) -> Answer:
    """Read the configuration of the device, and write it to files.

    :raises TaskError: an option means nothing that is there, or a file cannot be written
    """
    params, content = call.params, Content()
    schemas = select(params["endpoints"], params["exclude"])
    check_place(Path(params["dest"]), folder_wanted=params["format"] == "variables")
    device = identify(call.client)
    vdoms = chosen_vdoms(device, params["vdoms"])
    if params["endpoints"] is None:
        content.omissions += [Omission(GLOBAL, schema.name, FIRMWARE) for schema in _of_firmware(device)]
    reducer = Reducer(content, variables=params["secrets"] == "variables", defaults=params["include_defaults"])
    collect(call.client, device, schemas, vdoms, reducer)
    answer = written(call, content, params["format"])
    answer.members["meta"] = device.as_dict()
    return answer


def _of_firmware(device: Device) -> Iterator[Schema]:
    """The tables that the device has and whose rows come with the firmware."""
    for found in endpoints("cmdb"):
        schema = found.schema()
        if schema.predefined and device.release in schema.versions:
            yield schema


def check_place(dest: Path, *, folder_wanted: bool) -> None:
    """:raises TaskError: a folder is where a file is to be, or the other way round"""
    if dest.is_dir() and not folder_wanted:
        raise TaskError(f"dest: {dest} is a folder. Name the file in it.")
    if dest.exists() and folder_wanted and not dest.is_dir():
        raise TaskError(f"dest: {dest} is a file. Name a folder, which holds the files.")


def written(call: Call, content: Content, form: str) -> Answer:
    """Bring `content` into files, and tell what became of it."""
    dest = Path(call.params["dest"])
    if form == "playbook":
        wanted, obsolete = {dest: files.as_playbook(content)}, []
    else:
        wanted = {dest / name: text for name, text in files.as_variables(content).items()}
        # That something could not be read does not mean that it is gone.
        obsolete = files.written_earlier(dest, kept=content.unread)
    files.check_owned(wanted)
    changes = folder.changes(wanted, obsolete)
    if not call.check:
        folder.carry_out(changes)
    answer = Answer({"changed": bool(changes), "files": [str(path) for path in wanted], **told(content)})
    if content.unread:
        answer.warnings.append(
            f"{len(content.unread)} endpoints could not be read, and the playbook lacks them; omissions has each. "
            "Files of variables that an earlier run wrote of them are kept."
        )
    if call.diff and changes:
        answer.members["diff"] = folder.differences(changes, files.without_secrets)
    return answer


def told(content: Content) -> dict[str, Any]:
    """What results say of content: what it has, and what it has not."""
    return {
        "objects": sum(len(part.rows) for part in content.parts),
        "secrets": [secret.as_dict() for secret in content.secrets],
        "omissions": [omission.as_dict() for omission in [*content.unread, *content.omissions]],
    }
