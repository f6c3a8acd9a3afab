# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading certificates, compared with what the library `cryptography` reads."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta, timezone

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from hfortix_fortios.x509 import CERTIFICATE, REVOCATIONS, Signed, pem_blocks, read, to_pem

KEY = ec.generate_private_key(ec.SECP256R1())
NAMES = {
    NameOID.COMMON_NAME: "CN", NameOID.ORGANIZATION_NAME: "O", NameOID.ORGANIZATIONAL_UNIT_NAME: "OU",
    NameOID.LOCALITY_NAME: "L", NameOID.STATE_OR_PROVINCE_NAME: "ST", NameOID.DOMAIN_COMPONENT: "DC",
    NameOID.EMAIL_ADDRESS: "emailAddress", NameOID.SERIAL_NUMBER: "serialNumber", NameOID.TITLE: "2.5.4.12",
}  # fmt: skip
ASCII = frozenset({NameOID.DOMAIN_COMPONENT, NameOID.EMAIL_ADDRESS, NameOID.SERIAL_NUMBER})
LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=16)
PRINTABLE = st.text("abcXYZ09", min_size=1, max_size=16)


@st.composite
def attributes(draw: st.DrawFn) -> list[tuple[x509.ObjectIdentifier, str]]:
    kinds = draw(st.lists(st.sampled_from(list(NAMES)), max_size=6))
    return [(kind, draw(PRINTABLE if kind in ASCII else LETTERS)) for kind in kinds]


def name(pairs: list[tuple[x509.ObjectIdentifier, str]]) -> x509.Name:
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in pairs])


def spelled(pairs: list[tuple[x509.ObjectIdentifier, str]]) -> str:
    return ", ".join(f"{NAMES[kind]}={value}" for kind, value in pairs)


def certificate(subject: x509.Name, issuer: x509.Name, number: int, begin: datetime, end: datetime) -> x509.Certificate:
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).serial_number(number)
    builder = builder.not_valid_before(begin).not_valid_after(end).public_key(KEY.public_key())
    return builder.sign(KEY, hashes.SHA256())


TIMES = st.datetimes(datetime(1951, 1, 1), datetime(2120, 1, 1)).map(lambda time: time.replace(microsecond=0))


@given(attributes(), attributes(), st.integers(1, 2**159 - 1), TIMES, st.timedeltas(timedelta(1), timedelta(40000)))
def test_a_certificate_reads_as_it_was_written(
    subject: list[tuple[x509.ObjectIdentifier, str]],
    issuer: list[tuple[x509.ObjectIdentifier, str]],
    number: int,
    begin: datetime,
    lasts: timedelta,
) -> None:
    made = certificate(name(subject), name(issuer), number, begin, begin + lasts)
    assert read(made.public_bytes(Encoding.DER)) == Signed(
        sha256=made.fingerprint(hashes.SHA256()).hex(),
        issuer=spelled(issuer),
        not_before=made.not_valid_before_utc,
        not_after=made.not_valid_after_utc,
        subject=spelled(subject),
        serial=f"{number:x}",
    )


def test_a_revocation_list() -> None:
    issuer = [(NameOID.COMMON_NAME, "Authority")]
    begin = datetime(2026, 1, 1, tzinfo=timezone.utc)
    builder = x509.CertificateRevocationListBuilder().issuer_name(name(issuer))
    made = builder.last_update(begin).next_update(begin + timedelta(7)).sign(KEY, hashes.SHA256())
    found = read(made.public_bytes(Encoding.DER), REVOCATIONS)
    assert found == Signed(
        made.fingerprint(hashes.SHA256()).hex(), "CN=Authority", begin, begin + timedelta(7), None, None
    )


def test_pem_blocks_are_found_by_their_label() -> None:
    text = f"some words\n{to_pem(b'one', CERTIFICATE)}{to_pem(b'key', 'PRIVATE KEY')}\r\n{to_pem(b'two', CERTIFICATE)}"
    assert pem_blocks(text, CERTIFICATE) == [b"one", b"two"]
    assert pem_blocks(text.replace("\n", "\r\n"), CERTIFICATE) == [b"one", b"two"]
    pem = SIGNED.public_bytes(Encoding.PEM).decode()
    assert pem_blocks(pem, CERTIFICATE) == [DER]
    assert to_pem(DER, CERTIFICATE) == pem


@given(st.binary(max_size=60))
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="not a CERTIFICATE in DER encoding"):
        read(data)


SIGNED = certificate(name([(NameOID.COMMON_NAME, "x")]), name([]), 1, datetime(2026, 1, 1), datetime(2027, 1, 1))
DER = SIGNED.public_bytes(Encoding.DER)


@given(st.integers(0, len(DER) - 1), st.integers(0, 255))
def test_a_spoilt_certificate_is_read_or_refused(place: int, byte: int) -> None:
    with suppress(ValueError):
        assert isinstance(read(DER[:place] + bytes([byte]) + DER[place + 1 :]), Signed)
