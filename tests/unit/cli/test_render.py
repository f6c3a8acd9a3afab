# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Data becomes text as the device prints it, and the text becomes the same data again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hfortix_fortios.cli.lexer import join_value
from hfortix_fortios.cli.parse import SchemaOf, parse, schema_index
from hfortix_fortios.cli.render import is_default, render
from hfortix_fortios.schema import Field, Schema


def test_a_table_as_the_device_prints_it(schemas: dict[str, Schema], index: SchemaOf) -> None:
    rows: list[dict[str, Any]] = [
        {
            "name": 'web "1"',
            "q_origin_key": 'web "1"',
            "uuid": "af604954-aa8f-51e9-eecc-d4526e0952a7",
            "type": "ipmask",
            "subnet": "10.0.0.0 255.255.255.0",
            "comment": "two\nlines",
            "color": 3,
            "allow-routing": "disable",
            "fqdn": "",
            "fsso-group": [],
            "list": [{"ip": "1.2.3.4"}],
        },
        {"name": "range", "type": "iprange", "start-ip": "10.0.0.1", "end-ip": "10.0.0.9"},
    ]
    text = render(schemas["firewall/address"], rows)
    assert text == (
        "config firewall address\n"
        '    edit "web \\"1\\""\n'
        "        set subnet 10.0.0.0 255.255.255.0\n"
        '        set comment "two\nlines"\n'
        "        set color 3\n"
        '        set list "1.2.3.4"\n'
        "    next\n"
        '    edit "range"\n'
        "        set type iprange\n"
        "        set start-ip 10.0.0.1\n"
        "        set end-ip 10.0.0.9\n"
        "    next\n"
        "end\n"
    )
    first = {"name": 'web "1"', "subnet": "10.0.0.0 255.255.255.0", "comment": "two\nlines", "color": 3}
    assert parse(text, index).sections[0].rows == [{**first, "list": [{"ip": "1.2.3.4"}]}, rows[1]]


def test_full_prints_all_that_the_row_holds(schemas: dict[str, Schema]) -> None:
    row = {
        "policyid": 1,
        "uuid": "af604954-aa8f-51e9-eecc-d4526e0952a7",
        "name": "",
        "status": "enable",
        "srcintf": [{"name": "port1"}, {"name": "a b"}],
        "groups": [],
        "schedule": "always",
    }
    assert render(schemas["firewall/policy"], [row], full=True) == (
        "config firewall policy\n"
        "    edit 1\n"
        "        set status enable\n"
        "        set name ''\n"
        "        set uuid af604954-aa8f-51e9-eecc-d4526e0952a7\n"
        '        set srcintf "port1" "a b"\n'
        '        set schedule "always"\n'
        "        unset groups\n"
        "    next\n"
        "end\n"
    )


def test_a_singleton_with_nested_tables(schemas: dict[str, Schema]) -> None:
    data = {
        "as": "65001",
        "router-id": "10.0.0.1",
        "ebgp-multipath": "disable",
        "neighbor": [{"ip": "10.0.0.2", "remote-as": "65002", "password": "ENC abc="}],
        "redistribute": [{"name": "static", "status": "enable"}, {"name": "bgp"}],
        "network": [{"id": 1, "prefix": "10.1.0.0 255.255.0.0"}],
    }
    text = render(schemas["router/bgp"], data)
    assert text == render(schemas["router/bgp"], [data])
    assert text == (
        "config router bgp\n"
        "    set as 65001\n"
        "    set router-id 10.0.0.1\n"
        "    config neighbor\n"
        '        edit "10.0.0.2"\n'
        "            set remote-as 65002\n"
        "            set password ENC abc=\n"
        "        next\n"
        "    end\n"
        "    config network\n"
        "        edit 1\n"
        "            set prefix 10.1.0.0 255.255.0.0\n"
        "        next\n"
        "    end\n"
        '    config redistribute "static"\n'
        "        set status enable\n"
        "    end\n"
        '    config redistribute "bgp"\n'
        "    end\n"
        "end\n"
    )


