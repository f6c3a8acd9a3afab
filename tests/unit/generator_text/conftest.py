# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The catalogue with its overrides, loaded once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from generator.catalogue import load
from hfortix_fortios.schema import Field, Schema

SCHEMAS = {endpoint.path: endpoint.schema for endpoint in load().family("cmdb")}


@pytest.fixture(scope="session")
def schemas() -> dict[str, Schema]:
    """Every configuration endpoint by its path."""
    return SCHEMAS


def walk(schema: Schema) -> Iterator[tuple[tuple[str, ...], Field]]:
    """Every field of an endpoint with its path."""

    def below(fields: dict[str, Field], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Field]]:
        for item in fields.values():
            yield (*path, item.name), item
            yield from below(dict(item.fields), (*path, item.name))

    yield from below(dict(schema.fields), ())
