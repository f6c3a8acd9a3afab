# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where descriptions and examples come from."""

from __future__ import annotations

from hfortix_fortios.schema import Schema

from .text import describe_endpoint, describe_field, short_description

__all__ = ["describe_endpoint", "describe_field", "example_yaml", "short_description"]


def example_yaml(schema: Schema) -> str:
    return f"- name: Read the configuration\n  hfortix.fortios.{schema.name}:\n    state: gathered\n"
