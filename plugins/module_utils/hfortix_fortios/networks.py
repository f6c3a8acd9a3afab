# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Addresses, networks and address ranges in the spellings that FortiOS and people use.

A block is an address (``192.0.2.1``), a network (``192.0.2.0/24``, ``192.0.2.0 255.255.255.0``) or a range of
addresses (``192.0.2.10-192.0.2.20``), of IPv4 or IPv6.
"""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import (
    IPv4Address,
    IPv4Interface,
    IPv6Address,
    IPv6Interface,
    ip_address,
    ip_interface,
    summarize_address_range,
)
from typing import TypeAlias

Address: TypeAlias = "IPv4Address | IPv6Address"
#: The first and the last address.
Span = tuple[Address, Address]


def interface(text: str) -> IPv4Interface | IPv6Interface:
    """An address with its mask, as a length or dotted; without a mask, one host.

    :raises ValueError: it is no such thing
    """
    address, slash, mask = text.strip().replace("/", " ", 1).partition(" ")
    mask = mask.strip()
    try:
        found = ip_interface(f"{address}/{mask}" if slash else address)
    except ValueError:
        raise ValueError(f"{text!r} is not an address with a mask, such as 192.0.2.0/24") from None
    if "." in mask and mask != str(found.netmask):
        # The library takes 0.0.0.255 for a mask as well, by its ending.
        raise ValueError(f"{text!r} has no netmask, such as 255.255.255.0")
    return found


def to_cidr(text: str) -> str:
    """``192.0.2.1 255.255.255.0`` as ``192.0.2.1/24``. The part of the host is kept.

    :raises ValueError: it is no address with a mask
    """
    return str(interface(text))


def to_subnet(text: str) -> str:
    """``192.0.2.1/24`` as ``192.0.2.1 255.255.255.0``, the way that FortiOS writes IPv4. The part of the host is kept.

    :raises ValueError: it is no IPv4 address with a mask
    """
    found = interface(text)
    if found.version == 6:
        raise ValueError(f"{text!r} is IPv6, which has no dotted mask")
    return f"{found.ip} {found.netmask}"


def to_networks(blocks: Iterable[str]) -> list[str]:
    """The fewest networks that hold what `blocks` hold and nothing else, IPv4 first, in order.

    :raises ValueError: one of them is no block
    """
    return [str(network) for first, last in spans(blocks) for network in summarize_address_range(first, last)]


def to_ranges(blocks: Iterable[str]) -> list[str]:
    """The fewest ranges that hold what `blocks` hold and nothing else, IPv4 first, in order. One address stands alone.

    :raises ValueError: one of them is no block
    """
    return [str(first) if first == last else f"{first}-{last}" for first, last in spans(blocks)]


def spans(blocks: Iterable[str]) -> list[Span]:
    """What `blocks` hold, each address once, IPv4 first, in order.

    :raises ValueError: one of them is no block
    """
    merged: list[Span] = []
    for first, last in sorted((_span(block) for block in blocks), key=lambda span: (span[0].version, int(span[0]))):
        before = merged[-1] if merged else None
        if before and before[1].version == first.version and int(first) <= int(before[1]) + 1:
            merged[-1] = before[0], last if int(last) > int(before[1]) else before[1]
        else:
            merged.append((first, last))
    return merged


def _span(block: str) -> Span:
    low, dash, high = block.partition("-")
    if not dash:
        network = interface(block).network
        return network[0], network[-1]
    try:
        first, last = ip_address(low.strip()), ip_address(high.strip())
    except ValueError:
        raise ValueError(f"{block!r} is not a range of addresses, such as 192.0.2.10-192.0.2.20") from None
    if first.version != last.version or int(first) > int(last):
        raise ValueError(f"{block!r} does not run from a lower to a higher address")
    return first, last
