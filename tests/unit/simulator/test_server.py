# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator as a server: TLS, connections, the log, faults, reset, and the command line."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import ssl
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.simulator.__main__ import main
from tests.simulator.server import Simulator

ROOT = Path(__file__).resolve().parents[3]
ADDRESSES = "/api/v2/cmdb/firewall/address"
STATUS = "/api/v2/monitor/system/status"


@pytest.fixture(scope="module")
def shared() -> Iterator[Simulator]:
    with Simulator() as simulator:
        yield simulator


@pytest.fixture
def sim(shared: Simulator) -> Simulator:
    """The module's simulator, as fresh."""
    shared.reset()
    return shared


def client(sim: Simulator, **options: Any) -> httpx.Client:
    """A client that trusts the simulator and carries its token."""
    verify = ssl.create_default_context(cafile=sim.ca_path) if sim.tls else True
    headers = {"Authorization": f"Bearer {sim.token}"}
    return httpx.Client(base_url=sim.url, verify=verify, headers=headers, timeout=5, **options)


@pytest.fixture
def http(sim: Simulator) -> Iterator[httpx.Client]:
    with client(sim) as opened:
        yield opened


# TLS and connections


def test_certificate_is_signed_by_the_authority(sim: Simulator, http: httpx.Client) -> None:
    assert http.get(STATUS).status_code == 200
    names = httpx.Client(
        base_url=f"https://localhost:{sim.port}", verify=ssl.create_default_context(cafile=sim.ca_path)
    )
    assert names.get(STATUS).status_code == 401
    names.close()


def test_unknown_authority_is_refused_by_the_client(sim: Simulator) -> None:
    with pytest.raises(httpx.ConnectError, match="certificate verify failed"):
        httpx.get(sim.url + STATUS)
    assert sim.log() == []


def test_connections_are_counted(sim: Simulator) -> None:
    with client(sim) as first:
        for _ in range(5):
            first.get(STATUS)
    with client(sim) as second:
        second.get(STATUS)
    assert (sim.tls_connections, sim.connections) == (2, 2)
    assert [entry["connection"] for entry in sim.log()] == [1, 1, 1, 1, 1, 2]


def test_ipv6_and_plain_http() -> None:
    with Simulator(host="::1", tls=False) as sim:
        assert sim.url == f"http://[::1]:{sim.port}"
        with client(sim) as http:
            assert http.get(STATUS).status_code == 200
        assert (sim.tls_connections, sim.connections) == (0, 1)
        with pytest.raises(RuntimeError, match="not started with TLS"):
            _ = sim.ca_path


def test_port_that_is_taken(sim: Simulator) -> None:
    with pytest.raises(OSError, match="in use"), Simulator(port=sim.port):
        pass


# The log


def test_log_tells_requests_without_secrets(sim: Simulator, http: httpx.Client) -> None:
    body = {
        "name": "r",
        "server": "192.0.2.1",
        "secret": "hidden-1",
        "accounting-server": [{"id": 1, "secret": "hidden-2"}],
    }
    http.post("/api/v2/cmdb/user/radius", json=body, params={"vdom": "root"})
    http.post("/logincheck", data={"username": "admin", "secretkey": "hidden-3"})
    http.get(STATUS, params={"access_token": "hidden-4"})
    log = httpx.get(f"{sim.url}/__simulator__/log", verify=False).json()
    first, second, third = log["requests"]
    assert (first["method"], first["path"], first["status"]) == ("POST", "/api/v2/cmdb/user/radius", 200)
    assert (first["query"], first["user"]) == ({"vdom": "root"}, "simulator")
    assert first["body"]["server"] == "192.0.2.1"
    assert second["body"]["username"] == "admin"
    assert third["query"]["access_token"] == "********"
    assert "hidden" not in json.dumps(log)
    assert log["tls_connections"] == 2
    assert abs(first["time"] - time.time()) < 60
    assert first["seconds"] >= 0


