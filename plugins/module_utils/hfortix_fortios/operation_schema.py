# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The facts of a monitor, log or service endpoint, typed: what generator, modules and SDK read alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from .names import option_name
from .schema import Facts

#: The parameter whose value is the content of a file, in base64.
FILE = "file_content"
#: What the path of a log endpoint holds in the place of a source.
SOURCE = "source"


@dataclass(frozen=True)
class Parameter:
    """A parameter of an operation. `type` is string, integer, boolean, double, array or object."""

    name: str
    type: str
    required: bool = False
    secret: bool = False
    options: tuple[str, ...] = ()

    @property
    def option(self) -> str:
        """The name of the module option."""
        return option_name(self.name)


@dataclass(frozen=True)
class OperationSchema:
    """An endpoint with its one method.

    `reads` says that a call changes nothing on the device, `download` that the answer is a file (`text`, or any),
    `restarts` that the device is away for a while afterwards, `tells_secret` that the answer holds a secret. `sources`
    are those of a log. `response` has the members of the results, of each where the results are a list.
    """

    family: str
    path: str
    method: str
    params: Mapping[str, Parameter]
    reads: bool
    download: Literal["", "text", "file"]
    restarts: bool
    tells_secret: bool
    sources: tuple[str, ...]
    response: Mapping[str, Facts]

    @classmethod
    def from_facts(cls, family: str, facts: Facts) -> OperationSchema:
        """The endpoint that `facts` of the catalogue describe. Without a fact `reads`, a GET reads and a POST acts."""
        ((method, about),) = facts["methods"].items()
        return cls(
            family=family,
            path=facts["path"],
            method=method,
            params={name: _parameter(name, fact) for name, fact in about["params"].items()},
            reads=facts.get("reads", method == "GET"),
            download=facts.get("download", ""),
            restarts=facts.get("restarts", False),
            tells_secret=facts.get("tells_secret", False),
            sources=tuple(facts.get("sources", ())),
            response=about.get("response", {}),
        )

    @property
    def id(self) -> str:
        """Family and path, as they stand in the path of a request: ``monitor/system/status``."""
        return f"{self.family}/{self.path}"

    @property
    def file(self) -> Parameter | None:
        """The parameter that takes the content of a file."""
        return self.params.get(FILE)

    @property
    def reads_log(self) -> bool:
        """Whether a log is read, as entries or as text."""
        return self.family == "log" and "rows" in self.params

    @property
    def has_entries(self) -> bool:
        """Whether the results are log entries, which are read page by page."""
        return self.reads_log and not self.download

    @property
    def selects(self) -> bool:
        """Whether the rows of the results can be selected and sorted; a parameter of the same name is another thing."""
        return self._gives_rows and not self.params.keys() & {"filter", "sort", "fields"}

    @property
    def pages(self) -> bool:
        """Whether a part of the rows can be asked for by their numbers."""
        return self._gives_rows and not self.params.keys() & {"start", "count"}

    @property
    def _gives_rows(self) -> bool:
        return self.method == "GET" and self.reads and self.family != "log" and not self.download

    @property
    def settings(self) -> list[Parameter]:
        """The parameters without the file, and for a log without what selects entries or belongs to paging."""
        apart = {FILE}
        if self.reads_log:
            apart |= {"rows", "filter"}
        if self.has_entries:
            apart |= {"session_id", "keep_session_alive"}
        return [item for item in self.params.values() if item.name not in apart]


def _parameter(name: str, fact: Facts) -> Parameter:
    return Parameter(
        name=name,
        type=fact["type"],
        required=fact.get("required", False),
        secret=fact.get("secret", False),
        options=tuple(fact.get("options", ())),
    )
