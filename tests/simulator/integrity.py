# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What keeps the tables sound: entries in use, shared name spaces, renames that references follow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import facts, values
from .catalogue import Target
from .model import RowModel, Use, Values, table_model
from .refusal import Refusal
from .store import GLOBAL, Key, Row, Table, View, home

if TYPE_CHECKING:
    from .cmdb import Work


def users(view: View, table: Table, key: str, child: tuple[str, ...] = ()) -> list[tuple[Table, int]]:
    """The tables whose rows refer to an entry of `table`, each with how often."""
    use = Use(Target(table.model.schema.path, child), key)
    return [
        (other, other.uses[use])
        for other in view.tables()
        if use in other.uses and (GLOBAL in (table.vdom, other.vdom) or other.vdom == table.vdom)
    ]


def check_unused(work: Work, table: Table, key: str, ignore: Table | None = None) -> None:
    """Refuse to let an entry go that another one refers to.

    :raises Refusal: it is in use
    """
    use = Use(Target(table.model.schema.path), key)
    row = table.rows.get(work.key(key))
    own = row.uses.count(use) if row else 0
    for other, count in users(work.view, table, key):
        same = other.model.schema.path == table.model.schema.path
        if other is ignore or (same and count <= own):
            continue
        raise Refusal(*work.device.switches.in_use, f"'{key}' is used by {other.model.schema.cli_path}")


def check_children(work: Work, table: Table, old: Values, new: Values) -> None:
    """Refuse to let rows of child tables go that entries elsewhere refer to.

    :raises Refusal: one is in use
    """
    for name, rows in old.items():
        attribute = work.model.attributes[name]
        if not attribute.field.is_table or attribute.model is None or attribute.model.mkey is None:
            continue
        mkey = attribute.model.mkey
        left = {row.get(mkey) for row in new.get(name, ())}
        for row in rows:
            if row.get(mkey) in left:
                continue
            others = [other for other, _ in users(work.view, table, str(row.get(mkey)), (name,)) if other is not table]
            if others:
                raise Refusal(
                    *work.device.switches.in_use, f"'{row.get(mkey)}' is used by {others[0].model.schema.cli_path}"
                )


def check_name(work: Work, key: str) -> None:
    """Refuse a name that another table of the same name space has.

    :raises Refusal: the name is taken
    """
    for space in facts.name_spaces(work.model.schema.path):
        for path in space.tables:
            other = table_model(path, work.model.release)
            if other is None or other is work.model:
                continue
            if key in work.view.table(other, home(other, work.vdom)).rows:
                raise Refusal(500, space.code, f"'{key}' is the name of an entry of {other.schema.cli_path} already")


def check_rename(work: Work, table: Table, key: Key, new: Key) -> None:
    """Refuse a rename that the table cannot take.

    :raises Refusal: the new name is taken, or the entry is the device's own
    """
    if new in (None, ""):
        raise Refusal(500, -56, f"{work.model.mkey} must be set")
    if new in table.rows:
        raise Refusal(*work.device.switches.duplicate, f"duplicate entry '{new}'")
    if work.model.schema.predefined or table.rows[key].static:
        raise Refusal(500, -37, f"'{key}' cannot be renamed")
    check_name(work, str(new))


def rename(work: Work, table: Table, key: Key, new: Key, row: Row) -> None:
    """Rename an entry; what refers to it follows."""
    use = Use(Target(work.model.schema.path), str(key))
    others = [other for other, _ in users(work.view, table, str(key))]
    table.rename(key, new, row)
    for other in others:
        owner = work.view.writable(other.model, other.vdom)
        for name, found in list(owner.rows.items()):
            if use not in found.uses:
                continue
            stored = _renamed(owner.model, found.values, use.target, key, new)
            context = values.Context(work.view, other.vdom or work.vdom, work.model.release, work.device.switches)
            uses = values.uses(owner.model, stored, context)
            owner.put(name, Row(stored, owner.model.digest(stored), uses, found.static))


def _renamed(model: RowModel, stored: Values, target: Target, key: Key, new: Key) -> Values:
    changed: dict[str, Any] = {}
    for name, value in stored.items():
        attribute = model.attributes[name]
        if attribute.field.is_table and attribute.model is not None:
            inner = attribute.model
            changed[name] = [_renamed(inner, row, target, key, new) for row in value]
        elif attribute.model is not None:
            changed[name] = _renamed(attribute.model, value, target, key, new)
        else:
            changed[name] = new if target in attribute.targets and value == key else value
    return changed