def test_reset_is_a_fresh_device(sim: Simulator, http: httpx.Client) -> None:
    http.post(ADDRESSES, json={"name": "a"})
    http.post("/__simulator__/faults", json={"status": 500, "times": 0})
    assert http.post("/__simulator__/reset").status_code == 200
    assert http.get(f"{ADDRESSES}/a").status_code == 404
    assert len(sim.log()) == 1


# Faults


def test_fault_for_the_next_requests_only(sim: Simulator, http: httpx.Client) -> None:
    http.post("/__simulator__/faults", json={"status": 503, "times": 2})
    assert [http.get(STATUS).status_code for _ in range(3)] == [503, 503, 200]


def test_fault_by_method_and_path(sim: Simulator, http: httpx.Client) -> None:
    sim.fault(method="POST", path="firewall/address$", status=429, headers={"Retry-After": "1"})
    assert http.get(ADDRESSES).status_code == 200
    assert http.post("/api/v2/cmdb/firewall/vip", json={"name": "v"}).status_code == 200
    refused = http.post(ADDRESSES, json={"name": "a"})
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
    assert http.post(ADDRESSES, json={"name": "a"}).status_code == 200


def test_latency(sim: Simulator, http: httpx.Client) -> None:
    sim.fault(latency=150)
    began = time.monotonic()
    assert http.get(STATUS).status_code == 200
    assert time.monotonic() - began >= 0.15


@pytest.mark.parametrize(("when", "made"), [("before", False), ("after", True)])
def test_dropped_connections(sim: Simulator, http: httpx.Client, when: str, made: bool) -> None:
    sim.fault(method="POST", drop=when)
    with pytest.raises(httpx.RemoteProtocolError):
        http.post(ADDRESSES, json={"name": "a"})
    assert (http.get(f"{ADDRESSES}/a").status_code == 200) is made
    assert sim.log()[0]["status"] == 0


def test_pages_instead_of_json(sim: Simulator, http: httpx.Client) -> None:
    sim.fault(status=502, html=True)
    answer = http.get(STATUS)
    assert (answer.status_code, answer.headers["content-type"]) == (502, "text/html; charset=utf-8")
    assert "<html>" in answer.text


def test_expired_sessions(sim: Simulator) -> None:
    with client(sim) as http:
        del http.headers["authorization"]
        http.post("/api/v2/authentication", json={"username": sim.user, "password": sim.password})
        assert http.get(STATUS).status_code == 200
        sim.fault(expire=True)
        assert http.get(STATUS).status_code == 401


def test_operations_are_told_and_topics_filled(sim: Simulator, http: httpx.Client) -> None:
    sim.tell("logs", {"type": "virus", "count": 3})
    assert http.get("/api/v2/log/disk/virus").json()["total_lines"] == 3
    http.post("/api/v2/monitor/system/process/kill", json={"pid": 7})
    assert [action["path"] for action in sim.actions()] == ["monitor/system/process/kill"]
    assert http.get("/__simulator__/actions").json()["actions"] == sim.actions()
    assert http.post("/__simulator__/actions").status_code == 404
    assert http.post("/__simulator__/logs", json={"type": "virus"}).status_code == 400


def test_faults_that_make_no_sense(sim: Simulator, http: httpx.Client) -> None:
    assert http.post("/__simulator__/faults", json={"what": 1}).status_code == 400
    assert http.post("/__simulator__/faults", content=b"{").status_code == 400
    assert http.delete("/__simulator__/faults").status_code == 200


# The command line


class Process:
    """``python -m tests.simulator`` with a free port."""

    def __init__(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "tests.simulator", "--port", "0", *arguments]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        assert self.process.stdout is not None
        self.url = self.process.stdout.readline().split()[-1]

    def stop(self) -> tuple[int, str]:
        """Interrupt it; its exit code and what it complained about."""
        self.process.send_signal(signal.SIGTERM)
        _, errors = self.process.communicate(timeout=10)
        return self.process.returncode, errors


