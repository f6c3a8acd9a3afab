# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests of the generator share: the real catalogue, and small ones of their own."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.catalogue import Catalogue, load, read

Facts = dict[str, Any]
#: Makes a catalogue from endpoints (id to facts) and overrides.
Make = Callable[..., Catalogue]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """The catalogue that the collection is generated from."""
    return load()


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A catalogue in a temporary folder; a text in place of facts is written as it is."""

    def write(endpoints: Mapping[str, Facts | str], overrides: list[Facts] | None = None) -> Catalogue:
        for key, facts in endpoints.items():
            file = tmp_path / "catalog" / f"{key}.json"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(facts if isinstance(facts, str) else json.dumps(facts))
        folder = tmp_path / "overrides"
        folder.mkdir(exist_ok=True)
        (folder / "test.yml").write_text(yaml.safe_dump(overrides or []))
        return read(tmp_path / "catalog", folder)

    return write


def table(path: str = "test/thing", **facts: Any) -> Facts:
    """The facts of a table with a name, changed by `facts`; a fact of None is left out."""
    fields = {"name": {"type": "string"}, **facts.pop("fields", {})}
    content = {"api": "cmdb", "path": path, "kind": "table", "mkey": "name", **facts, "fields": fields}
    return {name: value for name, value in content.items() if value is not None}
