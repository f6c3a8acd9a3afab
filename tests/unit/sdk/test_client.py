# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""`FortiOS` itself: where options come from, who closes what, TLS, and what an import costs."""

from __future__ import annotations

import datetime
import ssl
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import trustme

import hfortix_fortios
from hfortix_fortios import AsyncHTTPClient, FortiOS, HTTPClient, Request, errors

from .conftest import Device, Mode, Says

STATUS = "/api/v2/monitor/system/status"


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "HOST",
        "PORT",
        "TOKEN",
        "ACCESS_TOKEN",
        "USERNAME",
        "PASSWORD",
        "VALIDATE_CERTS",
        "CA_PATH",
        "TIMEOUT",
    ):
        monkeypatch.delenv(f"FORTIOS_{name}", raising=False)


def environment(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(f"FORTIOS_{name}", value)


def settings(fgt: FortiOS[Any]) -> Any:
    assert isinstance(fgt.client, (HTTPClient, AsyncHTTPClient))
    return fgt.client.settings


def test_everything_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    environment(monkeypatch, HOST="fw1", PORT="8443", ACCESS_TOKEN="tk", VALIDATE_CERTS="False", TIMEOUT="5")
    found = settings(FortiOS())
    assert (found.base_url, found.token, found.verify, found.timeout) == ("https://fw1:8443", "tk", False, 5.0)


def test_credentials_given_leave_those_of_the_environment_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    environment(monkeypatch, HOST="fw1", TOKEN="tk")
    found = settings(FortiOS(username="u", password="p"))
    assert (found.token, found.username) == (None, "u")


def test_an_explicit_host_gets_no_credentials_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    environment(monkeypatch, HOST="fw1", TOKEN="tk")
    with pytest.raises(ValueError, match="needs a token, or a username and a password"):
        FortiOS("fw2")


def test_no_host() -> None:
    with pytest.raises(ValueError, match="give a host, or set FORTIOS_HOST"):
        FortiOS(token="t")


def test_a_client_excludes_its_options(device: Device, mode: Mode) -> None:
    client = mode.http(device)
    with pytest.raises(ValueError, match="either the client or these"):
        FortiOS(client=client, token="t")
    assert FortiOS(client=client, vdom="root").client is client


def test_a_client_that_was_given_stays_open(device: Device, mode: Mode) -> None:
    client = mode.http(device)
    fgt: Any = FortiOS(client=client, async_mode=mode.asynchronous)
    mode.within(fgt, lambda fgt: fgt.request("GET", STATUS))
    mode(fgt.close())
    mode(client.get(STATUS))


def test_with_logs_in_and_out(device: Device, mode: Mode) -> None:
    cookies = ('session_key="S"', 'ccsrf_token="C"')
    device.script = [Says(200, {"status": 6, "status_message": "LOGIN_SUCCESS"}, cookies=cookies)]
    fgt = mode.fortios(device, token=None, username="u", password="p")
    mode.within(fgt, lambda fgt: fgt.request("GET", STATUS))
    assert device.lines == ["POST /api/v2/authentication", f"GET {STATUS}", "DELETE /api/v2/authentication"]


def test_a_refused_login_leaves_no_open_client(device: Device, mode: Mode) -> None:
    device.script = [Says(200, {"status": -1, "status_message": "LOGIN_FAILED"})]
    fgt = mode.fortios(device, token=None, username="u", password="p")
    with pytest.raises(errors.AuthenticationError):
        mode.within(fgt, lambda fgt: fgt.request("GET", STATUS))
    wait_for(lambda: device.open == 0)
    assert device.lines == ["POST /api/v2/authentication"]


@pytest.mark.parametrize(("parallel", "connections"), [(1, 1), (4, 4), (30, 10)])
@pytest.mark.parametrize("http2", [False, True])
def test_connections_are_used_again(device: Device, mode: Mode, parallel: int, connections: int, http2: bool) -> None:
    client = mode.http(device, http2=http2)
    mode(client.get(STATUS))
    for _ in range(3):
        mode(client.batch([Request("GET", STATUS)] * 30, parallel=parallel))
    assert device.connections <= connections
    mode(client.close())
    wait_for(lambda: device.open == 0)


def wait_for(condition: Callable[[], bool]) -> None:
    """Until the threads of the device have seen what the client did."""
    end = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_the_wrong_kind_of_with() -> None:
    fgt: Any = FortiOS("fw1", token="t", async_mode=True)
    with pytest.raises(TypeError, match="use async with"):
        fgt.__enter__()


def test_secrets_are_not_shown() -> None:
    fgt = FortiOS("fw1", username="admin", password="s3cret-word")
    assert repr(fgt) == "FortiOS(HTTPClient(https://fw1, user admin))"
    assert "t0ken" not in repr(FortiOS("fw1", token="t0ken"))


# Timeouts


def test_a_timeout_for_some_calls(device: Device, mode: Mode) -> None:
    device.handle = lambda seen: time.sleep(0.3) or Says()  # type: ignore[func-returns-value]
    fgt = mode.fortios(device, retries=0)
    with pytest.raises(errors.TimeoutError_, match=r"within 0\.1 s"):
        mode(fgt.with_timeout(0.1).in_vdom("lab").api.cmdb.firewall.address.get())
    assert mode(fgt.with_timeout(5).api.cmdb.firewall.address.get()) == []
    assert device.lines == ["GET /api/v2/cmdb/firewall/address?vdom=lab", "GET /api/v2/cmdb/firewall/address"]


def test_a_client_without_timeouts_of_its_own() -> None:
    with pytest.raises(TypeError, match=r"takes no timeouts: it needs a method with_timeout\(seconds\)"):
        FortiOS(client=object()).with_timeout(5)  # type: ignore[arg-type]


# TLS


@pytest.fixture
def authority(device: Device, tmp_path: Path) -> Path:
    """Puts the device behind TLS with a certificate for localhost; the file of the CA that signed it."""
    ca = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert("localhost").configure_cert(context)
    device.server.socket = context.wrap_socket(device.server.socket, server_side=True)
    ca.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    device.host = device.host.replace("127.0.0.1", "localhost")
    return tmp_path / "ca.pem"


def test_certificates_are_verified(device: Device, mode: Mode, authority: Path) -> None:
    client = mode.http(device, scheme="https", retries=5)
    with pytest.raises(errors.TLSError) as caught:
        mode(client.post(STATUS, json={}))
    assert str(caught.value).startswith(f"no trusted TLS connection to https://{device.host}: ")
    assert "Give the CA that signed the device's certificate" in str(caught.value)
    assert caught.value.sent is False
    assert device.seen == []


@pytest.mark.parametrize("verify", ["file", "context", "off"])
def test_trust(device: Device, mode: Mode, authority: Path, verify: str) -> None:
    choices = {"file": str(authority), "context": ssl.create_default_context(cafile=authority), "off": False}
    mode(mode.http(device, scheme="https", verify=choices[verify]).get(STATUS))
    assert device.lines == [f"GET {STATUS}"]


def test_a_name_that_the_certificate_lacks(device: Device, mode: Mode, authority: Path) -> None:
    device.host = device.host.replace("localhost", "127.0.0.1")
    with pytest.raises(errors.TLSError, match="IP address mismatch"):
        mode(mode.http(device, scheme="https", verify=str(authority)).get(STATUS))


def test_an_expired_certificate(device: Device, mode: Mode, tmp_path: Path) -> None:
    ca = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    past = datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc)
    ca.issue_cert("localhost", not_before=past, not_after=past + datetime.timedelta(days=1)).configure_cert(context)
    device.server.socket = context.wrap_socket(device.server.socket, server_side=True)
    ca.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    device.host = device.host.replace("127.0.0.1", "localhost")
    with pytest.raises(errors.TLSError, match="certificate has expired"):
        mode(mode.http(device, scheme="https", verify=str(tmp_path / "ca.pem")).get(STATUS))


