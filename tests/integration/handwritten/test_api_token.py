# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The module `api_token` against the simulator."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from ansible_collections.hfortix.fortios.plugins.modules import api_token
from tests.simulator.server import Simulator

from .trust import TOKEN, run, writes

NEW = {"name": "monitoring", "accprofile": "super_admin", "vdoms": ["root"], "trusthosts": ["127.0.0.0/8"]}
GENERATE = "/api/v2/monitor/system/api-user/generate-key"


@pytest.fixture(scope="module")
def server() -> Iterator[Simulator]:
    with Simulator("7.6.5", token=TOKEN, password="passw0rd", tls=False) as simulator:
        yield simulator


@pytest.fixture
def device(server: Simulator) -> Simulator:
    server.reset()
    return server


def works(device: Simulator, token: str) -> bool:
    answer = httpx.get(f"{device.url}/api/v2/monitor/system/status", headers={"Authorization": f"Bearer {token}"})
    return answer.status_code == 200


def test_a_new_administrator_gets_a_key_once(device: Simulator) -> None:
    foretold = run(device, api_token.JOB, NEW, check=True)
    assert (foretold["changed"], foretold["generated"], "token" in foretold, writes(device)) == (True, True, False, 0)
    done = run(device, api_token.JOB, NEW)
    assert (done["changed"], done["generated"], done["before"]) == (True, True, [])
    assert done["after"][0]["trusthost"][0]["ipv4_trusthost"] == "127.0.0.0 255.0.0.0"
    assert works(device, done["token"])
    assert repr(done).count(done["token"]) == 1
    assert [item["after"] for item in done["diff"]][-1] == {"key": "******** (new)"}
    again = run(device, api_token.JOB, NEW)
    assert (again["changed"], again["generated"], "token" in again) == (False, False, False)
    assert works(device, done["token"])
    assert writes(device) == 2


def test_a_key_is_rotated_when_that_is_asked_for(device: Simulator) -> None:
    old = run(device, api_token.JOB, NEW)["token"]
    rotate = {"name": "monitoring", "rotate": True}
    foretold = run(device, api_token.JOB, rotate, check=True)
    assert (foretold["changed"], foretold["generated"], works(device, old)) == (True, True, True)
    new = run(device, api_token.JOB, rotate)
    assert new["changed"]
    assert new["diff"][-1]["before"] == {"key": "********"}
    assert works(device, new["token"])
    assert not works(device, old)
    assert old not in repr(new)


def test_networks_and_comments_are_added_without_a_new_key(device: Simulator) -> None:
    token = run(device, api_token.JOB, NEW)["token"]
    networks = ["2001:db8::/32", "127.0.0.1/8", "2001:DB8::1/32", "127.0.0.0 255.0.0.0"]
    more = {"name": "monitoring", "trusthosts": networks, "comments": "for the dashboards"}
    done = run(device, api_token.JOB, more)
    assert (done["changed"], done["generated"], "token" in done) == (True, False, False)
    assert [row["id"] for row in done["after"][0]["trusthost"]] == [1, 2]
    assert done["after"][0]["trusthost"][1]["ipv6_trusthost"] == "2001:db8::/32"
    assert run(device, api_token.JOB, more)["changed"] is False
    assert works(device, token)


def test_older_releases_call_the_key_otherwise() -> None:
    with Simulator("7.2.0", token=TOKEN, tls=False) as device:
        assert works(device, run(device, api_token.JOB, NEW)["token"])


def test_bad_input_is_refused(device: Simulator) -> None:
    assert run(device, api_token.JOB, {"name": "nobody", "rotate": True})["msg"] == (
        "accprofile: there is no REST API administrator 'nobody', and a new one needs a profile."
    )
    assert run(device, api_token.JOB, {**NEW, "trusthosts": ["all"]})["msg"] == (
        "trusthosts: 'all' is not an address with a mask, such as 192.0.2.0/24."
    )
    assert run(device, api_token.JOB, {**NEW, "name": ""})["msg"] == "name: is empty."
    assert writes(device) == 0
    assert "refers to something that does not exist" in run(device, api_token.JOB, {**NEW, "accprofile": "none"})["msg"]


def test_a_password_session_is_refused_with_the_way_around(device: Simulator) -> None:
    refused = run(device, api_token.JOB, NEW, token="")
    assert "FortiOS -8102, the administrator's password is required" in refused["msg"]
    assert refused["msg"].endswith(
        "Connect with the token of a REST API administrator that may do so, instead of a user name and password, or "
        "make this one on the device itself (config system api-user)."
    )


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ({"status": 500, "body": '{"status": "error", "error": -8102}'}, "make this one on the device itself"),
        ({"status": 403}, "The administrator is made: run this again with rotate."),
        ({"status": 200, "body": '{"status": "success", "results": {}}'}, "Run this again with rotate."),
        ({"drop": "after"}, "may have ceased to work. Run this again with rotate, over a connection with a key that"),
    ],
)
def test_a_key_that_does_not_come(device: Simulator, answer: dict[str, Any], message: str) -> None:
    device.fault(path=GENERATE, **answer)
    refused = run(device, api_token.JOB, NEW)
    assert refused["failed"]
    assert message in refused["msg"]
    assert run(device, api_token.JOB, {**NEW, "rotate": True})["generated"]
