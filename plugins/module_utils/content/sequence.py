# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The order in which parts of a configuration can be applied: what is referred to comes before what refers to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..hfortix_fortios.schema import Field, Schema
from ..hfortix_fortios.values import words
from .part import GLOBAL, ROOT, Part, Values

_INTERFACES = "system/interface"
#: Where interfaces come from that cannot be created as such: a tunnel brings along its interface, and so on.
_BRING_INTERFACES = frozenset(
    {
        "system/gre-tunnel", "system/ipip-tunnel", "system/ipsec-aggregate", "system/ipv6-tunnel",
        "system/pppoe-interface", "system/sit-tunnel", "system/switch-interface", "system/virtual-switch",
        "system/vne-tunnel", "system/vxlan", "vpn.ipsec/phase1-interface", "wireless-controller/vap",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One task: a part, or what of it can be applied by now.

    `keys` are those of the rows that have their turn; None: all. With `bare`, `part` holds copies of its rows without
    what they refer to in vain as yet: a later step for the same endpoint completes them.
    """

    part: Part
    keys: Sequence[Any] | None = None
    bare: bool = False


def sequence(parts: Sequence[Part]) -> list[Step]:
    """The steps that apply `parts` to a device that has none of them. Each part ends in one step that has all of it.

    Where references allow, the device as a whole comes before its virtual domains, and settings before tables.
    """
    return list(_Sequence(sorted(parts, key=_rank)).steps())


def _rank(part: Part) -> tuple[bool, bool, str, bool, str]:
    return part.vdom != GLOBAL, part.vdom != ROOT, part.vdom, part.schema.is_table, part.schema.path


#: A row by the numbers of its part and in it.
_Row = tuple[int, int]


class _Sequence:
    """What waits for what, row by row."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = parts
        self._names = _Names(parts)
        #: What each row waits for outside of its own part, by the field through which it does ("" for none).
        self._waits: dict[_Row, dict[str, set[_Row]]] = {}
        self._waiting: dict[_Row, list[_Row]] = defaultdict(list)
        for number, part in enumerate(parts):
            for index, row in enumerate(part.rows):
                self._note((number, index), part, row)
        #: What each part waits for, in all.
        self._open = [
            sum(len(rows) for index in range(len(part.rows)) for rows in self._waits[number, index].values())
            for number, part in enumerate(parts)
        ]
        self._done: set[_Row] = set()

    def _note(self, this: _Row, part: Part, row: Values) -> None:
        waits: dict[str, set[_Row]] = defaultdict(set)
        for field, target in self._names.targets(part, row):
            if target[0] != this[0]:
                waits[field].add(target)
        self._waits[this] = waits
        for targets in waits.values():
            for target in targets:
                self._waiting[target].append(this)

    def steps(self) -> Iterator[Step]:
        left = list(range(len(self._parts)))
        vdoms = list(dict.fromkeys(part.vdom for part in self._parts))
        at = 0
        while left:
            groups = [[number for number in left if self._parts[number].vdom == vdom] for vdom in vdoms]
            # To stay with one virtual domain for long spares plays.
            found = self._first(groups, [at, *range(at)], (self._whole,))
            found = found or self._first(groups, [at, *range(len(groups))], (self._whole, self._partial))
            step = found or self._bare(left)
            at = vdoms.index(step.part.vdom)
            left = [number for number in left if self._parts[number] is not step.part or step.keys is not None]
            yield step

    def _first(
        self,
        groups: Sequence[Sequence[int]],
        order: Iterable[int],
        makers: Sequence[Callable[[Sequence[int]], Step | None]],
    ) -> Step | None:
        return next((step for index in order for make in makers if (step := make(groups[index]))), None)

    def _whole(self, numbers: Sequence[int]) -> Step | None:
        """A part that waits for nothing."""
        for number in numbers:
            if not self._open[number]:
                self._finish((number, index) for index in self._rows(number))
                return Step(self._parts[number])
        return None

    def _finish(self, rows: Iterable[_Row]) -> None:
        for row in rows:
            if row not in self._done:
                self._done.add(row)
                for waiting in self._waiting[row]:
                    self._open[waiting[0]] -= 1

    def _partial(self, numbers: Sequence[int]) -> Step | None:
        """The rows of a part that wait for nothing, if others wait for any of them."""
        for number in numbers:
            free = self._free(number)
            if any(self._awaited((number, index)) for index in free):
                self._finish((number, index) for index in free)
                return Step(self._parts[number], [self._key(number, index) for index in free])
        return None

    def _free(self, number: int) -> list[int]:
        """The rows of a part that wait for nothing: neither do the rows of the part that they refer to."""
        part = self._parts[number]
        free = {index for index in range(len(part.rows)) if not self._blocked((number, index))}
        inner = {
            index: {target[1] for _field, target in self._names.targets(part, part.rows[index]) if target[0] == number}
            for index in free
        }
        while bound := {index for index in free if not inner[index] <= free}:
            free -= bound
        return sorted(free)

    def _awaited(self, row: _Row) -> bool:
        return row not in self._done and bool(self._waiting[row])

    def _blocked(self, row: _Row) -> bool:
        return any(not targets <= self._done for targets in self._waits[row].values())

    def _key(self, number: int, index: int) -> Any:
        part = self._parts[number]
        return part.rows[index][part.schema.key.name] if part.schema.is_table else None

    def _bare(self, left: Sequence[int]) -> Step:
        """Rows that wait for each other: those of the first part, without the fields that are in the way."""
        number = next(number for number in left if any(self._awaited((number, index)) for index in self._rows(number)))
        part = self._parts[number]
        rows = []
        for index in self._rows(number):
            if (number, index) in self._done:
                continue
            waits = self._waits[number, index]
            bad = {field for field, targets in waits.items() if not targets <= self._done}
            rows.append({name: value for name, value in part.rows[index].items() if name not in bad})
        self._finish([(number, index) for index in self._rows(number)])
        return Step(replace(part, rows=rows), bare=True)

    def _rows(self, number: int) -> range:
        return range(len(self._parts[number].rows))


class _Names:
    """The rows that references can mean."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._numbers = {(part.vdom, part.schema.path): number for number, part in enumerate(parts)}
        self._parts = parts
        self._tables = {part.schema.ref_path: part.schema.path for part in parts}
        self._found: dict[tuple[int, tuple[str, ...]], Mapping[str, int]] = {}

    def targets(self, part: Part, row: Values) -> Iterator[tuple[str, _Row]]:
        """What a row refers to, each with the field of the row through which it does."""
        # What belongs to the whole device may name what one virtual domain has: its own, or the managing one.
        vdom = str(row.get("vdom", ROOT)) if part.vdom == GLOBAL else part.vdom
        for name, value in row.items():
            for ref, key in _references(part.schema.fields[name], value):
                yield from ((name, target) for target in self._rows(vdom, ref, key))
        if part.vdom not in (GLOBAL, ROOT):
            yield from (("", target) for target in self._rows(GLOBAL, "system.vdom.name", part.vdom))
        if part.schema.path == _INTERFACES:
            yield from (("", target) for target in self._bringing(str(row["name"])))

    def _bringing(self, interface: str) -> Iterator[_Row]:
        for (_vdom, path), number in self._numbers.items():
            if path in _BRING_INTERFACES:
                index = self._index(number, ()).get(interface)
                if index is not None:
                    yield number, index

    def _rows(self, vdom: str, ref: str, key: str) -> Iterator[_Row]:
        """The rows of `vdom` and of the whole device that a reference can mean (of a child table: those with it)."""
        names = ref.split(".")[:-1]
        for length in range(len(names), 0, -1):
            path = self._tables.get(".".join(names[:length]))
            if path is None:
                continue
            for home in (vdom, GLOBAL):
                number = self._numbers.get((home, path))
                index = None if number is None else self._index(number, tuple(names[length:])).get(key)
                if number is not None and index is not None:
                    yield number, index
            return

    def _index(self, number: int, child: tuple[str, ...]) -> Mapping[str, int]:
        """Keys of rows, or of what the child table in them holds, and in which row each is."""
        if (number, child) not in self._found:
            part = self._parts[number]
            self._found[number, child] = {
                key: index for index, row in enumerate(part.rows) for key in _keys(part.schema, row, child)
            }
        return self._found[number, child]


def _keys(schema: Schema, row: Values, child: tuple[str, ...]) -> Iterator[str]:
    fields, mkey, rows = schema.fields, schema.mkey, [row]
    for name in child:
        field = fields.get(name)
        if field is None:
            return
        rows = [item for outer in rows for item in _inner(outer.get(name))]
        fields, mkey = field.fields, field.mkey
    if mkey is not None:
        yield from (str(item[mkey]) for item in rows if mkey in item)


def _inner(value: Any) -> list[Values]:
    if isinstance(value, Mapping):
        return [dict(value)]
    return value if isinstance(value, list) else []


def _references(field: Field, value: Any) -> Iterator[tuple[str, str]]:
    """The references in a value: each table that it may mean, and the key."""
    for inner in _inner(value) if field.fields else ():
        for name, item in inner.items():
            yield from _references(field.fields[name], item)
    if field.refs and not field.fields:
        for key in words(value) if field.multiple else [str(value)]:
            yield from ((ref, key) for ref in field.refs)
