# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many endpoints read at once. What the configuration holds comes in the form that modules take as `config`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Literal

from ..bridge.endpoints import endpoint
from ..hfortix_fortios.endpoint import envelopes, query_params, raise_refusal
from ..hfortix_fortios.errors import ABSENT, FortiOSError
from ..hfortix_fortios.http.interface import IBatchClient, Outcome, Request
from ..hfortix_fortios.operations import Log, Monitor, Service
from ..hfortix_fortios.runner import Runner
from ..hfortix_fortios.schema import Field, Schema
from ..hfortix_fortios.validation import Validation
from ..hfortix_fortios.values import unknown_field
from ..resource.present import as_config
from ..resource.read import explained, reading
from ..resource.task import TaskError

#: The name that a filter or a sort key begins with.
_NAME = re.compile(r"[\w+-]+")


@dataclass(frozen=True)
class Question:
    """What to read: an endpoint by any of its names, and which of its objects and fields, in which vdoms.

    `vdoms` may be ``*`` for all of them; none means the one that the connection names. `params` are parameters of the
    endpoint's own, and any others of the API.
    """

    endpoint: str
    filter: Sequence[str] = ()
    sort: Sequence[str] = ()
    fields: Sequence[str] = ()
    vdoms: Sequence[str] = ()
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Found:
    """What one vdom holds: a `config`, or the results of an endpoint of another family; or the error instead."""

    question: Question
    vdom: str | None
    kind: Literal["config", "results"]
    value: Any = None
    error: FortiOSError | None = None

    @property
    def absent(self) -> bool:
        """The device has no such endpoint."""
        return isinstance(self.error, ABSENT)


def ask(client: IBatchClient, questions: Sequence[Question]) -> list[Found]:
    """Send all questions at once, and return what was found: in their order, and in that of their vdoms.

    :raises TaskError: a question is not possible; nothing was sent
    :raises FortiOSError: parameters of a question are not those of its endpoint; nothing was sent
    """
    subjects = [_subject(question, client) for question in questions]
    asked = [(subject, request) for subject in subjects for request in subject.requests()]
    outcomes = client.batch([request for _subject, request in asked])
    return [
        found
        for (subject, request), outcome in zip(asked, outcomes, strict=True)
        for found in _found(subject, request, outcome)
    ]


@dataclass(frozen=True)
class _Configuration:
    """A question about an endpoint of the configuration."""

    question: Question
    schema: Schema
    kind: ClassVar[Literal["config"]] = "config"

    def requests(self) -> Iterator[Request]:
        asked = self.question
        params = query_params(
            filter=[self._on_the_wire("filter", condition) for condition in asked.filter] or None,
            sort=[self._on_the_wire("sort", key) for key in asked.sort] or None,
            format=list(self._fields) or None,
            params=asked.params,
        )
        for vdom in (asked.vdoms if self.schema.scope != "global" else ()) or (None,):
            yield Request("GET", self.schema.url(), {**params, "vdom": vdom} if vdom else params)

    def value(self, answer: Any) -> Any:
        """What the answer of one vdom holds.

        :raises FortiOSError: it is not what the endpoint answers
        """
        rows = reading(self.schema, answer).rows
        if self._fields:
            # Asked for a field that no row has, the device gives all fields.
            rows = [{name: value for name, value in row.items() if name in self._fields} for row in rows]
        return as_config(self.schema, rows)

    def explained(self, request: Request, error: FortiOSError) -> FortiOSError:
        return explained(self.schema, request.params, error)

    @cached_property
    def _fields(self) -> dict[str, Field]:
        """The fields asked for, under their wire names. The key is among them: a row without it is none."""
        names = [*filter(None, [self.schema.mkey]), *self.question.fields]
        return {item.name: item for item in map(self._field, names)} if self.question.fields else {}

    def _field(self, name: str) -> Field:
        found = self.schema.by_option.get(name) or self.schema.fields.get(name)
        if found is None:
            raise TaskError(f"fields: {unknown_field(name, self.schema.by_option, self.schema.path)}.")
        return found

    def _on_the_wire(self, option: str, text: str) -> str:
        """A filter or a sort key with the API's name of the field in place of the option's.

        A device finds nothing by a field that there is not, or does not sort by it, and says nothing of that.
        """
        name = match[0] if (match := _NAME.match(text)) else ""
        found = self.schema.by_option.get(name)
        if found is not None:
            return found.name + text[len(name) :]
        if name not in self._names and not name.startswith("q_"):
            problem = unknown_field(name, self.schema.by_option, self.schema.path)
            raise TaskError(f"{option}: {text!r} is about no field of {self.schema.path}: {problem.reason}.")
        return text

    @cached_property
    def _names(self) -> frozenset[str]:
        """The API's names of all fields, also of those in child tables, which filters search as well."""
        return frozenset(_names(self.schema.fields))


def _names(fields: Mapping[str, Field]) -> Iterator[str]:
    for name, item in fields.items():
        yield name
        yield from _names(item.fields)


@dataclass(frozen=True)
class _Operation:
    """A question about an endpoint of another family."""

    question: Question
    endpoint: Monitor[Any] | Log[Any] | Service[Any]
    kind: ClassVar[Literal["results"]] = "results"

    def requests(self) -> Iterator[Request]:
        asked = self.question
        general = {"filter": asked.filter, "sort": asked.sort, "format": asked.fields}
        given = {**asked.params, **{name: value for name, value in general.items() if value}}
        for vdom in asked.vdoms or (None,):
            yield self.endpoint.request(**given, vdom=vdom)

    def value(self, answer: Any) -> Any:
        """What the answer of one vdom holds.

        :raises FortiOSError: it is a file
        """
        if isinstance(answer, bytes):
            raise FortiOSError("the device's answer is a file", hint="Use the module rest")
        return answer.get("results", answer)

    def explained(self, request: Request, error: FortiOSError) -> FortiOSError:
        return error


def _subject(question: Question, client: IBatchClient) -> _Configuration | _Operation:
    found = endpoint(question.endpoint)
    if issubclass(found, (Monitor, Log, Service)):
        if "GET" not in found.FACTS["methods"]:
            raise TaskError(f"{question.endpoint} is an operation that is carried out, not read.")
        return _Operation(question, found(Runner(client, {}, Validation())))
    return _Configuration(question, found.schema())


def _found(subject: _Configuration | _Operation, request: Request, outcome: Outcome) -> Iterator[Found]:
    if outcome.error is not None:
        vdom = request.params.get("vdom")
        error = subject.explained(request, outcome.error)
        yield Found(subject.question, None if vdom is None else str(vdom), subject.kind, error=error)
        return
    for answer in envelopes(outcome.answer):
        vdom = None
        try:
            if isinstance(answer, Mapping):
                vdom = answer.get("vdom")
                raise_refusal(answer, request.method, request.path)
            yield Found(subject.question, vdom, subject.kind, subject.value(answer))
        except FortiOSError as error:
            yield Found(subject.question, vdom, subject.kind, error=error)
