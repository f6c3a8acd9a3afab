# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every sample keeps to the facts of its endpoint, on every release."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from generator.samples import NoSample, Sample, existing, sample
from generator.text.catalogue import split_reference
from hfortix_fortios.schema import Field, Release, Schema

from .conftest import SCHEMAS

RELEASES: list[Release] = [(7, 2, 0), (7, 4, 4), (7, 6, 5), (8, 0, 0)]
GRAMMAR = {
    "ipv4-classnet": ipaddress.IPv4Interface,
    "ipv4-classnet-any": ipaddress.IPv4Interface,
    "ipv4-classnet-host": ipaddress.IPv4Interface,
    "ipv4-address": ipaddress.IPv4Address,
    "ipv4-address-any": ipaddress.IPv4Address,
    "ipv4-address-multicast": ipaddress.IPv4Address,
    "ipv4-netmask": ipaddress.IPv4Address,
    "ipv6-address": ipaddress.IPv6Address,
    "ipv6-prefix": ipaddress.IPv6Interface,
    "ipv6-network": ipaddress.IPv6Network,
}


class Check:
    """Collects what is wrong with a row."""

    def __init__(self, schema: Schema, release: Release, needs: tuple[tuple[str, dict[str, Any]], ...]) -> None:
        self.schema = schema
        self.release = release
        self.there = {path: set(map(str, keys)) for path, keys in existing().items()}
        for path, row in needs:
            other = SCHEMAS[path]
            self.there.setdefault(path, set()).add(str(row[other.key.option]))
        self.problems: list[str] = []
        self.own: dict[tuple[str, ...], set[str]] = {}

    def row(self, fields: Mapping[str, Field], row: Mapping[str, Any], at: str = "") -> None:
        by_option = {item.option: item for item in fields.values()}
        for name, value in row.items():
            item = by_option.get(name)
            where = f"{at}{name}"
            if item is None:
                self.problems.append(f"{where}: no such option")
            elif self.release not in item.versions:
                self.problems.append(f"{where}: not in this release")
            elif item.readonly and (at or item.name != self.schema.mkey):
                self.problems.append(f"{where}: read-only")
            else:
                self.value(item, value, where)

    def value(self, item: Field, value: Any, where: str) -> None:
        if item.is_object:
            return self.row(item.fields, value, f"{where}.")
        if item.is_table:
            return self.table(item, value, where)
        if item.multiple != isinstance(value, list):
            self.problems.append(f"{where}: a list where one value belongs, or the other way round")
        for one in value if isinstance(value, list) else [value]:
            self.scalar(item, one, where)
        return None

    def table(self, item: Field, rows: Any, where: str) -> None:
        if item.max_items is not None and len(rows) > item.max_items:
            self.problems.append(f"{where}: too many rows")
        key = item.fields[item.mkey] if item.mkey else None
        assert item.is_name_list or all(isinstance(row, dict) for row in rows), where
        for given in rows:
            row = given if isinstance(given, dict) or key is None else {key.option: given}
            if key is not None and key.option not in row:
                self.problems.append(f"{where}: a row without its key")
            self.row(item.fields, row, f"{where}.")

    def scalar(self, item: Field, value: Any, where: str) -> None:
        if item.type == "option":
            versions = item.option_versions.get(value)
            if value not in item.options or (versions is not None and self.release not in versions):
                self.problems.append(f"{where}: {value} is no option")
        elif item.type == "integer":
            usual = value == item.default
            if not isinstance(value, int):
                self.problems.append(f"{where}: {value!r} is no integer")
            elif not usual and not (item.min or 0) <= value <= (item.max if item.max is not None else value):
                self.problems.append(f"{where}: {value} is out of bounds")
        elif not isinstance(value, str):
            self.problems.append(f"{where}: {value!r} is no text")
        elif item.max_length is not None and len(value) > item.max_length:
            self.problems.append(f"{where}: too long")
        if item.type in GRAMMAR and isinstance(value, str):
            try:
                GRAMMAR[item.type](value.replace(" ", "/"))
            except ValueError as error:
                self.problems.append(f"{where}: {error}")
        if item.type == "mac-address" and not re.fullmatch(r"[0-9a-f]{2}(:[0-9a-f]{2}){5}", str(value)):
            self.problems.append(f"{where}: {value} is no MAC address")
        self.reference(item, value, where)

    def reference(self, item: Field, value: Any, where: str) -> None:
        targets = [target for target in map(split_reference, item.refs) if target is not None]
        if not targets or value in ("", "any"):
            return
        for path, below in targets:
            if len(below) > 1 or str(value) in self.there.get(path, set()):
                return
        self.problems.append(f"{where}: {value} is in none of {[path for path, _ in targets]}")


def cases() -> Iterator[Any]:
    for path in SCHEMAS:
        yield pytest.param(path, id=path)


@pytest.mark.parametrize("path", cases())
def test_samples_keep_to_the_facts(path: str) -> None:
    schema = SCHEMAS[path]
    for release in RELEASES:
        if release not in schema.versions:
            with pytest.raises(NoSample):
                sample(schema, release)
            continue
        try:
            samples = [sample(schema, release, variant) for variant in (0, 1)]
        except NoSample:
            continue
        for number, item in enumerate(samples):
            check = Check(schema, release, item.needs)
            check.row(schema.fields, item.row)
            _check_needs(item, release)
            assert not check.problems, f"{release}, variant {number}: {item.row}"
            assert (item.key is None) == (not schema.is_table)
            if schema.is_table:
                assert item.row[schema.key.option] == item.key


def _check_needs(item: Sample, release: Release) -> None:
    for at, (path, row) in enumerate(item.needs):
        other = SCHEMAS[path]
        assert release in other.versions
        check = Check(other, release, item.needs[:at])
        check.row(other.fields, row)
        assert not check.problems, path


def test_nearly_every_endpoint_has_two_different_samples() -> None:
    without, same = [], []
    for path, schema in SCHEMAS.items():
        release = next((r for r in reversed(RELEASES) if r in schema.versions), None)
        if release is None or schema.predefined:
            continue
        try:
            first, second = sample(schema, release), sample(schema, release, 1)
        except NoSample:
            without.append(path)
            continue
        if first.row == second.row:
            same.append(path)
        assert len([name for name in first.row if first.row[name] != second.row.get(name)]) <= 2, path
    assert len(without) <= 12, without
    assert len(same) <= 8, same


def test_samples_are_deterministic() -> None:
    schema = SCHEMAS["firewall/policy"]
    assert sample(schema) == sample(schema)
    assert sample(schema, variant=1).key == sample(schema).key


def test_an_existing_key_takes_the_place_of_the_samples() -> None:
    schema = SCHEMAS["system.replacemsg/http"]
    assert sample(schema, (7, 0, 0), existing_key="url-block").row["msg_type"] == "url-block"
    assert sample(schema, (7, 0, 0), existing_key="url-block").key == "url-block"


def test_rows_written_by_hand_are_changed_by_their_variant() -> None:
    from generator.samples import _written

    for path in _written():
        schema = SCHEMAS[path]
        release = next(r for r in reversed(RELEASES) if r in schema.versions)
        assert sample(schema, release).row != sample(schema, release, 1).row, path