@pytest.mark.parametrize(
    ("options", "message"),
    [(["--answers", "nowhere"], "nowhere is no folder"), (["--release", "latest"], "latest")],
)
def test_options_that_cannot_be_used(options: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(options)
    assert end.value.code == 2
    assert message in capsys.readouterr().err


def test_command_line(tmp_path: Path) -> None:
    ca, state = tmp_path / "ca.pem", tmp_path / "state.json"
    show = tmp_path / "show.conf"
    lines = ["config firewall address", "edit loaded", "set subnet 10.0.0.0 255.0.0.0", "set nonsense 1", "next", "end"]
    show.write_text("\n".join(lines))
    options = [
        "--release",
        "7.4.4",
        "--token",
        "abc",
        "--user",
        "me",
        "--password",
        "pw",
        "--vdom",
        "root",
        "--vdom",
        "lab",
    ]
    started = Process(*options, "--ca-out", str(ca), "--state", str(state), "--load", str(show))
    try:
        with httpx.Client(base_url=started.url, verify=ssl.create_default_context(cafile=ca)) as http:
            assert (
                http.post("/api/v2/authentication", json={"username": "me", "secretkey": "pw"}).json()["status_code"]
                == 5
            )
            http.cookies.clear()
            http.headers["authorization"] = "Bearer abc"
            answer = http.get(f"{ADDRESSES}/loaded", params={"vdom": "lab"})
            assert answer.status_code == 404
            assert http.get(f"{ADDRESSES}/loaded").json()["version"] == "v7.4.4"
            http.post(ADDRESSES, json={"name": "kept"}, params={"vdom": "lab"})
            assert len(http.get(ADDRESSES, params={"vdom": "*"}).json()) == 2
    finally:
        code, errors = started.stop()
    assert code == 0
    assert "line 4: set nonsense 1" in errors
    assert stat.S_IMODE(state.stat().st_mode) == 0o600

    again = Process(*options, "--http", "--state", str(state))
    try:
        assert again.url.startswith("http://")
        with httpx.Client(base_url=again.url, headers={"Authorization": "Bearer abc"}) as http:
            assert http.get(f"{ADDRESSES}/kept", params={"vdom": "lab"}).status_code == 200
    finally:
        assert again.stop()[0] == 0


# HTTP/2


@pytest.fixture(scope="module")
def http2() -> Iterator[Simulator]:
    with Simulator(http2=True) as simulator:
        yield simulator


def test_client_chooses_the_version(http2: Simulator) -> None:
    http2.reset()
    for wanted, version in ((True, "HTTP/2"), (False, "HTTP/1.1")):
        with client(http2, http2=wanted) as http:
            for _ in range(3):
                answer = http.get(STATUS)
                assert (answer.status_code, answer.http_version) == (200, version)
    assert (http2.tls_connections, [entry["connection"] for entry in http2.log()]) == (2, [1, 1, 1, 2, 2, 2])


def test_requests_share_a_connection(http2: Simulator) -> None:
    async def read() -> list[int]:
        context = ssl.create_default_context(cafile=http2.ca_path)
        headers = {"Authorization": f"Bearer {http2.token}"}
        async with httpx.AsyncClient(base_url=http2.url, verify=context, http2=True, headers=headers) as http:
            await http.post(ADDRESSES, json={"name": "x" * 60})
            answers = await asyncio.gather(*(http.get(ADDRESSES) for _ in range(30)))
        return [answer.status_code for answer in answers]

    http2.reset()
    assert asyncio.run(read()) == [200] * 30
    assert http2.tls_connections == 1


def test_faults_over_http2(http2: Simulator) -> None:
    http2.reset()
    http2.fault(drop="after", method="POST")
    with client(http2, http2=True) as http:
        with pytest.raises(httpx.TransportError):
            http.post(ADDRESSES, json={"name": "dropped"})
        assert http.get(f"{ADDRESSES}/dropped").status_code == 200


def test_http2_needs_tls() -> None:
    with pytest.raises(ValueError, match="HTTP/2 needs TLS"):
        Simulator(http2=True, tls=False)
