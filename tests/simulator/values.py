# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""From what a client sends to what the device keeps: every value checked and brought into the stored form."""

from __future__ import annotations

import base64
import hashlib
import ipaddress
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hfortix_fortios.schema import Release

from . import facts, refusal
from .model import Attribute, RowModel, Use, Values
from .refusal import Refusal, invalid_value
from .store import View, exists
from .switches import Switches

_MAC = re.compile(r"[0-9A-Fa-f]{2}([:-][0-9A-Fa-f]{2}){5}")
_PAIR = re.compile(r"\d+(\.\d+){3} \d+(\.\d+){3}")
_NUMBER = re.compile(r"-?\d+")


@dataclass(frozen=True, slots=True)
class Context:
    """Where a value is to live: what it may refer to, and which of the unproven rules hold."""

    view: View
    vdom: str
    release: Release
    switches: Switches
    #: Values from a configuration file: what is read-only for clients is kept, references are not looked up.
    trusted: bool = False
    #: Values that are the device's own, put together from what it keeps: taken as they are.
    internal: bool = False

    @property
    def as_given(self) -> bool:
        """Read-only attributes and numbers of rows are kept."""
        return self.trusted or self.internal


def merge(model: RowModel, old: Values, body: Mapping[str, Any], context: Context) -> Values:
    """`old` with the attributes of `body` put over it; defaults and what the new state hides are left out.

    :raises Refusal: a value that the device does not take
    """
    values = dict(old)
    for name, raw in body.items():
        attribute = model.attributes.get(name)
        if attribute is None:
            if not name.startswith("q_") and context.switches.unknown_fields == "refuse":
                raise Refusal(500, refusal.COMMAND, f"command parse error before '{name}'")
            continue
        keep = context.as_given or name == model.mkey or not attribute.field.is_computed
        if not keep and not _may_write(attribute, context):
            continue
        if attribute.field.is_object and attribute.model is not None:
            value: Any = merge_object(attribute, values.get(name, {}), raw, context)
        elif attribute.field.is_table and _keeps_rows(attribute, context):
            value = _united(attribute, values.get(name, []), raw, context)
        else:
            value = stored(attribute, raw, context)
        if is_default(attribute, value) and name != model.mkey:
            values.pop(name, None)
        else:
            values[name] = value
    for name in model.hidden(values):
        values.pop(name, None)
    return values


def _keeps_rows(attribute: Attribute, context: Context) -> bool:
    """Rows that are not given stay: the device's own, or all of them."""
    return not context.as_given and (attribute.field.is_fixed or context.switches.child_put == "merge")


def _may_write(attribute: Attribute, context: Context) -> bool:
    if attribute.field.type != "uuid" or context.switches.uuid == "skip":
        return False
    if context.switches.uuid == "refuse":
        raise Refusal(500, refusal.NOT_PERMITTED, "UUID attribute cannot be set directly.")
    return True


def merge_object(attribute: Attribute, old: Values, raw: Any, context: Context) -> Values:
    """A nested object with what is given put over it."""
    if not isinstance(raw, Mapping) or attribute.model is None:
        raise invalid_value(attribute.name, raw)
    return merge(attribute.model, old, raw, context)


def rows(attribute: Attribute, raw: Any, context: Context) -> list[Values]:
    """A child table from its list of rows; integer keys that are 0 or missing are numbered."""
    if not isinstance(raw, list) or attribute.model is None:
        raise invalid_value(attribute.name, raw)
    found: dict[Any, Values] = {}
    for item in raw:
        row = child_row(attribute, item, found, context)
        key = row.get(attribute.model.mkey or "", len(found))
        if key in found and not attribute.field.is_name_list:
            raise Refusal(*context.switches.duplicate, f"duplicate entry '{key}' in {attribute.name}")
        found[key] = row
    if attribute.field.max_items and len(found) > attribute.field.max_items:
        raise Refusal(500, refusal.TABLE_FULL, f"{attribute.name} takes {attribute.field.max_items} entries at most")
    return list(found.values())


def child_row(attribute: Attribute, raw: Any, taken: Mapping[Any, Values], context: Context) -> Values:
    """One row of a child table, with its key."""
    model = attribute.model
    if model is None or not isinstance(raw, Mapping):
        raise invalid_value(attribute.name, raw)
    row = merge(model, {}, raw, context)
    if model.key is None:
        return row
    key = row.get(model.key.name)
    if model.key.field.type == "integer" and not key:
        if key is None or not context.as_given:
            numbers = [item for item in taken if isinstance(item, int)]
            key = max(numbers, default=0) + 1
        row = {**row, model.key.name: key}
    elif key is None or key == "":
        raise Refusal(500, refusal.EMPTY, f"{attribute.name}: {model.key.name} must be set")
    return row


