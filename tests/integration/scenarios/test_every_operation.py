# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every monitor, log and service module: its example runs, in check mode first, which sends nothing that acts."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
import pytest

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.connection import DirectClient
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.job import Job
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.main import call
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.operations import Operation
from generator.catalogue import load
from generator.model import Endpoint
from generator.operation_examples import options
from tests.simulator.server import Simulator

from . import scene

CATALOGUE = load()
ENDPOINTS = [endpoint for family in ("monitor", "log", "service") for endpoint in CATALOGUE.family(family)]


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    with Simulator(token="t0ken", tls=False, load=scene.CONFIGURATION) as running:
        yield running


@pytest.fixture(scope="module")
def web(simulator: Simulator) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=simulator.url, headers={"Authorization": "Bearer t0ken"}) as client:
        yield client


def job(endpoint: Endpoint) -> Job:
    """What the file of the module runs."""
    module = import_module(f"ansible_collections.hfortix.fortios.plugins.modules.{endpoint.module}")
    classes = (item for item in vars(module).values() if isinstance(item, type) and issubclass(item, Operation))
    made: Job = module.job(next(classes))
    return made


def arguments(endpoint: Endpoint, folder: Path, web: httpx.Client) -> dict[str, Any]:
    """The example, with files in `folder` and words in place of variables."""
    found: dict[str, Any] = filled(options(endpoint))
    for name in {"src", "dest"} & found.keys():
        found[name] = str(folder / Path(found[name]).name)
    if "src" in found:
        Path(found["src"]).write_bytes(scene.content(web, endpoint.id))
    return found


def filled(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: filled(item) for name, item in value.items()}
    if isinstance(value, str) and "{{" in value:
        return "content" if "lookup" in value else scene.SECRET
    return value


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.module)
def test_the_example_runs(endpoint: Endpoint, simulator: Simulator, web: httpx.Client, tmp_path: Path) -> None:
    operation, made = endpoint.operation, job(endpoint)
    simulator.reset()
    scene.prepare(web, endpoint.id)
    given = {**arguments(endpoint, tmp_path, web), "host": simulator.url, "token": "t0ken"}
    # How to wait for a restart is tested elsewhere, and takes time.
    given.pop("wait", None)
    seen = len(simulator.log())

    def run(*, check: bool = False) -> dict[str, Any]:
        result = call(made, endpoint.module, given, DirectClient, check=check, diff=True)
        assert not result.get("failed"), result["msg"]
        assert scene.SECRET not in str(result)
        return result

    def sent() -> list[str]:
        return [entry["method"] for entry in simulator.log()[seen:]]

    foretold = run(check=True)
    acts = not operation.reads or bool(operation.download and operation.method == "POST")
    assert sent() == ([] if acts else [operation.method])
    done = run()
    assert sent() == [operation.method] * (1 if acts else 2)
    writes = bool(operation.download and "dest" in given)
    assert foretold["changed"] == done["changed"] == (writes or not operation.reads)
    if writes:
        assert Path(done["dest"]).stat().st_size == done["size"]
        again = run()
        assert again["changed"] == (again["checksum"] != done["checksum"])
    elif operation.download:
        assert done["content"]
    else:
        assert foretold.get("request") == done.get("request")
