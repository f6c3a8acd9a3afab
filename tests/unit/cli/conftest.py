# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The schemas that the tests of CLI text share."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hfortix_fortios.cli.parse import SchemaOf, schema_index
from hfortix_fortios.schema import Schema

ROOT = Path(__file__).resolve().parents[3]
CATALOGUE = ROOT / "generator/catalog/cmdb"


@pytest.fixture(scope="session")
def schemas() -> dict[str, Schema]:
    """Every configuration endpoint of the catalogue, by path."""
    found = (Schema.from_facts(json.loads(file.read_text())) for file in sorted(CATALOGUE.rglob("*.json")))
    return {schema.path: schema for schema in found}


@pytest.fixture(scope="session")
def index(schemas: dict[str, Schema]) -> SchemaOf:
    return schema_index(schemas.values())
