# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the pages say about the collection is so: numbers, names, tables, links."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from ansible_collections.hfortix.fortios.plugins.filter.fortios import FilterModule
from tests.docs.pages import ALL, GUIDE, README, ROOT, prose
from tests.simulator.__main__ import main as simulate
from tests.simulator.operations.registry import CONTROLS
from tests.simulator.switches import Switches

HANDWRITTEN = yaml.safe_load((ROOT / "generator/handwritten.yml").read_text(encoding="utf-8"))


def _endpoints(family: str) -> int:
    return len(list((ROOT / "generator/catalog" / family).rglob("*.json")))


def test_the_readme_counts_the_modules() -> None:
    text = README.read_text(encoding="utf-8")
    cmdb, monitor, log, service = (_endpoints(family) for family in ("cmdb", "monitor", "log", "service"))
    for words in (
        f"the {cmdb} configuration endpoints and of the {monitor + log + service} that",
        f"| {cmdb} modules of the configuration |",
        f"| {monitor} modules `monitor_...`, {service} `service_...` |",
        f"| {log} modules of the logs,",
        f"and {len(HANDWRITTEN)} for what one endpoint does not do",
        f"| {len(FilterModule().filters())} filters |",
    ):
        assert words in text


@pytest.mark.parametrize("page", ["CHANGELOG.rst", "README.md"])
def test_every_module_that_is_written_by_hand_is_told_of(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert [name for name in HANDWRITTEN if f"`{name}`" not in text] == []


def test_the_table_of_filters_tells_what_they_give() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| (.*?) \|$", (ROOT / "docs/guide/filters.md").read_text("utf-8"), re.M)
    filters = FilterModule().filters()
    assert {name for name, *_ in rows} == set(filters)
    for name, example, result in rows:
        if example.startswith("`"):
            assert filters[name](yaml.safe_load(example.strip("`"))) == yaml.safe_load(result.strip("`")), name


def test_every_page_is_in_the_table_of_contents() -> None:
    contents = ROOT / "docs/README.md"
    listed = {
        (contents.parent / target).resolve() for target in re.findall(r"\]\(([^)#]+)", contents.read_text("utf-8"))
    }
    assert [page for page in (ROOT / "docs").rglob("*.md") if page not in listed and page != contents] == []
    assert GUIDE


def _anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, in the way that GitHub makes them."""
    titles = re.findall(r"^#+ (.*)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", ALL, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if not link.startswith("https://"):
            path, _, anchor = link.partition("#")
            target = (page.parent / path).resolve() if path else page
            assert target.exists(), link
            assert not anchor or anchor in _anchors(target) or target.name.startswith("CHANGELOG"), link


@pytest.mark.parametrize("folder", ["generator", "tests/simulator"])
def test_the_readme_of_a_folder_names_what_is_in_it(folder: str) -> None:
    text = (ROOT / folder / "README.md").read_text(encoding="utf-8")
    parts = [path.name for path in (ROOT / folder).iterdir() if not path.name.startswith(("_", "README"))]
    assert [name for name in parts if f"`{name}" not in text and f"`{name.removesuffix('.py')}`" not in text] == []


def test_the_architecture_names_every_folder_of_plugins() -> None:
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    plugins = ROOT / "plugins"
    folders = [path for base in (plugins, plugins / "module_utils") for path in base.iterdir() if path.is_dir()]
    named = [path for path in folders if not path.name.startswith("_")]
    assert [path for path in named if f"`{path.relative_to(ROOT)}" not in text] == []


def test_the_page_of_the_simulator_has_all_its_options_and_switches(capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "tests/simulator/README.md").read_text(encoding="utf-8")
    with pytest.raises(SystemExit):
        simulate(["--help"])
    options = re.findall(r"^  (--[a-z0-9-]+)", capsys.readouterr().out, re.MULTILINE)
    assert "--release" in options
    assert [option for option in options if f"`{option}" not in text and f" {option} " not in text] == []
    assert [item.name for item in fields(Switches) if f"| `{item.name}` |" not in text] == []
    assert [topic for _, topic in CONTROLS if f"/__simulator__/{topic}`" not in text] == []
