# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which tables exist, and which module manages the table that a reference names."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hfortix_fortios.names import module_name

CMDB = Path(__file__).parent.parent / "catalog" / "cmdb"


@cache
def tables() -> dict[str, str]:
    """Every configuration path, under its spelling in references: ``firewall.address`` -> ``firewall/address``."""
    paths = (file.relative_to(CMDB).with_suffix("").as_posix() for file in sorted(CMDB.rglob("*.json")))
    return {path.replace("/", "."): path for path in paths}


def split_reference(ref: str) -> tuple[str, tuple[str, ...]] | None:
    """The endpoint that a reference leads to, and the names of child tables and key below it.

    >>> split_reference("firewall.address.name")
    ('firewall/address', ('name',))
    >>> split_reference("system.sdwan.zone.name")
    ('system/sdwan', ('zone', 'name'))
    """
    parts = ref.split(".")
    for size in range(len(parts) - 1, 0, -1):
        path = tables().get(".".join(parts[:size]))
        if path is not None:
            return path, tuple(parts[size:])
    return None


def module_of(path: str) -> str:
    """The fully qualified name of the module that manages `path`."""
    return f"hfortix.fortios.{module_name(path)}"