def test_rows_of_the_device_are_entered_directly(schemas: dict[str, Schema]) -> None:
    schema = schemas["system.replacemsg/mail"]
    assert render(schema, [{"msg-type": "virus-text", "buffer": "<p>"}]) == (
        'config system replacemsg mail "virus-text"\n    set buffer "<p>"\nend\n'
    )
    assert render(schema, []) == ""


def test_the_ways_of_writing_values() -> None:
    schema = _schema(
        user={"type": "user"},
        many={"type": "user", "multiple": True},
        names={"type": "string", "multiple": True},
        ports={"type": "integer", "multiple": True, "default": 80},
        opts={"type": "option", "multiple": True, "default": "a b"},
        text={"type": "string", "default": "preset"},
        secret={"type": "password"},
        when={"type": "datetime"},
        apps={"type": "table", "mkey": "id", "member": True, "fields": {"id": {"type": "integer"}}},
        extra={"type": "table", "mkey": "ip", "fields": {"ip": {"type": "ipv4-address"}}},
        device={"type": "table", "mkey": "id", "readonly": True, "fields": {"id": {"type": "integer"}}},
        nothing={"type": "object", "fields": {"x": {"type": "string"}}},
        num={"type": "integer"},
    )
    row = {
        "user": "80 443-500",
        "many": '"my port" 50 ',
        "names": ["8.8.8.8", "a"],
        "ports": "80",
        "opts": "",
        "text": "",
        "secret": 'in "clear"',
        "when": "2026-01-01 00:00:00",
        "apps": [{"id": 3}, 5],
        "extra": [{"ip": "1.2.3.4"}],
        "device": [{"id": 1}],
        "nothing": {"x": ""},
        "num": 0,
    }
    assert render(schema, row).splitlines()[1:-1] == [
        "    set user 80 443-500",
        '    set many "my port" 50',
        '    set names "8.8.8.8" "a"',
        "    unset opts",
        "    set text ''",
        '    set secret "in \\"clear\\""',
        "    set when 2026-01-01 00:00:00",
        "    set apps 3 5",
        "    config extra",
        "        edit 1.2.3.4",
        "        next",
        "    end",
        "    set num 0",
    ]
    assert render(schema, {"user": "ssh-ed25519 AAAA me", "opts": "b a"}) == (
        'config t\n    set user "ssh-ed25519 AAAA me"\nend\n'
    )


def test_rows_that_cannot_be_printed(schemas: dict[str, Schema]) -> None:
    with pytest.raises(ValueError, match=r"firewall/address has no field 'sub_net'"):
        render(schemas["firewall/address"], [{"name": "x", "sub_net": "1"}])
    with pytest.raises(ValueError, match=r"a row of firewall/address has no name, which is its key"):
        render(schemas["firewall/address"], [{"color": 1}])
    assert "edit 0\n" in render(schemas["firewall/policy"], [{"name": "new"}])


def _schema(**fields: Mapping[str, Any]) -> Schema:
    return Schema.from_facts({"path": "t", "kind": "object", "fields": fields})


# Round trips: any data that a schema allows

#: What breaks quoting, and any other character.
_CHARACTERS = st.one_of(st.sampled_from(list("\"\\'#? \n\r\tab1é")), st.characters())
_TEXT = st.one_of(
    st.text(_CHARACTERS, max_size=12),
    st.sampled_from(
        ["end", "next\nend\n", "--More-- ", "ENC abc", "ENC a b", " lead", "trail ", "80 443", '\\\\"', "''"]
    ),
)
_NAME = _TEXT.filter(bool)


