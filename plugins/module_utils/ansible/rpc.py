# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The JSON that modules and the httpapi plugin exchange: requests one way, outcomes the other.

An outcome is one of ``{"answer": decoded JSON}``, ``{"file": base64 text}``, ``{"error": FortiOSError.to_dict()}``
and ``{"sent": false}`` for a request that an earlier failure kept back.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

from ..hfortix_fortios.errors import FortiOSError
from ..hfortix_fortios.http.interface import Outcome, Request


def dump_requests(requests: Sequence[Request]) -> str:
    """`requests` as JSON text. Members that are empty are left out."""
    return json.dumps([_request_data(request) for request in requests])


def load_requests(text: str) -> list[Request]:
    """The requests that `dump_requests` wrote.

    :raises ValueError: the text is not such a list
    """
    try:
        return [Request(**item) for item in json.loads(text)]
    except TypeError as error:
        raise ValueError(f"not a list of requests: {error}") from error


def dump_outcomes(outcomes: Sequence[Outcome]) -> str:
    """`outcomes` as JSON text, without the requests that they belong to."""
    return json.dumps([_outcome_data(outcome) for outcome in outcomes])


def load_outcomes(requests: Sequence[Request], text: str) -> list[Outcome]:
    """The outcomes that `dump_outcomes` wrote for `requests`, in the same order."""
    return [_outcome(request, data) for request, data in zip(requests, json.loads(text), strict=True)]


def _request_data(request: Request) -> dict[str, Any]:
    data: dict[str, Any] = {"method": request.method, "path": request.path}
    if request.params:
        data["params"] = dict(request.params)
    if request.json is not None:
        data["json"] = request.json
    if request.headers:
        data["headers"] = dict(request.headers)
    return data


def _outcome_data(outcome: Outcome) -> dict[str, Any]:
    if outcome.error is not None:
        return {"error": outcome.error.to_dict()}
    if not outcome.sent:
        return {"sent": False}
    if isinstance(outcome.answer, bytes):
        return {"file": base64.b64encode(outcome.answer).decode("ascii")}
    return {"answer": outcome.answer}


def _outcome(request: Request, data: Mapping[str, Any]) -> Outcome:
    if "error" in data:
        return Outcome(request, error=FortiOSError.from_dict(data["error"]))
    if "file" in data:
        return Outcome(request, answer=base64.b64decode(data["file"]))
    return Outcome(request, answer=data.get("answer"), sent=data.get("sent", True))
