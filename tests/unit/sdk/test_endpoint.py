# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables, singletons and the tree: one table of cases drives both modes and asserts the same requests and results."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from ipaddress import IPv4Address
from typing import Any

import pytest

from hfortix_fortios import Change, F, FortiOS, errors

from .conftest import Device, Mode, Says, Seen

ADDRESS = "/api/v2/cmdb/firewall/address"
POLICY = "/api/v2/cmdb/firewall/policy"
GLOBAL = "/api/v2/cmdb/system/global"
GROUP = "/api/v2/cmdb/firewall/addrgrp"
WRITTEN: Any = {"http_method": "POST", "status": "success", "http_status": 200, "mkey": "web", "revision_changed": True}
QUERY = (
    "with_meta=1&filter=name%3D%40web&filter=type%3D%3Dfqdn&format=name%7Cfqdn"
    "&sort=name%2Cdsc&start=10&count=5&vdom=lab"
)
ROW = {"name": "web", "q_origin_key": "web"}


def rows(*found: Any, **more: Any) -> Says:
    return Says(200, {"status": "success", "http_status": 200, "results": list(found), **more})


@dataclass
class Case:
    """A call on the tree, the device's answers, and what must come of them: requests (line, body) and the result."""

    name: str
    call: Callable[[Any], Any]
    answers: list[Says]
    requests: list[tuple[str, Any]]
    result: Any = field(default_factory=lambda: WRITTEN)


def address(fgt: Any) -> Any:
    return fgt.api.cmdb.firewall.address


def policy(fgt: Any) -> Any:
    return fgt.api.cmdb.firewall.policy


