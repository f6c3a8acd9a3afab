# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Validation before a request: the three levels in both modes, for a release that is given or learned."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import pytest

from hfortix_fortios import FortiOS, InvalidValueError, ValidationWarning

from .conftest import Device, Mode, Says

ADDRESS = "/api/v2/cmdb/firewall/address"
BAD: list[tuple[Callable[[Any], Any], str, str]] = [
    (lambda api: address(api).post(name="x", type="fqdm"), "type", "'fqdm' is not an option; did you mean fqdn?"),
    (lambda api: address(api).post(name="x", color=99), "color", "99 is out of bounds: 0 to 32"),
    (lambda api: address(api).post(name="x" * 80), "name", "is 80 bytes long, at most 79 fit"),
    (lambda api: address(api).put("x", subnet="300.1.1.1/8"), "subnet", "is not an IPv4 address with mask"),
    (lambda api: address(api).post(comment="x"), "name", "is the key of the row and must be given"),
    (lambda api: address(api).set(name="x", tagging=[{}]), "tagging[0].name", "is the key of the row"),
    (lambda api: address(api)["x"].tagging.post(name="y" * 64), "name", "is 64 bytes long, at most 63 fit"),
    (lambda api: address(api).put("x", hw_model="m"), "hw-model", "exists in 7.4.0 to 7.6.7, not in 7.2.5"),
    (
        lambda api: address(api).put("x", type="route-tag"),
        "type",
        "option route-tag exists in 7.4.0 and later, not in 7.2.5",
    ),
    (
        lambda api: api.cmdb.system.ngfw_settings.put(match_timeout=5),
        "system/ngfw-settings",
        "exists in 7.6.1 and later, not in 7.2.5",
    ),
    (lambda api: api.monitor.system.interface.get(include_vlan="yes"), "include_vlan", "takes true or false"),
    (lambda api: api.log.event.system.get(source="tape"), "source", "'tape' is not an option. Options: disk, "),
]


def address(api: Any) -> Any:
    return api.cmdb.firewall.address


@pytest.mark.parametrize(("call", "field", "text"), BAD)
def test_strict_refuses_before_anything_is_sent(
    mode: Mode, device: Device, call: Callable[[Any], Any], field: str, text: str
) -> None:
    fgt = mode.fortios(device, validation="strict", release="7.2.5")
    with pytest.raises(InvalidValueError) as caught:
        mode(call(fgt.api))
    assert text in str(caught.value)
    assert caught.value.field == field
    assert not caught.value.sent
    assert device.seen == []


@pytest.mark.parametrize(("call", "field", "text"), BAD)
def test_warn_sends_all_the_same(mode: Mode, device: Device, call: Callable[[Any], Any], field: str, text: str) -> None:
    device.handle = lambda seen: Says(200, {"results": {}})
    fgt = mode.fortios(device, validation="warn", release="7.2.5")
    with pytest.warns(ValidationWarning) as caught:
        mode(call(fgt.api))
    assert any(text in str(warning.message) for warning in caught)
    assert device.seen


@pytest.mark.parametrize(
    "call",
    [
        lambda api: address(api).post(name="web", type="fqdm"),
        lambda api: address(api)["web"].put(type="fqdm"),
        lambda api: address(api).set(name="web", type="fqdm"),
        lambda api: api.monitor.system.interface.get(include_vlan="yes"),
    ],
)
def test_a_warning_points_at_the_call(mode: Mode, device: Device, call: Callable[[Any], Any]) -> None:
    device.handle = lambda seen: Says(200, {"results": {}})
    fgt = mode.fortios(device, validation="warn", release="7.2.5")

    async def later() -> None:
        await call(fgt.api)

    with pytest.warns(ValidationWarning) as caught:
        mode.loop.run_until_complete(later()) if mode.asynchronous else call(fgt.api)
    # What an operation of the monitor is given is checked when its coroutine is awaited.
    code = later.__code__ if mode.asynchronous and "monitor" in call.__code__.co_names else call.__code__
    line = code.co_firstlineno + (code is later.__code__)
    assert {(warning.filename, warning.lineno) for warning in caught} == {(__file__, line)}


@pytest.mark.parametrize(("call", "field", "text"), BAD)
def test_off_leaves_it_to_the_device(
    mode: Mode, device: Device, call: Callable[[Any], Any], field: str, text: str
) -> None:
    device.handle = lambda seen: Says(200, {"results": {}})
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        mode(call(mode.fortios(device).api))
    assert device.seen


def test_what_is_right_passes(mode: Mode, device: Device) -> None:
    device.handle = lambda seen: Says(200, {"results": {}})
    api = mode.fortios(device, validation="strict", release="7.4.4").api
    mode(address(api).post(name="x", type="route-tag", route_tag=5, macaddr="00:00:5e:00:53:01", hw_model="m"))
    mode(api.cmdb.firewall.policy.post(name="the device numbers it"))
    mode(api.monitor.system.interface.get(include_vlan=True, vdom="*"))
    mode(api.log.event.system.get(source="disk", rows=5))
    assert len(device.seen) == 4


def test_the_release_is_learned_from_an_answer(mode: Mode, device: Device) -> None:
    device.handle = lambda seen: Says(200, {"results": [], "version": "v7.2.5"})
    fgt = mode.fortios(device, validation="strict")
    mode(address(fgt.api).put("x", hw_model="m"))
    with pytest.raises(InvalidValueError, match=r"hw-model: exists in 7.4.0 to 7.6.7, not in 7.2.5"):
        address(fgt.in_vdom("lab").api).put("x", hw_model="m")
    with pytest.raises(InvalidValueError, match=r"not in 7.2.5"):
        address(fgt.api).put("x", hw_model="m")
    assert len(device.seen) == 1


def test_a_given_release_stays(mode: Mode, device: Device) -> None:
    device.handle = lambda seen: Says(200, [{"results": [], "version": "v7.6.5"}])
    fgt = mode.fortios(device, validation="strict", release="v7.2")
    mode(address(fgt.api).get(vdom="*"))
    with pytest.raises(InvalidValueError, match=r"not in 7.2.0"):
        address(fgt.api).put("x", hw_model="m")


def test_secrets_are_not_told() -> None:
    fgt = FortiOS("fw1", token="t", validation="strict")
    with pytest.raises(InvalidValueError) as caught:
        fgt.api.cmdb.user.local.post({"passwd": "s3cret-word" * 50, "status": "on"})
    assert "s3cret" not in str(caught.value)


@pytest.mark.parametrize("options", [{"validation": "loud"}, {"release": "latest"}])
def test_wrong_options(options: Any) -> None:
    with pytest.raises(ValueError, match=r"validation is off, warn or strict|is not a FortiOS release"):
        FortiOS("fw1", token="t", **options)
