# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""FORTIOS_API.md section 1: tokens, logins, sessions, CSRF, lockout."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from tests.simulator.profile import Profile

from .conftest import PASSWORD, TOKEN, Clock, Fgt, Start

LOGIN = "/api/v2/authentication"
STATUS = "/api/v2/monitor/system/status"


async def log_in(fgt: Fgt, password: str = PASSWORD, **more: Any) -> httpx.Response:
    """Send both password fields, as clients do."""
    body = {"username": "admin", "secretkey": password, "password": password, **more}
    return await fgt.post(LOGIN, body)


def cookie(answer: httpx.Response, part: str) -> str:
    """The value of the cookie whose name holds `part`."""
    return next(value for name, value in answer.cookies.items() if part in name).strip('"')


# Tokens


async def test_bearer_token_needs_no_csrf(fgt: Fgt) -> None:
    assert (await fgt.post("firewall/address", {"name": "a"})).status_code == 200


@pytest.mark.parametrize(
    ("release", "works"),
    [("7.0.17", True), ("7.4.4", True), ("7.6.0", True), ("7.4.5", False), ("7.6.1", False), ("8.0.0", False)],
)
async def test_query_token_until_it_was_turned_off(start: Start, release: str, works: bool) -> None:
    fgt = start(release, token=None)
    answer = await fgt.get(STATUS, access_token=TOKEN)
    assert answer.status_code == (200 if works else 401)
    if not works:
        assert answer.headers["www-authenticate"] == 'error="invalid_token"'


async def test_query_token_can_be_turned_on_again(start: Start) -> None:
    fgt = start("7.6.5")
    await fgt.put("system/global", {"rest-api-key-url-query": "enable"})
    del fgt.http.headers["authorization"]
    assert (await fgt.get(STATUS, access_token=TOKEN)).status_code == 200


async def test_generated_key_replaces_the_old_one(fgt: Fgt) -> None:
    await fgt.make("system/api-user", name="tool", accprofile="super_admin")
    keys = [
        (await fgt.post("/api/v2/monitor/system/api-user/generate-key", {"api-user": "tool"})).json()["results"][
            "api_key"
        ]
        for _ in range(2)
    ]
    codes = []
    for key in keys:
        fgt.http.headers["authorization"] = f"Bearer {key}"
        codes.append((await fgt.get(STATUS)).status_code)
    assert [len(key) for key in keys] == [30, 30]
    assert codes == [401, 200]


@pytest.mark.parametrize(("source", "code"), [("198.51.100.7", 200), ("192.0.2.9", 401)])
async def test_trusted_hosts(start: Start, source: str, code: int) -> None:
    fgt = start(source=source)
    trusted = [{"id": 1, "ipv4-trusthost": "198.51.100.0/24"}]
    fgt.device.add("system/api-user", {"name": "simulator", "trusthost": trusted})
    assert (await fgt.get(STATUS)).status_code == code


async def test_wrong_tokens_block_the_source_and_each_lock_doubles(start: Start) -> None:
    fgt = start(token="wrong")
    codes = [(await fgt.get(STATUS)).status_code for _ in range(4)]
    assert codes == [401, 401, 401, 429]
    fgt.http.headers["authorization"] = f"Bearer {TOKEN}"
    blocked = await fgt.get(STATUS)
    assert blocked.status_code == 429, "a valid key from a blocked source is not looked at"
    fgt.clock.now += 61
    fgt.http.headers["authorization"] = "Bearer wrong"
    for _ in range(3):
        await fgt.get(STATUS)
    fgt.clock.now += 61
    assert (await fgt.get(STATUS)).status_code == 429, "the second lock lasts twice as long"
    fgt.clock.now += 60
    fgt.http.headers["authorization"] = f"Bearer {TOKEN}"
    assert (await fgt.get(STATUS)).status_code == 200


async def test_one_success_forgets_failures(start: Start) -> None:
    fgt = start()
    for token in ("bad", "bad", TOKEN, "bad", "bad", TOKEN):
        fgt.http.headers["authorization"] = f"Bearer {token}"
        answer = await fgt.get(STATUS)
    assert answer.status_code == 200


