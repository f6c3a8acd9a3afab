# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module `rest` against the simulator."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import pytest

from ansible_collections.hfortix.fortios.plugins.modules import rest
from tests.simulator.server import Simulator

from .jobs import TOKEN, run, writes

TABLE = "cmdb/firewall/address"
WEB = {"name": "web 1/a", "subnet": "192.0.2.1 255.255.255.255"}
PATH = f"{TABLE}/web 1%2Fa"


@pytest.fixture(scope="module")
def server() -> Iterator[Simulator]:
    with Simulator(token=TOKEN, tls=False, vdoms=("root", "dmz")) as simulator:
        yield simulator


@pytest.fixture
def device(server: Simulator) -> Simulator:
    server.reset()
    send(server, "POST", TABLE, body=WEB)
    return server


def send(device: Simulator, method: str, path: str, *, check: bool = False, **options: Any) -> dict[str, Any]:
    return run(device, rest.JOB, {"method": method, "path": path, **options}, check=check)


@pytest.mark.parametrize("path", [PATH, f"/{PATH}/", f"/api/v2/{PATH}", f"api/v2/{TABLE}/web%201%2Fa"])
def test_a_path_has_many_spellings(device: Simulator, path: str) -> None:
    answer = send(device, "GET", path)
    assert not answer["changed"]
    assert answer["response"]["results"][0]["name"] == "web 1/a"
    assert "request" not in answer


def test_parameters_are_words_numbers_lists_and_truth(device: Simulator) -> None:
    query = {"filter": ["name=@none", "type==ipmask"], "count": 1, "with_meta": True, "skip": None}
    assert [row["name"] for row in send(device, "GET", TABLE, query=query, vdom="root")["response"]["results"]] == [
        "none"
    ]
    # The log keeps the last of several.
    assert device.log()[-1]["query"] == {"filter": "type==ipmask", "count": "1", "with_meta": "true", "vdom": "root"}


def test_what_the_device_says_of_a_write_decides(device: Simulator) -> None:
    first, again = (send(device, "PUT", PATH, body={"comment": "x"}) for _ in range(2))
    assert (first["changed"], again["changed"]) == (True, False)
    assert first["request"] == {
        "method": "PUT",
        "path": "/api/v2/cmdb/firewall/address/web%201%2Fa",
        "body": {"comment": "x"},
    }
    # Nothing is said of operations.
    generated = {"path": "monitor/system/api-user/generate-key", "body": '{"api-user": "anna"}'}
    send(device, "POST", "cmdb/system/api-user", body={"name": "anna", "accprofile": "super_admin"})
    assert send(device, "POST", **generated)["changed"]


def test_several_vdoms_answer_in_a_list(device: Simulator) -> None:
    answer = send(device, "GET", TABLE, query={"vdom": "*"}, vdom="root")
    assert [item["vdom"] for item in answer["response"]] == ["root", "dmz"]


def test_check_mode_sends_no_write(device: Simulator) -> None:
    before = writes(device)
    for method in ("POST", "PUT", "DELETE"):
        answer = send(device, method, PATH, body={"comment": "x"}, check=True)
        assert answer["changed"]
        assert answer["request"]["method"] == method
        assert "response" not in answer
    looked = send(device, "PUT", PATH, body={"comment": "x"}, compare=True, check=True)
    assert looked["before"][0]["comment"] == ""
    assert "after" not in looked
    assert writes(device) == before


def test_compared_is_what_is_at_the_path(device: Simulator) -> None:
    body = {"comment": "x"}
    first, again = (send(device, "PUT", PATH, body=body, compare=True) for _ in range(2))
    assert first["changed"]
    assert (first["before"][0]["comment"], first["after"][0]["comment"]) == ("", "x")
    assert '"comment": "x"' in first["diff"]["after"]
    assert not again["changed"]
    assert "diff" not in again


def test_a_compared_change_that_does_not_show_is_one(device: Simulator) -> None:
    clone = send(device, "POST", PATH, query={"action": "clone", "nkey": "web 2"}, compare=True)
    assert (clone["changed"], clone["before"] == clone["after"]) == (True, True)
    send(device, "POST", "cmdb/user/local", body={"name": "anna", "type": "password", "passwd": "one"})
    user = "cmdb/user/local/anna"
    assert send(device, "PUT", user, body={"passwd": "two"}, compare=True)["changed"]
    assert not send(device, "PUT", user, body={"status": "enable"}, compare=True)["changed"]