CASES = [
    Case("all rows", lambda f: address(f).get(), [rows(ROW)], [(f"GET {ADDRESS}", None)], [ROW]),
    Case("no rows", lambda f: address(f).get(), [rows()], [(f"GET {ADDRESS}", None)], []),
    Case("one row", lambda f: address(f).get("web"), [rows(ROW, mkey="web")], [(f"GET {ADDRESS}/web", None)], ROW),
    Case(
        "odd key",
        lambda f: address(f).get("a/b c%?ü"),
        [rows(ROW)],
        [(f"GET {ADDRESS}/a%2Fb%20c%25%3F%C3%BC", None)],
        ROW,
    ),
    Case(
        "integer key", lambda f: policy(f).get(7), [rows({"policyid": 7})], [(f"GET {POLICY}/7", None)], {"policyid": 7}
    ),
    Case(
        "query",
        lambda f: address(f).get(
            filter=["name=@web", "type==fqdn"],
            format=["name", "fqdn"],
            sort="name,dsc",
            start=10,
            count=5,
            vdom="lab",
            params={"with_meta": 1},
        ),
        [rows()],
        [
            (
                f"GET {ADDRESS}?{QUERY}",
                None,
            )
        ],
        [],
    ),
    Case(
        "several vdoms",
        lambda f: address(f).get(vdom=["a", "b"]),
        [Says(200, [{"vdom": "a", "results": [{"name": "x"}]}, {"vdom": "b", "results": [{"name": "y"}]}])],
        [(f"GET {ADDRESS}?vdom=a&vdom=b", None)],
        [{"name": "x"}, {"name": "y"}],
    ),
    Case("exists", lambda f: address(f).exists("web"), [rows(ROW)], [(f"GET {ADDRESS}/web?format=name", None)], True),
    Case(
        "exists not",
        lambda f: address(f).exists("web"),
        [Says(404, b"")],
        [(f"GET {ADDRESS}/web?format=name", None)],
        False,
    ),
    Case(
        "exists not, by an empty answer",
        lambda f: address(f).exists("w"),
        [rows()],
        [(f"GET {ADDRESS}/w?format=name", None)],
        False,
    ),
    Case(
        "post of keywords",
        lambda f: address(f).post(name="web", start_ip="192.0.2.1", comment=None, cache_ttl="60"),
        [Says(200, WRITTEN)],
        [(f"POST {ADDRESS}", {"name": "web", "start-ip": "192.0.2.1", "cache-ttl": 60})],
    ),
    Case(
        "post of a row as it was read",
        lambda f: address(f).post({**ROW, "end-ip": "192.0.2.9"}, name="other"),
        [Says(200, WRITTEN)],
        [(f"POST {ADDRESS}", {"name": "other", "end-ip": "192.0.2.9"})],
    ),
    Case(
        "plain names become rows",
        lambda f: policy(f).post(srcaddr="all", dstaddr=["web", {"name": "db"}], srcintf=[{"name": "wan 1"}]),
        [Says(200, WRITTEN)],
        [
            (
                f"POST {POLICY}",
                {
                    "srcaddr": [{"name": "all"}],
                    "dstaddr": [{"name": "web"}, {"name": "db"}],
                    "srcintf": [{"name": "wan 1"}],
                },
            )
        ],
    ),
    Case(
        "multiple values are joined",
        lambda f: f.api.cmdb.system.interface.put("port1", allowaccess=["ping", "https"], vdom="root"),
        [Says(200, WRITTEN)],
        [("PUT /api/v2/cmdb/system/interface/port1", {"allowaccess": "ping https", "vdom": "root"})],
    ),
    Case(
        "write to a vdom",
        lambda f: address(f).put("web", {"comment": "x"}, vdom="lab"),
        [Says(200, WRITTEN)],
        [(f"PUT {ADDRESS}/web?vdom=lab", {"comment": "x"})],
    ),
    Case("delete", lambda f: address(f).delete("web"), [Says(200, WRITTEN)], [(f"DELETE {ADDRESS}/web", None)]),
    Case(
        "move before",
        lambda f: policy(f).move(3, before=1),
        [Says(200, WRITTEN)],
        [(f"PUT {POLICY}/3?action=move&before=1", None)],
    ),
    Case(
        "move after",
        lambda f: policy(f).move(3, after=5, vdom="lab"),
        [Says(200, WRITTEN)],
        [(f"PUT {POLICY}/3?action=move&vdom=lab&after=5", None)],
    ),
    Case(
        "clone",
        lambda f: address(f).clone("web", "web/2"),
        [Says(200, WRITTEN)],
        [(f"POST {ADDRESS}/web?action=clone&nkey=web%2F2", None)],
    ),
    Case(
        "rename",
        lambda f: address(f).rename("web", "a/b", vdom="lab"),
        [Says(200, WRITTEN)],
        [(f"PUT {ADDRESS}/web?vdom=lab", {"name": "a/b"})],
    ),
    Case(
        "set of a new row",
        lambda f: address(f).set(name="web", start_ip="192.0.2.1", vdom="lab"),
        [Says(404, b""), Says(200, WRITTEN)],
        [
            (f"GET {ADDRESS}/web?vdom=lab", None),
            (f"POST {ADDRESS}?vdom=lab", {"name": "web", "start-ip": "192.0.2.1"}),
        ],
        Change("created", "web", ("name", "start-ip"), (WRITTEN,)),
    ),
    Case(
        "set of what is there already",
        lambda f: address(f).set(ROW, subnet="192.0.2.0/24", macaddr="00:00:5e:00:53:01", cache_ttl="0"),
        [rows({**ROW, "subnet": "192.0.2.0 255.255.255.0", "macaddr": [{"macaddr": "00:00:5e:00:53:01"}]})],
        [(f"GET {ADDRESS}/web", None)],
        Change("unchanged", "web"),
    ),
    Case(
        "set of what differs",
        lambda f: address(f).set(name="web", comment="new", fsso_group=["b", "a"], country="DE"),
        [rows({**ROW, "comment": "", "country": "DE", "fsso-group": [{"name": "c"}]}), Says(200, WRITTEN)],
        [
            (f"GET {ADDRESS}/web", None),
            (f"PUT {ADDRESS}/web", {"comment": "new", "fsso-group": [{"name": "b"}, {"name": "a"}]}),
        ],
        Change("updated", "web", ("comment", "fsso-group"), (WRITTEN,)),
    ),
    Case(
        "set of a row that the device is to number",
        lambda f: policy(f).set(policyid=0, name="p"),
        [Says(404, b""), Says(200, {**WRITTEN, "mkey": "9"})],
        [(f"GET {POLICY}/0", None), (f"POST {POLICY}", {"policyid": 0, "name": "p"})],
        Change("created", "9", ("policyid", "name"), ({**WRITTEN, "mkey": "9"},)),
    ),
    Case(
        "set of a secret, which cannot be compared",
        lambda f: f.api.cmdb.user.local.set(name="u", passwd="s3cret", status="enable"),
        [rows({"name": "u", "passwd": "ENC xyz", "status": "enable"}), Says(200, WRITTEN)],
        [("GET /api/v2/cmdb/user/local/u", None), ("PUT /api/v2/cmdb/user/local/u", {"passwd": "s3cret"})],
        Change("updated", "u", ("passwd",), (WRITTEN,)),
    ),
    Case(
        "set of child rows that hold secrets",
        lambda f: f.api.cmdb.system.ntp.set(ntpserver=[{"id": 1, "server": "b", "key": "k"}, {"id": 3}]),
        [
            Says(200, {"results": {"ntpserver": [{"id": 1, "server": "a", "key": "ENC x"}, {"id": 2}]}}),
            *[Says(200, WRITTEN)] * 3,
        ],
        [
            ("GET /api/v2/cmdb/system/ntp", None),
            ("DELETE /api/v2/cmdb/system/ntp/ntpserver/2", None),
            ("PUT /api/v2/cmdb/system/ntp/ntpserver/1", {"server": "b", "key": "k"}),
            ("POST /api/v2/cmdb/system/ntp/ntpserver", {"id": 3}),
        ],
        Change("updated", None, ("ntpserver",), (WRITTEN,) * 3),
    ),
    Case(
        "rows by vdom",
        lambda f: address(f).by_vdom(filter=F("type") == "fqdn"),
        [Says(200, [{"vdom": "a", "results": [ROW]}, {"vdom": "b", "results": []}])],
        [(f"GET {ADDRESS}?filter=type%3D%3Dfqdn&vdom=%2A", None)],
        {"a": [ROW], "b": []},
    ),
    Case(
        "filters as expressions",
        lambda f: address(f).get(filter=[F("name").contains("a,b", "ü") & (F("color") > 3), "type==fqdn"]),
        [rows()],
        [(f"GET {ADDRESS}?filter=name%3D%40a%5C%2Cb%2C%C3%BC&filter=color%3E3&filter=type%3D%3Dfqdn", None)],
        [],
    ),
    Case(
        "global scope",
        lambda f: address(f.in_global()).get(),
        [Says(200, [{"vdom": "root", "results": [ROW]}])],
        [(f"GET {ADDRESS}?global=1", None)],
        [ROW],
    ),
    Case(
        "write in global scope",
        lambda f: address(f.in_global()).delete("web"),
        [Says(200, [WRITTEN])],
        [(f"DELETE {ADDRESS}/web?global=1", None)],
    ),
    Case(
        "row get",
        lambda f: address(f)["a/b"].get(format=["name"]),
        [rows(ROW)],
        [(f"GET {ADDRESS}/a%2Fb?format=name", None)],
        ROW,
    ),
    Case(
        "row put",
        lambda f: address(f)["web"].put(color=3),
        [Says(200, WRITTEN)],
        [(f"PUT {ADDRESS}/web", {"color": 3})],
    ),
    Case(
        "row set",
        lambda f: policy(f)[7].set(srcaddr="all"),
        [rows({"policyid": 7, "srcaddr": [{"name": "all", "q_origin_key": "all"}]})],
        [(f"GET {POLICY}/7", None)],
        Change("unchanged", None),
    ),
    Case("row exists", lambda f: address(f)["web"].exists(), [Says(404, b"")], [(f"GET {ADDRESS}/web", None)], False),
    Case(
        "row delete",
        lambda f: address(f)["web"].delete(vdom="lab"),
        [Says(200, WRITTEN)],
        [(f"DELETE {ADDRESS}/web?vdom=lab", None)],
    ),
    Case(
        "child table",
        lambda f: f.api.cmdb.firewall.addrgrp["g1"].member.get(),
        [rows({"name": "web"})],
        [(f"GET {GROUP}/g1/member", None)],
        [{"name": "web"}],
    ),
    Case(
        "child row",
        lambda f: f.api.cmdb.firewall.addrgrp["g1"].member.post(name="a b", vdom="lab"),
        [Says(200, WRITTEN)],
        [(f"POST {GROUP}/g1/member?vdom=lab", {"name": "a b"})],
    ),
    Case(
        "child row gone",
        lambda f: f.api.cmdb.firewall.addrgrp["g 1"].member.delete("a/b"),
        [Says(200, WRITTEN)],
        [(f"DELETE {GROUP}/g%201/member/a%2Fb", None)],
    ),
    Case(
        "child row exists",
        lambda f: f.api.cmdb.firewall.addrgrp["g1"].member.exists("web"),
        [Says(404, b"")],
        [(f"GET {GROUP}/g1/member/web?format=name", None)],
        False,
    ),
    Case(
        "child of a child",
        lambda f: address(f)["web"].tagging["t"].tags.put("x", name="y"),
        [Says(200, WRITTEN)],
        [(f"PUT {ADDRESS}/web/tagging/t/tags/x", {"name": "y"})],
    ),
    Case(
        "child row set",
        lambda f: f.api.cmdb.router.prefix_list["p"].rule.set(id=2, prefix="192.0.2.0/24", le=32),
        [rows({"id": 2, "prefix": "192.0.2.0 255.255.255.0", "le": 30}), Says(200, WRITTEN)],
        [
            ("GET /api/v2/cmdb/router/prefix-list/p/rule/2", None),
            ("PUT /api/v2/cmdb/router/prefix-list/p/rule/2", {"le": 32}),
        ],
        Change("updated", 2, ("le",), (WRITTEN,)),
    ),
    Case(
        "child table of a singleton",
        lambda f: f.api.cmdb.system.ntp.ntpserver.post(id=1, server="pool.example"),
        [Says(200, WRITTEN)],
        [("POST /api/v2/cmdb/system/ntp/ntpserver", {"id": 1, "server": "pool.example"})],
    ),
    Case(
        "object in a row",
        lambda f: f.api.cmdb.wireless_controller.wtp_profile["p"].radio_1.put(mode="ap"),
        [Says(200, WRITTEN)],
        [("PUT /api/v2/cmdb/wireless-controller/wtp-profile/p/radio-1", {"mode": "ap"})],
    ),
    Case(
        "defaults",
        lambda f: address(f).defaults(),
        [Says(200, {"results": ROW})],
        [(f"GET {ADDRESS}?action=default", None)],
        ROW,
    ),
    Case(
        "describe",
        lambda f: address(f).describe(),
        [Says(200, {"results": {}})],
        [(f"GET {ADDRESS}?action=schema", None)],
        {},
    ),
    Case(
        "singleton get",
        lambda f: f.api.cmdb.system.global_.get(format=["hostname"]),
        [Says(200, {"results": {"hostname": "fw1"}})],
        [(f"GET {GLOBAL}?format=hostname", None)],
        {"hostname": "fw1"},
    ),
    Case(
        "singleton put",
        lambda f: f.api.cmdb.system.global_.put(admin_sport=8443, hostname="fw2"),
        [Says(200, WRITTEN)],
        [(f"PUT {GLOBAL}", {"admin-sport": 8443, "hostname": "fw2"})],
    ),
    Case(
        "singleton set",
        lambda f: f.api.cmdb.system.global_.set(hostname="fw2", admin_sport="443"),
        [Says(200, {"results": {"hostname": "fw1", "admin-sport": 443}}), Says(200, WRITTEN)],
        [(f"GET {GLOBAL}", None), (f"PUT {GLOBAL}", {"hostname": "fw2"})],
        Change("updated", None, ("hostname",), (WRITTEN,)),
    ),
    Case(
        "singleton by vdom",
        lambda f: f.api.cmdb.system.settings.by_vdom(["a", "b"], format=["opmode"]),
        [Says(200, [{"vdom": "a", "results": {"opmode": "nat"}}, {"vdom": "b", "results": {}}])],
        [("GET /api/v2/cmdb/system/settings?format=opmode&vdom=a&vdom=b", None)],
        {"a": {"opmode": "nat"}, "b": {}},
    ),
    Case(
        "singleton describe",
        lambda f: f.api.cmdb.system.global_.describe(),
        [Says(200, {"results": {"category": "complex"}})],
        [(f"GET {GLOBAL}?action=schema", None)],
        {"category": "complex"},
    ),
    Case(
        "singleton defaults",
        lambda f: f.api.cmdb.system.global_.defaults(),
        [Says(200, {"results": {"hostname": "x"}})],
        [(f"GET {GLOBAL}?action=default", None)],
        {"hostname": "x"},
    ),
    Case(
        "dots in the path",
        lambda f: f.api.cmdb.firewall.service.custom.get("HTTP"),
        [rows({"name": "HTTP"})],
        [("GET /api/v2/cmdb/firewall.service/custom/HTTP", None)],
        {"name": "HTTP"},
    ),
    Case(
        "raw request",
        lambda f: f.request("GET", "/api/v2/monitor/system/status", params={"a": "b c"}),
        [Says(200, {"results": {}, "version": "v7.6.5"})],
        [("GET /api/v2/monitor/system/status?a=b%20c", None)],
        {"results": {}, "version": "v7.6.5"},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_request_and_result(mode: Mode, device: Device, case: Case) -> None:
    device.script = list(case.answers)
    assert mode(case.call(mode.fortios(device))) == case.result
    assert [(seen.line, seen.json) for seen in device.seen] == case.requests


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_client_of_the_users_own(device: Device, mode: Mode, case: Case) -> None:
    """An object with the five methods of IHTTPClient and nothing else serves the whole tree."""
    device.script = list(case.answers)
    below = mode.http(device)

    class Own:
        def request(self, method: str, path: str, *, params: Any = None, json: Any = None, headers: Any = None) -> Any:
            return below.request(method, path, params=params, json=json, headers=headers)

        def get(self, path: str, *, params: Any = None) -> Any:
            return below.get(path, params=params)

        def post(self, path: str, *, params: Any = None, json: Any = None) -> Any:
            return below.post(path, params=params, json=json)

        def put(self, path: str, *, params: Any = None, json: Any = None) -> Any:
            return below.put(path, params=params, json=json)

        def delete(self, path: str, *, params: Any = None) -> Any:
            return below.delete(path, params=params)

    fgt: Any = FortiOS(client=Own(), async_mode=mode.asynchronous)
    assert mode.within(fgt, case.call) == case.result
    assert [(seen.line, seen.json) for seen in device.seen] == case.requests


def test_every_public_method_has_a_case() -> None:
    """A method without a case could exist in one mode only."""
    from hfortix_fortios.configuration import Object, Row, Rows, Singleton, Table

    source = inspect.getsource(inspect.getmodule(test_every_public_method_has_a_case))
    calls = {
        Rows: [").", "member.", "rule."],
        Table: [")."],
        Object: ["_.", "settings."],
        Singleton: ["_."],
        Row: ["]."],
    }
    for kind, before in calls.items():
        methods = {name for name in vars(kind) if not name.startswith("_")}
        assert {name for name in methods if not any(f"{text}{name}(" in source for text in before)} == set()


# Refusals


def test_a_missing_row_is_not_found(mode: Mode, device: Device) -> None:
    device.script = [rows(), Says(404, b"")]
    table = address(mode.fortios(device))
    with pytest.raises(errors.NotFoundError, match=r"^firewall/address 'web' does not exist \(GET "):
        mode(table.get("web"))
    with pytest.raises(errors.NotFoundError, match=r"^firewall/address 'web' does not exist \(GET "):
        mode(table.get("web"))


@pytest.mark.parametrize(("status", "kind"), [(403, errors.PermissionDeniedError), (500, errors.ServerError)])
def test_exists_does_not_swallow_refusals(mode: Mode, device: Device, status: int, kind: type[Exception]) -> None:
    device.script = [Says(status, b"")]
    with pytest.raises(kind):
        mode(address(mode.fortios(device)).exists("web"))


def test_one_of_several_vdoms_refuses(mode: Mode, device: Device) -> None:
    device.script = [Says(200, [{"vdom": "a", "results": []}, {"vdom": "b", "status": "error", "http_status": 403}])]
    with pytest.raises(errors.PermissionDeniedError):
        mode(address(mode.fortios(device)).get(vdom="*"))


@pytest.mark.parametrize(
    ("call", "text", "field"),
    [
        (
            lambda t: t.post(name="x", subnett="1.1.1.1/32"),
            "firewall/address: subnett: no such field; did you mean subnet",
            "subnett",
        ),
        (
            lambda t: t.post({"start-ipp": "x"}),
            "firewall/address: start-ipp: no such field; did you mean start-ip",
            "start-ipp",
        ),
        (lambda t: t.put("x", name=["a"]), "firewall/address: name: takes one value, not a list", "name"),
        (lambda t: t.put("x", comment={"a"}), "comment: takes one value, not a list", "comment"),
        (lambda t: t.put("x", comment={"a": 1}), "comment: takes one value, not a dictionary", "comment"),
        (lambda t: t.put("x", comment=b"x"), "comment: takes one value, not b'x'", "comment"),
        (lambda t: t.set(name="x", comment=bytearray(b"x")), "comment: takes one value, not bytearray", "comment"),
        (lambda t: t.put("x", comment=object()), "comment: takes one value, not <object object", "comment"),
        (lambda t: t.put("x", color=b"5"), "color: takes one value, not b'5'", "color"),
        (lambda t: t.put("x", comment=(c for c in "x")), "comment: takes one value, not <generator", "comment"),
        (
            lambda t: t.put("x", tagging=[{"name": b"x"}]),
            r"tagging\[0\].name: takes one value, not b'x'",
            "tagging[0].name",
        ),
        (
            lambda t: t.put("x", macaddr=[{"macaddr": object()}]),
            r"macaddr\[0\].macaddr: takes one value, not <object object",
            "macaddr[0].macaddr",
        ),
        (
            lambda t: t.post(tagging=[{"nam": "x"}]),
            r"firewall/address: tagging\[0\].nam: no such field",
            "tagging[0].nam",
        ),
    ],
)
def test_bad_fields_are_refused_before_anything_is_sent(
    mode: Mode, device: Device, call: Callable[[Any], Any], text: str, field: str
) -> None:
    with pytest.raises(errors.InvalidValueError, match=text) as caught:
        call(address(mode.fortios(device)))
    assert caught.value.field == field
    assert not caught.value.sent
    assert device.seen == []


@pytest.mark.parametrize("given", [b"ping", ["ping", b"https"], [object()], {"ping": 1}, (word for word in ["ping"])])
def test_several_values_are_texts_or_numbers(mode: Mode, device: Device, given: Any) -> None:
    with pytest.raises(errors.InvalidValueError, match="allowaccess: takes texts or numbers, not ") as caught:
        mode.fortios(device).api.cmdb.system.interface.put("port1", allowaccess=given)
    assert caught.value.field == "allowaccess"
    assert device.seen == []


def test_what_has_a_text_of_its_own_is_a_value(mode: Mode, device: Device) -> None:
    device.script = [Says(200, WRITTEN)]
    mode(address(mode.fortios(device)).put("web", start_ip=IPv4Address("192.0.2.1"), comment=1.5))
    assert device.seen[0].json == {"start-ip": "192.0.2.1", "comment": "1.5"}


@pytest.mark.parametrize(
    "call",
    [
        lambda table: table.get(""),
        lambda table: table.exists(""),
        lambda table: table.put("", color=1),
        lambda table: table.set(name="", color=1),
        lambda table: table.delete(""),
        lambda table: table.rename("", "x"),
        lambda table: table.move("", after="x"),
        lambda table: table.clone("", "x"),
        lambda table: table[""].get(),
        lambda table: table[""].set(color=1),
        lambda table: table[""].delete(),
        lambda table: table[""].tagging.get(),
        lambda table: table["web"].tagging.delete(""),
    ],
)
def test_an_empty_key_is_refused(mode: Mode, device: Device, call: Callable[[Any], Any]) -> None:
    """Its path would be that of the whole table, which a DELETE empties."""
    with pytest.raises(errors.InvalidValueError, match="key") as caught:
        mode(call(address(mode.fortios(device))))
    assert not caught.value.sent
    assert device.seen == []


@pytest.mark.parametrize("where", [{}, {"before": 1, "after": 2}])
def test_move_wants_one_place(mode: Mode, device: Device, where: Any) -> None:
    with pytest.raises(ValueError, match="one of before and after"):
        policy(mode.fortios(device)).move(3, **where)


def test_problems_need_no_device(mode: Mode, device: Device) -> None:
    table = address(mode.fortios(device))
    found = table.problems({"type": "fqdm", "hw-model": "x", "macaddr": [{}]}, "7.2.0")
    assert [problem.path for problem in found] == ["type", "macaddr[0].macaddr", "hw-model"]
    assert str(found[2]) == "hw-model: exists in 7.4.0 to 7.6.7, not in 7.2.0"
    assert table.problems({"hw-model": "x"}, "7.4.1") == []
    assert [str(problem) for problem in table.problems({"nam": "x"})] == ["nam: no such field; did you mean name?"]
    assert device.seen == []


def test_a_row_to_set_needs_its_key(mode: Mode, device: Device) -> None:
    with pytest.raises(
        errors.InvalidValueError, match=r"^firewall/address: a row to set needs its key, the field name"
    ):
        address(mode.fortios(device)).set(comment="x")
    assert device.seen == []


def test_set_does_not_take_a_refusal_for_a_missing_row(mode: Mode, device: Device) -> None:
    device.script = [Says(403, b"")]
    with pytest.raises(errors.PermissionDeniedError):
        mode(address(mode.fortios(device)).set(name="web"))
    assert device.lines == [f"GET {ADDRESS}/web"]


def test_the_places_inside_a_row(mode: Mode, device: Device) -> None:
    row = address(mode.fortios(device))["web"]
    assert {"tagging", "fsso_group", "get"} <= set(dir(row))
    assert "firewall/address/web/tagging/t/tags" in repr(row.tagging["t"].tags)
    with pytest.raises(AttributeError, match="has no endpoint 'subnet'"):
        _ = row.subnet
    with pytest.raises(errors.InvalidValueError, match=r"^firewall/address/web/tagging: nam: no such field"):
        row.tagging.post(nam="x")


def test_a_key_that_no_path_can_carry(mode: Mode, device: Device) -> None:
    fgt = mode.fortios(device)
    device.script = [Says(200, {"results": [{"name": "web"}]})]
    good, bad = mode(fgt.batch([partial(address(fgt).get, key) for key in ("web", "\udc80")]))
    assert good.value == {"name": "web"}
    assert isinstance(bad.error, errors.InvalidValueError)
    assert str(bad.error) == (
        r"not sent, since the key '\udc80' cannot be encoded: surrogates not allowed. Give text in Unicode"
    )
    assert bad.error.sent is False
    assert device.lines == [f"GET {ADDRESS}/web"]


def test_a_refusal_inside_an_answer_of_global_scope(mode: Mode, device: Device) -> None:
    device.script = [Says(200, [{"status": "error", "http_status": 403, "vdom": "root"}])]
    with pytest.raises(errors.PermissionDeniedError):
        mode(address(mode.fortios(device).in_global()).put("web", color=1))


ROOT_DID = {**WRITTEN, "vdom": "root"}
LAB_LACKS = {"status": "error", "http_status": 404, "vdom": "lab"}


@pytest.mark.parametrize("answers", [[ROOT_DID, LAB_LACKS], [LAB_LACKS, ROOT_DID]])
@pytest.mark.parametrize(
    "write",
    [
        lambda table: table.put("web", color=1),
        lambda table: table.delete("web"),
        lambda table: table["web"].tagging.post(name="t", category="c"),
    ],
)
def test_a_write_fails_where_one_of_several_vdoms_refuses(
    mode: Mode, device: Device, write: Callable[[Any], Any], answers: list[Any]
) -> None:
    device.script = [Says(200, answers)]
    with pytest.raises(errors.NotFoundError, match=r"does not exist in lab \("):
        mode(write(address(mode.fortios(device).in_vdom(["root", "lab"]))))


@pytest.mark.parametrize("vdom", [["root", "lab"], "root,lab", "*", ["*"]])
@pytest.mark.parametrize(
    "write",
    [
        lambda fgt, where: address(fgt).set(name="web", color=1, **where),
        lambda fgt, where: address(fgt)["web"].set(color=1, **where),
        lambda fgt, where: fgt.api.cmdb.system.settings.set(comments="x", **where),
    ],
)
def test_set_is_refused_over_several_vdoms(
    mode: Mode, device: Device, write: Callable[[Any, Any], Any], vdom: Any
) -> None:
    fgt = mode.fortios(device)
    for place, where in ((fgt.in_vdom(vdom), {}), (fgt, {"vdom": vdom})):
        with pytest.raises(errors.InvalidValueError, match="set works in one vdom of one device") as caught:
            mode(write(place, where))
        assert not caught.value.sent
    assert device.seen == []


@pytest.mark.parametrize("told", [[], [5], None, 5, [WRITTEN, None]])
@pytest.mark.parametrize(
    "write",
    [
        lambda table: table.post(name="web"),
        lambda table: table.set(name="web"),
        lambda table: table.move("web", after="b"),
        lambda table: table.delete("web"),
    ],
)
def test_an_unreadable_answer_to_a_write(mode: Mode, device: Device, write: Callable[[Any], Any], told: Any) -> None:
    device.handle = lambda seen: Says(404, b"") if seen.method == "GET" else Says(200, told)
    with pytest.raises(errors.TransportError, match="the device's answer to a write is none that could be read"):
        mode(write(address(mode.fortios(device))))


# Paging


def test_iterate_over_several_vdoms(mode: Mode, device: Device) -> None:
    def handle(seen: Seen) -> Says:
        one, other = (paged(total, counts=True)(seen).body for total in (5, 2))
        return Says(200, [{**one, "vdom": "a"}, {**other, "vdom": "b"}])

    device.handle = handle
    found = mode.rows(address(mode.fortios(device)).iterate(2, vdom="*"))
    assert [row["name"] for row in found] == ["a0", "a1", "a0", "a1", "a2", "a3", "a4"]
    assert len(device.seen) == 3


def paged(total: int, *, counts: bool, limit: int = 10**9) -> Callable[[Seen], Says]:
    """A device with `total` rows, that tells the number of matches, or does not."""

    def handle(seen: Seen) -> Says:
        query = dict(part.split("=") for part in seen.target.partition("?")[2].split("&"))
        start, count = int(query["start"]), int(query["count"])
        found = [{"name": f"a{number}"} for number in range(total)][start : start + count]
        return rows(*found, **({"matched_count": total} if counts else {}))

    return handle


@pytest.mark.parametrize(
    ("total", "page", "with_count", "without"), [(0, 3, 1, 1), (2, 3, 1, 1), (3, 3, 1, 2), (7, 3, 3, 3)]
)
def test_iterate(mode: Mode, device: Device, total: int, page: int, with_count: int, without: int) -> None:
    table = address(mode.fortios(device))
    for counts, requests in ((True, with_count), (False, without)):
        device.seen.clear()
        device.handle = paged(total, counts=counts)
        found = mode.rows(table.iterate(page, format=["name"]))
        assert [row["name"] for row in found] == [f"a{number}" for number in range(total)]
        assert device.lines == [f"GET {ADDRESS}?format=name&start={n * page}&count={page}" for n in range(requests)]


def test_a_page_has_rows(mode: Mode, device: Device) -> None:
    with pytest.raises(ValueError, match=r"^a page has at least one row$"):
        address(mode.fortios(device)).iterate(0)


def test_iterate_over_a_device_that_ignores_pages(mode: Mode, device: Device) -> None:
    everything = [{"name": f"a{number}"} for number in range(5)]
    device.handle = lambda seen: rows(*everything)
    assert mode.rows(address(mode.fortios(device)).iterate(2)) == everything
    assert len(device.seen) == 1


@pytest.mark.parametrize("total", [0, 1, 2, 3, 5])
def test_iterate_over_a_device_that_ignores_pages_and_counts_nothing(mode: Mode, device: Device, total: int) -> None:
    everything = [{"name": f"a{number}", "color": 1} for number in range(total)]
    device.handle = lambda seen: rows(*everything)
    assert mode.rows(address(mode.fortios(device)).iterate(2)) == everything
    assert len(device.seen) == (2 if total == 2 else 1)


def test_iterate_takes_rows_without_keys_for_different_ones(mode: Mode, device: Device) -> None:
    def handle(seen: Seen) -> Says:
        start = int(seen.target.partition("start=")[2].partition("&")[0])
        return rows(*[{"color": 1}] * min(2, 5 - start))

    device.handle = handle
    assert mode.rows(address(mode.fortios(device)).iterate(2, format=["color"])) == [{"color": 1}] * 5


@pytest.mark.parametrize("whole", [2, 3, 5])
def test_iterate_over_several_vdoms_of_which_one_ignores_pages(mode: Mode, device: Device, whole: int) -> None:
    everything = [{"name": f"b{number}"} for number in range(whole)]

    def handle(seen: Seen) -> Says:
        body = paged(7, counts=False)(seen).body
        return Says(200, [{**body, "vdom": "a"}, {"results": everything, "vdom": "b"}])

    device.handle = handle
    found = [row["name"] for row in mode.rows(address(mode.fortios(device)).iterate(2, vdom="*"))]
    assert sorted(found) == [*(f"a{number}" for number in range(7)), *(f"b{number}" for number in range(whole))]
    assert len(device.seen) == 4


@pytest.mark.parametrize("given", [{"start": 1}, {"count": 2}, {"start": 1, "count": 2}])
def test_iterate_chooses_start_and_count_itself(mode: Mode, device: Device, given: Any) -> None:
    with pytest.raises(TypeError, match=r"^iterate reads all rows, page by page, and takes no start or count$"):
        address(mode.fortios(device)).iterate(2, **given)


def test_iterate_reads_a_page_only_when_it_is_wanted(mode: Mode, device: Device) -> None:
    device.handle = paged(9, counts=True)
    iterator = address(mode.fortios(device)).iterate(3)
    assert device.seen == []
    for _ in range(3):
        if mode.asynchronous:
            mode(iterator.__anext__())
        else:
            next(iterator)
    assert len(device.seen) == 1
    if mode.asynchronous:
        mode(iterator.aclose())


# vdoms


def test_the_default_vdom(mode: Mode, device: Device) -> None:
    fgt = mode.fortios(device, vdom="root")
    device.handle = lambda seen: rows(ROW)
    mode(address(fgt).get())
    mode(address(fgt).get(vdom="*"))
    mode(address(fgt.in_vdom("lab")).get("web"))
    mode(fgt.request("GET", ADDRESS, params={"global": 1}))
    assert device.lines == [
        f"GET {ADDRESS}?vdom=root",
        f"GET {ADDRESS}?vdom=%2A",
        f"GET {ADDRESS}/web?vdom=lab",
        f"GET {ADDRESS}?global=1",
    ]
    assert device.connections == 1


def test_in_vdom_does_not_close_the_connection(mode: Mode, device: Device) -> None:
    fgt = mode.fortios(device)
    mode(fgt.in_vdom("lab").close())
    mode(address(fgt).get())


# The tree


def test_the_tree_is_lazy_and_helps_with_names(mode: Mode, device: Device) -> None:
    cmdb = mode.fortios(device).api.cmdb
    assert cmdb.firewall.address is cmdb.firewall.address
    assert {"address", "policy", "service"} <= set(dir(cmdb.firewall))
    with pytest.raises(AttributeError, match=r"^Firewall has no endpoint 'adress'; did you mean address"):
        _ = cmdb.firewall.adress
    with pytest.raises(AttributeError, match=r"has no endpoint 'nothing_like_it'$"):
        _ = cmdb.nothing_like_it
    assert not hasattr(cmdb.firewall, "__wrapped__")
    assert "firewall/address" in repr(cmdb.firewall.address)
    assert "t0ken" not in repr(cmdb.firewall.address)


def test_every_endpoint_of_the_tree_loads() -> None:
    """Each annotation of the generated tree leads to a class, and each configuration endpoint has a schema."""
    from hfortix_fortios.configuration import Singleton, Table
    from hfortix_fortios.endpoint import Endpoint, Node

    fgt: Any = FortiOS(client=object())  # type: ignore[call-overload]
    found: list[Endpoint[Any]] = []

    def walk(node: Node[Any]) -> None:
        if isinstance(node, Endpoint):
            found.append(node)
        assert not [name for name in node._children() if hasattr(type(node), name)], "a method hides a child"
        for name in node._children():
            walk(getattr(node, name))

    for family in ("cmdb", "monitor", "log", "service"):
        walk(getattr(fgt.api, family))
    configuration = [type(node) for node in found if isinstance(node, (Table, Singleton))]
    assert len(configuration) == 697
    assert len(found) == 1388
    for kind in configuration:
        assert kind.schema().is_table == issubclass(kind, Table)
        assert kind.schema() is kind.schema()


def test_no_method_hides_a_child_table() -> None:
    """Nor does an endpoint below a singleton."""
    from hfortix_fortios.configuration import Inner, Row, Singleton, Table
    from hfortix_fortios.endpoint import Node
    from hfortix_fortios.names import python_name
    from hfortix_fortios.place import Place

    fgt: Any = FortiOS(client=object())  # type: ignore[call-overload]
    found = hidden = 0

    def inside(place: Place, taken: set[str]) -> None:
        nonlocal found, hidden
        for item in place.fields.values():
            if item.mkey or item.is_object:
                found += 1
                hidden += python_name(item.name) in taken
                inside(place.inside(item), {*dir(Row if item.mkey else Inner)})

    def walk(node: Node[Any]) -> None:
        if isinstance(node, Table):
            inside(node._place, {*dir(Row)})
        elif isinstance(node, Singleton):
            inside(node._place, {*dir(type(node)), *node._children()})
        for name in node._children():
            walk(getattr(node, name))

    walk(fgt.api.cmdb)
    assert (found > 1400, hidden) == (True, 0)


def test_schemas_of_two_endpoints_are_their_own(mode: Mode, device: Device) -> None:
    firewall = mode.fortios(device).api.cmdb.firewall
    assert firewall.address.schema().path == "firewall/address"
    assert firewall.policy.schema().path == "firewall/policy"


def test_gather(device: Device) -> None:
    device.handle = lambda seen: rows({"name": seen.target.rpartition("/")[2]})

    async def main() -> list[Any]:
        async with FortiOS(device.host, token="t", scheme="http", async_mode=True) as fgt:
            return list(await asyncio.gather(*(fgt.api.cmdb.firewall.address.get(f"a{n}") for n in range(40))))

    assert [row["name"] for row in asyncio.run(main())] == [f"a{n}" for n in range(40)]
    assert device.connections <= 10
