# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Saving the configuration of a device, or of one of its vdoms, to a file, and restoring it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .endpoint import Flow
from .errors import ABSENT, FortiOSError
from .http.files import BACKUP, Download, FileContent
from .http.interface import Request

_RESTORE = "/api/v2/monitor/system/config/restore"


def downloaded(request: Request, sink: Download) -> Flow[int]:
    """Write the file that answers `request` to `sink`; its size in bytes.

    :raises FortiOSError: the answer is no file
    """
    answer = yield replace(request, sink=sink)
    if sink.size is None:
        # The client moves no files in pieces, or the device did not call it a file.
        if not isinstance(answer, bytes):
            raise FortiOSError("the device sent no file", method=request.method, path=request.path)
        sink.take(answer)
    return sink.size or 0


def backup(sink: Download, vdom: str | None, password: str | None) -> Flow[int]:
    """Save the configuration. Releases differ in the method that they offer for it."""
    asked = {"destination": "file", **_scope(vdom, password)}
    try:
        return (yield from downloaded(Request("POST", BACKUP, json=asked), sink))
    except ABSENT:
        return (yield from downloaded(Request("GET", BACKUP, asked), sink))


def restore(file: FileContent, vdom: str | None, password: str | None) -> Flow[Any]:
    """Restore the configuration, whereupon the device restarts."""
    answer = yield restoring(file, vdom, password)
    return answer.get("results") if isinstance(answer, dict) else answer


def restoring(file: FileContent, vdom: str | None, password: str | None) -> Request:
    """The request that restores a configuration."""
    return Request("POST", _RESTORE, json={"source": "upload", **_scope(vdom, password), "file_content": file})


def _scope(vdom: str | None, password: str | None) -> dict[str, Any]:
    where = {"scope": "vdom", "vdom": vdom} if vdom else {"scope": "global"}
    return {**where, "password": password} if password else where
