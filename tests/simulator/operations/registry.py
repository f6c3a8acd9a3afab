# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which function answers which monitor, log or service endpoint, and which a request to the simulator itself."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..call import Call
from ..refusal import INVALID_REQUEST, Refusal

if TYPE_CHECKING:
    from generator.model import Endpoint

    from ..device import Device

#: Of parameters, or members of an answer: name to `type`, `required`, `options`.
Facts = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Operation:
    """One request as the function that answers it sees it. `path` is the endpoint's, such as ``system/status``.

    `endpoint` has the catalogue's facts, or is None where the catalogue does not know the path; `given` are the
    parameters that stand in the path or in the body of a POST.
    """

    device: Device
    call: Call
    family: str
    path: str
    vdom: str
    endpoint: Endpoint | None = None
    given: Mapping[str, Any] = field(default_factory=dict)

    @property
    def parameters(self) -> Facts:
        """What the catalogue says of the endpoint's parameters."""
        return self._facts.get("params", {})

    @property
    def response(self) -> Facts:
        """What the catalogue says of the members of an answer."""
        return self._facts.get("response", {})

    @property
    def _facts(self) -> Mapping[str, Facts]:
        facts: Mapping[str, Facts] = self.endpoint.facts["methods"][self.endpoint.method] if self.endpoint else {}
        return facts

    def param(self, name: str, default: Any = None) -> Any:
        """A parameter, from the path, from the body of a POST, or from the query."""
        if name in self.given:
            return self.given[name]
        return self.call.param(name) if name in self.call.query else default

    def number(self, name: str, default: int = 0) -> int:
        """A parameter that is a whole number; `default` where it is not given."""
        value = self.param(name)
        return default if value is None else int(value)

    def truth(self, name: str) -> bool:
        """A parameter that is true or false; false where it is not given."""
        return str(self.param(name, False)).lower() in ("1", "true")

    def many(self, name: str) -> list[Any]:
        """A parameter that is a list: of a body, repeated in the query, or separated by commas there."""
        value = self.param(name, [])
        if isinstance(value, list):
            return value
        return [part for text in self.call.query.get(name, [str(value)]) for part in text.split(",") if part]

    def file(self, name: str = "file_content") -> bytes:
        """The file that was sent as the parameter `name`.

        :raises Refusal: there is none, or not in base64
        """
        try:
            return base64.b64decode(self.param(name), validate=True)
        except (TypeError, ValueError):
            raise Refusal(424) from None

    def numbers(self, name: str) -> list[int]:
        """A parameter that is a list of whole numbers.

        :raises Refusal: one of them is none
        """
        try:
            return [int(value) for value in self.many(name)]
        except (TypeError, ValueError):
            raise Refusal(400, INVALID_REQUEST, f"parameter {name}: expected integers") from None


@dataclass(frozen=True, slots=True)
class File:
    """An answer that is a file."""

    name: str
    content: bytes
    content_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Page:
    """Results that the function has filtered and paged itself, and what the envelope tells beside them."""

    results: Any
    beside: Mapping[str, Any] = field(default_factory=dict)


#: Gives the results of an answer (None: an answer without any), a `Page` or a `File`. May raise `Refusal`.
Handler = Callable[[Operation], Any]

HANDLERS: dict[tuple[str, str], Handler] = {}

#: Answers a request to the simulator itself, given the decoded body. ValueError refuses it.
Control = Callable[["Device", Any], Any]

CONTROLS: dict[tuple[str, str], Control] = {}


def answers(method: str, *endpoints: str) -> Callable[[Handler], Handler]:
    """Let the function answer endpoints, each with its family: ``@answers("GET", "monitor/system/status")``.

    Parameters in the path are left out, as in the catalogue's file names: ``log/search/status``.
    """

    def register(handler: Handler) -> Handler:
        for endpoint in endpoints:
            if (method, endpoint) in HANDLERS:
                raise ValueError(f"two functions answer {method} {endpoint}")
            HANDLERS[method, endpoint] = handler
        return handler

    return register


def controls(method: str, topic: str) -> Callable[[Control], Control]:
    """Let the function answer ``/__simulator__/<topic>``."""

    def register(control: Control) -> Control:
        CONTROLS[method, topic] = control
        return control

    return register
