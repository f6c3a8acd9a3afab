# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files over both kinds of connection: the httpapi plugin behind a real socket, and the module's own client."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.hfortix.fortios.plugins.httpapi import fortios as plugin_module
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge import rpc
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.connection import (
    Client,
    DirectClient,
    RPCClient,
)
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.errors import (
    AuthenticationError,
    FortiOSError,
    TransportError,
)
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.http.files import Download, FileContent
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.http.interface import Outcome, Request
from tests.simulator.operations.registry import HANDLERS, File, Operation
from tests.simulator.server import Simulator

from .rpc_server import served
from .test_httpapi import make

LARGE, UPLOAD = "monitor/test/large", "monitor/test/upload"
SIZE = 30_000_000


@pytest.fixture(scope="module")
def device() -> Iterator[Simulator]:
    """A device with one endpoint that sends a large file, and one that tells how large a file was."""

    def large(operation: Operation) -> File:
        return File("large", bytes(SIZE))

    def upload(operation: Operation) -> int:
        return len(operation.file())

    HANDLERS["GET", LARGE], HANDLERS["POST", UPLOAD] = large, upload
    with Simulator(token="t0ken", tls=False) as simulator:
        yield simulator
    del HANDLERS["GET", LARGE], HANDLERS["POST", UPLOAD]


@pytest.fixture
def over_rpc(device: Simulator, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Makes a client over a socket, with a command timeout in seconds."""
    monkeypatch.setattr(plugin_module, "_end_with", lambda pid: None)
    folder = tmp_path_factory.mktemp("s")
    opened = []

    def connect(command_timeout: int = 30, token: str = "t0ken") -> RPCClient:
        options = {"host": device.host, "port": device.port, "persistent_command_timeout": command_timeout}
        opened.append(served(make(options, token=token, use_ssl=False), folder))
        path = opened[-1].__enter__()
        return RPCClient(lambda _answering: path)

    yield connect
    for context in opened:
        context.__exit__(None, None, None)


@pytest.fixture(params=["rpc", "direct"])
def client(request: pytest.FixtureRequest, device: Simulator, over_rpc: Any) -> Client:
    device.reset()
    if request.param == "rpc":
        connected: Client = over_rpc()
        return connected
    return DirectClient({"host": device.url, "token": "t0ken"})


def download(path: Path, endpoint: str = LARGE) -> Request:
    return Request("GET", f"/api/v2/{endpoint}", sink=Download(path))


def upload(path: Path) -> Request:
    return Request("POST", f"/api/v2/{UPLOAD}", json={"name": "x", "file_content": FileContent(path)})


def test_a_file_goes_to_the_disk_and_to_nobody_else(client: Client, tmp_path: Path) -> None:
    file = tmp_path / "large"
    request = download(file)
    assert client.send(request) == b""
    assert (request.sink.size, file.stat().st_size) == (SIZE, SIZE)  # type: ignore[union-attr]
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_is_read_from_the_disk(client: Client, device: Simulator, tmp_path: Path) -> None:
    file = tmp_path / "image"
    file.write_bytes(bytes(1_000_001))
    assert client.send(upload(file))["results"] == 1_000_001


def test_names_of_files_are_those_of_the_task(client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    data = rpc.dump_requests([download(Path("x")), upload(Path("y"))])
    monkeypatch.chdir("/")
    first, second = rpc.load_requests(data)
    assert first.sink is not None
    assert (first.sink.path, second.json["file_content"].path) == (tmp_path / "x", tmp_path / "y")


def test_what_passes_the_socket_is_small(tmp_path: Path) -> None:
    """Memory stays as it is in the client that streams, which the tests of the SDK measure."""
    file = tmp_path / "x"
    file.write_bytes(bytes(100_000))
    request = download(file)
    assert request.sink is not None
    request.sink.size = 100_000
    assert json.loads(rpc.dump_outcomes([Outcome(request, b"")])) == [{"saved": 100_000}]
    assert len(rpc.dump_requests([request, upload(file)])) < 1000


@pytest.mark.parametrize("fault", [{"status": 403}, {"drop": "before", "times": 0}, {"status": 200, "body": "{}"}])
def test_a_failure_leaves_the_old_file(client: Client, device: Simulator, tmp_path: Path, fault: Any) -> None:
    file = tmp_path / "large"
    file.write_text("old")
    device.fault(path=LARGE, **fault)
    request = download(file)
    if "body" in fault:
        assert client.send(request) == {}
    else:
        with pytest.raises(FortiOSError):
            client.send(request)
    assert request.sink is not None
    assert request.sink.size is None
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_file_that_cannot_be_moved_is_named(client: Client, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere" / "file"
    with pytest.raises(FortiOSError) as caught:
        client.send(download(nowhere))
    assert str(caught.value) == (
        f"cannot write {nowhere}: No such file or directory (GET /api/v2/{LARGE}). "
        "Check the path, its permissions and the free space"
    )
    with pytest.raises(FortiOSError) as caught:
        client.send(upload(nowhere))
    assert caught.value.message == f"cannot read {nowhere}: No such file or directory"


def test_a_batch_with_files_keeps_its_order_and_stops(client: Client, tmp_path: Path) -> None:
    status = Request("GET", "/api/v2/monitor/system/status")
    requests = [status, download(tmp_path / "a"), download(tmp_path / "nowhere" / "b"), download(tmp_path / "c")]
    outcomes = client.batch(requests, parallel=1)
    assert [item.error is None for item in outcomes] == [True, True, False, True]
    assert outcomes[0].answer["results"]["model_name"] == "FortiGate"
    (tmp_path / "c").unlink()
    outcomes = client.batch(requests, parallel=1, stop=True)
    assert [item.sent for item in outcomes][3] is False
    assert not (tmp_path / "c").exists()


def test_a_request_may_outlast_the_command_timeout(device: Simulator, over_rpc: Any, tmp_path: Path) -> None:
    device.reset()
    client = over_rpc(command_timeout=1)
    device.fault(path=LARGE, latency=1500)
    began = time.monotonic()
    request = Request("GET", f"/api/v2/{LARGE}", sink=Download(tmp_path / "large"), timeout=20)
    client.send(request)
    assert time.monotonic() - began > 1.4
    device.fault(path="status", latency=1500, times=0)
    with pytest.raises(TransportError, match="gave no answer within 1 s"):
        client.send(Request("GET", "/api/v2/monitor/system/status", timeout=1))
    device.reset()


def test_what_is_wrong_with_the_connection_is_told_as_ever(device: Simulator, over_rpc: Any, tmp_path: Path) -> None:
    device.reset()
    with pytest.raises(AuthenticationError):
        over_rpc(token="another").send(download(tmp_path / "x"))


def test_an_incomplete_connection_is_told_as_ever(tmp_path: Path) -> None:
    with served(make(), tmp_path) as path, pytest.raises(FortiOSError, match="no credentials for fw1"):
        RPCClient(lambda _answering: path).send(download(tmp_path / "x"))
