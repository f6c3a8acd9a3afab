# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Login, sessions, repetition and batches: every case runs in both modes and asserts what went over the wire."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest

from hfortix_fortios import errors
from hfortix_fortios.http.files import FileContent
from hfortix_fortios.http.interface import IBatchClient, IHTTPClient, Request
from hfortix_fortios.http.settings import ClientOptions, Settings

from .conftest import DROP, Device, Mode, Says, Seen

STATUS = "/api/v2/monitor/system/status"
ADDRESS = "/api/v2/cmdb/firewall/address"
LOGIN = "POST /api/v2/authentication"
OK = {"status": "success", "http_status": 200, "results": []}


def new_release(seen: Seen) -> Says:
    """A device from 7.6.3 on: reads `password`, names its cookies with underscores."""
    if seen.line == LOGIN:
        if seen.json.get("password") != "s3cret-word":
            return Says(
                200, {"status": -1, "status_message": "LOGIN_FAILED"}, cookies=('ccsrf_token_443_ab="x";Path=/',)
            )
        return Says(
            200, {"status": 6, "status_message": "LOGIN_SUCCESS"},
            cookies=('session_key_443_ab="S1"; path=/; HttpOnly', 'ccsrf_token_443_ab="CSRF1"; path=/'),
        )  # fmt: skip
    return Says(200, OK) if "session_key_443_ab" in seen.headers.get("cookie", "") else Says(401, "<h1>401</h1>")


def middle_release(seen: Seen) -> Says:
    """A device from 6.4.2 to 7.6.2: reads `secretkey` and counts the verdict differently."""
    if seen.line == LOGIN:
        assert seen.json["secretkey"] == "s3cret-word"
        return Says(
            200, {"status_code": 5, "status_message": "LOGIN_SUCCESS"},
            cookies=('APSCOOKIE_17="A1"', 'ccsrftoken="CSRF2"', 'ccsrftoken_17="CSRF2"'),
        )  # fmt: skip
    return Says(200, OK) if "APSCOOKIE_17" in seen.headers.get("cookie", "") else Says(401, b"")


def old_release(seen: Seen) -> Says:
    """A device that knows /logincheck only."""
    if seen.target == "/api/v2/authentication":
        return Says(404, "<h1>Not found</h1>")
    if seen.target == "/logincheck":
        assert seen.form == {"username": "admin", "secretkey": "s3cret-word", "ajax": "1"}
        body = '1document.location="/ng/prompt?viewOnly&redir=%2Fng%2F";'
        return Says(200, body, cookies=('APSCOOKIE_3="A"', 'ccsrftoken_443_3334d10="CSRF3"'))
    return Says(200, OK) if "APSCOOKIE_3" in seen.headers.get("cookie", "") else Says(401, b"")


@pytest.mark.parametrize(
    ("release", "login", "logout", "csrf"),
    [
        (new_release, [LOGIN], "DELETE /api/v2/authentication", "CSRF1"),
        (middle_release, [LOGIN], "DELETE /api/v2/authentication", "CSRF2"),
        (old_release, [LOGIN, "POST /logincheck"], "POST /logout", "CSRF3"),
    ],
)
def test_session_by_release(
    mode: Mode, device: Device, release: Callable[[Seen], Says], login: list[str], logout: str, csrf: str
) -> None:
    device.handle = release
    client = mode.session(device)
    mode(client.get(STATUS))
    mode(client.post(ADDRESS, json={"name": "a"}))
    mode(client.logout())
    assert device.lines == [*login, f"GET {STATUS}", f"POST {ADDRESS}", logout]
    got, posted, left = device.seen[-3:]
    assert "x-csrftoken" not in got.headers
    assert posted.headers["x-csrftoken"] == left.headers["x-csrftoken"] == csrf
    assert all("authorization" not in seen.headers for seen in device.seen)
    assert got.body == left.body == b""
    mode(client.logout())
    assert device.lines[-1] == logout
    assert len(device.seen) == len(login) + 3


def test_both_password_fields_are_sent(mode: Mode, device: Device) -> None:
    device.handle = new_release
    mode(mode.session(device).login())
    assert device.seen[0].json == {
        "username": "admin", "password": "s3cret-word", "secretkey": "s3cret-word",
        "ack_pre_disclaimer": True, "ack_post_disclaimer": True, "request_key": False,
    }  # fmt: skip


def test_with_logs_in_and_out(mode: Mode, device: Device) -> None:
    device.handle = new_release
    mode.within(mode.session(device), lambda client: client.get(STATUS))
    assert device.lines == [LOGIN, f"GET {STATUS}", "DELETE /api/v2/authentication"]


def test_a_token_never_logs_in_or_out(mode: Mode, device: Device) -> None:
    client = mode.http(device, username="admin", password="s3cret-word")
    mode.within(client, lambda client: client.get(STATUS))
    assert device.lines == [f"GET {STATUS}"]
    assert device.seen[0].headers["authorization"] == "Bearer t0ken"
    assert "cookie" not in device.seen[0].headers


def test_the_session_cookie_of_another_device_is_not_kept(mode: Mode, device: Device) -> None:
    device.script = [Says(cookies=("evil=1",)), Says()]
    client = mode.http(device)
    mode(client.get(STATUS))
    mode(client.get(STATUS))
    assert "cookie" not in device.seen[1].headers


