# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the catalogue must mean, beyond its structure: keys, references, releases, bounds and names fit together.

Errors are what the generated code could not work with; warnings are oddities of the facts, reported as they are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from hfortix_fortios.names import option_name, python_name
from hfortix_fortios.schema import CONTAINER_TYPES, LATEST, SECRET_TYPES, Release, Versions, parse_release, release_text

from .catalogue import Catalogue
from .layout import tree
from .model import FAMILIES, Endpoint
from .problems import Problem

Facts = Mapping[str, Any]

#: The first release that the catalogue knows of.
OLDEST: Release = (6, 4, 0)

#: Attributes of the SDK's endpoint classes, which an endpoint's child must not hide. The methods that only tables have
#: are free below endpoints of other families.
_ATTRIBUTES = frozenset(
    {"FACTS", "CHILDREN", "schema", "get", "post", "operation", "request", "request_for", "entries"}
)


def validate(catalogue: Catalogue) -> list[Problem]:
    """Every problem of meaning, in the order of the catalogue; those that concern several endpoints last."""
    keys = _reference_keys(catalogue)
    problems: list[Problem] = []
    for endpoint in catalogue.endpoints.values():
        problems += _configuration(endpoint, keys) if endpoint.family == "cmdb" else _operation(endpoint)
    return [*problems, *_modules(catalogue), *_places(catalogue)]


def _reference_keys(catalogue: Catalogue) -> set[str]:
    """What a reference may name: ``table.path.field`` for each field of each table, child tables too."""

    def below(path: str, fields: Facts) -> Iterator[str]:
        for name, field in fields.items():
            yield f"{path}.{name}"
            yield from below(f"{path}.{name}", field.get("fields", {}))

    return {
        key
        for endpoint in catalogue.family("cmdb")
        for key in below(endpoint.path.replace("/", "."), endpoint.facts["fields"])
    }


def _configuration(endpoint: Endpoint, keys: set[str]) -> Iterator[Problem]:
    facts, where = endpoint.facts, endpoint.id
    if facts["kind"] == "table" and "mkey" not in facts:
        yield Problem(where, "a table without a key field")
    if facts["kind"] == "object":
        for name in sorted({"mkey", "movable", "predefined", "builtin"} & facts.keys()):
            yield Problem(where, f"a single object with the fact {name} of tables")
    yield from _versions(where, facts)
    yield from _key(where, facts)
    yield from _lifetimes(where, facts)
    yield from _fields(where, facts["fields"], keys)


def _fields(where: str, fields: Facts, keys: set[str]) -> Iterator[Problem]:
    yield from _twins(where, fields)
    for name, field in fields.items():
        place = f"{where} {name}"
        for check in _FIELD_CHECKS:
            yield from check(place, field)
        yield from _references(place, field, keys)
        yield from _fields(place, field.get("fields", {}), keys)


def _twins(where: str, fields: Facts) -> Iterator[Problem]:
    """Names on the wire that become the same name of an option or of a keyword argument."""
    spellings: tuple[tuple[str, Callable[[str], str]], ...] = (("option", option_name), ("keyword", python_name))
    for what, spell in spellings:
        same: dict[str, list[str]] = defaultdict(list)
        for name in fields:
            same[spell(name)].append(name)
        for spelling, names in same.items():
            if len(names) > 1:
                yield Problem(where, f"{' and '.join(names)} are the same {what} {spelling}")


def _key(where: str, facts: Facts) -> Iterator[Problem]:
    """The key of a table or child table is one of its fields, and a plain one."""
    mkey = facts.get("mkey")
    if mkey is None:
        return
    field = facts["fields"].get(mkey)
    if field is None:
        yield Problem(where, f"its key {mkey} is not among its fields")
    elif field["type"] in CONTAINER_TYPES or field.get("multiple"):
        yield Problem(where, f"its key {mkey} is not a single value")
    elif field.get("secret") or field["type"] in SECRET_TYPES:
        yield Problem(where, f"its key {mkey} is a secret")


def _containers(where: str, field: Facts) -> Iterator[Problem]:
    kind, container = field["type"], field["type"] in CONTAINER_TYPES
    if container != ("fields" in field):
        yield Problem(where, f"a {kind} {'without' if container else 'with'} fields of its own")
    if kind != "table" and ("mkey" in field or "member" in field):
        yield Problem(where, f"a {kind} with facts of child tables")
    if kind == "table" and "mkey" not in field:
        yield Problem(where, "a child table whose key is not known", error=False)
    if container:
        yield from _key(where, {"fields": {}, **field})


def _versions(where: str, facts: Facts) -> Iterator[Problem]:
    texts = {"": facts.get("versions", ""), **facts.get("option_versions", {})}
    for name, text in texts.items():
        fault = _fault_of_ranges(text)
        if fault:
            yield Problem(where, f"{f'option {name}: ' if name else ''}versions {text!r}: {fault}")


def _fault_of_ranges(text: str) -> str | None:
    """Why `text` does not name ranges of releases, from the oldest to the newest."""
    last: Release | None = (0, 0, 0)
    for number, part in enumerate(text.split(",") if text else ()):
        low, dash, high = part.partition("-")
        if not dash or not (low or high):
            return f"{part!r} is no range such as 7.2.0-7.4.3, 7.4.0- or -7.0.5"
        try:
            first, final = (parse_release(side) if side else None for side in (low, high))
        except ValueError as error:
            return str(error)
        if first and final and first > final:
            return f"{part!r} ends before it begins"
        # A range that is open at its end can only be the last, one open at its start only the first.
        if last is None or (first or (0, 0, 0)) < last or (first is None and number > 0):
            return f"{part!r} does not come after the range before it"
        last = final
    return None