def _united(attribute: Attribute, old: list[Values], raw: Any, context: Context) -> list[Values]:
    """The rows of `raw` put over those that have their keys; the others stay."""
    given = rows(attribute, raw, context)
    model = attribute.model
    if model is None or model.key is None:
        return [*old, *given]
    merged = {row.get(model.key.name): row for row in old}
    for item, row in zip(raw, given, strict=False):
        key = row[model.key.name]
        merged[key] = merge(model, merged.get(key, {}), {**item, model.key.name: key}, context)
    return list(merged.values())


def is_default(attribute: Attribute, value: Any) -> bool:
    """Whether a stored value says no more than the default."""
    if attribute.field.is_object or attribute.field.is_table:
        return not value
    return bool(value == attribute.default) and isinstance(value, type(attribute.default))


def stored(attribute: Attribute, raw: Any, context: Context) -> Any:
    """A value in the form in which the device keeps and answers it.

    :raises Refusal: the value does not fit the field's type, options or bounds
    """
    item = attribute.field
    if item.is_table:
        return rows(attribute, raw, context)
    if item.is_object:
        return merge_object(attribute, {}, raw, context)
    if isinstance(raw, list) and item.multiple:
        raw = " ".join(str(part) for part in raw)
    if isinstance(raw, bool) or raw is None or isinstance(raw, (list, dict)):
        raise invalid_value(item.name, raw)
    if item.is_secret:
        return _secret(attribute, str(raw))
    if item.type == "option":
        return _option(attribute, str(raw), context)
    if item.type == "integer":
        return _integers(attribute, raw) if item.multiple else _integer(attribute, raw)
    text = str(raw)
    if item.max_length is not None and len(text) > item.max_length:
        raise Refusal(500, refusal.VALUE_LENGTH, f"value '{text}' of {item.name} exceeds {item.max_length} characters")
    parse = _network if _is_network(item.default) else _GRAMMARS.get(item.type)
    if parse is None or item.multiple or text == "":
        return text
    return parse(attribute, text, context)


def _integer(attribute: Attribute, raw: Any) -> int:
    item = attribute.field
    text = str(raw).strip()
    if not _NUMBER.fullmatch(text):
        raise invalid_value(item.name, raw)
    number = int(text)
    if number == attribute.default:
        return number
    if (item.min is not None and number < item.min) or (item.max is not None and number > item.max):
        raise Refusal(
            500, refusal.OUT_OF_RANGE, f"integer value of {item.name} not in range {item.min}-{item.max}: {number}"
        )
    return number


def _integers(attribute: Attribute, raw: Any) -> str:
    return " ".join(str(_integer(attribute, part)) for part in str(raw).split())


def _option(attribute: Attribute, text: str, context: Context) -> str:
    parts = text.split() if attribute.field.multiple else [text]
    if not text and (attribute.field.multiple or attribute.default == ""):
        return ""
    chosen: dict[str, None] = {}
    for part in parts:
        if part not in attribute.options:
            folded = {option.lower(): option for option in attribute.options}.get(part.lower())
            if context.switches.option_case == "refuse" or folded is None:
                raise invalid_value(attribute.name, part)
            part = folded  # noqa: PLW2901
        chosen[part] = None
    return " ".join(chosen)


def _secret(attribute: Attribute, text: str) -> str:
    if attribute.field.max_length is not None and len(text) > attribute.field.max_length and text[:4] != "ENC ":
        raise Refusal(500, refusal.VALUE_LENGTH, f"value of {attribute.name} exceeds its length")
    return text if not text or text.startswith("ENC ") else encrypt(text)


def encrypt(text: str) -> str:
    """What a secret reads as: not to be turned back, and the same for the same text."""
    return "ENC " + base64.b64encode(hashlib.sha256(b"simulator:" + text.encode()).digest()).decode()


def _address(attribute: Attribute, text: str, context: Context) -> str:
    try:
        return str(ipaddress.IPv4Address(text))
    except ValueError:
        raise Refusal(500, refusal.BAD_ADDRESS, f"invalid ip address '{text}' for {attribute.name}") from None


