# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
from __future__ import annotations

import gzip
import json
import pickle
from dataclasses import fields
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest

from hfortix_fortios import errors
from hfortix_fortios.error_codes import CODES
from hfortix_fortios.errors import MASK, FortiOSError, error_from_response, mask, masked_by_name, secrets_of
from hfortix_fortios.http.fortimanager import ProxyRequest
from hfortix_fortios.http.interface import Outcome, Request

RECORDED = Path(__file__).resolve().parents[4] / "shared/recorded/json"
ADDRESS = "/api/v2/cmdb/firewall/address"


def recorded(name: str) -> dict[str, Any]:
    file = RECORDED / f"{name}.json"
    if not file.is_file():
        pytest.skip(f"no recorded answer {file}")
    answer: dict[str, Any] = json.loads(file.read_text())
    return answer


API_USER = (
    "the device did not accept the credentials for system/api-user (POST /api/v2/cmdb/system/api-user; HTTP 500; "
    "FortiOS -8102, the administrator's password is required; device: admin's password required.). "
    "Repeat the request with the password of the administrator; releases from 7.6.5 ask for it"
)
BAD_REFERENCE = (
    "firewall/policy refers to something that does not exist: name 'homeNetwork' "
    "(POST /api/v2/cmdb/firewall/policy; HTTP 500; FortiOS -651, invalid value; "
    "device: node_check_object fail! for name homeNetwork / value parse error before 'homeNetwork'). "
    "Create the object that the field names first, or correct the name"
)
NOT_GRANTED = (
    "the device denied access to hardware/nic (PUT /api/v2/cmdb/hardware/nic; HTTP 403). "
    "Check the access profile and the vdoms of the administrator or API user"
)
NO_METHOD = (
    "the device does not offer system/global (POST /api/v2/cmdb/system/global; HTTP 405). "
    "Check that its release and model have the endpoint and that the endpoint has the method"
)


def refused(error: int, cli_error: Any = None, status: int = 500) -> bytes:
    answer = {"http_method": "POST", "error": error, "status": "error", "http_status": status}
    return json.dumps(answer | ({"cli_error": cli_error} if cli_error is not None else {})).encode()


@pytest.mark.parametrize(
    ("name", "method", "path", "kind", "text"),
    [
        (
            "fndn_post_bad_reference_-651_7.4.1",
            "POST",
            "/api/v2/cmdb/firewall/policy",
            "ReferenceMissingError",
            BAD_REFERENCE,
        ),
        (
            "issue409_post_api-user_-8102_7.6.5",
            "POST",
            "/api/v2/cmdb/system/api-user",
            "AuthenticationError",
            API_USER,
        ),
        (
            "issue222_put_hardware-nic_403_6.4.11",
            "PUT",
            "/api/v2/cmdb/hardware/nic",
            "PermissionDeniedError",
            NOT_GRANTED,
        ),
        (
            "issue232_post_singleton_405_7.2.4",
            "POST",
            "/api/v2/cmdb/system/global",
            "UnsupportedError",
            NO_METHOD,
        ),
    ],
)
def test_recorded_refusals(name: str, method: str, path: str, kind: str, text: str) -> None:
    answer = recorded(name)
    error = error_from_response(answer["http_status"], json.dumps(answer).encode(), {}, method, path)
    assert type(error).__name__ == kind
    assert str(error) == text


def test_the_blamed_field_is_named() -> None:
    answer = recorded("fndn_post_bad_reference_-651_7.4.1")
    error = error_from_response(500, answer, {}, "POST", "/api/v2/cmdb/firewall/policy")
    assert (error.status, error.code, error.field, error.meaning) == (500, -651, "name", "invalid value")


@pytest.mark.parametrize(
    ("status", "body", "path", "kind"),
    [
        (404, {"http_status": 404, "status": "error"}, f"{ADDRESS}/web", "NotFoundError"),
        (500, refused(-3), f"{ADDRESS}/web", "NotFoundError"),
        (500, refused(-3), ADDRESS, "ReferenceMissingError"),
        (404, {"http_status": 404, "status": "error"}, "/api/v2/cmdb/firewall/nothing", "UnsupportedError"),
        (404, {"status": 404, "httpStatus": "error", "api_version": ""}, "/api/v2/cmdb/no/such/x", "UnsupportedError"),
        (500, refused(-5), ADDRESS, "DuplicateError"),
        (424, refused(-5, status=424), ADDRESS, "DuplicateError"),
        (500, refused(-23), f"{ADDRESS}/web", "InUseError"),
        (500, refused(-651, "value parse error before 'x'\n"), ADDRESS, "InvalidValueError"),
        (500, refused(-37), ADDRESS, "PermissionDeniedError"),
        (500, refused(-99999), ADDRESS, "FortiOSError"),
        (400, b"", ADDRESS, "InvalidValueError"),
        (401, b"", ADDRESS, "AuthenticationError"),
        (403, b"", ADDRESS, "PermissionDeniedError"),
        (429, b"", ADDRESS, "LockedOutError"),
        (500, b"", ADDRESS, "ServerError"),
        (503, b"<html><body>busy</body></html>", ADDRESS, "ServerError"),
    ],
)
def test_kind(status: int, body: Any, path: str, kind: str) -> None:
    assert type(error_from_response(status, body, {}, "GET", path)).__name__ == kind


