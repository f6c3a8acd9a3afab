# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What real devices answered, served by the simulator, passes through modules unharmed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs, urlencode

import pytest

from ansible_collections.hfortix.fortios.plugins.modules import facts
from generator.catalogue import load
from generator.model import Endpoint
from tests.integration.handwritten.jobs import TOKEN, run
from tests.integration.recordings import RECORDED, exactly, reads, write
from tests.simulator.server import Simulator

from .test_every_operation import job

pytestmark = pytest.mark.skipif(not RECORDED.is_dir(), reason=f"no recorded answers at {RECORDED}")

USAGE = "api/v2/monitor/system/resource/usage"


def monitored() -> dict[str, str]:
    """The recorded answers of the monitor family, under requests that modules can send."""
    found = {}
    for asked, text in reads().items():
        path, _, query = asked.partition("?")
        kept = {name: value for name, (value,) in parse_qs(query).items() if name != "recorded"}
        if path.startswith("api/v2/monitor/"):
            found[f"{path.removesuffix('/select')}?{urlencode(kept, safe='*')}"] = text
    return found


READS = monitored()
CATALOGUE = {endpoint.id: endpoint for endpoint in load().family("monitor")} if READS else {}


@pytest.fixture(scope="module")
def device(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    # Facts ask for the usage of the device alone.
    answers = READS | {f"{USAGE}?interval=1-min": json.dumps(json.loads(READS[f"{USAGE}?vdom=*"])[0])}
    with Simulator(token=TOKEN, tls=False, answers=write(answers, tmp_path_factory.mktemp("answers"))) as running:
        yield running


def arguments(endpoint: Endpoint, query: Mapping[str, list[str]]) -> dict[str, Any]:
    """The options of a module that make the query."""
    params = {item.option: query[item.name][0] for item in endpoint.operation.settings if item.name in query}
    return {"vdom": query.get("vdom"), "params": params} if params else {"vdom": query.get("vdom")}


@pytest.mark.parametrize("asked", READS)
def test_every_value_arrives(device: Simulator, asked: str) -> None:
    path, _, query = asked.partition("?")
    endpoint, sent = CATALOGUE[path.removeprefix("api/v2/")], json.loads(READS[asked])
    result = run(device, job(endpoint), arguments(endpoint, parse_qs(query)))
    several = {envelope["vdom"]: envelope["results"] for envelope in sent} if isinstance(sent, list) else None
    assert exactly(result["response"]) == exactly(sent["results"] if several is None else several)

    first = sent[0] if isinstance(sent, list) else sent
    assert result["meta"]["release"] == first["version"].removeprefix("v")
    assert result["meta"].get("serial") == first.get("serial")
    assert result["meta"].get("vdom") == (sent["vdom"] if several is None else None)


def test_facts_hold_what_was_told(device: Simulator) -> None:
    links = recorded("system/interface", "vdom=*&include_vlan=true&include_aggregate=true")
    told = {name: link for envelope in links for name, link in envelope["results"].items()}
    for name in told:
        device.device.add("system/interface", {"name": name, "vdom": "root"})
    found = run(device, facts.JOB, {"gather_subset": ["all"]})["ansible_facts"]

    status = recorded("system/status")
    assert found["ansible_net_version"] == status["version"].removeprefix("v")
    assert (found["ansible_net_build"], found["ansible_net_serialnum"]) == (status["build"], status["serial"])
    assert exactly(found["ansible_net_licenses"]) == exactly(recorded("license/status")["results"])
    usage = recorded("system/resource/usage", "vdom=*")[0]["results"]
    assert found["ansible_net_usage"] == {name: items[0]["current"] for name, items in usage.items()}
    for name, link in told.items():
        shown = found["ansible_net_interfaces"][name]
        assert (shown["speed"], shown["operstatus"]) == (link["speed"], "up" if link["link"] else "down")
        assert shown["macaddress"] == link["mac"]
        ipv4 = [] if link["ip"] == "0.0.0.0" else [{"address": link["ip"], "masklen": link["mask"]}]
        assert shown["ipv4"] == ipv4


def recorded(path: str, query: str = "") -> Any:
    """What was answered for a path of the monitor family."""
    return json.loads(READS[f"api/v2/monitor/{path}?{query}"])
