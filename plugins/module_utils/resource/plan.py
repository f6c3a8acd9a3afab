# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""From wanted and actual objects to the writes that lead from one to the other. Nothing here talks to a device."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from ..hfortix_fortios.difference import Difference, Rules, difference
from ..hfortix_fortios.http.interface import Request
from ..hfortix_fortios.schema import Field, Schema
from ..hfortix_fortios.values import canonical
from .order import moves, parse_placement, wanted_order
from .task import Task, TaskError

Values = dict[str, Any]
#: A wanted object, and what the device has for it.
Matched = tuple[Values, "Values | None"]
Action = Literal["create", "update", "delete", "move"]
#: Keys before and after.
Order = tuple[Sequence[Any], Sequence[Any]]
NO_ORDER: Order = ((), ())


@dataclass(frozen=True, eq=False)
class NewKey:
    """The key of a row that the device has yet to number."""

    label: str

    def __str__(self) -> str:
        return f"(new) {self.label}"


@dataclass(frozen=True)
class Operation:
    """One write. Keys among `segments` and `params` may be `NewKey`s, which a create of an earlier step resolves.

    `table` is the child table that the write goes to, if it does not go to the object itself.
    """

    action: Action
    key: Any
    method: str
    segments: tuple[Any, ...] = ()
    params: Mapping[str, Any] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None
    table: Field | None = None

    def request(self, schema: Schema, params: Mapping[str, Any], assigned: Mapping[NewKey, Any]) -> Request:
        """The request, with the keys that the device has given out by now."""

        def known(value: Any) -> Any:
            return assigned.get(value, value) if isinstance(value, NewKey) else value

        path = schema.url(*(known(segment) for segment in self.segments))
        query = {name: str(known(value)) for name, value in {**params, **self.params}.items()}
        return Request(self.method, path, params=query, json=self.body)


@dataclass(frozen=True)
class Step:
    """Writes that do not depend on each other; `serial` ones keep their order all the same."""

    operations: tuple[Operation, ...]
    serial: bool = False


