# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The configuration API: reading and writing tables, rows, child tables and singletons."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from . import actions, catalogue, checks, facts, integrity, query, refusal, values
from .call import Answer, Call, encode
from .envelope import Scene
from .model import Attribute, RowModel, TableModel, Values, table_model
from .refusal import Refusal
from .store import GLOBAL, Key, Locked, Row, Table, Transaction, View, home
from .values import Context

if TYPE_CHECKING:
    from .device import Device

PREFIX = "/api/v2/cmdb"
VDOMS = "system/vdom"


@dataclass(slots=True)
class Work:
    """One request to one endpoint in one vdom."""

    device: Device
    call: Call
    scene: Scene
    model: TableModel
    vdom: str
    view: View
    everywhere: bool

    @property
    def context(self) -> Context:
        return Context(self.view, self.vdom, self.model.release, self.device.switches)

    @property
    def table(self) -> Table:
        """The table to read."""
        return self.view.table(self.model, home(self.model, self.vdom, self.everywhere))

    def writable(self) -> Table:
        """The table to write.

        :raises Refusal: a transaction of someone else holds it, or vdoms are to come and go in a transaction
        """
        if isinstance(self.view, Transaction) and self.model.schema.path == VDOMS:
            raise Refusal(*self.device.switches.locked, "vdoms take no part in transactions")
        try:
            return self.view.writable(self.model, home(self.model, self.vdom, self.everywhere))
        except Locked as locked:
            raise Refusal(*self.device.switches.locked, str(locked)) from None

    def key(self, text: str) -> Key:
        """A key from the URL in the table's own type; a text that is no number is no key of an integer table."""
        if self.model.integer_key and text.lstrip("-").isdigit():
            return int(text)
        return text

    def visible(self, row: Row) -> bool:
        """Whether a row of a table that all vdoms share belongs to the vdom of the request."""
        owner = self.model.attributes.get("vdom")
        if self.everywhere or self.model.schema.scope != "both" or owner is None or owner.field.is_table:
            return True
        return "vdom" not in self.call.query or row.values.get("vdom", self.vdom) == self.vdom


def handle(device: Device, call: Call) -> Answer:
    """Answer any request below ``/api/v2/cmdb``."""
    segments = call.segments(PREFIX)
    if not segments:
        return actions.on_root(device, call)
    path, rest = resolve(segments)
    model = table_model(path, device.profile.release) if path else None
    vdoms, as_list = device.targets(call)
    if model is None:
        return _unknown(device, call, segments)
    parts = [_answer(device, call, model, vdom, rest) for vdom in vdoms]
    if not as_list:
        return parts[0]
    texts = [part.body if isinstance(part.body, str) else encode(part.body) for part in parts]
    return Answer(max(part.status for part in parts), f"[{','.join(texts)}]")


def resolve(segments: list[str]) -> tuple[str | None, list[str]]:
    """The endpoint that a URL names, in either spelling (system.dhcp/server, system/dhcp/server), and what follows."""
    exact = "/".join(segments[:2])
    if exact in catalogue.paths():
        return exact, segments[2:]
    for length in range(2, 6):
        path = catalogue.by_words().get(" ".join(segments[:length]).replace(".", " "))
        if path is not None and length <= len(segments):
            return path, segments[length:]
    return None, []


def _unknown(device: Device, call: Call, segments: list[str]) -> Answer:
    name = segments[1] if len(segments) > 1 else ""
    scene = Scene(device, call.method, device.targets(call)[0][0], segments[0], name)
    return Answer(404, scene.refused(Refusal(404)))


def _answer(device: Device, call: Call, model: TableModel, vdom: str, rest: list[str]) -> Answer:
    scene = Scene(device, call.method, vdom, model.path, model.name)
    revision = ""
    try:
        everywhere = call.param("scope") == "global" or call.flag("global")
        work = Work(device, call, scene, model, vdom, device.view(call), everywhere)
        device.permit(call, model.schema.access_group)
        revision = work.table.revision
        return _dispatch(work, rest)
    except Refusal as refused:
        return Answer(refused.status, scene.refused(refused, revision))


def _dispatch(work: Work, rest: list[str]) -> Answer:
    method, action = work.call.method, work.call.param("action")
    check_path(work.model, rest[1:] if work.model.schema.is_table else rest)
    if action and action != "select":
        return actions.on_endpoint(work, rest, action)
    if method == "GET":
        return read(work, rest)
    handler = _WRITES.get(method)
    if handler is None:
        raise Refusal(405)
    answer = handler(work, rest)
    actions.note(work, rest)
    return answer


