# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every state of the engine: what is sent, what is reported, and that a second run sends nothing."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import pytest

from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.errors import (
    FortiOSError,
    InUseError,
    InvalidValueError,
    NotFoundError,
    PermissionDeniedError,
    TimeoutError_,
    TransportError,
    UnsupportedError,
)
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.schema import Schema
from ansible_collections.hfortix.fortios.plugins.module_utils.resource.engine import run
from ansible_collections.hfortix.fortios.plugins.module_utils.resource.task import Result, Task, TaskError

from .device import Device

CATALOG = Path(__file__).resolve().parents[3] / "generator/catalog/cmdb"


def schema(path: str, **facts: Any) -> Schema:
    return Schema.from_facts({**json.loads((CATALOG / f"{path}.json").read_text()), **facts})


ADDRESS = schema("firewall/address", builtin=["all"])
GROUP = schema("firewall/addrgrp")
POLICY = schema("firewall/policy")
GLOBAL = schema("system/global")
PREDEFINED = schema("system.replacemsg/http")


def address(name: str, subnet: str = "192.0.2.0 255.255.255.0", **more: Any) -> dict[str, Any]:
    return {"name": name, "q_origin_key": name, "type": "ipmask", "subnet": subnet, "comment": "", **more}


def addresses(*rows: dict[str, Any], **more: Any) -> Device:
    return Device(ADDRESS, list(rows), **more)


def policies(*ids: int, **more: Any) -> Device:
    return Device(POLICY, [{"policyid": key, "name": f"p{key}", "action": "deny"} for key in ids], **more)


def twice(device: Device, task: Task) -> Result:
    """Run a task, then again: the second run must make one GET and nothing else, and report no change."""
    result = run(device.schema, device, task)
    before = len(device.seen)
    again = run(device.schema, device, task)
    assert [method for method, *_ in device.seen[before:]] == ["GET"]
    assert not again.changed
    assert again.before == again.after
    return result


def checked(device: Device, task: Task) -> Result:
    """Run a task in check mode, then for real: the first must write nothing and foretell the second."""
    foretold = run(device.schema, device, replace(task, check=True))
    assert device.writes == []
    result = twice(device, task)
    assert (foretold.changed, foretold.before, foretold.diff) == (result.changed, result.before, result.diff)
    assert foretold.after == result.after
    return result


def test_merged_creates_updates_and_leaves_alone() -> None:
    device = addresses(address("same"), address("other", comment="old"))
    config = [
        {"name": "same", "subnet": "192.0.2.0/24"},
        {"name": "other", "comment": "new"},
        {"name": "new/one", "type": "fqdn", "fqdn": "a.example"},
    ]
    result = checked(device, Task("merged", config, diff=True))
    assert result.changed
    assert device.writes == [
        ("POST", "/api/v2/cmdb/firewall/address", {"name": "new/one", "type": "fqdn", "fqdn": "a.example"}),
        ("PUT", "/api/v2/cmdb/firewall/address/other", {"comment": "new"}),
    ]
    assert [item["after"] for item in result.diff] == [
        {"comment": "new"},
        {"name": "new/one", "type": "fqdn", "fqdn": "a.example"},
    ]
    assert [item["name"] for item in result.after] == ["same", "other", "new/one"]
    assert result.meta == {"release": "7.6.5", "serial": "FGVM00", "vdom": "root"}


def test_few_plain_keys_are_asked_for_by_name() -> None:
    device = addresses(address("a"))
    run(ADDRESS, device, Task("merged", [{"name": "a"}, {"name": "b c"}], check=True))
    assert device.seen[0][2] == {"filter": "name==a,name==b c"}


@pytest.mark.parametrize("name", ["a,b", "a.b", "a\\b", "a==b", "ä"])
def test_a_key_that_a_filter_may_misread_reads_the_table(name: str) -> None:
    device = addresses()
    run(ADDRESS, device, Task("merged", [{"name": name}], check=True))
    assert device.seen[0][2] == {}


