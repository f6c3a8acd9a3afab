# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every endpoint of the catalogue, and properties that hold for any values: the simulator against its own schema."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hfortix_fortios.schema import Field, parse_release
from tests.simulator import catalogue, facts
from tests.simulator.model import Attribute, RowModel, TableModel, table_model
from tests.simulator.refusal import Refusal
from tests.simulator.store import Row, Store, Table
from tests.simulator.switches import Switches
from tests.simulator.values import Context, merge, stored

from .conftest import Fgt, Start

RELEASES = ["6.4.4", "7.0.17", "7.2.5", "7.4.4", "7.6.5", "8.0.0"]


def models(release: str) -> list[TableModel]:
    found = (table_model(path, parse_release(release)) for path in sorted(catalogue.paths()))
    return [model for model in found if model is not None]


def json_type(item: Field) -> type:
    """The JSON type of a field's values."""
    if item.is_table:
        return list
    if item.is_object:
        return dict
    return int if item.type == "integer" and not item.multiple else str


def check_row(model: RowModel, row: dict[str, Any]) -> None:
    """The row holds what the schema says, in its order and of its types."""
    expected = [name for name in model.attributes if name in row]
    assert [name for name in row if name != "q_origin_key"] == expected
    missing = set(model.attributes) - set(row)
    assert missing <= set(model.visible)
    if model.mkey:
        assert row["q_origin_key"] == row[model.mkey]
    for name in expected:
        attribute = model.attributes[name]
        assert type(row[name]) is json_type(attribute.field), name
        if attribute.model and attribute.field.is_table:
            for child in row[name]:
                check_row(attribute.model, child)
        elif attribute.model:
            check_row(attribute.model, row[name])


@pytest.mark.parametrize("release", RELEASES)
async def test_every_endpoint_answers_by_its_schema(start: Start, release: str) -> None:
    fgt = start(release)
    for model in models(release):
        answer = (await fgt.get(model.schema.path)).json()
        assert (answer["path"], answer["name"]) == tuple(model.schema.path.split("/"))
        check_row(model, model.render({}))
        for row in answer["results"] if model.schema.is_table else [answer["results"]]:
            check_row(model, row)


@pytest.mark.parametrize("release", RELEASES)
def test_every_default_is_an_option_of_the_release(release: str) -> None:
    def check(model: RowModel, path: str) -> None:
        for attribute in model.attributes.values():
            if attribute.field.type == "option" and not attribute.field.multiple and attribute.default:
                assert attribute.default in attribute.options, f"{path} {attribute.name}"
            if attribute.model:
                check(attribute.model, f"{path} {attribute.name}")

    for model in models(release):
        check(model, model.schema.path)


def test_own_facts_name_what_is_there() -> None:
    named = {
        *facts.visibility(),
        *facts.open_tables(),
        *facts.required(),
        *(group.table for group in facts.factory()),
    }
    assert named <= catalogue.paths()
    for path, attributes in [*facts.visibility().items(), *facts.required().items()]:
        schema = catalogue.schema(path)
        assert schema is not None
        assert set(attributes) <= set(schema.fields), path
    for group in facts.factory():
        schema = catalogue.schema(group.table)
        assert schema is not None
        assert {name for row in group.rows for name in row} <= set(schema.fields), group.table


# Any values


def attributes(release: str) -> list[tuple[str, Attribute]]:
    """Every attribute that holds one value, with where it is."""

    def inside(model: RowModel, path: str) -> list[tuple[str, Attribute]]:
        found = []
        for attribute in model.attributes.values():
            if attribute.model:
                found += inside(attribute.model, f"{path} {attribute.name}")
            elif not (attribute.targets or attribute.open):
                found.append((path, attribute))
        return found

    return [pair for model in models(release) for pair in inside(model, model.schema.path)]


ANY = st.one_of(
    st.integers(-(2**33), 2**33),
    st.text(max_size=40),
    st.booleans(),
    st.none(),
    st.lists(st.text(max_size=5), max_size=2),
    st.ip_addresses(v=4).map(str),
    st.tuples(st.ip_addresses(v=4), st.integers(0, 33)).map(lambda pair: f"{pair[0]}/{pair[1]}"),
    st.tuples(st.ip_addresses(v=6), st.integers(0, 129)).map(lambda pair: f"{pair[0]}/{pair[1]}"),
)


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_what_is_kept_is_kept_when_written_back(data: st.DataObject) -> None:
    """A value is refused, or kept in a form of the field's type that the device takes again as it is."""
    path, attribute = data.draw(st.sampled_from(PLACES))
    choice = st.sampled_from(sorted(attribute.options)) if attribute.options else st.nothing()
    raw = data.draw(ANY | choice)
    context = Context(Store((7, 6, 5)), "root", (7, 6, 5), Switches())
    try:
        kept = stored(attribute, raw, context)
    except Refusal:
        return
    assert type(kept) is json_type(attribute.field), path
    assert stored(attribute, kept, context) == kept, path
    json.dumps(kept)


PLACES = attributes("7.6.5")


@settings(max_examples=50, deadline=None)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(["put", "remove", "rename", "move"]), st.integers(1, 6), st.integers(1, 6)),
        max_size=25,
    )
)
def test_a_table_counts_as_its_rows_say(steps: list[tuple[str, int, int]]) -> None:
    """Revision, uses and the next number follow from the rows, whatever led to them."""
    model = table_model("firewall/policy", (7, 6, 5))
    assert model is not None
    table, twin = Table(model, "root"), Table(model, "root")
    for action, key, other in steps:
        stored_row = {"policyid": key, "name": f"p{other}"}
        row = Row(stored_row, model.digest(stored_row), ())
        if action == "put":
            table.put(key, row)
        elif key not in table.rows:
            continue
        elif action == "remove":
            table.remove(key)
        elif action == "rename" and other not in table.rows:
            fresh = {"policyid": other}
            table.rename(key, other, Row(fresh, model.digest(fresh), ()))
        elif action == "move" and other in table.rows and other != key:
            before = list(table.rows)
            changed = table.move(key, before=other)
            assert changed == (before != list(table.rows))
    for key_, row_ in table.rows.items():
        twin.put(key_, row_)
    assert table.next_id() == max((key for key in table.rows if isinstance(key, int)), default=0) + 1
    assert table.uses == Counter(use for row in table.rows.values() for use in row.uses)
    if not any(step[0] == "move" for step in steps):
        assert table.revision == twin.revision


async def test_what_was_read_can_be_written_back(fgt: Fgt) -> None:
    """Writing an entry as it was read changes nothing, for every factory entry."""
    for group in facts.factory():
        model = fgt.device.model(group.table)
        if model is None:
            continue
        for row in await fgt.rows(group.table) if model.schema.is_table else []:
            key = str(row[str(model.mkey)]).replace("/", "%2F").replace(" ", "%20")
            answer = await fgt.put(f"{group.table}/{key}", row)
            assert answer.status_code == 200, answer.text
            assert answer.json()["revision_changed"] is False, (group.table, key)


def test_values_of_a_file_keep_what_clients_may_not_write() -> None:
    model = table_model("firewall/address", (7, 6, 5))
    assert model is not None
    context = Context(Store((7, 6, 5)), "root", (7, 6, 5), Switches(), trusted=True)
    own = "11111111-2222-3333-4444-555555555555"
    assert merge(model, {}, {"name": "a", "uuid": own}, context)["uuid"] == own
