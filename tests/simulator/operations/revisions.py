# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Revisions of the configuration that an administrator has saved."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ..refusal import NOT_FOUND, Refusal
from .registry import Operation, answers
from .status import Clock

#: The number under which the releases of revisions are told; there is one, because the device does not change its own.
_CATEGORY = "1"


@dataclass(slots=True)
class Revisions:
    """What was saved, the oldest first, and which writes the latest one has seen."""

    saved: list[dict[str, Any]] = field(default_factory=list)
    writes: int = 0
    last: int = 0


@answers("GET", "monitor/system/config-revision")
def revisions(operation: Operation) -> dict[str, Any]:
    """The revisions, the latest first, and whether there are changes since."""
    device, state = operation.device, operation.device.of(Revisions)
    major, minor, patch = device.profile.release
    release = {"major_version": major, "minor_version": minor, "patch_number": patch}
    category = {**release, "build_number": device.profile.build, "release_number": 0}
    return {
        "revisions": state.saved[::-1],
        "categories": {_CATEGORY: category} if state.saved else {},
        "current_config_unsaved": device.store.writes != state.writes,
    }


@answers("GET", "monitor/system/config-revision/info")
def info(operation: Operation) -> dict[str, Any]:
    return _one(operation)


@answers("POST", "monitor/system/config-revision/save")
def save(operation: Operation) -> dict[str, int]:
    """Save the configuration; the number of the revision."""
    device, state = operation.device, operation.device.of(Revisions)
    state.last += 1
    state.writes = device.store.writes
    state.saved.append(
        {
            "id": state.last,
            "time": device.of(Clock).now(),
            "version_id": _CATEGORY,
            "admin": operation.call.user,
            "comment": operation.param("comments", ""),
        }
    )
    return {"config_id": state.last}


@answers("POST", "monitor/system/config-revision/update-comments")
def comment(operation: Operation) -> None:
    _one(operation)["comment"] = operation.param("comments", "")


@answers("POST", "monitor/system/config-revision/delete")
def delete(operation: Operation) -> None:
    """Delete revisions.

    :raises Refusal: one of them is not there
    """
    state, numbers = operation.device.of(Revisions), set(operation.numbers("config_ids"))
    if not numbers <= {item["id"] for item in state.saved}:
        raise Refusal(404, NOT_FOUND)
    state.saved = [item for item in state.saved if item["id"] not in numbers]


def _one(operation: Operation) -> dict[str, Any]:
    """The revision of ``config_id``, or the latest.

    :raises Refusal: there is none
    """
    saved, number = operation.device.of(Revisions).saved, operation.number("config_id")
    found: dict[str, Any] | None = next((item for item in reversed(saved) if number in (0, item["id"])), None)
    if found is None:
        raise Refusal(404, NOT_FOUND)
    return found
