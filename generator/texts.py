# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where descriptions and examples come from."""

from __future__ import annotations

from .examples import example_yaml
from .text import describe_endpoint, describe_field, short_description

__all__ = ["describe_endpoint", "describe_field", "example_yaml", "short_description"]