def test_messages_of_frequent_refusals() -> None:
    def text(body: bytes, path: str, method: str) -> str:
        return str(error_from_response(500, body, {}, method, path))

    assert text(refused(-5), ADDRESS, "POST") == (
        f"firewall/address has such an entry already (POST {ADDRESS}; HTTP 500; FortiOS -5, an entry with this key "
        "exists already). Update the existing entry, or choose another key"
    )
    upload = "/api/v2/monitor/system/config-script/upload"
    assert str(error_from_response(413, b"", {}, "POST", upload)) == (
        "what was sent for monitor/system/config-script/upload is too large for the device "
        f"(POST {upload}; HTTP 413). Send less at once"
    )
    assert text(refused(-23), f"{ADDRESS}/a%2Fb", "DELETE") == (
        f"firewall/address 'a/b' is in use (DELETE {ADDRESS}/a%2Fb; HTTP 500; FortiOS -23, the entry is in use). "
        "Remove the references to it first"
    )


def test_429_with_retry_after_is_a_rate_limit() -> None:
    error = error_from_response(429, b"", {"Retry-After": "7"}, "GET", ADDRESS)
    assert isinstance(error, errors.RateLimitedError)
    assert error.retry_after == 7.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (formatdate(2_000_000_007, usegmt=True), 7.0),
        ("Wed, 18 May 2033 05:33:27 +0200", 7.0),
        (formatdate(1_999_999_000, usegmt=True), 0.0),
        ("1.5", 1.5),
        ("-5", 0.0),
        ("nan", None),
        ("inf", None),
        ("soon", None),
        ("Wed, 99 May 99999 03:33:27 GMT", None),
        ("", None),
    ],
)
def test_retry_after(monkeypatch: pytest.MonkeyPatch, value: str, seconds: float | None) -> None:
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    error = error_from_response(503, b"", {"Retry-After": value}, "GET", ADDRESS)
    assert isinstance(error, errors.ServerError)
    assert error.retry_after == seconds


def test_html_becomes_one_short_line() -> None:
    page = "<html><head><title>t</title><style>x{}</style></head><body><h1>401</h1>\n<p>Not   authorised</p></body>"
    error = error_from_response(401, page.encode(), {"WWW-Authenticate": 'error="invalid_token"'}, "GET", ADDRESS)
    assert error.cli_error == "401 Not authorised"
    assert "Authorization header" in str(error)
    assert "\n" not in str(error)
    long = error_from_response(500, b"<p>" + b"word " * 500, {}, "GET", ADDRESS)
    assert long.cli_error is not None
    assert len(long.cli_error) == 200


def test_gzip_that_nobody_announced() -> None:
    error = error_from_response(500, gzip.compress(refused(-5)), {}, "POST", ADDRESS)
    assert isinstance(error, errors.DuplicateError)
    broken = error_from_response(500, gzip.compress(refused(-5))[:20], {}, "POST", ADDRESS)
    assert isinstance(broken, errors.ServerError)


def test_cli_error_as_text_and_as_list_are_the_same() -> None:
    text = error_from_response(500, refused(-651, "one\n\ntwo\nCommand fail. Return code -651\n"), {}, "PUT", ADDRESS)
    listed = error_from_response(
        500, refused(-651, ["one", "two", "Command fail. Return code -651"]), {}, "PUT", ADDRESS
    )
    assert text.cli_error == listed.cli_error == "one\ntwo\nCommand fail. Return code -651"
    assert "device: one / two)" in str(text)


def test_secrets_do_not_show() -> None:
    body = {"name": "vpn", "psksecret": "Tr0ub4dor", "members": [{"password": "hunter22"}], "status": "enable"}
    secrets = secrets_of(body)
    assert secrets == {"Tr0ub4dor", "hunter22"}
    words = "value parse error before 'Tr0ub4dor'\npassword hunter22 too weak"
    error = error_from_response(500, refused(-651, words), {}, "POST", ADDRESS, secrets=secrets)
    for shown in (str(error), repr(error), json.dumps(error.to_dict())):
        assert "Tr0ub4dor" not in shown
        assert "hunter22" not in shown
    assert errors.MASK in str(error)
    assert mask("aab", {"a", "aa"}) == f"{errors.MASK}b"


