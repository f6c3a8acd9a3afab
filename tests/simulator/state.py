# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The configuration kept in a file, so that a simulator that is started again goes on where it stopped.

Secrets stand there as they read from the device: encrypted, not to be turned back.
"""

from __future__ import annotations

import json
import os
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from . import values
from .model import table_model
from .store import GLOBAL, Key, Row, Table
from .values import Context

if TYPE_CHECKING:
    from .device import Device

FORMAT = 1


def save(device: Device, path: Path) -> None:
    """Write the whole configuration; the file is never half written and only its owner reads it."""
    tables = [
        {
            "table": table.model.schema.path,
            "vdom": table.vdom,
            "static": [key for key, row in table.rows.items() if row.static],
            "rows": [row.values for row in list(table.rows.values())],
        }
        for table in device.store.tables()
    ]
    content = {"format": FORMAT, "release": device.profile.version, "tokens": device.tokens, "tables": tables}
    fresh = path.with_name(path.name + ".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(content, file)
    fresh.replace(path)


def restore(device: Device, path: Path) -> None:
    """Put the configuration of the file in place of the device's.

    :raises ValueError: the file is not one of ours, or of another release
    """
    content = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ValueError(f"{path} is not a state file of the simulator")
    if content["release"] != device.profile.version:
        raise ValueError(f"{path} is of {content['release']}, the simulated release is {device.profile.version}")
    device.tokens.update(content["tokens"])
    device.store.replace(_table(device, facts) for facts in content["tables"])
    for table in list(device.store.tables()):
        relink(device, table)
    device.open_doors()


def _table(device: Device, facts: dict[str, Any]) -> Table:
    model = table_model(facts["table"], device.profile.release)
    if model is None:
        raise ValueError(f"{device.profile.version} has no {facts['table']}")
    table = Table(model, facts["vdom"])
    static = set(facts["static"])
    for stored in facts["rows"]:
        key: Key = stored[model.mkey] if model.mkey else None
        table.put(key, Row(stored, model.digest(stored), (), key in static))
    return table


def relink(device: Device, table: Table) -> None:
    """Look again for what the rows refer to, once everything is there that they could refer to."""
    vdom = table.vdom if table.vdom != GLOBAL else device.management
    context = Context(device.store, vdom, device.profile.release, device.switches)
    for key, row in list(table.rows.items()):
        whole = (table.model.schema.path, row.values)
        uses = values.uses(table.model, row.values, replace(context, trusted=True), whole=whole)
        if uses != row.uses:
            table.put(key, Row(row.values, row.digest, uses, row.static))


class Keeper:
    """Saves the configuration soon after it changed, and once more at the end."""

    def __init__(self, device: Device, path: Path, pause: float = 0.5) -> None:
        self._device, self._path, self._pause = device, path, pause
        self._saved = -1
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        if path.exists():
            restore(device, path)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()
        self._save()

    def _run(self) -> None:
        while not self._stop.wait(self._pause):
            self._save()

    def _save(self) -> None:
        writes = self._device.store.writes
        if writes != self._saved:
            save(self._device, self._path)
            self._saved = writes
