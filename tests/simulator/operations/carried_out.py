# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which operations the device has carried out, for tests to look at: ``GET /__simulator__/actions``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..record import masked
from .registry import Operation, controls

if TYPE_CHECKING:
    from ..device import Device


@dataclass(slots=True)
class CarriedOut:
    """The operations in order: `path` with its family, `vdom`, `parameters` with secrets masked, `user`."""

    actions: list[dict[str, Any]] = field(default_factory=list)


def note(operation: Operation) -> None:
    """Remember an operation that succeeded."""
    call = operation.call
    query = {name: values[0] for name, values in call.query.items() if name not in ("vdom", "access_token")}
    operation.device.of(CarriedOut).actions.append(
        {
            "path": f"{operation.family}/{operation.path}",
            "vdom": operation.vdom,
            "parameters": masked({**query, **operation.given}),
            "user": call.user,
        }
    )


@controls("GET", "actions")
def actions(device: Device, body: Any) -> dict[str, Any]:
    """The operations since the start, or since the last reset."""
    return {"actions": device.of(CarriedOut).actions}
