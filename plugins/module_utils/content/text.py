# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Content from and to configuration text: a backup, or what ``show`` prints, with virtual domains or without."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from ..bridge.endpoints import schema_of_words
from ..hfortix_fortios.cli.lexer import quote
from ..hfortix_fortios.cli.parse import Parsed, Section, parse
from ..hfortix_fortios.cli.render import render
from ..hfortix_fortios.schema import Schema
from ..hfortix_fortios.values import masked
from .part import GLOBAL, ROOT, Content, Omission, Values, is_global
from .reduce import Reducer
from .sequence import Step, sequence

#: The table of virtual domains, which text opens with ``config vdom``.
VDOMS = "system/vdom"
NAMELESS = "its virtual domain has no name"
SHARED = "rows of the device as a whole, in a table that virtual domains have too, which no module can reach"


def read(text: str, schemas: Sequence[Schema], into: Reducer) -> list[Values]:
    """Add what configuration text has of `schemas`; lines that could not be understood, with their numbers and why.

    :raises ValueError: it is no configuration text: nothing in it was understood
    """
    parsed = parse(text, schema_of_words)
    if not (parsed.sections or parsed.vdoms):
        raise ValueError("holds no configuration that any module takes")
    wanted = {schema.path: schema for schema in schemas}
    if parsed.vdoms and VDOMS in wanted:
        into.add(GLOBAL, wanted[VDOMS], [{"name": vdom} for vdom in parsed.vdoms])
    for section in parsed.sections:
        if section.schema.path not in wanted:
            continue
        vdom = _home(section, parsed)
        if not vdom:
            keys = [row.get(section.schema.mkey or "") for row in section.objects]
            reason = SHARED if vdom is None else NAMELESS
            into.content.omissions.append(Omission(vdom or GLOBAL, section.schema.name, reason, keys=keys))
        else:
            into.add(vdom, section.schema, section.objects)
    return [
        {"line": item.line, "text": item.text, "reason": item.reason, "lines": item.lines} for item in parsed.unknown
    ]


def _home(section: Section, parsed: Parsed) -> str | None:
    """Where a section of a text belongs; None if modules cannot reach it."""
    schema = section.schema
    if is_global(schema):
        return GLOBAL
    if section.vdom is not None:
        return section.vdom
    if not parsed.vdoms:
        return parsed.vdom or ROOT
    return None if schema.scope == "global-vdom" else GLOBAL


def write(content: Content) -> str:
    """`content` as configuration text, divided into virtual domains if there is any but root."""
    steps = [step for step in sequence(content.parts) if step.part.schema.path != VDOMS]
    named = [str(row["name"]) for part in content.parts if part.schema.path == VDOMS for row in part.rows]
    vdoms = [vdom for vdom in dict.fromkeys([ROOT, *named, *content.vdoms]) if vdom != GLOBAL]
    if vdoms == [ROOT]:
        return "".join(map(_section, steps))
    lines = ["config vdom", *(line for vdom in vdoms for line in (f"edit {quote(vdom)}", "next")), "end"]
    text = "".join(f"{line}\n" for line in lines)
    for vdom, group in groupby(steps, key=lambda step: step.part.vdom):
        inside = "".join(map(_section, group))
        if vdom == GLOBAL:
            text += f"\nconfig global\n{inside}end\n"
        else:
            text += f"\nconfig vdom\nedit {quote(vdom)}\n{inside}end\n"
    return text


def _section(step: Step) -> str:
    part = step.part
    rows = part.rows
    if step.keys is not None:
        rows = [row for row in rows if row[part.schema.key.name] in step.keys]
    return render(part.schema, rows, full=True)


def without_secrets(text: str) -> str:
    """What configuration text holds, with secrets masked, for people to see. What it cannot hold is not shown."""
    parsed = parse(text, schema_of_words)
    sections = []
    for section in parsed.sections:
        rows = [masked(section.schema.fields, row) for row in section.objects]
        where = f"# {section.vdom}\n" if section.vdom else ""
        sections.append(where + render(section.schema, rows, full=True))
    return "".join(sections)
