# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every configuration endpoint: argument validation, engine and SDK client in this process, the simulator over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from importlib import import_module
from typing import Any

import pytest

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge import configuration
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.connection import DirectClient
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.main import call
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.endpoint import Endpoint as EndpointClass
from ansible_collections.hfortix.fortios.plugins.modules import query
from generator.catalogue import load
from generator.model import Endpoint
from hfortix_fortios.schema import Release
from tests.simulator.server import Simulator

from .scenario import Scenario

#: The newest release first: an endpoint is tried on the first one that has it.
RELEASES: tuple[Release, ...] = ((7, 6, 5), (8, 0, 0), (7, 4, 4), (7, 2, 0), (7, 0, 0), (6, 4, 0))
ENDPOINTS = {endpoint.path: endpoint for endpoint in load().family("cmdb")}


@pytest.fixture(scope="module")
def simulator() -> Iterator[Callable[[Release], Simulator]]:
    """The simulator of a release, started when it is first asked for."""
    with ExitStack() as stack:

        @cache
        def of(release: Release) -> Simulator:
            return stack.enter_context(Simulator(release=".".join(map(str, release)), token="t0ken", tls=False))

        yield of


def schema_class(endpoint: Endpoint) -> type[EndpointClass[Any]]:
    """The endpoint class that the generated module imports."""
    module = import_module(f"ansible_collections.hfortix.fortios.plugins.modules.{endpoint.module}")
    return next(item for item in vars(module).values() if isinstance(item, type) and issubclass(item, EndpointClass))


def _releases(endpoint: Endpoint) -> Iterator[Release]:
    yield from RELEASES
    for low, high in endpoint.schema.versions.ranges():
        yield from filter(None, (high, low))


@pytest.mark.parametrize("path", sorted(ENDPOINTS))
def test_scenario(path: str, simulator: Callable[[Release], Simulator]) -> None:
    endpoint = ENDPOINTS[path]
    release = next(release for release in _releases(endpoint) if release in endpoint.schema.versions)
    device = simulator(release)
    device.reset()
    position = 0

    def run(path: str, arguments: dict[str, Any], *, check: bool = False) -> dict[str, Any]:
        module = ENDPOINTS[path]
        options = {**arguments, "host": device.url, "token": "t0ken"}
        schema = schema_class(module).schema()
        return call(configuration.job_for(schema), module.module, options, DirectClient, check=check, diff=True)

    def read(path: str) -> Any:
        arguments = {"queries": [{"endpoint": path}], "host": device.url, "token": "t0ken"}
        return call(query.JOB, "query", arguments, DirectClient, check=False, diff=False)["results"][0]["config"]

    def seen() -> list[dict[str, Any]]:
        nonlocal position
        entries = device.log()
        fresh, position = entries[position:], len(entries)
        return fresh

    Scenario(endpoint.schema, release, run, seen, query=read).play()
