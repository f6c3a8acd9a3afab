# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Which spellings are one value: a case for each kind of value, "same" and "different".

The numbers are the rows of the table of value semantics in the notes on the API; test_difference.py has those that
are about whole objects, and the engine's tests those about order (16) and built-in entries (17).
"""

from __future__ import annotations

from typing import Any

import pytest

from hfortix_fortios.schema import Field
from hfortix_fortios.values import field_problems, same

OPTION = {"type": "option", "options": ["enable", "disable"], "default": "disable"}
FLAGS = {"type": "option", "options": ["ping", "https", "ssh"], "multiple": True}

SAME: list[tuple[str, dict[str, Any], Any, Any]] = [
    ("1 CIDR and mask", {"type": "ipv4-classnet-any"}, "192.0.2.0/24", "192.0.2.0 255.255.255.0"),
    ("2 host bits of a network", {"type": "ipv4-classnet"}, "10.0.0.5/24", "10.0.0.0 255.255.255.0"),
    ("1 one host", {"type": "ipv4-classnet-any"}, "10.0.0.5", "10.0.0.5 255.255.255.255"),
    ("1 interface address", {"type": "ipv4-classnet-host"}, "10.0.0.5/24", "10.0.0.5 255.255.255.0"),
    ("1 netmask", {"type": "ipv4-netmask"}, "/24", "255.255.255.0"),
    ("1 wildcard mask", {"type": "ipv4-classnet-any"}, "10.0.0.1 255.0.0.255", "10.0.0.1 255.0.0.255"),
    ("3 order of flags", FLAGS, ["https", "ping"], "ping https"),
    ("3 flags in one string", FLAGS, "ssh ping", "ping ssh "),
    ("4 trailing space and quotes", {"type": "user", "multiple": True}, ['wan2', '100'], '"wan2" 100 '),
    ("4 trailing space of thresholds", {"type": "user"}, "5 0 0", "5 0 0 "),
    ("5 int and string", {"type": "integer"}, "15", 15),
    ("5 number kept as text", {"type": "user"}, 0, "0"),
    ("5 boolean option", OPTION, True, "enable"),
    ("14 missing is the default", OPTION, "disable", None),
    ("8 hidden address is the default", {"type": "ipv4-address-any", "default": "0.0.0.0"}, "0.0.0.0", None),
    ("8 unset text", {"type": "var-string"}, "", None),
    ("prefix in text", {"type": "user"}, "10.0.0.0/8", "10.0.0.0 255.0.0.0"),
    ("9 several port ranges", {"type": "user"}, "80 443", "80 443 "),
    ("10 IPv6 spelling", {"type": "ipv6-prefix"}, "2001:db8::1/64", "2001:0db8:0000:0000:0000:0000:0000:0001/64"),
    ("10 IPv6 case", {"type": "ipv6-address"}, "2001:DB8::A", "2001:db8::a"),
    ("10 IPv6 network host bits", {"type": "ipv6-network"}, "2001:db8::5/64", "2001:db8::/64"),
    ("10 unset IPv6", {"type": "ipv6-prefix", "default": "::/0"}, "0000:0000::/0", "::/0"),
    ("11 MAC case and separators", {"type": "mac-address"}, "00-50-56-AA-bb-cc", "00:50:56:aa:BB:cc"),
    ("13 UUID case", {"type": "uuid"}, "AB12", "ab12"),
    ("3 several numbers", {"type": "integer", "multiple": True}, [443, 8443], "8443 443"),
]  # fmt: skip

DIFFERENT: list[tuple[str, dict[str, Any], Any, Any]] = [
    ("1 another mask", {"type": "ipv4-classnet-any"}, "192.0.2.0/25", "192.0.2.0 255.255.255.0"),
    ("2 another network", {"type": "ipv4-classnet"}, "10.0.1.5/24", "10.0.0.0 255.255.255.0"),
    ("2 host bits of an interface", {"type": "ipv4-classnet-host"}, "10.0.0.6/24", "10.0.0.5 255.255.255.0"),
    ("1 another netmask", {"type": "ipv4-netmask"}, "/25", "255.255.255.0"),
    ("1 another wildcard mask", {"type": "ipv4-classnet-any"}, "10.0.0.1 255.0.255.255", "10.0.0.1 255.0.0.255"),
    ("3 one flag more", FLAGS, ["https", "ping", "ssh"], "ping https"),
    ("4 order of thresholds", {"type": "user"}, "0 5 0", "5 0 0 "),
    ("4 order of heartbeat priorities", {"type": "user", "multiple": True}, "a 1 b 2", "a 2 b 1"),
    ("5 another number", {"type": "integer"}, "15", 16),
    ("5 leading zeros of a text", {"type": "user"}, "000000", "0"),
    ("5 the other boolean", OPTION, False, "enable"),
    ("14 missing is not another option", OPTION, "enable", None),
    ("7 case of a name", {"type": "string"}, "LAN", "lan"),
    ("7 space in a name", {"type": "string"}, "lan ", "lan"),
    ("8 set text", {"type": "var-string"}, "x", None),
    ("9 another port range", {"type": "user"}, "80-81", "80 81"),
    ("10 another IPv6 prefix", {"type": "ipv6-prefix"}, "2001:db8::1/64", "2001:db8::1/65"),
    ("10 host bits of an IPv6 interface", {"type": "ipv6-prefix"}, "2001:db8::1/64", "2001:db8::2/64"),
    ("11 another MAC", {"type": "mac-address"}, "00:50:56:aa:bb:cd", "00:50:56:aa:bb:cc"),
    ("3 another number among several", {"type": "integer", "multiple": True}, [443], "443 8443"),
    ("5 case of an enum", {"type": "option", "options": ["A", "a"]}, "A", "a"),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "one", "other"), [pytest.param(*case[1:], id=case[0]) for case in SAME])
def test_same(facts: dict[str, Any], one: Any, other: Any) -> None:
    field = Field.from_facts("x", facts)
    assert same(field, one, other)
    assert same(field, other, one)


@pytest.mark.parametrize(("facts", "one", "other"), [pytest.param(*case[1:], id=case[0]) for case in DIFFERENT])
def test_different(facts: dict[str, Any], one: Any, other: Any) -> None:
    field = Field.from_facts("x", facts)
    assert not same(field, one, other)
    assert not same(field, other, one)


@pytest.mark.parametrize(
    ("facts", "value", "problem"),
    [
        ({"min": 1, "max": 9}, 9, None),
        ({"min": 1, "max": 9}, 10, "10 is out of bounds: 1 to 9"),
        ({"min": 1, "max": 9}, 0, None),
        ({"min": 1, "max": 9, "default": 5}, 0, "0 is out of bounds: 1 to 9"),
        ({"min": 0, "max": 9, "default": 255}, 255, None),
    ],
)
def test_what_a_device_answers_for_an_unset_number_can_be_written_back(
    facts: dict[str, Any], value: int, problem: str | None
) -> None:
    field = Field.from_facts("x", {"type": "integer", **facts})
    found = [str(item) for item in field_problems({"x": field}, {"x": value}, "config")]
    assert found == ([f"config.x: {problem}"] if problem else [])
