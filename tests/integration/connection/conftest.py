# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulator over TLS."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.simulator.server import Simulator


@pytest.fixture
def simulator() -> Iterator[Simulator]:
    with Simulator(token="t0ken-of-the-test", password="passw0rd-of-the-test") as running:
        yield running