# Logging in


@pytest.mark.parametrize(
    ("release", "body"),
    [
        ("7.2.5", {"status_code": 5, "status_message": "LOGIN_SUCCESS"}),
        ("7.6.2", {"status_code": 5, "status_message": "LOGIN_SUCCESS"}),
        ("7.6.3", {"status": 6, "status_message": "LOGIN_SUCCESS"}),
        ("8.0.0", {"status": 6, "status_message": "LOGIN_SUCCESS"}),
    ],
)
async def test_session_login_and_csrf(start: Start, release: str, body: dict[str, Any]) -> None:
    fgt = start(release, token=None)
    answer = await log_in(fgt)
    assert answer.json() == body
    assert (await fgt.get("firewall/address")).status_code == 200
    assert (await fgt.post("firewall/address", {"name": "a"})).status_code == 403
    fgt.http.headers["x-csrftoken"] = cookie(answer, "csrf")
    assert (await fgt.post("firewall/address", {"name": "a"})).status_code == 200
    assert (await fgt.delete(LOGIN)).json()["status_message"] == "HTTP_AUTHD_LOGOUT_SUCCESS"
    assert (await fgt.get("firewall/address")).status_code == 401


@pytest.mark.parametrize(
    ("release", "names"),
    [
        ("6.4.4", ["APSCOOKIE_", "ccsrftoken", "ccsrftoken_"]),
        ("7.0.14", ["APSCOOKIE_", "ccsrftoken_"]),
        ("7.2.3", ["APSCOOKIE_", "ccsrftoken", "ccsrftoken_"]),
        ("7.2.4", ["APSCOOKIE_443", "ccsrftoken_443"]),
        ("7.4.4", ["APSCOOKIE_443_", "ccsrftoken_443_"]),
        ("7.6.3", ["session_key_443_", "ccsrf_token_443_"]),
    ],
)
async def test_names_of_cookies(start: Start, release: str, names: list[str]) -> None:
    answer = await log_in(start(release, token=None))
    got = list(answer.cookies)
    assert len(got) == len(names)
    assert all(name.startswith(expected) for name, expected in zip(got, names, strict=True))


@pytest.mark.parametrize(("release", "field"), [("7.6.2", "secretkey"), ("7.6.3", "password")])
async def test_only_the_release_s_own_password_field_counts(start: Start, release: str, field: str) -> None:
    fgt = start(release, token=None)
    other = "password" if field == "secretkey" else "secretkey"
    refused = (await fgt.post(LOGIN, {"username": "admin", other: PASSWORD})).json()
    accepted = (await fgt.post(LOGIN, {"username": "admin", field: PASSWORD})).json()
    assert (refused["status_message"], accepted["status_message"]) == ("LOGIN_FAILED", "LOGIN_SUCCESS")


async def test_new_releases_set_cookies_even_on_failure(start: Start) -> None:
    answer = await log_in(start("7.6.7", token=None), "wrong")
    assert (answer.status_code, answer.json()) == (200, {"status": -1, "status_message": "LOGIN_FAILED"})
    assert len(answer.cookies) == 2


async def test_request_key_gives_a_session_key_for_bearer(start: Start) -> None:
    fgt = start(token=None)
    answer = await log_in(fgt, request_key=True)
    assert not answer.cookies
    fgt.http.headers["authorization"] = f"Bearer {answer.json()['session_key']}"
    assert (await fgt.post("firewall/address", {"name": "a"})).status_code == 200


async def test_authentication_is_absent_before_6_4_2(start: Start) -> None:
    assert (await log_in(start("6.4.0", token=None))).status_code in (401, 404)


