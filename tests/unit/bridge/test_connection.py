# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The two clients of a module: what they send, and the wording of everything that can be wrong with them."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge import connection, rpc
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.connection import (
    DirectClient,
    RPCClient,
    client_for,
)
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.errors import (
    DuplicateError,
    FortiOSError,
    TimeoutError_,
    TransportError,
)
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.http.interface import (
    IBatchClient,
    Outcome,
    Request,
)

from .rpc_server import served

GET = Request("GET", "/api/v2/cmdb/firewall/address")
CREDENTIALS = {"host": "fw1", "username": "admin", "password": "hunter2"}


class Plugin:
    """Stands for the httpapi plugin: answers with the path, refuses what is called bad."""

    def __init__(self) -> None:
        self.calls: list[tuple[int, int | None, bool]] = []

    def send_batch(self, requests: str, parallel: int | None, stop: bool) -> str:
        items = rpc.load_requests(requests)
        self.calls.append((len(items), parallel, stop))
        return rpc.dump_outcomes([self._outcome(item) for item in items])

    def _outcome(self, request: Request) -> Outcome:
        if request.path == "/bad":
            return Outcome(request, error=DuplicateError("it exists", code=-5, status=500))
        if request.path == "/file":
            return Outcome(request, answer=b"\x00config\xff")
        return Outcome(request, answer={"path": request.path, "json": request.json, "params": dict(request.params)})


@pytest.fixture
def plugin() -> Plugin:
    return Plugin()


def test_both_clients_are_batch_clients() -> None:
    assert isinstance(RPCClient(lambda _answering: "/nowhere"), IBatchClient)
    assert isinstance(DirectClient({}), IBatchClient)


def test_the_socket_decides_which_client_it_is() -> None:
    assert isinstance(client_for({}, lambda _answering: "/some/socket"), RPCClient)
    assert isinstance(client_for({}, None), DirectClient)


def test_requests_and_answers_pass_unchanged(plugin: Plugin, tmp_path: Path) -> None:
    with served(plugin, tmp_path) as path:
        client = RPCClient(lambda _answering: path)
        body = {"name": "Zürich/1", "member": [{"name": "a"}], "n": 1}
        answer = client.post("/x", params={"vdom": ["a", "b"]}, json=body)
        assert answer == {"path": "/x", "json": body, "params": {"vdom": ["a", "b"]}}
        assert client.get("/file") == b"\x00config\xff"
        assert client.put("/x", json=[])["json"] == []
        assert client.delete("/x")["json"] is None


def test_an_error_of_the_device_arrives_as_itself(plugin: Plugin, tmp_path: Path) -> None:
    with served(plugin, tmp_path) as path, pytest.raises(DuplicateError) as caught:
        RPCClient(lambda _answering: path).post("/bad", json={})
    assert (caught.value.code, caught.value.status, caught.value.message) == (-5, 500, "it exists")


def test_long_batches_go_in_several_calls_and_stop_keeps_the_rest_back(plugin: Plugin, tmp_path: Path) -> None:
    requests = [GET] * connection.CHUNK + [Request("PUT", "/bad")] + [GET] * connection.CHUNK * 2
    with served(plugin, tmp_path) as path:
        outcomes = RPCClient(lambda _answering: path).batch(requests, parallel=4)
        assert [count for count, *_ in plugin.calls] == [500, 500, 500, 1]
        assert [item.request for item in outcomes] == requests
        assert sum(item.error is not None for item in outcomes) == 1
        plugin.calls.clear()
        outcomes = RPCClient(lambda _answering: path).batch(requests, parallel=4, stop=True)
    assert plugin.calls == [(500, 4, True), (500, 4, True)]
    assert [item.sent for item in outcomes[1000:]] == [False] * 501


class Hurried(Plugin):
    """Gets three requests done in a call, and then one more in the middle of the rest."""

    def _done(self, index: int) -> bool:
        return index < 3 or index == 5

    def send_batch(self, requests: str, parallel: int | None, stop: bool) -> str:
        items = rpc.load_requests(requests)
        self.calls.append((len(items), parallel, stop))
        return rpc.dump_outcomes(
            [
                self._outcome(item) if self._done(index) else Outcome(item, sent=False)
                for index, item in enumerate(items)
            ]
        )