# Reading


def read(work: Work, rest: list[str]) -> Answer:
    """A table, an entry, a singleton, or a child table."""
    table = work.table
    if not work.model.schema.is_table:
        return _read_inside(work, *_descend(work, table.rows[None].values, rest), rest)
    if not rest:
        return _read_table(work, table)
    row = _find(work, table, rest[0])
    if row is None:
        return Answer(200, work.scene.rows(table.revision, [], mkey=rest[0]))
    if len(rest) == 1:
        return _read_rows(work, table, [row], mkey=rest[0])
    return _read_inside(work, *_descend(work, row.values, rest[1:]), rest[1:])


def _find(work: Work, table: Table, text: str) -> Row | None:
    row = table.rows.get(work.key(text))
    if row is not None and work.visible(row):
        return row
    if not table.rows and work.device.switches.missing_in_empty == 200 and work.call.method == "GET":
        return None
    raise missing(work)


def missing(work: Work) -> Refusal:
    """There is no such entry."""
    return Refusal(404, work.device.switches.missing)


def text_of(work: Work, row: Row) -> str:
    """The row as JSON, made once unless secrets are to read differently each time."""
    if work.device.switches.enc == "changing" and any(work.model.secrets(row.values)):
        return encode(_present(work, row))
    if row.text is None:
        row.text = encode(work.model.render(row.values))
    return row.text


def _read_table(work: Work, table: Table) -> Answer:
    if query.selects(work.call):
        return _read_rows(work, table, list(table.rows.values()))
    rows = [row for row in table.rows.values() if work.visible(row)]
    texts = [text_of(work, row) for row in rows]
    return _with_etag(
        work, table, work.scene.rows(table.revision, texts, sizes=_sizes(work, len(texts), len(texts), len(texts) - 1))
    )


def _sizes(work: Work, size: int, matched: int, last: int) -> dict[str, int] | None:
    if not work.device.profile.sizes:
        return None
    return {"size": size, "matched_count": matched, "next_idx": max(last, 0)}


def _read_rows(work: Work, table: Table, rows: list[Row], mkey: str | None = None) -> Answer:
    """Rows with the query applied; by key the answer is a list as well."""
    call, switches = work.call, work.device.switches
    rows = [row for row in rows if work.visible(row)]
    if not query.selects(call):
        return _with_etag(work, table, work.scene.rows(table.revision, [text_of(work, row) for row in rows], mkey=mkey))
    found = [_present(work, row) for row in rows]
    size = len(found)
    found = query.sort(query.matching(found, call, switches), call)
    matched = len(found)
    found, start = query.page(found, call, switches)
    found = query.form(found, call)
    sizes = None if mkey is not None else _sizes(work, size, matched, start + len(found) - 1)
    return Answer(200, work.scene.rows(table.revision, [encode(row) for row in found], mkey=mkey, sizes=sizes))


def _present(work: Work, row: Row) -> dict[str, Any]:
    shown = work.model.render(row.values)
    if work.device.switches.enc == "changing":
        for path in work.model.secrets(row.values):
            _refresh(shown, path)
    if work.call.flag("exclude-default-values"):
        kept = {*row.values, work.model.mkey, "q_origin_key"}
        shown = {name: value for name, value in shown.items() if name in kept}
    if work.call.flag("with_meta"):
        shown |= _meta(work, row)
    if work.call.flag("datasource"):
        actions.add_datasource(work.model, shown, row)
    if work.call.flag("with_contents_hash"):
        shown["q_contents_hash"] = f"{row.digest:032x}"
    return shown


def _refresh(shown: dict[str, Any], path: tuple[str, ...]) -> None:
    for name in path[:-1]:
        shown = shown[name]
    shown[path[-1]] = values.encrypt(uuid.uuid4().hex)


def _meta(work: Work, row: Row) -> dict[str, Any]:
    model = work.model
    key = row.values.get(model.mkey or "")
    uses = integrity.users(work.view, work.table, str(key)) if model.mkey else []
    return {
        "q_ref": sum(count for _, count in uses),
        "q_static": row.static,
        "q_no_rename": row.static or model.integer_key,
        "q_global_entry": work.table.vdom == GLOBAL,
        "q_type": catalogue.number(model.schema.path),
        "q_path": model.path,
        "q_name": model.name,
        "q_mkey_type": "integer" if model.integer_key else "string",
        "q_no_edit": False,
        "q_class": "",
    }


def _with_etag(work: Work, table: Table, body: str) -> Answer:
    if not work.device.switches.etag:
        return Answer(200, body)
    etag = f'"{table.revision}"'
    if work.call.headers.get("if-none-match") == etag:
        return Answer(304, b"", {"ETag": etag})
    return Answer(200, body, {"ETag": etag})


