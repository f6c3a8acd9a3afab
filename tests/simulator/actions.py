# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""``?action=``: move, clone, schema, default, and transactions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from . import catalogue, refusal
from .call import Answer, Call, encode
from .envelope import Scene
from .model import Attribute, RowModel, TableModel, table_model
from .refusal import Refusal
from .store import Row, Transaction

if TYPE_CHECKING:
    from .cmdb import Work
    from .device import Device


def on_endpoint(work: Work, rest: list[str], action: str) -> Answer:
    """Answer ``?action=`` of an endpoint or an entry.

    :raises Refusal: there is no such action
    """
    work.scene.action = action
    key = (work.call.method, action)
    if key == ("GET", "schema"):
        return _read(work, schema_of(work.model))
    if key == ("GET", "default"):
        return _read(work, work.model.template)
    if key == ("GET", "meta"):
        return _read(work, {"q_path": work.model.path, "q_name": work.model.name, "q_ref": 0})
    if key == ("GET", "revision"):
        return _read(work, {"revision": work.table.revision})
    work.scene.action = None
    if key == ("PUT", "move"):
        return _move(work, rest)
    if key == ("POST", "clone"):
        return _clone(work, rest)
    raise Refusal(500, refusal.BAD_ACTION)


def _read(work: Work, results: Any) -> Answer:
    return Answer(200, work.scene.read(work.table.revision, encode(results)))


def _move(work: Work, rest: list[str]) -> Answer:
    from . import cmdb

    if len(rest) != 1 or not work.model.schema.is_table:
        raise Refusal(405)
    table = work.writable()
    old = table.revision
    before, after = work.call.query.get("before"), work.call.query.get("after")
    if not before and not after:
        raise Refusal(424, refusal.INVALID_REQUEST)
    key, other = work.key(rest[0]), work.key((before or after or [""])[0])
    if key not in table.rows or other not in table.rows:
        raise cmdb.missing(work)
    if key != other:
        table.move(key, **({"before": other} if before else {"after": other}))
        work.device.changed(work, key)
    return cmdb.done(work, table, old, key)


def _clone(work: Work, rest: list[str]) -> Answer:
    from . import cmdb

    nkey = work.call.param("nkey")
    if len(rest) != 1 or not work.model.schema.is_table:
        raise Refusal(405)
    table = work.writable()
    old = table.revision
    row = table.rows.get(work.key(rest[0]))
    if row is None:
        raise cmdb.missing(work)
    chosen = {attribute.name for attribute in work.model.automatic}
    body = {name: value for name, value in row.values.items() if name not in chosen}
    body[str(work.model.mkey)] = work.key(nkey or "0")
    return cmdb.done(work, table, old, cmdb.create(work, table, body))


# The schema, in the device's own words


def schema_of(model: TableModel) -> dict[str, Any]:
    """What ``action=schema`` answers: the catalogue's facts in the device's form."""
    facts: dict[str, Any] = {"path": model.path, "name": model.name}
    facts |= {"category": "table" if model.schema.is_table else "complex"}
    facts |= _keyed(model)
    if model.schema.access_group:
        facts["access_group"] = model.schema.access_group
    if model.schema.scope:
        facts["object_range"] = model.schema.scope
    return facts | {"children": _children(model)}


def _keyed(model: RowModel) -> dict[str, Any]:
    if model.key is None:
        return {}
    return {"mkey": model.mkey, "mkey_type": "integer" if model.key.field.type == "integer" else "string"}


def _children(model: RowModel) -> dict[str, Any]:
    return {name: _node(attribute) for name, attribute in model.attributes.items()}


def _node(attribute: Attribute) -> dict[str, Any]:
    item = attribute.field
    node: dict[str, Any] = {"name": item.name}
    if attribute.model is not None:
        node |= {"category": "table" if item.is_table else "complex", **_keyed(attribute.model)}
        if item.member:
            node["member_table"] = True
        if item.max_items:
            node["max_table_size_item"] = item.max_items
        return node | {"children": _children(attribute.model)}
    node |= {"category": "unitary", "type": item.type}
    if item.default is not None:
        node["default"] = attribute.default
    if item.max_length is not None:
        node["size"] = item.max_length
    if item.min is not None:
        node |= {"min-value": item.min, "max-value": item.max}
    if item.options:
        node["options"] = [{"name": option} for option in item.options if option in attribute.options]
    if item.refs:
        node["datasource"] = list(item.refs)
    if item.multiple:
        node["multiple_values"] = True
    if item.readonly:
        node["readonly"] = True
    return node


