# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a module call asks for, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

State = Literal["merged", "replaced", "overridden", "deleted", "gathered", "rendered", "parsed"]

#: The states that write to the device.
WRITING: frozenset[str] = frozenset({"merged", "replaced", "overridden", "deleted"})
#: The states that need no device.
OFFLINE: frozenset[str] = frozenset({"rendered", "parsed"})


@dataclass(frozen=True)
class Task:
    """One module call.

    `config` holds option names: a list of objects for a table, one object for a singleton, None when not given.
    `placement` is ``first``, ``last``, ``{"before": key}`` or ``{"after": key}``. `parallel` bounds the writes in
    flight (None: chosen from the measured answer time).
    """

    state: State
    config: Any = None
    vdom: str | None = None
    running_config: str | None = None
    update_secrets: Literal["always", "on_create"] = "on_create"
    version_check: Literal["warn", "fail", "ignore"] = "fail"
    parallel: int | None = None
    transaction: bool = False
    placement: Any = None
    ordered: bool = False
    check: bool = False
    diff: bool = False


class TaskError(Exception):
    """The task cannot be carried out as it is written. The message names the field and the remedy."""


def difference(header: str, before: Any, after: Any) -> dict[str, Any]:
    """What diff mode shows of one thing: its two sides, as text, or as data that Ansible lays out."""
    return {"before_header": header, "after_header": header, "before": before, "after": after}


@dataclass
class Result:
    """What a module call returns; `as_dict` leaves out what does not belong to the state."""

    changed: bool = False
    failed: str = ""
    before: Any = None
    after: Any = None
    output: Mapping[str, Any] = field(default_factory=dict)
    requests: Sequence[Mapping[str, Any]] = ()
    failed_objects: Sequence[Mapping[str, Any]] = ()
    diff: Sequence[Mapping[str, Any]] = ()
    warnings: list[str] = field(default_factory=list)
    meta: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The members that Ansible shows; `warnings` and `failed` are for the caller to hand over in its own way."""
        result: dict[str, Any] = {"changed": self.changed, **self.output}
        for name in ("before", "after"):
            if getattr(self, name) is not None:
                result[name] = getattr(self, name)
        if self.meta:
            result["meta"] = dict(self.meta)
        if self.before is not None:
            result["requests"] = list(self.requests)
        if self.failed_objects:
            result["failed_objects"] = list(self.failed_objects)
        if self.diff:
            result["diff"] = list(self.diff)
        return result