def test_a_ca_file_that_is_not_there() -> None:
    """It is told when the client is made, as is everything that was given and cannot be right."""
    with pytest.raises(errors.TLSError, match=r"^cannot read the certificates in /nowhere/ca.pem: .*No such file"):
        HTTPClient("fw1", token="t", verify="/nowhere/ca.pem")


# Imports


def loaded_by(code: str) -> set[str]:
    """The modules that a new interpreter has loaded after `code`, beyond those of an empty one."""
    script = (
        f"import sys; before = set(sys.modules)\n{textwrap.dedent(code)}\nprint(*sorted(set(sys.modules) - before))"
    )
    path = str(Path(hfortix_fortios.__file__).resolve().parent.parent)
    done = subprocess.run(
        [sys.executable, "-c", script], env={"PYTHONPATH": path}, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


def test_importing_the_package_loads_nothing() -> None:
    assert {name for name in loaded_by("import hfortix_fortios") if "hfortix" in name} == {"hfortix_fortios"}


def test_an_endpoint_loads_neither_the_tree_nor_httpx() -> None:
    loaded = loaded_by("from hfortix_fortios.api.cmdb.firewall.address import Address; Address.schema()")
    assert not loaded & {"httpx", "asyncio", "ssl", "hfortix_fortios.client", "hfortix_fortios.api._cmdb"}
    assert not {name for name in loaded if name.startswith("hfortix_fortios.api.cmdb.firewall.")} - {
        "hfortix_fortios.api.cmdb.firewall.address"
    }


def test_the_entry_point_loads_httpx_for_a_request_only() -> None:
    client = "from hfortix_fortios import FortiOS; fgt = FortiOS('127.0.0.1:1', token='t', async_mode={})"
    assert not loaded_by(client.format(False)) & {"httpx", "ssl", "asyncio", "hfortix_fortios.http.async_client"}
    assert not loaded_by(client.format(True)) & {"httpx", "hfortix_fortios.http.client"}


def test_a_python_without_httpx_is_told_of_at_once(mode: Mode, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(ImportError, match="No module named 'httpx'"):
        FortiOS("fw1", token="t", async_mode=mode.asynchronous)  # type: ignore[call-overload]


def test_all_public_names_exist() -> None:
    for name in hfortix_fortios.__all__:
        assert getattr(hfortix_fortios, name).__name__ == name
        assert name in dir(hfortix_fortios)
    with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
        _ = hfortix_fortios.Nothing  # type: ignore[attr-defined]


def test_the_stub_names_what_the_package_offers() -> None:
    stub = Path(hfortix_fortios.__file__).with_suffix(".pyi").read_text()
    assert {line.rpartition(" as ")[2] for line in stub.splitlines() if " as " in line} == set(hfortix_fortios.__all__)
