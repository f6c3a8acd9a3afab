# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The modules `export` and `convert`: which files they write, and what they say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.connection import DirectClient
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.job import Job
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.main import call
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.errors import MASK
from ansible_collections.hfortix.fortios.plugins.modules import convert, export
from tests.simulator.server import Simulator

TWO_VDOMS = Path(__file__).with_name("two_vdoms.conf")
FEW = ["firewall_address", "user_radius", "system_global"]


@pytest.fixture(scope="module")
def server() -> Iterator[Simulator]:
    with Simulator("7.0.5", token="t0ken", tls=False, load=TWO_VDOMS) as simulator:
        yield simulator


@pytest.fixture
def device(server: Simulator) -> Simulator:
    server.reset()
    return server


def run(job: Job, *, check: bool = False, **options: Any) -> dict[str, Any]:
    return call(job, "module", options, DirectClient, check=check, diff=True)


def exported(device: Simulator, dest: Path, *, check: bool = False, **options: Any) -> dict[str, Any]:
    return run(export.JOB, check=check, dest=str(dest), host=device.url, token="t0ken", **options)


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


class TestExport:
    def test_check_mode_foretells_and_a_second_run_writes_nothing(self, device: Simulator, tmp_path: Path) -> None:
        foretold = exported(device, tmp_path / "fw", check=True, endpoints=FEW)
        assert not (tmp_path / "fw").exists()
        done = exported(device, tmp_path / "fw", endpoints=FEW)
        assert foretold == done
        assert done["changed"]
        assert names(tmp_path / "fw") == [
            "global/system_global.yml", "site.yml", "vdoms/root/firewall_address.yml", "vdoms/root/user_radius.yml",
            "vdoms/shop/firewall_address.yml",
        ]  # fmt: skip
        again = exported(device, tmp_path / "fw", endpoints=FEW)
        assert not again["changed"]
        assert "diff" not in again
        assert not [entry for entry in device.log() if entry["method"] != "GET"]

    def test_a_file_holds_what_makes_the_objects_and_no_more(self, device: Simulator, tmp_path: Path) -> None:
        result = exported(device, tmp_path, endpoints=FEW)
        text = (tmp_path / "vdoms/root/user_radius.yml").read_text(encoding="utf-8")
        assert text == (
            "---\n"
            "# user/radius of the virtual domain root. Written by the collection hfortix.fortios.\n"
            "# Secrets are not in this file:\n"
            "#   user_radius: secret of 'radius-1' in the virtual domain root\n"
            "user_radius:\n"
            "  - name: radius-1\n"
            "    server: 10.7.0.30\n"
        )
        assert result["secrets"] == [{"vdom": "root", "endpoint": "user_radius", "key": "radius-1", "field": "secret"}]
        addresses = yaml.safe_load((tmp_path / "vdoms/shop/firewall_address.yml").read_text(encoding="utf-8"))
        # The simulator gives each vdom the entries of the factory as well.
        own = [row for row in addresses["firewall_address"] if row["name"] == "net-staff"]
        assert own == [{"name": "net-staff", "subnet": "10.8.30.0 255.255.255.0"}]

    def test_the_defaults_are_those_of_the_device(self, device: Simulator, tmp_path: Path) -> None:
        """The default of this field is another one in earlier releases, and the catalogue has the latest."""
        exported(device, tmp_path, endpoints=["firewall_service_custom"], vdoms=["root"])
        data = yaml.safe_load((tmp_path / "vdoms/root/firewall_service_custom.yml").read_text(encoding="utf-8"))
        assert {row["name"]: row.get("protocol") for row in data["firewall_service_custom"]}["booking"] is None
        exported(device, tmp_path, endpoints=["firewall_service_custom"], vdoms=["root"], include_defaults=True)
        data = yaml.safe_load((tmp_path / "vdoms/root/firewall_service_custom.yml").read_text(encoding="utf-8"))
        assert {row["name"]: row["protocol"] for row in data["firewall_service_custom"]}["booking"] == "TCP/UDP/SCTP"

    def test_secrets_become_variables(self, device: Simulator, tmp_path: Path) -> None:
        result = exported(device, tmp_path / "a.yml", endpoints=FEW, format="playbook", secrets="variables")
        assert result["secrets"][0]["variable"] == "secret_root_user_radius_radius_1_secret"
        text = (tmp_path / "a.yml").read_text(encoding="utf-8")
        assert '        secret: "{{ secret_root_user_radius_radius_1_secret }}"' in text.replace("    - ", "      ")
        assert "#   secret_root_user_radius_radius_1_secret\n" in text

    def test_files_without_content_go_and_those_of_others_stay(self, device: Simulator, tmp_path: Path) -> None:
        exported(device, tmp_path, endpoints=FEW)
        (tmp_path / "vdoms/shop/own.yml").write_text("own: 1\n", encoding="utf-8")
        result = exported(device, tmp_path, endpoints=["system_global"])
        assert names(tmp_path) == ["global/system_global.yml", "site.yml", "vdoms/shop/own.yml"]
        assert result["files"] == [str(tmp_path / "site.yml"), str(tmp_path / "global/system_global.yml")]
        gone = [item["before_header"] for item in result["diff"] if not item["after"]]
        assert str(tmp_path / "vdoms/root/user_radius.yml") in gone

    def test_the_difference_shows_no_secret(self, device: Simulator, tmp_path: Path) -> None:
        exported(device, tmp_path, endpoints=FEW)
        file = tmp_path / "vdoms/root/user_radius.yml"
        file.write_text(file.read_text(encoding="utf-8") + "    secret: swordfish\n", encoding="utf-8")
        spoilt = tmp_path / "global/system_global.yml"
        spoilt.write_text(spoilt.read_text(encoding="utf-8") + "swordfish: [\n", encoding="utf-8")
        result = exported(device, tmp_path, endpoints=FEW)
        before = {item["before_header"]: item["before"] for item in result["diff"]}
        assert yaml.safe_load(before[str(file)])["user_radius"][0]["secret"] == MASK
        assert "swordfish" not in str(result)
        assert before[str(tmp_path / "global/system_global.yml")] == "(a file that is no plain YAML)\n"

    def test_parts_can_be_chosen(self, device: Simulator, tmp_path: Path) -> None:
        exported(device, tmp_path, endpoints=["firewall_address*", "router/bgp"], exclude=["*6"], vdoms=["root"])
        assert names(tmp_path) == ["site.yml", "vdoms/root/firewall_address.yml", "vdoms/root/router_bgp.yml"]

    def test_what_firmware_brings_is_left_out_and_told(self, device: Simulator, tmp_path: Path) -> None:
        result = exported(device, tmp_path, vdoms=["shop"])
        reasons = {item["endpoint"]: item["reason"] for item in result["omissions"]}
        assert reasons["ips_rule"].startswith("its rows come with the firmware; name it in endpoints")
        assert reasons["firewall_address"].startswith("it tells this device and its objects from all others")

    def test_what_may_not_be_read_is_told(self, device: Simulator, tmp_path: Path) -> None:
        device.fault(method="GET", path="/user/radius", status=403, times=0)
        device.fault(method="GET", path="/firewall/vip$", status=500, times=0, body={"error": -1, "http_status": 500})
        result = exported(device, tmp_path, endpoints=[*FEW, "firewall_vip"], vdoms=["root"])
        (warning,) = result["warnings"]
        assert warning == (
            "2 endpoints could not be read, and the playbook lacks them; omissions has each. "
            "Files of variables that an earlier run wrote of them are kept."
        )
        reasons = {item["endpoint"]: item["reason"] for item in result["omissions"] if "field" not in item}
        assert reasons["user_radius"] == "the administrator may not read it"
        assert reasons["firewall_vip"].startswith("the device did not answer for it: ")

    def test_an_administrator_of_firewall_objects_alone_exports_these(self, device: Simulator, tmp_path: Path) -> None:
        device.fault(method="GET", path="/cmdb/system/", status=403, times=0)
        result = exported(device, tmp_path, endpoints=["firewall_address"])
        assert names(tmp_path) == ["site.yml", "vdoms/root/firewall_address.yml"]
        assert result["meta"]["release"] == "7.0.5"

    def test_the_file_of_what_cannot_be_read_now_stays(self, device: Simulator, tmp_path: Path) -> None:
        exported(device, tmp_path, endpoints=FEW, vdoms=["root"])
        device.fault(method="GET", path="/user/radius", status=503, times=0)
        exported(device, tmp_path, endpoints=["user_radius"], vdoms=["root"])
        assert names(tmp_path) == ["site.yml", "vdoms/root/user_radius.yml"]

    def test_a_device_out_of_reach_is_an_error(self, device: Simulator, tmp_path: Path) -> None:
        device.fault(method="GET", path="/user/radius", drop="before", times=0)
        result = exported(device, tmp_path / "fw", endpoints=FEW)
        assert result["failed"]
        assert not (tmp_path / "fw").exists()

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"vdoms": ["shop", "attic"]}, "vdoms: the device has no attic. It has root, shop."),
            ({"endpoints": ["firewal_address"]}, "There is no endpoint 'firewal_address'. Did you mean "),
            ({"endpoints": []}, "endpoints: is an empty list. Leave the option out to take all."),
            ({"exclude": ["x*"]}, "There is no endpoint like 'x*'. Patterns are of module names, such as firewall_*."),
        ],
    )
    def test_options_that_mean_nothing(
        self, device: Simulator, tmp_path: Path, options: dict[str, Any], message: str
    ) -> None:
        result = exported(device, tmp_path / "fw", **options)
        assert message in result["msg"]
        assert not (tmp_path / "fw").exists()

    def test_what_somebody_else_wrote_is_not_replaced(self, device: Simulator, tmp_path: Path) -> None:
        (tmp_path / "site.yml").write_text("- hosts: all\n", encoding="utf-8")
        result = exported(device, tmp_path, endpoints=FEW)
        assert result["msg"] == (
            f"{tmp_path}/site.yml is there and was not written by this collection. Remove it, or choose another dest."
        )
        assert names(tmp_path) == ["site.yml"]

    def test_a_place_that_cannot_be_written(self, device: Simulator, tmp_path: Path) -> None:
        (tmp_path / "fw").write_text("", encoding="utf-8")
        result = exported(device, tmp_path / "fw" / "a", endpoints=FEW)
        assert result["msg"].startswith(f"{tmp_path}/fw/a/site.yml cannot be written: ")

    def test_a_file_is_no_folder_and_the_other_way_round(self, device: Simulator, tmp_path: Path) -> None:
        file, folder = tmp_path / "fw", tmp_path / "folder"
        file.write_text("", encoding="utf-8")
        folder.mkdir()
        results = [
            exported(device, file),
            exported(device, folder, format="playbook"),
            run(convert.JOB, src=str(TWO_VDOMS), dest=str(file)),
            run(convert.JOB, src=str(folder), dest=str(folder), to="cli"),
        ]
        no_folder, no_file = (
            f"dest: {file} is a file. Name a folder, which holds the files.",
            f"dest: {folder} is a folder. Name the file in it.",
        )
        assert [result["msg"] for result in results] == [no_folder, no_file, no_folder, no_file]
        assert device.log() == []


