# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Certificates: listed, downloaded, imported, asked for. They are kept as PEM in tables of the configuration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timezone
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509.oid import NameOID

from .. import catalogue, integrity, refusal
from ..checks import checks
from ..refusal import Refusal
from ..store import Row, home
from .registry import File, Operation, answers

if TYPE_CHECKING:
    from ..cmdb import Work
    from ..device import Device
    from ..store import Table

#: Type and field of each table, by the last word of its path.
_TABLES = {"local": "certificate", "ca": "ca", "remote": "remote", "crl": "crl"}
_PATHS = [f"{area}/{name}" for area in ("certificate", "vpn.certificate") for name in _TABLES]
_LISTED_WITH = {"ca": "with_ca", "remote": "with_remote", "crl": "with_crl"}
#: How the device names what it is given without a name.
_NAMES = {"ca": "CA_Cert_{}", "remote": "REMOTE_Cert_{}", "crl": "CRL_{}"}
_PENDING = "local-csr"
INVALID = -145

Document = x509.Certificate | x509.CertificateRevocationList
_Key = Any


@dataclass(slots=True)
class Vault:
    """The private keys that the device has, by the table and the name of their certificates."""

    keys: dict[tuple[str, str], _Key] = field(default_factory=dict)


# Listing


@answers("GET", "monitor/system/available-certificates")
def available(operation: Operation) -> list[dict[str, Any]]:
    """The device's own certificates, and what else the parameters ask for."""
    kinds = [kind for kind in _TABLES if kind == "local" or operation.truth(_LISTED_WITH[kind])]
    wanted = operation.param("mkey")
    return [
        _listed(operation.device, table, str(key), row)
        for kind in kinds
        for table in _tables(operation, kind)
        for key, row in table.rows.items()
        if wanted in (None, key)
    ]


@answers("GET", "monitor/system/certificate/download")
def download(operation: Operation) -> File:
    """A certificate as a PEM file; a request that waits to be signed as that."""
    name = str(operation.param("mkey"))
    for kind in _TABLES:
        for table in _tables(operation, kind):
            row = table.rows.get(name)
            if row is None or _type(kind, name, row) != operation.param("type"):
                continue
            if operation.param("type") == _PENDING:
                return File(f"{name}.csr", row.values["csr"].encode())
            return File(f"{name}.cer", _document(kind, name, row).public_bytes(Encoding.PEM))
    raise Refusal(404, operation.device.switches.missing)


@answers("GET", "monitor/vpn-certificate/cert-name-available")
def name_available(operation: Operation) -> dict[str, Any]:
    name = operation.param("mkey")
    taken = any(name in table.rows for kind in _TABLES for table in _tables(operation, kind))
    return {"is_valid": not taken, "value": name}


def _tables(operation: Operation, kind: str) -> Iterator[Table]:
    """Those of all vdoms; and those of the vdom, unless it is for all of them."""
    paths = [f"certificate/{kind}"]
    if operation.param("scope", "vdom") != "global":
        paths.append(f"vpn.certificate/{kind}")
    for path in paths:
        table = _table(operation, path)
        if table is not None:
            yield table


def _table(operation: Operation, path: str) -> Table | None:
    device = operation.device
    model = device.model(path)
    return device.store.table(model, home(model, operation.vdom)) if model else None


def _listed(device: Device, table: Table, name: str, row: Row) -> dict[str, Any]:
    kind = table.model.name
    shared = table.model.path == "certificate"
    listed = {
        "name": name,
        "source": row.values.get("source", "factory" if row.static else "user"),
        "comments": row.values.get("comments", ""),
        "range": "global" if shared else "vdom",
        "exists": True,
        "type": _type(kind, name, row),
        "q_path": table.model.path,
        "q_name": kind,
        "q_ref": sum(number for _, number in integrity.users(device.store, table, name)),
        "q_static": row.static,
        "q_type": catalogue.number(table.model.schema.path),
    }
    if listed["type"] == _PENDING:
        return listed | {"status": "pending"}
    try:
        return listed | _said(_document(kind, name, row))
    except Refusal:
        return listed | {"status": "invalid"}