def test_secrets_in_lists_are_secrets() -> None:
    body = {"password": ["hunter22", "Tr0ub4dor"], "keys": [{"key": "Sw0rdfish", "id": 1}], "member": ["a"]}
    assert secrets_of(body) == {"hunter22", "Tr0ub4dor", "Sw0rdfish"}
    assert masked_by_name(body) == {
        "password": [MASK, MASK], "keys": [{"key": MASK, "id": 1}], "member": ["a"],
    }  # fmt: skip


def test_repr_shows_no_secrets() -> None:
    request = Request(
        "POST", f"{ADDRESS}?access_token=abcdef&vdom=lab", {"psk": "Sw0rdfish"},
        {"name": "x", "password": ["hunter22"]}, {"Authorization": "Bearer Tr0ub4dor", "x-change": "7"}, 5,
    )  # fmt: skip
    shown = (
        f"Request(method='POST', path='{ADDRESS}?access_token={MASK}&vdom=lab', params={{'psk': '{MASK}'}}, "
        f"json={{'name': 'x', 'password': ['{MASK}']}}, headers={{'Authorization': '{MASK}', 'x-change': '7'}}, "
        "timeout=5, sink=None"
    )
    assert repr(request) == f"{shown})"
    values = [getattr(request, member.name) for member in fields(request)]
    assert repr(ProxyRequest(*values, targets=("fgt1",))) == f"Proxy{shown}, targets=('fgt1',))"
    outcome = Outcome(request, {"results": {"access_token": "abcdef"}})
    answer = {"results": {"access_token": MASK}}
    assert repr(outcome) == f"Outcome({request!r}, answer={answer!r}, error=None, sent=True)"
    assert "answer='<6 bytes>'" in repr(Outcome(request, b"config"))


def test_each_line_of_a_secret_is_one_unless_it_is_too_short_to_tell() -> None:
    assert secrets_of({"private-key": "line-of-key-1\nline-of-key-2\n==\n"}) == {
        "line-of-key-1\nline-of-key-2\n==\n",
        "line-of-key-1",
        "line-of-key-2",
    }


def test_every_secret_field_of_the_catalogue_is_recognised(root: Path) -> None:
    secret_types = {"password", "password-2", "password-3", "password_aes256", "varlen_password"}

    def names(fields: dict[str, Any]) -> set[str]:
        found = {name for name, facts in fields.items() if facts["type"] in secret_types}
        return found.union(*(names(facts.get("fields", {})) for facts in fields.values()))

    found: set[str] = set()
    for file in (root / "generator/catalog/cmdb").rglob("*.json"):
        found |= names(json.loads(file.read_text())["fields"])
    assert len(found) > 50
    assert {name for name in found if not secrets_of({name: "value"})} == set()


@pytest.mark.parametrize(
    "error",
    [
        errors.TLSError("no TLS", sent=False, method="GET", path=ADDRESS, hint="look"),
        errors.ServerError("busy", status=503, retry_after=3.0),
        errors.ClosedError("closed", sent=False),
        error_from_response(500, refused(-5, "words"), {}, "POST", ADDRESS),
        FortiOSError("plain"),
    ],
)
def test_errors_travel_as_json_and_pickle(error: FortiOSError) -> None:
    restored = FortiOSError.from_dict(json.loads(json.dumps(error.to_dict())))
    for copy in (restored, pickle.loads(pickle.dumps(error))):
        assert type(copy) is type(error)
        assert vars(copy) == vars(error)
        assert str(copy) == str(error)


def test_an_unknown_kind_of_error_is_restored_as_the_base() -> None:
    restored = FortiOSError.from_dict({"type": "LaterError", "message": "m", "status": 418, "colour": "red"})
    assert type(restored) is FortiOSError
    assert str(restored) == "m (HTTP 418)"


@pytest.mark.parametrize("code", CODES)
def test_each_code_has_a_class_a_meaning_and_one_sentence_of_remedy(code: int) -> None:
    entry = CODES[code]
    error = error_from_response(500, refused(code), {}, "PUT", f"{ADDRESS}/x")
    assert error.code == code
    assert error.meaning == entry.meaning
    assert not entry.meaning.endswith(".")
    assert not entry.hint or entry.hint.endswith((".", "'"))
    assert not (error.hint or "").endswith(".")


def test_the_path_of_an_error_has_no_query() -> None:
    error = error_from_response(401, b"", {}, "GET", f"{ADDRESS}?access_token=abcdef")
    assert "abcdef" not in str(error)
    assert error.path == ADDRESS
