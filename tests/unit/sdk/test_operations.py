# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Monitor, log and service endpoints: the requests that calls become in both modes, and the calls that are refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from hfortix_fortios import FortiOSError, InvalidValueError, PermissionDeniedError

from .conftest import Device, Mode, Says

MONITOR = "/api/v2/monitor"
RESULTS = {"port1": {"link": True}}


def answer(results: Any = RESULTS) -> Says:
    return Says(200, {"http_method": "GET", "results": results, "status": "success"})


@dataclass
class Case:
    """A call, the request it makes (line and body), what the device says to it, and what the call gives."""

    name: str
    call: Callable[[Any], Any]
    request: tuple[str, Any]
    says: Says
    result: Any


CASES = [
    Case(
        "read",
        lambda api: api.monitor.system.interface.get(include_vlan=True, interface_name="port1", vdom="lab"),
        (f"GET {MONITOR}/system/interface?vdom=lab&include_vlan=true&interface_name=port1", None),
        answer(),
        RESULTS,
    ),
    Case(
        "a child of an endpoint",
        lambda api: api.monitor.system.interface.poe.get(),
        (f"GET {MONITOR}/system/interface/poe", None),
        answer([]),
        [],
    ),
    Case(
        "operation",
        lambda api: api.monitor.system.api_user.generate_key.post(api_user="ansible", vdom="root"),
        (f"POST {MONITOR}/system/api-user/generate-key?vdom=root", {"api-user": "ansible"}),
        answer({"access_token": "k"}),
        {"access_token": "k"},
    ),
    Case(
        "operation with names on the wire",
        lambda api: api.monitor.system.api_user.generate_key.post({"api-user": "ansible"}, expiry=5),
        (f"POST {MONITOR}/system/api-user/generate-key", {"api-user": "ansible", "expiry": 5}),
        Says(200, {"status": "success"}),
        {"status": "success"},
    ),
    Case(
        "log",
        lambda api: api.log.event.system.get(source="disk", rows=2, filter="level==warning"),
        ("GET /api/v2/log/disk/event/system?rows=2&filter=level%3D%3Dwarning", None),
        answer([{"level": "warning"}]),
        [{"level": "warning"}],
    ),
    Case(
        "raw log",
        lambda api: api.log.event.system.raw.get(source="memory"),
        ("GET /api/v2/log/memory/event/system/raw", None),
        Says(200, b"date=2026-01-01"),
        b"date=2026-01-01",
    ),
    Case(
        "a parameter in the path",
        lambda api: api.log.search.abort.post(session_id=7),
        ("POST /api/v2/log/search/abort/7", {}),
        Says(200, {"status": "success"}),
        {"status": "success"},
    ),
    Case(
        "service",
        lambda api: api.service.sniffer.list.get(mkey="a b"),
        ("GET /api/v2/service/sniffer/list?mkey=a%20b", None),
        answer([]),
        [],
    ),
    Case(
        "several vdoms",
        lambda api: api.monitor.firewall.policy.get(vdom="*"),
        (f"GET {MONITOR}/firewall/policy?vdom=%2A", None),
        Says(200, [{"results": [1], "vdom": "a"}, {"results": [2], "vdom": "b"}]),
        {"a": [1], "b": [2]},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_request_and_result(mode: Mode, device: Device, case: Case) -> None:
    device.script = [case.says]
    assert mode(case.call(mode.fortios(device).api)) == case.result
    assert [(seen.line, seen.json) for seen in device.seen] == [case.request]


@pytest.mark.parametrize(
    ("call", "message", "field"),
    [
        (lambda api: api.monitor.system.interface.get(vlan=1), "system/interface: has no parameter vlan", "vlan"),
        (
            lambda api: api.monitor.system.api_user.generate_key.post(expiry=1),
            "system/api-user/generate-key: needs the parameter api-user",
            "api-user",
        ),
        (lambda api: api.log.event.system.get(rows=1), "needs the parameter source", "source"),
        (lambda api: api.log.search.status.get(), "needs the parameter session_id", "session_id"),
        (lambda api: api.monitor.system.interface.post(), "system/interface: has no POST, only GET", None),
        (
            lambda api: api.monitor.network.arp.get(filter=5),
            "not sent, since filter is 5, neither text nor a list of texts",
            "filter",
        ),
        (
            lambda api: api.monitor.network.arp.get(filter=["ip==192.0.2.1", None]),
            r"filter is \['ip==192.0.2.1', None\], neither",
            "filter",
        ),
        (lambda api: api.monitor.network.arp.get(filter={"ip": "x"}), r"filter is {'ip': 'x'}, neither", "filter"),
        (lambda api: api.monitor.network.arp.get(sort={"ip": "asc"}), r"sort is {'ip': 'asc'}, neither", "sort"),
    ],
)
def test_a_wrong_call_is_refused_before_anything_is_sent(
    mode: Mode, device: Device, call: Callable[[Any], Any], message: str, field: str | None
) -> None:
    with pytest.raises(InvalidValueError, match=message) as caught:
        mode(call(mode.fortios(device).api))
    assert caught.value.field == field
    assert device.seen == []


def test_one_of_several_vdoms_refuses(mode: Mode, device: Device) -> None:
    refusal = {"status": "error", "http_status": 403, "vdom": "b"}
    device.script = [Says(200, [{"results": [1], "vdom": "a"}, refusal])]
    with pytest.raises(PermissionDeniedError):
        mode(mode.fortios(device).api.monitor.firewall.policy.get(vdom=["a", "b"]))


@pytest.mark.parametrize("answer", [[1, 2], [{"vdom": "a", "results": []}, None]])
def test_a_list_of_anything_else_is_no_answer(mode: Mode, device: Device, answer: Any) -> None:
    device.script = [Says(200, answer)]
    with pytest.raises(FortiOSError, match="the device's answer holds no results"):
        mode(mode.fortios(device).api.monitor.firewall.policy.get(vdom="*"))