class TestConvert:
    def test_text_to_variables_to_text_and_so_on(self, tmp_path: Path) -> None:
        def to(form: str, src: Path, dest: str) -> dict[str, Any]:
            result = run(convert.JOB, src=str(src), dest=str(tmp_path / dest), to=form)
            assert not result.get("failed"), result
            return result

        first = to("variables", TWO_VDOMS, "one")
        assert first["not_parsed"] == []
        to("cli", tmp_path / "one", "one.conf")
        second = to("variables", tmp_path / "one.conf", "two")
        assert (second["not_parsed"], second["objects"]) == ([], first["objects"])
        to("cli", tmp_path / "two", "two.conf")
        assert (tmp_path / "one.conf").read_text() == (tmp_path / "two.conf").read_text()
        files = names(tmp_path / "one")
        assert files == names(tmp_path / "two")
        for name in files:
            one, two = (yaml.load((tmp_path / side / name).read_text(), Loader=_Loader) for side in ("one", "two"))
            assert one == two, name
        assert not to("cli", tmp_path / "two", "two.conf")["changed"]

    def test_a_backup_of_one_virtual_domain_is_that_of_no_other(self, tmp_path: Path) -> None:
        source = tmp_path / "shop.conf"
        source.write_text(
            "#config-version=FGT70F-7.0.14-FW-build0601-240206:opmode=0:vdom=1:user=admin\n"
            "#global_vdom=0:vd_name=shop/shop\n"
            "config system interface\nedit lan\nset vdom shop\nnext\nend\n"
            "config firewall address\nedit web\nnext\nend\n",
            encoding="utf-8",
        )
        run(convert.JOB, src=str(source), dest=str(tmp_path / "fw"))
        assert names(tmp_path / "fw") == [
            "global/system_interface.yml", "site.yml", "vdoms/shop/firewall_address.yml"
        ]  # fmt: skip

    def test_lines_that_cannot_be_understood_are_told(self, tmp_path: Path) -> None:
        source = tmp_path / "show.conf"
        source.write_text(
            "config firewall address\n    edit web\n        set subnet 192.0.2.1/32\n        set colour 3\n"
            "        set color 99\n    next\nend\nconfig system nonsense\nend\n",
            encoding="utf-8",
        )
        result = run(convert.JOB, src=str(source), dest=str(tmp_path / "fw"))
        assert [(item["line"], item["reason"]) for item in result["not_parsed"]] == [
            (4, "firewall address has no such field"),
            (8, "no such section is known"),
        ]
        assert result["omissions"] == [
            {
                "vdom": "root",
                "endpoint": "firewall_address",
                "reason": "99 is out of bounds: 0 to 32",
                "field": "color",
                "keys": ["web"],
            }
        ]
        assert "subnet: 192.0.2.1/32" in (tmp_path / "fw/vdoms/root/firewall_address.yml").read_text(encoding="utf-8")

    def test_rows_that_all_virtual_domains_share_cannot_be_reached(self, tmp_path: Path) -> None:
        source = tmp_path / "backup.conf"
        source.write_text(
            "config vdom\nedit root\nnext\nend\nconfig global\nconfig ips sensor\n    edit g-own\n    next\nend\nend\n",
            encoding="utf-8",
        )
        result = run(convert.JOB, src=str(source), dest=str(tmp_path / "fw"))
        (omission,) = result["omissions"]
        assert (omission["endpoint"], omission["keys"]) == ("ips_sensor", ["g-own"])
        assert omission["reason"].startswith("rows of the device as a whole, in a table that virtual domains have too")

    def test_names_of_virtual_domains_do_not_lead_out_of_the_folder(self, tmp_path: Path) -> None:
        source = tmp_path / "backup.conf"
        source.write_text(
            'config vdom\nedit "../../x"\nconfig firewall address\n    edit a\n    next\nend\nend\n', encoding="utf-8"
        )
        run(convert.JOB, src=str(source), dest=str(tmp_path / "fw"))
        assert names(tmp_path) == [
            "backup.conf", "fw/global/system_vdom.yml", "fw/site.yml", "fw/vdoms/..%2F..%2Fx/firewall_address.yml",
        ]  # fmt: skip
        run(convert.JOB, src=str(tmp_path / "fw"), to="cli", dest=str(tmp_path / "again.conf"))
        assert 'edit "../../x"\nconfig firewall address\n' in (tmp_path / "again.conf").read_text(encoding="utf-8")

    def test_templates_have_no_value_in_text(self, tmp_path: Path) -> None:
        run(convert.JOB, src=str(TWO_VDOMS), dest=str(tmp_path / "fw"), secrets="variables", endpoints=["user_radius"])
        result = run(convert.JOB, src=str(tmp_path / "fw"), to="cli", dest=str(tmp_path / "script.conf"))
        assert result["omissions"] == [
            {
                "vdom": "root",
                "endpoint": "user_radius",
                "reason": "a template has no value outside of a playbook",
                "field": "secret",
            }
        ]
        assert (tmp_path / "script.conf").read_text(encoding="utf-8") == (
            'config user radius\n    edit "radius-1"\n        set server "10.7.0.30"\n    next\nend\n'
        )

    def test_the_difference_of_text_shows_no_secret(self, tmp_path: Path) -> None:
        run(convert.JOB, src=str(TWO_VDOMS), dest=str(tmp_path / "fw"), endpoints=["user_radius"])
        text = tmp_path / "script.conf"
        text.write_text(
            'config user radius\n    edit "r"\n        set secret swordfish\n    next\nend\n', encoding="utf-8"
        )
        result = run(convert.JOB, src=str(tmp_path / "fw"), to="cli", dest=str(text))
        assert 'edit "r"' in result["diff"][0]["before"]
        assert "swordfish" not in str(result)

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            ({"src": "{0}/nowhere"}, "src: there is no {0}/nowhere."),
            ({"src": "{0}"}, "src: {0} is a folder; to variables, give a file with configuration text."),
            ({"src": "{0}/a.conf", "to": "cli"}, "src: {0}/a.conf is no folder; to cli, give a folder of variables."),
            (
                {"src": "{0}/empty", "to": "cli"},
                "{0}/empty: no file global/*.yml or vdoms/*/*.yml in this folder holds",
            ),
            ({"src": "{0}/vault", "to": "cli"}, "vdoms/root/a.yml, line 2: this is no YAML that can be read here. Enc"),
            ({"src": "{0}/wrong", "to": "cli"}, "a.yml: firewall_address: Nothing was sent to the device. config[0].c"),
            ({"src": "{0}/other", "to": "cli"}, "vdoms/root/a.yml: fire_wall: There is no endpoint 'fire_wall'."),
            ({"src": "{0}/list", "to": "cli"}, "vdoms/root/a.yml: firewall_address: takes a list."),
            ({"src": "{0}/latin.conf"}, "{0}/latin.conf, line 2: is not text in UTF-8. Save the file in that"),
            ({"src": "{0}/empty.conf"}, "src: {0}/empty.conf holds no configuration that any module takes."),
            ({"src": "{0}/words.conf"}, "src: {0}/words.conf holds no configuration that any module takes."),
            (
                {"src": "{0}/secret.conf"},
                "src: {0}/secret.conf is encrypted. Save the configuration without a password, and convert that.",
            ),
        ],
    )
    def test_sources_that_cannot_be_used(self, tmp_path: Path, options: dict[str, str], message: str) -> None:
        (tmp_path / "a.conf").touch()
        (tmp_path / "latin.conf").write_bytes(b"#\n\xff")
        (tmp_path / "empty.conf").touch()
        (tmp_path / "words.conf").write_text("Unknown action 0\n", encoding="utf-8")
        (tmp_path / "secret.conf").write_text("#FGBK|4|FGVM64|7|04|2662|\n...", encoding="utf-8")
        (tmp_path / "empty").mkdir()
        for name, text in {
            "vault": "$ANSIBLE_VAULT;1.1;AES256\n61: [\n",
            "wrong": "firewall_address: [{name: a, color: 99}]\n",
            "other": "fire_wall: []\n",
            "list": "firewall_address: {}\n",
        }.items():
            (tmp_path / name / "vdoms/root").mkdir(parents=True)
            (tmp_path / name / "vdoms/root/a.yml").write_text(text, encoding="utf-8")
        options = {name: value.format(tmp_path) for name, value in options.items()}
        result = run(convert.JOB, dest=str(tmp_path / "dest"), **options)
        assert message.format(tmp_path) in result["msg"]
        assert not (tmp_path / "dest").exists()


class _Loader(yaml.SafeLoader):
    """Takes text that is marked as unsafe for text."""


_Loader.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))
