# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The configuration as the text of a backup; `load` reads it again."""

from __future__ import annotations

import secrets
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from hfortix_fortios.cli.render import render
from hfortix_fortios.schema import release_text

from .store import GLOBAL, Table
from .values import encrypt

if TYPE_CHECKING:
    from .device import Device


def backup(device: Device, vdom: str | None, user: str) -> str:
    """What `user` gets as a backup of the whole device, or of one vdom."""
    if vdom is not None:
        return _header(device, user, f"0:vd_name={vdom}/{vdom}") + _sections(device, vdom)
    vdoms = device.vdoms
    text = _header(device, user, "1")
    if vdoms == [device.management]:
        return text + _sections(device, GLOBAL) + _sections(device, vdoms[0])
    text += "config vdom\n" + "".join(f"edit {name}\nnext\n" for name in vdoms) + "end\n"
    text += f"config global\n{_sections(device, GLOBAL)}end\n"
    return text + "".join(_in_vdom(device, name) for name in vdoms)


def _header(device: Device, user: str, scope: str) -> str:
    profile = device.profile
    release = release_text(profile.release)
    several = int(device.vdoms != [device.management])
    return (
        f"#config-version=FGVM64-{release}-FW-build{profile.build:04}-260101:opmode=0:vdom={several}:user={user}\n"
        f"#conf_file_ver={device.store.writes}{secrets.randbelow(10**6):06}\n"
        f"#buildno={profile.build}\n"
        f"#global_vdom={scope}\n"
    )


def _in_vdom(device: Device, vdom: str) -> str:
    return f"config vdom\nedit {vdom}\n{_sections(device, vdom)}end\n"


def _sections(device: Device, vdom: str) -> str:
    tables = sorted(device.store.tables(vdom), key=lambda table: _place(table.model.schema.path))
    return "".join(_section(device, table) for table in tables)


def _place(path: str) -> tuple[bool, str]:
    """The settings of the system stand first."""
    return not path.startswith("system/"), path


def _section(device: Device, table: Table) -> str:
    rows = [deepcopy(row.values) for row in table.rows.values()]
    if not any(rows):
        return ""
    if device.switches.enc == "changing":
        for row in rows:
            for path in list(table.model.secrets(row)):
                _encrypt_anew(row, path)
    # A stored row holds what differs from the release's defaults, and so what a `show` prints.
    return render(table.model.schema, rows if table.model.schema.is_table else rows[0], full=True)


def _encrypt_anew(row: Any, path: tuple[str, ...]) -> None:
    for name in path[:-1]:
        row = row[name]
    row[path[-1]] = encrypt(secrets.token_hex())
