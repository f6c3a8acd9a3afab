# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Read-only, dry run, hooks, audit, log and statistics: what is kept back, and what is told without any secret."""

from __future__ import annotations

import asyncio
import dataclasses
import functools
import io
import json
import logging
import socket
import stat
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from hfortix_fortios import HTTPClient, errors
from hfortix_fortios.audit import FileSink, Sinks, StreamSink, SyslogSink, to_cef, to_json
from hfortix_fortios.http.files import Download, FileContent
from hfortix_fortios.http.interface import Outcome, Request
from hfortix_fortios.http.observe import endpoint_of
from hfortix_fortios.http.transport import _mask_headers

from .conftest import DROP, Device, Mode, Says
from .test_http import ADDRESS, LOGIN, OK, STATUS, new_release

USER = "/api/v2/cmdb/user/local"
SECRET = {"name": "u", "passwd": "Tr0ub4dor", "nested": [{"psksecret": "Sw0rdfish", "status": "enable"}]}


# Read-only and dry run


def test_a_read_only_client_reads(mode: Mode, device: Device) -> None:
    client = mode.http(device, read_only=True)
    assert mode(client.get(STATUS))["status"] == "success"
    for method in ("POST", "put", "DELETE"):
        with pytest.raises(errors.ReadOnlyError) as caught:
            mode(client.request(method, f"{ADDRESS}/a", json={"name": "a"}))
        assert str(caught.value) == (
            f"not sent: the client is read-only ({method.upper()} {ADDRESS}/a). "
            "Make the client without read_only to let it write"
        )
    outcomes = mode(client.batch([Request("GET", STATUS), Request("DELETE", ADDRESS)], parallel=2))
    assert [(type(outcome.error), outcome.sent) for outcome in outcomes] == [
        (type(None), True), (errors.ReadOnlyError, False),
    ]  # fmt: skip
    assert device.lines == [f"GET {STATUS}"] * 2


def test_a_read_only_session_logs_in_and_out(mode: Mode, device: Device) -> None:
    device.handle = new_release
    mode.within(mode.session(device, read_only=True), lambda client: client.get(STATUS))
    assert device.lines == [LOGIN, f"GET {STATUS}", "DELETE /api/v2/authentication"]


def test_a_dry_run_collects_the_writes(mode: Mode, device: Device) -> None:
    fgt = mode.fortios(device, dry_run=True, vdom="lab")
    device.handle = lambda seen: Says(200, {"status": "success", "results": [{"name": "web"}]})
    table = fgt.api.cmdb.firewall.address
    assert mode(table.get("web")) == {"name": "web"}
    answer = mode(table.post(name="db", comment="x"))
    assert (answer["status"], answer["dry_run"], answer["http_method"]) == ("success", True, "POST")
    mode(table.delete("web"))
    assert fgt.client.planned == [
        Request("POST", ADDRESS, {"vdom": "lab"}, {"name": "db", "comment": "x"}),
        Request("DELETE", f"{ADDRESS}/web", {"vdom": "lab"}),
    ]
    assert device.lines == [f"GET {ADDRESS}/web?vdom=lab"]


def test_a_transaction_in_a_dry_run(mode: Mode, device: Device) -> None:
    """The device never hears of it, nor do the reads in it."""
    fgt = mode.fortios(device, dry_run=True)
    device.handle = lambda seen: Says(200, {"status": "success", "results": [{"name": "web"}]})
    table = fgt.api.cmdb.firewall.address

    async def asynchronous() -> None:
        async with fgt.transaction(vdom="lab"):
            await table.get("web")
            await table.put("web", comment="x")

    if mode.asynchronous:
        mode(asynchronous())
    else:
        with fgt.transaction(vdom="lab"):
            table.get("web")
            table.put("web", comment="x")
    planned = [(request.method, request.path, request.params.get("action")) for request in fgt.client.planned]
    assert planned == [
        ("POST", "/api/v2/cmdb", "transaction-start"),
        ("PUT", f"{ADDRESS}/web", None),
        ("POST", "/api/v2/cmdb", "transaction-commit"),
    ]
    assert device.lines == [f"GET {ADDRESS}/web?vdom=lab"]
    assert "x-transaction-id" not in device.seen[0].headers


