# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is written for a whole object: nothing for "same", exactly the difference for "different"."""

from __future__ import annotations

import time
from typing import Any

import pytest

from hfortix_fortios.difference import Difference, Rules, difference
from hfortix_fortios.schema import Field, Schema
from hfortix_fortios.values import release_problems

SCHEMA = Schema.from_facts(
    {
        "path": "test/table",
        "kind": "table",
        "mkey": "name",
        "fields": {
            "name": {"type": "string"},
            "uuid": {"type": "uuid", "default": "0", "readonly": True},
            "index": {"type": "integer", "automatic": True, "default": 0},
            "type": {"type": "option", "options": ["ipmask", "fqdn"], "default": "ipmask"},
            "mode": {"type": "option", "options": ["a", "b"]},
            "subnet": {"type": "ipv4-classnet-any", "default": "0.0.0.0 0.0.0.0"},
            "fqdn": {"type": "string"},
            "priority": {"type": "integer", "min": 1, "max": 9, "default": 1},
            "psk": {"type": "password"},
            "member": {"type": "table", "mkey": "name", "member": True, "fields": {"name": {"type": "string"}}},
            "rule": {
                "type": "table",
                "mkey": "id",
                "fields": {
                    "id": {"type": "integer"},
                    "action": {"type": "option", "options": ["permit", "deny"], "default": "permit"},
                    "note": {"type": "string"},
                    "range": {"type": "table", "mkey": "ip", "fields": {"ip": {"type": "string"}}},
                },
            },
            "peer": {
                "type": "table",
                "mkey": "id",
                "fields": {"id": {"type": "integer"}, "key": {"type": "password"}, "port": {"type": "integer"}},
            },
            "quic": {
                "type": "object",
                "fields": {
                    "delay": {"type": "integer", "default": 25},
                    "grease": {"type": "option", "options": ["enable", "disable"], "default": "enable"},
                },
            },
        },
    }
)

ACTUAL: dict[str, Any] = {
    "name": "x",
    "q_origin_key": "x",
    "uuid": "1234",
    "index": 17,
    "type": "ipmask",
    "mode": "b",
    "subnet": "192.0.2.0 255.255.255.0",
    "priority": 1,
    "psk": "ENC abc",
    "member": [{"name": "a", "q_origin_key": "a"}, {"name": "b", "q_origin_key": "b"}],
    "rule": [
        {"id": 1, "q_origin_key": 1, "action": "permit", "note": "one", "range": [{"ip": "1", "q_origin_key": "1"}]},
        {"id": 2, "q_origin_key": 2, "action": "deny", "note": "", "range": []},
    ],
    "peer": [{"id": 1, "q_origin_key": 1, "key": "ENC k", "port": 1}, {"id": 2, "key": "ENC m", "port": 2}],
    "quic": {"delay": 25, "grease": "enable"},
}


def compare(wanted: dict[str, Any], actual: dict[str, Any] = ACTUAL, **rules: Any) -> Difference:
    return difference(SCHEMA.fields, wanted, actual, Rules(**rules), mkey="name")


# The numbers are the rows of the table of value semantics in the notes on the API.
MERGED_SAME: list[tuple[str, dict[str, Any]]] = [
    ("1 mask", {"subnet": "192.0.2.0/24"}),
    ("6 origin keys are not ours", {"member": [{"name": "a"}]}),
    ("7 order of references", {"member": [{"name": "b"}, {"name": "a"}]}),
    ("8 a hidden field asked to be unset", {"fqdn": ""}),
    ("12 a secret cannot be compared", {"psk": "other"}),
    ("13 a computed field is never written", {"uuid": "9999"}),
    ("14 a default given explicitly", {"priority": 1, "quic": {"delay": 25}}),
    ("children of children", {"rule": [{"id": 1, "range": [{"ip": "1"}]}]}),
    ("keys as text", {"rule": [{"id": "2", "action": "deny"}]}),
    ("12 a child's secret", {"peer": [{"id": 1, "key": "new"}]}),
]  # fmt: skip

MERGED_DIFFERENT: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("1 mask", {"subnet": "192.0.2.0/25"}, {"subnet": "192.0.2.0/25"}),
    ("7 one reference more", {"member": [{"name": "c"}]}, {"member": [{"name": "a"}, {"name": "b"}, {"name": "c"}]}),
    ("8 a hidden field with a value", {"fqdn": "a.example"}, {"fqdn": "a.example"}),
    ("15 another default", {"priority": 2}, {"priority": 2}),
    ("only the member of an object that differs", {"quic": {"delay": 30, "grease": "enable"}}, {"quic": {"delay": 30}}),
    (
        "one child changes, all are sent, without the device's own members",
        {"rule": [{"id": 2, "note": "two"}]},
        {
            "rule": [
                {"id": 1, "action": "permit", "note": "one", "range": [{"ip": "1"}]},
                {"id": 2, "action": "deny", "note": "two", "range": []},
            ]
        },
    ),
]


@pytest.mark.parametrize("wanted", [pytest.param(wanted, id=name) for name, wanted in MERGED_SAME])
def test_merged_same(wanted: dict[str, Any]) -> None:
    change = compare(wanted)
    assert not change
    assert change.after == ACTUAL


@pytest.mark.parametrize(("wanted", "body"), [pytest.param(*case[1:], id=case[0]) for case in MERGED_DIFFERENT])
def test_merged_different(wanted: dict[str, Any], body: dict[str, Any]) -> None:
    change = compare(wanted)
    assert change.body == body
    assert not change.rows
    assert change.after != ACTUAL


def test_6_a_key_is_compared_not_the_origin_key() -> None:
    actual = {**ACTUAL, "member": [{"name": "a", "q_origin_key": "c"}]}
    assert compare({"member": [{"name": "c"}]}, actual).body == {"member": [{"name": "a"}, {"name": "c"}]}


