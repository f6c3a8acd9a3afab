# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the device keeps: tables of rows, vdom by vdom, with revisions and the uses of one row by another.

Rows are never changed, only replaced, so that a transaction or a snapshot is a shallow copy of the tables it touches.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Protocol

from hfortix_fortios.schema import Release

from .catalogue import Target
from .model import TableModel, Use, Values, table_model

#: Where tables of global scope are kept.
GLOBAL = ""

Key = int | str | None


class Row:
    """One stored row. `static` rows are the device's own. `text` caches the row as JSON."""

    __slots__ = ("digest", "static", "text", "uses", "values")

    def __init__(self, values: Values, digest: int, uses: tuple[Use, ...] = (), static: bool = False) -> None:
        self.values = values
        self.digest = digest
        self.uses = uses
        self.static = static
        self.text: str | None = None


class Table:
    """The rows of one endpoint in one vdom, in order, under their keys; a singleton has one row under None."""

    def __init__(self, model: TableModel, vdom: str) -> None:
        self.model = model
        self.vdom = vdom
        self.rows: dict[Key, Row] = {}
        self.uses: Counter[Use] = Counter()
        self._checksum = model.digest({"": f"{model.schema.path}|{vdom}"})
        self._highest = 0

    @property
    def revision(self) -> str:
        """32 hexadecimal digits that change with the content and the order."""
        return f"{self._checksum % (1 << 128):032x}"

    def copy(self) -> Table:
        """A table of its own with the same rows."""
        twin = Table.__new__(Table)
        twin.model, twin.vdom, twin.rows, twin.uses = self.model, self.vdom, dict(self.rows), Counter(self.uses)
        twin._checksum, twin._highest = self._checksum, self._highest
        return twin

    def put(self, key: Key, row: Row) -> None:
        """Add a row, or replace the one of that key in its place."""
        old = self.rows.get(key)
        if old is not None:
            self._forget(old)
        self.rows[key] = row
        self._checksum += row.digest
        for use in row.uses:
            self.uses[use] += 1
        if isinstance(key, int) and key > self._highest:
            self._highest = key

    def remove(self, key: Key) -> None:
        self._forget(self.rows.pop(key))
        if key == self._highest:
            self._highest = max((other for other in self.rows if isinstance(other, int)), default=0)

    def rename(self, key: Key, new: Key, row: Row) -> None:
        """Replace a row by one of another key, in its place."""
        order = [new if other == key else other for other in self.rows]
        self.remove(key)
        self.put(new, row)
        self.rows = {other: self.rows[other] for other in order}

    def move(self, key: Key, *, before: Key = None, after: Key = None) -> bool:
        """Put a row before or after another one; whether that changed the order."""
        order = [other for other in self.rows if other != key]
        order.insert(order.index(before) if before is not None else order.index(after) + 1, key)
        if order == list(self.rows):
            return False
        self.rows = {other: self.rows[other] for other in order}
        self._checksum += self.model.digest({"order": order[:50]})
        return True

    def next_id(self) -> int:
        """The key that ``edit 0`` takes."""
        return self._highest + 1

    def _forget(self, row: Row) -> None:
        self._checksum -= row.digest
        for use in row.uses:
            self.uses[use] -= 1
            if not self.uses[use]:
                del self.uses[use]


class View(Protocol):
    """The tables as one client sees them: the store, or a transaction on top of it."""

    def table(self, model: TableModel, vdom: str) -> Table: ...

    def writable(self, model: TableModel, vdom: str) -> Table: ...

    def tables(self, vdom: str | None = None) -> Iterator[Table]: ...


