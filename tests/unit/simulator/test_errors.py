# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""FORTIOS_API.md section 3: refusals, their HTTP status and FortiOS code."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from .conftest import Fgt, Start


def refusal(answer: httpx.Response) -> tuple[int, Any]:
    """HTTP status and FortiOS code; the body repeats the status."""
    body = answer.json()
    assert (body["status"], body["http_status"]) == ("error", answer.status_code)
    return answer.status_code, body.get("error")


async def test_missing_entry(fgt: Fgt) -> None:
    for method in ("GET", "PUT", "DELETE"):
        answer = await fgt.call(method, "firewall/address/nope", {"comment": "x"} if method == "PUT" else None)
        assert refusal(answer) == (404, -3)


async def test_missing_entry_without_code(start: Start) -> None:
    assert refusal(await start(missing=None).get("firewall/address/nope")) == (404, None)


async def test_missing_entry_of_an_empty_table(start: Start) -> None:
    answer = await start(missing_in_empty=200).get("firewall/vip/nope")
    assert (answer.status_code, answer.json()["results"], answer.json()["mkey"]) == (200, [], "nope")


@pytest.mark.parametrize(
    ("release", "path", "code"),
    [
        ("7.6.5", "no/such", 404),
        ("7.6.5", "firewall/policy64", 404),
        ("7.0.3", "casb/profile", 404),
        ("7.6.5", "casb/profile", 200),
    ],
)
async def test_endpoints_of_the_release(start: Start, release: str, path: str, code: int) -> None:
    assert (await start(release).get(path)).status_code == code


async def test_duplicate(fgt: Fgt, start: Start) -> None:
    assert refusal(await fgt.post("firewall/address", {"name": "all"})) == (500, -5)
    assert refusal(await start(duplicate=(424, -5)).post("firewall/address", {"name": "all"})) == (424, -5)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"subnet": "10.0.0.0/33"}, -9),
        ({"subnet": "10.0.0/24"}, -8),
        ({"type": "nonsense"}, -651),
        ({"color": 99}, -650),
        ({"color": "red"}, -651),
        ({"comment": "x" * 256}, -1),
        ({"associated-interface": "port99"}, -651),
        ({"no-such-field": 1}, -61),
        ({"color": [1]}, -651),
        ({"macaddr": "00:00:00:00:00:00"}, -651),
        ({"fabric-force-sync": "enable"}, -61),
    ],
)
async def test_bad_values(fgt: Fgt, body: dict[str, Any], code: int) -> None:
    answer = await fgt.post("firewall/address", {"name": "new", **body})
    assert refusal(answer) == (500, code)
    assert (await fgt.get("firewall/address/new")).status_code == 404, "nothing was made of it"


async def test_the_device_names_the_culprit(fgt: Fgt) -> None:
    answer = await fgt.post("firewall/address", {"name": "new", "type": "nonsense"})
    words = "\n".join(answer.json()["cli_error"])
    assert "nonsense" in words
    assert "type" in words
    assert words.endswith("Command fail. Return code -651")


async def test_unknown_fields_can_be_ignored(start: Start) -> None:
    assert (await start(unknown_fields="ignore").post("firewall/address", {"name": "a", "what": 1})).status_code == 200


async def test_key_is_needed(fgt: Fgt) -> None:
    assert refusal(await fgt.post("firewall/address", {"comment": "x"})) == (500, -56)


async def test_required_attributes_by_switch(start: Start) -> None:
    assert (await start().post("firewall/addrgrp", {"name": "g"})).status_code == 200
    assert refusal(await start(required="refuse").post("firewall/addrgrp", {"name": "g"})) == (500, -56)


@pytest.mark.parametrize(
    ("content", "expected"), [(b"", (424, -10001)), (b"[1]", (424, -10002)), (b"{bad", (400, None))]
)
async def test_bodies_that_are_none(fgt: Fgt, content: bytes, expected: tuple[int, Any]) -> None:
    answer = await fgt.http.post("/api/v2/cmdb/firewall/address", content=content)
    assert refusal(answer) == expected


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "system/global"),
        ("DELETE", "system/global"),
        ("PUT", "firewall/address"),
        ("POST", "firewall/address/all"),
        ("PUT", "firewall/addrgrp/G%20Suite/member"),
        ("PATCH", "firewall/address/all"),
    ],
)
async def test_methods_that_do_not_apply(fgt: Fgt, method: str, path: str) -> None:
    assert refusal(await fgt.call(method, path, {"name": "x"})) == (405, None)


async def test_slash_in_a_name_must_be_encoded(fgt: Fgt) -> None:
    await fgt.make("firewall/address", name="10.0.0.0/8")
    assert refusal(await fgt.get("firewall/address/10.0.0.0/8")) == (400, None)
    assert (await fgt.get("firewall/address/10.0.0.0%2F8")).status_code == 200


async def test_unknown_action(fgt: Fgt) -> None:
    assert refusal(await fgt.get("firewall/address", action="dance")) == (500, -10000)


async def test_built_in_entries_stay(fgt: Fgt) -> None:
    assert refusal(await fgt.delete("firewall/address/all")) == (500, -37)
    assert refusal(await fgt.put("firewall/address/all", {"name": "everything"})) == (500, -37)
    assert (await fgt.put("firewall/address/all", {"comment": "x"})).status_code == 200


async def test_tables_whose_rows_are_the_device_s_own(fgt: Fgt) -> None:
    (first, *_) = await fgt.rows("rule/otdt")
    assert refusal(await fgt.post("rule/otdt", {"name": "mine"})) == (500, -37)
    assert refusal(await fgt.delete(f"rule/otdt/{first['name']}")) == (500, -37)
    assert refusal(await fgt.delete("rule/otdt")) == (500, -37)
    assert (await fgt.put(f"rule/otdt/{first['name']}", {"status": "disable"})).status_code == 200


async def test_body_that_is_too_large(fgt: Fgt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.simulator.app.MAX_BODY", 100)
    assert (await fgt.post("firewall/address", {"name": "a", "comment": "x" * 200})).status_code == 413
