# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module `certificate` against the simulator."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from ansible_collections.hfortix.fortios.plugins.modules import certificate
from tests.simulator.operations.certificates import Vault
from tests.simulator.server import Simulator
from tests.simulator.switches import Switches

from .trust import SECRET, TOKEN, identity, later, revocations, run, signed, writes

LOCAL = {"type": "local", "name": "web"}


@pytest.fixture(scope="module")
def server() -> Iterator[Simulator]:
    with Simulator("7.4.4", token=TOKEN, tls=False, vdoms=("root", "guests")) as simulator:
        yield simulator


@pytest.fixture
def device(server: Simulator) -> Simulator:
    server.reset()
    return server


def given(common_name: str, **options: Any) -> dict[str, Any]:
    """The options that give a local certificate as text."""
    one = identity(common_name)
    return {**LOCAL, "content": one.pem, "key_content": one.key_pem(), **options}


def certificates(device: Simulator, **options: Any) -> dict[str, dict[str, Any]]:
    """What the module gathers, by name, without what the factory put there."""
    found = run(device, certificate.JOB, {"state": "gathered", **options})
    assert found["changed"] is False
    return {item["name"]: item for item in found["certificates"] if item["source"] == "user"}


def row(device: Simulator, name: str) -> dict[str, Any]:
    """A local certificate as the configuration has it."""
    answer = httpx.get(
        f"{device.url}/api/v2/cmdb/certificate/local/{name}", headers={"Authorization": f"Bearer {TOKEN}"}
    )
    found: dict[str, Any] = answer.json()["results"][0]
    return found


def test_a_local_certificate_is_foretold_imported_and_not_imported_again(device: Simulator, tmp_path: Path) -> None:
    arguments = {**LOCAL, **identity("web").write(tmp_path)}
    foretold = run(device, certificate.JOB, arguments, check=True)
    assert writes(device) == 0
    done = run(device, certificate.JOB, arguments)
    assert (done["changed"], done["action"], done["before"]) == (True, "import", {})
    assert done["after"] == done["after"] | {
        "name": "web",
        "type": "local",
        "status": "valid",
        "source": "user",
        "range": "global",
        "subject": "CN=web",
        "serial": "11",
        "not_before": "2026-01-01T00:00:00Z",
        "not_after": "2035-12-30T00:00:00Z",
        "expired": False,
        "sha256": identity("web").sha256,
    }
    assert (foretold["action"], foretold["changed"]) == ("import", True)
    assert foretold["after"].items() <= done["after"].items()
    assert done["diff"]["after"] == done["after"]
    again = run(device, certificate.JOB, arguments)
    assert (again["changed"], again["action"], again["after"]) == (False, "none", done["after"])
    assert "diff" not in again
    assert writes(device) == 1
    for result in (foretold, done, again):
        assert SECRET.decode() not in repr(result)
        assert "PRIVATE KEY" not in repr(result)
    # The key went to the device as it was, for the device to open.
    assert device.device.of(Vault).keys["certificate/local", "web"].public_key() == identity("web").key.public_key()


def test_a_renewed_certificate_takes_the_place_of_the_old_one(device: Simulator) -> None:
    run(device, certificate.JOB, given("web"))
    renewed = given("web2")
    before = writes(device)
    foretold = run(device, certificate.JOB, renewed, check=True)
    assert writes(device) == before
    done = run(device, certificate.JOB, renewed)
    assert (foretold["action"], done["action"]) == ("replace", "replace")
    assert foretold["before"] == done["before"]
    assert done["before"]["sha256"] == identity("web").sha256
    assert done["after"]["sha256"] == identity("web2").sha256
    assert certificates(device, type="local").keys() == {"web"}
    # The same key may be certified anew, without being given.
    same_key = {**LOCAL, "content": identity("web3", key_of="web2").pem}
    assert run(device, certificate.JOB, same_key)["action"] == "replace"
    assert run(device, certificate.JOB, same_key)["action"] == "none"


