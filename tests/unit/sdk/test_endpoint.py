# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tables, singletons and the tree: one table of cases drives both modes and asserts the same requests and results."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from hfortix_fortios import FortiOS, errors

from .conftest import Device, Mode, Says, Seen

ADDRESS = "/api/v2/cmdb/firewall/address"
POLICY = "/api/v2/cmdb/firewall/policy"
GLOBAL = "/api/v2/cmdb/system/global"
WRITTEN = {"http_method": "POST", "status": "success", "http_status": 200, "mkey": "web", "revision_changed": True}
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
    from hfortix_fortios.endpoint import Singleton, Table

    source = inspect.getsource(inspect.getmodule(test_every_public_method_has_a_case))  # type: ignore[arg-type]
    for kind in (Table, Singleton):
        methods = {name for name in vars(kind) if not name.startswith("_")}
        assert {name for name in methods if f").{name}(" not in source and f"_.{name}(" not in source} == set()


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
    assert device.seen == []


def test_a_delete_without_a_key_does_not_empty_the_table(mode: Mode, device: Device) -> None:
    with pytest.raises(errors.InvalidValueError, match="a row to delete needs a key"):
        address(mode.fortios(device)).delete("")
    assert device.seen == []


@pytest.mark.parametrize("where", [{}, {"before": 1, "after": 2}])
def test_move_wants_one_place(mode: Mode, device: Device, where: Any) -> None:
    with pytest.raises(ValueError, match="one of before and after"):
        policy(mode.fortios(device)).move(3, **where)


# Paging


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


def test_iterate_over_a_device_that_ignores_pages(mode: Mode, device: Device) -> None:
    everything = [{"name": f"a{number}"} for number in range(5)]
    device.handle = lambda seen: rows(*everything)
    assert mode.rows(address(mode.fortios(device)).iterate(2)) == everything
    assert len(device.seen) == 1


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
    from hfortix_fortios.endpoint import Endpoint, Node, Singleton, Table

    fgt: Any = FortiOS(client=object())  # type: ignore[arg-type]
    found: list[Endpoint[Any]] = []

    def walk(node: Node[Any]) -> None:
        if isinstance(node, Endpoint):
            found.append(node)
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
