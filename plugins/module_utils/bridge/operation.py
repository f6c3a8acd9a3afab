# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The modules of monitor, log and service endpoints: reading, acting, and moving files.

What a module takes and does follows from the facts of its endpoint: a reading one returns what the device says, an
acting one tells what it sends, and sends nothing in check mode.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from ..hfortix_fortios.backup import downloaded
from ..hfortix_fortios.endpoint import by_vdom, envelopes, raise_refusal
from ..hfortix_fortios.errors import MASK, NotFoundError, PermissionDeniedError, masked_by_name
from ..hfortix_fortios.http.files import FileContent
from ..hfortix_fortios.http.interface import Request
from ..hfortix_fortios.logs import entries
from ..hfortix_fortios.operation_schema import FILE, SOURCE, OperationSchema, Parameter
from ..hfortix_fortios.operations import Operation
from ..hfortix_fortios.runner import SyncRunner
from ..hfortix_fortios.schema import release_text, told_release
from ..hfortix_fortios.validation import Validation
from ..resource.task import TaskError
from .argspec import Spec, connection_spec, no_log
from .files import FILE_SECONDS, file_content, transfer
from .job import Answer, Call, Job
from .receiving import destination, receive
from .waiting import restart, seconds_to_wait, wait_spec

Endpoint = type[Operation[Any]]

_TYPES: Mapping[str, Spec] = {
    "string": {"type": "str"},
    "integer": {"type": "int"},
    "boolean": {"type": "bool"},
    "double": {"type": "float"},
    "array": {"type": "list", "elements": "raw"},
    "object": {"type": "dict"},
}

_SELECTING: Spec = {"filter": {"type": "raw"}, "sort": {"type": "raw"}, "fields": {"type": "list", "elements": "str"}}
_PAGING: Spec = {"start": {"type": "int"}, "count": {"type": "int"}}
_LOG_SELECTING: Spec = {"rows": {"type": "int", "default": 100}, "filter": {"type": "raw"}}

#: What a module returns of an answer. Core would rename `results`, unless it is a list, where a module is a process.
RESPONSE = "response"

#: What `endpoint.Query` calls the options.
_QUERY = {"vdom": "vdom", "filter": "filter", "sort": "sort", "fields": "format", "start": "start", "count": "count"}
_EMPTY: tuple[Any, ...] = (None, "", [], [""])


def job(endpoint: Endpoint) -> Job:
    """The module of an endpoint."""
    operation = endpoint.operation()
    if operation.has_entries:
        work = read_log
    elif operation.download:
        work = download
    elif operation.reads:
        work = read
    else:
        work = act
    secrets = frozenset({RESPONSE} if operation.tells_secret else ())
    return Job(partial(_explained, work, endpoint), operation_spec(operation), secrets=secrets)


def _explained(work: Callable[[Endpoint, Call], Answer], endpoint: Endpoint, call: Call) -> Answer:
    """What `work` answers; where the device refuses, the error says what the facts of the endpoint tell about it."""
    try:
        return work(endpoint, call)
    except NotFoundError as error:
        where = (error.path or endpoint.operation().id).removeprefix("/api/v2/")
        error.message = f"the device does not find {where}, or what the parameters name"
        error.hint = "Its release, its model or a license may lack the endpoint; else check the parameters and the vdom"
        raise
    except PermissionDeniedError as error:
        group = endpoint.FACTS.get("access_group")
        error.hint = "; ".join(filter(None, (error.hint, group and f"the access group is {group}")))
        raise


# What a module takes


def operation_spec(operation: OperationSchema) -> Spec:
    """The argument specification of the module."""
    spec: Spec = {}
    if operation.settings:
        options = {item.option: _parameter_spec(item) for item in operation.settings}
        required = any(item.required for item in operation.settings)
        spec["params"] = {"type": "dict", "options": options, **_required(required)}
    if operation.sources:
        spec[SOURCE] = {"type": "str", "choices": list(operation.sources), "default": operation.sources[0]}
    groups = (
        (operation.selects, _SELECTING),
        (operation.pages, _PAGING),
        (operation.reads_log, _LOG_SELECTING),
        (operation.restarts, wait_spec(default=False)),
    )
    for wanted, group in groups:
        spec |= group if wanted else {}
    if operation.file:
        spec["src"] = {"type": "path", **_required(operation.file.required)}
    if operation.download:
        spec["dest"] = {"type": "path", **_required(operation.download == "file")}
    one_vdom = operation.download or operation.has_entries or not operation.reads
    spec["vdom"] = {"type": "str"} if one_vdom else {"type": "list", "elements": "str"}
    return spec | connection_spec()


def _parameter_spec(parameter: Parameter) -> Spec:
    spec = {**_TYPES[parameter.type], **no_log(parameter.option, secret=parameter.secret)}
    if parameter.options:
        spec["choices"] = list(parameter.options)
    return spec | _required(parameter.required)


