# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The modules of monitor, log and service endpoints: what each kind takes, sends and returns."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

import pytest

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge import operation as subject
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.connection import Client
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.main import call
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.waiting import Boot, Waited
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.errors import (
    NotFoundError,
    PermissionDeniedError,
)
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.http.files import FileContent
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.http.interface import Outcome, Request
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.operations import Log, Monitor

SECRET = "s3cret-word"
ENVELOPE = {"version": "v7.6.5", "serial": "FGT1", "vdom": "root", "status": "success"}
META = {"release": "7.6.5", "serial": "FGT1", "vdom": "root"}


class Interface(Monitor[Any]):
    FACTS: ClassVar[Any] = {
        "path": "system/interface",
        "methods": {"GET": {"params": {"interface-name": {"type": "string"}, "include_vlan": {"type": "boolean"}}}},
    }


class Sessions(Monitor[Any]):
    FACTS: ClassVar[Any] = {
        "path": "firewall/sessions",
        "methods": {"GET": {"params": {"count": {"type": "integer", "required": True}, "ids": {"type": "array"}}}},
    }


class Check(Monitor[Any]):
    FACTS: ClassVar[Any] = {
        "path": "user/test",
        "reads": True,
        "methods": {"POST": {"params": {"secret": {"type": "string", "secret": True}}}},
    }


class Account(Monitor[Any]):
    FACTS: ClassVar[Any] = {
        "path": "account/create",
        "access_group": "sysgrp.cfg",
        "methods": {
            "POST": {
                "params": {
                    "mkey": {"type": "string", "required": True},
                    "password": {"type": "string", "secret": True},
                    "details": {"type": "object"},
                }
            }
        },
    }


class Upload(Monitor[Any]):
    FACTS: ClassVar[Any] = {
        "path": "script/upload",
        "methods": {
            "POST": {"params": {"name": {"type": "string"}, "file_content": {"type": "string", "required": True}}}
        },
    }


class Debug(Monitor[Any]):
    FACTS: ClassVar[Any] = {"path": "debug/download", "download": "file", "methods": {"GET": {"params": {}}}}


class Backup(Monitor[Any]):
    FACTS: ClassVar[Any] = {
        "path": "config/backup",
        "download": "file",
        "reads": True,
        "methods": {"POST": {"params": {"password": {"type": "string", "secret": True}}}},
    }


class Reboot(Monitor[Any]):
    FACTS: ClassVar[Any] = {"path": "os/reboot", "restarts": True, "methods": {"POST": {"params": {}}}}


_LOG_PARAMS = {
    "rows": {"type": "integer"},
    "session_id": {"type": "integer"},
    "serial_no": {"type": "string"},
    "filter": {"type": "string"},
}


class Event(Log[Any]):
    FACTS: ClassVar[Any] = {
        "path": "{source}/event",
        "sources": ["disk", "memory"],
        "methods": {"GET": {"params": _LOG_PARAMS}},
    }


class Raw(Log[Any]):
    FACTS: ClassVar[Any] = {**Event.FACTS, "path": "{source}/event/raw", "download": "text"}


