# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""One read of what the device has, and what its answer says about the device."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..hfortix_fortios.errors import ABSENT, FortiOSError, PermissionDeniedError, UnsupportedError
from ..hfortix_fortios.http.interface import IHTTPClient, Params
from ..hfortix_fortios.schema import Release, Schema, release_text, told_release
from .plan import names_its_rows
from .task import Task

#: Up to so many objects are asked for by their keys; the whole table is read for more.
FEW = 20
#: Keys that need no escape in a filter, by either of the two rules that are in print.
_PLAIN = re.compile(r"[A-Za-z0-9_ :@/-]+")


@dataclass(frozen=True)
class Reading:
    """The rows of a table, or the one object of a singleton (a list of one), with the facts of the envelope."""

    rows: list[dict[str, Any]]
    release: Release | None
    serial: str | None
    vdom: str | None

    def meta(self) -> dict[str, Any]:
        facts = {
            "release": release_text(self.release) if self.release else None,
            "serial": self.serial,
            "vdom": self.vdom,
        }
        return {name: value for name, value in facts.items() if value is not None}


def target(schema: Schema, vdom: str | None) -> dict[str, str]:
    """The query parameters that say which vdom is meant. Global tables take none."""
    return {"vdom": vdom} if vdom and schema.scope != "global" else {}


def read(schema: Schema, client: IHTTPClient, task: Task, wanted: Sequence[Mapping[str, Any]]) -> Reading:
    """What the device has, in one request: the rows that `wanted` means when they are few, else all.

    :raises UnsupportedError: the device has no such endpoint
    :raises FortiOSError: the device refuses, or cannot be reached
    """
    params = target(schema, task.vdom)
    if task.state == "overridden":
        params["with_meta"] = "1"
    elif not (task.ordered or task.placement):
        params.update(_filter(schema, wanted))
    try:
        answer = client.get(schema.url(), params=params)
    except FortiOSError as error:
        raise explained(schema, params, error) from None
    return reading(schema, answer)


def explained(schema: Schema, params: Params, error: FortiOSError) -> FortiOSError:
    """What an error means for a read of the whole endpoint: an absent one is no absent entry."""
    if isinstance(error, ABSENT):
        return UnsupportedError(
            f"The device has no endpoint {schema.path}",
            status=error.status,
            method="GET",
            path=schema.url(),
            hint=f"FortiOS has it in {schema.versions}; check the device's release and its licence",
        )
    if isinstance(error, PermissionDeniedError) and "vdom" in params:
        error.hint = (
            f"Check that there is a vdom {params['vdom']}, and that the access profile and the vdoms of the "
            "administrator or API user grant it"
        )
    return error


def _filter(schema: Schema, wanted: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    if not schema.is_table or not 0 < len(wanted) <= FEW:
        return {}
    field = schema.key.name
    if names_its_rows(schema) and not any(row.get(field) for row in wanted):
        field = "name"
    keys = [str(row.get(field) or "") for row in wanted]
    if not all(_PLAIN.fullmatch(key) for key in keys):
        return {}
    return {"filter": ",".join(f"{field}=={key}" for key in keys)}


def read_defaults(schema: Schema, client: IHTTPClient, task: Task) -> Mapping[str, Any]:
    """The defaults that this very release has; none where the device does not tell."""
    try:
        answer = client.get(schema.url(), params={**target(schema, task.vdom), "action": "default"})
    except FortiOSError:
        return {}
    results = answer.get("results") if isinstance(answer, Mapping) else None
    if isinstance(results, list) and results:
        results = results[0]
    return results if isinstance(results, Mapping) else {}


def reading(schema: Schema, answer: Any) -> Reading:
    """What the answer of one vdom holds.

    :raises FortiOSError: it is not what the endpoint answers
    """
    if isinstance(answer, list) and len(answer) == 1:
        answer = answer[0]
    elif isinstance(answer, list):
        raise _unusable(schema, "the device answered for several vdoms", "Name one vdom in a task, and loop over them")
    if not isinstance(answer, Mapping) or "results" not in answer:
        raise _unusable(schema, "the device's answer holds no results")
    results = answer["results"] or []
    rows = results if isinstance(results, list) else [results]
    if not all(isinstance(row, Mapping) and (schema.mkey is None or schema.mkey in row) for row in rows):
        raise _unusable(
            schema, f"the device's answer has objects without {schema.mkey}", "Check the administrator's access profile"
        )
    return Reading(
        rows=[dict(row) for row in rows],
        release=told_release(answer.get("version")),
        serial=answer.get("serial"),
        vdom=answer.get("vdom"),
    )


def _unusable(schema: Schema, message: str, hint: str | None = None) -> FortiOSError:
    return FortiOSError(message, method="GET", path=schema.url(), hint=hint)
