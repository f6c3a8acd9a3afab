# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What an endpoint, or a row inside it, is called."""

from __future__ import annotations

from hfortix_fortios.schema import Field, Schema

from . import glossary
from .data import load


def noun(path: str) -> str:
    """One row of a table, or what a singleton holds: "IPv4 address object", "DNS client settings"."""
    written = load("nouns.yml").get(path)
    if written is None:
        return glossary.phrase(path.rpartition("/")[2])
    return str(written).partition("|")[0]


def plural(path: str) -> str:
    """All rows of a table: "IPv4 address objects"."""
    written = load("nouns.yml").get(path, "")
    single, _, many = str(written).partition("|")
    return many or glossary.plural(single or noun(path))


def row(schema: Schema, path: tuple[str, ...]) -> str:
    """What holds the field at `path`: a row of the endpoint, of a child table, or an object; without an article.

    "IPv4 address object" for the top level of firewall/address, "neighbor" inside the neighbors of router/bgp.
    """
    if len(path) == 1:
        return noun(schema.path)
    return glossary.singular(glossary.phrase(path[-2]))


def container(schema: Schema, path: tuple[str, ...]) -> Schema | Field:
    """The table or object whose field stands at `path`."""
    holder: Schema | Field = schema
    for name in path[:-1]:
        holder = holder.fields[name]
    return holder


def option_path(schema: Schema, path: tuple[str, ...]) -> str:
    """The option as O() markup spells it: ``config[].tagging[].name``, or ``config.ntpserver[].id`` in a singleton."""
    parts = ["config[]" if schema.is_table else "config"]
    holder: Schema | Field = schema
    for name in path:
        holder = holder.fields[name]
        parts.append(holder.option + ("[]" if holder.is_table else ""))
    return ".".join(parts).removesuffix("[]")
