# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Saving the configuration to a file, and restoring it.

A file that a password encrypts has the first line that a device writes; what follows is a format of our own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import count
from typing import Any

from .. import refusal
from ..load import load
from ..refusal import Refusal
from ..show import backup
from .registry import File, Operation, answers

#: How a file begins that is encrypted, and one that is not.
ENCRYPTED, PLAIN = b"#FGBK|", b"#config-version="


@answers("GET", "monitor/system/config/backup")
def saved_by_get(operation: Operation) -> File:
    if operation.device.profile.release >= (7, 6, 0):
        raise Refusal(405)
    return _saved(operation)


@answers("POST", "monitor/system/config/backup")
def saved_by_post(operation: Operation) -> File:
    if operation.device.profile.release < (7, 6, 0):
        raise Refusal(405)
    return _saved(operation)


def _saved(operation: Operation) -> File:
    device = operation.device
    content = backup(device, _vdom(operation), operation.call.user).encode()
    if password := operation.param("password"):
        head = b"%s4|FGVM64|%d|%02d|%04d|\n" % (ENCRYPTED, *device.profile.release[:2], device.profile.build)
        content = head + _sealed(content, password)
    return File(f"{device.serial}.conf", content)


@answers("POST", "monitor/system/config/restore")
def restore(operation: Operation) -> dict[str, Any]:
    """Take a configuration. A device restarts with it; of a vdom it takes effect at once."""
    device, vdom = operation.device, _vdom(operation)
    if operation.param("source") != "upload":
        raise Refusal(424)
    text = _opened(operation.file(), operation.param("password"))

    def change() -> None:
        device.erase(vdom)
        load(device, text, vdom)
        device.open_doors()

    if vdom is None:
        device.restart(change)
    else:
        change()
    return {"session_id": f"restore-{device.store.writes}"}


@answers("GET", "monitor/system/config/restore-status")
def restore_status(operation: Operation) -> dict[str, Any]:
    """No restore is ever under way when the device answers."""
    if not operation.param("session_id"):
        raise Refusal(424)
    return {"success": True, "session_file_not_found": False, "in_progress": False, "error": 0}


def _vdom(operation: Operation) -> str | None:
    """The vdom that is meant; None: the whole device."""
    scope, vdom = operation.param("scope"), operation.param("vdom")
    if scope not in ("global", "vdom"):
        raise Refusal(424)
    if scope == "vdom" and vdom not in operation.device.vdoms:
        raise Refusal(500, refusal.NOT_FOUND)
    return str(vdom) if scope == "vdom" else None


def _opened(content: bytes, password: Any) -> str:
    if content.startswith(ENCRYPTED):
        content = _unsealed(content.partition(b"\n")[2], str(password or ""))
    if not content.startswith(PLAIN):
        raise Refusal(500, refusal.CONFIG_FILE, "Invalid config file")
    return content.decode()


def _sealed(content: bytes, password: str) -> bytes:
    body = hashlib.sha256(content).digest() + content
    return bytes(byte ^ mask for byte, mask in zip(body, _masks(password), strict=False))


def _unsealed(body: bytes, password: str) -> bytes:
    """Empty where the password is another."""
    plain = bytes(byte ^ mask for byte, mask in zip(body, _masks(password), strict=False))
    return plain[32:] if hashlib.sha256(plain[32:]).digest() == plain[:32] else b""


def _masks(password: str) -> Iterator[int]:
    for number in count():
        yield from hashlib.sha256(f"{password}:{number}".encode()).digest()