def test_13_a_computed_field_that_differs_is_told_of() -> None:
    assert compare({"uuid": "9999"}).ignored == {"uuid"}
    assert not compare({"uuid": "1234"}).ignored


def test_12_secrets_are_written_when_asked_for() -> None:
    assert compare({"psk": "other"}, secrets=True).body == {"psk": "other"}


def test_12_the_same_cipher_text_is_the_same_secret() -> None:
    assert not compare({"psk": "ENC abc"}, secrets=True)


def test_12_rows_with_secrets_are_written_one_by_one() -> None:
    change = compare({"peer": [{"id": 2, "port": 5}, {"id": 3, "key": "k3", "port": 3}]})
    assert change.body == {}
    assert [(row.method, row.path, row.body) for row in change.rows] == [
        ("PUT", ("peer", 2), {"port": 5}),
        ("POST", ("peer",), {"id": 3, "key": "k3", "port": 3}),
    ]
    assert [row["id"] for row in change.after["peer"]] == [1, 2, 3]


def test_exact_removes_rows_with_secrets_by_their_key() -> None:
    change = compare({"peer": [{"id": 2}]}, exact=True)
    assert ("DELETE", ("peer", 1)) in [(row.method, row.path) for row in change.rows]


def test_15_rows_that_stay_keep_what_a_later_release_added() -> None:
    actual = {**ACTUAL, "rule": [{"id": 1, "q_origin_key": 1, "action": "permit", "new-field": "kept"}]}
    change = compare({"rule": [{"id": 2, "action": "deny"}]}, actual)
    assert change.body == {"rule": [{"id": 1, "action": "permit", "new-field": "kept"}, {"id": 2, "action": "deny"}]}


def test_12_no_cipher_text_is_sent_back_from_any_depth() -> None:
    key = {"type": "table", "mkey": "id", "fields": {"id": {"type": "integer"}, "text": {"type": "password"}}}
    link = {"type": "table", "mkey": "name", "fields": {"name": {"type": "string"}, "md5": key}}
    area = {"type": "table", "mkey": "id", "fields": {"id": {"type": "string"}, "link": link}}
    auth = {"type": "object", "fields": {"area": area}}
    fields = {"auth": Field.from_facts("auth", auth)}
    keys = [{"id": 1, "text": "ENC one"}, {"id": 2, "text": "ENC two"}]
    actual = {"auth": {"area": [{"id": "0.0.0.0", "link": [{"name": "a", "md5": keys}]}]}}
    wanted = {"auth": {"area": [{"id": "0.0.0.0", "link": [{"name": "a", "md5": [{"id": 3, "text": "three"}]}]}]}}
    change = difference(fields, wanted, actual, Rules())
    path = ("auth", "area", "0.0.0.0", "link", "a", "md5")
    assert change.body == {}
    assert [(row.method, row.path, row.body) for row in change.rows] == [("POST", path, {"id": 3, "text": "three"})]


def test_exact_gives_what_is_left_out_its_default() -> None:
    actual = {**ACTUAL, "priority": 5, "fqdn": "a.example"}
    change = compare({"subnet": "192.0.2.0/24", "member": [{"name": "a"}]}, actual, exact=True)
    assert change.resets
    assert change.body == {"fqdn": "", "priority": 1, "member": [{"name": "a"}], "rule": []}


def test_exact_empties_a_table_that_is_given_empty() -> None:
    assert compare({"member": []}, exact=True).body["member"] == []
    assert not compare({"member": []})


def test_exact_leaves_alone_what_it_cannot_know() -> None:
    """Automatic values, options without a known default, secrets and computed fields are not reset."""
    body = compare({}, exact=True).body
    assert not {"index", "mode", "psk", "uuid", "name"} & set(body)


def test_15_the_devices_own_defaults_win() -> None:
    actual = {**ACTUAL, "priority": 0, "mode": "b"}
    wanted = {"subnet": "192.0.2.0/24"}
    assert compare(wanted, actual, exact=True).body["priority"] == 1
    told = compare(wanted, actual, exact=True, defaults={"priority": 0, "mode": "a"})
    assert "priority" not in told.body
    assert told.body["mode"] == "a"


REDISTRIBUTE = {
    "redistribute": Field(
        "redistribute",
        "table",
        readonly=True,
        mkey="name",
        fields={
            "name": Field("name", "string"),
            "status": Field("status", "option", options=("enable", "disable"), default="disable"),
        },
    )
}


def test_rows_that_the_device_made_are_changed_and_stay() -> None:
    actual = {"redistribute": [{"name": "static", "status": "enable"}, {"name": "bgp", "status": "disable"}]}
    wanted = {"redistribute": [{"name": "bgp", "status": "enable"}]}
    merged = difference(REDISTRIBUTE, wanted, actual, Rules())
    assert merged.body["redistribute"] == [{"name": "static", "status": "enable"}, {"name": "bgp", "status": "enable"}]
    exact = difference(REDISTRIBUTE, wanted, actual, Rules(exact=True))
    assert exact.body["redistribute"] == [{"name": "static", "status": "disable"}, {"name": "bgp", "status": "enable"}]
    assert not difference(REDISTRIBUTE, {}, {"redistribute": [{"name": "bgp", "status": "disable"}]}, Rules(exact=True))


def test_many_rows_take_little_time() -> None:
    rows = [{"name": f"a{number}"} for number in range(10_000)]
    start = time.process_time()
    assert not compare({"member": rows}, {**ACTUAL, "member": rows})
    assert not list(release_problems(SCHEMA.fields, {"member": rows}, (7, 6, 5), {"member": rows}))
    assert time.process_time() - start < 1