@pytest.mark.parametrize("results", [[], {}, None])
def test_a_table_without_rows_has_several_spellings(results: Any) -> None:
    device = addresses(answer={"results": results, "version": "v7.6.5"})
    assert run(ADDRESS, device, Task("gathered")).output == {"gathered": []}


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"a file", "holds no results"),
        ({"status": "success"}, "holds no results"),
        ({"results": [{"comment": "no key"}]}, "objects without name"),
        ({"results": ["a"]}, "objects without name"),
        ([{"results": [address("a")]}, {"results": []}], "several vdoms"),
        ([], "several vdoms"),
    ],
)
def test_an_answer_that_does_not_tell_what_there_is(answer: Any, words: str) -> None:
    device = addresses(answer=answer)
    with pytest.raises(FortiOSError, match=words):
        run(ADDRESS, device, Task("merged", [{"name": "a"}]))
    assert device.writes == []


@pytest.mark.parametrize("version", ["", "interim", None])
def test_a_device_that_does_not_tell_its_release(version: Any) -> None:
    device = addresses(answer={"results": [], "version": version})
    assert run(ADDRESS, device, Task("gathered")).meta == {}


def test_replaced_gives_what_is_left_out_its_default() -> None:
    device = addresses(address("a", comment="old", color=5), defaults={"color": 0, "comment": ""})
    result = checked(device, Task("replaced", [{"name": "a", "subnet": "192.0.2.0/24"}]))
    assert device.writes == [("PUT", "/api/v2/cmdb/firewall/address/a", {"comment": "", "color": 0})]
    assert result.after[0]["color"] == 0


def test_replaced_asks_the_device_for_its_defaults_before_a_reset() -> None:
    device = addresses(address("a", color=5), defaults={"color": 5})
    result = run(ADDRESS, device, Task("replaced", [{"name": "a", "subnet": "192.0.2.0/24"}]))
    assert not result.changed
    assert device.seen[-1][2] == {"action": "default"}


def test_overridden_deletes_what_is_not_listed_but_never_what_is_built_in() -> None:
    device = addresses(address("all"), address("static", q_static=True), address("gone"), address("kept"))
    result = checked(device, Task("overridden", [{"name": "kept"}, {"name": "new"}], diff=True))
    assert device.keys == ["all", "static", "kept", "new"]
    assert {"gone", "kept"} == {item["name"] for item in result.before}
    assert device.seen[0][2] == {"with_meta": "1"}


def test_a_delete_never_reaches_further_than_its_row() -> None:
    device = addresses(address("."), address(".."), address(""), address("kept"))
    run(ADDRESS, device, Task("overridden", [{"name": "kept"}]))
    paths = [path.removeprefix(ADDRESS.url()) for method, path, _ in device.writes if method == "DELETE"]
    assert paths == ["/%2E", "/%2E%2E"]
    with pytest.raises(InvalidValueError, match="an empty key has no path"):
        ADDRESS.url("")


def test_overridden_frees_a_name_before_another_row_takes_it() -> None:
    device = policies(1, 2)
    twice(device, Task("overridden", [{"policyid": 7, "name": "p2"}]))
    assert [(method, path.rsplit("/")[-1]) for method, path, _ in device.writes] == [
        ("DELETE", "2"),
        ("POST", "policy"),
        ("DELETE", "1"),
    ]


def test_a_number_from_the_device_is_no_way_to_find_a_row_again() -> None:
    static = schema("router/static")
    device = Device(static, [])
    result = run(static, device, Task("merged", [{"seq_num": 0, "gateway": "192.0.2.1"}]))
    assert result.after[0]["seq_num"] == 1
    assert result.warnings == ["seq_num 0 asks the device for a number: every run creates another row. Give numbers."]


def test_overridden_refuses_an_empty_list() -> None:
    device = addresses(address("a"))
    with pytest.raises(TaskError, match="would delete every row"):
        run(ADDRESS, device, Task("overridden", []))
    assert device.seen == []


def test_deleted() -> None:
    device = addresses(address("a/b"), address("kept"))
    result = checked(device, Task("deleted", [{"name": "a/b"}, {"name": "absent"}], diff=True))
    assert device.writes == [("DELETE", "/api/v2/cmdb/firewall/address/a%2Fb", None)]
    assert result.after == []
    assert result.diff[0]["after"] == {}


def test_the_difference_of_a_delete_leaves_defaults_out() -> None:
    device = addresses(address("a", comment="old", color=0, macaddr=[], **{"start-ip": "0.0.0.0"}))
    result = run(ADDRESS, device, Task("deleted", [{"name": "a"}], diff=True, check=True))
    assert result.diff[0]["before"] == {"name": "a", "subnet": "192.0.2.0 255.255.255.0", "comment": "old"}


