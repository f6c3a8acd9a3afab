# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the modules of monitor, log and service endpoints return, as documentation data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..model import Endpoint
from ..texts import describe_member
from .returns import member

_TYPES = {
    "string": "str",
    "integer": "int",
    "boolean": "bool",
    "number": "float",
    "double": "float",
    "array": "list",
    "object": "dict",
}
_TEXT: Mapping[str, Any] = {"type": "str"}
_NUMBER: Mapping[str, Any] = {"type": "int"}

_META = {
    "release": member("when the device says", "The release of the device.", **_TEXT, sample="7.6.5"),
    "serial": member("when the device says", "The serial number of the device.", **_TEXT),
    "vdom": member("when one virtual domain was asked", "The virtual domain that answered.", **_TEXT, sample="root"),
}
_LOG_META = {
    "total_lines": member("when the device says", "How many lines match.", **_NUMBER),
    "completed": member("when the device says", "How much of the log was searched, in percent.", **_NUMBER),
    "session_id": member("when the device says", "The number of the search on the device.", **_NUMBER),
}
_REQUEST = {
    "method": member("always", "The HTTP method.", **_TEXT),
    "path": member("always", "The path, percent-encoded.", **_TEXT),
    "params": member("when there are any", "The query parameters.", type="dict"),
    "body": member("when there is one", "The parameters that are sent as JSON.", type="dict"),
}
_RESTART = {
    "seconds": member("always", "How long that took.", type="float"),
    "before": member("always", "The release before.", **_TEXT, sample="7.4.4"),
    "after": member("always", "The release after it.", **_TEXT, sample="7.6.5"),
}


def returns(endpoint: Endpoint) -> dict[str, Any]:
    """The members of the result, by the nature of the endpoint."""
    operation = endpoint.operation
    if operation.download:
        return _fetching(endpoint)
    if operation.reads:
        return _reading(endpoint)
    return _acting(endpoint)


def _reading(endpoint: Endpoint) -> dict[str, Any]:
    found = {
        "changed": member("always", "Always V(false).", type="bool"),
        "response": _response(endpoint, "success", "What the device answers, as it is."),
    }
    meta = _META
    if endpoint.operation.has_entries:
        found["complete"] = member(
            "success", "Whether RV(response) are all entries that match. V(false) where there may be more.", type="bool"
        )
        meta = _META | _LOG_META
    return found | {"meta": _meta("success", meta)}


def _acting(endpoint: Endpoint) -> dict[str, Any]:
    found = {
        "changed": member(
            "always", "Whether the device accepted the request or, in check mode, would be asked.", type="bool"
        ),
        "request": _request("success"),
        "response": _response(endpoint, "unless in check mode", "What the device answers, as it is; often nothing."),
        "meta": _meta("unless in check mode", _META),
    }
    if endpoint.operation.restarts:
        found["restart"] = member(
            "when O(wait=true)", "The restart of the device that was waited for.", type="dict", contains=_RESTART
        )
    return found


def _fetching(endpoint: Endpoint) -> dict[str, Any]:
    operation = endpoint.operation
    posts = operation.method == "POST"
    written = "with O(dest)" if operation.download == "text" else "success"
    told = "unless in check mode" if posts else written
    found = {
        "changed": member(
            "always", "Whether the file at O(dest) was written or, in check mode, would be.", type="bool"
        ),
        "dest": member(written, "The path of the file.", **_TEXT),
        "size": member(told, "Its size in bytes.", **_NUMBER),
        "checksum": member(told, "The SHA-256 of its content.", **_TEXT),
    }
    if posts:
        found["request"] = _request("in check mode")
    if operation.download == "text":
        found["content"] = member("without O(dest)", "The text.", **_TEXT)
    return found


def _response(endpoint: Endpoint, returned: str, about: str) -> dict[str, Any]:
    if endpoint.operation.has_entries:
        return member(returned, "The entries, as the device has them.", type="list", elements="dict")
    members = endpoint.operation.response
    if not members:
        return member(returned, about, type="raw")
    contains = {
        name: member("when the device says", describe_member(endpoint, name, fact), type=_TYPES[fact["type"]])
        for name, fact in members.items()
    }
    for name, fact in members.items():
        if fact["type"] == "array":
            contains[name]["elements"] = "raw"
    listed = f"{about} Its members, or those of each row, are these in FortiOS 7.6.5."
    return member(returned, listed, type="complex", contains=contains)


def _meta(returned: str, contains: Mapping[str, Any]) -> dict[str, Any]:
    return member(returned, "What the answer says about the device.", type="dict", contains=dict(contains))


def _request(returned: str) -> dict[str, Any]:
    return member(
        returned,
        "The request that is sent or, in check mode, would be. Secrets are masked.",
        type="dict",
        contains=_REQUEST,
    )
