# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bases of configuration endpoints: tables and singletons, and the rows and child tables inside them.

Each operation is a flow (see `endpoint`). In sync mode a method returns its result, in async mode a coroutine of it.
All raise `FortiOSError`.
"""

from __future__ import annotations

from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, Literal, overload

from .endpoint import (
    Answer,
    Async,
    Endpoint,
    Flow,
    M,
    Node,
    O,
    Page,
    PagedQuery,
    Query,
    Selection,
    Sync,
    by_vdom,
    envelopes,
    place_name,
    query_params,
    raise_refusal,
    results,
    rows_of,
    several_vdoms,
)
from .errors import InvalidValueError, NotFoundError, TransportError
from .http.interface import Params, Request
from .place import Place

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from typing_extensions import Unpack

    from .runner import Runner
    from .schema import Field, Release
    from .values import ValueProblem


@dataclass(frozen=True, slots=True)
class Change:
    """What `set` did: true when it wrote anything.

    `mkey` is the key of the row, None for a singleton. `fields` are the names on the wire that were written, in
    `answers` is what the device said to each write.
    """

    action: Literal["created", "updated", "unchanged"]
    mkey: str | int | None
    fields: tuple[str, ...] = ()
    answers: tuple[Answer, ...] = ()

    def __bool__(self) -> bool:
        return self.action != "unchanged"


class _Configuration(Node[M]):
    """What every place in the configuration can do."""

    _place: Place

    def _body(self, data: Mapping[str, Any] | None, fields: Mapping[str, Any], *, new: bool = False) -> dict[str, Any]:
        """The request body: `data` under wire or Python names, with keyword `fields` over it, as the API takes it.

        A value of None leaves its field out, and so do the names that only the device writes (``q_...``).

        :raises InvalidValueError: a name that the place does not have, a value of the wrong shape, or, where
            validation is strict, one that the catalogue does not allow
        """
        from .validation import key_problems, place_problems
        from .values import ValueProblem, to_wire, unknown_field

        place, validation = self._place, self._runner.validation
        body = {}
        try:
            for name, value in {**(data or {}), **fields}.items():
                if value is None or (name.startswith("q_") and name not in place.by_name):
                    continue
                if name not in place.by_name:
                    raise unknown_field(name, place.by_name)
                field = place.by_name[name]
                body[field.name] = to_wire(field, value)
        except ValueProblem as problem:
            raise InvalidValueError(
                f"{place.title}: {problem.path}: {problem.reason}", field=problem.path, sent=False
            ) from None
        validation.check(place.title, place_problems(place, body, validation.release))
        if new:
            validation.check(place.title, key_problems(place, body))
        return body

    def _write_params(self, fields: dict[str, Any]) -> Params:
        """The query of a write: `vdom` among the keywords names where to write, unless it is a field of the object."""
        if "vdom" in fields and "vdom" not in self._place.fields:
            return {"vdom": fields.pop("vdom")}
        return {}

    def _write(self, method: str, *keys: str | int, json: Any = None, params: Params | None = None) -> Flow[Answer]:
        return _write(Request(method, self._place.url(*keys), params or {}, json))

    def _read(self, *keys: str | int, params: Params) -> Flow[Any]:
        path = self._place.url(*keys)
        return results((yield Request("GET", path, params)), path)

    def _row(self, *keys: str | int, params: Params) -> Flow[Any]:
        """One object; the device sends a row in a list of one."""
        return self._only((yield from self._read(*keys, params=params)), *keys)

    def _only(self, found: Any, *keys: str | int) -> Any:
        if not isinstance(found, list):
            return found
        if not found:
            inside = "/".join(map(str, (*self._place.segments, *keys)))
            path = self._place.url(*keys)
            raise NotFoundError(f"{self._place.schema.path} {inside!r} does not exist", method="GET", path=path)
        return found[0]

    def _compared(self, *keys: str | int, params: Params) -> Flow[Any]:
        """The object to compare with.

        :raises InvalidValueError: several vdoms or devices are meant, each of which may differ in a way of its own
        """
        if several_vdoms(params or self._runner.place):
            raise self._several()
        path = self._place.url(*keys)
        answer = yield Request("GET", path, params)
        if len(envelopes(answer)) > 1:
            raise self._several()
        return self._only(results(answer, path), *keys)

    def _several(self) -> InvalidValueError:
        return InvalidValueError(
            f"{self._place.title}: set works in one vdom of one device, not in several at once",
            hint="Call it for each of them", sent=False,
        )  # fmt: skip

    def _by_vdom(self, params: Params, path: str) -> Flow[dict[str, Any]]:
        return by_vdom((yield Request("GET", path, params)), path)

    def problems(self, data: Mapping[str, Any], release: str | None = None) -> list[ValueProblem]:
        """What the catalogue has against values (wire names) for a row or object, on `release` if one is given.

        Asks no device. See `values.ValueProblem`; no problem, no guarantee: the device knows more.
        """
        from .schema import parse_release
        from .validation import place_problems
        from .values import ValueProblem, fields_to_wire

        wanted: Release | None = parse_release(release) if release else self._runner.validation.release
        try:
            return list(place_problems(self._place, fields_to_wire(self._place.fields, data), wanted))
        except ValueProblem as problem:
            return [problem]


class Rows(_Configuration[M], Generic[O, M]):
    """Rows under a key (`mkey`): of a table, or of a child table of another row."""

    @overload
    def get(self: Rows[O, Sync], mkey: None = None, **query: Unpack[Query]) -> list[O]: ...

    @overload
    def get(self: Rows[O, Async], mkey: None = None, **query: Unpack[Query]) -> Coroutine[Any, Any, list[O]]: ...

    @overload
    def get(self: Rows[O, Sync], mkey: str | int, **query: Unpack[Query]) -> O: ...

    @overload
    def get(self: Rows[O, Async], mkey: str | int, **query: Unpack[Query]) -> Coroutine[Any, Any, O]: ...

    def get(self, mkey: str | int | None = None, **query: Any) -> Any:
        """All rows that the query selects, or the row under `mkey`.

        :raises NotFoundError: there is no row under `mkey`
        """
        params = query_params(**query)
        return self._runner.run(self._read(params=params) if mkey is None else self._row(mkey, params=params))

    @overload
    def by_vdom(
        self: Rows[O, Sync], vdom: str | Sequence[str] = "*", **query: Unpack[Selection]
    ) -> dict[str, list[O]]: ...

    @overload
    def by_vdom(
        self: Rows[O, Async], vdom: str | Sequence[str] = "*", **query: Unpack[Selection]
    ) -> Coroutine[Any, Any, dict[str, list[O]]]: ...

    def by_vdom(self, vdom: str | Sequence[str] = "*", **query: Any) -> Any:
        """The rows that the query selects in each of several vdoms (``*``: all), under the name of the vdom."""
        return self._runner.run(self._by_vdom(query_params(vdom=vdom, **query), self._place.url()))

    @overload
    def exists(self: Rows[O, Sync], mkey: str | int, *, vdom: str | None = None) -> bool: ...

    @overload
    def exists(self: Rows[O, Async], mkey: str | int, *, vdom: str | None = None) -> Coroutine[Any, Any, bool]: ...

    def exists(self, mkey: str | int, *, vdom: str | None = None) -> Any:
        """Whether there is a row under `mkey`. A refusal is an error, not an answer.

        :raises PermissionDeniedError: the administrator may not know
        """
        key = self._place.mkey
        return self._runner.run(self._exists(mkey, query_params(format=[key] if key else None, vdom=vdom)))

    def _exists(self, mkey: str | int, params: Params) -> Flow[bool]:
        try:
            yield from self._row(mkey, params=params)
        except NotFoundError:
            return False
        return True

    @overload
    def post(self: Rows[O, Sync], data: Mapping[str, Any] | None = None, /, **fields: Any) -> Answer: ...

    @overload
    def post(
        self: Rows[O, Async], data: Mapping[str, Any] | None = None, /, **fields: Any
    ) -> Coroutine[Any, Any, Answer]: ...

    def post(self, data: Mapping[str, Any] | None = None, /, **fields: Any) -> Any:
        """Create a row from `data` (wire names) and keyword fields (Python names: ``src_port``).

        Rows of references may be plain names, multiple values a list. ``vdom="name"`` writes to another vdom, unless
        the row has a field of that name.

        :raises DuplicateError: a row with the key exists
        :raises InvalidValueError: a name or value is not one that the endpoint takes
        """
        params = self._write_params(fields)
        return self._runner.run(self._write("POST", json=self._body(data, fields, new=True), params=params))

    @overload
    def put(
        self: Rows[O, Sync], mkey: str | int, data: Mapping[str, Any] | None = None, /, **fields: Any
    ) -> Answer: ...

    @overload
    def put(
        self: Rows[O, Async], mkey: str | int, data: Mapping[str, Any] | None = None, /, **fields: Any
    ) -> Coroutine[Any, Any, Answer]: ...

    def put(self, mkey: str | int, data: Mapping[str, Any] | None = None, /, **fields: Any) -> Any:
        """Change the given fields of the row under `mkey`; a child table is replaced as a whole. Else as `post`.

        :raises NotFoundError: there is no row under `mkey`
        """
        params = self._write_params(fields)
        return self._runner.run(self._write("PUT", mkey, json=self._body(data, fields), params=params))

    @overload
    def set(self: Rows[O, Sync], data: Mapping[str, Any] | None = None, /, **fields: Any) -> Change: ...

    @overload
    def set(
        self: Rows[O, Async], data: Mapping[str, Any] | None = None, /, **fields: Any
    ) -> Coroutine[Any, Any, Change]: ...

    def set(self, data: Mapping[str, Any] | None = None, /, **fields: Any) -> Any:
        """Create the row, or give the existing one the given fields: whatever `post` and `put` would do, as needed.

        The row is read and compared first; only what differs is written. The key is among the fields. Secrets cannot
        be compared, and are written whenever they are given. Rows of a child table with secrets are written one by
        one, so that after an error some of them may be written.

        :raises InvalidValueError: the key is missing, a name or value is not one that the endpoint takes, or several
            vdoms or devices are meant, which can differ each in its own way
        """
        params = self._write_params(fields)
        body = self._body(data, fields)
        if body.get(self._place.mkey or "") in (None, ""):
            raise InvalidValueError(
                f"{self._place.title}: a row to set needs its key, the field {self._place.mkey}", sent=False
            )
        return self._runner.run(self._set(body, params))

    def _set(self, wanted: Mapping[str, Any], params: Params) -> Flow[Change]:
        mkey: str | int = wanted[self._place.mkey or ""]
        try:
            actual = yield from self._compared(mkey, params=params)
        except NotFoundError:
            answer = yield from self._write("POST", json=wanted, params=params)
            return Change("created", answer.get("mkey", mkey), tuple(wanted), (answer,))
        return (yield from _update(self._place.row(mkey), wanted, actual, params, self._place.mkey))

    @overload
    def delete(self: Rows[O, Sync], mkey: str | int, *, vdom: str | None = None) -> Answer: ...

    @overload
    def delete(self: Rows[O, Async], mkey: str | int, *, vdom: str | None = None) -> Coroutine[Any, Any, Answer]: ...

    def delete(self, mkey: str | int, *, vdom: str | None = None) -> Any:
        """Delete the row under `mkey`.

        :raises NotFoundError: there is no such row
        :raises InUseError: others refer to it
        """
        return self._runner.run(self._write("DELETE", mkey, params=query_params(vdom=vdom)))

    @overload
    def iterate(self: Rows[O, Sync], page: int = 1000, **query: Unpack[PagedQuery]) -> Iterator[O]: ...

    @overload
    def iterate(self: Rows[O, Async], page: int = 1000, **query: Unpack[PagedQuery]) -> AsyncIterator[O]: ...

    def iterate(self, page: int = 1000, **query: Any) -> Any:
        """The rows that the query selects, read `page` rows at a time, for ``for`` or ``async for``.

        Of several vdoms, `page` rows of each are read at a time. A row can be missed or come twice when others
        change the table meanwhile.

        :raises ValueError: `page` is less than 1
        :raises TypeError: `start` or `count` is given
        """
        if page < 1:
            raise ValueError("a page has at least one row")
        if query.keys() & {"start", "count"}:
            raise TypeError("iterate reads all rows, page by page, and takes no start or count")
        params = query_params(**query)
        before: dict[str, list[Any] | None] = {}
        return self._runner.pages(lambda start: self._page(start, page, params, before))

    def _page(self, start: int, size: int, params: Params, before: dict[str, list[Any] | None]) -> Flow[Page]:
        """The page of each vdom; `before` keeps what each sent last, None once it has sent all."""
        path = self._place.url()
        answer = yield Request("GET", path, {**params, "start": start, "count": size})
        rows: list[Any] = []
        for envelope in envelopes(answer):
            found = rows_of(envelope, path)
            place = place_name(envelope)
            last = before.get(place, [])
            if last is None or (found == last and self._can_tell(found)):
                # It has no more rows, or ignores pages, and sends again what it sent before.
                before[place] = None
                continue
            total = envelope.get("matched_count")
            is_last = len(found) != size or (isinstance(total, int) and start + size >= total)
            before[place] = None if is_last else found
            # More than a page is everything.
            rows += found[start:] if len(found) > size else found
        return Page(rows, None if all(last is None for last in before.values()) else start + size)

    def _can_tell(self, rows: list[Any]) -> bool:
        """Whether rows tell which ones they are: without their keys, different ones may look the same."""
        return all(isinstance(row, Mapping) and ("q_origin_key" in row or self._place.mkey in row) for row in rows)

    def __getitem__(self, mkey: str | int) -> Row[O, M]:
        """The row under `mkey`, whether it exists or not: a place to read, write, and reach child tables from."""
        return Row(self._runner, self._place.row(mkey))


class Table(Rows[O, M], Endpoint[M]):
    """A configuration table."""

    @cached_property
    def _place(self) -> Place:  # type: ignore[override]
        return Place.of(self.schema())

    @overload
    def rename(self: Table[O, Sync], mkey: str | int, new: str | int, *, vdom: str | None = None) -> Answer: ...

    @overload
    def rename(
        self: Table[O, Async], mkey: str | int, new: str | int, *, vdom: str | None = None
    ) -> Coroutine[Any, Any, Answer]: ...

    def rename(self, mkey: str | int, new: str | int, *, vdom: str | None = None) -> Any:
        """Give the row under `mkey` the key `new`; references follow it."""
        body = self._body({self._place.mkey or "": new}, {})
        return self._runner.run(self._write("PUT", mkey, json=body, params=query_params(vdom=vdom)))

    @overload
    def move(
        self: Table[O, Sync],
        mkey: str | int,
        *,
        before: str | int | None = None,
        after: str | int | None = None,
        vdom: str | None = None,
    ) -> Answer: ...

    @overload
    def move(
        self: Table[O, Async],
        mkey: str | int,
        *,
        before: str | int | None = None,
        after: str | int | None = None,
        vdom: str | None = None,
    ) -> Coroutine[Any, Any, Answer]: ...

    def move(
        self,
        mkey: str | int,
        *,
        before: str | int | None = None,
        after: str | int | None = None,
        vdom: str | None = None,
    ) -> Any:
        """Put the row before or after another one: the order of evaluation, in tables that have one.

        :raises ValueError: not exactly one of `before` and `after` is given
        """
        if (before is None) == (after is None):
            raise ValueError("move takes one of before and after")
        params = query_params(vdom=vdom, params={"action": "move"})
        if before is not None:
            params["before"] = before
        if after is not None:
            params["after"] = after
        return self._runner.run(self._write("PUT", mkey, params=params))

    @overload
    def clone(self: Table[O, Sync], mkey: str | int, new: str | int, *, vdom: str | None = None) -> Answer: ...

    @overload
    def clone(
        self: Table[O, Async], mkey: str | int, new: str | int, *, vdom: str | None = None
    ) -> Coroutine[Any, Any, Answer]: ...

    def clone(self, mkey: str | int, new: str | int, *, vdom: str | None = None) -> Any:
        """Copy the row under `mkey` to the key `new`."""
        params = query_params(vdom=vdom, params={"action": "clone", "nkey": new})
        return self._runner.run(self._write("POST", mkey, params=params))

    @overload
    def defaults(self: Table[O, Sync]) -> O: ...

    @overload
    def defaults(self: Table[O, Async]) -> Coroutine[Any, Any, O]: ...

    def defaults(self) -> Any:
        """The values that this device gives to the fields of a new row."""
        return self._runner.run(self._read(params={"action": "default"}))

    @overload
    def describe(self: Table[O, Sync]) -> dict[str, Any]: ...

    @overload
    def describe(self: Table[O, Async]) -> Coroutine[Any, Any, dict[str, Any]]: ...

    def describe(self) -> Any:
        """The device's own description of the table (``action=schema``); `schema` is the catalogue's."""
        return self._runner.run(self._read(params={"action": "schema"}))


class ChildTable(Rows[O, M]):
    """A table inside a row or a singleton: ``fgt.api.cmdb.firewall.addrgrp["g1"].member``."""

    def __init__(self, runner: Runner, place: Place) -> None:
        super().__init__(runner)
        self._place = place

    def __repr__(self) -> str:
        return f"<{self._place.title} of {self._runner!r}>"


class Object(_Configuration[M], Generic[O, M]):
    """One object. Its child tables, and the objects inside it, are attributes (Python names)."""

    @overload
    def get(self: Object[O, Sync], **query: Unpack[Query]) -> O: ...

    @overload
    def get(self: Object[O, Async], **query: Unpack[Query]) -> Coroutine[Any, Any, O]: ...

    def get(self, **query: Any) -> Any:
        """The object.

        :raises NotFoundError: it is a row that does not exist
        """
        return self._runner.run(self._row(params=query_params(**query)))

    @overload
    def by_vdom(self: Object[O, Sync], vdom: str | Sequence[str] = "*", **query: Unpack[Selection]) -> dict[str, O]: ...

    @overload
    def by_vdom(
        self: Object[O, Async], vdom: str | Sequence[str] = "*", **query: Unpack[Selection]
    ) -> Coroutine[Any, Any, dict[str, O]]: ...

    def by_vdom(self, vdom: str | Sequence[str] = "*", **query: Any) -> Any:
        """The object of each of several vdoms (``*``: all), under the name of the vdom."""
        return self._runner.run(self._by_vdom(query_params(vdom=vdom, **query), self._place.url()))

    @overload
    def put(self: Object[O, Sync], data: Mapping[str, Any] | None = None, /, **fields: Any) -> Answer: ...

    @overload
    def put(
        self: Object[O, Async], data: Mapping[str, Any] | None = None, /, **fields: Any
    ) -> Coroutine[Any, Any, Answer]: ...

    def put(self, data: Mapping[str, Any] | None = None, /, **fields: Any) -> Any:
        """Change the given fields, as `Rows.put` does.

        :raises InvalidValueError: a name or value is not one that the endpoint takes
        """
        params = self._write_params(fields)
        return self._runner.run(self._write("PUT", json=self._body(data, fields), params=params))

    @overload
    def set(self: Object[O, Sync], data: Mapping[str, Any] | None = None, /, **fields: Any) -> Change: ...

    @overload
    def set(
        self: Object[O, Async], data: Mapping[str, Any] | None = None, /, **fields: Any
    ) -> Coroutine[Any, Any, Change]: ...

    def set(self, data: Mapping[str, Any] | None = None, /, **fields: Any) -> Any:
        """Give the object the given fields: reads, compares, and writes only what differs. See `Rows.set`.

        :raises InvalidValueError: a name or value is not one that the endpoint takes
        """
        params = self._write_params(fields)
        return self._runner.run(self._set(self._body(data, fields), params))

    def _set(self, wanted: Mapping[str, Any], params: Params) -> Flow[Change]:
        actual = yield from self._compared(params=params)
        return (yield from _update(self._place, wanted, actual, params))

    # Hidden from type checkers, which see the child tables that generated classes declare.
    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            if not name.startswith("_") and name not in self._children():
                field: Field | None = self._place.by_name.get(name)
                if field is not None and field.mkey:
                    return ChildTable(self._runner, self._place.inside(field))
                if field is not None and field.is_object:
                    return Inner(self._runner, self._place.inside(field))
            return super().__getattr__(name)

    def __dir__(self) -> list[str]:
        from .names import python_name

        fields = self._place.fields.values()
        inside: list[str] = [python_name(field.name) for field in fields if field.mkey or field.is_object]
        return sorted([*super().__dir__(), *inside])


class Singleton(Object[O, M], Endpoint[M]):
    """A configuration object of which there is one."""

    @cached_property
    def _place(self) -> Place:  # type: ignore[override]
        return Place.of(self.schema())

    @overload
    def defaults(self: Singleton[O, Sync]) -> O: ...

    @overload
    def defaults(self: Singleton[O, Async]) -> Coroutine[Any, Any, O]: ...

    def defaults(self) -> Any:
        """The values that this device gives to the fields by itself."""
        return self._runner.run(self._read(params={"action": "default"}))

    @overload
    def describe(self: Singleton[O, Sync]) -> dict[str, Any]: ...

    @overload
    def describe(self: Singleton[O, Async]) -> Coroutine[Any, Any, dict[str, Any]]: ...

    def describe(self) -> Any:
        """The device's own description of the object (``action=schema``); `schema` is the catalogue's."""
        return self._runner.run(self._read(params={"action": "schema"}))


class Inner(Object[O, M]):
    """An object inside another: ``fgt.api.cmdb.wireless_controller.wtp_profile["p"].radio_1``."""

    def __init__(self, runner: Runner, place: Place) -> None:
        super().__init__(runner)
        self._place = place

    def __repr__(self) -> str:
        return f"<{self._place.title} of {self._runner!r}>"


class Row(Inner[O, M]):
    """The row of a table under a key, whether it exists or not."""

    @overload
    def exists(self: Row[O, Sync], *, vdom: str | None = None) -> bool: ...

    @overload
    def exists(self: Row[O, Async], *, vdom: str | None = None) -> Coroutine[Any, Any, bool]: ...

    def exists(self, *, vdom: str | None = None) -> Any:
        """Whether the row exists. A refusal is an error, not an answer."""
        return self._runner.run(self._exists(query_params(vdom=vdom)))

    def _exists(self, params: Params) -> Flow[bool]:
        try:
            yield from self._row(params=params)
        except NotFoundError:
            return False
        return True

    @overload
    def delete(self: Row[O, Sync], *, vdom: str | None = None) -> Answer: ...

    @overload
    def delete(self: Row[O, Async], *, vdom: str | None = None) -> Coroutine[Any, Any, Answer]: ...

    def delete(self, *, vdom: str | None = None) -> Any:
        """Delete the row.

        :raises NotFoundError: there is no such row
        :raises InUseError: others refer to it
        """
        return self._runner.run(self._write("DELETE", params=query_params(vdom=vdom)))


def _write(request: Request) -> Flow[Answer]:
    """Send a write. One with global scope is answered by a list of one, one to several places by a list of theirs.

    :raises FortiOSError: a place refused (the first that did), or the answer is not one to a write
    """
    told = envelopes((yield request))
    if not told or not all(isinstance(one, Mapping) for one in told):
        raise TransportError(
            "the device's answer to a write is none that could be read", method=request.method, path=request.path,
            hint="The write may have taken effect: read what is there",
        )  # fmt: skip
    for one in told:
        raise_refusal(one, request.method, request.path)
    given: Answer = told[0]
    return given


def _update(
    place: Place, wanted: Mapping[str, Any], actual: Mapping[str, Any], params: Params, mkey: str | None = None
) -> Flow[Change]:
    """Write where `wanted` differs from `actual`; a child table that is given gets these rows and no others."""
    from .difference import Rules, difference

    # Fields that are not wanted do not exist for the comparison: these keep their values.
    fields = {name: place.fields[name] for name in wanted}
    found = difference(fields, wanted, actual, Rules(exact=True, secrets=True), mkey=mkey)
    requests = [Request("PUT", place.url(), params, found.body)] if found.body else []
    requests += [Request(row.method, place.url(*row.path), params, row.body) for row in found.rows]
    answers = []
    for request in requests:
        answers.append((yield from _write(request)))
    names = dict.fromkeys((*found.body, *(str(row.path[0]) for row in found.rows)))
    return Change("updated" if answers else "unchanged", wanted.get(mkey or ""), tuple(names), tuple(answers))
