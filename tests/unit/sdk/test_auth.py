# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Passwords that are demanded anew or once more, client certificates, proxies, and IPv6, in both modes."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
import trustme

from hfortix_fortios import errors
from tests.simulator.server import Simulator

from .conftest import Device, Mode, Says, Seen
from .test_http import ADDRESS, LOGIN, OK, STATUS, old_release

NEW = "n3xt-word"
REQUIRED = {
    "http_method": "POST", "status": "error", "http_status": 500, "error": -8102,
    "cli_error": ["admin's password required."],
}  # fmt: skip


def simulated(mode: Mode, simulator: Simulator, **options: Any) -> Any:
    """A session client of the simulator."""
    from hfortix_fortios import AsyncHTTPClient, HTTPClient

    kind = AsyncHTTPClient if mode.asynchronous else HTTPClient
    client = kind(
        simulator.url, **{"username": simulator.user, "password": simulator.password, "backoff": 0.001, **options}
    )
    mode._open.append(client)
    return client


# A new password


@pytest.mark.parametrize(
    ("release", "lines"),
    [
        ("7.6.5", [LOGIN, LOGIN]),
        ("7.4.4", [LOGIN, LOGIN]),
        ("6.4.0", [LOGIN, "POST /logincheck", "POST /loginpwd_change"]),
    ],
)
def test_the_password_is_changed_where_the_device_demands_it(mode: Mode, release: str, lines: list[str]) -> None:
    with Simulator(release=release, tls=False) as simulator:
        simulator.device.add("system/admin", {"name": simulator.user, "force-password-change": "enable"})
        client = simulated(mode, simulator, new_password=NEW)
        assert mode(client.get(STATUS))["status"] == "success"
        assert [f"{entry['method']} {entry['path']}" for entry in simulator.log()] == [*lines, f"GET {STATUS}"]
        # A later login of the same client uses the new password, and so must every other client.
        simulator.fault(expire=True)
        assert mode(client.get(STATUS))["status"] == "success"
        mode(simulated(mode, simulator, password=NEW).get(STATUS))
        with pytest.raises(errors.AuthenticationError, match="refused the login"):
            mode(simulated(mode, simulator).get(STATUS))


def test_without_a_new_password_it_is_an_error(mode: Mode) -> None:
    with Simulator(tls=False) as simulator:
        simulator.device.add("system/admin", {"name": simulator.user, "force-password-change": "enable"})
        with pytest.raises(errors.AuthenticationError, match="Give the next one as new_password"):
            mode(simulated(mode, simulator).get(STATUS))


def test_a_new_password_that_is_not_wanted_is_not_sent(mode: Mode, device: Device) -> None:
    device.handle = old_release
    mode(mode.session(device, new_password=NEW).get(STATUS))
    assert not [seen for seen in device.seen if NEW.encode() in seen.body]


def test_a_new_password_that_is_refused(mode: Mode, device: Device) -> None:
    def handle(seen: Seen) -> Says:
        if seen.target == "/logincheck":
            return Says(200, "4", cookies=('APSCOOKIE_3="A"', 'ccsrftoken="C"'))
        if seen.target == "/loginpwd_change":
            assert seen.form == {
                "CSRF_TOKEN": "C", "old_pwd": "s3cret-word", "pwd1": NEW, "pwd2": NEW, "ajax": "1", "confirm": "1",
            }  # fmt: skip
            return Says(200, "0")
        return Says(404, "")

    device.handle = handle
    client = mode.session(device, new_password=NEW)
    with pytest.raises(errors.AuthenticationError) as caught:
        mode(client.login())
    assert str(caught.value) == (
        "the device refused the new password of 'admin' (POST /loginpwd_change; HTTP 200). "
        "Check it against the device's password policy"
    )
    with pytest.raises(errors.AuthenticationError, match="not sent, since"):
        mode(client.get(STATUS))
    assert NEW not in repr(client.settings)


# The password once more


def test_a_write_that_needs_the_password_is_sent_with_it(mode: Mode, device: Device) -> None:
    client = mode.http(device, username="admin", password="s3cret-word", password_header="x-admin-password")
    device.script = [Says(500, REQUIRED), Says(200, OK)]
    assert mode(client.post(ADDRESS, json={"name": "a"})) == OK
    assert [seen.headers.get("x-admin-password") for seen in device.seen] == [None, "s3cret-word"]
    assert device.seen[0].body == device.seen[1].body


