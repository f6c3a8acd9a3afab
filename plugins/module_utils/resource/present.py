# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Results for people: before and after, differences, requests and failures, without a secret in any of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from ..hfortix_fortios.names import option_name
from ..hfortix_fortios.schema import Field, Schema
from ..hfortix_fortios.values import masked, same, without_secrets
from .apply import Applied, Done, Fate
from .normalise import to_config
from .plan import NO_ORDER, Change, NewKey, Operation, Order, Plan
from .task import Result, Task, difference

Values = dict[str, Any]


def as_config(schema: Schema, rows: Iterable[Mapping[str, Any]]) -> Any:
    """The `config` that holds these objects, ready to be written back: a list, or of a singleton the object itself.

    Secrets, which the device gives back in no form to write, are left out.
    """
    objects = [to_config(schema.fields, without_secrets(schema.fields, row)) for row in rows]
    return objects if schema.is_table else (objects or [{}])[0]


def planned(schema: Schema, plan: Plan, task: Task, params: Mapping[str, str]) -> Result:
    """What a plan would do, for check mode; and what it is when there is nothing to do."""
    operations = list(plan.operations())
    result = Result(changed=bool(operations))
    result.before, result.after = _sides(schema, plan.changes)
    result.requests = [_request(schema, operation, params, {}) for operation in operations]
    if task.diff:
        result.diff = _differences(schema, plan.changes, plan.order)
    return result


def carried_out(schema: Schema, plan: Plan, applied: Applied, task: Task, params: Mapping[str, str]) -> Result:
    """What a plan has done: where a write failed, the objects that changed nevertheless, and each one's fate."""
    changes = [_with_assigned_key(schema, change, applied) for change in _effective(plan, applied)]
    result = Result(changed=applied.changed)
    result.before, result.after = _sides(schema, changes)
    result.requests = [
        {**_request(schema, item.operation, params, applied.assigned), "outcome": item.fate} for item in applied.done
    ]
    if task.diff:
        result.diff = _differences(schema, changes, _order_reached(plan, applied))
    if applied.error:
        result.failed = _failure(schema, applied)
        result.failed_objects = [
            _fate(schema, item) for item in applied.done if item.fate not in ("done", "without effect")
        ]
    result.warnings = [warning for item in applied.done if (warning := _without_effect(schema, item))]
    return result


def _without_effect(schema: Schema, item: Done) -> str:
    """A warning of what was sent and changed nothing. A secret may well be the one that the device has already."""
    fields = _fields(schema, item.operation)
    names = [option_name(name) for name in item.operation.body or () if not fields[name].has_secrets]
    if item.fate != "without effect" or not names:
        return ""
    subject = schema.path if item.operation.key is None else f"{schema.path} {_key(item.operation.key)!r}"
    return f"{subject}: {', '.join(names)} changed nothing; the device hides what does not apply to the object."


def _effective(plan: Plan, applied: Applied) -> list[Change]:
    """The changes as they came about: an object none of whose writes was made is as it was before."""
    made = {item.operation.key for item in applied.done if item.fate == "done"}
    return [change if change.key in made or not change.changes else _unmade(change) for change in plan.changes]


def _unmade(change: Change) -> Change:
    return Change(change.key, change.before, change.before)


def _order_reached(plan: Plan, applied: Applied) -> Order:
    """The order before and after with the keys that the device gave out; none where a move was not made."""
    if any(item.operation.action == "move" and item.fate != "done" for item in applied.done):
        return NO_ORDER
    before, after = ([applied.assigned.get(key, key) for key in keys] for keys in plan.order)
    return before, after


def _with_assigned_key(schema: Schema, change: Change, applied: Applied) -> Change:
    if not isinstance(change.key, NewKey) or change.key not in applied.assigned or change.after is None:
        return change
    key = applied.assigned[change.key]
    return Change(key, change.before, {**change.after, schema.key.name: key})


def _sides(schema: Schema, changes: Sequence[Change]) -> tuple[Any, Any]:
    before, after = [], []
    for change in changes:
        shown = _shown(schema, change.before) if change.before is not None else None
        if shown is not None:
            before.append(shown)
        if change.after is not None:
            # Most objects of a large task are as they were: these are shown once.
            after.append(shown if shown is not None and change.after is change.before else _shown(schema, change.after))
    if schema.is_table:
        return before, after
    return (before or [{}])[0], (after or [{}])[0]


