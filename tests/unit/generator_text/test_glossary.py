# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names in English."""

from __future__ import annotations

import doctest

import pytest

from generator.text import glossary
from hfortix_fortios.schema import Schema

from .conftest import walk


def test_documented_examples_hold() -> None:
    assert doctest.testmod(glossary).failed == 0


def test_the_glossary_knows_nearly_every_token_of_the_catalogue(schemas: dict[str, Schema]) -> None:
    names = [item.name for schema in schemas.values() for _, item in walk(schema)]
    known, unknown = glossary.coverage(names)
    worst = sorted(unknown.items(), key=lambda pair: -pair[1])[:20]
    assert known >= 0.985, f"{known:.4f} of the tokens are known; most frequent unknown ones: {worst}"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("srcintf", "source interface"),
        ("dstaddr6", "IPv6 destination address"),
        ("max-log-rate", "maximum log rate"),
        ("auth-timeout", "authentication timeout"),
        ("802-1X-settings", "802.1X settings"),
        ("server2", "server 2"),
        ("psksecret", "pre-shared key"),
        ("vdom", "VDOM"),
    ],
)
def test_a_name_reads_as_english(name: str, words: str) -> None:
    assert glossary.phrase(name) == words


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("firewall policy", "firewall policies"),
        ("static route", "static routes"),
        ("IPsec tunnel (phase 1)", "IPsec tunnels (phase 1)"),
        ("RADIUS server of a VDOM", "RADIUS servers of a VDOM"),
        ("MAC address", "MAC addresses"),
        ("service", "services"),
        ("settings", "settings"),
    ],
)
def test_plurals(one: str, many: str) -> None:
    assert glossary.plural(one) == many


@pytest.mark.parametrize(
    "text",
    [
        "an IPv4 address",
        "a user group",
        "an SSL VPN portal",
        "an FSSO collector agent",
        "a NAT64 policy",
        "an LDAP server",
        "a RADIUS server",
        "an SNMP community",
        "a URL filter list",
        "an HA monitor",
        "an IPS sensor",
        "a one-time schedule",
        "an MPLS label",
        "a LAN",
        "an NP6 network processor",
        "a Hotspot 2.0 icon",
        "a UDP port",
        "an X11 session",
        "an administrator",
        "a unit",
        "an LTE modem",
        "an SDN connector",
        "a SAML server",
        "an RF analysis",
        "a WAF profile",
        "an OSPF area",
        "an NPU",
        "an 802.1X policy",
    ],
)
def test_articles(text: str) -> None:
    assert glossary.with_article(text.split(" ", 1)[1]) == text
