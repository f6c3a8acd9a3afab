# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the catalogue states about a field, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hfortix_fortios.schema import Field, Schema

from . import catalogue, nouns
from .curated import meanings

#: How the value of a type is written; examples are from the ranges that documentation may use.
GRAMMAR = {
    "ipv4-address": "An IPv4 address such as V(192.0.2.1).",
    "ipv4-address-any": "An IPv4 address such as V(192.0.2.1).",
    "ipv4-address-multicast": "An IPv4 multicast address such as V(233.252.0.1).",
    "ipv4-classnet": "An IPv4 network, written V(192.0.2.0/24) or V(192.0.2.0 255.255.255.0).",
    "ipv4-classnet-any": "An IPv4 network, written V(192.0.2.0/24) or V(192.0.2.0 255.255.255.0).",
    "ipv4-classnet-host": "An IPv4 address with its mask, written V(192.0.2.1/24) or V(192.0.2.1 255.255.255.0).",
    "ipv4-netmask": "An IPv4 netmask such as V(255.255.255.0).",
    "ipv4-netmask-any": "An IPv4 netmask such as V(255.255.255.0).",
    "ipv6-address": "An IPv6 address such as V(2001:db8::1).",
    "ipv6-prefix": "An IPv6 address with its prefix length, such as V(2001:db8::1/64).",
    "ipv6-network": "An IPv6 network such as V(2001:db8::/64).",
    "ipv6-wildcard": "An IPv6 address and its wildcard mask.",
    "mac-address": "A MAC address such as V(00:00:5e:00:53:01).",
    "uuid": "A UUID; the device gives each object one by itself.",
    "datetime": "A date and a time.",
}
_UNSET = {"", "0.0.0.0", "::", "::/0", "0.0.0.0 0.0.0.0", "00:00:00:00:00:00", "00000000-0000-0000-0000-000000000000"}


def value(text: object) -> str:
    """V() markup of a value; what would end the markup is escaped."""
    escaped = str(text).replace("\\", "\\\\").replace(")", "\\)")
    return f"V({escaped})"


def option(schema: Schema, path: tuple[str, ...]) -> str:
    """O() markup of the option at `path`."""
    return f"O({nouns.option_path(schema, path)})"


def listed(items: Sequence[str], word: str = "or") -> str:
    """``a, b or c``."""
    *most, last = items
    return f"{', '.join(most)} {word} {last}" if most else last


def paragraphs(schema: Schema, path: tuple[str, ...], item: Field) -> Iterator[str]:
    """The facts about a field, one paragraph each; none where there is nothing to say."""
    yield from _option_meanings(schema, path, item)
    if item.type in GRAMMAR and not item.readonly:
        yield GRAMMAR[item.type]
    if item.multiple and item.type != "option":
        yield "Takes several values."
    yield from _bounds(item)
    yield from _references(schema, path, item)
    yield from _rows(schema, path, item)
    if item.is_secret:
        yield (
            "A secret: the device never shows it, and it stays out of results, diffs and logs."
            " O(update_secrets) says when it is sent."
        )
    if item.is_fixed:
        yield "The rows are the device's own: what is in them can be changed, but none can be added or deleted."
    elif item.readonly:
        yield "Set by the device itself: it appears in results and is ignored when given."
    yield from _releases(schema, path, item)


def _option_meanings(schema: Schema, path: tuple[str, ...], item: Field) -> Iterator[str]:
    known = meanings(schema, path, item)
    if known:
        yield "; ".join(f"{value(name)}: {text.rstrip('.')}" for name, text in known.items()) + "."


def _bounds(item: Field) -> Iterator[str]:
    default = _default(item)
    if item.min is not None and item.max is not None and not item.refs:
        text = f"From {value(item.min)} to {value(item.max)}"
        yield f"{text}; the device's default is {default}." if default else f"{text}."
    elif default:
        yield f"The device's default is {default}."
    if item.max_length is not None and item.type not in GRAMMAR and not item.is_name_list:
        yield f"At most {item.max_length} characters."
    if item.max_items is not None:
        yield f"At most {item.max_items} rows." if item.is_table else f"At most {item.max_items} values."


def _default(item: Field) -> str:
    if item.default is None or item.readonly or item.is_table or item.is_object:
        return ""
    text = str(item.default)
    return "" if text in _UNSET or "\n" in text or len(text) > 80 else value(text)


def _references(schema: Schema, path: tuple[str, ...], item: Field) -> Iterator[str]:
    refs = _all_refs(item)
    own, modules = [], []
    for ref in refs:
        target = catalogue.split_reference(ref)
        if target is None:
            continue
        endpoint, below = target
        if endpoint == schema.path and len(below) > 1 and _exists(schema, below):
            own.append(option(schema, below))
        elif endpoint != schema.path:
            modules.append(f"M({catalogue.module_of(endpoint)})")
        else:
            modules.append(f"this module ({endpoint_words(schema)})")
    names = list(dict.fromkeys(own + modules))
    if names:
        yield f"Refers to objects of {listed(names)}." if not own else f"Refers to {listed(names)}."


def endpoint_words(schema: Schema) -> str:
    """Rows of the endpoint itself, as a reference to them reads."""
    return f"other {nouns.plural(schema.path)}" if schema.is_table else nouns.noun(schema.path)


def _exists(schema: Schema, names: tuple[str, ...]) -> bool:
    holder: Schema | Field = schema
    for name in names:
        if name not in holder.fields:
            return False
        holder = holder.fields[name]
    return True


def _all_refs(item: Field) -> tuple[str, ...]:
    if item.is_name_list and item.mkey is not None:
        return item.refs or item.fields[item.mkey].refs
    return item.refs


def _rows(schema: Schema, path: tuple[str, ...], item: Field) -> Iterator[str]:
    if not item.is_table or item.mkey is None:
        return
    key = option(schema, (*path, item.mkey))
    if item.is_name_list:
        inner = item.fields[item.mkey]
        plain = "numbers" if inner.type == "integer" else "names" if inner.refs or inner.name == "name" else "values"
        yield f"A list of plain {plain}, or of dictionaries with C({inner.option})."
    elif len(item.fields) > 1:
        yield f"Rows are told apart by {key}."


def _releases(schema: Schema, path: tuple[str, ...], item: Field) -> Iterator[str]:
    holder = nouns.container(schema, path)
    if item.versions and item.versions.text != holder.versions.text and item.versions.text != schema.versions.text:
        yield f"Available in FortiOS {item.versions}."
    by_range: dict[str, list[str]] = {}
    for name, versions in item.option_versions.items():
        if versions and versions.text not in {item.versions.text, schema.versions.text} and name in item.options:
            by_range.setdefault(str(versions), []).append(name)
    if by_range:
        parts = [f"{listed([value(name) for name in names], 'and')} in {text}" for text, names in by_range.items()]
        yield f"Not in every release of FortiOS: {'; '.join(parts)}."