def _descend(work: Work, stored: Values, rest: list[str]) -> tuple[Values | list[Values], RowModel | Attribute]:
    """What a path inside a row leads to: an object's or a row's values, or a child table's rows with its attribute.

    :raises Refusal: a row on the way is not there
    """
    here: Values | list[Values] = stored
    shape: RowModel | Attribute = work.model
    for name in rest:
        if isinstance(shape, Attribute):
            row = child_by_key(shape, here, name)
            if row is None or shape.model is None:
                raise missing(work)
            here, shape = row, shape.model
            continue
        attribute = shape.attributes[name]
        if attribute.model is None or not isinstance(here, dict):
            raise Refusal(400)
        if attribute.field.is_table:
            here, shape = here.get(name, []), attribute
        else:
            here, shape = here.get(name, {}), attribute.model
    return here, shape


def check_path(model: RowModel, rest: list[str]) -> None:
    """Refuse a path inside a row that leads nowhere whatever rows there are, e.g. a "/" in a name, not encoded.

    :raises Refusal: 400
    """
    shape: RowModel | None = model
    names = iter(rest)
    for name in names:
        attribute = shape.attributes.get(name) if shape else None
        if attribute is None or attribute.model is None:
            raise Refusal(400)
        shape = attribute.model
        if attribute.field.is_table:
            next(names, None)


def child_by_key(attribute: Attribute, rows: Any, key: str) -> Values | None:
    """The row of a child table whose key reads `key`."""
    mkey = attribute.model.mkey if attribute.model else None
    return next((row for row in rows if str(row.get(mkey or "")) == key), None)


def _read_inside(work: Work, found: Any, shape: RowModel | Attribute, path: list[str]) -> Answer:
    revision = work.table.revision
    if isinstance(shape, RowModel) and (not work.model.schema.is_table and not path):
        shown = _present(work, work.table.rows[None])
        return _with_etag(work, work.table, work.scene.read(revision, encode(shown)))
    if isinstance(shape, RowModel):
        return Answer(200, work.scene.read(revision, f"[{encode(shape.render(found))}]", mkey=path[-1]))
    inner = shape.model
    rows = [inner.render(row) for row in found] if inner else []
    rows = query.sort(query.matching(rows, work.call, work.device.switches), work.call)
    rows, start = query.page(rows, work.call, work.device.switches)
    texts = [encode(row) for row in query.form(rows, work.call)]
    return Answer(
        200, work.scene.rows(revision, texts, sizes=_sizes(work, len(found), len(texts), start + len(texts) - 1))
    )


# Writing


def body_of(work: Work) -> dict[str, Any]:
    """The object of a write.

    :raises Refusal: there is none
    """
    body = work.call.body()
    if body is None:
        raise Refusal(424, refusal.REQUEST_MISSING)
    if not isinstance(body, dict):
        raise Refusal(424, refusal.INVALID_REQUEST)
    return body


def done(work: Work, table: Table, old: str, mkey: Key = None) -> Answer:
    """The answer to a write; inside a transaction it does not tell that anything changed."""
    hidden = isinstance(work.view, Transaction)
    return Answer(200, work.scene.written(table.revision, None if hidden else old, mkey=mkey))


def post(work: Work, rest: list[str]) -> Answer:
    """Create an entry, or append a row to a child table."""
    if rest or not work.model.schema.is_table:
        return _post_child(work, rest)
    body = work.call.body()
    table = work.writable()
    old = table.revision
    if isinstance(body, list) and work.device.switches.bulk_post == "accept":
        keys = [create(work, table, item) for item in body]
        return done(work, table, old, keys[-1] if keys else None)
    return done(work, table, old, create(work, table, body_of(work)))


def create(
    work: Work, table: Table, body: Mapping[str, Any], context: Context | None = None, static: bool = False
) -> Key:
    """Add an entry; its key.

    :raises Refusal: the key is taken or missing, or a value is not accepted
    """
    model, context = work.model, context or work.context
    work.device.check_creation(work)
    if model.schema.predefined and not context.trusted:
        raise Refusal(500, refusal.NOT_PERMITTED, f"entries of {model.schema.cli_path} cannot be created")
    if not context.trusted:
        checks.check(work, {}, body)
    stored = values.merge(model, {}, body, context)
    key = _new_key(work, table, stored)
    if key in table.rows:
        raise Refusal(*work.device.switches.duplicate, f"duplicate entry '{key}'")
    integrity.check_name(work, str(key))
    stored = {str(model.mkey): key, **{name: value for name, value in stored.items() if name != model.mkey}}
    owner = model.attributes.get("vdom")
    if table.vdom == GLOBAL and owner is not None and not owner.model and owner.targets and "vdom" not in stored:
        stored["vdom"] = work.vdom
    for attribute in model.automatic:
        if attribute.name not in stored:
            stored[attribute.name] = _chosen(table, attribute)
    _check_required(work, stored, context)
    uses = values.uses(model, stored, context, whole=(model.schema.path, stored))
    table.put(key, Row(stored, model.digest(stored), uses, static))
    work.device.created(work, key)
    return key


