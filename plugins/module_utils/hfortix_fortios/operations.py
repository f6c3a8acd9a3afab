# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The bases of monitor, log and service endpoints: one HTTP method each, called with parameters.

A generated class adds the facts, and for type checkers the method it has with the types of its parameters.
"""

from __future__ import annotations

import json
from collections.abc import Coroutine, Mapping
from dataclasses import replace
from functools import cache
from os import PathLike
from typing import TYPE_CHECKING, Any, ClassVar, overload

from .endpoint import Async, Endpoint, Flow, M, Sync, by_vdom, query_params
from .errors import InvalidValueError
from .http.interface import Request
from .logs import Entries, entries
from .names import python_name
from .operation_schema import OperationSchema
from .schema import path_segment
from .validation import parameter_problems

#: Keywords that every GET takes beside the endpoint's own parameters: those of `endpoint.Query`.
_QUERY = frozenset({"filter", "format", "sort", "start", "count", "vdom", "params"})


class Operation(Endpoint[M]):
    """What the three families share.

    The methods return the results of the answer, or bytes where a file is sent; asked for several vdoms, they return
    the results of each under its name.
    """

    #: The family, as it stands in the path of the request.
    FAMILY: ClassVar[str] = ""

    @classmethod
    @cache
    def operation(cls) -> OperationSchema:
        """The typed facts of the endpoint."""
        return OperationSchema.from_facts(cls.FAMILY, cls.FACTS)

    @classmethod
    def request_for(cls, own: Mapping[str, Any], general: Mapping[str, Any]) -> Request:
        """The request with the endpoint's `own` parameters (wire names) and those of `endpoint.Query`."""
        operation = cls.operation()
        in_path = {name for name in own if f"{{{name}}}" in operation.path}
        path = operation.id
        for name in in_path:
            path = path.replace(f"{{{name}}}", path_segment(own[name]))
        rest = {name: value for name, value in own.items() if name not in in_path}
        params = query_params(**general)
        if operation.method == "GET":
            params |= {name: _text(value) for name, value in rest.items()}
        return Request(operation.method, f"/api/v2/{path}", params, None if operation.method == "GET" else rest)

    @overload
    def to_file(self: Operation[Sync], path: str | PathLike[str], /, **parameters: Any) -> int: ...

    @overload
    def to_file(
        self: Operation[Async], path: str | PathLike[str], /, **parameters: Any
    ) -> Coroutine[Any, Any, int]: ...

    def to_file(self, path: str | PathLike[str], /, **parameters: Any) -> Any:
        """Write the file that the endpoint gives to `path`, as it comes; its size in bytes.

        The parameters are those of its `get` or `post`. The file takes its name when it is complete.

        :raises FortiOSError: the answer is no file
        """
        from .backup import downloaded
        from .http.files import Download

        method = next(iter(self.FACTS["methods"]))
        return self._runner.run(downloaded(self._request(method, parameters), Download(path)))

    @overload
    def from_file(self: Operation[Sync], path: str | PathLike[str], /, **parameters: Any) -> Any: ...

    @overload
    def from_file(
        self: Operation[Async], path: str | PathLike[str], /, **parameters: Any
    ) -> Coroutine[Any, Any, Any]: ...

    def from_file(self, path: str | PathLike[str], /, **parameters: Any) -> Any:
        """Send the file at `path`, as it is read, with the other parameters of `post`; what the device answers.

        :raises InvalidValueError: the endpoint takes no file, or not a parameter that is given
        """
        from .http.files import FileContent

        request = self._request("POST", {**parameters, "file_content": ""})
        return self._runner.run(self._sent(replace(request, json={**request.json, "file_content": FileContent(path)})))

    def request(self, **parameters: Any) -> Request:
        """The request that the one method of the endpoint, `get` or `post`, sends for these parameters.

        :raises InvalidValueError: a parameter that the endpoint does not have, or lacks a required one
        """
        return self._request(next(iter(self.FACTS["methods"])), parameters)

    # Hidden from type checkers, which see the one method that a generated class declares.
    if not TYPE_CHECKING:

        def get(self, **parameters: Any) -> Any:
            """Read, with the endpoint's own parameters and those of `endpoint.Query`.

            :raises InvalidValueError: a parameter that the endpoint does not have, or lacks a required one
            """
            return self._runner.run(self._operation("GET", parameters))

        def post(self, data: Mapping[str, Any] | None = None, /, **parameters: Any) -> Any:
            """Perform the operation, with parameters from `data` (wire names) and keywords (Python names).

            :raises InvalidValueError: a parameter that the endpoint does not have, or lacks a required one
            """
            return self._runner.run(self._operation("POST", {**(data or {}), **parameters}))

    def _operation(self, method: str, given: Mapping[str, Any]) -> Flow[Any]:
        return (yield from self._sent(self._request(method, given)))

    def _sent(self, request: Request) -> Flow[Any]:
        answer = yield request
        return by_vdom(answer, request.path, request.method) if isinstance(answer, list) else _result(answer)

    def _request(self, method: str, given: Mapping[str, Any]) -> Request:
        """:raises InvalidValueError: the endpoint does not have the method or a parameter, or lacks a required one"""
        path = self.FACTS["path"]
        if method not in self.FACTS["methods"]:
            raise InvalidValueError(
                f"{path}: has no {method}, only {', '.join(self.FACTS['methods'])}", method=method, sent=False
            )
        return self.request_for(*self._split(method, given))

    def _split(self, method: str, given: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
        """The endpoint's own parameters of those `given`, under wire names, and the general ones."""
        facts: Mapping[str, Mapping[str, Any]] = self.FACTS["methods"][method]["params"]
        required = {name for name, fact in facts.items() if fact.get("required")}
        names = {python_name(name): name for name in facts} | {name: name for name in facts}
        if "{source}" in self.FACTS["path"]:
            names["source"] = "source"
            required.add("source")
        allowed = _QUERY if method == "GET" else frozenset({"vdom"})
        given = {name: value for name, value in given.items() if value is not None}
        unknown = [name for name in given if name not in names and name not in allowed]
        own = {names[name]: value for name, value in given.items() if name in names}
        for problem, field in [("has no parameter", unknown), ("needs the parameter", sorted(required - own.keys()))]:
            if field:
                raise InvalidValueError(
                    f"{self.FACTS['path']}: {problem} {field[0]}", field=field[0], method=method, sent=False
                )
        validation = self._runner.validation
        validation.check(self.FACTS["path"], parameter_problems(self.FACTS, method, own, validation.release))
        return own, {name: value for name, value in given.items() if name not in names}


class Monitor(Operation[M]):
    """An endpoint of the monitor family: the state of the device, or an operation on it."""

    FAMILY = "monitor"


class Log(Operation[M]):
    """An endpoint of the log family; `source` says where the log is kept."""

    FAMILY = "log"

    @overload
    def entries(self: Log[Sync], rows: int = 100, **parameters: Any) -> Entries: ...

    @overload
    def entries(self: Log[Async], rows: int = 100, **parameters: Any) -> Coroutine[Any, Any, Entries]: ...

    def entries(self, rows: int = 100, **parameters: Any) -> Any:
        """Up to `rows` entries of the log, however many requests that takes, with what the device says about them.

        The parameters are those of `get`, in one vdom at most.

        :raises InvalidValueError: a parameter that the endpoint does not have, or lacks a required one
        """
        return self._runner.run(entries(self._request("GET", parameters), rows))


class Service(Operation[M]):
    """An endpoint of the service family."""

    FAMILY = "service"


def _text(value: Any) -> Any:
    """A query parameter: words for truth, JSON for an object, and a list repeats the parameter."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return [_text(item) for item in value]
    return json.dumps(value) if isinstance(value, Mapping) else value


def _result(answer: Any) -> Any:
    """The results of an envelope; of an answer without any (a file, a bare status) the whole of it."""
    return answer["results"] if isinstance(answer, Mapping) and "results" in answer else answer
