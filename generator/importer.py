# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Take what a device says about itself (``?action=schema``) into the catalogue.

A device is the better truth about its own release: new endpoints, fields and options are added from that release on,
and changed bounds, defaults, types, references and keys replace the catalogue's. What the catalogue expects of the
release and the device does not show is reported and stays, since a model may lack what another has.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hfortix_fortios.schema import Release, Versions, parse_release, release_text

from .catalogue import CATALOG, Catalogue
from .jsontext import dump

Facts = dict[str, Any]


class ImportProblem(Exception):
    """The input is no answer to ``action=schema``, or does not say which release it is of."""


@dataclass(frozen=True)
class Answer:
    """One endpoint as the device describes it: its path, and the root node of its schema."""

    path: str
    node: Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """A difference from the catalogue. `at` is the endpoint's path and the field's names. `kept`: not taken over."""

    at: tuple[str, ...]
    what: str
    kept: bool = False

    def __str__(self) -> str:
        return f"{' '.join(self.at)}: {self.what}"


@dataclass
class Report:
    """What an import found: the changes, and the new contents of the catalogue files that they concern, by id."""

    release: Release
    endpoints: int = 0
    changes: list[Change] = field(default_factory=list)
    files: dict[str, Facts] = field(default_factory=dict)


def answers(data: Any) -> list[Answer]:
    """The endpoints in `data`: an envelope, a list of envelopes, or an envelope with a list of nodes.

    :raises ImportProblem: something in it is neither
    """
    found = []
    for envelope in data if isinstance(data, list) else [data]:
        results = envelope.get("results") if isinstance(envelope, Mapping) else None
        for node in results if isinstance(results, list) else [results]:
            if not isinstance(node, Mapping) or not isinstance(node.get("children"), Mapping):
                raise ImportProblem("not an answer to action=schema: there is no node with children in its results")
            folder, name = (node.get(key) or envelope.get(key) for key in ("path", "name"))
            if not folder or not name:
                raise ImportProblem("a schema without path and name: whose it is cannot be told")
            found.append(Answer(f"{folder}/{name}", node))
    return found


def release_of(data: Any) -> Release | None:
    """The release that the envelopes in `data` name, if they do.

    :raises ImportProblem: they name several
    """
    envelopes = data if isinstance(data, list) else [data]
    texts = {envelope["version"] for envelope in envelopes if isinstance(envelope, Mapping) and "version" in envelope}
    if len(texts) > 1:
        raise ImportProblem(f"answers of several releases: {', '.join(sorted(texts))}; import them one by one")
    return parse_release(texts.pop()) if texts else None


def merge(catalogue: Catalogue, found: Sequence[Answer], release: Release, catalog: Path = CATALOG) -> Report:
    """Compare `found` with the catalogue. Nothing is written.

    The comparison is with the facts as corrected by the overrides; the new contents are made from the files below
    `catalog`, which the overrides go on to correct.
    """
    report = Report(release, len(found))
    for answer in found:
        key = f"cmdb/{answer.path}"
        known = catalogue.endpoints.get(key)
        if known is None:
            report.files[key] = _new_endpoint(answer, release)
            count = sum(1 for _ in _leaves(report.files[key]))
            report.changes.append(Change((answer.path,), f"new endpoint with {count} fields"))
            continue
        raw = json.loads((catalog / f"{key}.json").read_text(encoding="utf-8"))
        merger = _Merger(release)
        merger.container((answer.path,), answer.node, known.facts, raw)
        report.changes += merger.changes
        if any(not change.kept for change in merger.changes):
            report.files[key] = raw
    return report


def write(report: Report, catalog: Path = CATALOG) -> None:
    """Write the changed catalogue files."""
    for key, facts in report.files.items():
        file = catalog / f"{key}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dump(facts) + "\n", encoding="utf-8")


def _since(release: Release) -> str:
    return release_text(release) + "-"


def _leaves(facts: Mapping[str, Any]) -> Iterator[str]:
    for name, item in facts.get("fields", {}).items():
        yield name
        yield from _leaves(item)


def _new_endpoint(answer: Answer, release: Release) -> Facts:
    node = answer.node
    facts: Facts = {
        "api": "cmdb",
        "path": answer.path,
        "kind": "table" if node.get("category") == "table" else "object",
    }
    if facts["kind"] == "table":
        facts["mkey"] = node.get("mkey")
    if node.get("object_range"):
        facts["scope"] = node["object_range"]
    if node.get("access_group"):
        facts["access_group"] = node["access_group"]
    fields = {name: _facts(child, release) for name, child in node["children"].items()}
    return {**facts, "versions": _since(release), "fields": fields}


def _facts(node: Mapping[str, Any], release: Release) -> Facts:
    """The facts of a new field, in the order in which the catalogue has them."""
    stated = _stated(node)
    facts: Facts = {"type": stated.pop("type")}
    if node.get("member_table"):
        facts["member"] = True
    facts |= {name: value for name, value in stated.items() if value is not False}
    facts["versions"] = _since(release)
    if "children" in node:
        facts["fields"] = {name: _facts(child, release) for name, child in node["children"].items()}
    return facts