def test_a_release_that_replaces_none_is_told_apart_and_the_way_around_named() -> None:
    with Simulator("7.4.4", token=TOKEN, tls=False, switches=Switches(certificate_put="refuse")) as device:
        run(device, certificate.JOB, given("web"))
        refused = run(device, certificate.JOB, given("web2"))
        assert refused["failed"]
        assert refused["msg"].endswith(
            "Not every release lets a certificate be replaced under its name: import it under another name, let the "
            "configuration refer to that, and delete this one."
        )
        assert row(device, "web")["certificate"] == identity("web").pem


@pytest.mark.parametrize("content", ["pkcs12", "open pkcs12", "combined", "chain"])
def test_forms_of_a_local_certificate(device: Simulator, content: str) -> None:
    one, authority = identity("web"), identity("authority")
    options = {
        "pkcs12": {"content": b64encode(one.pkcs12()).decode(), "passphrase": SECRET.decode()},
        "open pkcs12": {"content": b64encode(one.pkcs12(b"")).decode()},
        "combined": {"content": f"Bag Attributes\n{one.key_pem()}{one.pem}"},
        "chain": {"content": one.pem + authority.pem, "key_content": one.key_pem()},
    }[content]
    assert run(device, certificate.JOB, {**LOCAL, **options})["action"] == "import"
    assert run(device, certificate.JOB, {**LOCAL, **options})["action"] == "none"
    assert certificates(device)["web"]["sha256"] == one.sha256


def test_the_answer_to_a_request_of_the_device_needs_no_key(device: Simulator) -> None:
    url = f"{device.url}/api/v2/monitor/vpn-certificate/csr/generate"
    body = {"certname": "web", "subject": "web", "keytype": "ec", "curvename": "secp256r1", "scope": "global"}
    httpx.post(url, json=body, headers={"Authorization": f"Bearer {TOKEN}"}).raise_for_status()
    pending = certificates(device, type="local")["web"]
    assert (pending["status"], "sha256" in pending) == ("pending", False)
    asked = x509.load_pem_x509_csr(row(device, "web")["csr"].encode())
    made = signed("web", asked.public_key(), identity("authority").key)
    done = run(device, certificate.JOB, {**LOCAL, "content": made.public_bytes(Encoding.PEM).decode()})
    assert (done["action"], done["after"]["status"]) == ("import", "valid")
    assert done["before"]["status"] == "pending"


@pytest.mark.parametrize("kind", ["ca", "remote", "crl"])
def test_others_are_named_by_the_device_or_by_the_task(device: Simulator, kind: str) -> None:
    pem = revocations() if kind == "crl" else identity("authority").pem
    unnamed = {"type": kind, "content": pem}
    foretold = run(device, certificate.JOB, unnamed, check=True)
    assert (foretold["action"], foretold["after"]["name"], writes(device)) == ("import", None, 0)
    first = run(device, certificate.JOB, unnamed)
    assert first["after"]["name"] == {"ca": "CA_Cert_1", "remote": "REMOTE_Cert_1", "crl": "CRL_1"}[kind]
    assert first["after"]["not_after"] is not None
    assert run(device, certificate.JOB, unnamed)["action"] == "none"
    named = {**unnamed, "name": "ours"}
    assert run(device, certificate.JOB, named, check=True)["action"] == "rename"
    renamed = run(device, certificate.JOB, named)
    assert (renamed["action"], renamed["before"]["name"], renamed["after"]["name"]) == (
        "rename",
        first["after"]["name"],
        "ours",
    )
    assert run(device, certificate.JOB, named)["action"] == "none"
    assert certificates(device, type=kind).keys() == {"ours"}
    gone = {"type": kind, "name": "ours", "state": "absent"}
    assert run(device, certificate.JOB, gone, check=True)["action"] == "delete"
    assert run(device, certificate.JOB, gone)["action"] == "delete"
    assert run(device, certificate.JOB, gone)["action"] == "none"
    # Imported under its name at once, and replaced there.
    assert run(device, certificate.JOB, named)["after"]["name"] == "ours"
    other = revocations(60) if kind == "crl" else identity("authority2").pem
    assert run(device, certificate.JOB, {**named, "content": other})["action"] == "replace"


