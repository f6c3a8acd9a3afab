# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The modules `rename` and `object_usage` against the simulator."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge import configuration
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.api.cmdb.firewall.address import Address
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.api.cmdb.firewall.addrgrp import Addrgrp
from ansible_collections.hfortix.fortios.plugins.modules import object_usage, rename
from tests.simulator.server import Simulator

from .jobs import TOKEN, run, writes

HOST = {"name": "h1", "subnet": "192.0.2.1/32"}
RENAME = {"endpoint": "firewall_address", "from": "h1", "to": "h2"}


@pytest.fixture(scope="module")
def server() -> Iterator[Simulator]:
    with Simulator(token=TOKEN, tls=False) as simulator:
        yield simulator


@pytest.fixture
def device(server: Simulator) -> Simulator:
    """A device with an address in a group."""
    server.reset()
    run(server, configuration.job(Address), {"config": [HOST]})
    run(server, configuration.job(Addrgrp), {"config": [{"name": "g1", "member": ["h1"]}]})
    return server


def users(device: Simulator, key: str) -> Any:
    return run(device, object_usage.JOB, {"endpoint": "firewall/address", "key": key})


def test_rename_is_foretold_done_and_not_repeated(device: Simulator) -> None:
    before = writes(device)
    foretold = run(device, rename.JOB, RENAME, check=True)
    assert writes(device) == before
    done = run(device, rename.JOB, RENAME)
    assert done["changed"]
    assert foretold == done
    assert done["diff"]["before"] == {"name": "h1"}
    assert done["diff"]["after"] == {"name": "h2"}
    assert users(device, "h2")["results"][0]["key"] == "g1"
    again = run(device, rename.JOB, RENAME)
    assert not again["changed"]
    assert "diff" not in again
    assert writes(device) == before + 1


def test_rename_refuses_what_is_not_one_object(device: Simulator) -> None:
    neither = run(device, rename.JOB, {**RENAME, "from": "x", "to": "y"})
    assert neither["msg"] == "firewall/address has neither 'x' nor 'y'."
    run(device, configuration.job(Address), {"config": [{**HOST, "name": "h2"}]})
    before = writes(device)
    assert "has both 'h1' and 'h2'. Delete one" in run(device, rename.JOB, RENAME)["msg"]
    assert "is no table" in run(device, rename.JOB, {**RENAME, "endpoint": "system_global"})["msg"]
    numbers = "the keys of firewall/policy are numbers; 'h1' is none."
    policy = {"endpoint": "firewall_policy"}
    assert run(device, rename.JOB, {**RENAME, **policy})["msg"] == f"from: {numbers}"
    assert run(device, object_usage.JOB, {**policy, "key": "h1"})["msg"] == f"key: {numbers}"
    for option, value, words in [
        ("from", "", "from: is empty."),
        ("to", "", "to: is empty."),
        ("to", "x" * 80, f"to: '{'x' * 80}' is 80 bytes long, at most 79 fit."),
    ]:
        assert run(device, rename.JOB, {**RENAME, option: value}, check=True)["msg"] == words
    assert writes(device) == before


def test_usage_names_module_key_and_vdom(device: Simulator) -> None:
    found = users(device, "h1")
    assert found["used"]
    assert not found["changed"]
    assert found["results"] == [{"module": "firewall_addrgrp", "path": "firewall/addrgrp", "key": "g1", "vdom": "root"}]


def test_usage_of_what_nothing_refers_to(device: Simulator) -> None:
    run(device, configuration.job(Address), {"config": [{**HOST, "name": "free"}]})
    found = users(device, "free")
    assert found["used"] is False
    assert found["results"] == []
