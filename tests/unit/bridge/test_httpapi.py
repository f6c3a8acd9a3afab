# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The httpapi plugin on a connection that is not one: options, errors in band, one client, and its end."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pytest
import yaml

from ansible_collections.hfortix.fortios.plugins.httpapi import fortios as plugin_module
from ansible_collections.hfortix.fortios.plugins.httpapi.fortios import HttpApi
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge import rpc
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.errors import (
    AuthenticationError,
    FortiOSError,
)
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.http import transport
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.http.interface import Outcome, Request

GET = Request("GET", "/api/v2/cmdb/firewall/address")

CONNECTION_OPTIONS: dict[str, Any] = {
    "host": "fw1",
    "port": None,
    "remote_user": None,
    "password": None,
    "session_key": None,
    "validate_certs": True,
    "ca_path": None,
    "client_cert": None,
    "client_key": None,
    "persistent_command_timeout": 30,
}
PLUGIN_OPTIONS: dict[str, Any] = {
    "token": None,
    "token_code": None,
    "vdom": None,
    "use_ssl": True,
    "proxy": None,
    "http2": False,
    "timeout": None,
}


class Connection:
    """What the plugin uses of netcommon's httpapi connection."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = {**CONNECTION_OPTIONS, **options}
        self.connected = False
        self._ansible_playbook_pid = "1"

    def get_option(self, name: str) -> Any:
        return self.options[name]

    def _connect(self) -> None:
        self.connected = True


class Client:
    """Stands for the SDK's client."""

    def __init__(self, **settings: Any) -> None:
        self.settings = settings
        self.sent: list[Request] = []
        self.closed = 0
        self.seconds: float | None = None
        self.error: FortiOSError | None = None

    def batch(
        self,
        requests: Sequence[Request],
        *,
        parallel: int | None = None,
        stop: bool = False,
        seconds: float | None = None,
    ) -> list[Outcome]:
        if self.error is not None:
            raise self.error
        self.sent += requests
        self.seconds = seconds
        return [Outcome(item, answer={"path": item.path}) for item in requests]

    def get(self, path: str) -> Any:
        if self.error is not None:
            raise self.error
        facts = {"model_name": "FortiGate", "model_number": "60F", "hostname": "fw1"}
        return {"version": "v7.6.5", "build": 3651, "serial": "FGT60F", "results": facts}

    def close(self) -> None:
        self.closed += 1
        if self.error is not None:
            raise self.error


def make(connection: dict[str, Any] | None = None, **options: Any) -> HttpApi:
    plugin = HttpApi(Connection(connection or {}))
    plugin._options = {**PLUGIN_OPTIONS, **options}
    return plugin


@pytest.fixture
def clients(monkeypatch: pytest.MonkeyPatch) -> list[Client]:
    """Every client that plugins of the test make."""
    made: list[Client] = []

    def client(settings: dict[str, Any]) -> Client:
        made.append(Client(**settings))
        return made[-1]

    monkeypatch.setattr(plugin_module, "_client", client)
    monkeypatch.setattr(plugin_module, "_end_with", lambda pid: None)
    return made


def send(plugin: HttpApi, *requests: Request) -> list[Outcome]:
    return rpc.load_outcomes(requests, plugin.send_batch(rpc.dump_requests(requests)))


def test_one_client_serves_all_calls(clients: list[Client]) -> None:
    plugin = make(token="t0ken")
    for _ in range(3):
        assert send(plugin, GET, GET)[1].answer == {"path": GET.path}
    assert len(clients) == 1
    assert len(clients[0].sent) == 6


def test_the_connection_knows_itself_connected_so_that_it_logs_out(clients: list[Client]) -> None:
    plugin = make(token="t0ken")
    send(plugin, GET)
    assert plugin.connection.connected
    plugin.logout()
    plugin.logout()
    assert clients[0].closed == 1


def test_a_logout_that_fails_is_left_to_the_device(clients: list[Client]) -> None:
    plugin = make(token="t0ken")
    send(plugin, GET)
    clients[0].error = FortiOSError("gone")
    plugin.logout()


def test_new_options_make_a_new_client(clients: list[Client]) -> None:
    plugin = make(token="t0ken")
    send(plugin, GET)
    plugin._options["vdom"] = "branch"
    send(plugin, GET)
    assert [client.settings["vdom"] for client in clients] == [None, "branch"]
    assert [client.closed for client in clients] == [1, 0]


