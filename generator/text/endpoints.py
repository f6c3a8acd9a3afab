# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a module is for: its short description and the paragraphs below it."""

from __future__ import annotations

from hfortix_fortios.schema import Schema

from . import nouns
from .curated import about
from .data import load

_SCOPES = {
    "vdom": "The configuration belongs to a VDOM; O(vdom) chooses which.",
    "global": "The configuration is global: there is one for the whole device, whatever VDOM is asked.",
    "global-vdom": "Rows can belong to a VDOM or to the whole device.",
    "both": "Rows can belong to a VDOM or to the whole device.",
}


def short_description(schema: Schema) -> str:
    """One line without a period, e.g. ``Manage IPv4 address objects``."""
    if schema.is_table:
        return f"Manage {nouns.plural(schema.path)}"
    noun = nouns.noun(schema.path)
    return f"Manage {'the ' if ' of ' in noun else ''}{noun}"


def describe_endpoint(schema: Schema) -> list[str]:
    """Paragraphs: what it is, where the device keeps it, and what to watch for."""
    return [*_about(schema), *_where(schema), *_cautions(schema), *_releases(schema)]


def _about(schema: Schema) -> list[str]:
    written = about(schema.path)
    if written:
        return written
    if schema.is_table:
        verb = (
            "Changes"
            if schema.predefined
            else "Creates, changes, orders and deletes"
            if schema.movable
            else "Creates, changes and deletes"
        )
        first = f"{verb} {nouns.plural(schema.path)} on a FortiGate."
    else:
        first = f"Changes the {nouns.noun(schema.path)} of a FortiGate."
    group = load("groups.yml").get(schema.path.partition("/")[0])
    return [first, *([group] if group else [])]


def _where(schema: Schema) -> list[str]:
    text = f"In the CLI of the device this is C(config {schema.cli_path})."
    if schema.scope in _SCOPES:
        text += f" {_SCOPES[schema.scope]}"
    return [text]


def _cautions(schema: Schema) -> list[str]:
    found = []
    if schema.movable:
        found.append(
            "The order of the rows is the order in which the device evaluates them. O(placement) says where a row goes,"
            " O(ordered=true) keeps the order of O(config)."
        )
    if schema.predefined:
        found.append("The rows belong to the device: they can be changed, but neither created nor deleted.")
    return found


def _releases(schema: Schema) -> list[str]:
    return [f"Available in FortiOS {schema.versions}."] if schema.versions else []
