# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The end of a client: what it refuses then, in both modes, and what an event loop means for the asynchronous one."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from hfortix_fortios import AsyncHTTPClient, FortiOS, errors
from hfortix_fortios.http.async_fortimanager import AsyncFortiManagerClient
from hfortix_fortios.http.fortimanager import FortiManagerClient
from hfortix_fortios.http.interface import Request

from .conftest import DROP, Device, Mode, Says, Seen

STATUS = "/api/v2/monitor/system/status"
LOGIN = "POST /api/v2/authentication"
LOGOUT = "DELETE /api/v2/authentication"
WELCOME = Says(
    200, {"status": 6, "status_message": "LOGIN_SUCCESS"}, cookies=('session_key_443="S"', 'ccsrf_token_443="C"')
)


def sessions(seen: Seen) -> Says:
    return WELCOME if seen.line == LOGIN else Says()


def fortimanager(mode: Mode, device: Device) -> Any:
    kind = AsyncFortiManagerClient if mode.asynchronous else FortiManagerClient
    return kind(device.host, scheme="http", token="fmg-key", device="fgt1")


USES: dict[str, Callable[[Any], Any]] = {
    "get": lambda client: client.get(STATUS),
    "write": lambda client: client.post(STATUS, json={}),
    "send": lambda client: client.send(Request("GET", STATUS)),
    "view": lambda client: client.with_timeout(5).get(STATUS),
    "login": lambda client: client.login(),
}


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("kind", ["token", "session", "dry run", "FortiManager"])
def test_a_closed_client_refuses(mode: Mode, device: Device, kind: str, use: str) -> None:
    device.handle = sessions
    make: dict[str, Callable[[], Any]] = {
        "token": lambda: mode.http(device),
        "session": lambda: mode.session(device),
        "dry run": lambda: mode.http(device, dry_run=True),
        "FortiManager": lambda: fortimanager(mode, device),
    }
    client = make[kind]()
    if kind == "session":
        mode(client.get(STATUS))
    mode(client.close())
    before = list(device.lines)
    with pytest.raises(errors.ClosedError) as caught:
        mode(USES[use](client))
    assert str(caught.value) == (
        f"not sent, since this client of http://{device.host} is closed. "
        "Send requests inside the with block, or before close(), or make another client"
    )
    assert caught.value.sent is False
    mode(client.close())
    mode(client.logout())
    assert device.lines == before


def test_each_request_of_a_batch_is_refused(mode: Mode, device: Device) -> None:
    client = mode.http(device)
    mode(client.close())
    outcomes = mode(client.batch([Request("POST", STATUS)] * 5, parallel=2))
    assert [(type(outcome.error), outcome.sent) for outcome in outcomes] == [(errors.ClosedError, False)] * 5
    assert device.seen == []


def test_the_end_of_with_closes(mode: Mode, device: Device) -> None:
    device.handle = sessions
    fgt = mode.fortios(device, token=None, username="u", password="p")
    mode.within(fgt, lambda fgt: fgt.request("GET", STATUS))
    with pytest.raises(errors.ClosedError):
        mode(fgt.api.cmdb.firewall.address.get())
    with pytest.raises(errors.ClosedError):
        mode.within(fgt, lambda fgt: fgt.request("GET", STATUS))
    assert device.lines == [LOGIN, f"GET {STATUS}", LOGOUT]


def test_closing_ends_repetitions(device: Device) -> None:
    """A request that waits to be repeated does not go out, nor log in, after another thread has closed the client."""
    mode = Mode(False)
    waits = threading.Event()

    def handle(seen: Seen) -> Says:
        if seen.line == f"GET {STATUS}":
            waits.set()
            return DROP
        return sessions(seen)

    device.handle = handle
    client = mode.session(device, backoff=0.4)
    found: list[BaseException] = []

    def ask() -> None:
        try:
            client.get(STATUS)
        except errors.FortiOSError as error:
            found.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    waits.wait(5)
    client.close()
    thread.join(5)
    assert [type(error) for error in found] == [errors.ClosedError]
    assert device.lines == [LOGIN, f"GET {STATUS}", LOGOUT]
    mode.close()


