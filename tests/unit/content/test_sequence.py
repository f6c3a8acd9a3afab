# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The order of tasks: what is referred to comes first."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.hfortix.fortios.plugins.module_utils.content.part import GLOBAL, Part, schema_of
from ansible_collections.hfortix.fortios.plugins.module_utils.content.sequence import sequence
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.schema import Field, Schema


def part(path: str, *rows: dict[str, Any], vdom: str = "root") -> Part:
    return Part(vdom, schema_of(path), rows)


def told(*parts: Part) -> list[tuple[str, str, Any]]:
    """The steps: virtual domain, endpoint, and the keys if not all rows have their turn."""
    return [(step.part.vdom, step.part.schema.path, "bare" if step.bare else step.keys) for step in sequence(parts)]


def test_settings_then_tables_in_the_order_of_references() -> None:
    group = part("firewall/addrgrp", {"name": "g", "member": [{"name": "a"}]})
    policy = part("firewall/policy", {"policyid": 1, "srcaddr": [{"name": "g"}]})
    address = part("firewall/address", {"name": "a", "associated-interface": "z"})
    zone = part("system/zone", {"name": "z"})
    assert told(policy, group, address, zone, part("system/settings", {"opmode": "nat"})) == [
        ("root", "system/settings", None), ("root", "system/zone", None), ("root", "firewall/address", None),
        ("root", "firewall/addrgrp", None), ("root", "firewall/policy", None),
    ]  # fmt: skip


def test_virtual_domains_come_after_the_device_as_a_whole_and_after_they_are_made() -> None:
    vdom = part("system/vdom", {"name": "lab"}, vdom=GLOBAL)
    assert told(part("firewall/address", {"name": "a"}, vdom="lab"), part("firewall/address", {"name": "a"}), vdom) == [
        (GLOBAL, "system/vdom", None), ("root", "firewall/address", None), ("lab", "firewall/address", None),
    ]  # fmt: skip


def test_a_reference_into_a_child_table_waits_for_the_row_around_it() -> None:
    sdwan = part("system/sdwan", {"zone": [{"name": "internet"}], "members": [{"seq-num": 1, "interface": "port1"}]})
    policy = part("firewall/policy", {"policyid": 1, "dstintf": [{"name": "internet"}]})
    assert [path for _vdom, path, _keys in told(policy, sdwan)] == ["system/sdwan", "firewall/policy"]
    route = part("router/static", {"seq-num": 1, "sdwan-zone": [{"name": "internet"}]})
    assert [path for _vdom, path, _keys in told(route, sdwan)] == ["system/sdwan", "router/static"]


def test_a_tunnel_comes_between_its_interface_and_the_one_that_it_runs_over() -> None:
    interface = part(
        "system/interface", {"name": "wan"}, {"name": "vpn", "ip": "192.0.2.1 255.255.255.255"}, vdom=GLOBAL
    )
    tunnel = part("vpn.ipsec/phase1-interface", {"name": "vpn", "interface": "wan"})
    route = part("router/static", {"seq-num": 1, "device": "vpn"})
    assert told(route, tunnel, interface) == [
        (GLOBAL, "system/interface", ["wan"]), ("root", "vpn.ipsec/phase1-interface", None),
        (GLOBAL, "system/interface", None), ("root", "router/static", None),
    ]  # fmt: skip


def test_an_interface_may_name_what_is_in_its_virtual_domain() -> None:
    interface = part(
        "system/interface", {"name": "wan", "vdom": "lab", "security-groups": [{"name": "staff"}]}, vdom=GLOBAL
    )
    group = part("user/group", {"name": "staff"}, vdom="lab")
    assert told(interface, group) == [("lab", "user/group", None), (GLOBAL, "system/interface", None)]


def table(path: str, *targets: str) -> Schema:
    names = {f"to-{target}": Field(f"to-{target}", "string", refs=(f"x.{target}.name",)) for target in targets}
    return Schema(f"x/{path}", "table", {"name": Field("name", "string"), **names}, "name")


def test_rows_that_wait_for_each_other_are_made_without_that_first() -> None:
    one = Part("root", table("one", "two"), [{"name": "a", "to-two": "b"}, {"name": "c"}])
    two = Part("root", table("two", "one"), [{"name": "b", "to-one": "a"}])
    steps = sequence([one, two])
    assert [(step.part.schema.path, step.bare, step.keys) for step in steps] == [
        ("x/one", True, None), ("x/two", False, None), ("x/one", False, None),
    ]  # fmt: skip
    assert steps[0].part.rows == [{"name": "a"}, {"name": "c"}]
    assert steps[2].part.rows == one.rows


NAMES = ("one", "two", "three")


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(NAMES), st.integers(0, 3)),
        st.dictionaries(st.sampled_from(NAMES), st.integers(0, 3), max_size=3),
        max_size=12,
    )
)
def test_whatever_refers_to_whatever_all_is_applied_in_the_end(
    rows: dict[tuple[str, int], dict[str, int]],
) -> None:
    """No step refers to a row that is not there by then, and each part is complete after its last step."""
    parts = []
    for name in NAMES:
        own = [
            {"name": str(key), **{f"to-{target}": str(other) for target, other in refs.items()}}
            for (table_, key), refs in rows.items()
            if table_ == name
        ]
        if own:
            parts.append(Part("root", table(name, *NAMES), own))
    there: set[tuple[str, str]] = set()
    last: dict[str, Any] = {}
    existing = {(part.schema.path, row["name"]) for part in parts for row in part.rows}
    for step in sequence(parts):
        path = step.part.schema.path
        now = [row for row in step.part.rows if step.keys is None or row["name"] in step.keys]
        there |= {(path, row["name"]) for row in now}
        for row in now:
            for name, value in row.items():
                target = (f"x/{name.removeprefix('to-')}", value)
                assert not name.startswith("to-") or target not in existing or target in there
        last[path] = step
    assert {path: list(step.part.rows) for path, step in last.items()} == {
        part.schema.path: list(part.rows) for part in parts
    }
    assert all(step.keys is None and not step.bare for step in last.values())