class Store:
    """Every table of the device that has been touched or that has something from the factory."""

    def __init__(self, release: Release) -> None:
        self.release = release
        self._tables: dict[tuple[str, str], Table] = {}
        #: Tables that a transaction holds, with its number.
        self.locks: dict[tuple[str, str], int] = {}
        #: Counts writes, so that whoever keeps a copy can tell that it is old.
        self.writes = 0

    def table(self, model: TableModel, vdom: str) -> Table:
        """The table to read; it comes into being when first asked for."""
        name = (model.schema.path, vdom)
        table = self._tables.get(name)
        if table is None:
            table = self._tables[name] = Table(model, vdom)
            if not model.schema.is_table:
                table.put(None, Row({}, model.digest({})))
        return table

    def writable(self, model: TableModel, vdom: str) -> Table:
        """The table to write.

        :raises Locked: a transaction holds it
        """
        holder = self.locks.get((model.schema.path, vdom))
        if holder is not None:
            raise Locked(holder)
        self.writes += 1
        return self.table(model, vdom)

    def tables(self, vdom: str | None = None) -> Iterator[Table]:
        """Every table there is, or those of one vdom."""
        return (table for table in list(self._tables.values()) if vdom is None or table.vdom == vdom)

    def replace(self, tables: Iterable[Table]) -> None:
        """Let these tables take the place of those of their names."""
        self.writes += 1
        for table in tables:
            self._tables[table.model.schema.path, table.vdom] = table

    def drop_vdom(self, vdom: str) -> None:
        self.writes += 1
        self._tables = {name: table for name, table in self._tables.items() if name[1] != vdom}


class Locked(Exception):
    """A transaction holds the table."""

    def __init__(self, transaction: int) -> None:
        super().__init__(f"transaction {transaction} holds the table")
        self.transaction = transaction


class Transaction:
    """Writes that become visible at once, at the commit. A table that it writes is locked for everyone else."""

    def __init__(self, number: int, store: Store, vdom: str, timeout: int, expires: float) -> None:
        self.number = number
        self.vdom = vdom
        self.timeout = timeout
        self.expires = expires
        #: The console lines of the writes so far.
        self.lines: list[str] = []
        self._store = store
        self._own: dict[tuple[str, str], Table] = {}

    def table(self, model: TableModel, vdom: str) -> Table:
        return self._own.get((model.schema.path, vdom)) or self._store.table(model, vdom)

    def writable(self, model: TableModel, vdom: str) -> Table:
        """This transaction's own copy of the table.

        :raises Locked: another transaction holds the table
        """
        name = (model.schema.path, vdom)
        if name not in self._own:
            holder = self._store.locks.setdefault(name, self.number)
            if holder != self.number:
                raise Locked(holder)
            self._own[name] = self._store.table(model, vdom).copy()
        return self._own[name]

    def tables(self, vdom: str | None = None) -> Iterator[Table]:
        for table in self._store.tables(vdom):
            yield self._own.get((table.model.schema.path, table.vdom), table)

    def commit(self) -> None:
        self._store.replace(self._own.values())
        self._release()

    def abort(self) -> None:
        self._release()

    def _release(self) -> None:
        self._store.locks = {name: holder for name, holder in self._store.locks.items() if holder != self.number}
        self._own = {}


def exists(view: View, release: Release, target: Target, vdom: str, key: str) -> bool:
    """Whether `key` names an entry of the target, as seen from `vdom`."""
    model = table_model(target.path, release)
    if model is None:
        return False
    wanted: Key = key
    if model.integer_key and not target.child:
        if not key.lstrip("-").isdigit():
            return False
        wanted = int(key)
    for place in places(model, vdom):
        table = view.table(model, place)
        if not target.child:
            if wanted in table.rows:
                return True
        elif any(_has_child(row.values, target.child, model, key) for row in table.rows.values()):
            return True
    return False


def _has_child(values: Values, child: tuple[str, ...], model: TableModel, key: str) -> bool:
    rows, shape = [values], model.attributes
    for name in child:
        if name not in shape:
            return False
        rows = [item for row in rows for item in row.get(name, ())]
        inner = shape[name].model
        if inner is None:
            return False
        shape, mkey = inner.attributes, inner.mkey
    return any(str(row.get(mkey or "")) == key for row in rows)


def home(model: TableModel, vdom: str, everywhere: bool = False) -> str:
    """Where the rows of an endpoint live for requests to `vdom`; `everywhere` asks for the global ones."""
    scope = model.schema.scope
    if scope in ("global", "both") or (scope == "global-vdom" and everywhere):
        return GLOBAL
    return vdom


def places(model: TableModel, vdom: str) -> tuple[str, ...]:
    """Where entries that `vdom` may refer to live."""
    if model.schema.scope == "global-vdom":
        return (vdom, GLOBAL)
    return (home(model, vdom),)
