# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What real devices answered, served by the simulator over TLS, passes through the SDK unharmed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import parse_qsl

import pytest

from hfortix_fortios.names import python_name
from tests.integration.recordings import RECORDED, exactly, reads, write
from tests.simulator.server import Simulator

from .test_simulator import TOKEN, Device

pytestmark = pytest.mark.skipif(not RECORDED.is_dir(), reason=f"no recorded answers at {RECORDED}")


READS = reads()


@pytest.fixture(scope="module")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with Simulator(token=TOKEN, answers=write(READS, tmp_path_factory.mktemp("answers"))) as found:
        yield found


@pytest.fixture(scope="module", params=["sync", "async"])
def device(request: pytest.FixtureRequest, simulator: Simulator) -> Iterator[Device]:
    found = Device(simulator, request.param == "async", token=TOKEN)
    yield found
    found(found.fgt.close())
    found.loop.close()


@pytest.mark.parametrize("asked", READS)
def test_every_value_arrives(device: Device, asked: str) -> None:
    path, _, text = asked.partition("?")
    query, sent = dict(parse_qsl(text)), json.loads(READS[asked])
    assert exactly(device(device.fgt.request("GET", f"/{path}", params=query))) == exactly(sent)

    family, *words = path.removesuffix("/select").split("/")[2:]
    if family == "monitor":
        endpoint = device.fgt.api.monitor
        for word in words:
            endpoint = getattr(endpoint, python_name(word))
        found = device(endpoint.get(vdom=query.pop("vdom", None), params=query))
        by_vdom = {envelope["vdom"]: envelope["results"] for envelope in sent} if isinstance(sent, list) else None
        assert exactly(found) == exactly(sent["results"] if by_vdom is None else by_vdom)
