# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulator over TLS, and a place to run playbooks in."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulator.server import Simulator

from .playbook import Playbooks


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator(token="t0ken-of-the-test", password="passw0rd-of-the-test") as running:
        yield running


@pytest.fixture
def playbooks() -> Iterator[Playbooks]:
    with tempfile.TemporaryDirectory(prefix="fos", dir="/tmp") as folder:
        yield Playbooks(Path(folder))