def _stated(node: Mapping[str, Any]) -> Facts:
    """What a node says of itself, as facts. What it does not mention is not among them."""
    category = node.get("category")
    if category != "unitary":
        facts: Facts = {"type": "table" if category == "table" else "object"}
        if facts["type"] == "table" and node.get("mkey"):
            facts["mkey"] = node["mkey"]
        if node.get("max_table_size_item"):
            facts["max_items"] = int(node["max_table_size_item"])
        return facts
    facts = {"type": node.get("type", "string")}
    if "multiple_values" in node:
        facts["multiple"] = bool(node["multiple_values"])
    if node.get("options"):
        facts["options"] = [option["name"] for option in node["options"]]
    if node.get("size"):
        facts["max_length"] = int(node["size"])
    if "min-value" in node and "max-value" in node:
        facts |= {"min": int(node["min-value"]), "max": int(node["max-value"])}
    if node.get("default") not in (None, ""):
        facts["default"] = _default(facts, node["default"])
    if node.get("datasource"):
        facts["refs"] = list(node["datasource"])
    if "readonly" in node:
        facts["readonly"] = bool(node["readonly"])
    return facts


def _default(facts: Mapping[str, Any], value: Any) -> Any:
    if facts["type"] == "integer" and not facts.get("multiple") and str(value).lstrip("-").isdigit():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else str(value)


class _Merger:
    """Compares one endpoint's nodes with the known facts, and makes the changes in the facts of the file (`raw`)."""

    def __init__(self, release: Release) -> None:
        self._release = release
        self.changes: list[Change] = []

    def container(self, at: tuple[str, ...], node: Mapping[str, Any], known: Mapping[str, Any], raw: Facts) -> None:
        """Merge what an endpoint, a child table or a nested object holds."""
        self._present(at, known, raw)
        fields = known.get("fields", {})
        for name, child in node["children"].items():
            place = (*at, name)
            if name not in fields:
                self._insert(raw.setdefault("fields", {}), list(node["children"]), name, _facts(child, self._release))
                self.changes.append(Change(place, f"new field, {_stated(child)['type']}"))
            else:
                self._field(place, child, fields[name], raw.setdefault("fields", {}).setdefault(name, {}))
        for name, facts in fields.items():
            if name not in node["children"] and self._release in Versions(facts.get("versions", "")):
                self.changes.append(Change((*at, name), "not shown by this device", kept=True))

    def _field(self, at: tuple[str, ...], node: Mapping[str, Any], known: Mapping[str, Any], raw: Facts) -> None:
        stated = _stated(node)
        options = stated.pop("options", None)
        for name, value in stated.items():
            if value == known.get(name, False if value is False else None):
                continue
            if name == "default" and self._of_other_releases(known):
                self.changes.append(Change(at, f"default {value!r}; {known[name]!r} is that of others", kept=True))
            else:
                self._set(at, raw, known, name, value)
        if options is not None:
            self._options(at, options, known, raw)
        if "children" in node:
            self.container(at, node, known, raw)
        else:
            self._present(at, known, raw)

    def _of_other_releases(self, known: Mapping[str, Any]) -> bool:
        """Whether the known default is an option that this release does not have."""
        return self._release not in Versions(known.get("option_versions", {}).get(known.get("default"), ""))

    def _set(self, at: tuple[str, ...], raw: Facts, known: Mapping[str, Any], name: str, value: Any) -> None:
        was = f"{known[name]!r}" if name in known else "not known"
        self.changes.append(Change(at, f"{name} {value!r} (was {was})"))
        if value is False:
            raw.pop(name, None)
        else:
            raw[name] = value

    def _options(self, at: tuple[str, ...], shown: Sequence[str], known: Mapping[str, Any], raw: Facts) -> None:
        """Options that are new, or known from another release only, are there from this release on."""
        options, versions = list(known.get("options", ())), dict(known.get("option_versions", {}))
        for name in shown:
            if name not in options:
                options.append(name)
                if known.get("options"):
                    versions[name] = _since(self._release)
                self.changes.append(Change(at, f"new option {name}"))
            elif self._release not in Versions(versions.get(name, "")):
                versions[name] = _with_release(versions[name], self._release)
                self.changes.append(Change(at, f"option {name} in {versions[name]}"))
        for name in options:
            if name not in shown and self._release in Versions(versions.get(name, "")):
                self.changes.append(Change(at, f"option {name} not shown by this device", kept=True))
        if options != list(known.get("options", ())):
            raw["options"] = options
        if versions != dict(known.get("option_versions", {})):
            raw["option_versions"] = versions

    def _present(self, at: tuple[str, ...], known: Mapping[str, Any], raw: Facts) -> None:
        """What the device shows exists in its release, whatever the catalogue says."""
        versions = known.get("versions", "")
        if self._release not in Versions(versions):
            raw["versions"] = _with_release(versions, self._release)
            self.changes.append(Change(at, f"in {raw['versions']} (was {versions})"))

    @staticmethod
    def _insert(fields: Facts, order: Sequence[str], name: str, facts: Facts) -> None:
        """Put a new field behind the one that the device has before it: the order of fields is the device's."""
        before = [other for other in order[: order.index(name)] if other in fields]
        items = list(copy.copy(fields).items())
        position = [key for key, _ in items].index(before[-1]) + 1 if before else 0
        items.insert(position, (name, facts))
        fields.clear()
        fields.update(items)


def _with_release(text: str, release: Release) -> str:
    """The ranges `text`, made to hold `release`: the next range begins with it, or a new one does, without an end.

    >>> _with_release("7.6.5-", (7, 6, 3)), _with_release("-7.0.5", (7, 4, 0))
    ('7.6.3-', '-7.0.5,7.4.0-')
    """
    ranges = text.split(",")
    for index, (low, _) in enumerate(Versions(text).ranges()):
        if low is not None and low > release:
            ranges[index] = _since(release) + ranges[index].partition("-")[2]
            return ",".join(ranges)
    return ",".join([*ranges, _since(release)])