def _shown(schema: Schema, values: Mapping[str, Any]) -> Values:
    return to_config(schema.fields, masked(schema.fields, values))


def _differences(schema: Schema, changes: Sequence[Change], order: Order) -> list[Values]:
    """One difference an object, holding only what differs; one more for the order of the rows."""
    result = []
    for change in changes:
        if not change.changes:
            continue
        if change.before is not None and change.after is not None:
            before, after = _unequal(_shown(schema, change.before), _shown(schema, change.after))
        else:
            before, after = (_shown(schema, _telling(schema, side or {})) for side in (change.before, change.after))
        header = schema.path if change.key is None else f"{schema.path} {change.key}"
        note = {"secrets": "written again"} if _rewrites_secrets(schema, change) else {}
        result.append(difference(header, before, {**after, **note}))
    if list(order[0]) != list(order[1]):
        lines = ("".join(f"{key}\n" for key in keys) for keys in order)
        result.append(difference(f"order of {schema.path}", *lines))
    return result


def _telling(schema: Schema, values: Mapping[str, Any]) -> Values:
    """What makes an object that comes or goes: not what it has by default, nor what the device has yet to number."""
    result: Values = {}
    for name, value in values.items():
        field = schema.fields.get(name)
        if value is None or (field is not None and _is_default(field, value)):
            continue
        result[name] = value
    return result


def _is_default(field: Field, value: Any) -> bool:
    return value in ([], {}) if field.is_table or field.is_object else same(field, value, None)


def _rewrites_secrets(schema: Schema, change: Change) -> bool:
    """Something differs that does not show, because both sides are masked."""
    if change.before is None or change.after is None:
        return False
    before, after = (masked(schema.fields, side) for side in (change.before, change.after))
    return any(change.before[name] != change.after[name] and before[name] == after[name] for name in before)


def _unequal(before: Values, after: Values) -> tuple[Values, Values]:
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return (
        {name: before[name] for name in names if name in before},
        {name: after[name] for name in names if name in after},
    )


def _request(schema: Schema, operation: Operation, params: Mapping[str, str], assigned: Mapping[NewKey, Any]) -> Values:
    request = operation.request(schema, params, assigned)
    shown: Values = {"method": request.method, "path": request.path}
    if request.params:
        shown["params"] = dict(request.params)
    if operation.body is not None:
        shown["body"] = _masked_body(schema, operation)
    return shown


def _masked_body(schema: Schema, operation: Operation) -> Values:
    return masked(_fields(schema, operation), operation.body or {})


def _fields(schema: Schema, operation: Operation) -> Mapping[str, Field]:
    """The fields that the body of a write is made of."""
    return operation.table.fields if operation.table else schema.fields


def _fate(schema: Schema, item: Done) -> Values:
    fate: Values = {"key": _key(item.operation.key), "action": item.operation.action, "outcome": item.fate}
    if item.error is not None:
        fate["error"] = str(item.error)
        fate.update(
            {name: getattr(item.error, name) for name in ("status", "code", "field") if getattr(item.error, name)}
        )
    return fate


def _key(key: Any) -> Any:
    return str(key) if isinstance(key, NewKey) else key


def _failure(schema: Schema, applied: Applied) -> str:
    """One sentence for the first failure and one for the rest."""
    first = next((item for item in applied.done if item.error is not None), None)
    subject = schema.path
    if first is not None and first.operation.key is not None:
        subject = f"{schema.path} {_key(first.operation.key)!r}"
    action = first.operation.action if first is not None else "commit"
    text = f"Could not {action} {subject}: {applied.error}"
    if not text.endswith("."):
        text += "."
    fates = [item.fate for item in applied.done]
    if fates in (["failed"], ["undone"]):
        return text + " Nothing was changed."
    counts = {fate: fates.count(fate) for fate in get_args(Fate)}
    told = ", ".join(f"{count} {fate}" for fate, count in counts.items() if count)
    return f"{text} Of {len(fates)} writes: {told}; failed_objects has each."