def test_a_compared_delete_is_idempotent(device: Simulator) -> None:
    foretold = send(device, "DELETE", PATH, compare=True, check=True)
    done = send(device, "DELETE", PATH, compare=True)
    for answer in (foretold, done):
        assert answer["changed"]
        assert answer["after"] is None
        assert answer["diff"]["after"] == ""
    before = writes(device)
    again = send(device, "DELETE", PATH, compare=True)
    assert (again["changed"], again["before"], again["after"]) == (False, None, None)
    assert writes(device) == before


def test_what_cannot_be_read_is_not_compared(device: Simulator) -> None:
    before = writes(device)
    answer = send(device, "POST", "monitor/system/api-user/generate-key", body={"api-user": "anna"}, compare=True)
    assert answer["msg"].endswith("Leave out compare: what is at this path cannot be read.")
    assert writes(device) == before


def test_an_error_is_in_our_words(device: Simulator) -> None:
    answer = send(device, "PUT", f"{TABLE}/nothing", body={"comment": "x"})
    assert answer["error"]["type"] == "NotFoundError"
    assert answer["msg"].startswith(
        "Firewall/address 'nothing' does not exist (PUT /api/v2/cmdb/firewall/address/nothing;"
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            {"path": "cmdb/firewall/address?x=1"},
            "path: 'cmdb/firewall/address?...' is no path in the API. Write it like",
        ),
        ({"path": "cmdb/../logincheck"}, "path: 'cmdb/../logincheck' is no path in the API. Write it like"),
        ({"path": "https://fw/api/v2/cmdb"}, "path: 'https://fw/api/v2/cmdb' is no path in the API. Write it like"),
        ({"path": "/"}, "path: '/' is no path in the API. Write it like"),
        ({"path": TABLE, "body": {}}, "body: a GET has none. Give its parameters in query, or name another method."),
        ({"path": TABLE, "method": "POST", "body": "a=b"}, "body: is a text that is not JSON (Expecting value: line 1"),
    ],
)
def test_what_is_no_request_is_not_sent(device: Simulator, arguments: dict[str, Any], words: str) -> None:
    before = len(device.log())
    assert run(device, rest.JOB, arguments)["msg"].startswith(words)
    assert len(device.log()) == before


SECRET = "hunter2-hunter2"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("cmdb/user/local", {"name": "anna", "type": "password", "passwd": SECRET}),
        ("cmdb/user/local", f'{{"name": "anna", "type": "password", "passwd": "{SECRET}"}}'),
        ("cmdb/user/local", {"name": "anna", "type": "password", "passwd": SECRET, "status": "sometimes"}),
        ("cmdb/user/group/g1/guest", {"id": 1, "password": SECRET}),
        ("monitor/user/local/change-password", {"username": "anna", "new_password": SECRET}),
        ("monitor/no/such", f"new_password={SECRET}"),
    ],
)
@pytest.mark.parametrize("check", [True, False])
def test_no_secret_of_a_body_shows(device: Simulator, path: str, body: Any, check: bool) -> None:
    answer = send(device, "POST", path, body=body, check=check)
    assert SECRET not in repr(answer)
    assert "anna" in repr(answer) or "anna" not in repr(body)


def test_no_secret_of_the_configuration_shows(device: Simulator) -> None:
    body = {"name": "anna", "type": "password", "passwd": SECRET}
    send(device, "POST", "cmdb/user/local", body=body)
    for options in ({"method": "GET"}, {"method": "PUT", "body": {"status": "disable"}, "compare": True}):
        answer = send(device, path="cmdb/user/local/anna", **options)
        assert "ENC " not in repr(answer)
        assert "'passwd': '********'" in repr(answer) or '"passwd": "********"' in repr(answer)


def test_arguments_that_are_refused_show_no_secret_either(device: Simulator) -> None:
    answer = send(device, "PATCH", "cmdb/user/local", body={"passwd": SECRET})
    assert answer["msg"].startswith("value of method must be one of: GET, POST, PUT, DELETE, got: PATCH")
    assert SECRET not in repr(answer)
    assert SECRET not in repr(send(device, "GET", f"cmdb/user/local?access_token={SECRET}"))


def test_a_file_comes_in_base64(device: Simulator) -> None:
    from tests.simulator.operations.registry import HANDLERS, File

    HANDLERS["GET", "monitor/test/file"] = lambda operation: File("a.bin", b"\x00\x01")
    try:
        answer = send(device, "GET", "monitor/test/file")
    finally:
        del HANDLERS["GET", "monitor/test/file"]
    assert base64.b64decode(answer["content"]) == b"\x00\x01"
    assert answer["encoding"] == "base64"
