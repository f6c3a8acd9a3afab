# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What every test may rely on: the collection stands under `.collections`, and both import names of the SDK work.

``hfortix_fortios`` is the SDK as a package of its own; ``ansible_collections.hfortix.fortios...`` is the same code as
Ansible loads it. They are two sets of module objects: a test uses one of them.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# How long a machine takes to make up values says nothing about the code.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

ROOT = Path(__file__).resolve().parent.parent
COLLECTIONS = ROOT / ".collections"

if not (COLLECTIONS / "ansible_collections/hfortix/fortios/galaxy.yml").is_file():
    raise pytest.UsageError("the checkout is not set up: run `make setup` first")

# Processes that tests start (ansible-playbook, ansible-doc) find the collection there too.
os.environ["ANSIBLE_COLLECTIONS_PATH"] = str(COLLECTIONS)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the records under tests/golden anew")


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the checkout, which is the root of the collection."""
    return ROOT
