# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bases of the generated endpoint tree: what a branch, a table and a singleton can do, in both modes.

Every operation is written once, as a generator that yields requests and is sent their answers; the `Runner` of the
tree makes it a call or a coroutine. A generated class adds nothing but the facts and the types of its endpoint.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Coroutine, Generator, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, TypedDict, TypeVar, overload

from .errors import FortiOSError, InvalidValueError, NotFoundError, error_from_response
from .http.interface import Params, Request
from .schema import Facts, Schema

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from typing_extensions import Unpack

    from .runner import Runner
    from .schema import Field


class Sync:
    """Marks a tree whose methods return values."""


class Async:
    """Marks a tree whose methods return coroutines."""


M = TypeVar("M", Sync, Async)
O = TypeVar("O")  # noqa: E741 - the type of an object of the endpoint
T = TypeVar("T")

#: An operation: yields requests, is sent decoded answers, returns the result.
Flow = Generator[Request, Any, T]


class Page(NamedTuple):
    """A page of rows, and the index at which the next one starts (None: there is none)."""

    rows: list[Any]
    start: int | None


class Answer(TypedDict, total=False):
    """What the device answers to a write: the key of the row, and whether the table changed (`revision_changed`)."""

    http_method: str
    mkey: str
    revision: str
    revision_changed: bool
    old_revision: str
    status: str
    http_status: int
    vdom: str
    path: str
    name: str
    serial: str
    version: str
    build: int


class Query(TypedDict, total=False):
    """What a read can ask for.

    `filter` is an expression such as ``name=@web``, or several that must all hold. `format` names the fields to
    return. `sort` is a field, or several, each with ``,asc`` or ``,dsc`` behind it. `start` and `count` select rows.
    `vdom` is a name, several, or ``*`` for all: rows of several vdoms come in one list. `params` are any other query
    parameters of the API.
    """

    filter: str | Sequence[str]
    format: Sequence[str]
    sort: str | Sequence[str]
    start: int
    count: int
    vdom: str | Sequence[str]
    params: Params


class Node(Generic[M]):
    """A branch of the tree of endpoints.

    The children of a generated class are its annotations, and are imported on first use:

    - ``address: firewall_address.Address[M]`` is the class ``Address`` in the module ``api.<CHILDREN>.address``
      (the part before the dot is a name that only type checkers see);
    - ``service: FirewallService[M]``, without a dot, is a class of the file that the branch itself is in.
    """

    #: The package below ``api`` that holds the modules of the children, e.g. ``cmdb.firewall``.
    CHILDREN: ClassVar[str] = ""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner

    @classmethod
    @cache
    def _children(cls) -> dict[str, tuple[type[Any], str]]:
        """Each child's name, the class that declares it, and its annotation without the mode."""
        from inspect import get_annotations

        return {
            name: (owner, annotation.removesuffix("[M]"))
            for owner in reversed(cls.__mro__)
            for name, annotation in get_annotations(owner).items()
            if isinstance(annotation, str) and annotation.endswith("[M]")
        }

    # Hidden from type checkers, which know the children and shall report any other name.
    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            if name.startswith("__") or name not in self._children():
                raise AttributeError(self._unknown(name), name=name, obj=self)
            owner, annotation = self._children()[name]
            module, _dot, class_name = annotation.rpartition(".")
            if module:
                home = import_module(f"{__package__}.api.{owner.CHILDREN}.{name}")
            else:
                home = sys.modules[owner.__module__]
            child = getattr(home, class_name)(self._runner)
            setattr(self, name, child)
            return child

    def _unknown(self, name: str) -> str:
        from difflib import get_close_matches

        near = get_close_matches(name, self._children(), n=3)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        return f"{type(self).__name__} has no endpoint {name!r}{hint}"

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self._children()})

    def __repr__(self) -> str:
        return f"<{type(self).__name__} of {self._runner!r}>"


class Endpoint(Node[M]):
    """What every endpoint has: the facts of the catalogue."""

    FACTS: ClassVar[Facts] = {}

    @classmethod
    @cache
    def schema(cls) -> Schema:
        """The typed facts of a configuration endpoint."""
        return Schema.from_facts(cls.FACTS)

    def __repr__(self) -> str:
        return f"<{self.FACTS.get('path', type(self).__name__)} of {self._runner!r}>"