# Hooks


def test_hooks_change_requests_and_see_outcomes(mode: Mode, device: Device) -> None:
    seen: list[Outcome] = []

    def tag(request: Request) -> Request:
        return dataclasses.replace(request, headers={**request.headers, "x-change": "CHG-7"})

    def narrow(request: Request) -> Request | None:
        return (
            dataclasses.replace(request, params={**request.params, "vdom": "lab"}) if request.method == "GET" else None
        )

    client = mode.http(device, before_request=[tag, narrow], after_request=seen.append)
    device.script = [Says(200, OK), Says(404, b"")]
    mode(client.get(f"{ADDRESS}"))
    with pytest.raises(errors.NotFoundError):
        mode(client.delete(f"{ADDRESS}/a"))
    assert device.lines == [f"GET {ADDRESS}?vdom=lab", f"DELETE {ADDRESS}/a"]
    assert [request.headers["x-change"] for request in device.seen] == ["CHG-7"] * 2
    assert [outcome.request.params for outcome in seen] == [{"vdom": "lab"}, {}]
    assert (seen[0].answer, seen[0].error) == (OK, None)
    assert isinstance(seen[1].error, errors.NotFoundError)


def test_hooks_stand_around_a_request_with_its_repetitions(mode: Mode, device: Device) -> None:
    calls: list[str] = []
    client = mode.http(
        device, before_request=lambda request: calls.append("before"), after_request=lambda out: calls.append("after")
    )
    device.script = [DROP, Says(503, ""), Says(200, OK)]
    mode(client.get(STATUS))
    assert calls == ["before", "after"]
    assert len(device.seen) == 3


@pytest.mark.parametrize(
    "error", [errors.PermissionDeniedError("outside the change window"), PermissionError("outside the change window")]
)
def test_a_hook_refuses_a_request(mode: Mode, device: Device, error: Exception) -> None:
    told: list[Any] = []

    def refuse(request: Request) -> None:
        raise error

    client = mode.http(device, before_request=refuse, after_request=told.append, audit=told.append, statistics=True)
    with pytest.raises(type(error), match="change window"):
        mode(client.post(ADDRESS, json={"name": "a"}))
    assert device.seen == []
    record, outcome = told
    assert (record["method"], record["path"], record["outcome"], record["attempts"]) == ("POST", ADDRESS, "refused", 0)
    assert (outcome.sent, outcome.error.sent) == (False, False)
    assert error in (outcome.error, outcome.error.__cause__)
    assert (client.statistics.total.requests, client.statistics.total.failures) == (1, 1)


def test_a_hook_refuses_a_request_of_a_batch(mode: Mode, device: Device) -> None:
    def refuse(request: Request) -> None:
        raise errors.PermissionDeniedError("outside the change window")

    (outcome,) = mode(mode.http(device, before_request=refuse).batch([Request("GET", STATUS)]))
    assert (type(outcome.error), outcome.sent) == (errors.PermissionDeniedError, False)


