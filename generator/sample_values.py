# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""One valid value for a field, and another one: from its type, bounds, options and what its name is about.

Addresses come from the ranges that RFC 5737, 3849, 5771 and 7042 set aside for documentation.
"""

from __future__ import annotations

import re
from typing import Any

from hfortix_fortios.schema import Field, Release

#: Two values of a type that has a form of its own.
FORMS: dict[str, tuple[str, str]] = {
    "ipv4-address": ("192.0.2.10", "192.0.2.20"),
    "ipv4-address-any": ("192.0.2.10", "192.0.2.20"),
    "ipv4-address-multicast": ("233.252.0.10", "233.252.0.20"),
    "ipv4-classnet": ("192.0.2.0/24", "198.51.100.0/24"),
    "ipv4-classnet-any": ("192.0.2.0/24", "198.51.100.0/24"),
    "ipv4-classnet-host": ("192.0.2.1/24", "198.51.100.1/24"),
    "ipv4-netmask": ("255.255.255.0", "255.255.255.128"),
    "ipv4-netmask-any": ("255.255.255.0", "255.255.255.128"),
    "ipv6-address": ("2001:db8::10", "2001:db8::20"),
    "ipv6-prefix": ("2001:db8::10/64", "2001:db8::20/64"),
    "ipv6-network": ("2001:db8:1::/64", "2001:db8:2::/64"),
    "mac-address": ("00:00:5e:00:53:01", "00:00:5e:00:53:02"),
    "uuid": ("f81d4fae-7dec-41d0-8765-00a0c91e6bf6", "f81d4fae-7dec-41d0-8765-00a0c91e6bf7"),
}
#: What a text is about, by its name; the first match counts.
SUBJECTS: tuple[tuple[re.Pattern[str], tuple[str, str]], ...] = tuple(
    (re.compile(pattern), values)
    for pattern, values in (
        (r"^(comments?|description)$", ("Managed by Ansible", "Changed by Ansible")),
        (r"url|uri$", ("https://www.example.com/", "https://www.example.org/")),
        (r"mail", ("noc@example.com", "soc@example.com")),
        (r"(^|-)mac(addr)?(-|$)", FORMS["mac-address"]),
        (r"ip6|ipv6", FORMS["ipv6-address"]),
        (r"^(ip|.*-ip|ip-addr.*|addr|address|gateway)$", FORMS["ipv4-address"]),
        (r"server|host|fqdn", ("server1.example.com", "server2.example.com")),
        (r"domain", ("example.com", "example.org")),
        (r"user", ("automation", "operator")),
        (r"path|dir", ("/example", "/sample")),
        (r"(^|-)(time|start|end)$", ("08:00", "09:00")),
    )
)
_OTHER = ("example", "sample")


def plain(item: Field, release: Release) -> Any:
    """A value for the field, other than its default where there is a choice; None when no value is sure to be valid."""
    return _candidates(item, release, 0)


def changed(item: Field, release: Release) -> Any:
    """Another value for the field; None when none is sure to be valid."""
    return _candidates(item, release, 1)


def _candidates(item: Field, release: Release, which: int) -> Any:
    if item.is_table or item.is_object or item.is_secret:
        return None
    if item.type == "option":
        value = _option(item, release, which)
        return [value] if item.multiple and value is not None else value
    if item.multiple:
        return None
    if item.type == "integer":
        return _integer(item, which)
    if item.type in FORMS:
        return FORMS[item.type][which]
    if item.type in {"string", "var-string"}:
        return _text(item, which)
    return None


def _option(item: Field, release: Release, which: int) -> str | None:
    """First an option that is not the default, then another (for a switch: the default)."""
    there = [name for name in item.options if release in item.option_versions.get(name, _ALWAYS)]
    usual = str(item.default) if item.default is not None else ""
    order = [name for name in there if name not in usual.split()] + [name for name in there if name in usual.split()]
    return order[which] if len(order) > which else None


class _Always:
    def __contains__(self, release: object) -> bool:
        return True


_ALWAYS: Any = _Always()


def _integer(item: Field, which: int) -> int | None:
    low, high = item.min if item.min is not None else 1, item.max if item.max is not None else 100
    if high - low < 2:
        return None
    usual = item.default if isinstance(item.default, int) else low
    first = usual + 1 if low <= usual + 1 <= high else low
    second = first + 1 if first + 1 <= high else low + 1 if low + 1 != usual else low
    return (first, second)[which]


def _text(item: Field, which: int) -> str | None:
    values = next((values for pattern, values in SUBJECTS if pattern.search(item.name.lower())), _OTHER)
    if item.max_length is None or len(values[which]) <= item.max_length:
        return values[which]
    if item.max_length < len(_OTHER[0]):
        return None if item.max_length < 1 else ("a", "b")[which]
    return _OTHER[which]


def text_for(item: Field, text: str) -> str:
    """`text`, shortened to what the field takes."""
    return text if item.max_length is None else text[: item.max_length].rstrip("-")
