# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What X.509 certificates and revocation lists say of themselves, read with the standard library alone.

Nothing here judges a signature or a chain: it tells which certificate this is, and for how long it holds.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import NamedTuple

CERTIFICATE, REVOCATIONS = "CERTIFICATE", "X509 CRL"

_BLOCK = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----\s(.*?)-----END \1-----", re.DOTALL)

_INTEGER, _OID, _UTC_TIME, _SEQUENCE, _VERSION = 0x02, 0x06, 0x17, 0x30, 0xA0
_TIMES = frozenset({_UTC_TIME, 0x18})
_ENCODINGS = {0x0C: "utf-8", 0x13: "ascii", 0x14: "latin-1", 0x16: "ascii", 0x1C: "utf-32-be", 0x1E: "utf-16-be"}
_ATTRIBUTES = {
    "2.5.4.3": "CN", "2.5.4.5": "serialNumber", "2.5.4.6": "C", "2.5.4.7": "L", "2.5.4.8": "ST", "2.5.4.10": "O",
    "2.5.4.11": "OU", "0.9.2342.19200300.100.1.25": "DC", "1.2.840.113549.1.9.1": "emailAddress",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signed:
    """A certificate, or a revocation list, which has neither subject nor serial number.

    `sha256` and `serial` are hexadecimal, in lower case. Names read ``C=DE, O=Example, CN=fw1.example.com``. Times
    are in UTC; a revocation list need not say until when it holds.
    """

    sha256: str
    issuer: str
    not_before: datetime
    not_after: datetime | None
    subject: str | None = None
    serial: str | None = None


def pem_blocks(text: str, label: str) -> list[bytes]:
    """What the PEM blocks of that label hold, decoded.

    :raises ValueError: a block is not base64
    """
    return [b64decode("".join(body.split()), validate=True) for name, body in _BLOCK.findall(text) if name == label]


def to_pem(der: bytes, label: str) -> str:
    """One PEM block, line end included."""
    body = b64encode(der).decode()
    lines = [body[start : start + 64] for start in range(0, len(body), 64)]
    return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----", ""])


def read(der: bytes, label: str = CERTIFICATE) -> Signed:
    """A certificate, or with `label` REVOCATIONS a revocation list, from its DER encoding.

    :raises ValueError: it is none
    """
    try:
        whole = _one(der, _SEQUENCE)
        parts = list(_elements(_one(whole, _SEQUENCE)))
        read_parts = _certificate if label == CERTIFICATE else _revocations
        return read_parts(hashlib.sha256(der).hexdigest(), parts)
    except (IndexError, OverflowError, UnicodeDecodeError, ValueError) as error:
        raise ValueError(f"not a {label} in DER encoding") from error


class _Element(NamedTuple):
    tag: int
    content: bytes


def _certificate(sha256: str, parts: list[_Element]) -> Signed:
    parts = parts[1:] if parts[0].tag == _VERSION else parts
    number, _algorithm, issuer, validity, subject = parts[:5]
    not_before, not_after = _elements(validity.content)
    return Signed(
        sha256,
        _name(issuer),
        _time(not_before),
        _time(not_after),
        _name(subject),
        f"{int.from_bytes(_checked(number, _INTEGER), 'big'):x}",
    )


def _revocations(sha256: str, parts: list[_Element]) -> Signed:
    parts = parts[1:] if parts[0].tag == _INTEGER else parts
    _algorithm, issuer, updated, following = [*parts[:4], _Element(0, b"")][:4]
    return Signed(sha256, _name(issuer), _time(updated), _time(following) if following.tag in _TIMES else None)


def _name(element: _Element) -> str:
    return ", ".join(
        f"{_attribute(kind)}={_text(value)}"
        for alternatives in _elements(_checked(element, _SEQUENCE))
        for pair in _elements(alternatives.content)
        for kind, value in [list(_elements(pair.content))]
    )


def _attribute(element: _Element) -> str:
    content = _checked(element, _OID)
    numbers, value = [], 0
    for byte in content:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(value)
            value = 0
    first = min(numbers[0] // 40, 2)
    dotted = ".".join(map(str, [first, numbers[0] - 40 * first, *numbers[1:]]))
    return _ATTRIBUTES.get(dotted, dotted)


def _text(element: _Element) -> str:
    encoding = _ENCODINGS.get(element.tag)
    return element.content.decode(encoding) if encoding else f"#{element.content.hex()}"


def _time(element: _Element) -> datetime:
    text = element.content.decode("ascii")
    if element.tag == _UTC_TIME:
        # Two digits of the year stand for 1950 to 2049.
        text = f"{'19' if text[:2] >= '50' else '20'}{text}"
    return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=timezone.utc)


def _one(data: bytes, tag: int) -> bytes:
    """The content of the first element, which has to have that tag."""
    return _checked(next(_elements(data), _Element(0, b"")), tag)


def _checked(element: _Element, tag: int) -> bytes:
    if element.tag != tag:
        raise ValueError(f"tag {element.tag:#x} where {tag:#x} belongs")
    return element.content


def _elements(data: bytes) -> Iterator[_Element]:
    """The elements that follow one another in `data`: tag, length, content."""
    position = 0
    while position < len(data):
        tag, length = data[position], data[position + 1]
        position += 2
        if length & 0x80:
            size = length & 0x7F
            length = int.from_bytes(data[position : position + size], "big")
            position += size
        if position + length > len(data):
            raise ValueError("an element is cut off")
        yield _Element(tag, data[position : position + length])
        position += length
