# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""One request of any kind."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, unquote

from ..bridge.argspec import Spec, connection_spec
from ..bridge.endpoints import endpoint
from ..bridge.job import Answer, Call
from ..hfortix_fortios.endpoint import envelopes
from ..hfortix_fortios.errors import ABSENT, NotFoundError, masked_by_name
from ..hfortix_fortios.http.interface import Request
from ..hfortix_fortios.schema import Field, Schema
from ..hfortix_fortios.values import masked
from ..resource.task import TaskError, difference

REST_SPEC: Spec = {
    "method": {"type": "str", "choices": ["GET", "POST", "PUT", "DELETE"], "default": "GET"},
    "path": {"type": "str", "required": True},
    "query": {"type": "dict"},
    "body": {"type": "raw"},
    "vdom": {"type": "str"},
    "compare": {"type": "bool", "default": False},
    **connection_spec(),
}

_ROOT = "/api/v2/"
#: Query parameters that say where in the device a request is meant for.
_TARGETS = ("vdom", "global", "scope")
#: What a path does not hold: a query, a fragment, a server, a step upwards.
_NO_PATH = re.compile(r"[?#]|://|(^|/)\.{1,2}(/|$)")
#: What stands in a path as it is. Everything else is encoded.
_IN_PATH = "/%:@!$&'()*+,;=~"

Fields = Mapping[str, Field]
Values = dict[str, Any]


def rest(call: Call) -> Answer:
    """Send the request, unless it writes and this is check mode.

    :raises TaskError: the arguments make no request; nothing was sent
    """
    request = _request(call.params)
    if request.method == "GET":
        return Answer({"changed": False, **_response(request, call.client.send(request))})
    told = {"request": _shown(request)}
    if call.params["compare"]:
        return Answer({**told, **_compared(call, request)})
    if call.check:
        return Answer({**told, "changed": True})
    answer = call.client.send(request)
    return Answer({**told, "changed": _says_changed(answer, unsaid=True), **_response(request, answer)})


