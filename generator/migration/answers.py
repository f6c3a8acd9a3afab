# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What replaces each name of fortinet.fortios: by the rule of names, or as ``answers.yml`` says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from hfortix_fortios.names import module_name

from ..catalogue import Catalogue
from ..model import Endpoint, Family
from ..problems import Problem
from .names import ACTION, CONFIGURATION, LOG, MONITOR, PREFIX, Names

FILE = Path(__file__).with_name("answers.yml")

#: Under this name `answers.yml` has the modules that no selector of the configuration goes with.
MODULES = "modules"

#: The module that sends any request.
REST = "rest"


@dataclass(frozen=True)
class Answer:
    """What replaces a module or a selector: a module of this collection.

    `path` is that of the request that ``rest`` sends, `source` what a log module is to be told. `reason` says why the
    rule of names does not lead there; where it leads to another module, that is `plain`.
    """

    module: str
    path: str = ""
    source: str = ""
    reason: str = ""
    plain: str = ""


@dataclass(frozen=True)
class Answers:
    """The answer for each module, and for each selector of a module that takes one; `reasons` in their order."""

    modules: Mapping[str, Answer]
    selectors: Mapping[str, Mapping[str, Answer]]
    reasons: Sequence[str]


def answers(names: Names, catalogue: Catalogue) -> Answers:
    """The answers for `names`. What has none is left out."""
    rules = {
        CONFIGURATION: _Rule(catalogue, "cmdb"),
        LOG: _LogRule(catalogue, "log", "GET"),
        MONITOR: _Rule(catalogue, "monitor", "GET"),
        ACTION: _ActionRule(catalogue, "monitor", "POST"),
    }
    written = _written()
    selectors = {
        kind: _known({name: _chosen(written[kind].get(name), rule, name) for name in names.selectors[kind]})
        for kind, rule in rules.items()
    }
    tables = {f"{PREFIX}{module_name(name)}": answer for name, answer in selectors[CONFIGURATION].items()}
    answered = {**tables, **written[MODULES]}
    modules = {name: answered.get(name) or rules[CONFIGURATION].find(name) for name in names.modules}
    reasons = dict.fromkeys(answer.reason for group in written.values() for answer in group.values())
    return Answers(_known(modules), selectors, list(reasons))


def problems(names: Names, catalogue: Catalogue) -> Iterator[Problem]:
    """Names without an answer, and answers that are written for no name."""
    found, written = answers(names, catalogue), _written()
    for kind, wanted in {MODULES: names.modules, **names.selectors}.items():
        answered = found.modules if kind == MODULES else found.selectors[kind]
        for name in wanted:
            if name not in answered:
                yield Problem(f"migration {kind}", f"nothing replaces {name}")
        for name in written[kind]:
            if name not in wanted:
                yield Problem(f"migration {kind}", f"{name} is not among the names")


def _known(found: Mapping[str, Answer | None]) -> dict[str, Answer]:
    return {name: answer for name, answer in found.items() if answer}


class _Rule:
    """Finds the endpoint of one family, and with one method, that a name stands for."""

    def __init__(self, catalogue: Catalogue, family: Family, method: str = "") -> None:
        self.family = family
        endpoints = [item for item in catalogue.family(family) if not method or item.method == method]
        self._by_path = {self._known_as(item): item for item in endpoints}
        self._by_words = {module_name(path): item for path, item in self._by_path.items()}

    def _known_as(self, endpoint: Endpoint) -> str:
        return endpoint.path

    def endpoint(self, path: str) -> Endpoint | None:
        return self._by_path.get(path) or self._by_words.get(module_name(path))

    def find(self, name: str) -> Answer | None:
        """The answer for a selector, or for a module."""
        found = self.endpoint(self.path(name.removeprefix(PREFIX)))
        return Answer(found.module) if found else None

    def path(self, selector: str) -> str:
        return selector.replace("_", "/")


class _LogRule(_Rule):
    """A selector of logs begins with where the log is kept."""

    def _known_as(self, endpoint: Endpoint) -> str:
        return endpoint.path.removeprefix("{source}/")

    def find(self, name: str) -> Answer | None:
        source, _slash, path = self.path(name).partition("/")
        found = self.endpoint(path)
        return Answer(found.module, source=source) if found and source in found.facts["sources"] else None


class _ActionRule(_Rule):
    """A selector of actions names what is done, and then the object; or the object alone."""

    def endpoint(self, path: str) -> Endpoint | None:
        action, _slash, where = path.partition("/")
        for way in (f"{where}/{action}", path, f"{path}/select"):
            if found := super().endpoint(way):
                return found
        return None

    def path(self, selector: str) -> str:
        return selector.replace(".", "/")


def _written() -> dict[str, dict[str, Answer]]:
    """What `answers.yml` says, by kind and name."""
    kinds: Mapping[str, list[dict[str, Any]]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    written: dict[str, dict[str, Answer]] = {kind: {} for kind in kinds}
    for kind, groups in kinds.items():
        for group in groups:
            written[kind] |= {name: Answer(module, reason=group["reason"]) for name, module in group["use"].items()}
    return written


def _chosen(written: Answer | None, rule: _Rule, name: str) -> Answer | None:
    """The answer that was `written`, filled in by the rule, or the rule's own."""
    found = rule.find(name)
    if written is None:
        return found
    path = f"/api/v2/{rule.family}/{rule.path(name)}" if written.module == REST else ""
    return Answer(written.module, path, reason=written.reason, plain=found.module if found else "")
