# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""``docs/migration.md``: what replaces each module and each selector of fortinet.fortios."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from string import Template
from typing import NamedTuple

from hfortix_fortios.names import module_name

from ..migration.answers import Answer, Answers
from ..migration.names import ACTION, CONFIGURATION, LOG, MONITOR, PREFIX, Names
from .header import NOTICE

TEMPLATE = Path(__file__).parents[1] / "migration/page.md"
GALAXY = "https://galaxy.ansible.com/ui/repo/published/fortinet/fortios/"

_HEADINGS = {
    CONFIGURATION: f"Configuration: modules, and selectors of `{CONFIGURATION}`",
    MONITOR: f"State of the device: selectors of `{MONITOR}`",
    ACTION: f"Actions: selectors of `{ACTION}`",
    LOG: f"Logs: selectors of `{LOG}`",
}


class _Entry(NamedTuple):
    """What the page says of a module, of a selector, or of both where they are about one table."""

    kind: str
    module: str
    selector: str
    answer: Answer

    @property
    def area(self) -> str:
        if self.kind == ACTION:
            # What is done stands before what it is done to.
            return self.selector.split(".")[-2]
        return re.split(r"[._]", self.selector or self.module.removeprefix(PREFIX))[0]

    @property
    def here(self) -> str:
        text = f"`{self.answer.module}`"
        if self.answer.path:
            text += f", path `{self.answer.path}`"
        if self.answer.source:
            text += f", `source: {self.answer.source}`"
        return text


def page(names: Names, answers: Answers) -> str:
    """The page."""
    entries = [*_configuration(answers), *_others(answers)]
    text = Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        galaxy=GALAXY,
        version=names.version,
        modules=len(names.modules),
        selectors=f"{sum(map(len, names.selectors.values())):,}",
        exceptions="\n\n".join(_exceptions(entries, answers.reasons)),
        lists="\n\n".join(_lists(entries)),
    )
    return f"<!-- {NOTICE} -->\n{text}"


def _configuration(answers: Answers) -> Iterator[_Entry]:
    """Modules, each with the selector of its table, then what is alone."""
    selectors = {module_name(selector): selector for selector in answers.selectors[CONFIGURATION]}
    for module, answer in answers.modules.items():
        yield _Entry(CONFIGURATION, module, selectors.pop(module.removeprefix(PREFIX), ""), answer)
    for selector in selectors.values():
        yield _Entry(CONFIGURATION, "", selector, answers.selectors[CONFIGURATION][selector])


def _others(answers: Answers) -> Iterator[_Entry]:
    for kind in (MONITOR, ACTION, LOG):
        for selector, answer in answers.selectors[kind].items():
            yield _Entry(kind, "", selector, answer)


def _exceptions(entries: Sequence[_Entry], reasons: Iterable[str]) -> Iterator[str]:
    """A table for each reason not to follow the rule."""
    for reason in reasons:
        rows = []
        for entry in entries:
            if entry.answer.reason == reason:
                plainly = f"; plainly `{entry.answer.plain}`" if entry.answer.plain else ""
                rows.append((_code(entry.module, entry.selector), entry.here + plainly))
        yield f"{reason}\n\n{_table(('fortinet.fortios', 'here'), rows)}"


def _lists(entries: Sequence[_Entry]) -> Iterator[str]:
    """Under the heading of its kind, a folded table for each area."""
    for kind, heading in _HEADINGS.items():
        yield f"### {heading}"
        areas: dict[str, list[_Entry]] = {}
        for entry in entries:
            if entry.kind == kind:
                areas.setdefault(entry.area, []).append(entry)
        for area, found in sorted(areas.items()):
            if kind == CONFIGURATION:
                rows = [(_code(entry.module), _code(entry.selector), entry.here) for entry in found]
                table = _table(("module", "selector", "here"), rows)
            else:
                table = _table(("selector", "here"), [(_code(entry.selector), entry.here) for entry in found])
            yield f"<details><summary>{area} ({len(found)})</summary>\n\n{table}\n\n</details>"


def _code(*names: str) -> str:
    return ", ".join(f"`{name}`" for name in names if name)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
