# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which function answers which monitor, log or service endpoint."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..call import Call
from ..refusal import Refusal

if TYPE_CHECKING:
    from ..device import Device


@dataclass(frozen=True, slots=True)
class Operation:
    """One request as the function that answers it sees it. `path` is the endpoint's, such as ``system/status``."""

    device: Device
    call: Call
    family: str
    path: str
    vdom: str

    def param(self, name: str, default: Any = None) -> Any:
        """A parameter, from the body of a POST or from the query."""
        if self.call.method == "POST":
            body = self.call.body()
            if isinstance(body, dict) and name in body:
                return body[name]
        return self.call.param(name) if name in self.call.query else default

    def file(self) -> bytes:
        """The file that was sent.

        :raises Refusal: there is none, or not in base64
        """
        try:
            return base64.b64decode(self.param("file_content"), validate=True)
        except (TypeError, ValueError):
            raise Refusal(424) from None


@dataclass(frozen=True, slots=True)
class File:
    """An answer that is a file."""

    name: str
    content: bytes


#: Gives the results of an answer, or a `File`. May raise `Refusal`.
Handler = Callable[[Operation], Any]

HANDLERS: dict[tuple[str, str], Handler] = {}


def answers(method: str, *endpoints: str) -> Callable[[Handler], Handler]:
    """Let the function answer endpoints, each with its family: ``@answers("GET", "monitor/system/status")``."""

    def register(handler: Handler) -> Handler:
        for endpoint in endpoints:
            if (method, endpoint) in HANDLERS:
                raise ValueError(f"two functions answer {method} {endpoint}")
            HANDLERS[method, endpoint] = handler
        return handler

    return register
