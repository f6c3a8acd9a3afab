# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Semantic checks."""

from __future__ import annotations

from .catalogue import Catalogue, Problem


def validate(catalogue: Catalogue) -> list[Problem]:
    """All problems."""
    return []