def test_an_expired_session_is_renewed_once(mode: Mode, device: Device) -> None:
    expired = {"now": False}

    def handle(seen: Seen) -> Says:
        if expired["now"] and seen.line != LOGIN:
            expired["now"] = False
            return Says(401, "<html>login</html>")
        return new_release(seen)

    device.handle = handle
    client = mode.session(device)
    mode(client.get(STATUS))
    expired["now"] = True
    answer = mode(client.post(ADDRESS, json={"name": "a"}))
    assert answer == OK
    assert device.lines == [LOGIN, f"GET {STATUS}", f"POST {ADDRESS}", LOGIN, f"POST {ADDRESS}"]


def test_a_redirect_to_the_login_page_counts_as_expired(mode: Mode, device: Device) -> None:
    first = [True]

    def handle(seen: Seen) -> Says:
        if seen.line != LOGIN and first:
            first.clear()
            return Says(302, "", headers={"location": "/login?redir=%2F"})
        return new_release(seen)

    device.handle = handle
    assert mode(mode.session(device).get(STATUS)) == OK
    assert device.lines == [LOGIN, f"GET {STATUS}", LOGIN, f"GET {STATUS}"]


def test_401_after_the_renewed_login_is_an_error(mode: Mode, device: Device) -> None:
    device.handle = lambda seen: new_release(seen) if seen.line == LOGIN else Says(401, b"")
    with pytest.raises(errors.AuthenticationError):
        mode(mode.session(device).get(STATUS))
    assert device.lines == [LOGIN, f"GET {STATUS}", LOGIN, f"GET {STATUS}"]


def test_a_batch_in_an_expired_session_logs_in_once(mode: Mode, device: Device) -> None:
    device.handle = new_release
    client = mode.session(device)
    mode(client.login())
    valid = {"S1": False}

    def handle(seen: Seen) -> Says:
        time.sleep(0.01)
        if seen.line == LOGIN:
            valid["S1"] = True
        return new_release(seen) if valid["S1"] else Says(401, b"")

    device.handle = handle
    outcomes = mode(client.batch([Request("GET", f"{ADDRESS}/a{n}") for n in range(8)], parallel=8))
    assert [outcome.error for outcome in outcomes] == [None] * 8
    assert device.lines.count(LOGIN) == 2


def test_a_refused_login_is_not_hammered(mode: Mode, device: Device) -> None:
    device.handle = new_release
    client = mode.session(device, password="wrong-word")
    with pytest.raises(errors.AuthenticationError) as caught:
        mode(client.get(STATUS))
    assert str(caught.value) == (
        "the device refused the login of 'admin' (POST /api/v2/authentication; device: LOGIN_FAILED). "
        "Check user name and password; a lock-out after failed logins may look the same"
    )
    for _ in range(3):
        with pytest.raises(errors.AuthenticationError, match=r"^not sent, since a moment ago the device refused"):
            mode(client.get(STATUS))
    assert device.lines == [LOGIN]
    with pytest.raises(errors.AuthenticationError):
        mode(client.login())
    assert device.lines == [LOGIN, LOGIN]


def test_a_batch_with_a_wrong_password_tries_it_once(mode: Mode, device: Device) -> None:
    device.handle = new_release
    client = mode.session(device, password="wrong-word")
    outcomes = mode(client.batch([Request("GET", f"{ADDRESS}/a{n}") for n in range(12)], parallel=6))
    assert {(type(outcome.error), outcome.sent) for outcome in outcomes} == {(errors.AuthenticationError, False)}
    assert device.lines == [LOGIN]


def test_a_login_without_an_answer_leaves_the_request_unsent(mode: Mode, device: Device) -> None:
    """What the login may have done says nothing about the write that waited for it."""
    device.script = [DROP]
    with pytest.raises(errors.TransportError) as caught:
        mode(mode.session(device).post(ADDRESS, json={"name": "a"}))
    assert caught.value.sent is False
    assert f"(POST /api/v2/authentication). POST {ADDRESS} itself was not sent" in str(caught.value)
    assert device.lines == [LOGIN]


def test_a_revoked_token_is_tried_twice_at_most(mode: Mode, device: Device) -> None:
    device.handle = lambda seen: Says(401, "<h1>401</h1>")
    client = mode.http(device)
    for _ in range(5):
        with pytest.raises(errors.AuthenticationError):
            mode(client.get(STATUS))
    assert len(device.seen) == 2


