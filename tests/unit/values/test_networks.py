# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Networks, ranges and ports: spellings, and what is merged holds the same as before."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hfortix_fortios import ports
from hfortix_fortios.networks import to_cidr, to_networks, to_ranges, to_subnet

#: Few addresses, so that blocks touch and overlap.
LAST_BYTE = st.integers(0, 40)
SPAN = st.tuples(LAST_BYTE, LAST_BYTE).map(sorted)


@pytest.mark.parametrize(
    ("given", "cidr"),
    [
        ("192.0.2.1 255.255.255.0", "192.0.2.1/24"),
        ("192.0.2.0/255.255.255.0", "192.0.2.0/24"),
        ("192.0.2.0/24", "192.0.2.0/24"),
        (" 0.0.0.0   0.0.0.0 ", "0.0.0.0/0"),
        ("192.0.2.1", "192.0.2.1/32"),
        ("2001:DB8::1/64", "2001:db8::1/64"),
        ("2001:db8::1", "2001:db8::1/128"),
    ],
)
def test_cidr(given: str, cidr: str) -> None:
    assert to_cidr(given) == cidr


def test_subnet() -> None:
    assert to_subnet("192.0.2.1/24") == "192.0.2.1 255.255.255.0"
    assert to_subnet("192.0.2.1") == "192.0.2.1 255.255.255.255"
    with pytest.raises(ValueError, match="'2001:db8::/32' is IPv6, which has no dotted mask"):
        to_subnet("2001:db8::/32")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("192.0.2", "'192.0.2' is not an address with a mask, such as 192.0.2.0/24"),
        ("192.0.2.0/33", "'192.0.2.0/33' is not an address with a mask"),
        ("192.0.2.0 0.0.0.255", "'192.0.2.0 0.0.0.255' has no netmask, such as 255.255.255.0"),
        ("", "'' is not an address with a mask"),
        ("192.0.2.1-x", "'192.0.2.1-x' is not a range of addresses, such as 192.0.2.10-192.0.2.20"),
        ("192.0.2.9-192.0.2.1", "'192.0.2.9-192.0.2.1' does not run from a lower to a higher address"),
        ("192.0.2.9-::1", "'192.0.2.9-::1' does not run from a lower to a higher address"),
    ],
)
def test_what_is_no_block_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason.replace(".", r"\.")):
        to_ranges([text])


def test_blocks_of_both_kinds_are_merged() -> None:
    blocks = ["2001:db8::/127", "192.0.2.128/25", "192.0.2.0-192.0.2.127", "198.51.100.7", "2001:db8::2"]
    assert to_networks(blocks) == ["192.0.2.0/24", "198.51.100.7/32", "2001:db8::/127", "2001:db8::2/128"]
    assert to_ranges(blocks) == ["192.0.2.0-192.0.2.255", "198.51.100.7", "2001:db8::-2001:db8::2"]
    assert to_ranges(["0.0.0.0/0", "::/0", "192.0.2.1"]) == [
        "0.0.0.0-255.255.255.255",
        "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    ]
    assert (to_networks([]), to_ranges([])) == ([], [])


@given(st.lists(SPAN, max_size=8), st.booleans())
def test_merging_neither_adds_nor_loses_an_address(spans: list[list[int]], six: bool) -> None:
    address = IPv6Address if six else IPv4Address
    base = int(address("2001:db8::" if six else "192.0.2.0"))
    held = {base + byte for first, last in spans for byte in range(first, last + 1)}
    blocks = [f"{address(base + first)}-{address(base + last)}" for first, last in spans]
    networks, ranges = to_networks(blocks), to_ranges(blocks)
    assert sorted(int(host) for network in networks for host in ip_network(network)) == sorted(held)
    assert to_ranges(networks) == ranges
    assert to_networks(ranges) == networks


PORT = st.integers(0, ports.HIGHEST)
PORT_SPAN = st.tuples(PORT, PORT).map(lambda pair: (min(pair), max(pair)))
PORTS = st.lists(st.builds(ports.Ports, PORT_SPAN | SPAN.map(tuple), st.none() | PORT_SPAN), max_size=6)


def test_ports_as_text_and_as_data() -> None:
    data = [
        {"first": 80, "last": 80},
        {"first": 8000, "last": 8010, "source_first": 1024, "source_last": 65535},
    ]
    assert ports.as_data(ports.parse(" 80  8000-8010:1024-65535 ")) == data
    assert ports.to_text(ports.from_data(data)) == "80 8000-8010:1024-65535"
    assert ports.to_text(ports.from_data([443, "80-82", 83, {"first": 81, "last": 90}, "53:53"])) == "80-90 443 53:53"
    assert (ports.to_text(ports.from_data(22)), ports.to_text(ports.from_data(""))) == ("22", "")


@given(PORTS)
def test_ports_are_merged_to_the_fewest_ranges_of_the_same_ports(given: list[ports.Ports]) -> None:
    def held(items: list[ports.Ports]) -> dict[object, set[int]]:
        found: dict[object, set[int]] = {}
        for item in items:
            found.setdefault(item.source, set()).update(range(item.destination[0], item.destination[1] + 1))
        return found

    text = ports.to_text(given)
    assert held(ports.parse(text)) == held(given)
    assert ports.to_text(ports.parse(text)) == text
    assert ports.from_data(ports.as_data(given)) == given


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ("http", "'http' is not a port or a range of ports, such as 443 or 8000-8010:1024-65535"),
        ("80,443", "'80,443' is not a port"),
        ("90-80", "'90-80' does not run from a lower to a higher port, of at most 65535"),
        (70000, "'70000' does not run"),
        (-1, "'-1' is not a port"),
        ({"first": 1}, "{'first': 1} lacks 'last'"),
    ],
)
def test_what_is_no_port_is_refused(item: str | int | dict[str, int], reason: str) -> None:
    with pytest.raises(ValueError) as caught:
        ports.from_data([item])
    assert str(caught.value).startswith(reason)