@pytest.mark.parametrize("kind", ["token", "session"])
def test_closing_ends_what_waits_for_a_connection(mode: Mode, device: Device, kind: str) -> None:
    """What is on its way gets its answer; what waits behind it does not go out any more, and waits no longer."""

    def handle(seen: Seen) -> Says:
        if seen.method == "POST" and seen.line != LOGIN:
            busy.release()
            time.sleep(0.2)
        return sessions(seen)

    busy = threading.Semaphore(0)
    client = (mode.http if kind == "token" else mode.session)(device, max_connections=2)
    device.handle = handle
    mode(client.get(STATUS))
    found: list[Any] = []

    def ask() -> None:
        try:
            found.append(client.post(STATUS, json={}))
        except errors.ClosedError as error:
            found.append(error)

    async def use() -> None:
        tasks = [asyncio.ensure_future(client.post(STATUS, json={})) for _number in range(8)]
        for _number in range(2):
            await asyncio.to_thread(busy.acquire, timeout=5)
        await client.close()
        written.append(device.lines.count(f"POST {STATUS}"))
        found.extend(await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 5))

    written: list[int] = []
    if mode.asynchronous:
        mode.loop.run_until_complete(use())
    else:
        threads = [threading.Thread(target=ask, daemon=True) for _number in range(8)]
        for thread in threads:
            thread.start()
        for _number in range(2):
            assert busy.acquire(timeout=5)
        client.close()
        written.append(device.lines.count(f"POST {STATUS}"))
        for thread in threads:
            thread.join(5)
    assert sorted(type(one).__name__ for one in found) == ["ClosedError"] * 6 + ["dict"] * 2
    assert all(one.sent is False for one in found if isinstance(one, errors.ClosedError))
    assert written == [2]
    assert device.lines.count(f"POST {STATUS}") == 2
    assert device.lines.count(LOGOUT) == (kind == "session")
    until = time.monotonic() + 5
    while device.open and time.monotonic() < until:
        time.sleep(0.01)
    assert device.open == 0


def test_a_device_that_does_not_answer_a_logout(mode: Mode, device: Device) -> None:
    client = mode.session(device)
    device.handle = sessions
    mode(client.get(STATUS))
    device.handle = lambda seen: DROP
    mode(client.close())
    with pytest.raises(errors.ClosedError):
        mode(client.get(STATUS))


# Event loops


def test_the_next_event_loop_goes_on_with_the_session(device: Device) -> None:
    """As in a program that calls ``asyncio.run`` several times."""
    device.handle = sessions
    fgt = FortiOS(device.host, scheme="http", username="u", password="p", async_mode=True)

    async def use() -> None:
        await asyncio.gather(*(fgt.request("GET", STATUS) for _ in range(3)))

    asyncio.run(use())
    asyncio.run(use())
    asyncio.run(fgt.close())
    assert device.lines == [LOGIN, *[f"GET {STATUS}"] * 6, LOGOUT]


def test_two_event_loops_at_a_time_are_refused(device: Device) -> None:
    client = AsyncHTTPClient(device.host, scheme="http", token="t0ken")
    loop = asyncio.new_event_loop()
    loop.run_until_complete(client.get(STATUS))

    async def enter() -> None:
        async with client:
            """Not reached."""

    for use in (client.get(STATUS), client.close(), enter()):
        with pytest.raises(RuntimeError, match=r"^AsyncHTTPClient\(http://.*\) is in use in another event loop: make"):
            asyncio.run(use)
    loop.run_until_complete(client.get(STATUS))
    loop.run_until_complete(client.close())
    loop.close()
    assert device.lines == [f"GET {STATUS}"] * 2
