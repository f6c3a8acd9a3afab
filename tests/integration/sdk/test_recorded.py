# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What real devices answered, served by the simulator over TLS, passes through the SDK unharmed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest

from hfortix_fortios.names import python_name
from tests.simulator.recorded import plain_json
from tests.simulator.server import Simulator

from .test_simulator import TOKEN, Device

RECORDED = Path(__file__).resolve().parents[4] / "shared/recorded"
pytestmark = pytest.mark.skipif(not RECORDED.is_dir(), reason=f"no recorded answers at {RECORDED}")


def reads() -> dict[str, str]:
    """The text of every recorded answer to a read, under its request."""
    found = {}
    for file in sorted(RECORDED.glob("exporter/*.jsonnet")):
        first, _, text = file.read_text(encoding="utf-8").partition("\n")
        found[first.strip("# /")] = plain_json(text)
    for file in sorted(RECORDED.glob("json/*.json")):
        text = file.read_text(encoding="utf-8")
        envelope = json.loads(text)
        if isinstance(envelope, dict) and envelope.get("http_method") == "GET":
            found[request(envelope)] = text
    return found


def request(envelope: dict[str, Any]) -> str:
    """What was asked, as the envelope repeats it."""
    family = "monitor" if "action" in envelope else "cmdb"
    words = [envelope["path"], envelope["name"], envelope.get("action", ""), envelope.get("mkey", "")]
    query = {"vdom": envelope["vdom"], "recorded": envelope["version"]}
    return f"api/v2/{family}/{'/'.join(filter(None, words))}?{urlencode(query)}"


READS = reads()


@pytest.fixture(scope="module")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    folder = tmp_path_factory.mktemp("answers")
    for number, (asked, text) in enumerate(READS.items()):
        (folder / f"{number}.json").write_text(f"# GET /{asked}\n{text}", encoding="utf-8")
    with Simulator(token=TOKEN, answers=folder) as found:
        yield found


@pytest.fixture(scope="module", params=["sync", "async"])
def device(request: pytest.FixtureRequest, simulator: Simulator) -> Iterator[Device]:
    found = Device(simulator, request.param == "async", token=TOKEN)
    yield found
    found(found.fgt.close())
    found.loop.close()


def exactly(value: Any) -> str:
    """A value in a form that tells 1, 1.0, True and "1", and the order of members, apart."""
    return json.dumps(value)


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