def _chosen(table: Table, attribute: Attribute) -> str | int:
    """The value that the device gives a new row by itself."""
    if attribute.field.type != "integer":
        return str(uuid.uuid4())
    return 1 + max((row.values.get(attribute.name, 0) for row in table.rows.values()), default=0)


def _check_required(work: Work, stored: Values, context: Context) -> None:
    if work.device.switches.required == "accept" or context.trusted:
        return
    for name in facts.required().get(work.model.schema.path, ()):
        if name not in stored and name in work.model.attributes:
            raise Refusal(500, refusal.EMPTY, f"{name} must be set")


def _new_key(work: Work, table: Table, stored: Values) -> Key:
    key = stored.get(str(work.model.mkey))
    if work.model.integer_key:
        return int(key) if key else table.next_id()
    if not key:
        raise Refusal(500, refusal.EMPTY, f"{work.model.mkey} must be set")
    return str(key)


def put(work: Work, rest: list[str]) -> Answer:
    """Change an entry, a singleton, or a row of a child table."""
    if not work.model.schema.is_table:
        table = work.writable()
        old = table.revision
        change(work, table, None, _nested(work, table.rows[None].values, rest), inside=bool(rest))
        return done(work, table, old, rest[-1] if rest else None)
    if not rest:
        raise Refusal(405)
    table = work.writable()
    old = table.revision
    row = _find(work, table, rest[0])
    if row is None:
        raise missing(work)
    key = change(work, table, work.key(rest[0]), _nested(work, row.values, rest[1:]), inside=len(rest) > 1)
    return done(work, table, old, str(key) if len(rest) == 1 else rest[-1])


def _nested(work: Work, stored: Values, rest: list[str]) -> dict[str, Any] | Values:
    """The change of the whole row that a change of something inside it amounts to."""
    body = body_of(work)
    if not rest:
        return body
    return {rest[0]: _changed_inside(work, stored, work.model, rest, body)}


def _changed_inside(work: Work, stored: Values, model: RowModel, rest: list[str], body: dict[str, Any]) -> Any:
    attribute = model.attributes.get(rest[0])
    if attribute is None or attribute.model is None:
        raise Refusal(400)
    inner = attribute.model
    if attribute.field.is_object:
        if len(rest) == 1:
            return body
        return {rest[1]: _changed_inside(work, stored.get(rest[0], {}), inner, rest[1:], body)}
    if len(rest) == 1:
        raise Refusal(405)
    rows = stored.get(rest[0], [])
    row = child_by_key(attribute, rows, rest[1])
    if row is None:
        raise missing(work)
    if len(rest) > 2:
        body = {rest[2]: _changed_inside(work, row, inner, rest[2:], body)}
    new = values.merge(inner, row, body, work.context)
    return [new if item is row else item for item in rows]


def change(
    work: Work,
    table: Table,
    key: Key,
    body: Mapping[str, Any],
    *,
    inside: bool = False,
    context: Context | None = None,
) -> Key:
    """Put `body` over an entry; its key, which the change may have renamed. `inside`: most of `body` is what we keep.

    :raises Refusal: a value is not accepted, or something that is in use would go
    """
    model, row, context = work.model, table.rows[key], replace(context or work.context, internal=inside)
    if not context.trusted:
        checks.check(work, row.values, body)
    stored = values.merge(model, row.values, body, context)
    if stored == row.values:
        return key
    new = stored.get(model.mkey) if model.mkey else None
    if new != key and model.mkey:
        integrity.check_rename(work, table, key, new)
    _check_required(work, stored, context)
    integrity.check_children(work, table, row.values, stored)
    uses = values.uses(model, stored, context, whole=(model.schema.path, stored))
    fresh = Row(stored, model.digest(stored), uses, row.static)
    if new == key or not model.mkey:
        table.put(key, fresh)
    else:
        integrity.rename(work, table, key, new, fresh)
    work.device.changed(work, new if model.mkey else None)
    return new if model.mkey else None


