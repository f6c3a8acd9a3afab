# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Large tasks: the work grows with the number of objects, and how they are sent keeps what the table promises."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.connection import Client
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.errors import DuplicateError
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.http.interface import Outcome, Request
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.schema import Schema
from ansible_collections.hfortix.fortios.plugins.module_utils.resource.engine import run
from ansible_collections.hfortix.fortios.plugins.module_utils.resource.task import Result, Task

CATALOG = Path(__file__).resolve().parents[3] / "generator/catalog/cmdb"
#: So many times as many objects may take `TIMES * SLACK` times as long; what is quadratic takes `TIMES` times `TIMES`.
TIMES, SLACK = 12, 2.5


def schema(path: str) -> Schema:
    return Schema.from_facts(json.loads((CATALOG / f"{path}.json").read_text()))


ADDRESS, GROUP, POLICY = schema("firewall/address"), schema("firewall/addrgrp"), schema("firewall/policy")


@dataclass
class Sink(Client):
    """Answers reads with `rows`, and every write with success but those of `refused` names; keeps the batches."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    refused: frozenset[str] = frozenset()
    batches: list[tuple[list[Request], int | None, bool]] = field(default_factory=list)

    def batch(self, requests: Sequence[Request], *, parallel: int | None = None, stop: bool = False) -> list[Outcome]:
        self.batches.append((list(requests), parallel, stop))
        return [self._outcome(request) for request in requests]

    def _outcome(self, request: Request) -> Outcome:
        if request.method == "GET":
            return Outcome(request, {"results": self.rows, "version": "v7.6.5", "vdom": "root"})
        if (request.json or {}).get("name") in self.refused:
            return Outcome(request, error=DuplicateError("it exists", code=-5, status=500))
        return Outcome(request, {"status": "success", "mkey": (request.json or {}).get("name", "1")})


def rows(count: int, **more: Any) -> list[dict[str, Any]]:
    return [
        {"name": f"a{number}", "subnet": f"10.{number >> 8 & 255}.{number & 255}.0 255.255.255.0", **more}
        for number in range(count)
    ]


def config(count: int, **more: Any) -> list[dict[str, Any]]:
    return [
        {"name": f"a{number}", "subnet": f"10.{number >> 8 & 255}.{number & 255}.0/24", **more}
        for number in range(count)
    ]


def create(count: int) -> Result:
    return run(ADDRESS, Sink(), Task("merged", config(count)))


def no_change(count: int) -> Result:
    return run(ADDRESS, Sink(rows(count)), Task("merged", config(count), diff=True))


def update(count: int) -> Result:
    return run(ADDRESS, Sink(rows(count)), Task("replaced", config(count, comment="new"), diff=True))


def override(count: int) -> Result:
    return run(ADDRESS, Sink(rows(count)), Task("overridden", config(1)))


def members(count: int) -> Result:
    names = [f"a{number}" for number in range(count)]
    group = {"name": "g", "member": [{"name": name} for name in names]}
    return run(GROUP, Sink([group]), Task("replaced", [{"name": "g", "member": names}]))


def reverse(count: int) -> Result:
    policies = [{"policyid": number, "name": f"p{number}"} for number in range(1, count + 1)]
    return run(POLICY, Sink(policies), Task("merged", policies[::-1], ordered=True))


@pytest.mark.parametrize(
    ("work", "count", "changed"),
    [
        (create, 100, True),
        (no_change, 100, False),
        (update, 100, True),
        (override, 200, True),
        (members, 50, False),
        (reverse, 100, True),
    ],
)
def test_the_work_grows_with_the_number_of_objects(work: Callable[[int], Result], count: int, changed: bool) -> None:
    assert work(count).changed is changed
    few, many = (min(_seconds(work, number) for _ in range(3)) for number in (count, count * TIMES))
    assert many < few * TIMES * SLACK


def _seconds(work: Callable[[int], Result], count: int) -> float:
    began = time.process_time()
    work(count)
    return time.process_time() - began


def test_an_unordered_table_is_written_in_one_batch_with_the_width_of_the_task() -> None:
    sink = Sink()
    run(ADDRESS, sink, Task("merged", config(300), parallel=7))
    [read, written] = sink.batches
    assert [request.method for request in read[0]] == ["GET"]
    assert (len(written[0]), *written[1:]) == (300, 7, False)


@pytest.mark.parametrize("parallel", [None, 10])
def test_an_ordered_table_is_written_one_by_one_in_the_order_of_the_list(parallel: int | None) -> None:
    sink = Sink()
    names = [f"p{number}" for number in (5, 1, 4, 2, 3)]
    run(POLICY, sink, Task("merged", [{"name": name} for name in names], parallel=parallel))
    [_read, (requests, width, stop)] = sink.batches
    assert [request.json["name"] for request in requests] == names
    assert (width, stop) == (1, True)


def test_moves_are_made_one_by_one_in_their_order() -> None:
    sink = Sink([{"policyid": number, "name": f"p{number}"} for number in range(1, 6)])
    run(POLICY, sink, Task("merged", [{"policyid": number} for number in (5, 4, 3, 2, 1)], ordered=True, parallel=10))
    [_read, (requests, width, stop)] = sink.batches
    assert [request.path.rpartition("/")[2] for request in requests] == ["5", "4", "3", "2"]
    assert all(request.params["action"] == "move" for request in requests)
    assert (width, stop) == (1, True)


def test_a_failure_among_many_is_told_of_with_its_key_and_the_rest_is_done() -> None:
    sink = Sink(refused=frozenset({"a7", "a250"}))
    result = run(ADDRESS, sink, Task("merged", config(300)))
    assert [item["key"] for item in result.failed_objects] == ["a7", "a250"]
    assert result.changed
    assert len(result.after) == 298
    assert [item["outcome"] for item in result.requests].count("done") == 298
