# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the pages say about the collection is so: numbers, names, tables, links."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from ansible_collections.hfortix.fortios.plugins.filter.fortios import FilterModule
from tests.docs.pages import ALL, GUIDE, README, ROOT, prose


def test_the_readme_counts_the_modules() -> None:
    text = README.read_text(encoding="utf-8")
    counted = {
        family: len(list((ROOT / "generator/catalog" / family).rglob("*.json")))
        for family in ("cmdb", "monitor", "log", "service")
    }
    others = sum(counted.values()) - counted["cmdb"]
    handwritten = yaml.safe_load((ROOT / "generator/handwritten.yml").read_text(encoding="utf-8"))
    for words in (
        f"the {counted['cmdb']} configuration endpoints and of the {others} that",
        f"| {counted['cmdb']} modules of the configuration |",
        f"| {counted['monitor']} modules `monitor_...`, {counted['service']} `service_...` |",
        f"| {counted['log']} modules of the logs,",
        f"and {len(handwritten)} for what one endpoint does not do",
        f"| {len(FilterModule().filters())} filters |",
    ):
        assert words in text


def test_the_readme_names_every_module_that_is_written_by_hand() -> None:
    text = README.read_text(encoding="utf-8")
    handwritten = yaml.safe_load((ROOT / "generator/handwritten.yml").read_text(encoding="utf-8"))
    assert [name for name in handwritten if f"`{name}`" not in text] == []


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
