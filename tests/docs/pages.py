# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages that people read, and the code on them."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
GUIDE = sorted((ROOT / "docs/guide").glob("*.md"))
SDK = sorted((ROOT / "docs/sdk").glob("*.md"))
#: Every page of the repository.
ALL = [
    *ROOT.glob("*.md"),
    *sorted((ROOT / "docs").rglob("*.md")),
    ROOT / "generator/README.md",
    ROOT / "tests/simulator/README.md",
]


def blocks(page: Path, language: str) -> list[str]:
    """The blocks of code in a language, as they stand."""
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def commands(page: Path) -> list[str]:
    """The lines of the page's blocks for a shell."""
    return [line for block in blocks(page, "bash") for line in block.splitlines() if line]


def prose(page: Path) -> str:
    """The page without its blocks of code."""
    return re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
