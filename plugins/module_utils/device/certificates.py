# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The certificates of a device: told apart by their SHA-256 fingerprints, imported, replaced, renamed, deleted."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import Any

from ..bridge.argspec import Spec, connection_spec
from ..bridge.job import Answer, Call
from ..hfortix_fortios.endpoint import results
from ..hfortix_fortios.errors import AuthenticationError, FortiOSError, PermissionDeniedError, TransportError
from ..hfortix_fortios.http.interface import Request
from ..hfortix_fortios.schema import path_segment
from ..hfortix_fortios.x509 import CERTIFICATE, REVOCATIONS, Signed, pem_blocks, read
from ..resource.task import TaskError, difference
from .certificate_files import Given, given

_LIST = "/api/v2/monitor/system/available-certificates"
_DOWNLOAD = "/api/v2/monitor/system/certificate/download"
_IMPORT = "/api/v2/monitor/vpn-certificate/{}/import"

_PENDING = "local-csr"


@dataclass(frozen=True)
class Kind:
    """A type of certificate: the device's names for it, its field in the configuration, and what its PEM is called."""

    types: frozenset[str]
    field: str
    listed_with: str = ""
    label: str = CERTIFICATE


KINDS = {
    "local": Kind(frozenset({"local-ca", "local-cer", _PENDING}), "certificate"),
    "ca": Kind(frozenset({"remote-ca"}), "ca", "with_ca"),
    "remote": Kind(frozenset({"remote-cer"}), "remote", "with_remote"),
    "crl": Kind(frozenset({"crl"}), "crl", "with_crl", REVOCATIONS),
}

SPEC: Spec = {
    "state": {"type": "str", "choices": ["present", "absent", "gathered"], "default": "present"},
    "type": {"type": "str", "choices": list(KINDS)},
    "name": {"type": "str"},
    "src": {"type": "path"},
    # A PKCS#12 holds a key.
    "content": {"type": "str", "no_log": True},
    "key_src": {"type": "path", "no_log": False},
    "key_content": {"type": "str", "no_log": True},
    "passphrase": {"type": "str", "no_log": True},
    "vdom": {"type": "str"},
    **connection_spec(),
}
CONSTRAINTS = {
    "required_if": [
        ("state", "present", ["type"]),
        ("state", "present", ["src", "content"], True),
        ("state", "absent", ["type", "name"]),
    ],
    "mutually_exclusive": [("src", "content"), ("key_src", "key_content")],
}


@dataclass(frozen=True)
class Held:
    """A certificate that the device lists, and what that says of itself, or the `error` that kept it back."""

    row: Mapping[str, Any]
    signed: Signed | None = None
    error: FortiOSError | None = None

    @property
    def name(self) -> str:
        return str(self.row["name"])

    @property
    def kind(self) -> str:
        return next(name for name, kind in KINDS.items() if self.row.get("type") in kind.types)

    @property
    def url(self) -> str:
        """Where it stands in the configuration, which the device tells: it depends on its scope and on vdoms."""
        return f"/api/v2/cmdb/{self.row['q_path']}/{self.row['q_name']}/{path_segment(self.name)}"

    def as_dict(self) -> dict[str, Any]:
        """What results tell of it."""
        return {
            "name": self.name,
            "type": self.kind,
            "status": self.row.get("status"),
            "source": self.row.get("source"),
            "range": self.row.get("range"),
            **_told(self.signed),
            **({"error": str(self.error)} if self.error else {}),
        }


def work(call: Call) -> Answer:
    """Do what the options of the module ask for."""
    if call.params["state"] == "gathered":
        return _gather(call)
    kind = call.params["type"]
    wanted = given(call.params, KINDS[kind].label, chain=kind == "local") if call.params["state"] == "present" else None
    answer = _Certificate(call, kind).be(wanted)
    if wanted:
        answer.warnings += _untimely(wanted.signed)
    return answer


def _gather(call: Call) -> Answer:
    kinds = [call.params["type"]] if call.params["type"] else list(KINDS)
    name = call.params["name"]
    held = [item for item in _listed(call, kinds) if name in (None, item.name)]
    return Answer({"changed": False, "certificates": [item.as_dict() for item in _read(call, held)]})


def _listed(call: Call, kinds: Sequence[str]) -> list[Held]:
    """The certificates of those kinds, as the device lists them."""
    switches = {KINDS[kind].listed_with: "true" for kind in kinds if KINDS[kind].listed_with}
    rows = results(call.client.get(_LIST, params={**_scope(call), **switches}), _LIST)
    types = frozenset[str]().union(*(KINDS[kind].types for kind in kinds))
    return [Held(row) for row in rows or () if row.get("type") in types]


