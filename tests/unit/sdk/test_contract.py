# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever has the methods of `IHTTPClient` serves the endpoints; here a client sharing no code with ours, both modes.

It is what a user would write who has an HTTP library and a policy of their own.
"""

from __future__ import annotations

import asyncio
import inspect
import json as json_module
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request as UrlRequest
from urllib.request import urlopen

import pytest

from hfortix_fortios import AsyncHTTPClient, FortiOS, HTTPClient, errors
from hfortix_fortios.http.async_fortimanager import AsyncFortiManagerClient
from hfortix_fortios.http.fortimanager import FortiManagerClient
from hfortix_fortios.http.interface import IHTTPClient
from tests.simulator.server import Simulator

from . import test_endpoint, test_operations
from .conftest import Device, Mode

CASES = [*test_endpoint.CASES, *test_operations.CASES]


class Foreign:
    """`IHTTPClient` by urllib, with exactly its five methods."""

    def __init__(self, url: str, token: str = "t0ken") -> None:
        self._url = url
        self._token = token

    def request(self, method: str, path: str, *, params: Any = None, json: Any = None, headers: Any = None) -> Any:
        query = "?" + urlencode(params, doseq=True) if params else ""
        data = None if json is None else json_module.dumps(json).encode()
        sent = {"Authorization": f"Bearer {self._token}", **(headers or {})}
        try:
            with urlopen(UrlRequest(self._url + path + query, data, sent, method=method), timeout=10) as answer:
                body = answer.read()
                return json_module.loads(body) if "json" in answer.headers["content-type"] else body
        except HTTPError as refusal:
            raise errors.error_from_response(
                refusal.code, refusal.read(), dict(refusal.headers), method, path
            ) from None

    def get(self, path: str, *, params: Any = None) -> Any:
        return self.request("GET", path, params=params)

    def post(self, path: str, *, params: Any = None, json: Any = None) -> Any:
        return self.request("POST", path, params=params, json=json)

    def put(self, path: str, *, params: Any = None, json: Any = None) -> Any:
        return self.request("PUT", path, params=params, json=json)

    def delete(self, path: str, *, params: Any = None) -> Any:
        return self.request("DELETE", path, params=params)


class AsyncForeign(Foreign):
    """The same with coroutines."""

    async def request(self, method: str, path: str, **options: Any) -> Any:  # type: ignore[override]
        return await asyncio.to_thread(super().request, method, path, **options)


def foreign(mode: Mode, url: str, token: str = "t0ken") -> Any:
    return (AsyncForeign if mode.asynchronous else Foreign)(url, token)


def fortios(mode: Mode, client: Any, **options: Any) -> Any:
    return FortiOS(client=client, async_mode=mode.asynchronous, **options)  # type: ignore[call-overload]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_foreign_client_serves_every_case(mode: Mode, device: Device, case: Any) -> None:
    """The results are the same, and what the device is asked for is, however the client spells it."""
    of_endpoint = isinstance(case, test_endpoint.Case)
    device.script = list(case.answers) if of_endpoint else [case.says]
    found = fortios(mode, foreign(mode, f"http://{device.host}"))
    assert mode(case.call(found if of_endpoint else found.api)) == case.result
    expected = case.requests if of_endpoint else [case.request]
    assert [(plain(seen.line), seen.json) for seen in device.seen] == [(plain(line), body) for line, body in expected]


def plain(line: str) -> str:
    """A request line with one of the two spellings of a space in a query."""
    path, mark, query = line.partition("?")
    return path + mark + query.replace("+", "%20")


def test_the_interface_has_five_methods() -> None:
    methods = {name for name in vars(IHTTPClient) if not name.startswith("_")}
    assert methods == {name for name in vars(Foreign) if not name.startswith("_")}
    for name in methods:
        wanted, given = (inspect.signature(getattr(kind, name)).parameters for kind in (IHTTPClient, Foreign))
        assert [(p.name, p.kind, p.default) for p in wanted.values()] == [
            (p.name, p.kind, p.default) for p in given.values()
        ]
    assert isinstance(Foreign("http://fw1"), IHTTPClient)


@pytest.mark.parametrize(
    ("sync", "asynchronous"), [(HTTPClient, AsyncHTTPClient), (FortiManagerClient, AsyncFortiManagerClient)]
)
def test_no_client_offers_what_the_other_mode_lacks(sync: type[Any], asynchronous: type[Any]) -> None:
    """The same public names, and methods with the same parameters."""
    one, other = (
        {name: getattr(kind, name) for name in dir(kind) if not name.startswith("_")} for kind in (sync, asynchronous)
    )
    assert one.keys() == other.keys()
    for name, method in one.items():
        if callable(method):
            assert [*inspect.signature(method).parameters.values()] == [
                *inspect.signature(other[name]).parameters.values()
            ], name


@pytest.mark.parametrize("kind", ["foreign", "ours", "with a timeout", "FortiManager"])
def test_every_client_leads_to_the_same_device(mode: Mode, device: Device, kind: str) -> None:
    """One program over four clients; the device ends the same, and the program sees the same."""
    from .fortimanager import FortiManager

    with Simulator(tls=False, token="t0ken") as simulator:
        if kind == "foreign":
            client = foreign(mode, simulator.url)
        elif kind == "FortiManager":
            device.handle = FortiManager({"fgt1": simulator}, token="t0ken")
            fmg = AsyncFortiManagerClient if mode.asynchronous else FortiManagerClient
            client = fmg(device.host, scheme="http", token="t0ken", device="fgt1")
            mode._open.append(client)
        else:
            device.host = f"127.0.0.1:{simulator.port}"
            client = mode.http(device)
            client = client.with_timeout(9) if kind == "with a timeout" else client
        assert isinstance(client, IHTTPClient)
        fgt = fortios(mode, client, vdom="root")
        address, group = fgt.api.cmdb.firewall.address, fgt.api.cmdb.firewall.addrgrp
        mode(address.post(name="a/b c", comment="ünï"))
        mode(address.put("a/b c", comment="x"))
        mode(group.post(name="g", member="a/b c"))
        with pytest.raises(errors.DuplicateError):
            mode(address.post(name="a/b c"))
        with pytest.raises(errors.InUseError):
            mode(address.delete("a/b c"))
        with pytest.raises(errors.NotFoundError):
            mode(address.get("nothing"))
        with pytest.raises(errors.ReferenceMissingError):
            mode(group.put("g", member=["nothing"]))
        assert mode(address.exists("nothing")) is False
        assert mode(address.get("a/b c"))["comment"] == "x"
        assert [row["name"] for row in mode(group.get("g"))["member"]] == ["a/b c"]
        assert "a/b c" in [row["name"] for row in mode.rows(address.iterate(2))]
        mode(group.delete("g"))
        mode(address.delete("a/b c"))
        assert simulator.device.row("firewall/address", "a/b c") is None