@dataclass(frozen=True)
class Change:
    """One object before and after (wire names); None where it does not exist."""

    key: Any
    before: Values | None
    after: Values | None

    @property
    def changes(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class Plan:
    """The steps, the objects concerned, and the order of keys where the task is about order.

    `resets` and `ignored` are those of `Difference`, for all objects.
    """

    steps: tuple[Step, ...] = ()
    changes: tuple[Change, ...] = ()
    order: Order = NO_ORDER
    resets: bool = False
    ignored: frozenset[str] = frozenset()

    def operations(self) -> Iterator[Operation]:
        for step in self.steps:
            yield from step.operations


@dataclass
class _Draft:
    """The writes of a plan while it is being made, by kind."""

    creates: list[Operation] = field(default_factory=list)
    updates: list[Operation] = field(default_factory=list)
    rows: list[Operation] = field(default_factory=list)
    deletes: list[Operation] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    resets: bool = False
    ignored: set[str] = field(default_factory=set)

    def update(self, key: Any, segments: tuple[Any, ...], change: Difference) -> None:
        if change.body:
            self.updates.append(Operation("update", key, "PUT", segments, body=change.body))
        for row in change.rows:
            path = (*segments, *row.path)
            self.rows.append(Operation("update", key, row.method, path, body=row.body, table=row.field))
        self.resets = self.resets or change.resets
        self.ignored |= change.ignored


def plan_singleton(schema: Schema, task: Task, wanted: Values, actual: Values, defaults: Values) -> Plan:
    """The write that gives a singleton its wanted values. Secrets go along when anything else has to be written."""
    rules = Rules(exact=task.state == "replaced", secrets=task.update_secrets == "always", defaults=defaults)
    change = difference(schema.fields, wanted, actual, rules)
    if change and not rules.secrets:
        change = difference(schema.fields, wanted, actual, replace(rules, secrets=True))
    draft = _Draft()
    draft.update(None, (), change)
    draft.changes.append(Change(None, actual, change.after))
    return _assemble(schema, draft, NO_ORDER)


def match(schema: Schema, wanted: Sequence[Values], rows: Sequence[Values]) -> list[Matched]:
    """Each wanted object with the one that the device has for it. `rows` hold at least those that `wanted` means.

    :raises TaskError: an object cannot be told from others
    """
    if not schema.is_table:
        return [(wanted[0], rows[0] if rows else {})]
    index = _Index(schema, rows)
    matched = [(row, index.find(row)) for row in wanted]
    _refuse_doubles(schema, matched)
    return matched


def plan_table(
    schema: Schema, task: Task, matched: Sequence[Matched], rows: Sequence[Values], defaults: Values
) -> Plan:
    """The writes that lead a table to the wanted state, in an order that references inside the list allow.

    :raises TaskError: the task asks for what the table cannot give
    """
    draft = _Draft()
    if task.state == "deleted":
        _plan_deletes(schema, draft, [row for _wanted, row in matched if row is not None])
        return _assemble(schema, draft, NO_ORDER)
    exact = task.state in ("replaced", "overridden")
    rules = Rules(exact=exact, secrets=task.update_secrets == "always", defaults=defaults)
    keys = [_plan_row(schema, draft, row, actual, rules) for row, actual in matched]
    if task.state == "overridden":
        listed = {id(actual) for _wanted, actual in matched}
        _plan_deletes(schema, draft, [row for row in rows if id(row) not in listed and _may_go(schema, row)])
    order = NO_ORDER
    if task.placement is not None or task.ordered:
        order = _order(task, draft, [row[schema.key.name] for row in rows], keys, _placement(schema, task, rows))
    return _assemble(schema, draft, order)


def _plan_row(schema: Schema, draft: _Draft, wanted: Values, actual: Values | None, rules: Rules) -> Any:
    """Add what one object needs to the draft; return its key."""
    mkey = schema.key.name
    if actual is None:
        return _plan_create(schema, draft, wanted)
    key = actual[mkey]
    change = difference(schema.fields, wanted, actual, rules, mkey=mkey)
    draft.update(key, (key,), change)
    draft.changes.append(Change(key, actual, change.after if change else actual))
    return key


def _plan_create(schema: Schema, draft: _Draft, wanted: Values) -> Any:
    mkey = schema.key.name
    if schema.predefined:
        raise TaskError(
            f"{schema.path} has no row {wanted.get(mkey)!r}, and its rows belong to the device: "
            "they can be changed, not created. Name one that exists (state gathered lists them)."
        )
    draft.ignored |= {name for name in wanted if name != mkey and schema.fields[name].is_computed}
    body = {name: value for name, value in wanted.items() if name not in draft.ignored}
    key = wanted.get(mkey)
    if schema.key.type == "integer" and not key:
        body[mkey] = 0
        key = NewKey(str(wanted.get("name", schema.path)))
    draft.creates.append(Operation("create", key, "POST", body=body))
    draft.changes.append(Change(key, None, {**body, mkey: key if not isinstance(key, NewKey) else None}))
    return key


def _plan_deletes(schema: Schema, draft: _Draft, rows: Sequence[Values]) -> None:
    mkey = schema.key.name
    if rows and schema.predefined:
        raise TaskError(f"The rows of {schema.path} belong to the device: they can be changed, not deleted.")
    for row in rows:
        draft.deletes.append(Operation("delete", row[mkey], "DELETE", (row[mkey],)))
        draft.changes.append(Change(row[mkey], row, None))


def _may_go(schema: Schema, row: Mapping[str, Any]) -> bool:
    """Rows that the device owns stay: it marks them, or the catalogue names them. One without a key has no path."""
    key = row[schema.key.name]
    return key != "" and not (row.get("q_static") or str(key) in schema.builtin or schema.predefined)


class _Index:
    """The rows of a table by key, and by name where a row may be asked for by its name."""

    def __init__(self, schema: Schema, rows: Sequence[Values]) -> None:
        self._schema = schema
        self._key = schema.key
        self._by_key = {canonical(self._key, row.get(self._key.name)): row for row in rows}
        self._rows = rows
        self._by_name: dict[str, list[Values]] | None = None

    def find(self, wanted: Mapping[str, Any]) -> Values | None:
        key = wanted.get(self._key.name)
        if key not in (None, "", 0) or (key == 0 and canonical(self._key, 0) in self._by_key):
            return self._by_key.get(canonical(self._key, key))
        if not names_its_rows(self._schema):
            if key is None or key == "":
                raise TaskError(f"config: {self._key.option} is the key of {self._schema.path} and must be given.")
            return None
        name = wanted.get("name")
        if name is None:
            if key is None:
                raise TaskError(f"config: give {self._key.option} or name, so that the row can be found.")
            return None
        if self._by_name is None:
            self._by_name = {}
            for row in self._rows:
                self._by_name.setdefault(str(row.get("name", "")), []).append(row)
        found = self._by_name.get(str(name), [])
        if len(found) > 1:
            keys = ", ".join(str(row[self._key.name]) for row in found)
            raise TaskError(f"config: several rows are named {name!r} ({keys}); give {self._key.option}.")
        return found[0] if found else None


def names_its_rows(schema: Schema) -> bool:
    """The key is a number that says little, and rows have a name to find them by (policies)."""
    return schema.key.type == "integer" and "name" in schema.fields


def _refuse_doubles(schema: Schema, matched: Sequence[Matched]) -> None:
    seen: set[Any] = set()
    for wanted, actual in matched:
        name, key = schema.key.option, (actual or wanted).get(schema.key.name) or None
        if key is None and names_its_rows(schema):
            # Another run would find the first of two new rows for both.
            name, key = "name", wanted.get("name") or None
        mark = (name, str(canonical(schema.key, key)))
        if key is not None and mark in seen:
            raise TaskError(f"config: {name} {key!r} is given twice.")
        seen.add(mark)


def _placement(schema: Schema, task: Task, rows: Sequence[Values]) -> Any:
    """The placement of the task, with the key of the row that it names by its name."""
    if not isinstance(task.placement, Mapping) or not names_its_rows(schema):
        return task.placement
    where, anchor = parse_placement(task.placement)
    if any(str(row[schema.key.name]) == str(anchor) for row in rows):
        return task.placement
    named = [row[schema.key.name] for row in rows if row.get("name") == anchor]
    if len(named) > 1:
        keys = ", ".join(map(str, named))
        raise TaskError(f"placement: several rows are named {anchor!r} ({keys}); give {schema.key.option}.")
    return {where: named[0]} if named else task.placement


def _order(task: Task, draft: _Draft, current: list[Any], listed: list[Any], placement: Any) -> Order:
    """The order of keys before and after, among the rows that will be there."""
    gone = {operation.key for operation in draft.deletes}
    present = [key for key in current if key not in gone] + [operation.key for operation in draft.creates]
    return present, wanted_order(present, listed, placement, ordered=task.ordered)


def _assemble(schema: Schema, draft: _Draft, order: Order) -> Plan:
    """The steps: what is referred to comes before what refers to it, and goes after it."""
    contents = {change.key: change.after or change.before or {} for change in draft.changes}
    moving = [
        Operation("move", move.key, "PUT", (move.key,), {"action": "move", move.where: move.anchor})
        for move in moves(*order)
    ]
    serial = schema.movable
    in_the_way, deletes = _split_by_name(schema, draft, contents)
    steps = [
        Step(tuple(in_the_way), serial),
        *(Step(level, serial) for level in _levels(schema, draft.creates, contents)),
        Step(tuple(draft.updates), serial),
        Step(tuple(draft.rows), serial=True),
        *(Step(level, serial) for level in reversed(_levels(schema, deletes, contents))),
        Step(tuple(moving), serial=True),
    ]
    return Plan(
        tuple(step for step in steps if step.operations),
        tuple(draft.changes),
        order,
        draft.resets,
        frozenset(draft.ignored),
    )


def _split_by_name(
    schema: Schema, draft: _Draft, contents: Mapping[Any, Values]
) -> tuple[list[Operation], list[Operation]]:
    """The deletes of rows whose name a new row takes, which have to go first; and the others."""
    if not (schema.is_table and names_its_rows(schema)):
        return [], draft.deletes
    taken = {contents[operation.key].get("name") for operation in draft.creates} - {None, ""}
    first = [operation for operation in draft.deletes if contents[operation.key].get("name") in taken]
    return first, [operation for operation in draft.deletes if operation not in first]


def _levels(
    schema: Schema, operations: Sequence[Operation], contents: Mapping[Any, Values]
) -> list[tuple[Operation, ...]]:
    """Operations in levels: each refers only to objects of earlier ones. Most tables do not refer to themselves."""
    if not schema.is_table or not _refers_to(schema.fields, f"{schema.ref_path}.{schema.mkey}"):
        return [tuple(operations)]
    depth: dict[Any, int] = {}
    by_key = {operation.key: operation for operation in operations}

    def measure(key: Any, above: frozenset[Any]) -> int:
        if key not in depth:
            names = _references(schema.fields, contents[key], f"{schema.ref_path}.{schema.mkey}")
            inner = [name for name in names if name in by_key and name not in above and name != key]
            depth[key] = max((measure(name, above | {key}) + 1 for name in inner), default=0)
        return depth[key]

    levels: dict[int, list[Operation]] = {}
    for operation in operations:
        levels.setdefault(measure(operation.key, frozenset()), []).append(operation)
    return [tuple(levels[level]) for level in sorted(levels)]


def _refers_to(fields: Mapping[str, Field], target: str) -> bool:
    return any(target in item.refs or _refers_to(item.fields, target) for item in fields.values())


def _references(fields: Mapping[str, Field], values: Mapping[str, Any], target: str) -> Iterator[Any]:
    """The keys of the table `target` that an object names anywhere inside."""
    for name, value in values.items():
        item = fields.get(name)
        if item is None:
            continue
        if item.is_table:
            for row in value or ():
                yield from _references(item.fields, row, target)
        elif item.is_object:
            yield from _references(item.fields, value or {}, target)
        elif target in item.refs:
            yield value