def add_datasource(model: TableModel, shown: dict[str, Any], row: Row) -> None:
    """Tell beside each reference which table its object is in."""
    found = {use.key: use.target.path.replace("/", ".") for use in row.uses}
    for name, attribute in model.attributes.items():
        if attribute.field.is_table:
            for item in shown.get(name, ()):
                source = found.get(str(item.get("q_origin_key")))
                if source:
                    item["datasource"] = source
        elif attribute.targets and str(shown.get(name)) in found:
            shown[name] = {"q_origin_key": shown[name], "name": shown[name], "datasource": found[str(shown[name])]}


# Transactions


def on_root(device: Device, call: Call) -> Answer:
    """Answer requests to ``/api/v2/cmdb`` itself."""
    action = call.param("action")
    vdom = device.targets(call)[0][0]
    scene = Scene(device, call.method, vdom, "", "", action or None)
    try:
        device.permit(call, "sysgrp")
        handler = _ROOT.get((call.method, action))
        if handler is None:
            raise Refusal(405) if not action else Refusal(500, refusal.BAD_ACTION)
        return Answer(200, _bare(scene, handler(device, call, vdom)))
    except Refusal as refused:
        return Answer(refused.status, _bare_envelope(scene.refused(refused, device.revision)))


def _bare(scene: Scene, results: Any) -> dict[str, Any]:
    """An answer of the root, which names no endpoint."""
    envelope = scene.written(scene.device.revision, None, results=results)
    if scene.method == "GET":
        envelope.pop("revision_changed")
    return _bare_envelope(envelope)


def _bare_envelope(envelope: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in envelope.items() if name not in ("path", "name")}


def _start(device: Device, call: Call, vdom: str) -> dict[str, int]:
    body = call.body()
    timeout = body.get("timeout", 300) if isinstance(body, dict) else 300
    if not isinstance(timeout, int) or timeout <= 0:
        raise Refusal(500, refusal.INVALID_REQUEST)
    return {"transaction-id": device.start_transaction(vdom, timeout).number}


def _number(call: Call) -> Any:
    body = call.body()
    number = body.get("transaction-id") if isinstance(body, dict) else None
    return number or call.param("transaction-id") or call.headers.get("x-transaction-id")


def _commit(device: Device, call: Call, vdom: str) -> None:
    device.end_transaction(_number(call)).commit()
    device.touch()


def _abort(device: Device, call: Call, vdom: str) -> None:
    device.end_transaction(_number(call)).abort()


def _list(device: Device, call: Call, vdom: str) -> list[dict[str, Any]]:
    return [
        {"transaction-id": item.number, "vdom": item.vdom, "timeout": item.timeout}
        for item in device.active_transactions()
    ]


def _show(device: Device, call: Call, vdom: str) -> list[str]:
    if not device.profile.transaction_show:
        raise Refusal(500, refusal.BAD_ACTION)
    return device.transaction(_number(call)).lines


def _schemas(device: Device, call: Call, vdom: str) -> list[dict[str, Any]]:
    """The schema of the whole tree."""
    models = [table_model(path, device.profile.release) for path in sorted(catalogue.paths())]
    return [schema_of(model) for model in models if model is not None]


_ROOT: dict[tuple[str, str], Callable[[Device, Call, str], Any]] = {
    ("GET", "schema"): _schemas,
    ("POST", "transaction-start"): _start,
    ("POST", "transaction-commit"): _commit,
    ("POST", "transaction-abort"): _abort,
    ("GET", "transaction-list"): _list,
    ("GET", "transaction-show"): _show,
}


def note(work: Work, rest: list[str]) -> None:
    """Keep the console lines that a write inside a transaction stands for."""
    if not isinstance(work.view, Transaction):
        return
    lines = [f"config {work.model.schema.cli_path}"]
    if work.call.method == "DELETE":
        lines += [f'delete "{rest[0]}"' if rest else "purge"]
    else:
        body = work.call.body()
        values = body if isinstance(body, dict) else {}
        lines += (
            [f'edit "{rest[0] if rest else values.get(str(work.model.mkey), 0)}"'] if work.model.schema.is_table else []
        )
        lines += [
            f"set {name} ENC"
            if name in work.model.attributes and work.model.attributes[name].field.is_secret
            else f"set {name} {_console(value)}"
            for name, value in values.items()
            if name != work.model.mkey
        ]
        lines += ["next"] if work.model.schema.is_table else []
    work.view.lines += [*lines, "end"]


def _console(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(
            _console(next(iter(item.values()), "")) if isinstance(item, dict) else _console(item) for item in value
        )
    return str(value) if isinstance(value, int) else f'"{value}"'
