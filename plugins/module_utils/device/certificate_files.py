# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The certificate, and its private key, that a task gives: read and judged before anything is sent."""

from __future__ import annotations

import ssl
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ansible.module_utils.basic import missing_required_lib

from ..bridge.files import content_of, private_folder
from ..hfortix_fortios.x509 import CERTIFICATE, Signed, pem_blocks, read, to_pem
from ..resource.task import TaskError

_KEY = " PRIVATE KEY-----"
_CRYPTOGRAPHY_URL = "https://cryptography.io/"


@dataclass(frozen=True)
class Given:
    """What a task wants the device to have: PEM text, what its first block says, and the key in PEM with its secret."""

    pem: str
    signed: Signed
    key: str = ""
    passphrase: str = ""


def given(params: Mapping[str, Any], label: str, *, chain: bool) -> Given | None:
    """What the options src or content, key_src or key_content, and passphrase give; None without src and content.

    `label` says of what kind it has to be; with `chain`, other certificates may follow the first.

    :raises TaskError: a file cannot be read, is not of that kind, or the key is not that of the certificate
    """
    data = _bytes(params, "src", "content")
    if data is None:
        return None
    source = "src" if params["src"] else "content"
    own_key = next((name for name in ("key_src", "key_content", "passphrase") if params[name]), None)
    if own_key and not chain:
        raise TaskError(f"{own_key}: is for local certificates, which alone have a private key.")
    if _is_pkcs12(data):
        if own_key in ("key_src", "key_content"):
            raise TaskError(f"{own_key}: the PKCS#12 of {source} has the private key; leave this out.")
        if label != CERTIFICATE or not chain:
            raise TaskError(f"{source}: PKCS#12 is for local certificates; give the {label} itself, in PEM or DER.")
        return _from_pkcs12(data, source, params["passphrase"] or "")
    blocks = _blocks(data, source, label)
    if len(blocks) > 1 and not chain:
        raise TaskError(f"{source}: holds {len(blocks)} blocks {label!r}; import each with a task of its own.")
    try:
        signed = read(blocks[0], label)
    except ValueError as error:
        raise TaskError(f"{source}: {error}, nor in PEM.") from None
    pem = "".join(to_pem(block, label) for block in blocks)
    key = _key(params, data) if chain else ""
    # A device takes a needless passphrase for a wrong one.
    passphrase = (params["passphrase"] or "") if "ENCRYPTED" in key else ""
    if key:
        _check_pair(pem, key, passphrase)
    return Given(pem, signed, key, passphrase)


def _bytes(params: Mapping[str, Any], file: str, text: str) -> bytes | None:
    """The content of a file, or of an option, where it may be in base64 unless it is PEM."""
    if params[file]:
        return content_of(file, params[file])
    if not params[text]:
        return None
    if "-----BEGIN" in params[text]:
        return str(params[text]).encode()
    try:
        return b64decode("".join(params[text].split()), validate=True)
    except ValueError:
        raise TaskError(f"{text}: is neither PEM nor base64.") from None


def _blocks(data: bytes, source: str, label: str) -> list[bytes]:
    if b"-----BEGIN" not in data:
        return [data]
    try:
        blocks = pem_blocks(data.decode("latin-1"), label)
    except ValueError:
        raise TaskError(f"{source}: holds a PEM block that is not base64.") from None
    if not blocks:
        raise TaskError(f"{source}: holds no PEM block {label!r}.")
    return blocks


def _key(params: Mapping[str, Any], data: bytes) -> str:
    """The private key in PEM: from its own options, or from beside the certificate; empty if there is none."""
    given_key = _bytes(params, "key_src", "key_content")
    if given_key is not None and _KEY.encode() not in given_key:
        raise TaskError(f"{'key_src' if params['key_src'] else 'key_content'}: holds no private key in PEM.")
    text = (data if given_key is None else given_key).decode("latin-1")
    lines = text.splitlines()
    ends = [number for number, line in enumerate(lines) if line.startswith("-----") and line.rstrip().endswith(_KEY)]
    return "\n".join([*lines[ends[0] : ends[1] + 1], ""]) if len(ends) > 1 else ""


def _check_pair(pem: str, key: str, passphrase: str) -> None:
    """:raises TaskError: the key cannot be read with that passphrase, or belongs to another certificate"""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    # How strong a key has to be is for the device to say.
    context.set_ciphers("ALL:@SECLEVEL=0")
    with private_folder() as folder:
        certificate_file, key_file = folder / "certificate.pem", folder / "key.pem"
        certificate_file.write_text(pem)
        key_file.write_text(key)
        try:
            # A function, because the library would ask for a missing passphrase at the terminal.
            context.load_cert_chain(certificate_file, key_file, lambda: passphrase)
        except ssl.SSLError as error:
            if error.reason == "KEY_VALUES_MISMATCH":
                raise TaskError("key_src, key_content: the private key is not that of the certificate.") from None
            if "ENCRYPTED" in key and not passphrase:
                raise TaskError("passphrase: the private key is encrypted, and needs one.") from None
            raise TaskError("passphrase: the private key cannot be read with it.") from None


def _is_pkcs12(data: bytes) -> bool:
    """A sequence that begins with a version number, where a certificate begins with another sequence."""
    head = data[:1] == b"\x30" and data[1:2]
    if not head:
        return False
    start = 2 + (head[0] & 0x7F if head[0] & 0x80 else 0)
    return data[start : start + 3] == b"\x02\x01\x03"


def _from_pkcs12(data: bytes, source: str, passphrase: str) -> Given:
    try:
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs12
    except ImportError:
        raise TaskError(missing_required_lib("cryptography", "PKCS#12", _CRYPTOGRAPHY_URL)) from None
    try:
        found = pkcs12.load_pkcs12(data, passphrase.encode() or None)
    except (UnsupportedAlgorithm, ValueError):
        raise TaskError(
            f"passphrase: does not open the PKCS#12 of {source}, unless that is damaged, or encrypted in a way that "
            "the library cryptography does not read."
        ) from None
    if found.cert is None or found.key is None:
        raise TaskError(f"{source}: the PKCS#12 lacks a certificate or its private key.")
    chain = [item.certificate.public_bytes(Encoding.DER) for item in (found.cert, *found.additional_certs)]
    # The key has been opened: it goes to the device over TLS only, as its passphrase would.
    key = found.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return Given("".join(to_pem(der, CERTIFICATE) for der in chain), read(chain[0]), key)