@pytest.mark.parametrize(
    ("connection", "options", "expected"),
    [
        ({}, {"token": "a"}, {"token": "a", "username": None, "scheme": "https", "verify": True, "timeout": 28}),
        ({"session_key": {"access_token": "b"}}, {}, {"token": "b"}),
        ({"session_key": {"Authorization": "Bearer c"}}, {}, {"token": "c"}),
        ({"session_key": {"access_token": "b"}}, {"token": "a"}, {"token": "a"}),
        ({"session_key": {"Authorization": None}, "remote_user": "admin", "password": "p"}, {}, {"token": None}),
        ({"remote_user": "admin", "password": "p"}, {}, {"token": None, "username": "admin", "password": "p"}),
        ({"remote_user": "admin", "password": "p"}, {"token": "a"}, {"username": None, "password": None}),
        ({"validate_certs": False, "ca_path": "/ca.pem"}, {"token": "a"}, {"verify": False}),
        ({"ca_path": "/ca.pem"}, {"token": "a"}, {"verify": "/ca.pem"}),
        ({"client_cert": "/c.pem"}, {"token": "a"}, {"cert": "/c.pem"}),
        ({"client_cert": "/c.pem", "client_key": "/k.pem"}, {"token": "a"}, {"cert": ("/c.pem", "/k.pem")}),
        ({"port": 8443}, {"token": "a", "use_ssl": False}, {"port": 8443, "scheme": "http"}),
        ({"persistent_command_timeout": 100}, {"token": "a"}, {"timeout": 98}),
        ({}, {"token": "a", "timeout": 5, "proxy": "http://p:1"}, {"timeout": 5, "proxy": "http://p:1"}),
        ({}, {"token": "a", "http2": True}, {"http2": True}),
        ({}, {"token": "a", "vdom": "x", "token_code": "123456"}, {"vdom": "x", "token_code": "123456"}),
    ],
)
def test_options_become_settings_of_the_client(
    clients: list[Client], connection: dict[str, Any], options: dict[str, Any], expected: dict[str, Any]
) -> None:
    send(make(connection, **options), GET)
    assert {name: clients[0].settings[name] for name in expected} == expected


def test_the_settings_are_arguments_of_the_real_client() -> None:
    plugin = make({"remote_user": "admin", "password": "hunter2"})
    client = plugin_module._client(plugin._settings())
    assert client.base_url == "https://fw1"
    assert "hunter2" not in repr(client)


@pytest.mark.parametrize(
    ("connection", "options", "words"),
    [
        (
            {"remote_user": "admin"},
            {},
            "no credentials for fw1. Set ansible_fortios_token, or ansible_user and ansible_password",
        ),
        (
            {"host": "fw 1/x"},
            {"token": "a"},
            (
                "'fw 1/x' is not a host such as fw1, fw1:8443, [::1]:8443 or https://fw1. "
                "Check the variables of the connection"
            ),
        ),
    ],
)
def test_options_that_lead_to_no_device(connection: dict[str, Any], options: dict[str, Any], words: str) -> None:
    outcomes = send(make(connection, **options), GET, GET)
    assert [str(outcome.error) for outcome in outcomes] == [words, words]


@pytest.mark.parametrize(("library", "options"), [("httpx", {}), ("h2", {"http2": True})])
def test_a_library_is_missed_by_name(library: str, options: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "find_spec", lambda name: None if name == library else object())
    words = str(send(make({"host": "fw1"}, token="a", **options), GET)[0].error)
    missing = f"the Python library {library} is missing where Ansible itself runs"
    assert words == f"{missing}. Install it with: pip install {library}"


def test_a_refused_login_travels_in_band(clients: list[Client]) -> None:
    plugin = make({"remote_user": "admin", "password": "hunter2"})
    send(plugin, GET)
    clients[0].error = AuthenticationError("the device refused the login of 'admin'", cli_error="LOGIN_FAILED")
    error = send(plugin, GET)[0].error
    assert isinstance(error, AuthenticationError)
    assert str(error) == "the device refused the login of 'admin' (device: LOGIN_FAILED)"
    assert json.loads(plugin.get_device_info())["error"]["type"] == "AuthenticationError"


@pytest.mark.parametrize(
    ("command_timeout", "timeout", "seconds"),
    [(30, None, 1.5), (30, 20, 5.0), (100, 98, 1.5), (10, 30, 1.0)],
)
def test_a_batch_ends_before_the_command_timeout(
    clients: list[Client], command_timeout: int, timeout: int | None, seconds: float
) -> None:
    send(make({"persistent_command_timeout": command_timeout}, timeout=timeout), GET)
    assert clients[0].seconds == seconds


def test_a_single_request_has_a_single_outcome(clients: list[Client]) -> None:
    answer = make(token="a").send_request(json.dumps({"method": "GET", "path": "/x", "params": {"vdom": "root"}}))
    assert json.loads(answer) == {"answer": {"path": "/x"}}
    assert clients[0].sent == [Request("GET", "/x", {"vdom": "root"})]


def test_a_malformed_request_is_refused_without_quoting_it(clients: list[Client]) -> None:
    with pytest.raises(ValueError, match="not a list of requests") as caught:
        make(token="a").send_request('{"method": "GET", "path": "/x", "passwd": "hunter2"}')
    assert "hunter2" not in str(caught.value)


def test_the_device_and_the_capabilities_are_described(clients: list[Client]) -> None:
    plugin = make(token="a")
    info = json.loads(plugin.get_device_info())
    assert info == {
        "network_os": "hfortix.fortios.fortios",
        "network_os_version": "7.6.5",
        "network_os_build": 3651,
        "network_os_model": "FortiGate 60F",
        "network_os_hostname": "fw1",
        "network_os_serial": "FGT60F",
    }
    capabilities = json.loads(plugin.get_capabilities())
    assert capabilities["network_api"] == "rest"
    assert capabilities["device_info"] == info
    assert all(callable(getattr(plugin, name)) for name in capabilities["rpc"])


def test_every_option_that_the_plugin_reads_is_documented() -> None:
    options = yaml.safe_load(plugin_module.DOCUMENTATION)["options"]
    assert set(options) == set(PLUGIN_OPTIONS)
    assert all(option["vars"] for option in options.values())
