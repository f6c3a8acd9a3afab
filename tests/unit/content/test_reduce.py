# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What makes an object: neither defaults nor secrets nor what the device computes or chooses."""

from __future__ import annotations

from typing import Any

import pytest

from ansible_collections.hfortix.fortios.plugins.module_utils.content import reduce
from ansible_collections.hfortix.fortios.plugins.module_utils.content.part import Content, schema_of
from ansible_collections.hfortix.fortios.plugins.module_utils.content.reduce import Reducer


def reduced(path: str, *rows: dict[str, Any], device: dict[str, Any] | None = None, **options: bool) -> Content:
    content = Content()
    Reducer(content, **options).add("root", schema_of(path), rows, device)
    return content


def only(content: Content) -> dict[str, Any]:
    (part,) = content.parts
    (row,) = part.rows
    return row


def test_defaults_go_at_every_depth() -> None:
    row = {
        "name": "web", "q_origin_key": "web", "subnet": "192.0.2.0 255.255.255.0", "type": "ipmask", "color": 0,
        "comment": "", "tagging": [{"name": "t", "q_origin_key": "t", "category": "", "tags": []}],
    }  # fmt: skip
    assert only(reduced("firewall/address", row)) == {
        "name": "web", "subnet": "192.0.2.0 255.255.255.0", "tagging": [{"name": "t"}],
    }  # fmt: skip
    assert only(reduced("firewall/address", row, defaults=True))["color"] == 0


def test_the_device_knows_its_defaults_better() -> None:
    content = reduced("firewall/address", {"name": "a", "color": 0}, {"name": "b", "color": 7}, device={"color": 7})
    assert content.parts[0].rows == [{"name": "a", "color": 0}, {"name": "b"}]


def test_nothing_is_told_of_what_came_with_the_device() -> None:
    assert reduced("firewall/address", {"name": "all"}).parts == []
    assert only(reduced("firewall/address", {"name": "mine"})) == {"name": "mine"}
    assert reduced("system/dns", {"primary": "", "timeout": 5}, device={"primary": ""}).parts == []


def test_secrets_are_noted_wherever_they_are() -> None:
    rows = [
        {"name": "r1", "server": "192.0.2.1", "secret": "ENC abc", "accounting-server": [{"id": 1, "secret": "ENC x"}]},
        {"name": "r-1", "secret": "ENC abc"},
        {"name": "none", "secret": ""},
    ]
    content = reduced("user/radius", *rows)
    assert [(item.key, item.field) for item in content.secrets] == [
        ("r1", "secret"), ("r1", "accounting_server.secret"), ("r-1", "secret"),
    ]  # fmt: skip
    assert "ENC" not in str(content.parts)


def test_variables_for_secrets_have_names_of_their_own() -> None:
    content = reduced("user/radius", *({"name": name, "secret": "ENC"} for name in ("a b", "a-b")), variables=True)
    assert [item.variable for item in content.secrets] == [
        "secret_root_user_radius_a_b_secret", "secret_root_user_radius_a_b_secret_2",
    ]  # fmt: skip
    assert [row["secret"] for row in content.parts[0].rows] == [item.variable for item in content.secrets]


@pytest.mark.parametrize(
    ("path", "row", "field", "reason"),
    [
        ("firewall/address", {"name": "a", "uuid": "0a1b"}, "uuid", reduce.CHOSEN),
        ("system/interface", {"name": "a", "macaddr": "02:00:00:00:00:01"}, "macaddr", reduce.CHOSEN),
        ("firewall/address", {"name": "a", "not-known": 1}, "not_known", reduce.UNKNOWN),
        ("firewall/address", {"name": "a", "color": 99}, "color", "99 is out of bounds: 0 to 32"),
        ("firewall/address", {"name": "x" * 80}, "", "its key is 80 bytes long, at most 79 fit"),
        ("firewall/address", {"name": ""}, "", "its key is empty"),
    ],
)
def test_what_cannot_be_carried_is_noted(path: str, row: dict[str, Any], field: str, reason: str) -> None:
    (omission,) = reduced(path, row).omissions
    assert (omission.field, omission.reason, omission.vdom) == (field, reason, "root")


def test_rows_of_the_device_s_own_are_told_where_something_is_set_in_them() -> None:
    row = {"redistribute": [{"name": "connected", "status": "enable"}, {"name": "static", "status": "disable"}]}
    assert only(reduced("router/bgp", row)) == {"redistribute": [{"name": "connected", "status": "enable"}]}


def test_fields_stand_in_the_order_of_the_schema() -> None:
    row = {"comment": "c", "subnet": "192.0.2.0 255.255.255.0", "name": "a"}
    assert list(only(reduced("firewall/address", row))) == ["name", "subnet", "comment"]
