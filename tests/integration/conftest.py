# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A place to run playbooks in."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.connection.playbook import Playbooks


@pytest.fixture
def playbooks() -> Iterator[Playbooks]:
    with tempfile.TemporaryDirectory(prefix="fos", dir="/tmp") as folder:
        yield Playbooks(Path(folder))
