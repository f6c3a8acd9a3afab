# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers to ``action=schema``, taken into a catalogue."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from generator import importer
from generator.catalogue import CATALOG, Catalogue, read
from generator.cli import main
from generator.importer import ImportProblem, Report
from generator.jsontext import dump
from tests.simulator.server import Simulator

Facts = dict[str, Any]
PATH = "cmdb/test.part/thing"

#: A device of 7.6.5 describes a table.
ANSWER: Facts = {
    "http_method": "GET",
    "path": "test.part",
    "name": "thing",
    "action": "schema",
    "status": "success",
    "version": "v7.6.5",
    "results": {
        "path": "test.part",
        "name": "thing",
        "category": "table",
        "help": "Words that are not taken over.",
        "mkey": "name",
        "mkey_type": "string",
        "object_range": "vdom",
        "access_group": "fwgrp",
        "children": {
            "name": {
                "name": "name",
                "category": "unitary",
                "type": "string",
                "size": 35,
                "default": "",
                "required": True,
            },
            "size": {
                "name": "size",
                "category": "unitary",
                "type": "integer",
                "min-value": 1,
                "max-value": 10,
                "default": "5",
            },
            "mode": {
                "name": "mode",
                "category": "unitary",
                "type": "option",
                "default": "slow",
                "multiple_values": False,
                "options": [{"name": "slow", "help": "Words."}, {"name": "fast", "help": "Words."}],
            },
            "member": {
                "name": "member",
                "category": "table",
                "mkey": "name",
                "member_table": True,
                "max_table_size_item": 4,
                "children": {
                    "name": {
                        "category": "unitary",
                        "type": "string",
                        "size": 79,
                        "datasource": ["test.part.thing.name"],
                    }
                },
            },
            "limits": {"category": "complex", "children": {"rate": {"category": "unitary", "type": "user"}}},
        },
    },
}

#: The facts that say the same.
FACTS: Facts = {
    "api": "cmdb",
    "path": "test.part/thing",
    "kind": "table",
    "mkey": "name",
    "scope": "vdom",
    "access_group": "fwgrp",
    "fields": {
        "name": {"type": "string", "max_length": 35},
        "size": {"type": "integer", "min": 1, "max": 10, "default": 5},
        "mode": {"type": "option", "options": ["slow", "fast"], "default": "slow"},
        "member": {
            "type": "table",
            "member": True,
            "mkey": "name",
            "max_items": 4,
            "fields": {"name": {"type": "string", "max_length": 79, "refs": ["test.part.thing.name"]}},
        },
        "limits": {"type": "object", "fields": {"rate": {"type": "user"}}},
    },
}


def with_versions(facts: Any, text: str) -> Any:
    """`facts` with `text` as the releases of every endpoint and field in them."""
    if not isinstance(facts, dict):
        return facts
    result = {name: with_versions(value, text) for name, value in facts.items()}
    return {**result, "versions": text} if "type" in facts or "kind" in facts else result


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """A catalogue of one endpoint."""
    file = tmp_path / f"{PATH}.json"
    file.parent.mkdir(parents=True)
    file.write_text(dump(FACTS) + "\n")
    return tmp_path


def merge(catalog: Path, answer: Facts, release: tuple[int, int, int] = (7, 6, 5)) -> Report:
    return importer.merge(read(catalog, None), importer.answers(answer), release, catalog)


def changed(*path: str, **facts: Any) -> Facts:
    """`ANSWER` with other facts in the node under `path`; a node that is not there is made, a fact of None removed."""
    answer = copy.deepcopy(ANSWER)
    node = answer["results"]
    for name in path:
        node = node["children"].setdefault(name, {})
    node.update(facts)
    for name in [name for name, value in facts.items() if value is None]:
        del node[name]
    return answer


def result(catalog: Path, answer: Facts, release: tuple[int, int, int] = (7, 6, 5)) -> tuple[list[str], Facts]:
    """What the import tells, and the fields that it would write."""
    report = merge(catalog, answer, release)
    return list(map(str, report.changes)), report.files.get(PATH, FACTS)["fields"]