def _read(call: Call, held: Sequence[Held]) -> Iterator[Held]:
    """Each with what it says of itself. A request that waits to be signed says nothing."""
    there = [item for item in held if item.row.get("type") != _PENDING]
    queries = [{**_scope(call), "mkey": item.name, "type": item.row["type"]} for item in there]
    outcomes = call.client.batch([Request("GET", _DOWNLOAD, params=query) for query in queries])
    found = {(item.name, item.kind): outcome for item, outcome in zip(there, outcomes, strict=True)}
    for item in held:
        outcome = found.get((item.name, item.kind))
        if outcome is None:
            yield item
        elif outcome.error is not None:
            yield replace(item, error=outcome.error)
        else:
            yield replace(item, signed=_signed(outcome.answer, KINDS[item.kind].label))


def _signed(content: Any, label: str) -> Signed | None:
    """What a downloaded file says of itself; None where it is not what was asked for."""
    if not isinstance(content, bytes):
        return None
    try:
        blocks = pem_blocks(content.decode("latin-1"), label) if b"-----BEGIN" in content else [content]
        return read(blocks[0], label) if blocks else None
    except ValueError:
        return None


def _scope(call: Call) -> dict[str, str]:
    vdom = call.params["vdom"]
    return {"scope": "vdom", "vdom": vdom} if vdom else {"scope": "global"}


class _Certificate:
    """One certificate of a device, on its way to be what a task wants."""

    def __init__(self, call: Call, kind: str) -> None:
        self._call = call
        self._kind = kind
        self._name: str | None = call.params["name"]

    def be(self, wanted: Given | None) -> Answer:
        """Let it be `wanted`; gone if that is None."""
        if self._kind == "local" and not self._name:
            raise TaskError("name: a local certificate needs one.")
        held = _listed(self._call, [self._kind])
        if wanted is None:
            return self._delete(next(_read(self._call, [item for item in held if item.name == self._name]), None))
        named = self._named(held, self._name)
        if named is None:
            twin = self._twin(held, wanted)
            if twin is None:
                return self._import(held, wanted)
            return self._rename(twin, wanted) if self._name else self._answer("none", twin, twin)
        if _is(named, wanted):
            return self._answer("none", named, named)
        self._refuse_foreign(named)
        if named.row["type"] == _PENDING and not wanted.key:
            return self._import(held, wanted, named)
        return self._replace(named, wanted)

    def _named(self, held: Sequence[Held], name: str | None) -> Held | None:
        return next(self._certain([item for item in held if item.name == name]), None)

    def _certain(self, held: Sequence[Held]) -> Iterator[Held]:
        """:raises FortiOSError: the device does not give one of them out, so that it cannot be compared"""
        for item in _read(self._call, held):
            if item.error is not None:
                raise item.error
            yield item

    def _twin(self, held: Sequence[Held], wanted: Given) -> Held | None:
        """The same certificate under another name. A local one may be there under several."""
        if self._kind == "local":
            return None
        end = wanted.signed.not_after
        likely = [item for item in held if _ends(item) is None or end is None or _ends(item) == end.timestamp()]
        return next((item for item in self._certain(likely) if _is(item, wanted)), None)

    def _import(self, held: Sequence[Held], wanted: Given, request: Held | None = None) -> Answer:
        """Bring a new one to the device, or the answer to a `request` that it made, whose key it has."""
        if self._kind == "local" and not wanted.key and request is None:
            raise TaskError(
                f"key_src: the device has neither a certificate {self._name!r} nor a request of that name to be "
                "signed, so that it needs the private key as well."
            )
        if self._call.check:
            return self._answer("import", request, None, wanted)
        body = {**self._body(wanted, signs=request is not None), "scope": _scope(self._call)["scope"]}
        self._call.client.post(_IMPORT.format(self._kind), params=self._vdom, json=body)
        if self._kind == "local":
            return self._answer("import", request, self._verified(str(self._name), wanted))
        before = {item.name for item in held}
        now = [item for item in _listed(self._call, [self._kind]) if item.name not in before]
        there = self._twin(now, wanted)
        if there is None:
            raise _unlike(self._kind, self._name)
        if self._name and there.name != self._name:
            there = self._renamed(there, wanted)
        return self._answer("import", None, there)

    def _body(self, wanted: Given, *, signs: bool) -> dict[str, Any]:
        content = b64encode(wanted.pem.encode()).decode()
        if self._kind == "ca":
            return {"import_method": "file", "file_content": content}
        if self._kind != "local":
            return {"file_content": content}
        if signs:
            return {"type": "local", "certname": self._name, "file_content": content}
        key = {"key_file_content": b64encode(wanted.key.encode()).decode()}
        secret = {"password": wanted.passphrase} if wanted.passphrase else {}
        return {"type": "regular", "certname": self._name, "file_content": content, **key, **secret}

    def _replace(self, held: Held, wanted: Given) -> Answer:
        """Put another certificate under the same name, so that what refers to it need not be touched."""
        if self._call.check:
            return self._answer("replace", held, None, wanted)
        body = {KINDS[self._kind].field: wanted.pem}
        if wanted.key:
            body |= {"private-key": wanted.key, "password": wanted.passphrase}
        try:
            self._call.client.put(held.url, params=self._target(held), json=body)
            now = self._verified(held.name, wanted)
        except (AuthenticationError, PermissionDeniedError, TransportError):
            raise
        except FortiOSError as error:
            error.hint = (
                "Not every release lets a certificate be replaced under its name: import it under another name, let "
                "the configuration refer to that, and delete this one"
            )
            raise
        return self._answer("replace", held, now)

    def _rename(self, held: Held, wanted: Given) -> Answer:
        self._refuse_foreign(held)
        if self._call.check:
            return self._answer("rename", held, None, wanted)
        return self._answer("rename", held, self._renamed(held, wanted))

    def _renamed(self, held: Held, wanted: Given) -> Held:
        self._call.client.put(held.url, params=self._target(held), json={"name": self._name})
        return self._verified(str(self._name), wanted)

    def _delete(self, held: Held | None) -> Answer:
        if held is None:
            return self._answer("none", None, None)
        self._refuse_foreign(held)
        if not self._call.check:
            self._call.client.delete(held.url, params=self._target(held))
        return self._answer("delete", held, None)

    def _verified(self, name: str, wanted: Given) -> Held:
        """What the device holds now. Releases are known that accept a certificate and do not take it."""
        held = self._named(_listed(self._call, [self._kind]), name)
        if held is None or not _is(held, wanted):
            raise _unlike(self._kind, name)
        return held

    def _refuse_foreign(self, held: Held) -> None:
        """:raises TaskError: it is not for a task like this to change"""
        source = held.row.get("source", "user")
        if source != "user":
            raise TaskError(f"name: {held.name!r} came with the device (source {source}) and is left alone.")
        if self._vdom and held.row.get("range") == "global":
            raise TaskError(f"vdom: {held.name!r} is there for all virtual domains; leave vdom out to change it.")

    @property
    def _vdom(self) -> dict[str, str]:
        return {"vdom": self._call.params["vdom"]} if self._call.params["vdom"] else {}

    def _target(self, held: Held) -> dict[str, str]:
        """The query parameters of a write: what all vdoms share is written globally."""
        return {"scope": "global"} if held.row.get("range") == "global" else self._vdom

    def _answer(self, action: str, before: Held | None, after: Held | None, wanted: Given | None = None) -> Answer:
        """The result of `action`; in check mode `wanted` stands for what would be there after it."""
        members: dict[str, Any] = {"changed": action != "none", "action": action}
        members["before"] = before.as_dict() if before else {}
        members["after"] = after.as_dict() if after else {}
        if wanted:
            name = self._name or (before.name if before else None)
            members["after"] = {"name": name, "type": self._kind, **_told(wanted.signed)}
        if self._call.diff and members["changed"]:
            header = f"{self._kind} certificate {self._name or members['after'].get('name') or ''}".strip()
            members["diff"] = difference(header, members["before"], members["after"])
        return Answer(members)