def _options(where: str, field: Facts) -> Iterator[Problem]:
    options = field.get("options", [])
    if (field["type"] == "option") != bool(options):
        yield Problem(where, f"{field['type']} {'with' if options else 'without'} options")
    for name in field.get("option_versions", {}):
        if name not in options:
            yield Problem(where, f"versions of an option {name} that it does not have")
    for name in sorted({name for name in options if options.count(name) > 1}):
        yield Problem(where, f"the option {name} comes twice")
    if "default" in field and options:
        values = str(field["default"]).split() if field.get("multiple") else [field["default"]]
        for value in values:
            if value not in options:
                yield Problem(where, f"the default {value} is not one of the options")


def _bounds(where: str, field: Facts) -> Iterator[Problem]:
    low, high, default = field.get("min"), field.get("max"), field.get("default")
    if (low is not None or high is not None) and field["type"] != "integer":
        yield Problem(where, f"bounds of a {field['type']}")
    if low is not None and high is not None and low > high:
        yield Problem(where, f"its least value {low} is greater than its greatest {high}")
    if field["type"] != "integer" or field.get("multiple") or default is None:
        return
    if not isinstance(default, int):
        yield Problem(where, f"the default {default!r} of an integer")
    elif (low is not None and default < low) or (high is not None and default > high):
        yield Problem(
            where, f"the default {default} is out of bounds: the mark for a value that is not set", error=False
        )


def _lifetimes(where: str, facts: Facts) -> Iterator[Problem]:
    """Options, a default and a key that do not last through all releases of the field or table they belong to."""
    if any(_versions(where, facts)):
        return
    lifetime = Versions(facts.get("versions", ""))
    parts: dict[str, list[Versions]] = {}
    if "options" in facts:
        options = {name: Versions(facts.get("option_versions", {}).get(name, "")) for name in facts["options"]}
        parts["every option"] = list(options.values())
        if facts.get("default") in options:
            parts[f"the default {facts['default']}"] = [options[facts["default"]]]
    key = facts.get("fields", {}).get(facts.get("mkey"))
    if key and not any(_versions(where, key)):
        parts[f"the key {facts['mkey']}"] = [Versions(key.get("versions", ""))]
    for what, lifetimes in parts.items():
        for release in _turning_points([lifetime, *lifetimes]):
            if release in lifetime and not any(release in part for part in lifetimes):
                number = release_text(release)
                yield Problem(where, f"{what} is missing in release {number}, which has the rest", error=False)
                break


def _turning_points(lifetimes: Iterable[Versions]) -> list[Release]:
    """The oldest and the newest release of the catalogue, and those between at which one of `lifetimes` changes."""
    points = {OLDEST, LATEST}
    for lifetime in lifetimes:
        for low, high in lifetime.ranges():
            points |= {low} if low else set()
            points |= {(*high[:2], high[2] + 1)} if high else set()
    return sorted(point for point in points if OLDEST <= point <= LATEST)


_FIELD_CHECKS: tuple[Callable[[str, Facts], Iterator[Problem]], ...] = (
    _containers,
    _versions,
    _options,
    _bounds,
    _lifetimes,
)


def _references(where: str, field: Facts, keys: set[str]) -> Iterator[Problem]:
    for reference in field.get("refs", ()):
        if reference not in keys:
            yield Problem(where, f"refers to {reference}, which is not in the catalogue", error=False)


def _operation(endpoint: Endpoint) -> Iterator[Problem]:
    where, path = endpoint.id, endpoint.path
    params = endpoint.facts["methods"][endpoint.method]["params"]
    yield from _twins(where, params)
    if ("{source}" in path) != ("sources" in endpoint.facts):
        yield Problem(where, "either a {source} in the path without sources, or sources without it")
    for name, facts in params.items():
        if (facts.get("in") == "path") != (f"{{{name}}}" in path):
            yield Problem(where, f"the parameter {name} is said to be in the path, or is there, but not both")


def _modules(catalogue: Catalogue) -> Iterator[Problem]:
    names: dict[str, list[str]] = defaultdict(list)
    for endpoint in catalogue.endpoints.values():
        names[endpoint.module].append(endpoint.id)
    for name, ids in names.items():
        if len(ids) > 1:
            yield Problem(" and ".join(ids), f"would be the same module {name}")


def _places(catalogue: Catalogue) -> Iterator[Problem]:
    """Endpoints that would have the same place in the SDK, or one that hides what its parent can do."""
    for family in FAMILIES:
        seen: dict[tuple[str, ...], str] = {}
        for endpoint in catalogue.family(family):
            if endpoint.segments in seen:
                yield Problem(f"{seen[endpoint.segments]} and {endpoint.id}", "would be the same attribute of the SDK")
            seen[endpoint.segments] = endpoint.id
        files: dict[str, str] = {}
        for place in tree(family, catalogue.family(family)).walk():
            for file in (place.module, *([".".join(place.children_package)] if place.children else [])):
                if file in files and files[file] != place.alias:
                    yield Problem(f"{family}/{place.alias}", f"would take the file {file} of {files[file]}")
                files[file] = place.alias
            for name, child in place.children.items():
                if place.endpoint and name in _ATTRIBUTES:
                    yield Problem(place.endpoint.id, f"its child {name} hides a method")
                if place.endpoint and not child.endpoint:
                    yield Problem(place.endpoint.id, f"a namespace {name} below an endpoint has no class to be in")
