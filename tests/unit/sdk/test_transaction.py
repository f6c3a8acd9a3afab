# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Transactions: what is sent in both modes, on every way out of the block."""

from __future__ import annotations

import asyncio
import inspect
import threading
from collections.abc import Callable
from typing import Any

import pytest

from hfortix_fortios import FortiOS, errors

from .conftest import DROP, Device, Mode, Says, Seen

CMDB = "/api/v2/cmdb"
ADDRESS = f"{CMDB}/firewall/address"
STARTED = Says(200, {"results": {"transaction-id": 19}, "status": "success"})
REFUSED = Says(500, {"status": "error", "error": -651, "http_status": 500})


class Stop(Exception):
    """What a user's program raises."""


def device_that(**answers: Says) -> Callable[[Seen], Says]:
    """A device that answers the transaction's calls (start, commit, abort) and writes (write) as given."""
    says = {"start": STARTED, "commit": Says(), "abort": Says(), "write": Says(200, {"status": "success"}), **answers}

    def handle(seen: Seen) -> Says:
        name = seen.target.partition("transaction-")[2].partition("&")[0]
        return says.get(name, says["write"])

    return handle


def wire(device: Device) -> list[tuple[str, str | None, Any]]:
    """Each request as its line, the transaction that it names, and its body."""
    return [(seen.line, seen.headers.get("x-transaction-id"), seen.json) for seen in device.seen]


def start(query: str = "action=transaction-start", timeout: int = 300) -> tuple[str, None, Any]:
    return f"POST {CMDB}?{query}", None, {"timeout": timeout}


def end(action: str, vdom: str = "") -> tuple[str, None, Any]:
    return f"POST {CMDB}?{vdom}action=transaction-{action}", None, {"transaction-id": 19}


def inside(mode: Mode, transaction: Any, block: Callable[[Any], list[Callable[[], Any]]]) -> None:
    """Make the calls of `block` one after the other in ``with transaction as it``, in the manner of the mode."""

    async def later() -> None:
        async with transaction as it:
            for call in block(it):
                found = call()
                if inspect.isawaitable(found):
                    await found

    if mode.asynchronous:
        mode.loop.run_until_complete(later())
        return
    with transaction as it:
        for call in block(it):
            call()


def stop() -> None:
    raise Stop


def test_writes_are_members_and_the_end_commits(mode: Mode, device: Device) -> None:
    device.handle = device_that()
    fgt = mode.fortios(device)
    table = fgt.api.cmdb.firewall.address
    inside(
        mode,
        fgt.transaction(timeout=60),
        lambda it: [
            lambda: table.post(name="a"),
            lambda: it.api.cmdb.firewall.address.delete("b"),
            lambda: fgt.request("PUT", f"{ADDRESS}/c", json={}),
        ],
    )
    mode(table.delete("d"))
    assert wire(device) == [
        start(timeout=60),
        (f"POST {ADDRESS}", "19", {"name": "a"}),
        (f"DELETE {ADDRESS}/b", "19", None),
        (f"PUT {ADDRESS}/c", "19", {}),
        end("commit"),
        (f"DELETE {ADDRESS}/d", None, None),
    ]


def test_the_vdom_of_a_transaction_is_that_of_its_members(mode: Mode, device: Device) -> None:
    device.handle = device_that()
    fgt = mode.fortios(device, vdom="root")
    inside(mode, fgt.transaction(vdom="lab"), lambda it: [lambda: fgt.api.cmdb.firewall.address.delete("a")])
    inside(mode, fgt.transaction(), lambda it: [lambda: it.api.cmdb.firewall.address.delete("a")])
    assert [line for line, _number, _body in wire(device)] == [
        f"POST {CMDB}?vdom=lab&action=transaction-start",
        f"DELETE {ADDRESS}/a?vdom=lab",
        f"POST {CMDB}?vdom=lab&action=transaction-commit",
        f"POST {CMDB}?vdom=root&action=transaction-start",
        f"DELETE {ADDRESS}/a?vdom=root",
        f"POST {CMDB}?vdom=root&action=transaction-commit",
    ]


