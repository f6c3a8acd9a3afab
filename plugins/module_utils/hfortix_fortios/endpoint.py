# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The base of the generated endpoint tree: its branches and modes, and how operations ask and are answered.

Every operation of an endpoint (`configuration`, `operations`) is written once, as a generator that yields requests and
is sent their answers; the `Runner` of the tree makes it a call or a coroutine. A generated class adds nothing but the
facts and the types of its endpoint.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar, Generic, NamedTuple, TypedDict, TypeVar

from .errors import FortiOSError, InvalidValueError, error_from_response
from .http.interface import Params, Pause, Request
from .schema import Facts, Schema

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Concatenate, ParamSpec, overload

    from .filters import Filter
    from .runner import Runner

    P = ParamSpec("P")


class Sync:
    """Marks a tree whose methods return values."""


class Async:
    """Marks a tree whose methods return coroutines."""


M = TypeVar("M", Sync, Async)
O = TypeVar("O")  # noqa: E741 - the type of an object of the endpoint
T = TypeVar("T")

#: An operation: yields requests and is sent decoded answers, or yields a pause to take; returns the result.
Flow = Generator["Request | Pause", Any, T]


if TYPE_CHECKING:

    class _InBothModes(Generic[P, T]):
        @overload
        def __get__(self, place: Node[Sync], owner: object = None) -> Callable[P, T]: ...

        @overload
        def __get__(self, place: Node[Async], owner: object = None) -> Callable[P, Coroutine[Any, Any, T]]: ...

        def __get__(self, place: Any, owner: object = None) -> Any: ...

    def in_both_modes(method: Callable[Concatenate[Any, P], T]) -> _InBothModes[P, T]:
        """Declares a method of a `Node` by its result: that is what it returns in sync mode, in async mode a coroutine.

        For type checkers, which need no other trace of the two modes in a generated class.
        """


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


class Condition(TypedDict, total=False):
    """What a read can ask for, of whichever rows, in whichever vdom.

    `filter` is a condition such as ``name=@web``, a `Filter` made with `F`, or several of both that must all hold.
    `format` names the fields to return. `sort` is a field, or several, each with ``,asc`` or ``,dsc`` behind it.
    `params` are any other query parameters of the API.
    """

    filter: str | Filter | Sequence[str | Filter]
    format: Sequence[str]
    sort: str | Sequence[str]
    params: Params


class Selection(Condition, total=False):
    """A `Condition`, and `start` and `count`, which select rows by their number."""

    start: int
    count: int


class Query(Selection, total=False):
    """A `Selection`, and `vdom`: a name, several, or ``*`` for all. Rows of several vdoms come in one list."""

    vdom: str | Sequence[str]


class PagedQuery(Condition, total=False):
    """A `Query` of all rows, whose `start` and `count` the SDK chooses."""

    vdom: str | Sequence[str]


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


#: Makes the flow that reads the page from a start index on.
PageReader = Callable[[int], Flow[Page]]


def query_params(
    *,
    filter: str | Iterable[str | Iterable[str]] | None = None,  # noqa: A002 - the API's name
    format: Sequence[str] | None = None,  # noqa: A002 - the API's name
    sort: str | Sequence[str] | None = None,
    start: int | None = None,
    count: int | None = None,
    vdom: str | Sequence[str] | None = None,
    params: Params | None = None,
) -> dict[str, str | int | Sequence[str]]:
    """The query parameters of the API for what `Query` asks; what is None is left out, and stays as in `params`.

    :raises InvalidValueError: `filter` or `sort` is neither text nor a list of texts
    """
    asked: dict[str, str | int | Sequence[str] | None] = {
        "filter": _texts("filter", filter),
        "format": format if format is None or isinstance(format, str) else "|".join(format),
        "sort": _texts("sort", sort),
        "start": start,
        "count": count,
        "vdom": vdom,
    }
    return {**(params or {}), **{name: value for name, value in asked.items() if value is not None}}


def _texts(name: str, given: Any) -> str | list[str] | None:
    """The text that is given for the parameter `name`, or the texts of a list, a filter or a list of filters."""
    if given is None or isinstance(given, str):
        return given
    texts = list(_items(given))
    if not all(isinstance(text, str) for text in texts):
        raise InvalidValueError(
            f"not sent, since {name} is {given!r}, neither text nor a list of texts", field=name, sent=False
        )
    return texts


def _items(given: Any) -> Iterator[Any]:
    if isinstance(given, str | Mapping) or not isinstance(given, Iterable):
        yield given
    else:
        for item in given:
            yield from _items(item)


def results(answer: Any, path: str) -> Any:
    """The results of an answer; of the answers of several vdoms, all their rows in one list.

    :raises FortiOSError: one of several vdoms refused, or the answer is no envelope
    """
    if isinstance(answer, Mapping) and "results" in answer:
        return answer["results"]
    if not isinstance(answer, list):
        raise FortiOSError("the device's answer holds no results", method="GET", path=path)
    return [row for envelope in answer for row in rows_of(envelope, path)]


def rows_of(envelope: Any, path: str) -> list[Any]:
    """The results of one vdom as rows: of an object, that alone.

    :raises FortiOSError: the vdom refused, or the answer is no envelope
    """
    found = _results_of(envelope, path)
    return found if isinstance(found, list) else [found]


def several_vdoms(params: Params) -> bool:
    """Whether query parameters ask for more than one vdom."""
    vdom = params.get("vdom", "")
    if isinstance(vdom, str):
        return vdom == "*" or "," in vdom
    return isinstance(vdom, Sequence) and (len(vdom) > 1 or "*" in vdom)


def envelopes(answer: Any) -> list[Any]:
    """The envelopes of an answer: one for each vdom, if several were asked for."""
    return answer if isinstance(answer, list) else [answer]


def by_vdom(answer: Any, path: str, method: str = "GET") -> dict[str, Any]:
    """The results of each vdom in an answer for several, or for one, under its name; see `place_name`.

    :raises FortiOSError: one of them refused, or the answer is no envelope
    """
    told = envelopes(answer)
    found = [_results_of(envelope, path, method) for envelope in told]
    return {place_name(envelope): rows for envelope, rows in zip(told, found, strict=True)}


def place_name(envelope: Mapping[str, Any]) -> str:
    """The vdom that an envelope is from: ``lab``, or ``fgt1/lab`` where a FortiManager asked several devices."""
    return "/".join(str(envelope[name]) for name in ("target", "vdom") if name in envelope)


def _results_of(envelope: Any, path: str, method: str = "GET") -> Any:
    if not isinstance(envelope, Mapping):
        raise FortiOSError("the device's answer holds no results", method=method, path=path)
    raise_refusal(envelope, method, path)
    return envelope.get("results", [])


def raise_refusal(envelope: Mapping[str, Any], method: str, path: str) -> None:
    """An answer for several vdoms is a success as a whole, though one of them refused.

    :raises FortiOSError: this is such a refusal; its message names the place
    """
    if envelope.get("status") == "error":
        status = envelope.get("http_status")
        error = error_from_response(status if isinstance(status, int) else 500, envelope, None, method, path)
        place = place_name(envelope)
        error.message += f" in {place}" if place else ""
        raise error