@pytest.mark.parametrize(("header", "sent"), [("x-admin-password", 2), (None, 1)])
def test_a_password_that_does_not_help_is_sent_once(mode: Mode, device: Device, header: str | None, sent: int) -> None:
    device.handle = lambda seen: Says(500, REQUIRED)
    client = mode.http(device, username="admin", password="s3cret-word", password_header=header)
    with pytest.raises(errors.AuthenticationError) as caught:
        mode(client.post(ADDRESS, json={"name": "a"}))
    assert caught.value.code == -8102
    assert "s3cret-word" not in str(caught.value)
    assert len(device.seen) == sent


# How to reach the device


def behind_tls(device: Device, ca: trustme.CA, *, clients: trustme.CA | None = None) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert("localhost").configure_cert(context)
    if clients is not None:
        context.verify_mode = ssl.CERT_REQUIRED
        clients.configure_trust(context)
    device.server.socket = context.wrap_socket(device.server.socket, server_side=True)
    device.host = device.host.replace("127.0.0.1", "localhost")


@pytest.mark.parametrize("form", ["one file", "two files", "context"])
def test_a_client_certificate(mode: Mode, device: Device, tmp_path: Path, form: str) -> None:
    ca = trustme.CA()
    behind_tls(device, ca, clients=ca)
    own = ca.issue_cert("client@example.net")
    ca.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    own.private_key_and_cert_chain_pem.write_to_path(str(tmp_path / "both.pem"))
    own.cert_chain_pems[0].write_to_path(str(tmp_path / "cert.pem"))
    own.private_key_pem.write_to_path(str(tmp_path / "key.pem"))
    options: dict[str, Any] = {"verify": str(tmp_path / "ca.pem")}
    if form == "one file":
        options["cert"] = str(tmp_path / "both.pem")
    elif form == "two files":
        options["cert"] = (str(tmp_path / "cert.pem"), str(tmp_path / "key.pem"))
    else:
        options["verify"] = context = ssl.create_default_context(cafile=str(tmp_path / "ca.pem"))
        own.configure_cert(context)
    mode(mode.http(device, scheme="https", **options).get(STATUS))
    assert device.lines == [f"GET {STATUS}"]
    with pytest.raises(errors.TransportError):
        mode(mode.http(device, scheme="https", verify=str(tmp_path / "ca.pem"), retries=0).get(STATUS))


def test_a_certificate_beside_a_context_is_refused(mode: Mode, device: Device) -> None:
    with pytest.raises(ValueError, match="belongs into the SSLContext"):
        mode.http(device, scheme="https", verify=ssl.create_default_context(), cert="client.pem")


class Proxy:
    """An HTTP proxy that hands requests on to where they are meant for."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                proxy.seen.append(self.path)
                answer = httpx.get(self.path, headers={"authorization": self.headers["authorization"]})
                self.send_response(answer.status_code)
                self.send_header("content-length", str(len(answer.content)))
                self.send_header("content-type", answer.headers["content-type"])
                self.end_headers()
                self.wfile.write(answer.content)

            def log_message(self, *args: Any) -> None:
                """Keep the test's output clean."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://user:pr0xy-word@127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    found = Proxy()
    yield found
    found.server.shutdown()
    found.server.server_close()


def test_a_proxy(mode: Mode, device: Device, proxy: Proxy) -> None:
    client = mode.http(device, proxy=proxy.url)
    assert mode(client.get(STATUS))["status"] == "success"
    assert proxy.seen == [f"http://{device.host}{STATUS}"]
    assert device.lines == [f"GET {STATUS}"]
    assert "pr0xy-word" not in repr(client.settings)


def test_no_proxy_of_the_environment(mode: Mode, device: Device, proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", proxy.url)
    monkeypatch.setenv("ALL_PROXY", proxy.url)
    mode(mode.http(device).get(STATUS))
    assert proxy.seen == []
    assert device.lines == [f"GET {STATUS}"]


def ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as found:
            found.bind(("::1", 0))
    except OSError:
        return False
    return True


@pytest.mark.skipif(not ipv6(), reason="this machine has no IPv6")
@pytest.mark.parametrize("form", ["[::1]:{port}", "https://[::1]:{port}/", "::1"])
def test_a_device_with_an_ipv6_address(mode: Mode, form: str) -> None:
    from hfortix_fortios import AsyncHTTPClient, HTTPClient

    with Simulator(host="::1") as simulator:
        kind = AsyncHTTPClient if mode.asynchronous else HTTPClient
        port = {"port": simulator.port} if form == "::1" else {}
        client = kind(form.format(port=simulator.port), token=simulator.token, verify=simulator.ca_path, **port)
        mode._open.append(client)
        assert mode(client.get(STATUS))["status"] == "success"