def _said(document: Document) -> dict[str, Any]:
    """What a certificate or a list says of itself, in the device's words."""
    fingerprint = document.fingerprint(hashes.SHA256()).hex(":").upper()
    common = {"issuer_raw": _spelled(document.issuer), "fingerprint": fingerprint}
    if isinstance(document, x509.CertificateRevocationList):
        following = document.next_update_utc
        times = {"lastupdate": _epoch(document.last_update_utc), "nextupdate": following and _epoch(following)}
        return {**common, **times, "status": "valid"}
    expired = document.not_valid_after_utc < datetime.now(timezone.utc)
    return {
        **common,
        "status": "expired" if expired else "valid",
        "subject_raw": _spelled(document.subject),
        "valid_from": _epoch(document.not_valid_before_utc),
        "valid_to": _epoch(document.not_valid_after_utc),
        "serial_number": f"{document.serial_number:X}",
        "version": document.version.value + 1,
    }


def _epoch(moment: datetime) -> int:
    return int(moment.timestamp())


def _spelled(name: x509.Name) -> str:
    return ", ".join(f"{part.rfc4514_attribute_name} = {part.value!s}" for part in name)


def _type(kind: str, name: str, row: Row) -> str:
    if kind != "local":
        return {"ca": "remote-ca", "remote": "remote-cer", "crl": "crl"}[kind]
    if row.values.get("csr") and not row.values.get("certificate"):
        return _PENDING
    return "local-ca" if "_CA_" in name else "local-cer"


def _document(kind: str, name: str, row: Row) -> Document:
    text = row.values.get(_TABLES[kind])
    return _parsed(kind, text.encode()) if text else _of_the_factory(name)


@cache
def _of_the_factory(name: str) -> x509.Certificate:
    """A certificate for an entry of the factory, whose own nobody has."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(datetime(2020, 1, 1)).not_valid_after(datetime(2056, 1, 1))
    return builder.sign(key, hashes.SHA256())


# Importing


@answers("POST", "monitor/vpn-certificate/local/import")
def import_local(operation: Operation) -> None:
    """A certificate with its key, as PEM files or PKCS#12; or the answer to a request of the device's own."""
    name, key, secret = operation.param("certname"), None, _secret(operation)
    match operation.param("type"):
        case "pkcs12":
            try:
                key, certificate, _chain = pkcs12.load_key_and_certificates(operation.file(), secret)
            except ValueError:
                raise Refusal(500, INVALID) from None
        case "regular":
            certificate, key = _certificate(operation), _private_key(operation.file("key_file_content"), secret)
        case "local":
            certificate = _certificate(operation)
            name, key = _asked(operation, certificate)
        case _:
            raise Refusal(500, INVALID)
    if certificate is None or key is None or not name or _public(key) != _public(certificate):
        raise Refusal(500, INVALID)
    _keep(operation, "local", str(name), certificate, key)


@answers("POST", "monitor/vpn-certificate/ca/import", "monitor/vpn-certificate/remote/import")
def import_certificate(operation: Operation) -> None:
    """Somebody else's certificate, which the device names."""
    kind = operation.path.split("/")[1]
    _keep(operation, kind, _free_name(operation, kind), _certificate(operation))


@answers("POST", "monitor/vpn-certificate/crl/import")
def import_crl(operation: Operation) -> None:
    """A revocation list, which the device names."""
    document = _parsed("crl", operation.file())
    _keep(operation, "crl", _free_name(operation, "crl"), document)


@answers("POST", "monitor/vpn-certificate/csr/generate")
def generate_request(operation: Operation) -> None:
    """A key, and a request to be signed for it.

    :raises Refusal: there are no keys of that size, or a subject cannot be that long
    """
    name = str(operation.param("certname"))
    try:
        key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey = (
            ec.generate_private_key(ec.SECP256R1())
            if operation.param("keytype") == "ec"
            else rsa.generate_private_key(65537, operation.number("keysize", 2048))
        )
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, str(operation.param("subject")))])
    except (OverflowError, ValueError) as error:
        raise Refusal(500, INVALID, str(error)) from None
    asked = x509.CertificateSigningRequestBuilder().subject_name(subject).sign(key, hashes.SHA256())
    path = _path(operation, "local")
    _refuse_taken(operation, path, name)
    pem = asked.public_bytes(Encoding.PEM).decode()
    operation.device.add(path, {"name": name, "csr": pem, "private-key": _pem(key)}, operation.vdom)
    operation.device.of(Vault).keys[path, name] = key


