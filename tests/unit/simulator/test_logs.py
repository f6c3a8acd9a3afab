# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The log API of the simulator: searches and their pages, text, archives."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from .conftest import Fgt, Start

LOG = "/api/v2/log"
FORWARD = f"{LOG}/disk/traffic/forward"


async def fill(fgt: Fgt, kind: str, count: int, **where: str) -> httpx.Response:
    return await fgt.post("/__simulator__/logs", {"type": kind, "count": count, **where})


async def pages(fgt: Fgt, path: str, rows: int, **query: Any) -> list[dict[str, Any]]:
    """Every entry, `rows` at a time, in one search."""
    found: list[dict[str, Any]] = []
    answer = (await fgt.get(path, rows=rows, **query)).json()
    while True:
        found += answer["results"]
        if answer["completed"] == 100 and len(found) >= answer["total_lines"]:
            return found
        answer = (await fgt.get(path, rows=rows, start=len(found), session_id=answer["session_id"])).json()


async def test_device_starts_without_entries(fgt: Fgt) -> None:
    answer = (await fgt.get(f"{LOG}/memory/event/system")).json()
    assert (answer["results"], answer["total_lines"], answer["completed"]) == ([], 0, 100)
    assert answer["status"] == "success"


async def test_pages_of_thousands(fgt: Fgt) -> None:
    await fill(fgt, "traffic/forward", 2500)
    found = await pages(fgt, FORWARD, 1000)
    assert len(found) == 2500
    assert len({entry["sessionid"] for entry in found}) == 2500
    times = [entry["eventtime"] for entry in found]
    assert times == sorted(times, reverse=True)
    assert {"date", "time", "logid", "type", "subtype", "level", "vd", "srcip", "dstip"} <= found[0].keys()
    assert (found[0]["type"], found[0]["subtype"], found[0]["vd"]) == ("traffic", "forward", "root")


async def test_rows_of_an_answer(fgt: Fgt) -> None:
    await fill(fgt, "virus", 2500)
    sizes = [len((await fgt.get(f"{LOG}/disk/virus", **query)).json()["results"]) for query in ({}, {"rows": "5000"})]
    assert sizes == [100, 1000]


async def test_filter_belongs_to_the_search(fgt: Fgt) -> None:
    await fill(fgt, "traffic/forward", 300)
    found = await pages(fgt, FORWARD, 20, filter="action==deny")
    assert len(found) == 75
    assert {entry["action"] for entry in found} == {"deny"}
    assert (await fgt.get(FORWARD, filter="action")).status_code == 500


async def test_search_that_takes_its_time(start: Start) -> None:
    fgt = start(log_search="gradual")
    await fill(fgt, "event/vpn", 50)
    first = (await fgt.get(f"{LOG}/disk/event/vpn")).json()
    assert (first["completed"], first["total_lines"], len(first["results"])) == (40, 20, 20)
    status = f"{LOG}/search/status/{first['session_id']}"
    assert (await fgt.get(status)).json()["results"] == {"session_id": 1, "completed": 40}
    assert len(await pages(fgt, f"{LOG}/disk/event/vpn", 7)) == 50


async def test_search_is_aborted(fgt: Fgt) -> None:
    await fill(fgt, "traffic/forward", 3)
    number = (await fgt.get(FORWARD)).json()["session_id"]
    assert (await fgt.post(f"{LOG}/search/abort/{number}")).json()["status"] == "success"
    assert (await fgt.get(FORWARD, session_id=number)).status_code == 404
    assert (await fgt.get(f"{LOG}/search/status/{number}")).status_code == 404
    assert (await fgt.get(f"{LOG}/search/status/first")).status_code == 400


async def test_logs_as_text(fgt: Fgt) -> None:
    await fill(fgt, "event/system", 5)
    answer = await fgt.get(f"{LOG}/disk/event/system/raw", filter="action==login")
    assert answer.headers["content-disposition"] == 'attachment; filename="disk-event-system.log"'
    assert answer.headers["content-type"].startswith("text/plain")
    lines = answer.text.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith('date="2026-01-01" time="00:00:00" eventtime=1767225600000000000 ')


async def test_archives(fgt: Fgt) -> None:
    assert (await fgt.get(f"{LOG}/disk/ips/archive")).json()["results"] == []
    assert (await fgt.get(f"{LOG}/disk/ips/archive-download", mkey=1)).status_code == 404
    await fill(fgt, "ips", 2)
    assert [item["mkey"] for item in (await fgt.get(f"{LOG}/disk/ips/archive")).json()["results"]] == [1, 2]
    for name in ("archive-download", "archive/download"):
        assert (await fgt.get(f"{LOG}/disk/ips/{name}", mkey=2)).content == b"archived ips 2\n"


async def test_entries_belong_to_a_source_and_a_vdom(start: Start) -> None:
    fgt = start(vdoms=("root", "blue"))
    await fill(fgt, "traffic/forward", 2, vdom="blue", source="memory")
    answers = (await fgt.get(f"{LOG}/memory/traffic/forward", vdom="*")).json()
    assert [(answer["vdom"], answer["total_lines"]) for answer in answers] == [("root", 0), ("blue", 2)]
    assert (await fgt.get(FORWARD, vdom="blue")).json()["total_lines"] == 0


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"type": "traffic/forwards"}, "no log traffic/forwards of disk"),
        ({"type": "virus", "source": "tape"}, "no log virus of tape"),
        ({"type": "search/status/1"}, "no log search/status/1 of disk"),
        ({"type": "virus", "vdom": "green"}, "no vdom green"),
    ],
)
async def test_entries_that_cannot_be(fgt: Fgt, facts: dict[str, str], message: str) -> None:
    answer = await fill(fgt, facts.pop("type"), 1, **facts)
    assert (answer.status_code, answer.json()["message"]) == (400, message)
