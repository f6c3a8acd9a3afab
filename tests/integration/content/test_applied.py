# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What `export` and `convert` write, applied to a device that has nothing, makes it the same."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from hfortix_fortios.names import module_name, option_name
from hfortix_fortios.schema import Field
from tests.integration.connection.playbook import Playbooks, Run, reached
from tests.integration.playbooks.configuration import Configuration, configuration
from tests.simulator import catalogue
from tests.simulator.server import Simulator
from tests.simulator.values import encrypt

TWO_VDOMS = Path(__file__).with_name("two_vdoms.conf")
RECORDED = Path(__file__).resolve().parents[4] / "shared/recorded/cli/fortigate_vm64_6.2.3_show.conf"

#: What a task reports: endpoints and fields, by virtual domain.
Reported = set[tuple[str, str, str]]

pytestmark = pytest.mark.playbook


def host(device: Simulator) -> dict[str, dict[str, Any]]:
    return {"fw": {**reached(device), "ansible_fortios_token": device.token}}


def written(playbooks: Playbooks, device: Simulator, module: str, **options: Any) -> tuple[dict[str, Any], Reported]:
    """The result of `export` or `convert`, and what it says the files lack."""
    run = playbooks.run(host(device), [{f"hfortix.fortios.{module}": options}])
    (result,) = run.only()
    assert not result.get("failed"), result
    lacking = [*result["secrets"], *result["omissions"]]
    return result, {(item["vdom"], item["endpoint"], item.get("field", "").split(".")[0]) for item in lacking}


def apply(playbooks: Playbooks, device: Simulator, playbook: Path, **variables: str) -> tuple[Run, int]:
    """What a playbook did with `variables`, and how many writes it took."""
    before = len(device.log())
    run = playbooks.run_file(host(device), playbook, "-e", json.dumps({"target": "fw", **variables}))
    assert run.code == 0, run.output
    return run, sum(entry["method"] != "GET" for entry in device.log()[before:])


def changed(run: Run) -> list[dict[str, Any]]:
    return [result for result in run.only() if result.get("changed")]


def differences(source: Configuration, target: Configuration, fresh: Configuration) -> Iterator[tuple[str, str, str]]:
    """The fields that differ, by virtual domain and endpoint; rows that the target has from the factory may stay."""
    for path, vdom in source.keys() | target.keys():
        wanted, found, factory = (
            told(path, side)
            for side in (source.get((path, vdom)), target.get((path, vdom)), fresh.get((path, vdom and "root")))
        )
        for key in wanted.keys() | found.keys():
            if key not in wanted and found[key] == factory.get(key):
                continue
            one, other = wanted.get(key, {}), found.get(key, {})
            for name in one.keys() | other.keys():
                if one.get(name) != other.get(name):
                    yield vdom or "global", module_name(path), option_name(name)


def told(path: str, rows: Mapping[Any, Mapping[str, Any]] | None) -> dict[Any, dict[str, Any]]:
    """Rows without the UUID that each device chooses, and without rows of the device's own in which nothing is set."""
    schema = catalogue.schema(path)
    assert schema is not None
    return {key: _told(schema.fields, row) for key, row in (rows or {}).items()}


def _told(fields: Mapping[str, Field], row: Mapping[str, Any]) -> dict[str, Any]:
    shown = {name: value for name, value in row.items() if name != "uuid"}
    for name, value in shown.items():
        if fields[name].is_object:
            shown[name] = _told(fields[name].fields, value)
        elif fields[name].is_fixed:
            shown[name] = [item for item in value if len(item) > 1]
    return {name: value for name, value in shown.items() if value not in ({}, [])}


def test_an_exported_device_can_be_made_again(playbooks: Playbooks, tmp_path: Path) -> None:
    if not RECORDED.is_file():
        pytest.skip("../shared/recorded is absent")
    # The record names a vdom that the device cannot have had: it was made anonymous by hand.
    text = RECORDED.read_text(encoding="utf-8").replace('set vdom "ro"', 'set vdom "root"')
    with Simulator("6.4.0", load=text) as source, Simulator("6.4.0") as target:
        fresh = configuration(target)
        result, reported = written(playbooks, source, "export", dest=str(tmp_path / "fw"))
        assert result["objects"] > 380
        first, writes = apply(playbooks, target, tmp_path / "fw/site.yml")
        assert (len(changed(first)) > 60, writes > 300) == (True, True)
        left = set(differences(configuration(source), configuration(target), fresh))
        assert left <= reported
        assert {field for _vdom, _endpoint, field in left} <= {
            "passwd", "password", "secret", "secondary_secret", "poe_status",
        }  # fmt: skip
        again, writes = apply(playbooks, target, tmp_path / "fw/site.yml")
        assert (changed(again), writes) == ([], 0)

        (tmp_path / "show.conf").write_text(text, encoding="utf-8")
        converted = {"src": str(tmp_path / "show.conf"), "to": "playbook", "dest": str(tmp_path / "site.yml")}
        result, _reported = written(playbooks, target, "convert", **converted)
        assert [item["line"] for item in result["not_parsed"]] == [11, 3889, 3901, 3906]
        again, writes = apply(playbooks, target, tmp_path / "site.yml")
        assert (changed(again), writes) == ([], 0)


def test_a_converted_backup_makes_the_device_that_it_is_of(playbooks: Playbooks, tmp_path: Path) -> None:
    """With virtual domains, a tunnel whose interface has settings of its own, and text that YAML could mistake."""
    with Simulator("7.0.5", load=TWO_VDOMS) as source, Simulator("7.0.5") as target:
        assert source.problems == []
        fresh = configuration(target)
        converted = {"src": str(TWO_VDOMS), "to": "playbook", "dest": str(tmp_path / "site.yml")}
        result, reported = written(playbooks, target, "convert", **converted, secrets="variables")
        assert result["not_parsed"] == []
        secrets = {item["variable"]: f"known {item['field']}" for item in result["secrets"]}
        first, _writes = apply(playbooks, target, tmp_path / "site.yml", **secrets)
        assert changed(first)
        assert "known " not in str(first.results)
        radius = configuration(target)["user/radius", "root"]["radius-1"]
        assert radius["secret"] == encrypt("known secret")
        left = set(differences(configuration(source), configuration(target), fresh))
        assert left <= reported
        assert left == {
            ("global", "system_admin", "password"), ("root", "user_local", "passwd"),
            ("root", "user_radius", "secret"), ("root", "vpn_ipsec_phase1_interface", "psksecret"),
        }  # fmt: skip

        _result, reported = written(playbooks, source, "export", dest=str(tmp_path / "fw"))
        again, writes = apply(playbooks, target, tmp_path / "fw/site.yml")
        assert (changed(again), writes) == ([], 0)