def test_what_there_was_no_time_for_is_sent_again_and_the_order_kept(tmp_path: Path) -> None:
    hurried = Hurried()
    requests = [Request("PUT", "/bad" if number == 4 else f"/{number}") for number in range(20)]
    told: list[tuple[int, int]] = []
    with served(hurried, tmp_path) as path:
        outcomes = RPCClient(lambda _answering: path, lambda done, total: told.append((done, total))).batch(
            requests, parallel=4
        )
    assert [outcome.request for outcome in outcomes] == requests
    assert [outcome.answer["path"] for outcome in outcomes if outcome.error is None] == [
        request.path for request in requests if request.path != "/bad"
    ]
    # Never more than twice as many as the call before got done.
    assert [count for count, *_ in hurried.calls] == [20, 9, 9, 8, 4, 1]
    assert told == [(4, 20), (8, 20), (12, 20), (16, 20), (19, 20), (20, 20)]


def test_a_connection_that_breaks_is_not_tried_for_the_rest(plugin: Plugin, tmp_path: Path) -> None:
    def breaks(requests: str, parallel: int | None, stop: bool) -> str:
        if plugin.calls:
            raise Exception("command timeout triggered, timeout value is 30 secs.")
        return Plugin.send_batch(plugin, requests, parallel, stop)

    plugin.send_batch = breaks  # type: ignore[method-assign]
    with served(plugin, tmp_path) as path:
        outcomes = RPCClient(lambda _answering: path).batch([GET] * connection.CHUNK * 3)
    fates = [(outcome.sent, type(outcome.error)) for outcome in outcomes]
    assert fates == [
        *[(True, type(None))] * connection.CHUNK,
        *[(True, TimeoutError_)] * connection.CHUNK,
        *[(False, type(None))] * connection.CHUNK,
    ]


@pytest.mark.parametrize(("method", "asked_for"), [("GET", [False, True]), ("POST", [True])])
def test_a_process_that_is_ending_costs_a_read_a_second_call_and_never_gets_a_write(
    method: str, asked_for: list[bool], plugin: Plugin, tmp_path: Path
) -> None:
    asked: list[bool] = []
    with socket.socket(socket.AF_UNIX) as ending, served(plugin, tmp_path) as path:
        ending.bind(str(tmp_path / "ending"))
        ending.listen(1)

        def find(answering: bool) -> str:
            asked.append(answering)
            if answering:
                return path
            # Takes the connection, and ends before it reads what came.
            threading.Timer(0.1, ending.close).start()
            return str(tmp_path / "ending")

        client = RPCClient(find)
        assert client.send(Request(method, "/x"))["path"] == "/x"
        assert client.send(Request(method, "/y"))["path"] == "/y"
    assert asked == asked_for
    assert len(plugin.calls) == 2


def test_a_process_that_is_gone_is_replaced_at_the_next_call(plugin: Plugin, tmp_path: Path) -> None:
    folders = [tmp_path / "first", tmp_path / "second"]
    for folder in folders:
        folder.mkdir()
    paths = [str(folder / "socket") for folder in folders]
    client = RPCClient(lambda answering: paths[answering])
    with served(plugin, folders[0]):
        assert client.get("/x")["path"] == "/x"
    with served(plugin, folders[1]):
        assert client.get("/y")["path"] == "/y"
    assert isinstance(failure(client.batch([Request("POST", "/z", json={})])), TransportError)
    with served(plugin, tmp_path) as paths[1]:
        assert client.post("/z", json={})["path"] == "/z"
    assert len(plugin.calls) == 3


def test_a_read_is_not_repeated_where_the_process_answered(plugin: Plugin, tmp_path: Path) -> None:
    asked: list[bool] = []

    def find(answering: bool) -> str:
        asked.append(answering)
        return path

    with served(object(), tmp_path) as path:
        failure(RPCClient(find).batch([GET]))
    assert asked == [False]


def failure(outcomes: Sequence[Outcome]) -> FortiOSError:
    assert outcomes[0].error is not None
    return outcomes[0].error


