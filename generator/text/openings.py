# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The first sentence about a field that nobody has written about: what its name and shape say, and no more."""

from __future__ import annotations

from hfortix_fortios.schema import Field, Schema

from . import glossary, nouns
from .curated import shape

#: What a name that ends so is about, when it can only be on or off. {0} is the rest.
SWITCH_ENDINGS = {
    "status": "Turns {0} on or off",
    "enable": "Turns {0} on or off",
    "enabled": "Turns {0} on or off",
    "support": "Whether to support {0}",
    "log": "Whether to log {0}",
    "logging": "Whether to log {0}",
    "negate": "Whether to match everything except {0}",
    "override": "Whether to override {0}",
}
#: Units that a name states, as the sentence ends.
UNITS = {
    "msec": "in milliseconds",
    "millisec": "in milliseconds",
    "milliseconds": "in milliseconds",
    "usec": "in microseconds",
    "sec": "in seconds",
    "secs": "in seconds",
    "seconds": "in seconds",
    "minute": "in minutes",
    "minutes": "in minutes",
    "mins": "in minutes",
    "hour": "in hours",
    "hours": "in hours",
    "days": "in days",
    "bps": "in bit/s",
    "kbps": "in kbit/s",
    "mbps": "in Mbit/s",
    "percent": "in percent",
    "percentage": "in percent",
    "permille": "in thousandths",
    "mpermille": "in thousandths",
    "mpercent": "in percent",
    "bytes": "in bytes",
    "kb": "in kilobytes",
    "mb": "in megabytes",
}
#: Options that say how far an administrator's rights go.
ACCESS = frozenset({"none", "read", "read-write", "custom"})
#: "...-name" is no name of something after one of these.
_KINDS_OF_NAME = frozenset(
    {"friendly", "display", "full", "short", "long", "common", "distinguished", "canonical", "nice"}
)
_CHOSEN = ("algorithm", "format", "mode", "method", "protocol", "version", "type", "style", "unit", "level", "theme")


def opening(schema: Schema, path: tuple[str, ...], item: Field) -> str:
    """One sentence, with capital and period."""
    holder = nouns.container(schema, path)
    if item.name == holder.mkey and (isinstance(holder, Schema) or not item.refs):
        return glossary.sentence(_key(schema, path, item))
    kind = shape(item)
    if kind == "switch" or (kind == "option" and _is_binary(item)):
        return glossary.sentence(_switch(schema, path, item))
    if kind == "table":
        return glossary.sentence(_table(schema, path, item))
    if kind == "object":
        return glossary.sentence(_object(schema, path, item))
    if kind == "option":
        return glossary.sentence(_choice(schema, path, item))
    if kind == "integer":
        return glossary.sentence(_number(schema, path, item))
    return glossary.sentence(_text(schema, path, item))


def _is_binary(item: Field) -> bool:
    return {option.lower() for option in item.options} in ({"yes", "no"}, {"on", "off"}, {"true", "false"})


def of(schema: Schema, path: tuple[str, ...]) -> str:
    """Where a field belongs: " of the neighbor", " in the DNS client settings"."""
    holder = nouns.container(schema, path)
    name = nouns.row(schema, path)
    if isinstance(holder, Schema) and not holder.is_table:
        return f" in the {name}"
    if glossary.is_plural(name):
        return f" in the {name}"
    return f" of {name}" if name[-1].isdigit() else f" of the {name}"


def _inside(schema: Schema, path: tuple[str, ...]) -> str:
    return of(schema, path) if " " not in glossary.phrase(path[-1]) else ""


def _named(schema: Schema, path: tuple[str, ...], text: str) -> str:
    """`text` with its owner, when alone it would say no more than the option's name."""
    plain = "".join(filter(str.isalnum, text.lower())) == "".join(filter(str.isalnum, path[-1].lower()))
    return text + of(schema, path) if plain or " " not in text else text


def _key(schema: Schema, path: tuple[str, ...], item: Field) -> str:
    owner = nouns.row(schema, path)
    if item.type == "integer":
        return f"number that identifies the {owner}"
    if item.name == "name":
        return f"name of the {owner}"
    return f"{glossary.phrase(item.name)} that identifies the {owner}"