def _post_child(work: Work, rest: list[str]) -> Answer:
    """Append to the child table that the path ends with."""
    inside = rest[1:] if work.model.schema.is_table else rest
    if not inside:
        raise Refusal(405)
    table = work.writable()
    old = table.revision
    key: Key = None
    if work.model.schema.is_table:
        if _find(work, table, rest[0]) is None:
            raise missing(work)
        key = work.key(rest[0])
    stored = table.rows[key].values
    ckey, body = _appended(work, stored, work.model, inside, body_of(work))
    change(work, table, key, body, inside=True)
    return done(work, table, old, ckey)


def _appended(
    work: Work, stored: Values, model: RowModel, rest: list[str], body: dict[str, Any]
) -> tuple[Key, dict[str, Any]]:
    attribute = model.attributes.get(rest[0])
    if attribute is None or attribute.model is None:
        raise Refusal(400)
    inner = attribute.model
    if attribute.field.is_object:
        if len(rest) == 1:
            raise Refusal(405)
        key, part = _appended(work, stored.get(rest[0], {}), inner, rest[1:], body)
        return key, {rest[0]: part}
    rows: list[Values] = stored.get(rest[0], [])
    if len(rest) == 1:
        taken = {row.get(inner.mkey or ""): row for row in rows}
        row = values.child_row(attribute, body, taken, work.context)
        key = row.get(inner.mkey or "")
        if key in taken:
            raise Refusal(*work.device.switches.duplicate, f"duplicate entry '{key}' in {attribute.name}")
        return key, {rest[0]: [*rows, row]}
    found = child_by_key(attribute, rows, rest[1])
    if found is None:
        raise missing(work)
    if len(rest) == 2:
        raise Refusal(405)
    key, part = _appended(work, found, inner, rest[2:], body)
    new = values.merge(inner, found, part, work.context)
    return key, {rest[0]: [new if item is found else item for item in rows]}


def delete(work: Work, rest: list[str]) -> Answer:
    """Remove an entry, every entry of a table (purge), or rows of a child table."""
    if not work.model.schema.is_table and not rest:
        raise Refusal(405)
    table = work.writable()
    old = table.revision
    if not work.model.schema.is_table:
        change(work, table, None, _without(work, table.rows[None].values, work.model, rest), inside=True)
        return done(work, table, old, rest[-1])
    if not rest:
        _purge(work, table)
        return done(work, table, old)
    row = _find(work, table, rest[0])
    if row is None:
        raise missing(work)
    key = work.key(rest[0])
    if len(rest) == 1:
        _remove(work, table, key)
    else:
        change(work, table, key, _without(work, row.values, work.model, rest[1:]), inside=True)
    return done(work, table, old, rest[-1])


def _remove(work: Work, table: Table, key: Key) -> None:
    row = table.rows[key]
    if work.model.schema.predefined or row.static:
        raise Refusal(500, refusal.NOT_PERMITTED, f"'{key}' is a built-in entry")
    integrity.check_unused(work, table, str(key))
    table.remove(key)
    work.device.removed(work, key)


def _purge(work: Work, table: Table) -> None:
    """Built-in rows stay; one row in use keeps all of them."""
    if work.model.schema.predefined:
        raise Refusal(500, refusal.NOT_PERMITTED, f"entries of {work.model.schema.cli_path} cannot be deleted")
    going = [key for key, row in table.rows.items() if not row.static and work.visible(row)]
    for key in going:
        integrity.check_unused(work, table, str(key), ignore=table)
    for key in going:
        table.remove(key)
        work.device.removed(work, key)


def _without(work: Work, stored: Values, model: RowModel, rest: list[str]) -> dict[str, Any]:
    attribute = model.attributes.get(rest[0])
    if attribute is None or attribute.model is None:
        raise Refusal(400)
    if attribute.field.is_object:
        if len(rest) == 1:
            raise Refusal(405)
        return {rest[0]: _without(work, stored.get(rest[0], {}), attribute.model, rest[1:])}
    if len(rest) == 1:
        return {rest[0]: []}
    rows: list[Values] = stored.get(rest[0], [])
    row = child_by_key(attribute, rows, rest[1])
    if row is None:
        raise missing(work)
    if len(rest) == 2:
        return {rest[0]: [item for item in rows if item is not row]}
    new = values.merge(attribute.model, row, _without(work, row, attribute.model, rest[2:]), work.context)
    return {rest[0]: [new if item is row else item for item in rows]}


_WRITES = {"POST": post, "PUT": put, "DELETE": delete}
