# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Objects of any table: their names, and where they are used."""

from __future__ import annotations

from typing import Any

from ..bridge.argspec import Spec, connection_spec
from ..bridge.endpoints import endpoint
from ..bridge.job import Answer, Call
from ..hfortix_fortios.endpoint import results, rows_of
from ..hfortix_fortios.errors import NotFoundError
from ..hfortix_fortios.http.interface import Outcome, Request
from ..hfortix_fortios.names import module_name, option_name
from ..hfortix_fortios.schema import Schema
from ..hfortix_fortios.values import problems
from ..resource.read import target
from ..resource.task import TaskError, difference

_USAGE = "/api/v2/monitor/system/object/usage"

_TABLE: Spec = {"endpoint": {"type": "str", "required": True}, "vdom": {"type": "str"}}

RENAME_SPEC: Spec = {
    **_TABLE,
    "from": {"type": "str", "required": True},
    "to": {"type": "str", "required": True},
    **connection_spec(),
}
# A key of the configuration, not a secret.
USAGE_SPEC: Spec = {**_TABLE, "key": {"type": "str", "required": True, "no_log": False}, **connection_spec()}


def rename(call: Call) -> Answer:
    """Give an object another key, unless it has it already.

    :raises TaskError: neither object exists, or both do
    """
    schema = _table(call)
    old, new = (_key(schema, name, call.params[name]) for name in ("from", "to"))
    for problem in problems(schema.key, new):
        raise TaskError(f"to: {new!r} {problem.reason}.")
    where = target(schema, call.params["vdom"])
    outcomes = call.client.batch([Request("GET", schema.url(key), params=where) for key in (old, new)])
    there = {key: _exists(outcome, schema) for key, outcome in zip((old, new), outcomes, strict=True)}
    if not any(there.values()):
        releases = f" The table exists in {schema.versions}." if schema.versions else ""
        raise TaskError(f"{schema.path} has neither {old!r} nor {new!r}.{releases}")
    if old != new and all(there.values()):
        raise TaskError(f"{schema.path} has both {old!r} and {new!r}. Delete one of them, or choose another name.")
    changed = not there[new]
    if changed and not call.check:
        call.client.put(schema.url(old), params=where, json={schema.key.name: new})
    name = option_name(schema.key.name)
    members: dict[str, Any] = {"changed": changed, "before": {name: old if changed else new}, "after": {name: new}}
    if call.diff and changed:
        members["diff"] = difference(schema.path, members["before"], members["after"])
    return Answer(members)


def usage(call: Call) -> Answer:
    """The objects that refer to one."""
    schema = _table(call)
    area, _slash, name = schema.path.rpartition("/")
    params = {
        **target(schema, call.params["vdom"]),
        "q_path": area,
        "q_name": name,
        "mkey": str(_key(schema, "key", call.params["key"])),
    }
    if schema.scope == "global":
        params["scope"] = "global"
    found = results(call.client.get(_USAGE, params=params), _USAGE) or {}
    users = [_user(item) for item in found.get("currently_using") or ()]
    return Answer({"changed": False, "used": bool(users), "results": users})


def _user(item: dict[str, Any]) -> dict[str, Any]:
    path = f"{item.get('path')}/{item.get('name')}"
    key, vdom = item.get("mkey", ""), item.get("vdom", "")
    return {"module": module_name(path), "path": path, "key": str(key), "vdom": vdom}


def _table(call: Call) -> Schema:
    facts = (found := endpoint(call.params["endpoint"])).FACTS
    if facts.get("kind") != "table":
        raise TaskError(f"endpoint: {facts['path']} is no table of the configuration, so that it has no named objects.")
    return found.schema()


def _key(schema: Schema, option: str, text: str) -> str | int:
    """The key that an option names.

    :raises TaskError: the table has no such keys
    """
    if not text:
        raise TaskError(f"{option}: is empty.")
    if schema.key.type != "integer":
        return text
    try:
        return int(text)
    except ValueError:
        raise TaskError(f"{option}: the keys of {schema.path} are numbers; {text!r} is none.") from None


def _exists(outcome: Outcome, schema: Schema) -> bool:
    if isinstance(outcome.error, NotFoundError):
        return False
    if outcome.error is not None:
        raise outcome.error
    return bool(rows_of(outcome.answer, schema.path))