def values(field: Field) -> st.SearchStrategy[Any]:
    """Values of a field, in the shape of the API."""
    if field.is_object:
        return objects(field.fields)
    if field.is_table:
        return tables(field.fields, field.mkey)
    if field.type == "integer":
        numbers = st.integers(field.min if field.min is not None else -9, field.max or 9)
        return st.lists(numbers, max_size=3).map(lambda some: " ".join(map(str, some))) if field.multiple else numbers
    words = st.sampled_from(field.options) if field.type == "option" and field.options else _NAME
    if field.multiple:
        return st.lists(words, max_size=3, unique=True).map(join_value)
    return words if field.type == "option" and field.options else _TEXT


def objects(fields: Mapping[str, Field], key: str | None = None) -> st.SearchStrategy[dict[str, Any]]:
    optional = {name: st.deferred(lambda field=field: values(field)) for name, field in fields.items() if name != key}
    required = {} if key is None else {key: st.integers(0, 99) if fields[key].type == "integer" else _NAME}
    some = st.lists(st.sampled_from(sorted(optional)), max_size=6, unique=True) if optional else st.just([])
    return some.flatmap(lambda names: st.fixed_dictionaries({**required, **{name: optional[name] for name in names}}))


def tables(fields: Mapping[str, Field], key: str | None) -> st.SearchStrategy[list[dict[str, Any]]]:
    if key is None:
        return st.lists(objects(fields).filter(bool), max_size=2)
    return st.lists(objects(fields, key), max_size=3, unique_by=lambda row: row[key])


def shown(fields: Mapping[str, Field], row: Mapping[str, Any], key: str | None) -> dict[str, Any]:
    """What `show` tells of a row: no read-only fields, no defaults, nothing that is empty and has no default."""
    result: dict[str, Any] = {}
    for name, value in row.items():
        field = fields[name]
        made = field.is_table and any(not child.readonly for at, child in field.fields.items() if at != field.mkey)
        if name == key:
            result[name] = value
        elif field.is_object:
            if inner := shown(field.fields, value, None):
                result[name] = inner
        elif field.is_table:
            rows = [shown(field.fields, item, field.mkey) for item in value]
            rows = [item for item in rows if item or field.mkey]
            if rows and (not field.readonly or made):
                result[name] = rows
        elif not field.readonly and not is_default(field, value) and (value not in ("", []) or field.default):
            result[name] = value
    return result


def round_trip(schema: Schema, rows: Any, *, full: bool) -> Any:
    result = parse(render(schema, rows, full=full), schema_index([schema]))
    assert result.unknown == []
    return result.sections[0].rows if result.sections else []


def filled(fields: Mapping[str, Field]) -> dict[str, Any]:
    """An object with a value in every field, however deep."""
    row: dict[str, Any] = {}
    for name, field in fields.items():
        if field.is_object:
            row[name] = filled(field.fields)
        elif field.is_table:
            row[name] = [filled(field.fields)] if field.fields else []
        elif field.type == "integer":
            row[name] = "1 2" if field.multiple else 1
        else:
            row[name] = field.options[-1] if field.options else 'a"b' if not field.multiple else '"a b" c'
    return row


def test_every_field_of_every_endpoint_makes_the_round_trip(schemas: dict[str, Schema]) -> None:
    assert len(schemas) > 600
    for schema in schemas.values():
        row = filled(schema.fields)
        rows = [row] if schema.is_table else row
        assert round_trip(schema, rows, full=True) == rows, schema.path


def test_what_is_rendered_parses_to_the_same_data(schemas: dict[str, Schema]) -> None:
    @settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def check(data: st.DataObject) -> None:
        schema = schemas[data.draw(st.sampled_from(sorted(schemas)))]
        strategy = tables(schema.fields, schema.mkey) if schema.is_table else objects(schema.fields)
        rows = data.draw(strategy)
        assert round_trip(schema, rows, full=True) == rows
        if isinstance(rows, list):
            assert round_trip(schema, rows, full=False) == [shown(schema.fields, row, schema.mkey) for row in rows]
        else:
            assert round_trip(schema, rows, full=False) == shown(schema.fields, rows, None)

    check()