class _Configuration(Endpoint[M]):
    """What tables and singletons share."""

    @classmethod
    @cache
    def _fields_by_name(cls) -> dict[str, Field]:
        """The fields under their wire names and under their Python names."""
        from .names import python_name

        fields = cls.schema().fields
        return {**{python_name(name): field for name, field in fields.items()}, **fields}

    def _body(self, data: Mapping[str, Any] | None, fields: Mapping[str, Any]) -> dict[str, Any]:
        """The request body: `data` under wire or Python names, with keyword `fields` over it, as the API takes it.

        A value of None leaves its field out, and so do the names that only the device writes (``q_...``).

        :raises InvalidValueError: a name that the endpoint does not have, or a value of the wrong shape
        """
        from .values import ValueProblem, to_wire, unknown_field

        known = self._fields_by_name()
        body = {}
        try:
            for name, value in {**(data or {}), **fields}.items():
                if value is None or (name.startswith("q_") and name not in known):
                    continue
                if name not in known:
                    raise unknown_field(name, known)
                body[known[name].name] = to_wire(known[name], value)
        except ValueProblem as problem:
            path = self.schema().path
            raise InvalidValueError(f"{path}: {problem.path}: {problem.reason}", field=problem.path) from None
        return body

    def _write_params(self, fields: dict[str, Any]) -> Params:
        """The query of a write: `vdom` among the keywords names where to write, unless it is a field of the object."""
        if "vdom" in fields and "vdom" not in self.schema().fields:
            return {"vdom": fields.pop("vdom")}
        return {}

    def _write(self, method: str, *keys: str | int, json: Any = None, params: Params | None = None) -> Flow[Answer]:
        answer: Answer = yield Request(method, self.schema().url(*keys), params or {}, json)
        return answer

    def _read(self, *keys: str | int, params: Params) -> Flow[Any]:
        answer = yield Request("GET", self.schema().url(*keys), params)
        return _results(answer, self.schema().url(*keys))


class Table(_Configuration[M], Generic[O, M]):
    """A configuration table: rows under a key (`mkey`).

    In async mode every method returns a coroutine of what it returns in sync mode. All raise `FortiOSError`.
    """

    @overload
    def get(self: Table[O, Sync], mkey: None = None, **query: Unpack[Query]) -> list[O]: ...

    @overload
    def get(self: Table[O, Async], mkey: None = None, **query: Unpack[Query]) -> Coroutine[Any, Any, list[O]]: ...

    @overload
    def get(self: Table[O, Sync], mkey: str | int, **query: Unpack[Query]) -> O: ...

    @overload
    def get(self: Table[O, Async], mkey: str | int, **query: Unpack[Query]) -> Coroutine[Any, Any, O]: ...

    def get(self, mkey: str | int | None = None, **query: Any) -> Any:
        """All rows that the query selects, or the row under `mkey`.

        :raises NotFoundError: there is no row under `mkey`
        """
        params = query_params(**query)
        return self._runner.run(self._read(params=params) if mkey is None else self._row(mkey, params))

    def _row(self, mkey: str | int, params: Params) -> Flow[Any]:
        rows = yield from self._read(mkey, params=params)
        if isinstance(rows, list):
            if not rows:
                path = self.schema().url(mkey)
                raise NotFoundError(f"{self.schema().path} {str(mkey)!r} does not exist", method="GET", path=path)
            return rows[0]
        return rows

    @overload
    def exists(self: Table[O, Sync], mkey: str | int, *, vdom: str | None = None) -> bool: ...

    @overload
    def exists(self: Table[O, Async], mkey: str | int, *, vdom: str | None = None) -> Coroutine[Any, Any, bool]: ...

    def exists(self, mkey: str | int, *, vdom: str | None = None) -> Any:
        """Whether there is a row under `mkey`. A refusal is an error, not an answer.

        :raises PermissionDeniedError: the administrator may not know
        """
        return self._runner.run(self._exists(mkey, query_params(format=[self.schema().key.name], vdom=vdom)))

    def _exists(self, mkey: str | int, params: Params) -> Flow[bool]:
        try:
            yield from self._row(mkey, params)
        except NotFoundError:
            return False
        return True

    @overload
    def post(self: Table[O, Sync], data: Mapping[str, Any] | None = None, /, **fields: Any) -> Answer: ...

    @overload
    def post(
        self: Table[O, Async], data: Mapping[str, Any] | None = None, /, **fields: Any
    ) -> Coroutine[Any, Any, Answer]: ...

    def post(self, data: Mapping[str, Any] | None = None, /, **fields: Any) -> Any:
        """Create a row from `data` (wire names) and keyword fields (Python names: ``src_port``).

        Rows of references may be plain names, multiple values a list. ``vdom="name"`` writes to another vdom, unless
        the row has a field of that name.

        :raises DuplicateError: a row with the key exists
        :raises InvalidValueError: a name or value is not one that the endpoint takes
        """
        params = self._write_params(fields)
        return self._runner.run(self._write("POST", json=self._body(data, fields), params=params))

    @overload
    def put(
        self: Table[O, Sync], mkey: str | int, data: Mapping[str, Any] | None = None, /, **fields: Any
    ) -> Answer: ...

    @overload
    def put(
        self: Table[O, Async], mkey: str | int, data: Mapping[str, Any] | None = None, /, **fields: Any
    ) -> Coroutine[Any, Any, Answer]: ...

    def put(self, mkey: str | int, data: Mapping[str, Any] | None = None, /, **fields: Any) -> Any:
        """Change the given fields of the row under `mkey`; a child table is replaced as a whole. Else as `post`.

        :raises NotFoundError: there is no row under `mkey`
        """
        params = self._write_params(fields)
        return self._runner.run(self._write("PUT", mkey, json=self._body(data, fields), params=params))

    @overload
    def delete(self: Table[O, Sync], mkey: str | int, *, vdom: str | None = None) -> Answer: ...

    @overload
    def delete(self: Table[O, Async], mkey: str | int, *, vdom: str | None = None) -> Coroutine[Any, Any, Answer]: ...

    def delete(self, mkey: str | int, *, vdom: str | None = None) -> Any:
        """Delete the row under `mkey`.

        :raises NotFoundError: there is no such row
        :raises InUseError: others refer to it
        """
        if mkey == "":
            # The path of an empty key is that of the table, which a DELETE empties.
            raise InvalidValueError(f"{self.schema().path}: a row to delete needs a key")
        return self._runner.run(self._write("DELETE", mkey, params=query_params(vdom=vdom)))

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
    def iterate(self: Table[O, Sync], page: int = 1000, **query: Unpack[Query]) -> Iterator[O]: ...

    @overload
    def iterate(self: Table[O, Async], page: int = 1000, **query: Unpack[Query]) -> AsyncIterator[O]: ...

    def iterate(self, page: int = 1000, **query: Any) -> Any:
        """The rows that the query selects, read `page` rows at a time, for ``for`` or ``async for``.

        A row can be missed or come twice when others change the table meanwhile.
        """
        params = query_params(**query)
        return self._runner.pages(lambda start: self._page(start, page, params))

    def _page(self, start: int, size: int, params: Params) -> Flow[Page]:
        url = self.schema().url()
        answer = yield Request("GET", url, {**params, "start": start, "count": size})
        rows = _results(answer, url)
        if len(rows) > size:
            # The device ignored the page and sent everything.
            return Page(rows[start:], None)
        total = answer.get("matched_count") if isinstance(answer, dict) else None
        end = start + len(rows)
        more = end < total if isinstance(total, int) else True
        return Page(rows, end if more and len(rows) == size else None)

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


