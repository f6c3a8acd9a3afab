# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Batches of calls: order, bounds, and an outcome for each, in both modes."""

from __future__ import annotations

import threading
import time
from functools import partial
from typing import Any

import pytest

from hfortix_fortios import Request, Result, errors

from .conftest import Device, Mode, Says, Seen

ADDRESS = "/api/v2/cmdb/firewall/address"


def named(seen: Seen) -> Says:
    name = seen.target.rpartition("/")[2]
    return Says(404, b"") if name == "a3" else Says(200, {"results": [{"name": name}]})


def test_results_come_in_order_and_a_refusal_ends_nothing(mode: Mode, device: Device) -> None:
    device.handle = named
    fgt = mode.fortios(device)
    table = fgt.api.cmdb.firewall.address
    found = mode(fgt.batch([partial(table.get, f"a{number}") for number in range(9)], parallel=4))
    assert [one.value for one in found] == [{"name": f"a{number}"} if number != 3 else None for number in range(9)]
    assert [bool(one) for one in found] == [number != 3 for number in range(9)]
    assert isinstance(found[3].error, errors.NotFoundError)
    assert sorted(device.lines) == [f"GET {ADDRESS}/a{number}" for number in range(9)]


@pytest.mark.parametrize("parallel", [1, 4])
def test_no_more_at_a_time_than_wanted(mode: Mode, device: Device, parallel: int) -> None:
    now = most = 0
    lock = threading.Lock()

    def handle(seen: Seen) -> Says:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.02)
        with lock:
            now -= 1
        return named(seen)

    device.handle = handle
    fgt = mode.fortios(device)
    calls = [partial(fgt.api.cmdb.firewall.address.get, f"b{number}") for number in range(12)]
    assert all(mode(fgt.batch(calls, parallel=parallel)))
    assert min(parallel, 2) <= most <= parallel


def test_none_at_a_time_is_refused(mode: Mode, device: Device) -> None:
    fgt = mode.fortios(device)
    for parallel in (0, -3):
        with pytest.raises(ValueError, match=r"^parallel is a number of calls at a time, at least 1$"):
            fgt.batch([fgt.api.cmdb.firewall.address.get], parallel=parallel)
        with pytest.raises(ValueError, match=r"^parallel is a number of requests in flight, at least 1$"):
            mode(fgt.client.batch([Request("GET", ADDRESS)], parallel=parallel))
    assert device.seen == []


def test_nothing_to_do(mode: Mode, device: Device) -> None:
    assert mode(mode.fortios(device).batch([])) == []
    assert device.seen == []


@pytest.mark.parametrize("parallel", [1, 4])
def test_an_error_of_any_kind_is_the_outcome_of_its_call(mode: Mode, device: Device, parallel: int) -> None:
    device.handle = named
    fgt = mode.fortios(device)
    table = fgt.api.cmdb.firewall.address
    calls: list[Any] = [
        partial(table.get, "a"),
        lambda: 1 / 0,
        partial(table.move, "a"),
        partial(fgt.restore, "/nonexistent/file"),
        partial(table.get, "b"),
    ]
    found = mode(fgt.batch(calls, parallel=parallel))
    assert [type(one.error) for one in found] == [
        type(None), ZeroDivisionError, ValueError, FileNotFoundError, type(None),
    ]  # fmt: skip
    with pytest.raises(ZeroDivisionError):
        found[1].get()


class Interruption(BaseException):
    """What is no error, such as a KeyboardInterrupt."""


def test_an_interruption_ends_the_batch(mode: Mode, device: Device) -> None:
    def interrupt() -> Any:
        raise Interruption

    device.handle = named
    fgt = mode.fortios(device)
    table = fgt.api.cmdb.firewall.address
    calls: list[Any] = [partial(table.get, "a"), interrupt, *[partial(table.get, "b")] * 50]
    with pytest.raises(Interruption):
        mode(fgt.batch(calls, parallel=1))
    assert len(device.seen) < 50


def test_a_result_gives_its_value_or_raises() -> None:
    assert Result(0).get() == 0
    with pytest.raises(errors.NotFoundError, match="gone"):
        Result[int](error=errors.NotFoundError("gone")).get()
