# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Saved configurations: what the header of one tells, and whether two are the same but for what always differs.

That is, the header, which names who saved it and counts how often that was done; and values that a device encrypts
anew each time it prints them. What a password encrypts as a whole cannot be looked into.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ..schema import release_text
from .parse import version_facts

_PLAIN, _ENCRYPTED = b"#config-version=", b"#FGBK|"
_HEADER = re.compile(rb"(?:#[^\n]*\n)*")
_HEADER_LINE = re.compile(rb"#([\w-]+)=([^\r\n]*)")
_SCOPE = re.compile(rb"^#global_vdom=(\d)(?::vd_name=([^/\r\n]*))?", re.MULTILINE)
_ENCRYPTED_VALUE = re.compile(rb"\bENC [^\s\"]+|-----BEGIN ([A-Z ]*PRIVATE KEY)-----.*?-----END \1-----", re.DOTALL)


def is_plain(content: bytes) -> bool:
    """Whether this is a saved configuration that can be read."""
    return content.startswith(_PLAIN)


def is_encrypted(content: bytes) -> bool:
    """Whether this is a saved configuration that a password encrypts."""
    return content.startswith(_ENCRYPTED)


def header_facts(content: bytes) -> dict[str, Any]:
    """What the header tells: ``model``, ``release`` ("7.6.5"), ``build``, ``user`` and ``revision``, where it does."""
    lines = {name.decode(): value.decode("utf-8", "replace") for name, value in _HEADER_LINE.findall(_header(content))}
    facts = version_facts(lines.get("config-version", ""))
    if "release" in facts:
        facts["release"] = release_text(facts["release"])
    if "conf_file_ver" in lines:
        facts["revision"] = lines["conf_file_ver"]
    return {name: facts[name] for name in ("model", "release", "build", "user", "revision") if name in facts}


def scope(content: bytes) -> str | None:
    """What a saved configuration is of: a vdom by its name, all of the device (""); None if it does not tell."""
    found = _SCOPE.search(_header(content))
    if found is None:
        return None
    return "" if found[1] == b"1" else (found[2] or b"").decode("utf-8", "replace") or None


def is_complete(content: bytes) -> bool:
    """Whether the last block of a saved configuration that can be read is closed."""
    lines = (line.strip() for line in reversed(content.splitlines()))
    return next((line == b"end" for line in lines if line and not line.startswith(b"#")), False)


def body(content: bytes) -> str:
    """The configuration below the header."""
    return content[len(_header(content)) :].decode("utf-8", "replace")


def differ(old: bytes, new: bytes, again: Callable[[], bytes]) -> bool:
    """Whether a saved configuration is another one than the device's own, `new`.

    Where they differ in nothing but encrypted values, `again` gets the device's once more: only values that it prints
    the same both times can tell anything.
    """
    if not (is_plain(old) and is_plain(new)):
        return old != new
    old, new = _body(old), _body(new)
    if old == new:
        return False
    if _ENCRYPTED_VALUE.sub(b"", old) != _ENCRYPTED_VALUE.sub(b"", new):
        return True
    values = zip(_values(old), _values(new), _values(_body(again())), strict=False)
    return any(before != now == then for before, now, then in values)


def _header(content: bytes) -> bytes:
    found = _HEADER.match(content)
    return found[0] if found and is_plain(content) else b""


def _body(content: bytes) -> bytes:
    return content[len(_header(content)) :].replace(b"\r\n", b"\n")


def _values(text: bytes) -> list[bytes]:
    return [found[0] for found in _ENCRYPTED_VALUE.finditer(text)]
