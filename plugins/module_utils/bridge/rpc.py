# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The JSON that modules and the httpapi plugin exchange: requests one way, outcomes the other.

An outcome is one of ``{"answer": decoded JSON}``, ``{"file": base64 text}``, ``{"saved": bytes written}``,
``{"error": FortiOSError.to_dict()}`` and ``{"sent": false}`` for a request that an earlier failure kept back.

Files themselves do not pass: both processes run on one machine, so that their paths do. ``"files"`` of a request names
those whose content is a member of its JSON, ``"sink"`` the one that the answer is written to.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any

from ..hfortix_fortios.errors import FortiOSError
from ..hfortix_fortios.http.files import Download, FileContent, holds_file
from ..hfortix_fortios.http.interface import Outcome, Request


def dump_requests(requests: Sequence[Request]) -> str:
    """`requests` as JSON text. Members that are empty are left out."""
    return json.dumps([_request_data(request) for request in requests])


def load_requests(text: str) -> list[Request]:
    """The requests that `dump_requests` wrote.

    :raises ValueError: the text is not such a list
    """
    try:
        return [_request(item) for item in json.loads(text)]
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
    if holds_file(request.json):
        files = {name: value for name, value in request.json.items() if isinstance(value, FileContent)}
        data["files"] = {name: str(file.path.absolute()) for name, file in files.items()}
        data["json"] = {name: value for name, value in request.json.items() if name not in files}
    elif request.json is not None:
        data["json"] = request.json
    if request.headers:
        data["headers"] = dict(request.headers)
    if request.timeout is not None:
        data["timeout"] = request.timeout
    if request.sink is not None:
        data["sink"] = str(request.sink.path.absolute())
    return data


def _request(data: dict[str, Any]) -> Request:
    files, sink = data.pop("files", None), data.pop("sink", None)
    if files:
        data["json"] = {**data["json"], **{name: FileContent(path) for name, path in files.items()}}
    return Request(**data, sink=Download(sink) if sink else None)


def _outcome_data(outcome: Outcome) -> dict[str, Any]:
    if outcome.error is not None:
        return {"error": outcome.error.to_dict()}
    if not outcome.sent:
        return {"sent": False}
    sink = outcome.request.sink
    if sink is not None and sink.size is not None:
        return {"saved": sink.size}
    if isinstance(outcome.answer, bytes):
        return {"file": base64.b64encode(outcome.answer).decode("ascii")}
    return {"answer": outcome.answer}


def _outcome(request: Request, data: Mapping[str, Any]) -> Outcome:
    if "error" in data:
        return Outcome(request, error=FortiOSError.from_dict(data["error"]))
    if request.sink is not None and "saved" in data:
        request.sink.size = data["saved"]
        return Outcome(request, answer=b"")
    if "file" in data:
        return Outcome(request, answer=base64.b64decode(data["file"]))
    return Outcome(request, answer=data.get("answer"), sent=data.get("sent", True))