def at_once(mode: Mode, fgt: Any, how: str, count: int = 20) -> None:
    """So many reads at the same time, whatever becomes of them."""
    client = fgt.client

    def ask() -> None:
        with suppress(errors.FortiOSError):
            client.get(STATUS)

    async def gather() -> None:
        await asyncio.gather(*(client.get(STATUS) for _number in range(count)), return_exceptions=True)

    if how == "batch of the client":
        mode(client.batch([Request("GET", STATUS)] * count, parallel=8))
    elif how == "batch of calls":
        mode(fgt.batch([partial(client.get, STATUS)] * count, parallel=8))
    elif mode.asynchronous:
        mode.loop.run_until_complete(gather())
    else:
        threads = [threading.Thread(target=ask) for _number in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


@pytest.mark.parametrize("how", ["calls", "batch of the client", "batch of calls"])
def test_a_token_that_is_not_proven_goes_out_with_one_request_at_a_time(mode: Mode, device: Device, how: str) -> None:
    """A device locks out after three refusals: many requests at once would be more before the first is answered."""
    running = {"now": 0, "most": 0}
    lock = threading.Lock()
    answer = Says(200, OK)

    def handle(seen: Seen) -> Says:
        with lock:
            running["now"] += 1
            running["most"] = max(running.values())
        time.sleep(0.02)
        with lock:
            running["now"] -= 1
        return answer

    device.handle = handle
    fgt = mode.fortios(device)
    at_once(mode, fgt, how)
    assert len(device.seen) == 20
    assert running["most"] > 3
    # From here on the token is revoked; the first refusal makes it as good as new.
    answer = Says(401, "<h1>401</h1>")
    with pytest.raises(errors.AuthenticationError):
        mode(fgt.client.get(STATUS))
    device.seen.clear()
    running["most"] = 0
    at_once(mode, fgt, how)
    assert (len(device.seen), running["most"]) == (1, 1)
    device.seen.clear()
    at_once(mode, mode.fortios(device), how)
    assert (len(device.seen), running["most"]) == (2, 1)


def test_the_hold_ends(mode: Mode, device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hfortix_fortios.http.base.HOLD_SECONDS", 0.05)
    device.script = [Says(429, b""), Says(200, OK)]
    client = mode.http(device)
    with pytest.raises(errors.LockedOutError):
        mode(client.get(STATUS))
    with pytest.raises(errors.LockedOutError, match=r"^not sent"):
        mode(client.get(STATUS))
    time.sleep(0.06)
    assert mode(client.get(STATUS)) == OK
    assert len(device.seen) == 2


@pytest.mark.parametrize(
    ("script", "kind", "text"),
    [
        (
            [Says(200, {"status": -4, "status_message": "LOGIN_LOCKED"})],
            errors.LockedOutError,
            "has locked out 'admin'",
        ),
        ([Says(404, ""), Says(200, "2")], errors.LockedOutError, "has locked out 'admin'"),
        ([Says(404, ""), Says(200, "0")], errors.AuthenticationError, "refused the login of 'admin'"),
        ([Says(404, ""), Says(200, "3")], errors.AuthenticationError, "wants a one-time code from 'admin'"),
        ([Says(404, ""), Says(200, "4")], errors.AuthenticationError, "wants 'admin' to change the password"),
        ([Says(404, ""), Says(200, '1document.location="/";')], errors.AuthenticationError, "gave no session"),
        ([Says(429, "")], errors.LockedOutError, "blocks this source after failed logins"),
    ],
)
def test_refusals_of_a_login(mode: Mode, device: Device, script: list[Says], kind: type[Exception], text: str) -> None:
    device.script = list(script)
    client = mode.session(device)
    with pytest.raises(kind, match=text) as caught:
        mode(client.login())
    assert "s3cret-word" not in str(caught.value)
    sent = len(device.seen)
    with pytest.raises(kind, match="not sent, since"):
        mode(client.get(STATUS))
    assert len(device.seen) == sent == len(script)


def test_one_time_code(mode: Mode, device: Device) -> None:
    codes = iter(["111111", "222222"])

    def handle(seen: Seen) -> Says:
        if seen.target == "/api/v2/authentication":
            return Says(404, "")
        if seen.form.get("token_code") == "222222":
            return Says(200, "1", cookies=('APSCOOKIE_3="A"', 'ccsrftoken="C"'))
        return Says(200, "3")

    device.handle = handle
    mode(mode.session(device, token_code=lambda: next(codes)).login())
    assert device.seen[0].json["token_code"] == "111111"
    assert [seen.form.get("token_code") for seen in device.seen[1:]] == [None, "222222"]


def test_the_banner_after_logincheck_is_accepted(mode: Mode, device: Device) -> None:
    def handle(seen: Seen) -> Says:
        if seen.target == "/logincheck":
            return Says(200, '1document.location="/logindisclaimer";', cookies=('APSCOOKIE_3="A"', 'ccsrftoken="C"'))
        if seen.target == "/logindisclaimer":
            assert seen.form == {"confirm": "1", "ajax": "1"}
            assert seen.headers["x-csrftoken"] == "C"
        return old_release(seen)

    device.handle = handle
    assert mode(mode.session(device).get(STATUS)) == OK
    assert device.lines == [LOGIN, "POST /logincheck", "POST /logindisclaimer", f"GET {STATUS}"]


def test_a_banner_in_the_way_later_is_accepted(mode: Mode, device: Device) -> None:
    pending = [True]

    def handle(seen: Seen) -> Says:
        if seen.target == "/logindisclaimer":
            pending.clear()
        if seen.target == STATUS and pending:
            return Says(403, '<script>location="/logindisclaimer"</script>')
        return new_release(seen) if seen.line == LOGIN else Says(200, OK)

    device.handle = handle
    assert mode(mode.session(device).get(STATUS)) == OK
    assert device.lines == [LOGIN, f"GET {STATUS}", "POST /logindisclaimer", f"GET {STATUS}"]


# Repetition


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
@pytest.mark.parametrize(
    "fault", [DROP, Says(503, "busy"), Says(502, ""), Says(500, ""), Says(502, "", {"retry-after": "0"})]
)
def test_a_write_is_never_sent_twice(mode: Mode, device: Device, method: str, fault: Says) -> None:
    device.script = [fault]
    with pytest.raises(errors.FortiOSError):
        mode(mode.http(device, retries=5).request(method, f"{ADDRESS}/a", json={"name": "a"}))
    assert device.lines == [f"{method} {ADDRESS}/a"]


@pytest.mark.parametrize(
    "fault",
    [
        DROP,
        Says(503, "busy"),
        Says(503, {"http_status": 503, "status": "error", "serial": "FGT1"}),
        Says(502, ""),
        Says(504, ""),
        Says(429, "", {"retry-after": "0"}),
        Says(200, b'{"status": "succ', {"content-type": "application/json"}),
    ],
)
def test_a_get_is_sent_again(mode: Mode, device: Device, fault: Says) -> None:
    device.script = [fault, fault, Says(200, OK)]
    assert mode(mode.http(device, retries=2).get(STATUS)) == OK
    assert device.lines == [f"GET {STATUS}"] * 3


def test_retries_end(mode: Mode, device: Device) -> None:
    device.script = [Says(503, "busy")] * 9
    with pytest.raises(errors.ServerError) as caught:
        mode(mode.http(device, retries=3).get(STATUS))
    assert caught.value.status == 503
    assert len(device.seen) == 4


def test_retry_after_is_obeyed_up_to_a_limit(mode: Mode, device: Device) -> None:
    device.script = [Says(503, "busy", {"retry-after": "0.2"}), Says(200, OK)]
    start = time.monotonic()
    client = mode.http(device)
    mode(client.get(STATUS))
    assert time.monotonic() - start >= 0.2
    device.script = [Says(503, "busy", {"retry-after": "3600"}), Says(200, OK)]
    with pytest.raises(errors.ServerError):
        mode(client.get(STATUS))


# A busy device

BUSY = Says(503, "busy", {"retry-after": "0"})


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
@pytest.mark.parametrize("fault", [BUSY, Says(429, "", {"retry-after": "0"})])
def test_a_busy_device_has_not_carried_out_even_a_write(mode: Mode, device: Device, method: str, fault: Says) -> None:
    device.script = [fault] * 4 + [Says(200, OK)]
    assert mode(mode.http(device).request(method, f"{ADDRESS}/a", json={"name": "a"})) == OK
    assert device.lines == [f"{method} {ADDRESS}/a"] * 5


def test_a_busy_device_is_not_waited_for_without_retries(mode: Mode, device: Device) -> None:
    device.script = [BUSY]
    with pytest.raises(errors.ServerError):
        mode(mode.http(device, retries=0).get(STATUS))


def test_a_device_that_stays_busy_is_given_up(mode: Mode, device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hfortix_fortios.http.base.BUSY_SECONDS", 0.2)
    device.handle = lambda seen: BUSY
    start = time.monotonic()
    outcomes = mode(mode.http(device, backoff=0.02).batch(writes_of(8), parallel=4))
    assert 0.1 < time.monotonic() - start < 5
    assert all(isinstance(outcome.error, errors.ServerError) for outcome in outcomes)


@pytest.mark.parametrize("between", ["another answer", "a while"])
def test_a_device_that_is_busy_again_is_waited_for_anew(
    mode: Mode, device: Device, monkeypatch: pytest.MonkeyPatch, between: str
) -> None:
    monkeypatch.setattr("hfortix_fortios.http.base.BUSY_SECONDS", 0.2)
    client = mode.http(device)
    if between == "another answer":
        device.script = [BUSY, Says(404, b"")]
        with pytest.raises(errors.NotFoundError):
            mode(client.get(STATUS))
    else:
        monkeypatch.setattr("hfortix_fortios.http.base.LONGEST_PAUSE", 0.1)
        device.script = [BUSY] * 999
        with pytest.raises(errors.ServerError):
            mode(client.get(STATUS))
    time.sleep(0.25)
    device.script = [BUSY, Says(200, OK)]
    assert mode(client.get(STATUS)) == OK


def test_a_busy_device_slows_a_batch_down_and_nothing_is_lost_or_doubled(mode: Mode, device: Device) -> None:
    running = {"now": 0, "most": 0}
    stored: list[str] = []

    def handle(seen: Seen) -> Says:
        with device._lock:
            running["now"] += 1
            running["most"] = max(running["most"], running["now"])
            busy = running["now"] > 2
            if not busy:
                stored.append(seen.json["name"])
        time.sleep(0.005)
        with device._lock:
            running["now"] -= 1
        return BUSY if busy else Says(200, OK)

    device.handle = handle
    client = mode.http(device)
    outcomes = mode(client.batch(writes_of(400), parallel=8))
    assert not any(outcome.error for outcome in outcomes)
    assert sorted(stored) == sorted(f"a{number}" for number in range(400))
    running["most"] = 0
    device.seen.clear()
    # The number in flight came down from 8 within the batch: a second one of the same width starts anew.
    assert client._busy_answers > 0
    mode(client.batch(writes_of(10), parallel=2))
    assert running["most"] <= 2


def test_other_requests_wait_too_while_the_device_is_busy(mode: Mode, device: Device) -> None:
    times: list[float] = []

    def handle(seen: Seen) -> Says:
        times.append(time.monotonic())
        return Says(429, "", {"retry-after": "0.3"}) if len(times) == 1 else Says(200, OK)

    device.handle = handle
    mode(mode.http(device).batch(writes_of(6), parallel=1))
    assert len(times) == 7
    assert times[1] - times[0] >= 0.3


def test_a_batch_ends_with_its_time(mode: Mode, device: Device) -> None:
    def handle(seen: Seen) -> Says:
        time.sleep(0.02)
        return Says(200, OK)

    device.handle = handle
    outcomes = mode(mode.http(device).batch(writes_of(200), parallel=2, seconds=0.2))
    sent = [outcome.sent for outcome in outcomes]
    assert 2 < sent.count(True) < 100
    assert sent == sorted(sent, reverse=True)
    assert len(device.seen) == sent.count(True)
    assert not any(outcome.error for outcome in outcomes)


@pytest.mark.parametrize("stop", [True, False])
def test_a_busy_device_is_waited_for_no_longer_than_a_batch_may_take(mode: Mode, device: Device, stop: bool) -> None:
    device.script = [Says(200, OK), Says(503, "busy", {"retry-after": "5"})]
    client = mode.http(device)
    start = time.monotonic()
    outcomes = mode(client.batch(writes_of(5), parallel=1, stop=stop, seconds=0.3))
    assert time.monotonic() - start < 2
    assert [(outcome.sent, outcome.error) for outcome in outcomes] == [(True, None)] + [(False, None)] * 4
    assert device.lines == [f"POST {ADDRESS}"] * 2


def writes_of(count: int) -> list[Request]:
    return [Request("POST", ADDRESS, json={"name": f"a{number}"}) for number in range(count)]


@pytest.mark.parametrize(
    "fault", [Says(500, ""), Says(404, ""), Says(403, ""), Says(500, {"error": -5, "status": "error"})]
)
def test_refusals_are_not_repeated(mode: Mode, device: Device, fault: Says) -> None:
    device.script = [fault, Says(200, OK)]
    with pytest.raises(errors.FortiOSError):
        mode(mode.http(device).get(f"{ADDRESS}/a"))
    assert len(device.seen) == 1


def test_a_write_that_could_not_connect_is_sent_again(mode: Mode, device: Device) -> None:
    """The port is closed for the first attempts, so that nothing can have reached the device."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    device.host = f"127.0.0.1:{port}"
    with pytest.raises(errors.TransportError) as caught:
        mode(mode.http(device, retries=1).post(ADDRESS, json={"name": "a"}))
    assert caught.value.sent is False
    assert str(caught.value).startswith(f"cannot reach http://127.0.0.1:{port}: Connection refused (POST ")
    assert caught.value.hint is not None
    assert "administrative access" in caught.value.hint


def test_connect_failures_are_counted_as_retries(mode: Mode, device: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    client = mode.http(device, retries=2)
    mode(client.get(STATUS))
    attempts = []

    def fail(self: Any, step: Any) -> Any:
        attempts.append(type(step).__name__)
        if type(step).__name__ == "Call":
            raise errors.TransportError("cannot reach", sent=False)

    async def fail_async(self: Any, step: Any) -> Any:
        fail(self, step)

    monkeypatch.setattr(type(client), "_perform", fail_async if mode.asynchronous else fail)
    with pytest.raises(errors.TransportError):
        mode(client.post(ADDRESS, json={}))
    assert attempts == ["Call", "Pause", "Call", "Pause", "Call"]


def test_a_timeout_tells_that_the_write_may_have_happened(mode: Mode, device: Device) -> None:
    device.handle = lambda seen: time.sleep(0.8) or Says()  # type: ignore[func-returns-value]
    with pytest.raises(errors.TimeoutError_) as caught:
        mode(mode.http(device, timeout=0.4).post(ADDRESS, json={"name": "a"}))
    assert caught.value.sent is True
    assert str(caught.value) == (
        f"http://{device.host} gave no answer within 0.4 s (POST {ADDRESS}). "
        "The request may have taken effect; read the object before repeating it"
    )
    assert len(device.seen) == 1


@pytest.mark.parametrize("lost", ["time", "connection"])
def test_a_read_that_was_lost_is_not_spoken_of_as_a_write(mode: Mode, device: Device, lost: str) -> None:
    if lost == "time":
        device.handle = lambda seen: time.sleep(0.8) or Says()  # type: ignore[func-returns-value]
        words = f"http://{device.host} gave no answer within 0.4 s"
    else:
        device.script = [DROP]
        words = f"the connection to http://{device.host} broke: Server disconnected without sending a response"
    with pytest.raises(errors.TransportError) as caught:
        mode(mode.http(device, timeout=0.4, retries=0).get(ADDRESS))
    assert str(caught.value) == (
        f"{words} (GET {ADDRESS}). Try again; check the device's load and the network on the way"
    )


# Requests and answers


def test_request_on_the_wire(mode: Mode, device: Device) -> None:
    client = mode.http(device, vdom="lab")
    mode(client.get(f"{ADDRESS}/a%2Fb%20c", params={"filter": ["name==a b", "x=@ü|,"], "count": 5}))
    mode(client.put(f"{ADDRESS}/x", params={"vdom": "root"}, json={"comment": "ünï", "n": 1}))
    mode(client.request("GET", ADDRESS, params={"global": 1}, headers={"x-transaction-id": "7"}))
    mode(client.delete(f"{ADDRESS}/x"))
    assert device.lines == [
        f"GET {ADDRESS}/a%2Fb%20c?filter=name%3D%3Da%20b&filter=x%3D%40%C3%BC%7C%2C&count=5&vdom=lab",
        f"PUT {ADDRESS}/x?vdom=root",
        f"GET {ADDRESS}?global=1",
        f"DELETE {ADDRESS}/x?vdom=lab",
    ]
    assert device.seen[1].body == '{"comment":"ünï","n":1}'.encode()
    assert device.seen[1].headers["content-type"] == "application/json"
    assert device.seen[2].headers["x-transaction-id"] == "7"
    assert device.seen[0].body == device.seen[3].body == b""
    assert "content-type" not in device.seen[3].headers
    assert device.connections == 1


@pytest.mark.parametrize(
    ("request_", "problem"),
    [
        (Request("GE T", STATUS), "'GE T' is no HTTP method"),
        (Request("GET", ".evil.example/api/v2/x"), "'.evil.example/api/v2/x' is no path: it starts with / and is"),
        (Request("GET", "@evil.example/"), "'@evil.example/' is no path"),
        (Request("GET", "https://evil.example/"), "'https://evil.example/' is no path"),
        (Request("GET", "/api/v2/x y"), "'/api/v2/x y' is no path"),
        (Request("GET", "/api/v2/x\r\nX: y"), r"'/api/v2/x\r\nX: y' is no path"),
        (Request("GET", "/api/v2/\u00fc"), "'/api/v2/\u00fc' is no path"),
        (Request("GET", STATUS, headers={"x": "s3cret\r\ny: z"}), "a header holds a line break or another character"),
        (Request("GET", STATUS, headers={"x": "s3cret\u00fc"}), "a header holds a line break or another character"),
    ],
)
def test_what_no_request_can_be_is_refused(mode: Mode, device: Device, request_: Request, problem: str) -> None:
    """A path that does not start with a slash could lead to another host, and take the token there."""
    with pytest.raises(errors.InvalidValueError) as caught:
        mode(mode.http(device).send(request_))
    assert str(caught.value).startswith(f"not sent, since {problem}")
    assert caught.value.sent is False
    assert "s3cret" not in str(caught.value)
    assert device.connections == 0


def test_answers(mode: Mode, device: Device) -> None:
    client = mode.http(device)
    device.script = [
        Says(200, b"#config-version", headers={"content-disposition": "attachment; filename=x"}),
        Says(200, b'{"a": 1}', headers={"content-disposition": "attachment; filename=x.json"}),
        Says(200, [{"vdom": "a", "results": []}]),
        Says(200, b""),
    ]
    assert mode(client.get(STATUS)) == b"#config-version"
    assert mode(client.get(STATUS)) == b'{"a": 1}'
    assert mode(client.get(STATUS)) == [{"vdom": "a", "results": []}]
    assert mode(client.get(STATUS)) in ({}, b"")


@pytest.mark.parametrize(
    ("says", "kind"),
    [
        (Says(200, {"status": "error", "http_status": 403}), errors.PermissionDeniedError),
        (Says(200, "<html>welcome</html>"), errors.ServerError),
        (Says(302, "", headers={"location": "/ng/"}), errors.ServerError),
        (Says(200, b'{"results": [', headers={"content-type": "application/json"}), errors.TransportError),
    ],
)
def test_a_success_that_is_none(mode: Mode, device: Device, says: Says, kind: type[Exception]) -> None:
    device.handle = lambda seen: says
    with pytest.raises(kind):
        mode(mode.http(device).get(STATUS))


def test_secrets_of_a_refused_write_do_not_show(mode: Mode, device: Device) -> None:
    words = "value parse error before 'Tr0ub4dor'\nCommand fail. Return code -651"
    device.script = [Says(500, {"error": -651, "cli_error": words, "status": "error", "http_status": 500})]
    client = mode.http(device)
    with pytest.raises(errors.InvalidValueError) as caught:
        mode(client.post("/api/v2/cmdb/user/local", json={"name": "u", "passwd": "Tr0ub4dor"}))
    assert "Tr0ub4dor" not in f"{caught.value} {caught.value!r} {json.dumps(caught.value.to_dict())}"
    assert "t0ken" not in f"{client!r} {client.settings!r}"
    assert "s3cret-word" not in repr(mode.session(device).settings)


# Batches


def batch_of(count: int) -> list[Request]:
    return [Request("GET", f"{ADDRESS}/a{number}") for number in range(count)]


def results(outcomes: list[Any]) -> list[str]:
    return [outcome.answer["results"] for outcome in outcomes]


@pytest.mark.parametrize("parallel", [None, 1, 4, 50])
def test_a_batch_keeps_its_order(mode: Mode, device: Device, parallel: int | None) -> None:
    def handle(seen: Seen) -> Says:
        # Early requests take longest.
        number = int(seen.target.rpartition("a")[2])
        time.sleep((20 - number) / 2000)
        return Says(200, {"status": "success", "results": number})

    device.handle = handle
    outcomes = mode(mode.http(device).batch(batch_of(20), parallel=parallel))
    assert results(outcomes) == list(range(20))
    assert sorted(device.lines) == sorted(f"GET {ADDRESS}/a{number}" for number in range(20))


@pytest.mark.parametrize(("pause", "most"), [(0.0, 1), (0.02, 10)])
def test_the_width_of_a_batch_follows_the_answer_time(
    mode: Mode, device: Device, monkeypatch: pytest.MonkeyPatch, pause: float, most: int
) -> None:
    # A loaded test machine answers slowly; what counts is on which side of the bound the answers are.
    monkeypatch.setattr("hfortix_fortios.http.base.FAST_ANSWER", 0.5 if pause == 0 else 0.003)
    running = {"now": 0, "most": 0}

    def handle(seen: Seen) -> Says:
        with device._lock:
            running["now"] += 1
            running["most"] = max(running["most"], running["now"])
        time.sleep(pause)
        with device._lock:
            running["now"] -= 1
        return Says(200, OK)

    device.handle = handle
    mode(mode.http(device).batch(batch_of(40)))
    assert running["most"] <= most
    assert (running["most"] > 3) == (most > 1)


def test_a_batch_reports_each_outcome(mode: Mode, device: Device) -> None:
    device.handle = lambda seen: Says(404, b"") if seen.target.endswith("a2") else Says(200, OK)
    outcomes = mode(mode.http(device).batch(batch_of(5), parallel=3))
    assert [type(outcome.error) for outcome in outcomes] == [type(None)] * 2 + [errors.NotFoundError] + [type(None)] * 2
    assert all(outcome.sent for outcome in outcomes)


def test_a_batch_stops_at_the_first_failure_if_asked(mode: Mode, device: Device) -> None:
    device.handle = lambda seen: Says(404, b"") if seen.target.endswith("a2") else Says(200, OK)
    outcomes = mode(mode.http(device).batch(batch_of(6), parallel=1, stop=True))
    assert [outcome.sent for outcome in outcomes] == [True, True, True, False, False, False]
    assert outcomes[3].answer is None
    assert outcomes[3].error is None
    assert len(device.seen) == 3
    device.seen.clear()
    wide = mode(mode.http(device).batch(batch_of(200), parallel=4, stop=True))
    assert len(device.seen) < 20
    assert [outcome.sent for outcome in wide].count(True) == len(device.seen)


def test_a_request_of_a_batch_that_cannot_go_out_is_an_outcome(mode: Mode, device: Device) -> None:
    def refuse(request: Request) -> None:
        if request.json == {"n": 7}:
            raise ValueError("not on Friday")

    around: list[Any] = []
    around.append(around)
    bodies: list[Any] = [{"n": {1}}, around, {"n": "\udc80"}, {(1, 2): 3}, {"f": FileContent("x"), "n": {1}}, {"n": 7}]
    requests = [Request("POST", ADDRESS, json={}), *(Request("POST", ADDRESS, json=body) for body in bodies)]
    requests += [Request("POST", ADDRESS, {"vdom": "\udc80"}), Request("POST", ADDRESS, json={"n": 8})]
    outcomes = mode(mode.http(device, before_request=refuse).batch(requests, parallel=3))
    kinds = [errors.InvalidValueError] * 5 + [errors.FortiOSError] + [errors.InvalidValueError]
    assert [type(outcome.error) for outcome in outcomes] == [type(None), *kinds, type(None)]
    for outcome in outcomes[1:-1]:
        assert outcome.sent is outcome.error.sent is False
        assert str(outcome.error).startswith("not sent, since ")
    assert outcomes[1].error.hint == "Give text in Unicode, numbers, booleans, None, and lists and dicts of them"
    assert outcomes[6].error.message == "not sent, since a hook raised ValueError: not on Friday"
    assert [seen.json for seen in device.seen] == [{}, {"n": 8}]


def test_what_nobody_expects_ends_a_batch_as_a_whole(
    mode: Mode, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    def handle(seen: Seen) -> Says:
        time.sleep(0.02)
        return Says(200, b"\x80" if seen.target.endswith("a6") else OK)

    device.handle = handle
    client = mode.http(device)
    mode(client.get(STATUS))
    monkeypatch.setattr(client, "_answer", lambda reply, request: 1 // (reply.body != b"\x80"))
    with pytest.raises(ZeroDivisionError):
        mode(client.batch(batch_of(40), parallel=4))
    before = len(device.seen)
    if mode.asynchronous:
        mode.loop.run_until_complete(asyncio.sleep(0.1))
    else:
        time.sleep(0.1)
    assert len(device.seen) == before < 30


def test_empty_batch(mode: Mode, device: Device) -> None:
    assert mode(mode.http(device).batch([])) == []


# Settings


@pytest.mark.parametrize(
    ("host", "options", "url"),
    [
        ("fw1", {}, "https://fw1"),
        ("fw1", {"port": 8443}, "https://fw1:8443"),
        ("fw1:8443", {}, "https://fw1:8443"),
        ("[::1]:8443", {}, "https://[::1]:8443"),
        ("2001:db8::1", {}, "https://[2001:db8::1]"),
        ("2001:db8::1", {"port": 8443}, "https://[2001:db8::1]:8443"),
        ("https://fw1:8443/", {}, "https://fw1:8443"),
        ("fw1", {"scheme": "http"}, "http://fw1"),
        ("http://fw1", {}, "http://fw1"),
    ],
)
def test_host(host: str, options: Any, url: str) -> None:
    assert Settings(host, token="t", **options).base_url == url


@pytest.mark.parametrize(
    "host",
    ["", "ftp://fw1", "https://", "fw1/path", "https://u:s3cret@fw1", "fw1?a=1", "fw 1", "fw1:70000", "fw1:x"],
)
def test_bad_host(host: str) -> None:
    with pytest.raises(ValueError, match="is not a host such as") as caught:
        _ = Settings(host, token="t").base_url
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("options", [{}, {"username": "admin"}, {"password": "x"}, {"token": ""}])
def test_credentials_are_needed(options: Any) -> None:
    with pytest.raises(ValueError, match="needs a token, or a username and a password"):
        Settings("fw1", **options)


@pytest.mark.parametrize("token", ["s3cr3t\n", "s3c r3t", "s3cr\u00e9t"])
def test_a_token_that_no_header_can_carry_is_refused_without_quoting_it(token: str) -> None:
    with pytest.raises(ValueError, match="the token holds a space") as caught:
        Settings("fw1", token=token)
    assert "s3c" not in str(caught.value)


@pytest.mark.parametrize("option", ["password", "new_password"])
@pytest.mark.parametrize("secret", ["s3cr3t\nword", "s3cr3t\r\nx: y", "s3cr\u00e9t", " s3cr3t", "s3cr3t\n"])
def test_a_password_that_no_header_can_carry_is_refused_without_quoting_it(
    mode: Mode, device: Device, option: str, secret: str
) -> None:
    """Where it goes into a header; elsewhere it may be any text."""
    with pytest.raises(ValueError, match="a password for password_header is printable ASCII") as caught:
        mode.session(device, password_header="x-password", **{option: secret})
    assert "s3c" not in str(caught.value)
    mode.session(device, **{option: secret})
    mode.session(device, **{option: "a word"}, password_header="x-password")


def test_a_password_header_that_is_none(mode: Mode, device: Device) -> None:
    with pytest.raises(ValueError, match="password_header is not the name of a header"):
        mode.session(device, password_header="x-password: y\r\nz")


@pytest.mark.parametrize("proxy", ["proxy:3128", "ftp://u:s3cret@proxy", "http://", ""])
def test_bad_proxy(proxy: str) -> None:
    with pytest.raises(ValueError, match=r"^the proxy is not a URL such as http://proxy\.example\.com:3128$"):
        Settings("fw1", token="t", proxy=proxy)


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"timeout": 0}, "a timeout is a number of seconds above 0, at most a day"),
        ({"timeout": float("nan")}, "a timeout is a number of seconds above 0, at most a day"),
        ({"timeout": float("inf")}, "a timeout is a number of seconds above 0, at most a day"),
        ({"timeouts": {"log/*": -1}}, "a timeout is a number of seconds above 0, at most a day"),
        ({"timeouts": {"log/*": float("inf")}}, "a timeout is a number of seconds above 0, at most a day"),
        ({"backoff": -1.0}, "backoff is a number of seconds, at least 0"),
        ({"backoff": float("nan")}, "backoff is a number of seconds, at least 0"),
        ({"backoff": float("inf")}, "backoff is a number of seconds, at least 0"),
        ({"retries": -1}, "retries is a number of repetitions, at least 0"),
        ({"breaker": -1}, "breaker is a number of failures, at least 0"),
        ({"port": 70000}, "port is a number from 1 to 65535"),
        ({"port": 0}, "port is a number from 1 to 65535"),
        ({"max_connections": 0}, "max_connections is a number of requests in flight, at least 1"),
    ],
)
def test_bounds(mode: Mode, device: Device, options: Any, problem: str) -> None:
    with pytest.raises(ValueError, match=f"^{problem}$"):
        mode.http(device, **options)


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf")])
def test_a_timeout_of_a_view_that_is_none(mode: Mode, device: Device, seconds: float) -> None:
    fgt = mode.fortios(device)
    for view in (fgt.with_timeout, fgt.client.with_timeout):
        with pytest.raises(ValueError, match=r"^a timeout is a number of seconds above 0, at most a day$"):
            view(seconds)


def test_the_options_of_clients_are_the_settings() -> None:
    assert list(ClientOptions.__annotations__) == [name for name in Settings.__dataclass_fields__ if name != "host"]


def test_protocols(mode: Mode, device: Device) -> None:
    assert isinstance(mode.http(device), IHTTPClient)
    assert isinstance(mode.http(device), IBatchClient)
