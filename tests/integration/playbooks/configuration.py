# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a simulator holds, seen from inside."""

from __future__ import annotations

from typing import Any

from tests.simulator.server import Simulator

#: Rows under their keys (None in a single object), by table and vdom; the vdom of the device's own tables is "".
Configuration = dict[tuple[str, str], dict[Any, dict[str, Any]]]


def configuration(device: Simulator) -> Configuration:
    """All rows of all tables that have any, by table and vdom."""
    return {
        (table.model.schema.path, table.vdom): {key: row.values for key, row in table.rows.items()}
        for table in device.device.store.tables()
        if any(row.values for row in table.rows.values())
    }