@pytest.mark.parametrize(("password", "first"), [(PASSWORD, "1"), ("wrong", "0")])
async def test_logincheck(start: Start, password: str, first: str) -> None:
    fgt = start("7.2.5", token=None)
    answer = await fgt.http.post("/logincheck", data={"username": "admin", "secretkey": password, "ajax": "1"})
    assert answer.text[0] == first
    assert bool(answer.cookies) == (first == "1")
    if first == "1":
        assert (await fgt.get("firewall/address")).status_code == 200
        await fgt.http.post("/logout")
        assert (await fgt.get("firewall/address")).status_code == 401


async def test_logincheck_gives_no_session_from_7_6_3(start: Start) -> None:
    fgt = start("7.6.3", token=None)
    answer = await fgt.http.post("/logincheck", data={"username": "admin", "secretkey": PASSWORD})
    assert answer.status_code == 200
    assert not answer.cookies
    assert (await fgt.get(STATUS)).status_code == 401


async def test_second_factor(start: Start) -> None:
    fgt = start("7.2.5", token=None, second_factor="123456")
    form = {"username": "admin", "secretkey": PASSWORD}
    assert (await fgt.http.post("/logincheck", data=form)).text[0] == "3"
    assert (await log_in(fgt)).json()["status_message"] != "LOGIN_SUCCESS"
    assert (await fgt.http.post("/logincheck", data=form | {"token_code": "123456"})).text[0] == "1"
    assert (await log_in(fgt, token_code="123456")).json()["status_message"] == "LOGIN_SUCCESS"


async def test_password_that_must_be_changed(start: Start) -> None:
    fgt = start("7.2.5", token=None)
    fgt.device.add("system/admin", {"name": "admin", "force-password-change": "enable"})
    answer = await fgt.http.post("/logincheck", data={"username": "admin", "secretkey": PASSWORD})
    assert answer.text[0] == "4"
    form = {"CSRF_TOKEN": cookie(answer, "csrf"), "old_pwd": PASSWORD, "pwd1": "new one", "pwd2": "new one"}
    assert (await fgt.get(STATUS)).status_code == 401
    assert (await fgt.http.post("/loginpwd_change", data=form)).text[0] == "1"
    assert (await fgt.get(STATUS)).status_code == 200
    fgt.http.cookies.clear()
    assert (await log_in(fgt, "new one")).json()["status_message"] == "LOGIN_SUCCESS"


async def test_banner_after_the_login(start: Start) -> None:
    fgt = start("7.2.5")
    await fgt.put("system/global", {"post-login-banner": "enable"})
    assert (await fgt.get(STATUS)).status_code == 200, "a token sees no banner"
    del fgt.http.headers["authorization"]
    await fgt.http.post("/logincheck", data={"username": "admin", "secretkey": PASSWORD})
    pending = await fgt.get(STATUS)
    assert pending.status_code == 403
    assert "/logindisclaimer" in pending.text
    await fgt.http.post("/logindisclaimer", data={"confirm": "1"})
    assert (await fgt.get(STATUS)).status_code == 200
    fgt.http.cookies.clear()
    await log_in(fgt, ack_post_disclaimer=True)
    assert (await fgt.get(STATUS)).status_code == 200


@pytest.mark.parametrize(("release", "status"), [("7.4.4", -4), ("7.6.5", -1)])
async def test_lockout_of_an_administrator(start: Start, release: str, status: int) -> None:
    fgt = start(release, token=None)
    for _ in range(3):
        await log_in(fgt, "wrong")
    locked = (await log_in(fgt)).json()
    assert status in locked.values()
    fgt.clock.now += 61
    assert (await log_in(fgt)).json()["status_message"] == "LOGIN_SUCCESS"


async def test_lockout_follows_the_configuration(start: Start) -> None:
    fgt = start("7.4.4")
    await fgt.put("system/global", {"admin-lockout-threshold": 1, "admin-lockout-duration": 10})
    del fgt.http.headers["authorization"]
    await log_in(fgt, "wrong")
    assert (await log_in(fgt)).json()["status_code"] == -4
    assert (await fgt.get("/api/v2/authentication-status")).json() == {"login_locked_out": True}
    fgt.clock.now += 11
    assert (await log_in(fgt)).json()["status_code"] == 5