def test_a_hook_that_fails_afterwards_is_told_of_and_hides_no_result(
    mode: Mode, device: Device, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(outcome: Outcome) -> None:
        raise ZeroDivisionError

    assert mode(mode.http(device, after_request=fail).post(ADDRESS, json={}))["status"] == "success"
    assert caplog.messages == [f"a hook failed after POST {ADDRESS}"]


def test_a_hook_is_told_of_a_file_that_cannot_be_written(mode: Mode, device: Device, tmp_path: Path) -> None:
    seen: list[Outcome] = []
    device.script = [Says(200, b"config", headers={"content-disposition": "attachment"})]
    client = mode.http(device, after_request=seen.append)
    with pytest.raises(FileNotFoundError):
        mode(client.send(Request("GET", STATUS, sink=Download(tmp_path / "no" / "file"))))
    ((error, sent),) = [(outcome.error, outcome.sent) for outcome in seen]
    assert str(error).startswith(f"cannot write {tmp_path}/no/file: No such file or directory")
    assert sent


async def asleep(given: Any) -> None:
    """A coroutine function in the place of a hook."""


class Asleep:
    async def __call__(self, given: Any) -> None:
        """The same as an object."""


@pytest.mark.parametrize("hook", [asleep, functools.partial(asleep), Asleep()])
@pytest.mark.parametrize("option", ["before_request", "after_request", "audit"])
def test_a_coroutine_function_is_no_hook(mode: Mode, device: Device, option: str, hook: Any) -> None:
    with pytest.raises(TypeError, match=f"{option} takes plain functions"):
        mode.http(device, **{option: hook})
    if option != "audit":
        with pytest.raises(TypeError, match=f"{option} takes plain functions"):
            mode.http(device, **{option: [print, hook]})


# Audit


def test_audit_records(mode: Mode, device: Device) -> None:
    records: list[Any] = []
    client = mode.http(device, audit=records.append, vdom="root")
    words = "value parse error before 'Tr0ub4dor'\nCommand fail. Return code -651"
    device.script = [
        Says(200, OK),
        Says(500, {"error": -651, "cli_error": words, "status": "error", "http_status": 500}),
        DROP,
    ]
    mode(client.post(USER, params={"password": "Pa55"}, json=SECRET))
    for _ in range(2):
        with pytest.raises(errors.FortiOSError):
            mode(client.put(f"{USER}/u", json=SECRET))
    first, second, third = records
    assert first["params"] == {"password": "********"}
    assert first["body"] == {
        "name": "u", "passwd": "********", "nested": [{"psksecret": "********", "status": "enable"}],
    }  # fmt: skip
    assert [record["outcome"] for record in records] == ["success", "failure", "failure"]
    assert [record["status"] for record in records] == [200, 500, None]
    assert (first["method"], first["path"], first["user"], first["attempts"]) == ("POST", USER, "token", 1)
    assert first["host"] == f"http://{device.host}"
    assert (second["code"], "********" in second["error"]) == (-651, True)
    assert "broke" in third["error"]
    assert len({record["id"] for record in records}) == 3
    text = json.dumps(records)
    assert not [secret for secret in ("Tr0ub4dor", "Sw0rdfish", "Pa55", "t0ken") if secret in text]


def test_a_secret_in_the_path_is_told_nowhere(mode: Mode, device: Device, caplog: pytest.LogCaptureFixture) -> None:
    def fail(outcome: Outcome) -> None:
        raise ZeroDivisionError

    caplog.set_level(logging.DEBUG, "test.fortios")
    records: list[Any] = []
    client = mode.http(
        device, audit=records.append, logger=logging.getLogger("test.fortios"), after_request=fail, retries=0
    )
    device.script = [Says(200, OK), DROP, Says(200, "<html>"), Says(200, b"{")]
    path = f"{ADDRESS}?access_token=abcdef&vdom=lab"
    mode(client.get(path))
    for _ in range(3):
        with pytest.raises(errors.FortiOSError) as caught:
            mode(client.get(path))
        assert caught.value.path == ADDRESS
    assert records[0]["path"] == f"{ADDRESS}?access_token=********&vdom=lab"
    assert device.lines[0] == f"GET {path}"
    assert "abcdef" not in json.dumps(records) + caplog.text


def test_audit_of_logins_and_of_what_was_not_sent(mode: Mode, device: Device) -> None:
    records: list[Any] = []
    device.handle = new_release
    client = mode.session(device, audit=records.append, read_only=True)
    mode(client.get(STATUS))
    with pytest.raises(errors.ReadOnlyError):
        mode(client.post(ADDRESS, json={}))
    mode(client.logout())
    wrong = mode.session(device, audit=records.append, password="wr0ng-word")
    with pytest.raises(errors.AuthenticationError):
        mode(wrong.login())
    told = [(record["method"], record["path"], record["outcome"], record["attempts"]) for record in records]
    login = "/api/v2/authentication"
    assert told == [
        ("POST", login, "success", 1), ("GET", STATUS, "success", 1), ("POST", ADDRESS, "refused", 0),
        ("DELETE", login, "success", 1), ("POST", login, "failure", 1),
    ]  # fmt: skip
    assert {record["user"] for record in records} == {"admin"}
    assert "s3cret-word" not in json.dumps(records)
    assert "wr0ng-word" not in json.dumps(records)


def test_audit_of_a_dry_run_and_of_repetitions(mode: Mode, device: Device) -> None:
    records: list[Any] = []
    client = mode.http(device, audit=records.append, dry_run=True)
    mode(client.post("/api/v2/monitor/system/config/restore", json={"file_content": "aGVsbG8="}))
    device.script = [DROP, Says(200, OK)]
    mode(client.get(STATUS))
    assert [(record["outcome"], record["attempts"]) for record in records] == [("planned", 0), ("success", 2)]
    mode(client.send(Request("POST", "/api/v2/x", json={"file_content": FileContent("/tmp/fw1.conf")})))
    assert records[0]["body"] == {"file_content": "<8 characters>"}
    assert records[-1]["body"] == {"file_content": "<content of /tmp/fw1.conf>"}


def interrupt(mode: Mode, client: Any, request: Request) -> BaseException:
    """Have a request end in the middle, in the way of the mode, and return the error while its traceback lives."""

    async def cancelled() -> None:
        task = asyncio.create_task(client.send(request))
        await asyncio.sleep(0.1)
        task.cancel()
        await task

    def reply(call: Any) -> None:
        raise KeyboardInterrupt

    if not mode.asynchronous:
        client._reply = reply
    with pytest.raises((asyncio.CancelledError, KeyboardInterrupt)) as caught:
        mode(cancelled() if mode.asynchronous else client.send(request))
    return caught.value


def test_a_request_that_ends_in_the_middle_is_told_of_at_once(mode: Mode, device: Device) -> None:
    told: list[Any] = []
    client = mode.http(device, audit=told.append, after_request=told.append, statistics=True)
    device.handle = lambda seen: time.sleep(0.3) or Says()  # type: ignore[func-returns-value]
    error = interrupt(mode, client, Request("POST", ADDRESS, json={"name": "a"}))
    record, outcome = told
    assert (record["outcome"], record["attempts"], record["error"]) == ("abandoned", 1, type(error).__name__)
    assert (outcome.request.path, outcome.answer, outcome.sent) == (ADDRESS, None, True)
    assert isinstance(outcome.error, errors.TransportError)
    assert outcome.error.__cause__ is error
    assert (client.statistics.total.requests, client.statistics.total.failures) == (1, 1)


def test_an_audit_sink_may_send_requests(device: Device) -> None:
    def look(record: Any) -> None:
        if record["method"] != "GET":
            client.get(STATUS)

    client = HTTPClient(device.host, scheme="http", token="t", audit=look)
    thread = threading.Thread(target=client.post, args=(ADDRESS,), kwargs={"json": {}}, daemon=True)
    thread.start()
    thread.join(5)
    assert not thread.is_alive()
    client.close()
    assert device.lines == [f"POST {ADDRESS}", f"GET {STATUS}"]


def test_an_audit_sink_that_fails_is_told_of(mode: Mode, device: Device, caplog: pytest.LogCaptureFixture) -> None:
    mode(mode.http(device, audit=FileSink("/nowhere/audit.log")).post(ADDRESS, json={"name": "a"}))
    (message,) = caplog.messages
    assert message.startswith("the audit sink failed for ")
    assert message.endswith(f"POST {ADDRESS}: success")


RECORD = {
    "time": "2026-01-02T03:04:05.678+00:00", "id": "ab-1", "host": "https://fw1", "user": "admin", "method": "PUT",
    "path": "/api/v2/cmdb/firewall/address/a|b", "params": {"vdom": "root"}, "body": {"comment": "x=1\n\\"},
    "outcome": "failure", "status": 500, "attempts": 1, "seconds": 0.25, "error": "refused = no\nway", "code": -651,
}  # fmt: skip


def test_formats() -> None:
    assert json.loads(to_json(RECORD)) == RECORD
    assert "\n" not in to_json(RECORD)
    assert to_cef(RECORD) == (
        "CEF:0|hfortix|hfortix-fortios|1|PUT|PUT /api/v2/cmdb/firewall/address/a\\|b|7|"
        "start=2026-01-02T03:04:05.678+00:00 externalId=ab-1 dhost=https://fw1 suser=admin requestMethod=PUT "
        "request=/api/v2/cmdb/firewall/address/a|b outcome=failure reason=refused \\= no\\nway "
        "cn1Label=HTTP status cn1=500 cn2Label=milliseconds cn2=250 cs1Label=vdom cs1=root "
        'cs2Label=body cs2={"comment": "x\\=1\\\\n\\\\\\\\"}'
    )


def test_file_sink(tmp_path: Path) -> None:
    path = tmp_path / "audit.log"
    sink = FileSink(path, writes_only=True)
    sink(RECORD)
    sink({**RECORD, "method": "GET"})
    path.rename(tmp_path / "audit.log.1")
    sink({**RECORD, "id": "ab-2"})
    assert [json.loads(line)["id"] for line in path.read_text().splitlines()] == ["ab-2"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert len((tmp_path / "audit.log.1").read_text().splitlines()) == 1


def test_stream_sink_and_several_sinks() -> None:
    first, second = io.StringIO(), io.StringIO()

    def broken(record: Any) -> None:
        raise OSError("no space")

    sinks = Sinks(StreamSink(first), broken, StreamSink(second, format=to_cef, writes_only=True))
    with pytest.raises(OSError, match="no space"):
        sinks(RECORD)
    with pytest.raises(OSError, match="no space"):
        sinks({**RECORD, "method": "GET"})
    assert len(first.getvalue().splitlines()) == 2
    assert second.getvalue() == to_cef(RECORD) + "\n"


HEAD = f"<84>1 {RECORD['time']} {socket.gethostname()} hfortix-fortios "


def test_syslog_by_datagrams(tmp_path: Path) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("127.0.0.1", 0))
        server.settimeout(5)
        sink = SyslogSink(server.getsockname())
        sink(RECORD)
        sink({**RECORD, "id": "ab-2"})
        messages = [server.recv(65536).decode() for _ in range(2)]
        sink.close()
    assert messages[0].startswith(HEAD)
    assert [json.loads(message.partition(" audit - ")[2])["id"] for message in messages] == ["ab-1", "ab-2"]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as local:
        local.bind(str(tmp_path / "log"))
        sink = SyslogSink(str(tmp_path / "log"), format=to_cef)
        sink(RECORD)
        sink.close()
        assert local.recv(65536).decode().endswith(to_cef(RECORD))


def test_syslog_over_tcp_connects_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        sink = SyslogSink(server.getsockname(), tcp=True)
        got: list[bytes] = []

        def take() -> None:
            connection, _address = server.accept()
            got.append(connection.recv(65536))
            connection.close()

        for _ in range(2):
            thread = threading.Thread(target=take)
            thread.start()
            sink(RECORD)
            thread.join(5)
            sink.close()
    for message in got:
        length, _space, rest = message.partition(b" ")
        assert int(length) == len(rest)
        assert rest.decode().startswith(HEAD)


# Log and statistics


def test_the_log(mode: Mode, device: Device, caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("test.fortios")
    caplog.set_level(logging.DEBUG, "test.fortios")
    client = mode.http(device, logger=logger)
    device.script = [DROP, Says(200, OK), Says(200, OK), Says(404, b""), Says(403, b"")]
    mode(client.get(STATUS))
    mode(client.post(USER, json=SECRET))
    for _ in range(2):
        with pytest.raises(errors.FortiOSError):
            mode(client.get(f"{ADDRESS}/a"))
    told = [(record.levelname, record.fortios.get("outcome")) for record in caplog.records]  # type: ignore[attr-defined]
    assert told == [
        ("INFO", None), ("DEBUG", "success"), ("INFO", "success"), ("DEBUG", "failure"), ("WARNING", "failure"),
    ]  # fmt: skip
    number = caplog.records[0].fortios["id"]  # type: ignore[attr-defined]
    assert caplog.messages[0].startswith(f"{number} waits 0.00")
    assert caplog.messages[1].startswith(f"{number} GET {STATUS}: success, HTTP 200, 2 sent, 0.")
    assert "Tr0ub4dor" not in caplog.text
    assert "Tr0ub4dor" not in str([vars(record) for record in caplog.records])


def test_the_log_of_the_http_library_shows_no_cookies(
    mode: Mode, device: Device, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    device.handle = new_release
    mode.within(mode.session(device), lambda client: client.post(ADDRESS, json={"name": "a"}))
    shown = "".join(message for message in caplog.messages if "receive_response_headers.complete" in message)
    assert "(b'set-cookie', b'********')" in shown
    cookies = device.seen[1].headers["cookie"].split("; ")
    assert len(cookies) == 2
    assert not [cookie for cookie in cookies if cookie.partition("=")[2].strip('"') in caplog.text]


@pytest.mark.parametrize(
    ("text", "args", "shown"),
    [
        (
            "Decoded %s, consumed %s",
            ((b"set-cookie", b"a='x'"), 5),
            "Decoded (b'set-cookie', b\"********\"), consumed 5",
        ),
        (
            "Adding %s=%s to the table",
            (b"authorization", b"Bearer x"),
            "Adding b'authorization'=b'********' to the table",
        ),
        ("%s", ([(b"X-CSRFTOKEN", b"\"'x"), (b"accept", b"y")],), "[(b'X-CSRFTOKEN', b'********'), (b'accept', b'y')]"),
        ("Decoded %s", ((b"cookie-free", b""),), "Decoded (b'cookie-free', b'********')"),
        ("100%", (), "100%"),
    ],
)
def test_headers_in_the_log_of_the_http_library(text: str, args: Any, shown: str) -> None:
    record = logging.LogRecord("hpack.hpack", logging.DEBUG, "", 0, text, args, None)
    assert _mask_headers(record)
    assert record.getMessage() == shown


@pytest.mark.parametrize("name", ["test.fortios", "hfortix_fortios"])
def test_a_log_that_fails_hides_no_result(mode: Mode, device: Device, name: str) -> None:
    """Also where the handler is that of the logger which would tell of it."""

    class Broken(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            raise OSError("no space")

    logger = logging.getLogger(name)
    handler = Broken()
    logger.addHandler(handler)
    try:
        client = mode.http(device, logger=logger, audit=print, after_request=lambda outcome: 1 / 0)
        logger.setLevel(logging.DEBUG)
        device.script = [Says(200, OK), DROP, Says(200, OK)]
        assert mode(client.post(ADDRESS, json={"name": "a"})) == OK
        assert mode(client.get(ADDRESS)) == OK
    finally:
        logger.removeHandler(handler)
        logger.setLevel(logging.NOTSET)


def test_statistics(mode: Mode, device: Device) -> None:
    client = mode.http(device, statistics=True)
    device.script = [Says(200, OK), DROP, Says(200, OK), Says(404, b"")]
    mode(client.get(f"{ADDRESS}/a"))
    mode(client.get(f"{ADDRESS}/b"))
    with pytest.raises(errors.NotFoundError):
        mode(client.get(f"{ADDRESS}/c"))
    mode(client.batch([Request("POST", ADDRESS, json={"name": str(n)}) for n in range(5)], parallel=3))
    counted = client.statistics.endpoints
    assert {name: (c.requests, c.failures, c.retries) for name, c in counted.items()} == {
        "GET cmdb/firewall/address": (3, 1, 1), "POST cmdb/firewall/address": (5, 0, 0),
    }  # fmt: skip
    total = client.statistics.total
    assert (total.requests, total.failures, total.retries) == (8, 1, 1)
    assert 0 < total.mean <= total.slowest <= total.seconds


def test_without_the_options_there_is_nothing(mode: Mode, device: Device) -> None:
    client = mode.http(device)
    assert (client.statistics, client.planned) == (None, [])


@pytest.mark.parametrize(
    ("path", "endpoint"),
    [
        (f"{ADDRESS}/a%2Fb", "cmdb/firewall/address"),
        ("/api/v2/cmdb/firewall.service/custom?x=1", "cmdb/firewall.service/custom"),
        ("/api/v2/monitor/system/status", "monitor/system/status"),
        ("/api/v2/log/search/status/7", "log/search/status/*"),
        ("/logout", "logout"),
    ],
)
def test_endpoint_of(path: str, endpoint: str) -> None:
    assert endpoint_of(path) == endpoint
