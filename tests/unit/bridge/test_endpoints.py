# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Endpoint classes by name: every spelling, all of the catalogue, and what a wrong name is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge import endpoints as subject
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.endpoints import (
    Family,
    endpoint,
    endpoints,
    select,
)
from ansible_collections.hfortix.fortios.plugins.module_utils.resource.task import TaskError

CATALOGUE = Path(__file__).parents[3] / "generator" / "catalog"


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("firewall_address", "firewall/address"),
        ("hfortix.fortios.firewall_address", "firewall/address"),
        ("firewall/address", "firewall/address"),
        ("cmdb/firewall/address", "firewall/address"),
        ("/api/v2/cmdb/firewall/address/", "firewall/address"),
        ("firewall.service/custom", "firewall.service/custom"),
        ("system_3g_modem_custom", "system.3g-modem/custom"),
        ("monitor_system_status_info", "system/status"),
        ("monitor/system/status", "system/status"),
        ("service/sniffer/list", "sniffer/list"),
        ("log/virus", "{source}/virus"),
        ("log/search/abort", "search/abort/{session_id}"),
        ("log/ips/archive-download", "{source}/ips/archive-download"),
        ("log/ips/archive/download", "{source}/ips/archive/download"),
    ],
)
def test_every_spelling_finds_the_endpoint(name: str, path: str) -> None:
    assert endpoint(name).FACTS["path"] == path


@pytest.mark.parametrize("family", ["cmdb", "monitor", "log", "service"])
def test_all_of_the_catalogue_is_found(family: Family) -> None:
    found = [item.FACTS["path"] for item in endpoints(family)]
    assert len(found) == len(set(found)) == sum(1 for _ in (CATALOGUE / family).rglob("*.json"))


@pytest.mark.parametrize(
    ("patterns", "names"),
    [
        (["firewall_vip", "system/dns"], ["firewall_vip", "system_dns"]),
        (["firewall_addr*", "!*6", "!firewall_addrgrp"], ["firewall_address"]),
        (["firewall_vip?"], ["firewall_vip6"]),
        (["nothing_*"], []),
        (["all", "!all"], []),
    ],
)
def test_patterns_select_endpoints_of_the_configuration(patterns: list[str], names: list[str]) -> None:
    assert [item.schema().name for item in select(patterns) if "template" not in item.schema().name] == names


def test_exclusions_alone_select_all_others() -> None:
    everything = select(["all"])
    assert len(everything) == sum(1 for _ in endpoints("cmdb"))
    assert len(select(["!firewall_vip"])) == len(everything) - 1


def test_only_the_configuration_is_selected() -> None:
    with pytest.raises(TaskError, match=r"monitor/system/status is no endpoint of the configuration\."):
        select(["monitor/system/status"])


def test_a_wrong_name_is_told_near_ones() -> None:
    with pytest.raises(TaskError, match=r"There is no endpoint 'firewall_adress'\. Did you mean firewall_address or "):
        endpoint("firewall_adress")


def test_a_name_of_two_endpoints_is_refused() -> None:
    with pytest.raises(TaskError, match=r"several endpoints 'log_ips_archive_download'\. Name the one by its path"):
        endpoint("log_ips_archive_download")


@pytest.fixture
def without_tree(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """The endpoints as a module's own process has them: none that its file does not import."""
    subject._files.cache_clear()
    monkeypatch.setattr(subject.hfortix_fortios, "__file__", str(tmp_path / "__init__.py"))
    yield
    subject._files.cache_clear()


@pytest.mark.usefixtures("without_tree")
def test_where_the_tree_is_not_shipped_the_error_says_where_it_is() -> None:
    with pytest.raises(TaskError, match="only where Ansible itself runs"):
        endpoint("firewall_address")


@pytest.mark.parametrize(
    "path", ["router/bgp", "router/isis", "router/ospf", "router/ospf6", "router/rip", "router/ripng"]
)
def test_routes_are_redistributed_in_every_release(path: str) -> None:
    table = endpoint(path).schema().fields["redistribute"]
    for field in (table, *table.fields.values()):
        assert all(release in field.versions for release in ((6, 4, 0), (7, 0, 14), (7, 4, 4), (7, 6, 5)))