def _switch(schema: Schema, path: tuple[str, ...], item: Field) -> str:
    parts = glossary.tokens(item.name)
    if parts[0] == "gui" and len(parts) > 1:
        return f"whether the web interface shows {glossary.phrase('-'.join(parts[1:]))}"
    if len(parts) > 1 and parts[-1] in SWITCH_ENDINGS:
        return SWITCH_ENDINGS[parts[-1]].format(glossary.phrase("-".join(parts[:-1])))
    if (glossary.is_verb(parts[0]) or parts[0] == "always") and len(parts) > 1:
        return f"whether to {glossary.phrase(item.name)}"
    text = glossary.phrase(item.name)
    for_whom = f" for the {nouns.row(schema, path)}" if len(path) > 1 or schema.is_table else ""
    return f"turns {text} on or off" + ("" if " " in text else for_whom)


def _table(schema: Schema, path: tuple[str, ...], item: Field) -> str:
    text = glossary.phrase(item.name)
    if glossary.tokens(item.name)[-1] in {"list", "lists", "entries", "table"}:
        return f"entries of the {text}" if " " in text else f"entries{of(schema, path)}"
    return f"list of {glossary.plural(text)}{_inside(schema, path)}"


def _object(schema: Schema, path: tuple[str, ...], item: Field) -> str:
    text = glossary.phrase(item.name)
    return text + of(schema, path) if text.endswith(" settings") else f"settings for {text}{_inside(schema, path)}"


def _choice(schema: Schema, path: tuple[str, ...], item: Field) -> str:
    text = glossary.phrase(item.name)
    if ACCESS.issuperset(item.options):
        return f"access to {text}"
    if glossary.are_treatments(item.options) and not text.endswith(" action"):
        return f"how to treat {text}"
    if item.multiple:
        return f"{_named(schema, path, text)}; several can be given"
    if text.rpartition(" ")[2] in _CHOSEN and " " in text:
        return f"which {text} to use"
    if text.endswith(" action"):
        return f"what to do for {text.removesuffix(' action')}"
    return _named(schema, path, text)


def _number(schema: Schema, path: tuple[str, ...], item: Field) -> str:
    parts = glossary.tokens(item.name)
    unit = ""
    if len(parts) > 1 and parts[-1] in UNITS:
        unit = ", " + UNITS[parts[-1]]
        parts = parts[:-1]
    rest = glossary.phrase("-".join(parts))
    if parts[0] in {"max", "maximum"} and len(parts) > 1:
        return f"upper limit for the {glossary.phrase('-'.join(parts[1:]))}{unit}"
    if parts[0] in {"min", "minimum"} and len(parts) > 1:
        return f"lower limit for the {glossary.phrase('-'.join(parts[1:]))}{unit}"
    if parts[0] in {"num", "number"} and len(parts) > 1:
        return f"number of {glossary.plural(glossary.phrase('-'.join(parts[1:])))}{unit}"
    if parts[-1] == "count" and len(parts) > 1:
        return f"number of {glossary.plural(glossary.phrase('-'.join(parts[:-1])))}{unit}"
    if parts[-1] == "threshold" and len(parts) > 1:
        return f"threshold for {glossary.phrase('-'.join(parts[:-1]))}{unit}"
    if parts[-1] == "port" and len(parts) > 1:
        return f"number of the {rest}{unit}"
    if parts[-1] == "id" and len(parts) > 1 and not item.refs:
        return f"number that identifies the {glossary.phrase('-'.join(parts[:-1]))}"
    return _named(schema, path, rest) + unit


def _text(schema: Schema, path: tuple[str, ...], item: Field) -> str:
    parts = glossary.tokens(item.name)
    text = glossary.phrase(item.name)
    if parts[-1] == "name" and len(parts) > 1 and parts[-2] not in _KINDS_OF_NAME:
        return f"name of the {text.removesuffix(' name')}"
    if item.refs and " " in text:
        return f"the {text} to use"
    return _named(schema, path, text)
