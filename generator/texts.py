# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where descriptions and examples come from: plain sentences made from facts, for as long as nothing better is there."""

from __future__ import annotations

from hfortix_fortios.schema import Field, Schema


def short_description(schema: Schema) -> str:
    return f"Configure {schema.cli_path}"


def describe_endpoint(schema: Schema) -> list[str]:
    return [f"Manages C({schema.cli_path}) of a FortiGate."]


def describe_field(schema: Schema, path: tuple[str, ...], field: Field) -> list[str]:
    return [f"The value of C({field.name})."]


def example_yaml(schema: Schema) -> str:
    return f"- name: Read the configuration\n  hfortix.fortios.{schema.name}:\n    state: gathered\n"
