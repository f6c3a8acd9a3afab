# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers from files: which requests they meet, and what a file may hold."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from tests.simulator.app import application
from tests.simulator.device import Device
from tests.simulator.recorded import Recordings, plain_json

from .conftest import TOKEN, Clock, Fgt

ANSWER = """\
# api/v2/monitor/system/interface/select?vdom=*&include_vlan=true
[
  {"http_method": "GET", "results": {"port1": {"speed": 1000.00, /* a float */ "alias": "# no comment, // nor this"}},
   "status": "success",}, // the last one
]
"""
REFUSAL = (
    '// POST /api/v2/cmdb/firewall/address\n{"http_method": "POST", "error": -4, "status": "error", "http_status": 500}'
)


@pytest.fixture
def fgt(tmp_path: Path) -> Fgt:
    (tmp_path / "interface.jsonnet").write_text(ANSWER)
    (tmp_path / "refusal.json").write_text(REFUSAL)
    (tmp_path / "README.md").write_text("not an answer")
    return Fgt(Device(token=TOKEN, recordings=Recordings(tmp_path)), Clock())


async def test_recorded_request_is_answered_as_recorded(fgt: Fgt) -> None:
    for path in ("system/interface", "system/interface/select", "system/interface/"):
        answer = await fgt.get(f"/api/v2/monitor/{path}", include_vlan="true", vdom="*")
        (envelope,) = answer.json()
        assert envelope["results"]["port1"] == {"speed": 1000.0, "alias": "# no comment, // nor this"}
        assert "1000.00" in answer.text
    refused = await fgt.post("firewall/address", {"name": "one"})
    assert (refused.status_code, refused.json()["error"]) == (500, -4)


async def test_other_requests_are_not(fgt: Fgt) -> None:
    answer = await fgt.get("/api/v2/monitor/system/interface", include_vlan="true", vdom="root")
    assert "port2" in answer.json()["results"]
    assert isinstance(await fgt.rows("firewall/address"), list)
    await fgt.post("/__simulator__/reset")
    assert (await fgt.post("firewall/address", {"name": "one"})).status_code == 500


async def test_who_asks_is_checked_first(fgt: Fgt) -> None:
    transport = httpx.ASGITransport(application(fgt.device))
    async with httpx.AsyncClient(transport=transport, base_url="https://fgt") as nobody:
        assert (await nobody.post("/api/v2/cmdb/firewall/address", json={})).status_code == 401


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"results": []}', "the first line names no request, as in # GET /api/v2/monitor/system/status"),
        ("# PATCH /api/v2/monitor/x\n{}", "the first line names no request"),
        ("# /api/v2/monitor/x\n{", "the answer is not JSON: Expecting"),
    ],
)
def test_files_that_are_no_answers(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "one.json").write_text(text)
    with pytest.raises(ValueError, match=rf"one\.json: {message}"):
        Recordings(tmp_path)


def test_folders_that_cannot_be_used(tmp_path: Path) -> None:
    for name in ("one.json", "two.json"):
        (tmp_path / name).write_text("# /api/v2/monitor/x\n{}")
    with pytest.raises(ValueError, match=r"two\.json: another file answers the same request"):
        Recordings(tmp_path)
    with pytest.raises(NotADirectoryError, match="nowhere is no folder"):
        Recordings(tmp_path / "nowhere")


def test_jsonnet_becomes_json() -> None:
    assert plain_json('{"a,}": "//", # x\n "b": [1, /* 2, */ ], }').split() == [
        '{"a,}":',
        '"//",',
        '"b":',
        "[1",
        "]",
        "}",
    ]