@pytest.mark.parametrize(
    ("view", "query"),
    [
        (lambda fgt: fgt, "?vdom=dmz"),
        (lambda fgt: fgt.with_timeout(9), "?vdom=dmz"),
        (lambda fgt: fgt.in_vdom("lab"), "?vdom=lab"),
        (lambda fgt: fgt.in_vdom("lab").with_timeout(9), "?vdom=lab"),
        (lambda fgt: fgt.in_global(), "?global=1"),
    ],
)
def test_a_view_keeps_its_vdom_within_a_transaction(
    mode: Mode, device: Device, view: Callable[[Any], Any], query: str
) -> None:
    device.handle = device_that()
    fgt = mode.fortios(device, vdom="root")
    seen = view(fgt)
    inside(
        mode,
        fgt.transaction(vdom="dmz"),
        lambda it: [
            lambda: seen.api.cmdb.firewall.address.delete("a"),
            lambda: seen.api.cmdb.firewall.address.delete("b", vdom="other"),
        ],
    )
    assert wire(device)[1:-1] == [
        (f"DELETE {ADDRESS}/a{query}", "19", None),
        (f"DELETE {ADDRESS}/b?vdom=other", "19", None),
    ]


def test_the_tree_of_a_transaction_of_a_view_is_in_the_vdom_of_the_transaction(mode: Mode, device: Device) -> None:
    device.handle = device_that()
    lab = mode.fortios(device).in_vdom("lab")
    inside(mode, lab.transaction(vdom="dmz"), lambda it: [lambda: it.api.cmdb.firewall.address.delete("a")])
    assert wire(device)[1] == (f"DELETE {ADDRESS}/a?vdom=dmz", "19", None)


@pytest.mark.parametrize("vdom", [["root", "lab"], ("*",), "*", "root,lab"])
def test_a_transaction_of_several_vdoms_is_refused(mode: Mode, device: Device, vdom: Any) -> None:
    device.handle = device_that()
    several = mode.fortios(device).in_vdom(vdom)
    with pytest.raises(errors.InvalidValueError, match="a transaction belongs to one vdom, not to ") as caught:
        several.transaction()
    assert not caught.value.sent
    with pytest.raises(errors.InvalidValueError):
        several.transaction(vdom=vdom)
    inside(mode, several.transaction(vdom="lab"), lambda it: [])
    inside(mode, mode.fortios(device).in_vdom(["lab"]).transaction(), lambda it: [])
    assert device.lines[0] == device.lines[2] == f"POST {CMDB}?vdom=lab&action=transaction-start"


def test_requests_of_the_client_itself_are_no_members(mode: Mode, device: Device) -> None:
    device.handle = device_that()
    fgt = mode.fortios(device)
    inside(mode, fgt.transaction(), lambda it: [lambda: fgt.client.delete(f"{ADDRESS}/a")])
    assert wire(device)[1] == (f"DELETE {ADDRESS}/a", None, None)


@pytest.mark.parametrize("abort", [Says(), REFUSED, DROP])
def test_an_exception_aborts_and_goes_on(mode: Mode, device: Device, abort: Says) -> None:
    device.handle = device_that(abort=abort)
    fgt = mode.fortios(device)
    with pytest.raises(Stop):
        inside(mode, fgt.transaction(), lambda it: [lambda: fgt.api.cmdb.firewall.address.delete("a"), stop])
    assert wire(device) == [start(), (f"DELETE {ADDRESS}/a", "19", None), end("abort")]


def test_a_refused_write_aborts(mode: Mode, device: Device) -> None:
    device.handle = device_that(write=REFUSED)
    fgt = mode.fortios(device)
    with pytest.raises(errors.InvalidValueError):
        inside(mode, fgt.transaction(), lambda it: [lambda: fgt.api.cmdb.firewall.address.post(name="a")])
    assert [line for line, _number, _body in wire(device)][-1] == f"POST {CMDB}?action=transaction-abort"


def test_a_refused_commit_is_raised_after_an_abort(mode: Mode, device: Device) -> None:
    device.handle = device_that(commit=REFUSED, abort=DROP)
    with pytest.raises(errors.InvalidValueError):
        inside(mode, mode.fortios(device).transaction(), lambda it: [])
    assert wire(device) == [start(), end("commit"), end("abort")]


def test_a_refused_start_leaves_no_transaction(mode: Mode, device: Device) -> None:
    device.handle = device_that(start=Says(403, b""))
    fgt = mode.fortios(device)
    with pytest.raises(errors.PermissionDeniedError):
        inside(mode, fgt.transaction(), lambda it: [stop])
    mode(fgt.api.cmdb.firewall.address.delete("a"))
    assert wire(device)[1:] == [(f"DELETE {ADDRESS}/a", None, None)]


