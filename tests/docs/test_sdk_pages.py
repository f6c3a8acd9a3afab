# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The examples of the pages on the SDK run, page by page and top to bottom, and print what their text promises."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.docs.pages import SDK, blocks
from tests.simulator.server import Simulator

TOKEN = "sdk-pages-token"

#: A line of the output of each page that has examples about clients.
PRINTED = {
    "configuration.md": r"False\n\('comment',\)\nFalse\nupdated\n\['web', 'db'\]\n32\n\['db\.example\.com'\]$",
    "fields.md": r"^type \| firewall/address: type: 'fqdm' is not an option.*hw-model: exists in 7\.4\.0",
    "together.md": r"^undone: \w+ False\n20 created\n\[None, 'NotFoundError'\]$",
    "monitor.md": r"^0 users\n[1-9]\d* entries $\n[1-9]\d+ bytes\nTrue\nTrue\nrefused: -39$",
    "connecting.md": r"^\d+ addresses$",
    "errors.md": r"^not there\nReferenceMissingError 500 -651 .*\nfield: name\nhint: .*\n{\n  .type.: .NotFound",
    "resilience.md": r"^/api/v2/cmdb/firewall/nothing failed$",
    "safety.md": r"^PUT cmdb/firewall/address: 1 requests, 0\.\d+ s each$",
    "performance.md": r"^100 asked for$",
    "fortimanager.md": r"^done at \['fgt1'\] but \{'fgt2': \"firewall/address 'web' does not exist",
}


@pytest.fixture
def device() -> Iterator[Simulator]:
    with Simulator(release="7.6.5", token=TOKEN, vdoms=("root", "lab")) as simulator:
        simulator.tell("logs", {"type": "event/system", "count": 30})
        yield simulator


@pytest.fixture
def fortimanager() -> Iterator[str]:
    """The URL of a FortiManager with two devices."""
    fake, scripted = (helper(name) for name in ("fortimanager", "conftest"))
    found = scripted.Device()
    found.handle = fake.FortiManager({name: Simulator("7.6.5") for name in ("fgt1", "fgt2")}, token=TOKEN)
    yield f"http://{found.host}"
    found.close()


def helper(name: str) -> ModuleType:
    return importlib.import_module(f"tests.unit.sdk.{name}")


@pytest.mark.parametrize("page", SDK, ids=lambda page: page.name)
def test_the_examples_of_a_page_run(page: Path, device: Simulator, fortimanager: str, tmp_path: Path) -> None:
    program = "\n".join(blocks(page, "python"))
    for written, here in {
        "company-ca.pem": device.ca_path,
        "fw1.example.com": f"{device.host}:{device.port}",
        "fmg.example.com": fortimanager,
    }.items():
        program = program.replace(written, here)
    (tmp_path / "program.py").write_text(program, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "program.py"],
        cwd=tmp_path,
        env={"FW1_TOKEN": TOKEN, "FMG_TOKEN": TOKEN, "FW1_PASSWORD": device.password},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(PRINTED[page.name], done.stdout, re.MULTILINE), done.stdout


def test_every_option_of_a_client_is_on_a_page() -> None:
    from hfortix_fortios.http.settings import ClientOptions

    text = "".join(page.read_text(encoding="utf-8") for page in SDK)
    assert {name for name in ClientOptions.__annotations__ if f"`{name}" not in text} == set()


def test_every_kind_of_error_and_all_that_it_tells_is_on_the_page() -> None:
    from hfortix_fortios import errors

    text = next(page for page in SDK if page.name == "errors.md").read_text(encoding="utf-8")
    kinds = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Exception)}
    facts = set(vars(errors.RateLimitedError("x"))) | set(vars(errors.PartialFailureError("x")))
    assert {name for name in kinds | facts if f"`{name}`" not in text} == set()
