# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of certificates, tokens, vdom mode and clusters share: calls in this process, and certificates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.connection import DirectClient
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.job import Job
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.main import call
from tests.simulator.server import Simulator

TOKEN = "t0ken-of-the-test"
SECRET = b"hunter2-hunter2"
BEGIN = datetime(2026, 1, 1, tzinfo=timezone.utc)


def run(
    device: Simulator, job: Job, arguments: dict[str, Any], *, check: bool = False, token: str = TOKEN
) -> dict[str, Any]:
    """What the module answers, over a connection of its own."""
    options = {**arguments, "host": device.url}
    credentials = {"token": token} if token else {"username": device.user, "password": device.password}
    return call(job, "module", {**options, **credentials}, DirectClient, check=check, diff=True)


def writes(device: Simulator) -> int:
    """How many requests other than logins could have changed something."""
    ours = (entry for entry in device.log() if "/cmdb/" in entry["path"] or "/monitor/" in entry["path"])
    return sum(entry["method"] != "GET" for entry in ours)


@dataclass(frozen=True)
class Identity:
    """A certificate with its private key."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> str:
        return self.certificate.public_bytes(Encoding.PEM).decode()

    @property
    def sha256(self) -> str:
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    def key_pem(self, secret: bytes = b"") -> str:
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, _encryption(secret)).decode()

    def pkcs12(self, secret: bytes = SECRET) -> bytes:
        return pkcs12.serialize_key_and_certificates(b"any", self.key, self.certificate, None, _encryption(secret))

    def write(self, folder: Path) -> dict[str, str]:
        """The options that name its files in `folder`, the key encrypted with `SECRET`."""
        certificate, key = folder / "certificate.pem", folder / "key.pem"
        certificate.write_text(self.pem)
        key.write_text(self.key_pem(SECRET))
        return {"src": str(certificate), "key_src": str(key), "passphrase": SECRET.decode()}


def _encryption(secret: bytes) -> KeySerializationEncryption:
    return BestAvailableEncryption(secret) if secret else NoEncryption()


@cache
def identity(name: str, days: int = 3650, key_of: str = "") -> Identity:
    """A certificate of its own authority, always the same one; with `key_of`, for the key of that name."""
    key = identity(key_of).key if key_of else ec.generate_private_key(ec.SECP256R1())
    return Identity(signed(name, key.public_key(), key, days), key)


def later() -> x509.Certificate:
    """A certificate that holds from the year 2100 on."""
    one = identity("later")
    return signed("later", one.key.public_key(), one.key, begin=datetime(2100, 1, 1, tzinfo=timezone.utc))


def signed(
    name: str, public: Any, authority: ec.EllipticCurvePrivateKey, days: int = 3650, begin: datetime = BEGIN
) -> x509.Certificate:
    """A certificate for a public key."""
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(public)
    builder = builder.serial_number(17).not_valid_before(begin).not_valid_after(begin + timedelta(days))
    return builder.sign(authority, hashes.SHA256())


def revocations(days: int = 30) -> str:
    """A revocation list in PEM."""
    authority = identity("authority")
    builder = x509.CertificateRevocationListBuilder().issuer_name(authority.certificate.subject)
    builder = builder.last_update(BEGIN).next_update(BEGIN + timedelta(days))
    return builder.sign(authority.key, hashes.SHA256()).public_bytes(Encoding.PEM).decode()