def hide(params: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments, whatever they are, as results and logs may tell them."""
    path, body = params.get("path"), params.get("body")
    try:
        body = _masked_body(_path(str(path)), _body(body))
    except TaskError:
        # Nobody knows what it is, so that nobody knows what in it is secret.
        body = None
    shown = {**params, "query": masked_by_name(params.get("query")), "body": body}
    return shown if path is None else {**shown, "path": _without_query(path)}


def _request(params: Mapping[str, Any]) -> Request:
    query = {name: _text(value) for name, value in (params["query"] or {}).items() if value is not None}
    if params["vdom"] and not query.keys() & set(_TARGETS):
        query["vdom"] = params["vdom"]
    method, body = params["method"], _body(params["body"])
    if body is not None and method == "GET":
        raise TaskError("body: a GET has none. Give its parameters in query, or name another method.")
    return Request(method, _path(params["path"]), query, body)


def _path(text: str) -> str:
    path = text.strip().lstrip("/").removeprefix(_ROOT[1:])
    if not path or _NO_PATH.search(path):
        raise TaskError(
            f"path: {_without_query(text)!r} is no path in the API. Write it like cmdb/firewall/address/web, with %2F "
            "for a slash in a name and %3F for a question mark, and parameters in query."
        )
    return _ROOT + quote(path, safe=_IN_PATH)


def _without_query(path: Any) -> str:
    """`path` up to a question mark: what follows, where it does not belong, may be a token."""
    text, question_mark, _query = str(path).partition("?")
    return f"{text}?..." if question_mark else text


def _body(body: Any) -> Any:
    if not isinstance(body, str):
        return body
    try:
        return json.loads(body)
    except ValueError as error:
        raise TaskError(f"body: is a text that is not JSON ({error}). Give a dictionary, a list or JSON.") from None


def _text(value: Any) -> Any:
    """A query parameter: words for truth, JSON for a dictionary; a list repeats its parameter."""
    if isinstance(value, list):
        return [_text(item) for item in value]
    return json.dumps(value) if isinstance(value, (bool, Mapping)) else str(value)


def _says_changed(answer: Any, *, unsaid: bool) -> bool:
    """What the device says of a write: tables do, in releases since 6.2.3; `unsaid` where it says nothing."""
    told = [item for item in envelopes(answer) if isinstance(item, Mapping)]
    said = [item["revision_changed"] for item in told if "revision_changed" in item]
    return any(said) if said else unsaid


# -- comparing ---------------------------------------------------------------------------------------------------


def _compared(call: Call, request: Request) -> Values:
    """Send the request between two looks at its path. In check mode there is one look, and nothing is sent."""
    before = _state(call, request)
    if call.check and request.method != "DELETE":
        return {"changed": True, "before": before}
    if call.check or (request.method == "DELETE" and not before):
        response: Values = {}
        after = None if before else before
        changed = before != after
    else:
        answer = call.client.send(request)
        response = _response(request, answer)
        after = _state(call, request)
        # A secret that was changed does not show, nor does what was moved or copied from here.
        changed = before != after or _says_changed(answer, unsaid=False)
    members = {"changed": changed, "before": before, "after": after, **response}
    if call.diff and before != after:
        members["diff"] = difference(request.path, _lines(before), _lines(after))
    return members


def _state(call: Call, request: Request) -> Any:
    """What is at the path of a request, secrets masked; None where nothing is."""
    params = {name: value for name, value in request.params.items() if name in _TARGETS}
    try:
        answer = call.client.get(request.path, params=params)
    except ABSENT as error:
        if isinstance(error, NotFoundError) and request.path.startswith(f"{_ROOT}cmdb/"):
            return None
        error.hint = "Leave out compare: what is at this path cannot be read"
        raise
    results = [item.get("results") for item in envelopes(_hidden(request, answer))]
    return results if isinstance(answer, list) else results[0]


def _lines(state: Any) -> str:
    return "" if state is None else json.dumps(state, indent=2, sort_keys=True) + "\n"


# -- what is told, without secrets -------------------------------------------------------------------------------


def _shown(request: Request) -> Values:
    shown: Values = {"method": request.method, "path": request.path}
    if request.params:
        shown["params"] = masked_by_name(request.params)
    if request.json is not None:
        shown["body"] = _masked_body(request.path, request.json)
    return shown


def _masked_body(path: str, body: Any) -> Any:
    fields = _fields(path)
    return masked_by_name(body) if fields is None else _masked(fields, body)


def _response(request: Request, answer: Any) -> Values:
    if isinstance(answer, bytes):
        return {"content": base64.b64encode(answer).decode("ascii"), "encoding": "base64"}
    return {"response": _hidden(request, answer)}


def _hidden(request: Request, answer: Any) -> Any:
    """An answer without the secrets of the configuration. What other answers hold is what they were asked for."""
    fields = _fields(request.path) or {}
    if isinstance(answer, list):
        return [_hidden(request, item) for item in answer]
    if isinstance(answer, Mapping) and "results" in answer:
        return {**answer, "results": _masked(fields, answer["results"])}
    return answer


def _masked(fields: Fields, value: Any) -> Any:
    if isinstance(value, list):
        return [_masked(fields, item) for item in value]
    return masked(fields, value) if isinstance(value, Mapping) else value


def _fields(path: str) -> Fields | None:
    """The fields of what is at a path in the configuration; None where no endpoint that is at hand has it."""
    family, *parts = [unquote(part) for part in path.removeprefix(_ROOT).strip("/").split("/")]
    if family != "cmdb":
        return None
    for end in range(len(parts), 1, -1):
        # An area such as system.dhcp may be written system/dhcp as well.
        try:
            schema = endpoint("/".join(["cmdb", *parts[:end]])).schema()
        except TaskError:
            continue
        return _fields_below(schema, parts[end:])
    return None


def _fields_below(schema: Schema, parts: Sequence[str]) -> Fields | None:
    """The fields of the row or child table to which `parts` lead from the endpoint."""
    fields, is_table = schema.fields, schema.is_table
    for part in parts:
        if is_table:
            is_table = False
            continue
        child = fields.get(part)
        if child is None:
            return None
        fields, is_table = child.fields, child.is_table
    return fields