def test_deleting_what_somebody_else_deleted_is_no_failure() -> None:
    device = addresses(address("a"), refuse=lambda *_: NotFoundError("gone", status=404))
    assert run(ADDRESS, device, Task("deleted", [{"name": "a"}])).failed == ""


def test_gathered_can_be_written_back() -> None:
    row = {**address("a"), "macaddr": [{"macaddr": "m1", "q_origin_key": "m1"}], "uuid": "1-2"}
    device = addresses(row, address("b"))
    gathered = run(ADDRESS, device, Task("gathered")).output["gathered"]
    assert gathered[0]["macaddr"] == ["m1"]
    assert not run(ADDRESS, device, Task("merged", gathered)).changed
    assert not run(ADDRESS, device, Task("overridden", gathered)).changed
    assert device.writes == []


def test_gathered_of_named_objects() -> None:
    device = addresses(address("a"), address("b"))
    assert [row["name"] for row in run(ADDRESS, device, Task("gathered", [{"name": "b"}])).output["gathered"]] == ["b"]


def test_rendered_and_parsed_need_no_device() -> None:
    config = [{"name": "a b", "subnet": "192.0.2.0/24", "comment": 'say "hi"'}]
    text = run(ADDRESS, None, Task("rendered", config)).output["rendered"]
    assert 'edit "a b"' in text
    parsed = run(ADDRESS, None, Task("parsed", running_config=text)).output["parsed"]
    assert parsed == [{"name": "a b", "subnet": "192.0.2.0 255.255.255.0", "comment": 'say "hi"'}]


def test_parsed_tells_what_it_did_not_read() -> None:
    text = "config firewall address\nedit a\nset nonsense 1\nnext\nend\n"
    result = run(ADDRESS, None, Task("parsed", running_config=text))
    assert result.output["parsed"] == [{"name": "a"}]
    assert [item["line"] for item in result.meta["not_parsed"]] == [3]


def test_children_are_united_when_merged_and_equal_when_replaced() -> None:
    rows = [{"name": "g", "member": [{"name": "a", "q_origin_key": "a"}]}]
    device = Device(GROUP, rows)
    checked(device, Task("merged", [{"name": "g", "member": ["b"]}]))
    assert device.writes[-1][2] == {"member": [{"name": "a"}, {"name": "b"}]}
    twice(device, Task("replaced", [{"name": "g", "member": [{"name": "b"}]}]))
    assert device.writes[-1][2] == {"member": [{"name": "b"}]}
    twice(device, Task("replaced", [{"name": "g", "member": []}]))
    assert device.writes[-1][2] == {"member": []}


def test_what_is_referred_to_is_created_first_and_deleted_last() -> None:
    device = Device(GROUP, [])
    config = [{"name": "outer", "member": ["inner"]}, {"name": "inner", "member": ["x"]}]
    twice(device, Task("merged", config))
    assert device.keys == ["inner", "outer"]
    twice(device, Task("deleted", config))
    assert [path.rsplit("/")[-1] for method, path, _ in device.writes if method == "DELETE"] == ["outer", "inner"]


def test_policies_are_found_by_name_and_numbered_by_the_device() -> None:
    device = policies(1, 2)
    result = twice(device, Task("merged", [{"name": "p2", "action": "accept"}, {"name": "new", "policyid": 0}]))
    assert device.writes == [
        ("POST", "/api/v2/cmdb/firewall/policy", {"name": "new", "policyid": 0}),
        ("PUT", "/api/v2/cmdb/firewall/policy/2", {"action": "accept"}),
    ]
    assert result.after[1]["policyid"] == 3


def test_policies_by_key_and_by_name_in_one_task() -> None:
    device = policies(1, 2)
    checked(device, Task("merged", [{"policyid": 1, "name": "renamed"}, {"name": "p2", "action": "accept"}]))
    assert [(method, body) for method, _, body in device.writes] == [
        ("PUT", {"name": "renamed"}),
        ("PUT", {"action": "accept"}),
    ]


