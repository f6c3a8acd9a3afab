# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every name of fortinet.fortios has an answer, which the page on migration and the redirects agree on."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import ansible
import pytest
import yaml

from generator.catalogue import load
from generator.emit import migration
from generator.migration import names
from generator.migration.answers import Answer, answers, problems
from generator.migration.names import ACTION, CONFIGURATION, LOG, MONITOR

CATALOGUE = load()
NAMES = names.read()
ANSWERS = answers(NAMES, CATALOGUE)
ALL = [*ANSWERS.modules.values(), *(answer for group in ANSWERS.selectors.values() for answer in group.values())]


@pytest.fixture(scope="module")
def written(root: Path) -> set[str]:
    return set(yaml.safe_load((root / "generator/handwritten.yml").read_text(encoding="utf-8")))


def test_the_names_are_those_of_the_installed_collection() -> None:
    folder = Path(ansible.__file__).parents[1] / "ansible_collections/fortinet/fortios"
    assert names.take(folder) == NAMES


def test_names_are_kept_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = names.FILE.read_text(encoding="utf-8")
    monkeypatch.setattr(names, "FILE", tmp_path / "names.yml")
    names.write(NAMES)
    assert (tmp_path / "names.yml").read_text(encoding="utf-8") == kept


def test_none_is_without_an_answer() -> None:
    assert list(problems(NAMES, CATALOGUE)) == []
    assert set(ANSWERS.modules) == set(NAMES.modules)
    assert {kind: set(group) for kind, group in ANSWERS.selectors.items()} == {
        kind: set(group) for kind, group in NAMES.selectors.items()
    }


def test_names_and_answers_that_do_not_meet_are_reported() -> None:
    modules = [*NAMES.modules, "fortios_new_table"]
    modules.remove("fortios_json_generic")
    told = [str(problem) for problem in problems(replace(NAMES, modules=modules), CATALOGUE)]
    assert told == [
        "error: migration modules: nothing replaces fortios_new_table",
        "error: migration modules: fortios_json_generic is not among the names",
    ]


def test_every_answer_is_a_module(written: set[str]) -> None:
    known = written | {endpoint.module for endpoint in CATALOGUE.endpoints.values()}
    assert {answer.module for answer in ALL} - known == set()


def test_an_answer_by_hand_says_why() -> None:
    by_rule = {endpoint.module for endpoint in CATALOGUE.endpoints.values()}
    assert [answer for answer in ALL if not answer.reason and answer.module not in by_rule] == []
    assert [answer for answer in ALL if answer.path and answer.module != "rest"] == []


@pytest.mark.parametrize(
    ("kind", "name", "answer"),
    [
        (CONFIGURATION, "firewall.ssh_host-key", Answer("firewall_ssh_host_key")),
        (MONITOR, "wifi_managed_ap", Answer("monitor_wifi_managed_ap_info")),
        (ACTION, "clear_counters.firewall.acl", Answer("monitor_firewall_acl_clear_counters")),
        (ACTION, "system.change-password", Answer("monitor_system_change_password_select")),
        (LOG, "disk_ips_archive-download", Answer("log_ips_archive_download_info", source="disk")),
        (LOG, "memory_event_vpn", Answer("log_event_vpn_info", source="memory")),
    ],
)
def test_the_rule(kind: str, name: str, answer: Answer) -> None:
    assert ANSWERS.selectors[kind][name] == answer


def test_what_has_no_counterpart_tells_the_path() -> None:
    answer = ANSWERS.modules["fortios_system_replacemsg_mm1"]
    assert (answer.module, answer.path) == ("rest", "/api/v2/cmdb/system.replacemsg/mm1")
    assert answer.reason


def test_the_page_is_what_is_generated_and_holds_every_name(root: Path) -> None:
    page = migration.page(NAMES, ANSWERS)
    assert page == (root / "docs/migration.md").read_text(encoding="utf-8")
    for name in [*NAMES.modules, *(name for group in NAMES.selectors.values() for name in group)]:
        assert f"`{name}`" in page


def test_redirects_lead_to_the_answers(root: Path) -> None:
    routing = yaml.safe_load((root / "meta/runtime.yml").read_text(encoding="utf-8"))["plugin_routing"]["modules"]
    there = {file.stem for file in (root / "plugins/modules").glob("*.py")}
    for name, answer in ANSWERS.modules.items():
        expected = None if answer.path or answer.module not in there else f"hfortix.fortios.{answer.module}"
        assert routing.get(name, {}).get("redirect") == expected, name
