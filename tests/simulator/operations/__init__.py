# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The monitor, log and service APIs: what the device is doing, and operations on it. One file a subject."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any

from .. import catalogue, query
from ..call import Answer, Call
from ..envelope import Scene
from ..refusal import Refusal
from . import carried_out, general, logs, parameters
from .registry import HANDLERS, File, Handler, Operation, Page

if TYPE_CHECKING:
    from ..device import Device

PREFIX = "/api/v2"
_METHODS = ("GET", "POST")

# Each file registers the functions of its subject.
for _subject in iter_modules(__path__):
    import_module(f"{__name__}.{_subject.name}")


def handle(device: Device, call: Call) -> Answer:
    """Answer any request below the families; ``select`` at the end of a legacy path is the default action."""
    family, *segments = call.segments(PREFIX)
    vdoms, as_list = device.targets(call)
    path = _resolve(family, "/".join(segments), call.method)
    answers = [_answer(device, call, family, path, vdom) for vdom in vdoms]
    if not as_list or isinstance(answers[0].body, bytes):
        return answers[0]
    return Answer(max(answer.status for answer in answers), [answer.body for answer in answers])


def _resolve(family: str, path: str, method: str) -> str:
    """The path as the catalogue spells it: ``select`` may stand at its end, or be left out."""
    found = {name: catalogue.operation(family, name) for name in (path, path.removesuffix("/select"), f"{path}/select")}
    known = {name: match.endpoint.method for name, match in found.items() if match is not None}
    return next((name for name in known if known[name] == method), next(iter(known), path.removesuffix("/select")))


def _answer(device: Device, call: Call, family: str, path: str, vdom: str) -> Answer:
    scene = _scene(device, call, path, vdom)
    try:
        results = _results(_operation(device, call, family, path, vdom))
    except Refusal as refused:
        return Answer(refused.status, scene.refused(refused))
    if isinstance(results, File):
        return _file(results)
    page = results if isinstance(results, Page) else Page(results)
    return Answer(200, scene.monitor(page.results, page.beside))


def _operation(device: Device, call: Call, family: str, path: str, vdom: str) -> Operation:
    """:raises Refusal: the body cannot be read"""
    endpoint, arguments = catalogue.operation(family, path) or (None, {})
    body = call.content() if call.method == "POST" else None
    given = {**body, **arguments} if isinstance(body, dict) else arguments
    return Operation(device, call, family, path, vdom, endpoint, given)


def _scene(device: Device, call: Call, path: str, vdom: str) -> Scene:
    """Path, name and action of the envelope: the first word, the second, and the rest of the endpoint's path.

    Where the URL tells no action, it is empty from 7.0 on, and was left out before.
    """
    area, _, rest = path.partition("/")
    name, _, action = rest.partition("/")
    release = device.profile.release
    if not action and call.path.rstrip("/").endswith("/select"):
        action = "select"
    named = action or release >= (7, 0, 0)
    return Scene(device, call.method, vdom, area, name, action if named else None)


def _results(operation: Operation) -> Any:
    """What the endpoint's function answers, with the query applied to a list.

    :raises Refusal: no such endpoint or method, not permitted, or wrong parameters
    """
    call, endpoint = operation.call, operation.endpoint
    handler = _handler(operation)
    if endpoint is not None:
        operation.device.permit(call, endpoint.facts.get("access_group"))
        if call.method == endpoint.method:
            parameters.check(operation)
    results = handler(operation)
    if call.method == "POST":
        carried_out.note(operation)
    elif isinstance(results, list):
        return _selected(results, operation)
    return results


def _handler(operation: Operation) -> Handler:
    """The endpoint's own function, or the general one.

    :raises Refusal: there is no such endpoint, or it does not have the method
    """
    endpoint, method = operation.endpoint, operation.call.method
    name = endpoint.id if endpoint else f"{operation.family}/{operation.path}"
    if (method, name) in HANDLERS:
        return HANDLERS[method, name]
    if endpoint is None and not any((other, name) in HANDLERS for other in _METHODS):
        raise Refusal(404)
    if endpoint is None or method != endpoint.method:
        raise Refusal(405)
    return logs.answer if operation.family == "log" else general.answer


def _selected(rows: list[Any], operation: Operation) -> list[Any]:
    """The rows with the query applied, as on tables of the configuration; the endpoint's own parameters are not it."""
    call, switches = operation.call.without(operation.parameters), operation.device.switches
    if not query.selects(call) or not all(isinstance(row, dict) for row in rows):
        return rows
    rows = query.sort(query.matching(rows, call, switches), call)
    return query.form(query.page(rows, call, switches)[0], call)


def _file(file: File) -> Answer:
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return Answer(200, file.content, headers, content_type=file.content_type)