def test_what_is_known_changes_nothing(catalog: Path) -> None:
    report = merge(catalog, ANSWER)
    assert (report.endpoints, report.changes, report.files) == (1, [], {})


def test_a_new_endpoint_is_made_from_what_the_device_says(tmp_path: Path) -> None:
    report = merge(tmp_path, ANSWER)
    assert list(map(str, report.changes)) == ["test.part/thing: new endpoint with 7 fields"]
    assert report.files == {PATH: with_versions(FACTS, "7.6.5-")}
    importer.write(report, tmp_path)
    assert read(tmp_path, None).problems == []
    assert read(tmp_path, None).endpoints[PATH].schema.fields["size"].default == 5


def test_a_new_field_stands_where_the_device_has_it(catalog: Path) -> None:
    answer = changed("speed", category="unitary", type="integer")
    children = answer["results"]["children"]
    order = ["name", "size", "speed", "mode", "member", "limits"]
    answer["results"]["children"] = {name: children[name] for name in order}
    told, fields = result(catalog, answer)
    assert told == ["test.part/thing speed: new field, integer"]
    assert fields["speed"] == {"type": "integer", "versions": "7.6.5-"}
    assert list(fields) == order


@pytest.mark.parametrize(
    ("answer", "told", "field", "facts"),
    [
        (
            changed("size", **{"max-value": 20}),
            "size: max 20 (was 10)",
            "size",
            {"type": "integer", "min": 1, "max": 20, "default": 5},
        ),
        (
            changed("name", size=63),
            "name: max_length 63 (was 35)",
            "name",
            {"type": "string", "max_length": 63},
        ),
        (
            changed("size", default="7"),
            "size: default 7 (was 5)",
            "size",
            {"type": "integer", "min": 1, "max": 10, "default": 7},
        ),
        (
            changed("mode", multiple_values=True),
            "mode: multiple True (was not known)",
            "mode",
            {"type": "option", "options": ["slow", "fast"], "default": "slow", "multiple": True},
        ),
        (
            changed("mode", options=[{"name": "slow"}, {"name": "fast"}, {"name": "auto"}]),
            "mode: new option auto",
            "mode",
            {
                "type": "option",
                "options": ["slow", "fast", "auto"],
                "default": "slow",
                "option_versions": {"auto": "7.6.5-"},
            },
        ),
        (
            changed("limits", "rate", type="string", size=9),
            "limits rate: type 'string' (was 'user')",
            "limits",
            {"type": "object", "fields": {"rate": {"type": "string", "max_length": 9}}},
        ),
    ],
)
def test_a_change_is_taken_over(catalog: Path, answer: Facts, told: str, field: str, facts: Facts) -> None:
    changes, fields = result(catalog, answer)
    assert f"test.part/thing {told}" in changes
    assert fields[field] == facts


def test_what_the_device_does_not_show_stays(catalog: Path) -> None:
    answer = changed("mode", options=[{"name": "slow"}])
    del answer["results"]["children"]["size"]
    report = merge(catalog, answer)
    assert [(str(change), change.kept) for change in report.changes] == [
        ("test.part/thing mode: option fast not shown by this device", True),
        ("test.part/thing size: not shown by this device", True),
    ]
    assert report.files == {}


@pytest.mark.parametrize(
    ("known", "release", "extended"),
    [
        ("-7.2.3", (7, 6, 5), "-7.2.3,7.6.5-"),
        ("7.6.6-", (7, 6, 5), "7.6.5-"),
        ("-7.0.5,7.6.6-7.6.7", (7, 4, 0), "-7.0.5,7.4.0-7.6.7"),
    ],
)
def test_a_field_and_an_option_exist_in_the_release_that_shows_them(
    catalog: Path, known: str, release: tuple[int, int, int], extended: str
) -> None:
    facts = copy.deepcopy(FACTS)
    facts["fields"]["size"]["versions"] = known
    facts["fields"]["mode"]["option_versions"] = {"fast": known}
    (catalog / f"{PATH}.json").write_text(dump(facts))
    told, fields = result(catalog, ANSWER, release)
    assert told == [
        f"test.part/thing size: in {extended} (was {known})",
        f"test.part/thing mode: option fast in {extended}",
    ]
    assert fields["size"]["versions"] == fields["mode"]["option_versions"]["fast"] == extended