def test_a_name_that_two_policies_have_is_refused() -> None:
    device = policies(1, 2)
    device.rows[1]["name"] = "p1"
    with pytest.raises(TaskError, match=r"several rows are named 'p1' \(1, 2\); give policyid"):
        run(POLICY, device, Task("merged", [{"name": "p1"}]))


def test_placement_of_a_policy_that_the_device_numbers() -> None:
    device = policies(1, 2, 3)
    task = Task("merged", [{"name": "new"}], placement={"before": 2}, diff=True)
    foretold = run(POLICY, device, replace(task, check=True))
    assert foretold.diff[-1]["after"] == "1\n(new) new\n2\n3\n"
    assert device.writes == []
    result = twice(device, task)
    assert device.keys == [1, 4, 2, 3]
    assert device.writes[-1][1] == "/api/v2/cmdb/firewall/policy/4"
    assert result.diff[-1]["before_header"] == "order of firewall/policy"
    assert result.diff[-1]["after"] == "1\n4\n2\n3\n"


def test_placement_beside_a_policy_that_is_named() -> None:
    device = policies(1, 2, 3)
    twice(device, Task("merged", [{"name": "p3"}], placement={"before": "p2"}))
    assert device.keys == [1, 3, 2]
    device.rows[2]["name"] = "p1"
    with pytest.raises(TaskError, match=r"placement: several rows are named 'p1' \(1, 2\); give policyid"):
        run(POLICY, device, Task("merged", [{"name": "p3"}], placement={"after": "p1"}))


def test_ordered_keeps_the_listed_order_with_the_fewest_moves() -> None:
    device = policies(1, 2, 3, 4, 5)
    config = [{"policyid": key} for key in (5, 1, 2, 3)]
    twice(device, Task("merged", config, ordered=True))
    assert device.keys == [5, 1, 2, 4, 3]
    device = policies(*range(1, 6))
    twice(device, Task("overridden", [{"policyid": key} for key in (5, 4, 3, 2, 1)], ordered=True))
    assert device.keys == [5, 4, 3, 2, 1]
    assert len([params for *_, params, _ in device.seen if "before" in params or "after" in params]) == 4


def test_singleton() -> None:
    device = Device(GLOBAL, [{"hostname": "old", "admintimeout": 5, "admin-sport": 443}])
    result = checked(device, Task("merged", {"hostname": "new", "admintimeout": "5"}, diff=True))
    assert device.writes == [("PUT", "/api/v2/cmdb/system/global", {"hostname": "new"})]
    assert result.before["hostname"] == "old"
    assert result.after["hostname"] == "new"
    assert result.diff[0]["before"] == {"hostname": "old"}


def test_rows_of_the_device_are_neither_created_nor_deleted() -> None:
    key = PREDEFINED.key.option
    device = Device(PREDEFINED, [{PREDEFINED.key.name: "a", "buffer": ""}], version="v7.0.1")
    with pytest.raises(TaskError, match="can be changed, not created"):
        run(PREDEFINED, device, Task("merged", [{key: "b"}]))
    with pytest.raises(TaskError, match="can be changed, not deleted"):
        run(PREDEFINED, device, Task("deleted", [{key: "a"}]))
    assert device.writes == []


def test_what_the_device_says_has_no_effect_is_no_change() -> None:
    device = addresses({"name": "a", "type": "fqdn", "fqdn": "a.example"}, hidden={"subnet"})
    task = Task("merged", [{"name": "a", "subnet": "192.0.2.0/24"}])
    result = run(ADDRESS, device, task)
    assert not result.changed
    assert result.before == result.after
    assert result.requests[0]["outcome"] == "without effect"
    assert result.warnings == [
        "firewall/address 'a': subnet changed nothing; the device hides what does not apply to the object."
    ]
    assert run(ADDRESS, device, replace(task, config=[{"name": "a", "comment": "x"}])).changed


def test_inside_a_transaction_no_write_tells_its_effect() -> None:
    device = addresses(address("a"), hidden={"comment"})
    assert run(ADDRESS, device, Task("merged", [{"name": "a", "comment": "x"}], transaction=True)).changed


def test_global_tables_take_no_vdom() -> None:
    device = Device(GLOBAL, [{"hostname": "x"}])
    run(GLOBAL, device, Task("gathered", vdom="dmz"))
    assert device.seen[0][2] == {}
    device = addresses()
    run(ADDRESS, device, Task("merged", [{"name": "a"}], vdom="dmz"))
    assert [params["vdom"] for _, _, params, _ in device.seen] == ["dmz", "dmz"]