def test_a_socket_that_is_not_there(tmp_path: Path) -> None:
    error = failure(RPCClient(lambda _answering: str(tmp_path / "none")).batch([GET]))
    assert isinstance(error, TransportError)
    assert str(error).startswith(
        f"the persistent connection process failed: socket path {tmp_path}/none does not exist"
    )


def test_a_connection_of_another_network_os(tmp_path: Path) -> None:
    with served(object(), tmp_path) as path:
        error = failure(RPCClient(lambda _answering: path).batch([GET]))
    assert str(error) == (
        "the connection does not belong to this collection. Set ansible_network_os to hfortix.fortios.fortios and "
        "ansible_connection to ansible.netcommon.httpapi"
    )


def test_the_command_timeout_of_the_connection(tmp_path: Path) -> None:
    class Slow:
        def send_batch(self, *_: Any) -> str:
            raise Exception("command timeout triggered, timeout value is 30 secs.")

    with served(Slow(), tmp_path) as path:
        error = failure(RPCClient(lambda _answering: path).batch([GET]))
    assert isinstance(error, TimeoutError_)
    assert str(error) == (
        "the device did not answer before the connection's command timeout. "
        "Raise ansible_command_timeout if the device is known to be slow"
    )


def test_a_garbled_answer_does_not_quote_the_request(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection.Connection, "send", lambda _connection, _data: "no json")
    error = failure(
        RPCClient(lambda _answering: __file__).batch([Request("POST", "/x", json={"psksecret": "hunter2"})])
    )
    assert str(error) == "the persistent connection process gave no usable answer"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (
            {},
            (
                "no device to talk to. Use ansible_connection: ansible.netcommon.httpapi with ansible_network_os: "
                "hfortix.fortios.fortios, or give the option host or the environment variable FORTIOS_HOST"
            ),
        ),
        (
            {"host": "fw1", "username": "admin"},
            (
                "no credentials for fw1. Give the option token, or username and password, or the environment variables "
                "FORTIOS_TOKEN, or FORTIOS_USERNAME and FORTIOS_PASSWORD"
            ),
        ),
        (
            {"host": "fw 1/x", "token": "t"},
            "'fw 1/x' is not a host such as fw1, fw1:8443, [::1]:8443 or https://fw1. Check the connection options",
        ),
    ],
)
def test_options_that_lead_to_no_device(options: dict[str, Any], words: str) -> None:
    with pytest.raises(FortiOSError) as caught:
        DirectClient(options).get("/x")
    assert str(caught.value) == words


def test_httpx_is_missed_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    sdk = connection.__package__.removesuffix("ansible") + "hfortix_fortios.http.client"
    monkeypatch.delitem(sys.modules, sdk, raising=False)
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(FortiOSError) as caught:
        DirectClient(CREDENTIALS).get("/x")
    assert "Failed to import the required Python library (httpx)" in str(caught.value)
    assert "https://www.python-httpx.org/" in str(caught.value)


def test_a_token_takes_precedence_and_the_ca_is_used(tmp_path: Path) -> None:
    import certifi

    options = {**CREDENTIALS, "token": "t0ken", "port": 8443, "ca_path": certifi.where(), "timeout": 7}
    client = connection.direct_client({**options, "validate_certs": True})
    settings = client.settings
    assert (settings.token, settings.username, settings.password) == ("t0ken", None, None)
    assert (client.base_url, settings.timeout, settings.verify) == ("https://fw1:8443", 7, certifi.where())
    assert connection.direct_client({**options, "validate_certs": False}).settings.verify is False
    assert "t0ken" not in repr(client)


def test_the_way_over_the_connection_imports_no_http_library_and_no_endpoint() -> None:
    code = (
        "import sys, json\n"
        "from ansible_collections.hfortix.fortios.plugins.module_utils.bridge import (\n"
        "    configuration, connection, main, operation\n"
        ")\n"
        "connection.client_for({}, lambda _answering: '/nowhere').batch([])\n"
        "slow = {'httpx', 'ssl', 'asyncio', 'h2', 'yaml'} & set(sys.modules)\n"
        "print(json.dumps([*sorted(slow), *(name for name in sys.modules if '.hfortix_fortios.api' in name)]))\n"
    )
    path = ":".join(item for item in sys.path if item)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": path}
    )
    assert json.loads(done.stdout) == []
