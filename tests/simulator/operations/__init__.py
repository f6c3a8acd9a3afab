# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The monitor, log and service APIs: what the device is doing, and operations on it. One file a subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..call import Answer, Call
from ..envelope import Scene
from ..refusal import Refusal
from . import fabric, objects, status
from .registry import HANDLERS, File, Operation

if TYPE_CHECKING:
    from ..device import Device

__all__ = ["fabric", "handle", "objects", "status"]

PREFIX = "/api/v2"


def handle(device: Device, call: Call) -> Answer:
    """Answer any request below the families; ``select`` at the end of a legacy path is the default action."""
    family, *segments = call.segments(PREFIX)
    vdoms, as_list = device.targets(call)
    path = "/".join(segments).removesuffix("/select")
    answers = [_answer(Operation(device, call, family, path, vdom)) for vdom in vdoms]
    if not as_list or isinstance(answers[0].body, bytes):
        return answers[0]
    return Answer(max(answer.status for answer in answers), [answer.body for answer in answers])


def _answer(operation: Operation) -> Answer:
    device, call = operation.device, operation.call
    area, _, name = operation.path.partition("/")
    action = "" if device.profile.release >= (7, 0, 0) else "select"
    scene = Scene(device, call.method, operation.vdom, area, name, action)
    handler = HANDLERS.get((call.method, f"{operation.family}/{operation.path}"))
    try:
        if handler is None:
            raise Refusal(404)
        results = handler(operation)
    except Refusal as refused:
        return Answer(refused.status, scene.refused(refused))
    if isinstance(results, File):
        return _file(results)
    return Answer(200, scene.monitor(results))


def _file(file: File) -> Answer:
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return Answer(200, file.content, headers, content_type="application/octet-stream")