def test_certificates_of_one_vdom(device: Simulator) -> None:
    done = run(device, certificate.JOB, given("web", vdom="guests"))
    assert (done["action"], done["after"]["range"]) == ("import", "vdom")
    assert certificates(device) == {}
    assert certificates(device, vdom="guests").keys() == {"web"}
    assert certificates(device, vdom="root") == {}
    assert run(device, certificate.JOB, given("web2", vdom="guests"))["action"] == "replace"
    shared = {**given("web3"), "name": "shared"}
    run(device, certificate.JOB, shared)
    assert run(device, certificate.JOB, {**shared, "vdom": "guests"})["action"] == "none"
    assert run(device, certificate.JOB, {**shared, "vdom": "guests", "state": "absent"})["msg"] == (
        "vdom: 'shared' is there for all virtual domains; leave vdom out to change it."
    )
    gone = run(device, certificate.JOB, {**LOCAL, "state": "absent", "vdom": "guests"})
    assert gone["before"]["range"] == "vdom"
    assert certificates(device, vdom="guests").keys() == {"shared"}


def test_a_needless_passphrase_is_not_sent(device: Simulator) -> None:
    assert run(device, certificate.JOB, given("web", passphrase="needless"))["action"] == "import"


def test_what_does_not_hold_now_is_warned_of(device: Simulator) -> None:
    old, new = (
        run(device, certificate.JOB, {"type": "ca", "content": content}, check=True)["warnings"]
        for content in (identity("old", days=1).pem, later().public_bytes(Encoding.PEM).decode())
    )
    assert old == ["What the task gives has ceased to hold at 2026-01-02T00:00:00Z."]
    assert new == ["What the task gives does not hold before 2100-01-01T00:00:00Z."]


def test_what_ends_and_what_has_ended(device: Simulator) -> None:
    run(device, certificate.JOB, {"type": "ca", "name": "old", "content": identity("old", days=1).pem})
    old = certificates(device)["old"]
    assert (old["expired"], old["status"]) == (True, "expired")
    assert old["days_left"] < 0
    everything = run(device, certificate.JOB, {"state": "gathered"})["certificates"]
    assert {item["type"] for item in everything} == {"local", "ca"}
    assert all(item["sha256"] for item in everything)
    one = run(device, certificate.JOB, {"state": "gathered", "name": "Fortinet_Factory"})["certificates"]
    assert [item["source"] for item in one] == ["factory"]


def test_what_is_the_devices_own_or_in_use_stays(device: Simulator) -> None:
    factory = {"type": "local", "name": "Fortinet_Factory", "state": "absent"}
    assert run(device, certificate.JOB, factory)["msg"] == (
        "name: 'Fortinet_Factory' came with the device (source factory) and is left alone."
    )
    assert "left alone" in run(device, certificate.JOB, given("web", name="Fortinet_Factory"))["msg"]
    assert writes(device) == 0
    run(device, certificate.JOB, given("web"))
    device.device.add("system/global", {"admin-server-cert": "web"})
    refused = run(device, certificate.JOB, {**LOCAL, "state": "absent"})
    assert refused["error"]["type"] == "InUseError"
    assert "is in use" in refused["msg"]


def test_a_certificate_that_the_device_does_not_give_out_is_told_or_an_error(device: Simulator) -> None:
    run(device, certificate.JOB, given("web"))
    device.fault(path="certificate/download", status=403, times=0)
    assert "access profile" in certificates(device, type="local")["web"]["error"]
    before = writes(device)
    assert "access profile" in run(device, certificate.JOB, given("web"))["msg"]
    assert writes(device) == before