class TestReleases:
    CONFIG: ClassVar = [{"name": "a", "type": "route-tag", "route_tag": 3, "subnet": "192.0.2.0/24"}]

    def test_fail(self) -> None:
        device = addresses(version="v7.2.5")
        with pytest.raises(TaskError) as caught:
            run(ADDRESS, device, Task("merged", self.CONFIG))
        text = str(caught.value)
        assert "runs FortiOS 7.2.5" in text
        assert "config[0].type option route-tag exists in 7.4.0 and later" in text
        assert "config[0].route_tag exists in 7.4.0 and later" in text
        assert "set version_check to warn" in text
        assert device.writes == []

    def test_warn_leaves_it_out(self) -> None:
        device = addresses(version="v7.2.5")
        result = twice(device, Task("merged", self.CONFIG, version_check="warn"))
        assert device.writes[0][2] == {"name": "a", "subnet": "192.0.2.0 255.255.255.0"}
        assert "Left out." in result.warnings[0]

    def test_ignore_sends_it(self) -> None:
        device = addresses(version="v7.2.5")
        twice(device, Task("merged", self.CONFIG, version_check="ignore"))
        assert device.writes[0][2]["route-tag"] == 3

    def refusing(self, error: FortiOSError) -> Device:
        device = addresses()
        device.get = lambda *_, **__: (_ for _ in ()).throw(error)  # type: ignore[method-assign]
        return device

    @pytest.mark.parametrize("error", [NotFoundError("no", status=404), UnsupportedError("no", status=404)])
    def test_an_endpoint_that_the_device_lacks(self, error: FortiOSError) -> None:
        with pytest.raises(UnsupportedError, match=r"has no endpoint firewall/address .*FortiOS has it in every"):
            run(ADDRESS, self.refusing(error), Task("merged", self.CONFIG))
        result = run(ADDRESS, self.refusing(error), Task("merged", self.CONFIG, version_check="warn"))
        assert not result.changed
        assert "has no endpoint firewall/address" in result.warnings[0]

    def test_a_vdom_that_the_device_denies(self) -> None:
        device = self.refusing(PermissionDeniedError("denied", hint="Check the profile"))
        with pytest.raises(PermissionDeniedError, match="Check that there is a vdom dmz"):
            run(ADDRESS, device, Task("merged", self.CONFIG, vdom="dmz"))
        with pytest.raises(PermissionDeniedError, match="Check the profile"):
            run(ADDRESS, self.refusing(PermissionDeniedError("denied", hint="Check the profile")), Task("gathered"))

    def test_the_release_has_it(self) -> None:
        assert twice(addresses(version="v7.4.0"), Task("merged", self.CONFIG)).changed