class Fake(Client):
    """A device that gives one answer after the other, and the last again."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.sent: list[Request] = []

    def batch(self, requests: Sequence[Request], *, parallel: int | None = None, stop: bool = False) -> list[Outcome]:
        self.sent += requests
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return [
            Outcome(item, error=answer) if isinstance(answer, Exception) else Outcome(item, answer) for item in requests
        ]


def answer(results: Any) -> dict[str, Any]:
    return {"results": results, **ENVELOPE}


def run(endpoint: Any, client: Client, *, check: bool = False, **arguments: Any) -> dict[str, Any]:
    result = call(subject.job(endpoint), "module", arguments, lambda params: client, check=check, diff=False)
    del result["invocation"]
    return result


# What modules take


def options(endpoint: Any) -> set[str]:
    return subject.job(endpoint).argument_spec.keys() - {
        "host", "port", "token", "username", "password", "validate_certs", "ca_path", "timeout",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("endpoint", "expected"),
    [
        (Interface, {"params", "filter", "sort", "fields", "start", "count", "vdom"}),
        (Sessions, {"params", "filter", "sort", "fields", "vdom"}),
        (Check, {"params", "vdom"}),
        (Account, {"params", "vdom"}),
        (Upload, {"params", "src", "vdom"}),
        (Debug, {"dest", "vdom"}),
        (Reboot, {"wait", "wait_timeout", "vdom"}),
        (Event, {"params", "source", "rows", "filter", "vdom"}),
        (Raw, {"params", "source", "rows", "filter", "dest", "vdom"}),
    ],
)
def test_options_follow_from_the_nature_of_the_endpoint(endpoint: Any, expected: set[str]) -> None:
    assert options(endpoint) == expected


def test_parameters_have_their_types_and_secrets_are_marked() -> None:
    spec = subject.job(Account).argument_spec["params"]
    assert spec["required"]
    assert spec["options"] == {
        "mkey": {"type": "str", "required": True, "no_log": False},
        "password": {"type": "str", "no_log": True},
        "details": {"type": "dict"},
    }
    assert subject.job(Event).argument_spec["params"]["options"] == {"serial_no": {"type": "str"}}


# Reading


@pytest.mark.parametrize("check", [False, True])
def test_reading_returns_what_the_device_says(check: bool) -> None:
    client = Fake(answer({"port1": {"link": True}}))
    result = run(
        Interface, client, check=check, params={"interface_name": "port1", "include_vlan": True}, sort="name,dsc"
    )
    assert result == {"changed": False, "response": {"port1": {"link": True}}, "meta": META}
    assert client.sent == [
        Request(
            "GET",
            "/api/v2/monitor/system/interface",
            {"sort": "name,dsc", "interface-name": "port1", "include_vlan": "true"},
        )
    ]


def test_conditions_are_sent_as_they_are() -> None:
    """A comma inside a condition joins alternatives; it does not part two conditions."""
    client = Fake(answer([]))
    run(Interface, client, filter="name==a,name==b", fields=["name", "link"], start=10, count=5)
    run(Interface, client, filter=["name==a,name==b", "link==true"])
    assert client.sent[0].params == {"filter": "name==a,name==b", "format": "name|link", "start": 10, "count": 5}
    assert client.sent[1].params == {"filter": ["name==a,name==b", "link==true"]}


def test_the_results_of_several_vdoms_come_by_name() -> None:
    client = Fake([answer([1]), {**answer([2]), "vdom": "lab"}])
    result = run(Interface, client, vdom=["root", "lab"])
    assert result["response"] == {"root": [1], "lab": [2]}
    assert result["meta"] == {"release": "7.6.5", "serial": "FGT1"}
    assert client.sent[0].params == {"vdom": ["root", "lab"]}


@pytest.mark.parametrize("empty", ["", [], [""]])
def test_an_empty_option_is_as_one_not_given(empty: Any) -> None:
    client = Fake(answer([]))
    run(Interface, client, vdom=empty, filter=empty, sort=empty, fields=empty, start=0)
    assert client.sent[0].params == {"start": 0}


def test_a_list_repeats_the_parameter() -> None:
    client = Fake(answer([]))
    run(Sessions, client, params={"count": 20, "ids": [1, True]})
    assert client.sent[0].params == {"count": 20, "ids": [1, "true"]}


def test_a_question_by_post_is_asked_in_check_mode_too() -> None:
    client = Fake(answer({"ok": True}))
    assert run(Check, client, check=True, params={"secret": SECRET})["response"] == {"ok": True}
    assert client.sent == [Request("POST", "/api/v2/monitor/user/test", json={"secret": SECRET})]


def test_an_error_tells_its_facts_and_what_may_be_missing() -> None:
    path = "/api/v2/monitor/system/interface"
    result = run(Interface, Fake(NotFoundError("x does not exist", path=path, status=404, hint="Create it")))
    assert result["failed"]
    assert result["error"]["status"] == 404
    assert result["msg"] == (
        "The device does not find monitor/system/interface, or what the parameters name (HTTP 404). Its release, its "
        "model or a license may lack the endpoint; else check the parameters and the vdom."
    )


def test_a_log_that_is_missing_is_told_with_its_source() -> None:
    result = run(Event, Fake(NotFoundError("x", path="/api/v2/log/memory/event", status=404)), source="memory")
    assert result["msg"].startswith("The device does not find log/memory/event, or what the parameters name")


@pytest.mark.parametrize(
    ("endpoint", "given", "told"),
    [
        (Account, {"params": {"mkey": "a"}}, "; the access group is sysgrp.cfg"),
        (
            Account,
            {"params": {"mkey": "a"}, "vdom": "lab"},
            "; the access group is sysgrp.cfg; there may be no vdom lab",
        ),
        (Interface, {"vdom": ["a", "b"]}, "; there may be no vdom a, b"),
        (Interface, {}, ""),
    ],
)
def test_a_refused_administrator_is_told_what_may_be_wrong(endpoint: Any, given: dict[str, Any], told: str) -> None:
    error = PermissionDeniedError("access denied", status=403, hint="Check the access profile")
    assert run(endpoint, Fake(error), **given)["msg"] == f"Access denied (HTTP 403). Check the access profile{told}."


# Acting


def test_acting_tells_what_it_sent_without_secrets() -> None:
    client = Fake(answer({"created": SECRET}))
    given = {"mkey": "a", "password": SECRET, "details": {"token": "t", "size": 1}}
    foretold = run(Account, client, check=True, params=given, vdom="lab")
    assert client.sent == []
    done = run(Account, client, params=given, vdom="lab")
    assert client.sent[0].json == given
    request = {
        "method": "POST",
        "path": "/api/v2/monitor/account/create",
        "params": {"vdom": "lab"},
        "body": {"mkey": "a", "password": "********", "details": {"token": "********", "size": 1}},
    }
    assert foretold == {"changed": True, "request": request}
    assert done["request"] == request
    assert (done["changed"], done["meta"]) == (True, META)
    assert SECRET not in str(done)


def test_acting_in_several_vdoms_tells_of_each() -> None:
    done, refusal = {**answer([1]), "vdom": "a"}, {**ENVELOPE, "vdom": "b", "status": "error", "error": -3}
    assert run(Account, Fake([done]), params={"mkey": "x"}, vdom="*")["response"] == {"a": [1]}
    result = run(Account, Fake([done, refusal]), params={"mkey": "x"}, vdom="*")
    assert (result["failed"], result["error"]["code"]) == (True, -3)


@pytest.mark.parametrize("check", [False, True])
def test_a_missing_parameter_is_told_in_either_mode(check: bool) -> None:
    client = Fake(answer(None))
    assert run(Account, client, check=check, params={})["msg"] == "missing required arguments: mkey found in params"
    assert run(Account, client, check=check)["msg"] == "missing required arguments: params"
    assert client.sent == []


def test_a_file_is_sent_by_its_path(tmp_path: Path) -> None:
    source = tmp_path / "script.txt"
    source.write_text("config system global")
    client = Fake(answer(None))
    foretold = run(Upload, client, check=True, src=str(source), params={"name": "x"})
    done = run(Upload, client, src=str(source), params={"name": "x"})
    (sent,) = client.sent
    assert isinstance(sent.json["file_content"], FileContent)
    assert sent.json["file_content"].path == source
    assert sent.timeout == subject.FILE_SECONDS
    assert foretold["request"] == done["request"]
    assert done["request"]["body"] == {"name": "x", "file_content": f"<content of {source}>"}


@pytest.mark.parametrize("check", [False, True])
def test_a_file_that_is_not_there_is_told_in_either_mode(check: bool, tmp_path: Path) -> None:
    client = Fake(answer(None))
    assert (
        run(Upload, client, check=check, src=str(tmp_path / "none"))["msg"] == f"src: there is no file {tmp_path}/none."
    )
    assert run(Upload, client, check=check, src=str(tmp_path))["msg"] == f"src: there is no file {tmp_path}."
    assert run(Upload, client, check=check, src="")["msg"] == "src: is empty. Name the file."
    assert client.sent == []


@pytest.mark.parametrize(("wait", "seconds"), [(True, 90), (False, None)])
def test_a_restart_is_waited_for_if_asked(wait: bool, seconds: float | None, monkeypatch: pytest.MonkeyPatch) -> None:
    waited = Waited(42.0, Boot("7.4.4"), Boot("7.6.5"))
    asked = []

    def restart(client: Client, request: Request, limit: float | None) -> tuple[Any, Waited | None]:
        asked.append((request.path, limit))
        return answer(None), waited if limit else None

    monkeypatch.setattr(subject, "restart", restart)
    result = run(Reboot, Fake(None), wait=wait, wait_timeout=90)
    assert asked == [("/api/v2/monitor/os/reboot", seconds)]
    assert result.get("restart") == ({"seconds": 42.0, "before": "7.4.4", "after": "7.6.5"} if wait else None)


def test_an_answer_that_is_a_secret_is_for_registered_variables() -> None:
    class Key(Account):
        FACTS: ClassVar[Any] = {**Account.FACTS, "tells_secret": True}

    assert subject.job(Key).secrets == {"response"}
    assert subject.job(Account).secrets == set()


def test_an_answer_without_results_gives_none() -> None:
    envelope = {"http_method": "POST", **ENVELOPE}
    assert run(Account, Fake(envelope), params={"mkey": "a"})["response"] is None
    bare = {"status": "success", "id": 5}
    assert run(Account, Fake(bare), params={"mkey": "a"})["response"] == bare


def test_a_refusal_in_a_success_is_a_refusal() -> None:
    refusal = {"http_method": "POST", **ENVELOPE, "status": "error", "error": -3}
    for endpoint, given in ((Account, {"mkey": "a"}), (Check, {})):
        result = run(endpoint, Fake(refusal), params=given)
        assert result["failed"]
        assert result["error"]["code"] == -3


def test_no_time_to_wait_is_refused() -> None:
    message = "wait_timeout: 0 is too short. Give at least 1 second, or wait: false."
    assert run(Reboot, Fake(None), check=True, wait=True, wait_timeout=0)["msg"] == message


# Fetching


def test_a_file_is_written_once(tmp_path: Path) -> None:
    dest = tmp_path / "debug.log"
    client = Fake(b"one")
    foretold = run(Debug, client, check=True, dest=str(dest))
    assert not dest.exists()
    done = run(Debug, client, dest=str(dest))
    assert (
        foretold
        == done
        == {
            "changed": True,
            "dest": str(dest),
            "size": 3,
            "checksum": "7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed",
        }
    )
    assert dest.read_bytes() == b"one"
    assert stat.S_IMODE(dest.stat().st_mode) == 0o600
    assert not run(Debug, client, dest=str(dest))["changed"]
    assert not run(Debug, client, check=True, dest=str(dest))["changed"]
    assert list(tmp_path.iterdir()) == [dest]


def test_a_file_is_not_touched_when_the_device_refuses(tmp_path: Path) -> None:
    dest = tmp_path / "debug.log"
    dest.write_text("old")
    assert run(Debug, Fake(NotFoundError("nothing there")), dest=str(dest))["failed"]
    result = run(Debug, Fake(answer([])), dest=str(dest))
    assert result["msg"].startswith("The device sent no file")
    assert dest.read_text() == "old"
    assert list(tmp_path.iterdir()) == [dest]


@pytest.mark.parametrize("check", [False, True])
def test_a_place_where_no_file_can_be_is_told_before_anything_is_sent(check: bool, tmp_path: Path) -> None:
    client = Fake(b"one")
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for dest, message in (
        (tmp_path, f"dest: {tmp_path} is a folder. Name the file in it."),
        (tmp_path / "none" / "x", f"dest: there is no folder {tmp_path}/none. Create it first."),
        ("", "dest: is empty. Name the file."),
        ("/dev/null", "dest: /dev/null is no regular file. Name another one."),
        (pipe, f"dest: {pipe} is no regular file. Name another one."),
        (tmp_path / ("x" * 300), f"dest: {tmp_path}/{'x' * 300} cannot be a file: File name too long."),
        (f"{tmp_path}/a\0b", f"dest: {tmp_path}/a\0b cannot be a file: embedded null byte."),
    ):
        assert run(Debug, client, check=check, dest=str(dest))["msg"] == message
    assert client.sent == []


def test_a_file_with_the_longest_name_is_written(tmp_path: Path) -> None:
    dest = tmp_path / ("x" * 255)
    assert run(Debug, Fake(b"one"), dest=str(dest))["changed"]
    assert dest.read_bytes() == b"one"


@pytest.mark.parametrize("check", [False, True])
def test_a_file_is_not_shown_for_want_of_a_name(check: bool) -> None:
    client = Fake(SECRET.encode())
    for endpoint in (Debug, Backup, Raw):
        assert run(endpoint, client, check=check, dest="")["msg"] == "dest: is empty. Name the file."
    assert client.sent == []


def test_a_file_by_post_is_not_asked_for_in_check_mode(tmp_path: Path) -> None:
    client = Fake(b"one")
    dest = str(tmp_path / "backup.conf")
    assert run(Backup, client, check=True, params={"password": SECRET}, dest=dest) == {
        "changed": True,
        "dest": dest,
        "request": {
            "method": "POST",
            "path": "/api/v2/monitor/config/backup",
            "body": {"password": "********"},
        },
    }
    assert client.sent == []
    assert run(Backup, client, params={"password": SECRET}, dest=dest)["size"] == 3


# Logs


def page(*numbers: int, **said: Any) -> dict[str, Any]:
    return {**answer([{"logid": number} for number in numbers]), **said}


def test_log_entries_come_in_pages() -> None:
    client = Fake(page(1, 2, completed=50, total_lines=2, session_id=9), page(3, completed=100, total_lines=3))
    result = run(Event, client, source="memory", rows=5, filter="level==error", params={"serial_no": "FGT2"})
    assert [row["logid"] for row in result["response"]] == [1, 2, 3]
    assert result["complete"]
    assert result["meta"] == {**META, "completed": 100, "total_lines": 3}
    asked = {"serial_no": "FGT2", "filter": "level==error"}
    assert [dict(request.params) for request in client.sent] == [
        {**asked, "start": 0, "rows": 5},
        {**asked, "session_id": 9, "start": 2, "rows": 3},
    ]
    assert {request.path for request in client.sent} == {"/api/v2/log/memory/event"}


@pytest.mark.parametrize("endpoint", [Event, Raw])
def test_at_least_one_row_is_asked_for(endpoint: Any) -> None:
    assert run(endpoint, Fake(page()), rows=0)["msg"] == "rows: at least 1, not 0."


@pytest.mark.parametrize("vdom", ["*", "root,lab"])
@pytest.mark.parametrize("endpoint", [Event, Raw])
def test_a_log_is_read_in_one_vdom_at_a_time(endpoint: Any, vdom: str) -> None:
    client = Fake(page())
    result = run(endpoint, client, vdom=vdom)
    assert result["msg"] == f"vdom: one virtual domain at a time, not {vdom}. Loop over them."
    assert client.sent == []


def test_the_text_of_a_log_is_returned_or_written(tmp_path: Path) -> None:
    client = Fake("date=2026-01-01 ü\n".encode())
    assert run(Raw, client, rows=7) == {"changed": False, "content": "date=2026-01-01 ü\n"}
    assert client.sent[0].path == "/api/v2/log/disk/event/raw"
    assert client.sent[0].params == {"rows": 7}
    assert run(Raw, client, dest=str(tmp_path / "log"))["changed"]