def _netmask(attribute: Attribute, text: str, context: Context) -> str:
    if text.lstrip("/").isdigit() and int(text.lstrip("/")) <= 32:
        return str(ipaddress.IPv4Network(f"0.0.0.0/{text.lstrip('/')}").netmask)
    try:
        return str(ipaddress.IPv4Address(text))
    except ValueError:
        raise Refusal(500, refusal.BAD_MASK, f"invalid netmask '{text}' for {attribute.name}") from None


def _network(attribute: Attribute, text: str, context: Context) -> str:
    """``a.b.c.d/n`` or ``a.b.c.d m.m.m.m`` as the latter; a mask may have holes (wildcard addresses)."""
    address, _, mask = text.replace("/", " ").partition(" ")
    host = _address(attribute, address.strip(), context)
    mask = _netmask(attribute, mask.strip(), context) if mask.strip() else "255.255.255.255"
    if attribute.field.type != "ipv4-classnet-host" and context.switches.host_bits == "clear":
        host = str(ipaddress.IPv4Address(int(ipaddress.IPv4Address(host)) & int(ipaddress.IPv4Address(mask))))
    return f"{host} {mask}"


def _address6(attribute: Attribute, text: str, context: Context) -> str:
    try:
        address = ipaddress.IPv6Address(text)
    except ValueError:
        raise Refusal(500, refusal.BAD_ADDRESS, f"invalid ipv6 address '{text}' for {attribute.name}") from None
    return str(address) if context.switches.ipv6 == "compress" else text


def _network6(attribute: Attribute, text: str, context: Context) -> str:
    address, _, length = text.partition("/")
    if length and not (length.isdigit() and int(length) <= 128):
        raise Refusal(500, -254, f"invalid ipv6 prefix '{text}' for {attribute.name}")
    return f"{_address6(attribute, address, context)}/{length or 128}"


def _is_network(default: Any) -> bool:
    """Free text whose default is an address with its mask is such a pair."""
    return isinstance(default, str) and _PAIR.fullmatch(default) is not None


def _mac(attribute: Attribute, text: str, context: Context) -> str:
    if not _MAC.fullmatch(text):
        raise Refusal(500, refusal.BAD_MAC, f"invalid mac address '{text}' for {attribute.name}")
    return text


_GRAMMARS = {
    "ipv4-address": _address,
    "ipv4-address-any": _address,
    "ipv4-address-multicast": _address,
    "ipv4-netmask": _netmask,
    "ipv4-netmask-any": _netmask,
    "ipv4-classnet": _network,
    "ipv4-classnet-any": _network,
    "ipv4-classnet-host": _network,
    "ipv6-address": _address6,
    "ipv6-prefix": _network6,
    "ipv6-network": _network6,
    "mac-address": _mac,
}


def uses(
    model: RowModel, values: Values, context: Context, *, whole: tuple[str, Values] | None = None
) -> tuple[Use, ...]:
    """The entries that a stored row refers to.

    `whole` is the endpoint's path and the row as it will be, so that parts of one row may refer to each other.

    :raises Refusal: a reference to nothing
    """
    return tuple(_uses(model, values, context, whole))


def _uses(model: RowModel, values: Values, context: Context, whole: tuple[str, Values] | None) -> Iterator[Use]:
    for name, value in values.items():
        attribute = model.attributes[name]
        if attribute.field.is_table and attribute.model is not None:
            for row in value:
                yield from _uses(attribute.model, row, context, whole)
        elif attribute.model is not None:
            yield from _uses(attribute.model, value, context, whole)
        elif (attribute.targets or attribute.open) and value not in ("", 0) and not attribute.field.multiple:
            yield from _use(attribute, str(value), context, whole)


def _use(attribute: Attribute, key: str, context: Context, whole: tuple[str, Values] | None) -> Iterator[Use]:
    for target in attribute.targets:
        if key in facts.synthetic().get(target.path, ()):
            return
        if exists(context.view, context.release, target, context.vdom, key):
            yield Use(target, key)
            return
        if whole and target.child and target.path == whole[0] and _inside(whole[1], target.child, key):
            yield Use(target, key)
            return
    if attribute.open or context.trusted:
        return
    raise Refusal(
        500,
        refusal.INVALID_VALUE,
        f"node_check_object fail! for {attribute.name} {key}",
        "",
        f"value parse error before '{key}'",
    )


def _inside(values: Values, child: tuple[str, ...], key: str) -> bool:
    found = [values]
    for name in child:
        found = [row for outer in found for row in outer.get(name, ())]
    return any(key in map(str, row.values()) for row in found)
