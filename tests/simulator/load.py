# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starting from the output of ``show``: what the release knows is loaded, the rest is reported with its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from hfortix_fortios.cli.parse import parse
from hfortix_fortios.schema import Field, Release, Schema

from . import catalogue, state
from .refusal import Refusal
from .store import home

if TYPE_CHECKING:
    from hfortix_fortios.cli.parse import Parsed, Section

    from .device import Device

#: Commands of the CLI that configure nothing.
_OTHER_COMMANDS = frozenset({"diagnose", "execute", "get", "show"})


def load(device: Device, text: str, vdom: str | None = None) -> list[str]:
    """Load a configuration; one line of text for each part of it that was not.

    What stands in no vdom belongs to `vdom`, or else to the management vdom.
    """
    parsed = _parsed(device, text)
    _make_vdoms(device, parsed)
    for section in parsed.sections:
        _forget_factory(device, section, vdom or device.management)
    return [*map(str, parsed.unknown), *_apply(device, parsed, text, vdom or device.management)]


def run(device: Device, text: str, vdom: str) -> list[str]:
    """Run a script in a vdom: what it sets is added to the configuration; a line of text for all that was not set.

    Commands that configure nothing are passed over.
    """
    parsed = _parsed(device, text)
    unknown = [item for item in parsed.unknown if (item.text.split() or [""])[0] not in _OTHER_COMMANDS]
    return [*map(str, unknown), *_apply(device, parsed, text, vdom)]


def _parsed(device: Device, text: str) -> Parsed:
    return parse(text, _finder(device.profile.release))


def _apply(device: Device, parsed: Parsed, text: str, vdom: str) -> list[str]:
    problems: list[str] = []
    _make_vdoms(device, parsed)
    lines = text.splitlines()
    for section in parsed.sections:
        for row in section.objects:
            problems += _load_row(device, section, row, lines, section.vdom or vdom)
    for table in list(device.store.tables()):
        state.relink(device, table)
    return problems


def _make_vdoms(device: Device, parsed: Parsed) -> None:
    """Make the vdoms that a text has, each with what the factory puts there."""
    for name in parsed.vdoms:
        if name not in device.vdoms:
            device.add("system/vdom", {"name": name})


def _finder(release: Release) -> Callable[[str], Schema | None]:
    return lambda words: _trimmed(words, release)


@cache
def _trimmed(words: str, release: Release) -> Schema | None:
    """The schema of a CLI path with only what the release has, so that the parser reports the rest."""
    path = catalogue.by_words().get(words)
    schema = catalogue.schema(path) if path else None
    if schema is None or release not in schema.versions:
        return None
    return replace(schema, fields=_available(schema.fields, release, schema.mkey))


def _available(fields: Mapping[str, Field], release: Release, mkey: str | None) -> dict[str, Field]:
    return {
        name: replace(item, fields=_available(item.fields, release, item.mkey))
        for name, item in fields.items()
        if release in item.versions or name == mkey
    }


def _forget_factory(device: Device, section: Section, vdom: str) -> None:
    """A ``show`` lists a table whole: what the factory put there and the text lacks is not on that device."""
    if not section.schema.is_table or section.schema.path in device.needed:
        return
    model = device.model(section.schema.path)
    if model is None:
        return
    table = device.store.table(model, home(model, section.vdom or vdom))
    listed = {row.get(str(section.schema.mkey)) for row in section.objects}
    for key in [key for key in table.rows if key not in listed]:
        table.remove(key)


def _load_row(device: Device, section: Section, row: Mapping[str, Any], lines: list[str], vdom: str) -> Iterator[str]:
    """Load one row; where the device refuses it, load what it accepts of it."""
    mkey = section.schema.mkey
    try:
        device.add(section.schema.path, row, vdom)
        return
    except Refusal:
        pass
    key = {mkey: row[mkey]} if mkey else {}
    for name, value in row.items():
        if name == mkey:
            continue
        try:
            device.add(section.schema.path, {**key, name: value}, vdom)
        except Refusal as refused:
            line = _line(lines, section.line, row.get(mkey or ""), name)
            where = " ".join(str(part) for part in (section.schema.cli_path, *key.values(), name))
            yield f"line {line}: {where}: {_words(refused)}"


def _words(refused: Refusal) -> str:
    return "; ".join(filter(None, refused.lines)) or f"refused with {refused.code}"


def _line(lines: list[str], start: int, key: object, name: str) -> int:
    """The number of the line that sets `name` in the row of `key`, or of the nearest one before it."""
    found, inside = start, key is None or key == ""
    for number, line in enumerate(lines[start:], start + 1):
        words = line.split()
        if line.startswith("end"):
            break
        if not inside and words[:1] == ["edit"]:
            inside = " ".join(words[1:]).strip('"') == str(key)
            found = number if inside else found
        elif inside and words[:2] in (["set", name], ["config", name]):
            return number
        elif inside and key not in (None, "") and line.strip() == "next" and line.startswith("    next"):
            break
    return found
