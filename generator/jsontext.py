# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Catalogue files as text: a field on a line, so that a change of one shows as one line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def dump(value: Any, indent: int = 0) -> str:
    """`value` (JSON data) as it stands in a catalogue file, without the line end of the last line."""
    if not isinstance(value, Mapping) or not any(map(_spreads, value, value.values())):
        return json.dumps(value, ensure_ascii=False)
    pad = " " * (indent + 2)
    lines = [f"{pad}{json.dumps(key)}: {dump(item, indent + 2)}" for key, item in value.items()]
    return "{\n" + ",\n".join(lines) + "\n" + " " * indent + "}"


def _spreads(key: str, item: Any) -> bool:
    """Whether what holds `item` takes several lines."""
    return isinstance(item, Mapping) and bool(item) and key != "option_versions"