def _keep(operation: Operation, kind: str, name: str, document: Document, key: _Key = None) -> None:
    path = _path(operation, kind)
    device = operation.device
    if operation.param("type") != "local":
        _refuse_taken(operation, path, name)
    row = {"name": name, _TABLES[kind]: document.public_bytes(Encoding.PEM).decode()}
    if key is not None:
        row["private-key"] = _pem(key)
        device.of(Vault).keys[path, name] = key
    device.add(path, row, operation.vdom)


def _refuse_taken(operation: Operation, path: str, name: str) -> None:
    table = _table(operation, path)
    if table is not None and name in table.rows:
        raise Refusal(*operation.device.switches.certificate_taken)


def _path(operation: Operation, kind: str) -> str:
    return f"{'certificate' if operation.param('scope') == 'global' else 'vpn.certificate'}/{kind}"


def _free_name(operation: Operation, kind: str) -> str:
    table = _table(operation, _path(operation, kind))
    return next(name for number in count(1) if table and (name := _NAMES[kind].format(number)) not in table.rows)


def _asked(operation: Operation, certificate: x509.Certificate) -> tuple[str, _Key]:
    """The name and the key of the request that the certificate answers."""
    table = _table(operation, _path(operation, "local"))
    for (path, name), key in operation.device.of(Vault).keys.items():
        if table and path == table.model.schema.path and _public(key) == _public(certificate):
            return name, key
    raise Refusal(500, INVALID)


# Reading what is given


@checks(*_PATHS)
def check_certificate(work: Work, old: Mapping[str, Any], body: Mapping[str, Any]) -> None:
    """A certificate in the configuration has to fit the key that comes with it, or that was there.

    What is no PEM is taken without a word, as devices are known to do.
    """
    kind, path = work.model.name, work.model.schema.path
    text = body.get(_TABLES[kind])
    if "-----BEGIN" not in str(text):
        return
    if work.device.switches.certificate_put == "refuse":
        raise Refusal(500, refusal.COMMAND, f"{kind} certificates are imported")
    name = str(body.get("name") or old.get("name"))
    keys = work.device.of(Vault).keys
    try:
        document = _parsed(kind, str(text).encode())
        secret = str(body.get("password") or "").encode() or None
        given = body.get("private-key")
        key = _private_key(str(given).encode(), secret) if given else keys.get((path, name))
    except Refusal:
        raise _mismatch(text) from None
    if key is not None:
        if not isinstance(document, x509.Certificate) or _public(key) != _public(document):
            raise _mismatch(text)
        keys[path, name] = key


def _mismatch(text: object) -> Refusal:
    return Refusal(
        500, refusal.INVALID_VALUE, "Input is not a valid/matched certificate.",
        f"node_check_object fail! for certificate {text}",
    )  # fmt: skip


def _certificate(operation: Operation) -> x509.Certificate:
    document = _parsed("ca", operation.file())
    assert isinstance(document, x509.Certificate)
    return document


def _parsed(kind: str, pem: bytes) -> Document:
    try:
        return x509.load_pem_x509_crl(pem) if kind == "crl" else x509.load_pem_x509_certificate(pem)
    except ValueError:
        raise Refusal(500, INVALID) from None


def _secret(operation: Operation) -> bytes | None:
    return str(operation.param("password", "")).encode() or None


def _private_key(pem: bytes, secret: bytes | None) -> _Key:
    try:
        return load_pem_private_key(pem, secret)
    except (TypeError, ValueError):
        raise Refusal(500, INVALID) from None


def _public(owner: Any) -> bytes:
    """The public key of a private key or of a certificate."""
    encoded: bytes = owner.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return encoded


def _pem(key: _Key) -> str:
    text: bytes = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return text.decode()
