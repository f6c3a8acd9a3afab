# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Values by type: what goes on the wire, when two spellings are the same value, and what is wrong with one.

`to_wire` turns what a person writes into what the API takes; `canonical` turns either a written or a returned
value into something that compares equal exactly when the device means the same; `problems` says what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from ipaddress import IPv6Interface, ip_network
from socket import AF_INET, inet_ntop, inet_pton
from typing import Any

from .errors import MASK
from .schema import Field, Release

Values = Mapping[str, Any]

#: IPv4 types whose mask makes a network: the host bits mean nothing.
_IPV4_NETWORKS = frozenset({"ipv4-classnet", "ipv4-classnet-any"})
_IPV4_WITH_MASK = _IPV4_NETWORKS | {"ipv4-classnet-host"}
_IPV4_MASKS = frozenset({"ipv4-netmask", "ipv4-netmask-any"})
_IPV4_ADDRESSES = frozenset({"ipv4-address", "ipv4-address-any", "ipv4-address-multicast"})
_IPV6 = frozenset({"ipv6-address", "ipv6-prefix", "ipv6-network"})

_WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|(\S+)')
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


class ValueProblem(ValueError):
    """A value that its field cannot take. `path` names the field, e.g. ``member[2].name``."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


def words(value: Any) -> list[str]:
    """The single values in a list, or in one space-joined string with optional quotes, as the device writes them.

    >>> words('"wan 2" 100 ')
    ['wan 2', '100']
    """
    if value is None:
        return []
    if isinstance(value, (list, tuple, set, frozenset)):
        return [word for item in value for word in words(item)]
    return [_ESCAPE.sub(r"\1", quoted) if bare == "" else bare for quoted, bare in _WORD.findall(str(value))]


def field_words(field: Field, value: Any) -> list[str]:
    """The single values of a multiple field. In a list of names a space is part of the name, elsewhere it separates."""
    if field.type == "string" and isinstance(value, (list, tuple)):
        return [str(item) for item in value]
    return words(value)


def join_words(items: list[str]) -> str:
    """The inverse of `words`: one string, with quotes around what holds a space or a quote."""
    return " ".join(_quote(item) if re.search(r'[\s"]', item) or item == "" else item for item in items)


def _quote(item: str) -> str:
    escaped = item.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def to_wire(field: Field, value: Any, path: str = "") -> Any:
    """`value` as the API takes it: joined, numbered, masked in full, rows for plain names.

    :raises ValueProblem: the value has the wrong shape for the field
    """
    path = path or field.name
    if field.is_table:
        return _rows_to_wire(field, value, path)
    if field.is_object:
        if not isinstance(value, Mapping):
            raise ValueProblem(path, f"takes a dictionary, not {_described(value)}")
        return fields_to_wire(field.fields, value, path)
    if field.multiple:
        for item in value if isinstance(value, (list, tuple, set, frozenset)) else [value]:
            if not _has_text(item):
                raise ValueProblem(path, f"takes texts or numbers, not {_described(item)}")
        return join_words(field_words(field, value))
    if not _has_text(value):
        raise ValueProblem(path, f"takes one value, not {_described(value)}")
    return _scalar_to_wire(field, value)


def _has_text(value: Any) -> bool:
    """Whether ``str()`` gives what is meant by one value, as of an address, and not what Python shows of it."""
    if value is None or isinstance(value, (str, int, float)):
        return True
    its_str: Any = type(value).__str__
    return its_str is not object.__str__ and not isinstance(value, (bytes, bytearray))


def fields_to_wire(fields: Mapping[str, Field], values: Mapping[str, Any], path: str = "") -> dict[str, Any]:
    """A dictionary of values under their wire names; ``q_...`` members, which only the device writes, are left out.

    :raises ValueProblem: a name that the endpoint does not have, or a value of the wrong shape
    """
    result = {}
    for name, value in values.items():
        if name.startswith("q_"):
            continue
        if name not in fields:
            raise unknown_field(name, fields, path)
        result[name] = to_wire(fields[name], value, f"{path}.{name}" if path else name)
    return result


def _described(value: Any) -> str:
    if isinstance(value, Mapping):
        return "a dictionary"
    return "a list" if isinstance(value, (list, tuple, set, frozenset)) else repr(value)


def unknown_field(name: str, known: Mapping[str, Any], path: str = "") -> ValueProblem:
    """The problem of a name that is not among `known`, with the names that come closest."""
    near = _near(name, known, 3)
    hint = f"; did you mean {' or '.join(near)}?" if near else ""
    return ValueProblem(f"{path}.{name}" if path else name, f"no such field{hint}")


def _near(text: str, known: Iterable[str], most: int) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(text, list(known), n=most)


def _rows_to_wire(field: Field, value: Any, path: str) -> list[dict[str, Any]]:
    items = list(value) if isinstance(value, (list, tuple, set, frozenset)) else [value]
    rows = []
    for index, item in enumerate(items):
        where = f"{path}[{index}]"
        if isinstance(item, Mapping):
            rows.append(fields_to_wire(field.fields, item, where))
        elif field.mkey is not None and isinstance(item, (str, int)):
            rows.append({field.mkey: _scalar_to_wire(field.fields[field.mkey], item)})
        else:
            raise ValueProblem(where, f"takes a dictionary or a name, not {_described(item)}")
    return rows


def _scalar_to_wire(field: Field, value: Any) -> Any:
    if field.type == "integer":
        return _as_int(value)
    if isinstance(value, bool):
        value = _bool_option(field, value)
    text = str(value)
    if field.type in _IPV4_WITH_MASK:
        return " ".join(_ipv4_with_mask(text) or (text,))
    if field.type in _IPV4_MASKS:
        return _netmask(text.lstrip("/")) or text
    return text


def _bool_option(field: Field, value: bool) -> str:
    pairs = (("enable", "disable"), ("yes", "no"), ("on", "off"), ("true", "false"))
    for yes, no in pairs:
        if yes in field.options or no in field.options:
            return yes if value else no
    return "enable" if value else "disable"


def _as_int(value: Any) -> Any:
    try:
        return int(value)
    except (TypeError, ValueError):
        return value


def canonical(field: Field, value: Any) -> Any:
    """`value` in a form that is equal for all spellings of one value. Not for tables, objects and secrets.

    None and a missing value count as the field's default.
    """
    if value is None:
        value = field.empty()
    if field.multiple:
        return _canonical_words(field, field_words(field, value))
    return _canonical_scalar(field, value)


def _canonical_words(field: Field, items: list[str]) -> Any:
    values = [_canonical_scalar(field, item) for item in items]
    # The order of flags and numbers says nothing; that of names, addresses and thresholds may.
    return frozenset(values) if field.type in ("option", "integer") else tuple(values)


def _canonical_scalar(field: Field, value: Any) -> Any:
    if field.type == "integer":
        return _as_int(value)
    text = str(_bool_option(field, value) if isinstance(value, bool) else value)
    if field.type in _IPV4_WITH_MASK:
        pair = _ipv4_with_mask(text)
        return _masked(*pair) if pair and field.type in _IPV4_NETWORKS else pair or text
    if field.type in _IPV4_MASKS:
        return _netmask(text.lstrip("/")) or text
    if field.type in _IPV4_ADDRESSES:
        return _ipv4(text) or text
    if field.type in _IPV6:
        return _ipv6(text, network=field.type == "ipv6-network") or text
    if field.type == "mac-address":
        return text.replace("-", ":").lower()
    if field.type == "uuid":
        return text.lower()
    if field.type == "user":
        # Some of these hold an address with its mask, which the device writes as two words.
        return (_ipv4_with_mask(text) if "/" in text else None) or tuple(words(text))
    return text


def _ipv4(text: str) -> str | None:
    text = text.strip()
    try:
        # As strict as ipaddress, and twenty times as fast.
        inet_pton(AF_INET, text)
    except (OSError, ValueError):
        return None
    return text


@lru_cache(maxsize=256)
def _netmask(text: str) -> str | None:
    """A prefix length or a dotted mask as a dotted mask."""
    try:
        return str(ip_network(f"0.0.0.0/{text}").netmask) if text.isdigit() else _ipv4(text)
    except ValueError:
        return None


def _ipv4_with_mask(text: str) -> tuple[str, str] | None:
    """``10.0.0.1/24``, ``10.0.0.1 255.255.255.0`` or ``10.0.0.1`` (one host) as address and dotted mask."""
    address, _space, mask = text.strip().replace("/", " ", 1).partition(" ")
    first, second = _ipv4(address), _netmask(mask.strip() or "32")
    return (first, second) if first and second else None


def _masked(address: str, mask: str) -> tuple[str, str]:
    pairs = zip(inet_pton(AF_INET, address), inet_pton(AF_INET, mask), strict=True)
    return inet_ntop(AF_INET, bytes(one & other for one, other in pairs)), mask


def _ipv6(text: str, *, network: bool) -> str | None:
    try:
        interface = IPv6Interface(text.strip())
    except ValueError:
        return None
    return str(interface.network if network else interface)


def same(field: Field, one: Any, other: Any) -> bool:
    """Whether the device would take the two for the same value."""
    # One spelling is one value; most of a large table is decided here.
    return (isinstance(one, str) and one == other) or bool(canonical(field, one) == canonical(field, other))


def problems(field: Field, value: Any, path: str = "") -> Iterator[ValueProblem]:
    """What is wrong with a value in wire form: options, bounds, lengths, addresses, rows without their key."""
    path = path or field.name
    if value is None or field.is_secret:
        return
    if field.is_table:
        yield from _row_problems(field, value, path)
    elif field.is_object:
        yield from field_problems(field.fields, value, path)
    else:
        for item in words(value) if field.multiple else [value]:
            reason = _scalar_problem(field, item)
            if reason:
                yield ValueProblem(path, reason)


def field_problems(fields: Mapping[str, Field], values: Mapping[str, Any], path: str = "") -> Iterator[ValueProblem]:
    """What is wrong with any of the values of one object (wire names, wire form)."""
    for name, value in values.items():
        where = f"{path}.{name}" if path else name
        if name in fields:
            yield from problems(fields[name], value, where)
        else:
            yield unknown_field(name, fields, path)


def _row_problems(field: Field, rows: Any, path: str) -> Iterator[ValueProblem]:
    seen: set[Any] = set()
    for index, row in enumerate(rows):
        where = f"{path}[{index}]"
        yield from field_problems(field.fields, row, where)
        if field.mkey is None:
            continue
        key = row.get(field.mkey)
        if key is None or key == "":
            yield ValueProblem(f"{where}.{field.mkey}", "is the key of the row and must be given")
        elif str(key) in seen:
            yield ValueProblem(f"{where}.{field.mkey}", f"{key!r} is given twice")
        seen.add(str(key))
    if field.max_items is not None and len(rows) > field.max_items:
        yield ValueProblem(path, f"holds {len(rows)} entries, at most {field.max_items} fit")


def _scalar_problem(field: Field, value: Any) -> str | None:
    if field.type == "integer":
        if not isinstance(value, int) and not str(value).lstrip("-").isdigit():
            return f"takes a whole number, not {value!r}"
        if field.min is not None and field.max is not None and not field.min <= int(value) <= field.max:
            # What the device answers when nothing is set may lie outside of the bounds.
            return None if int(value) == field.empty() else f"{value} is out of bounds: {field.min} to {field.max}"
        return None
    text = str(value)
    if field.type == "option" and field.options and text not in field.options and text != "":
        near = _near(text, field.options, 1)
        hint = f"; did you mean {near[0]}?" if near else ""
        return f"{text!r} is not an option{hint} Options: {', '.join(field.options)}"
    if field.max_length is not None and len(text.encode()) > field.max_length:
        return f"is {len(text.encode())} bytes long, at most {field.max_length} fit"
    if text and field.type in _IPV4_WITH_MASK and _ipv4_with_mask(text) is None:
        return f"{text!r} is not an IPv4 address with mask, such as 192.0.2.0/24"
    if text and field.type in _IPV4_ADDRESSES and _ipv4(text) is None:
        return f"{text!r} is not an IPv4 address"
    if text and field.type in _IPV6 and _ipv6(text, network=False) is None:
        return f"{text!r} is not an IPv6 address"
    return None


def release_problems(
    fields: Mapping[str, Field], values: Mapping[str, Any], release: Release, actual: Mapping[str, Any], path: str = ""
) -> Iterator[tuple[str, str]]:
    """The fields and options in `values` that `release` lacks, each as its path and what the catalogue knows of it.

    What the object has already (`actual`) is there, whatever the catalogue says.
    """
    for name, value in values.items():
        field = fields.get(name)
        where = f"{path}.{name}" if path else name
        if field is None:
            continue
        if name not in actual and release not in field.versions:
            yield where, f"exists in {field.versions}"
        elif field.is_table:
            for index, (row, has) in enumerate(_with_actual(field, value, actual.get(name))):
                yield from release_problems(field.fields, row, release, has, f"{where}[{index}]")
        elif field.is_object:
            yield from release_problems(field.fields, value, release, actual.get(name) or {}, where)
        else:
            for option in _missing_options(field, value, release, actual):
                yield where, f"option {option} exists in {field.option_versions[option]}"


def without_missing(
    fields: Mapping[str, Field], values: Mapping[str, Any], release: Release, actual: Mapping[str, Any]
) -> dict[str, Any]:
    """`values` without what `release_problems` finds in them."""
    kept: dict[str, Any] = {}
    for name, value in values.items():
        field = fields[name]
        if name not in actual and release not in field.versions:
            continue
        if field.is_table:
            rows = _with_actual(field, value, actual.get(name))
            kept[name] = [without_missing(field.fields, row, release, has) for row, has in rows]
        elif field.is_object:
            kept[name] = without_missing(field.fields, value, release, actual.get(name) or {})
        else:
            missing = _missing_options(field, value, release, actual)
            present = [item for item in words(value) if item not in missing] if missing else []
            if present or not missing:
                kept[name] = join_words(present) if missing else value
    return kept


def _with_actual(field: Field, rows: Sequence[Values], actual: Sequence[Values] | None) -> list[tuple[Values, Values]]:
    """Each row with the one of `actual` that has its key, or an empty one."""
    if field.mkey is None:
        return [(row, {}) for row in rows]
    there = {str(has.get(field.mkey)): has for has in actual or ()}
    return [(row, there.get(str(row.get(field.mkey)), {})) for row in rows]


def _missing_options(field: Field, value: Any, release: Release, actual: Mapping[str, Any]) -> list[str]:
    if not field.option_versions or (field.name in actual and same(field, value, actual[field.name])):
        return []
    options = field.option_versions
    return [item for item in words(value) if item in options and release not in options[item]]


def masked(fields: Mapping[str, Field], values: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of an object (wire names) in which every secret that is set reads `MASK`."""
    return {
        name: MASK if value not in (None, "") and holds_secret(fields.get(name), value) else item
        for name, value, item in _descended(fields, values, masked)
    }


def without_secrets(fields: Mapping[str, Field], values: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of an object (wire names) without its secrets, which the device gives back in no form to write."""
    return {
        name: item
        for name, value, item in _descended(fields, values, without_secrets)
        if not holds_secret(fields.get(name), value)
    }


def holds_secret(field: Field | None, value: Any) -> bool:
    """The field is known for a secret, or the device, which may know more fields, has encrypted its value."""
    return (field is not None and field.is_secret) or (isinstance(value, str) and value.startswith("ENC "))


def _descended(
    fields: Mapping[str, Field], values: Mapping[str, Any], function: Callable[..., dict[str, Any]]
) -> Iterator[tuple[str, Any, Any]]:
    """Each name and value, and the value with `function` applied to the objects in it, known or not."""
    for name, value in values.items():
        item = value
        if isinstance(value, (list, dict)):
            field = fields.get(name)
            inner = field.fields if field else {}
            if isinstance(value, list):
                item = [function(inner, row) if isinstance(row, dict) else row for row in value]
            else:
                item = function(inner, value)
        yield name, value, item
