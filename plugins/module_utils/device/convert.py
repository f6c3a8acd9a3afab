# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Configuration text as files that Ansible applies, and the other way round, without a device."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ..bridge.argspec import Spec
from ..bridge.job import Answer, Call
from ..content import folder, text
from ..content.files import read_variables
from ..content.part import Content, select
from ..content.reduce import Reducer
from ..hfortix_fortios.cli.saved import is_encrypted
from ..hfortix_fortios.schema import Schema
from ..resource.task import TaskError
from .export import FILES_SPEC, check_place, told, written

CONVERT_SPEC: Spec = {
    "src": {"type": "path", "required": True},
    "to": {"type": "str", "choices": ["variables", "playbook", "cli"], "default": "variables"},
    **FILES_SPEC,
}


def convert(call: Call) -> Answer:
    """Turn configuration text into files for Ansible, or a folder of variables into configuration text.

    :raises TaskError: the source cannot be read, or a file cannot be written
    """
    params, source = call.params, Path(call.params["src"])
    if not source.exists():
        raise TaskError(f"src: there is no {source}.")
    check_place(Path(params["dest"]), folder_wanted=params["to"] == "variables")
    schemas = select(["*"] if params["endpoints"] is None else params["endpoints"], params["exclude"])
    if params["to"] == "cli":
        return _to_text(call, source, schemas)
    if source.is_dir():
        raise TaskError(f"src: {source} is a folder; to {params['to']}, give a file with configuration text.")
    content = Content()
    # What a text says, it says because it is no default of the release that wrote it.
    reducer = Reducer(content, variables=params["secrets"] == "variables", defaults=True)
    not_parsed = _read(source, schemas, reducer)
    answer = written(call, content, params["to"])
    answer.members["not_parsed"] = not_parsed
    return answer


def _read(source: Path, schemas: Sequence[Schema], into: Reducer) -> list[dict[str, Any]]:
    """:raises TaskError: the file is none with configuration text"""
    content = folder.read(source)
    if is_encrypted(content.encode()):
        raise TaskError(f"src: {source} is encrypted. Save the configuration without a password, and convert that.")
    try:
        return text.read(content, schemas, into)
    except ValueError as error:
        raise TaskError(f"src: {source} {error}.") from None


def _to_text(call: Call, source: Path, schemas: Sequence[Schema]) -> Answer:
    if not source.is_dir():
        raise TaskError(f"src: {source} is no folder; to cli, give a folder of variables.")
    wanted = {schema.path for schema in schemas}
    content = read_variables(source)
    content.parts = [part for part in content.parts if part.schema.path in wanted]
    changes = folder.changes({Path(call.params["dest"]): text.write(content)})
    if not call.check:
        folder.carry_out(changes)
    members: dict[str, Any] = {"changed": bool(changes), "files": [call.params["dest"]], **told(content)}
    if call.diff and changes:
        members["diff"] = folder.differences(changes, text.without_secrets)
    return Answer(members)