class TestSecrets:
    USER = schema("user/local")

    def test_written_on_creation_only_and_never_shown(self) -> None:
        device = Device(self.USER, [])
        task = Task("merged", [{"name": "u", "type": "password", "passwd": "s3cr3t"}], diff=True)
        result = twice(device, task)
        assert device.writes[0][2]["passwd"] == "s3cr3t"
        assert "s3cr3t" not in json.dumps(result.as_dict())
        assert result.after[0]["passwd"] == "********"

    def test_always(self) -> None:
        device = Device(self.USER, [{"name": "u", "type": "password", "passwd": "ENC old"}])
        task = Task("merged", [{"name": "u", "passwd": "s3cr3t"}], update_secrets="always", diff=True)
        result = run(self.USER, device, task)
        assert result.changed
        assert device.writes == [("PUT", "/api/v2/cmdb/user/local/u", {"passwd": "s3cr3t"})]
        assert "s3cr3t" not in json.dumps(result.as_dict())
        assert result.diff[0]["after"] == {"secrets": "written again"}

    def test_in_a_row_of_a_child_table(self) -> None:
        bgp = schema("router/bgp")
        device = Device(bgp, [{"as": "65000", "neighbor": [{"ip": "192.0.2.1", "password": "ENC old"}]}])
        config = {"as": "65001", "neighbor": [{"ip": "192.0.2.1", "password": "s3cr3t"}]}
        result = run(bgp, device, Task("merged", config, update_secrets="always", check=True, diff=True))
        assert result.diff[0]["after"] == {"as": "65001", "secrets": "written again"}
        assert result.requests[1]["path"] == "/api/v2/cmdb/router/bgp/neighbor/192.0.2.1"
        assert result.requests[1]["body"] == {"password": "********"}

    def test_the_one_that_the_device_has_already_is_no_reason_for_a_warning(self) -> None:
        device = Device(self.USER, [{"name": "u", "passwd": "ENC old"}], hidden={"passwd"})
        task = Task("merged", [{"name": "u", "passwd": "s3cr3t"}], update_secrets="always")
        result = run(self.USER, device, task)
        assert not result.changed
        assert result.requests[0]["outcome"] == "without effect"
        assert result.warnings == []

    def test_a_mask_is_not_a_secret(self) -> None:
        with pytest.raises(TaskError, match=r"config\[0\].passwd: holds the mask"):
            run(self.USER, Device(self.USER, []), Task("merged", [{"name": "u", "passwd": "********"}]))

    def test_gathered_leaves_them_out(self) -> None:
        device = Device(self.USER, [{"name": "u", "passwd": "ENC old"}])
        assert "passwd" not in run(self.USER, device, Task("gathered")).output["gathered"][0]

    def test_that_the_catalogue_does_not_know(self) -> None:
        later = {
            "new-secret": "ENC one",
            "new-table": [{"id": 1, "key": "ENC two"}],
            "new-object": {"key": "ENC three"},
        }
        device = Device(self.USER, [{"name": "u", "status": "enable", **later}])
        for task in (Task("gathered"), Task("merged", [{"name": "u", "status": "disable"}], diff=True)):
            assert "ENC" not in json.dumps(run(self.USER, device, task).as_dict())

    def test_of_a_singleton_go_along_with_another_change(self) -> None:
        ha = schema("system/ha")
        device = Device(ha, [{"mode": "standalone", "password": ""}])
        twice(device, Task("merged", {"mode": "a-p", "password": "s3cr3t"}))
        assert device.writes == [("PUT", "/api/v2/cmdb/system/ha", {"mode": "a-p", "password": "s3cr3t"})]


class TestBadInput:
    @pytest.mark.parametrize(
        ("config", "words"),
        [
            ({"name": "a", "subnett": "x"}, "config[0].subnett: no such field; did you mean subnet"),
            ({"name": "a", "type": "ipmas"}, "config[0].type: 'ipmas' is not an option; did you mean ipmask?"),
            ({"name": "a", "color": 99}, "config[0].color: 99 is out of bounds: 0 to 32"),
            ({"name": "a", "color": "red"}, "config[0].color: takes a whole number, not 'red'"),
            ({"name": "x" * 80}, "config[0].name: is 80 bytes long, at most 79 fit"),
            (
                {"name": "a", "subnet": "300.1.1.1/24"},
                "config[0].subnet: '300.1.1.1/24' is not an IPv4 address with mask",
            ),
            ({"name": "a", "start_ip": "10.0.0"}, "config[0].start_ip: '10.0.0' is not an IPv4 address"),
            ({"name": "a", "subnet": ["x"]}, "config[0].subnet: takes one value, not a list"),
            ({"subnet": "192.0.2.0/24"}, "config: name is the key of firewall/address and must be given"),
        ],
    )
    def test_names_field_and_remedy(self, config: dict[str, Any], words: str) -> None:
        device = addresses()
        with pytest.raises(TaskError) as caught:
            run(ADDRESS, device, Task("merged", [config]))
        assert words in str(caught.value)
        assert device.writes == []

    def test_all_problems_at_once(self) -> None:
        with pytest.raises(TaskError) as caught:
            run(ADDRESS, addresses(), Task("merged", [{"name": "a", "color": 99}, {"name": "b", "colr": 1}]))
        assert "config[0].color" in str(caught.value)
        assert "config[1].colr" in str(caught.value)

    def test_twice_the_same_key(self) -> None:
        with pytest.raises(TaskError, match="name 'a' is given twice"):
            run(ADDRESS, addresses(), Task("merged", [{"name": "a"}, {"name": "a"}]))

    def test_twice_the_same_new_name(self) -> None:
        device = policies()
        with pytest.raises(TaskError, match="name 'a' is given twice"):
            run(POLICY, device, Task("merged", [{"name": "a"}, {"name": "a"}]))
        assert device.writes == []


