# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Generated code against what was reviewed. After a wanted change: ``pytest tests/unit/generator --update-golden``."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.catalogue import Catalogue

from .shapes import SHAPES, Shape

GOLDEN = Path("tests/golden")


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_generated_code_is_as_recorded(shape: Shape, catalogue: Catalogue, request: pytest.FixtureRequest) -> None:
    folder = request.config.rootpath / GOLDEN
    for name, source in shape.source(catalogue).items():
        if request.config.getoption("--update-golden"):
            (folder / name).write_text(source, encoding="utf-8")
        assert (folder / name).read_text(encoding="utf-8").splitlines() == source.splitlines(), (
            f"{name} differs from the record: renew it with --update-golden if that is right, and review the difference"
        )


def test_no_record_without_a_shape(catalogue: Catalogue, root: Path) -> None:
    expected = {f"{shape.name}.{kind}.txt" for shape in SHAPES for kind in ("endpoint", "module")}
    assert {file.name for file in (root / GOLDEN).iterdir()} == expected