class Singleton(_Configuration[M], Generic[O, M]):
    """A configuration object of which there is one. In async mode every method returns a coroutine."""

    @overload
    def get(self: Singleton[O, Sync], **query: Unpack[Query]) -> O: ...

    @overload
    def get(self: Singleton[O, Async], **query: Unpack[Query]) -> Coroutine[Any, Any, O]: ...

    def get(self, **query: Any) -> Any:
        """The object."""
        return self._runner.run(self._read(params=query_params(**query)))

    @overload
    def put(self: Singleton[O, Sync], data: Mapping[str, Any] | None = None, /, **fields: Any) -> Answer: ...

    @overload
    def put(
        self: Singleton[O, Async], data: Mapping[str, Any] | None = None, /, **fields: Any
    ) -> Coroutine[Any, Any, Answer]: ...

    def put(self, data: Mapping[str, Any] | None = None, /, **fields: Any) -> Any:
        """Change the given fields, as `Table.put` does.

        :raises InvalidValueError: a name or value is not one that the endpoint takes
        """
        params = self._write_params(fields)
        return self._runner.run(self._write("PUT", json=self._body(data, fields), params=params))

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


#: Makes the flow that reads the page from a start index on.
PageReader = Callable[[int], Flow[Page]]


def query_params(
    *,
    filter: str | Sequence[str] | None = None,  # noqa: A002 - the API's name
    format: Sequence[str] | None = None,  # noqa: A002 - the API's name
    sort: str | Sequence[str] | None = None,
    start: int | None = None,
    count: int | None = None,
    vdom: str | Sequence[str] | None = None,
    params: Params | None = None,
) -> dict[str, str | int | Sequence[str]]:
    """The query parameters of the API for what `Query` asks; what is None is left out."""
    asked: dict[str, str | int | Sequence[str] | None] = {
        **(params or {}),
        "filter": filter,
        "format": format if format is None or isinstance(format, str) else "|".join(format),
        "sort": sort,
        "start": start,
        "count": count,
        "vdom": vdom,
    }
    return {name: value for name, value in asked.items() if value is not None}


def _results(answer: Any, path: str) -> Any:
    """The results of an answer; of the answers of several vdoms, all their rows in one list.

    :raises FortiOSError: one of several vdoms refused, or the answer is no envelope
    """
    if isinstance(answer, Mapping) and "results" in answer:
        return answer["results"]
    if not isinstance(answer, list):
        raise FortiOSError("the device's answer holds no results", method="GET", path=path)
    rows: list[Any] = []
    for envelope in answer:
        if envelope.get("status") == "error":
            status = envelope.get("http_status")
            raise error_from_response(status if isinstance(status, int) else 500, envelope, None, "GET", path)
        results = envelope.get("results", [])
        rows.extend(results if isinstance(results, list) else [results])
    return rows