class TestFailures:
    def refuse_b(self, method: str, path: str, body: Any) -> FortiOSError | None:
        return InUseError("in use", code=-23) if body and body.get("name") == "b" else None

    def test_every_object_is_accounted_for(self) -> None:
        device = addresses(address("old"), refuse=self.refuse_b)
        config = [{"name": "a"}, {"name": "b"}, {"name": "c"}, {"name": "old", "comment": "x"}]
        result = run(ADDRESS, device, Task("merged", config))
        assert result.changed
        assert result.failed.startswith("Could not create firewall/address 'b': in use")
        assert "Of 4 writes: 2 done, 1 failed, 1 not attempted" in result.failed
        assert [(item["key"], item["outcome"]) for item in result.failed_objects] == [
            ("b", "failed"),
            ("old", "not attempted"),
        ]
        assert [item["name"] for item in result.after] == ["a", "c", "old"]
        assert result.after[2]["comment"] == ""

    def test_one_write_that_fails_changes_nothing(self) -> None:
        result = run(ADDRESS, addresses(refuse=self.refuse_b), Task("merged", [{"name": "b"}]))
        assert not result.changed
        assert result.failed.endswith("Nothing was changed.")
        assert result.before == result.after == []

    def test_a_write_that_did_not_reach_the_device_is_a_failure(self) -> None:
        device = addresses(refuse=lambda *_: TransportError("no route", sent=False))
        result = run(ADDRESS, device, Task("merged", [{"name": "a"}, {"name": "b"}]))
        assert not result.changed
        assert "no route" in result.failed
        assert [item["outcome"] for item in result.failed_objects] == ["failed", "failed"]

    def test_a_write_without_an_answer_is_neither_done_nor_failed(self) -> None:
        device = addresses(refuse=lambda *_: TimeoutError_("no answer"))
        result = run(ADDRESS, device, Task("merged", [{"name": "a"}]))
        assert "Nothing was changed" not in result.failed
        assert "Of 1 writes: 1 unknown" in result.failed
        assert [item["outcome"] for item in result.failed_objects] == ["unknown"]

    @pytest.mark.parametrize(
        ("error", "outcome", "actions"),
        [
            (TimeoutError_("no answer"), "unknown", ["start", "commit"]),
            (FortiOSError("refused", status=500), "undone", ["start", "commit", "abort"]),
            (TransportError("no route", sent=False), "undone", ["start", "commit", "abort"]),
        ],
    )
    def test_a_commit_that_fails(self, error: FortiOSError, outcome: str, actions: list[str]) -> None:
        device = addresses(refuse=lambda _method, _path, body: error if body == {"transaction-id": 7} else None)
        result = run(ADDRESS, device, Task("merged", [{"name": "a"}], transaction=True))
        assert [item["outcome"] for item in result.failed_objects] == [outcome]
        assert result.failed.startswith("Could not commit firewall/address")
        sent = [params["action"] for *_, params, _ in device.seen if "action" in params]
        assert sent == [f"transaction-{action}" for action in actions]

    def test_an_ordered_table_stops_at_the_first_failure(self) -> None:
        device = policies(refuse=self.refuse_b)
        result = run(POLICY, device, Task("merged", [{"name": "a"}, {"name": "b"}, {"name": "c"}]))
        assert [item["outcome"] for item in result.failed_objects] == ["failed", "not attempted"]
        assert device.keys == [1]

    def test_a_transaction_is_given_up_as_a_whole(self) -> None:
        device = addresses(refuse=self.refuse_b)
        result = run(ADDRESS, device, Task("merged", [{"name": "a"}, {"name": "b"}], transaction=True))
        actions = [params["action"] for *_, params, _ in device.seen if "action" in params]
        assert actions == ["transaction-start", "transaction-abort"]
        assert not result.changed
        assert result.after == []
        assert "1 failed, 1 undone" in result.failed

    def test_a_transaction_is_committed(self) -> None:
        device = addresses()
        result = run(ADDRESS, device, Task("merged", [{"name": "a"}], transaction=True))
        actions = [params["action"] for *_, params, _ in device.seen if "action" in params]
        assert actions == ["transaction-start", "transaction-commit"]
        assert result.changed