def _is(held: Held, wanted: Given) -> bool:
    return held.signed is not None and held.signed.sha256 == wanted.signed.sha256


def _ends(held: Held) -> int | None:
    """When it ceases to hold, in seconds since the epoch, where the device tells."""
    end = held.row.get("valid_to", held.row.get("nextupdate"))
    return int(end) if end else None


def _unlike(kind: str, name: str | None) -> FortiOSError:
    return FortiOSError(
        f"the device accepted the {kind} certificate {name or ''}".rstrip() + ", but does not hold it now",
        hint="Check that its release and mode take such a certificate (key type and size, FIPS mode), and the log "
        "of the device",
    )


def _told(signed: Signed | None) -> dict[str, Any]:
    """What a certificate says of itself, and how long it still holds."""
    if signed is None:
        return {}
    told: dict[str, Any] = {
        "subject": signed.subject,
        "issuer": signed.issuer,
        "serial": signed.serial,
        "not_before": _iso(signed.not_before),
        "not_after": _iso(signed.not_after) if signed.not_after else None,
        "sha256": signed.sha256,
    }
    if signed.not_after:
        left = signed.not_after - datetime.now(timezone.utc)
        told |= {"days_left": left.days, "expired": left.total_seconds() <= 0}
    return told


def _untimely(signed: Signed) -> Iterator[str]:
    """A warning where a certificate does not hold now."""
    now = datetime.now(timezone.utc)
    if signed.not_after and signed.not_after <= now:
        yield f"What the task gives has ceased to hold at {_iso(signed.not_after)}."
    elif signed.not_before > now:
        yield f"What the task gives does not hold before {_iso(signed.not_before)}."


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
