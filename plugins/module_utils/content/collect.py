# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The configuration of a device, read endpoint by endpoint."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..hfortix_fortios.endpoint import rows_of
from ..hfortix_fortios.errors import (
    ABSENT,
    AuthenticationError,
    FortiOSError,
    PermissionDeniedError,
    RateLimitedError,
    TransportError,
)
from ..hfortix_fortios.http.interface import IBatchClient, Outcome, Request
from ..hfortix_fortios.schema import LATEST, Release, Schema, release_text, told_release
from ..resource.task import TaskError
from .part import GLOBAL, ROOT, Omission, is_global, schema_of
from .reduce import Reducer

_STATUS = "/api/v2/monitor/system/status"
NOT_PERMITTED = "the administrator may not read it"
#: What would befall every other request as well.
_FATAL = (TransportError, AuthenticationError, RateLimitedError)


@dataclass(frozen=True)
class Device:
    """What a device says of itself: its release, its serial number, its virtual domains."""

    release: Release = LATEST
    serial: str = ""
    vdoms: Sequence[str] = (ROOT,)

    def as_dict(self) -> dict[str, Any]:
        return {"release": release_text(self.release), "serial": self.serial, "vdoms": list(self.vdoms)}


@dataclass
class _Read:
    """An endpoint in one virtual domain, and what the device answered for it."""

    vdom: str
    schema: Schema
    rows: list[Any] = field(default_factory=list)

    def request(self, **params: str) -> Request:
        if self.vdom != GLOBAL:
            return Request("GET", self.schema.url(), params={"vdom": self.vdom, **params})
        # Of a table whose rows belong to virtual domains, those of all of them.
        everywhere = {"global": "1"} if self.schema.scope == "both" else {}
        return Request("GET", self.schema.url(), params={**everywhere, **params})


def identify(client: IBatchClient) -> Device:
    """What the device says of itself.

    :raises FortiOSError: it cannot be reached, or does not know the client
    """
    # Every administrator may read the status.
    status, vdoms = client.batch([Request("GET", _STATUS), Request("GET", schema_of("system/vdom").url())])
    if status.error is not None:
        raise status.error
    envelope = status.answer if isinstance(status.answer, Mapping) else {}
    names = [envelope.get("vdom") or ROOT]
    if vdoms.error is None:
        names = [str(row["name"]) for row in rows_of(vdoms.answer, "system/vdom")] or names
    release = told_release(envelope.get("version")) or LATEST
    return Device(release, str(envelope.get("serial", "")), names)


def collect(
    client: IBatchClient, device: Device, schemas: Sequence[Schema], vdoms: Sequence[str], into: Reducer
) -> None:
    """Read `schemas` in `vdoms` (`GLOBAL` among them: for the device as a whole) and add what there is.

    What the administrator may not read, and what the device fails to answer, is noted as unread.

    :raises FortiOSError: the device cannot be reached
    """
    reads = list(_wanted(device, schemas, vdoms))
    found = []
    for read, outcome in zip(reads, client.batch([read.request() for read in reads]), strict=True):
        error, rows = _rows(read, outcome)
        if error is None:
            read.rows = rows
            found += [read] if rows else []
        elif reason := _reason(error):
            into.content.unread.append(Omission(read.vdom, read.schema.name, reason))
    asked = client.batch([read.request(action="default") for read in found])
    for read, outcome in zip(found, asked, strict=True):
        defaults = _rows(read, outcome)[1]
        into.add(read.vdom, read.schema, read.rows, defaults[0] if defaults else {})


def _wanted(device: Device, schemas: Sequence[Schema], vdoms: Sequence[str]) -> Iterator[_Read]:
    for vdom in vdoms:
        for schema in schemas:
            if is_global(schema) == (vdom == GLOBAL) and device.release in schema.versions:
                yield _Read(vdom, schema)


def _rows(read: _Read, outcome: Outcome) -> tuple[FortiOSError | None, list[Any]]:
    """The rows in an answer, or the error; a client that cannot go on raises it.

    :raises FortiOSError: the device cannot be reached
    """
    error = outcome.error
    if error is None:
        answer = outcome.answer[0] if isinstance(outcome.answer, list) and outcome.answer else outcome.answer
        try:
            rows = [row for row in rows_of(answer, read.schema.path) if isinstance(row, Mapping)]
        except FortiOSError as refusal:
            error = refusal
        else:
            return None, rows
    if isinstance(error, _FATAL):
        raise error
    return error, []


def _reason(error: FortiOSError) -> str:
    """Why something was not read; empty if the device does not have it."""
    if isinstance(error, ABSENT):
        return ""
    return NOT_PERMITTED if isinstance(error, PermissionDeniedError) else f"the device did not answer for it: {error}"


def chosen_vdoms(device: Device, wanted: Sequence[str] | None) -> list[str]:
    """The virtual domains to read, and `GLOBAL`.

    :raises TaskError: one of them is not there
    """
    there = [GLOBAL, *device.vdoms]
    missing = [name for name in wanted or () if name not in there]
    if missing:
        raise TaskError(f"vdoms: the device has no {', '.join(missing)}. It has {', '.join(device.vdoms)}.")
    return [name for name in there if wanted is None or name in wanted]