def test_a_default_of_other_releases_stays(catalog: Path) -> None:
    facts = copy.deepcopy(FACTS)
    facts["fields"]["mode"] |= {"option_versions": {"slow": "8.0.0-"}}
    (catalog / f"{PATH}.json").write_text(dump(facts))
    answer = changed("mode", options=[{"name": "fast"}], default="fast")
    report = merge(catalog, answer)
    assert [(str(change), change.kept) for change in report.changes] == [
        ("test.part/thing mode: default 'fast'; 'slow' is that of others", True)
    ]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"status": "error"}, "no node with children"),
        ([ANSWER, {"results": []}, {"results": {"name": "x"}}], "no node with children"),
        ({"results": {"children": {}}}, "without path and name"),
        ("text", "no node with children"),
    ],
)
def test_what_is_no_answer_is_refused(data: Any, message: str) -> None:
    with pytest.raises(ImportProblem, match=message):
        importer.answers(data)


def test_answers_of_several_releases_are_refused() -> None:
    assert importer.release_of([ANSWER, ANSWER]) == (7, 6, 5)
    assert importer.release_of({"results": {}}) is None
    with pytest.raises(ImportProblem, match=r"v7\.4\.0, v7\.6\.5"):
        importer.release_of([ANSWER, {**ANSWER, "version": "v7.4.0"}])


def test_the_command_tells_and_writes_only_when_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "answer.json"
    file.write_text(
        json.dumps({**ANSWER, "version": None, "results": ANSWER["results"]}).replace('"version": null, ', "")
    )
    written: list[Report] = []
    monkeypatch.setattr(importer, "write", written.append)
    assert main(["import-schema", str(file)]) == 1
    assert "add --release" in capsys.readouterr().err
    assert main(["import-schema", str(file), "--release", "7.6.5"]) == 0
    out = capsys.readouterr().out
    assert "test.part/thing: new endpoint with 7 fields" in out
    assert "1 endpoints of release 7.6.5: 1 changes in 1 files, 0 facts kept" in out
    assert "Nothing is written without --write." in out
    assert written == []
    assert main(["import-schema", str(file), "--release", "7.6.5", "--write"]) == 0
    assert [list(report.files) for report in written] == [[PATH]]


def test_a_live_device_needs_a_token(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORTIOS_TOKEN", "FORTIOS_ACCESS_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    assert main(["import-schema", "https://fw.invalid"]) == 1
    assert "FORTIOS_TOKEN" in capsys.readouterr().err


def test_the_schema_of_the_simulator_says_what_the_catalogue_does(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The simulator serves the catalogue: at its newest release, nothing changes on the way there and back."""
    with Simulator(release="8.0.0", token="secret-token") as device:
        monkeypatch.setenv("FORTIOS_TOKEN", "secret-token")
        monkeypatch.setenv("FORTIOS_CA_PATH", device.ca_path)
        assert main(["import-schema", device.url]) == 0
        out = capsys.readouterr().out
        assert ": 0 changes in 0 files" in out, out
        assert int(out.rsplit("\n", 2)[-2].split()[0]) > 500
        assert main(["import-schema", f"{device.url}/api/v2/cmdb/firewall/address"]) == 0
    assert "1 endpoints of release 8.0.0: 0 changes" in capsys.readouterr().out


def test_a_catalogue_file_is_written_as_it_was(catalogue: Catalogue) -> None:
    for key in catalogue.endpoints:
        text = (CATALOG / f"{key}.json").read_text(encoding="utf-8")
        assert dump(json.loads(text)) + "\n" == text