def _required(required: bool) -> Spec:
    return {"required": True} if required else {}


# What a module does


def read(endpoint: Endpoint, call: Call) -> Answer:
    """What the device says: the results, or those of each vdom under its name where several were asked."""
    request = _request(endpoint, call)
    answer = call.client.send(request)
    return Answer({"changed": False, RESPONSE: _results(answer, request), "meta": _meta(answer)})


def read_log(endpoint: Endpoint, call: Call) -> Answer:
    """Log entries, and whether they are all that match."""
    request = _request(endpoint, call)
    runner = SyncRunner(call.client, {}, Validation())
    found = runner.run(entries(request, call.params["rows"]))
    said = {name: getattr(found, name) for name in ("total_lines", "completed", "session_id")}
    meta = _meta(found.envelope) | {name: value for name, value in said.items() if value is not None}
    return Answer({"changed": False, RESPONSE: found.rows, "complete": found.complete, "meta": meta})


def act(endpoint: Endpoint, call: Call) -> Answer:
    """Have the device do something. Whatever it accepted counts as a change."""
    operation = endpoint.operation()
    request = _request(endpoint, call)
    seconds = seconds_to_wait(call.params) if operation.restarts else None
    members: dict[str, Any] = {"changed": True, "request": _shown(operation, request)}
    if call.check:
        return Answer(members)
    answer, waited = restart(call.client, request, seconds)
    members |= {RESPONSE: _results(answer, request), "meta": _meta(answer)}
    return Answer(members | ({"restart": waited.as_dict()} if waited else {}))


def download(endpoint: Endpoint, call: Call) -> Answer:
    """A file, or text that is returned where no file is wanted."""
    operation = endpoint.operation()
    request = _request(endpoint, call)
    if call.params["dest"] is None:
        return Answer({"changed": False, "content": _results(call.client.send(request), request)})
    dest = destination(call.params["dest"])
    if call.check and operation.method != "GET":
        return Answer({"changed": True, "dest": str(dest), "request": _shown(operation, request)})
    received = receive(lambda sink: transfer(call.client, downloaded(request, sink)), dest, check=call.check)
    return Answer(received.as_dict())


def _request(endpoint: Endpoint, call: Call) -> Request:
    """The request for what the task gives. An empty option, which templates easily come to, is as one not given.

    :raises TaskError: an option cannot be as it is
    """
    operation = endpoint.operation()
    vdom = call.params.get("vdom")
    if (operation.has_entries or operation.download) and vdom and re.search(r"[*,]", vdom):
        raise TaskError(f"vdom: one virtual domain at a time, not {vdom}. Loop over them.")
    if operation.reads_log and (rows := call.params["rows"]) < 1:
        raise TaskError(f"rows: at least 1, not {rows}.")
    given = call.params.get("params") or {}
    own = {item.name: given[item.option] for item in operation.settings if given.get(item.option) is not None}
    if operation.sources:
        own[SOURCE] = call.params[SOURCE]
    if call.params.get("src") is not None:
        own[FILE] = file_content("src", call.params["src"])
    general = {name: value for option, name in _QUERY.items() if (value := call.params.get(option)) not in _EMPTY}
    if operation.download and operation.reads_log:
        general["params"] = {"rows": call.params["rows"]}
    request = endpoint.request_for(own, general)
    if operation.download or FILE in own:
        return replace(request, timeout=FILE_SECONDS)
    return request


def _shown(operation: OperationSchema, request: Request) -> dict[str, Any]:
    """A request as results tell it, without secrets."""
    shown: dict[str, Any] = {"method": request.method, "path": request.path}
    for name, values in (("params", request.params), ("body", request.json)):
        if values:
            shown[name] = {key: _shown_value(operation.params.get(key), value) for key, value in values.items()}
    return shown


def _shown_value(parameter: Parameter | None, value: Any) -> Any:
    if isinstance(value, FileContent):
        return repr(value)
    return MASK if parameter and parameter.secret else masked_by_name(value)


def _results(answer: Any, request: Request) -> Any:
    """The results of an answer, None where it has none, or those of each vdom under its name; a file as text.

    :raises FortiOSError: the device refused, though the HTTP status is that of a success
    """
    if isinstance(answer, bytes):
        return answer.decode("utf-8", "replace")
    if isinstance(answer, list):
        return by_vdom(answer, request.path, request.method)
    if not isinstance(answer, Mapping):
        return answer
    raise_refusal(answer, request.method, request.path)
    return answer.get("results") if answer.keys() & {"results", "http_method"} else answer


def _meta(answer: Any) -> dict[str, Any]:
    """What an answer says about the device."""
    first = next((item for item in envelopes(answer) if isinstance(item, Mapping)), {})
    release = told_release(first.get("version"))
    meta = {"release": release and release_text(release), "serial": first.get("serial")}
    if not isinstance(answer, list):
        meta["vdom"] = first.get("vdom")
    return {name: value for name, value in meta.items() if value is not None}
