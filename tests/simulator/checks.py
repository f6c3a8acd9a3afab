# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a device checks of a write beyond the grammar of its values. The subject that knows registers it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .cmdb import Work

#: Is given the entry as it is (empty for a new one) and the body. May raise `Refusal`.
Check = Callable[["Work", Mapping[str, Any], Mapping[str, Any]], None]

_CHECKS: dict[str, Check] = {}


def checks(*paths: str) -> Callable[[Check], Check]:
    """Let the function judge writes to tables: ``@checks("vpn.certificate/ca")``."""

    def register(check: Check) -> Check:
        _CHECKS.update(dict.fromkeys(paths, check))
        return check

    return register


def check(work: Work, old: Mapping[str, Any], body: Mapping[str, Any]) -> None:
    """:raises Refusal: the device does not take `body`"""
    found = _CHECKS.get(work.model.schema.path)
    if found is not None:
        found(work, old, body)