async def test_idle_session_ends(start: Start) -> None:
    fgt = start("7.4.4", token=None)
    await log_in(fgt)
    fgt.clock.now += 299
    assert (await fgt.get(STATUS)).status_code == 200
    fgt.clock.now += 301
    assert (await fgt.get(STATUS)).status_code == 401


async def test_one_session_an_administrator(start: Start) -> None:
    fgt = start()
    await fgt.put("system/global", {"admin-concurrent": "disable"})
    del fgt.http.headers["authorization"]
    assert (await log_in(fgt)).status_code == 200
    assert (await log_in(fgt)).status_code == 403


async def test_helpers_that_need_no_login(start: Start) -> None:
    fgt = start("7.6.7", token=None)
    assert (await fgt.get(LOGIN)).json() == {"authenticated": False}
    name = (await fgt.get("/api/v2/service/login-config")).json()["ccsrf_token_cookie_name"]
    assert name in (await log_in(fgt)).cookies
    assert (await fgt.get(LOGIN)).json() == {"authenticated": True}


@pytest.mark.parametrize(("release", "kind"), [("7.2.5", "text/html"), ("7.6.5", "application/json")])
async def test_refusal_before_the_login_is_a_page_on_old_releases(start: Start, release: str, kind: str) -> None:
    answer = await start(release, token=None).get(STATUS)
    assert answer.status_code == 401
    assert answer.headers["content-type"].startswith(kind)


async def test_weak_profile_is_refused(fgt: Fgt) -> None:
    fgt.device.add("system/accprofile", {"name": "readers", "fwgrp": "read"})
    fgt.device.add("system/api-user", {"name": "simulator", "accprofile": "readers"})
    assert (await fgt.get("firewall/address")).status_code == 200
    answer = await fgt.post("firewall/address", {"name": "a"})
    assert answer.status_code == 403
    assert not {"error", "revision", "cli_error"} & answer.json().keys()
    assert (await fgt.get("system/global")).status_code == 403


async def test_api_user_of_some_vdoms(start: Start) -> None:
    fgt = start(vdoms=("root", "branch", "lab"))
    profile = {"name": "all", "fwgrp": "read-write"}
    fgt.device.add("system/accprofile", profile)
    fgt.device.add("system/api-user", {"name": "simulator", "accprofile": "all", "vdom": [{"name": "branch"}]})
    assert (await fgt.get("firewall/address", vdom="branch")).status_code == 200
    assert (await fgt.get("firewall/address", vdom="lab")).status_code == 403


async def test_api_users_are_not_made_by_sessions_on_7_6_5(start: Start) -> None:
    fgt = start("7.6.5", token=None)
    fgt.http.headers["x-csrftoken"] = cookie(await log_in(fgt), "csrf")
    answer = await fgt.post("system/api-user", {"name": "tool"})
    assert (answer.status_code, answer.json()["error"]) == (500, -8102)
    assert answer.json()["cli_error"][0] == "admin's password required."


# Recorded bodies


@pytest.mark.parametrize(
    ("name", "release", "password"),
    [
        ("auth_login_success_pre7.6.3", "7.4.4", PASSWORD),
        ("auth_login_success_7.6.7", "7.6.7", PASSWORD),
        ("auth_login_failed_7.6.7", "7.6.7", "wrong"),
    ],
)
async def test_login_answers_as_recorded(start: Start, recorded: Any, name: str, release: str, password: str) -> None:
    answer = await log_in(start(release, token=None), password)
    assert json.loads(answer.text) == recorded(name)


def test_clock_is_the_tests_own(fgt: Fgt) -> None:
    assert isinstance(fgt.device.clock, Clock)


@pytest.mark.parametrize(
    ("text", "version", "build"), [("7.6.5", "v7.6.5", 3651), ("v7.2", "v7.2.0", 1157), ("7.2.9", "v7.2.9", 1517)]
)
def test_profile(text: str, version: str, build: int) -> None:
    profile = Profile.named(text)
    assert (profile.version, profile.build) == (version, build)
