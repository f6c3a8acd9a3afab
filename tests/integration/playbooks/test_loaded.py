# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulator as a process of its own, started from what a real device showed: it serves that configuration."""

from __future__ import annotations

import os
import re
import ssl
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from generator.catalogue import load
from hfortix_fortios.cli.parse import Parsed, parse
from hfortix_fortios.schema import Field
from hfortix_fortios.values import same

ROOT = Path(__file__).resolve().parents[3]
RECORDED = ROOT.parent / "shared/recorded/cli"
CONFIGURATIONS = sorted(RECORDED.glob("*.conf"))
TOKEN = "token-of-the-test"

pytestmark = pytest.mark.skipif(not CONFIGURATIONS, reason="../shared/recorded is absent")


@dataclass(frozen=True)
class Process:
    """A simulator that runs on its own; `reports` is what it says it has not loaded."""

    url: httpx.URL
    ca: Path
    reports: list[str]

    @contextmanager
    def client(self) -> Iterator[httpx.Client]:
        context = ssl.create_default_context(cafile=self.ca)
        headers = {"Authorization": f"Bearer {TOKEN}"}
        with httpx.Client(base_url=self.url, headers=headers, verify=context) as client:
            yield client


@contextmanager
def started(folder: Path, configuration: Path, release: str) -> Iterator[Process]:
    ca, errors = folder / "ca.pem", folder / "errors"
    options = ["--port", "0", "--release", release, "--token", TOKEN, "--load", configuration, "--ca-out", ca]
    command = [sys.executable, "-m", "tests.simulator", *map(str, options)]
    with (
        errors.open("w") as stderr,
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=stderr, text=True) as process,
    ):
        try:
            assert process.stdout
            first = process.stdout.readline()
            assert f"FortiOS {release}" in first, errors.read_text()
            yield Process(httpx.URL(first.split()[-1]), ca, errors.read_text().splitlines())
        finally:
            process.terminate()
    assert process.returncode == 0


def parsed(configuration: Path) -> Parsed:
    schemas = {endpoint.schema.cli_path: endpoint.schema for endpoint in load().family("cmdb")}
    return parse(configuration.read_text(), schemas.get)


def unserved(fields: Mapping[str, Field], wanted: Mapping[str, Any], served: Mapping[str, Any]) -> Iterator[str]:
    """The names of the fields whose value is not served."""
    for name, value in wanted.items():
        item, answer = fields[name], served.get(name)
        if item.is_secret:
            equal = str(answer).startswith("ENC ")
        elif item.is_object:
            equal = isinstance(answer, dict) and not list(unserved(item.fields, value, answer))
        elif item.is_table:
            equal = isinstance(answer, list) and all(_is_among(item, row, answer) for row in value)
        else:
            equal = same(item, value, answer)
        if not equal:
            yield name


def _is_among(table: Field, row: Mapping[str, Any], rows: list[dict[str, Any]]) -> bool:
    key = str(table.mkey)
    return any(
        str(other.get(key)) == str(row.get(key)) and not list(unserved(table.fields, row, other)) for other in rows
    )


def missing(process: Process, content: Parsed) -> Iterator[tuple[str, str]]:
    """What the text holds and the simulator does not serve: the words after ``config``, and the field."""
    with process.client() as client:
        for section in content.sections:
            schema = section.schema
            of_device = schema.scope in ("global", "both")
            answer = client.get(schema.url(), params={"global": 1} if of_device else {"vdom": section.vdom or "root"})
            if answer.status_code == httpx.codes.NOT_FOUND:
                yield schema.cli_path, ""
                continue
            envelope = answer.json()[0] if of_device else answer.json()
            rows = envelope["results"] if schema.mkey else [envelope["results"]]
            served = {str(row.get(schema.mkey or "")): row for row in rows}
            for row in section.objects:
                found = served.get(str(row.get(schema.mkey or "")), {})
                yield from ((schema.cli_path, name) for name in unserved(schema.fields, row, found))


@pytest.mark.parametrize("configuration", CONFIGURATIONS, ids=lambda path: path.stem)
def test_it_serves_what_was_shown(configuration: Path, tmp_path: Path) -> None:
    """On a release that has it all, but for what the parser reports."""
    content = parsed(configuration)
    with started(tmp_path, configuration, "6.4.0") as process:
        assert list(missing(process, content)) == []
        assert process.reports == [f"not loaded: {unknown}" for unknown in content.unknown]


@pytest.mark.parametrize("configuration", CONFIGURATIONS, ids=lambda path: path.stem)
def test_what_a_later_release_lacks_is_reported(configuration: Path, tmp_path: Path) -> None:
    content = parsed(configuration)
    with started(tmp_path, configuration, "7.6.5") as process:
        lacking = list(missing(process, content))
    assert 0 < len(lacking) <= len(process.reports)
    for path, field in lacking:
        assert [report for report in process.reports if path in report and field in report], f"{path} {field}"


@pytest.mark.playbook
@pytest.mark.parametrize("configuration", CONFIGURATIONS, ids=lambda path: path.stem)
def test_the_playbook_of_the_demonstration_runs_against_it(configuration: Path, tmp_path: Path) -> None:
    with started(tmp_path, configuration, "7.6.5") as process:
        environment = {"DEMO_PORT": str(process.url.port), "DEMO_CA": str(process.ca), "DEMO_TOKEN": TOKEN}
        program = Path(sys.executable).with_name("ansible-playbook")
        changes = []
        for _ in range(2):
            done = subprocess.run(
                [program, "-i", "inventory.yml", "site.yml", "-e", "inside=port1", "-e", "outside=dmz"],
                cwd=ROOT / "demo",
                env={**os.environ, **environment},
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stdout + done.stderr
            changes += re.findall(r"^branch-042 .*changed=(\d+)", done.stdout, re.MULTILINE)
        assert int(changes[0]) > 0
        assert changes[1] == "0"