def test_a_device_that_accepts_and_does_not_take_is_found_out(device: Simulator) -> None:
    device.fault(path="vpn-certificate/local/import", status=200, body='{"status": "success"}', times=1)
    assert run(device, certificate.JOB, given("web"))["msg"] == (
        "The device accepted the local certificate web, but does not hold it now. Check that its release and mode "
        "take such a certificate (key type and size, FIPS mode), and the log of the device."
    )


def test_no_key_shows_when_the_device_repeats_it(device: Simulator) -> None:
    run(device, certificate.JOB, given("web"))
    half = "\n".join(identity("web2").key_pem().splitlines()[1:3])
    words = {"status": "error", "error": -651, "cli_error": f"bad private-key {half} there"}
    device.fault(path="cmdb/certificate/local", method="PUT", status=500, body=json.dumps(words), times=1)
    refused = run(device, certificate.JOB, given("web2"))
    assert "bad private-key" in refused["msg"]
    for line in identity("web2").key_pem().splitlines():
        assert line not in repr(refused)


PKCS12 = b64encode(identity("web").pkcs12()).decode()
BAD = [
    ({"name": None}, "name: a local certificate needs one."),
    ({"key_content": None}, "key_src: the device has neither a certificate 'web' nor a request of that name"),
    ({"key_content": "hello"}, "key_content: is neither PEM nor base64."),
    ({"key_content": "aGVsbG8="}, "key_content: holds no private key in PEM."),
    ({"key_content": identity("web2").key_pem()}, "key_src, key_content: the private key is not that of the"),
    ({"key_content": identity("web").key_pem(SECRET)}, "passphrase: the private key is encrypted, and needs one."),
    (
        {"key_content": identity("web").key_pem(SECRET), "passphrase": "another"},
        "passphrase: the private key cannot be read with it.",
    ),
    ({"content": "hello"}, "content: is neither PEM nor base64."),
    ({"content": "aGVsbG8="}, "content: not a CERTIFICATE in DER encoding, nor in PEM."),
    ({"content": revocations()}, "content: holds no PEM block 'CERTIFICATE'."),
    ({"content": "-----BEGIN CERTIFICATE-----\n?\n-----END CERTIFICATE-----"}, "content: holds a PEM block"),
    ({"content": None, "src": "/nowhere/web.pem"}, "src: cannot read /nowhere/web.pem: No such file or directory."),
    ({"content": PKCS12, "key_content": None}, "passphrase: does not open the PKCS#12 of content"),
    ({"content": PKCS12}, "key_content: the PKCS#12 of content has the private key; leave this out."),
    ({"type": "ca", "content": PKCS12, "key_content": None}, "content: PKCS#12 is for local"),
    ({"type": "ca"}, "key_content: is for local certificates, which alone have a private key."),
    ({"type": "ca", "content": identity("web").pem * 2, "key_content": None}, "content: holds 2 blocks 'CERTIFICATE'"),
    ({"content": None}, "state is present but any of the following are missing: src, content"),
    ({"type": None}, "state is present but all of the following are missing: type"),
    ({"src": "/x"}, "parameters are mutually exclusive: src|content"),
]  # fmt: skip


@pytest.mark.parametrize(("options", "message"), BAD)
def test_bad_input_is_refused_before_anything_is_sent(device: Simulator, options: dict[str, Any], message: str) -> None:
    arguments = {name: value for name, value in given("web", **options).items() if value is not None}
    refused = run(device, certificate.JOB, arguments)
    assert refused["failed"]
    assert refused["msg"].startswith(message)
    assert writes(device) == 0


def test_der_is_taken_as_well(device: Simulator, tmp_path: Path) -> None:
    file = tmp_path / "authority.der"
    file.write_bytes(identity("authority").certificate.public_bytes(Encoding.DER))
    arguments = {"type": "ca", "name": "ours", "src": str(file)}
    assert run(device, certificate.JOB, arguments)["after"]["sha256"] == identity("authority").sha256
    text = b64encode(file.read_bytes()).decode()
    assert b64decode(text) == file.read_bytes()
    assert run(device, certificate.JOB, {"type": "ca", "name": "ours", "content": text})["action"] == "none"
