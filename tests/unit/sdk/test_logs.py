# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reading a log page by page: what is asked for, when it ends, and what is told about completeness."""

from __future__ import annotations

import re
from typing import Any

import pytest

from hfortix_fortios import FortiOSError, logs

from .conftest import Device, Mode, Says, Seen


class Log:
    """A log of `total` entries, of which so many (in percent) are found by each answer; then the last figure holds."""

    def __init__(self, total: int, *progress: int, **envelope: Any) -> None:
        self.total, self.progress, self.envelope = total, list(progress) or [100], envelope

    def __call__(self, seen: Seen) -> Says:
        start, rows = (int(re.findall(rf"{name}=(\d+)", seen.target)[0]) for name in ("start", "rows"))
        completed = self.progress.pop(0) if len(self.progress) > 1 else self.progress[0]
        found = self.total * completed // 100
        results = [{"logid": number} for number in range(start, min(start + rows, found))]
        said = {"completed": completed, "total_lines": found, "session_id": 7} | self.envelope
        told = {name: value for name, value in said.items() if value is not None}
        return Says(200, {"results": results, "status": "success", "vdom": "root", **told})


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "SEARCH_PAUSE", 0.0)


def read(mode: Mode, device: Device, log: Log, rows: int, **parameters: Any) -> logs.Entries:
    device.handle = log
    found: logs.Entries = mode(mode.fortios(device).api.log.event.system.entries(rows, source="disk", **parameters))
    return found


def test_pages_follow_one_another_in_one_search(mode: Mode, device: Device) -> None:
    found = read(mode, device, Log(2500), 1500, filter="level==warning")
    assert [row["logid"] for row in found.rows] == list(range(1500))
    assert device.lines == [
        "GET /api/v2/log/disk/event/system?filter=level%3D%3Dwarning&start=0&rows=1000",
        "GET /api/v2/log/disk/event/system?filter=level%3D%3Dwarning&session_id=7&start=1000&rows=500",
    ]
    assert (found.complete, found.total_lines, found.completed, found.session_id) == (False, 2500, 100, 7)


def test_a_log_with_fewer_entries_is_complete(mode: Mode, device: Device) -> None:
    found = read(mode, device, Log(1200), 5000)
    assert (len(found.rows), found.complete, len(device.seen)) == (1200, True, 2)


def test_exactly_all_entries_are_complete(mode: Mode, device: Device) -> None:
    assert read(mode, device, Log(100), 100).complete


def test_a_device_that_is_still_searching_is_asked_again(mode: Mode, device: Device) -> None:
    found = read(mode, device, Log(10, 0, 50, 50, 100), 100)
    assert [row["logid"] for row in found.rows] == list(range(10))
    assert (found.complete, found.completed, len(device.seen)) == (True, 100, 4)


def test_a_search_that_finds_nothing_more_is_given_up(
    mode: Mode, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logs, "SEARCH_TRIES", 3)
    found = read(mode, device, Log(10, 50), 100)
    assert (len(found.rows), found.complete, found.completed, len(device.seen)) == (5, False, 50, 4)


@pytest.mark.parametrize(("total", "complete"), [(3, True), (4, False), (0, True)])
def test_a_device_may_say_nothing_beside_the_entries(mode: Mode, device: Device, total: int, complete: bool) -> None:
    found = read(mode, device, Log(total, completed=None, total_lines=None, session_id=None), 4)
    assert (len(found.rows), found.complete, found.total_lines, found.completed) == (total, complete, None, None)
    assert "session_id" not in device.lines[0]


@pytest.mark.parametrize("results", [None, {}, []])
def test_an_empty_log_has_many_forms(mode: Mode, device: Device, results: Any) -> None:
    device.script = [Says(200, {"results": results, "completed": 100, "total_lines": 0})]
    found = mode(mode.fortios(device).api.log.virus.entries(source="disk"))
    assert (found.rows, found.complete) == ([], True)


def test_a_file_is_no_log(mode: Mode, device: Device) -> None:
    device.script = [Says(200, b"date=2026-01-01")]
    with pytest.raises(FortiOSError, match="the device's answer holds no results"):
        mode(mode.fortios(device).api.log.virus.entries(source="disk"))