def test_a_device_without_transactions(mode: Mode, device: Device) -> None:
    device.handle = device_that(start=Says(200, {"status": "success"}))
    with pytest.raises(errors.UnsupportedError, match="gave no transaction number"):
        inside(mode, mode.fortios(device).transaction(), lambda it: [stop])


def test_what_comes_late_is_not_sent(mode: Mode, device: Device) -> None:
    device.handle = device_that()
    kept: list[Any] = []
    inside(mode, mode.fortios(device).transaction(), lambda it: [lambda: kept.append(it)])
    with pytest.raises(
        errors.FortiOSError, match=r"^not sent, since the transaction that it belongs to is over$"
    ) as caught:
        mode(kept[0].api.cmdb.firewall.address.delete("a"))
    assert not caught.value.sent
    assert wire(device) == [start(), end("commit")]


def test_one_inside_another_is_refused(mode: Mode, device: Device) -> None:
    device.handle = device_that()
    fgt = mode.fortios(device)
    with pytest.raises(RuntimeError, match="open here already"):
        inside(mode, fgt.transaction(), lambda it: [lambda: mode_enter(mode, fgt.transaction())])
    assert wire(device) == [start(), end("abort")]
    again = fgt.transaction()
    inside(mode, again, lambda it: [])
    with pytest.raises(RuntimeError, match="can be used once"):
        inside(mode, again, lambda it: [])


def mode_enter(mode: Mode, transaction: Any) -> Any:
    return transaction.__aenter__() if mode.asynchronous else transaction.__enter__()


def test_other_devices_are_not_concerned(mode: Mode, device: Device) -> None:
    device.handle = device_that()
    fgt, other = mode.fortios(device), mode.fortios(device)
    inside(mode, fgt.transaction(), lambda it: [lambda: other.api.cmdb.firewall.address.delete("a")])
    assert wire(device)[1] == (f"DELETE {ADDRESS}/a", None, None)


def test_show(mode: Mode, device: Device) -> None:
    device.handle = device_that(show=Says(200, {"results": ["config firewall address"]}))
    fgt = mode.fortios(device)
    shown: list[Any] = []

    async def later(it: Any) -> None:
        shown.append(await it.show())

    inside(mode, fgt.transaction(), lambda it: [lambda: later(it) if mode.asynchronous else shown.append(it.show())])
    assert shown == [["config firewall address"]]
    assert device.lines[1] == f"GET {CMDB}?action=transaction-show&transaction-id=19"


def test_a_batch_takes_part(mode: Mode, device: Device) -> None:
    device.handle = device_that()
    fgt = mode.fortios(device)
    table = fgt.api.cmdb.firewall.address
    calls = [lambda name=name: table.delete(name) for name in "abc"]
    inside(mode, fgt.transaction(), lambda it: [lambda: fgt.batch(calls, parallel=3)])
    assert sorted(wire(device)[1:-1]) == [(f"DELETE {ADDRESS}/{name}", "19", None) for name in "abc"]


def test_threads_take_part_by_its_own_tree(device: Device) -> None:
    device.handle = device_that()
    with FortiOS(device.host, token="t", scheme="http") as fgt, fgt.transaction() as it:
        for tree in (it, fgt):
            thread = threading.Thread(target=tree.api.cmdb.firewall.address.delete, args=("a",))
            thread.start()
            thread.join()
    assert [number for _line, number, _body in wire(device)] == [None, "19", None, None]


def test_a_task_that_is_cancelled_aborts(device: Device) -> None:
    device.handle = device_that()

    async def main() -> None:
        async with FortiOS(device.host, token="t", scheme="http", async_mode=True) as fgt:

            async def work() -> None:
                async with fgt.transaction():
                    await asyncio.sleep(60)

            task = asyncio.create_task(work())
            while not device.seen:
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.05)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    asyncio.run(main())
    assert wire(device) == [start(), end("abort")]


def test_the_wrong_kind_of_with(device: Device) -> None:
    fgt: Any = FortiOS(device.host, token="t", scheme="http", async_mode=True)
    with pytest.raises(TypeError, match="use async with"), fgt.transaction():
        pass
    other: Any = FortiOS(device.host, token="t", scheme="http")

    async def main() -> None:
        async with other.transaction():
            pass

    with pytest.raises(TypeError, match="async with needs async_mode=True"):
        asyncio.run(main())
    assert device.seen == []
