# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shape of catalogue files and overrides, described by JSON Schemas in ``generator/schemas``."""

from __future__ import annotations

import json
from typing import Any

from jsonschema import Draft202012Validator

from . import ROOT

SCHEMAS = ROOT / "generator" / "schemas"


class Structure:
    """Checks data against one of the schemas: ``cmdb``, ``operation`` or ``override``."""

    def __init__(self, name: str) -> None:
        self._validator = Draft202012Validator(json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8")))

    def faults(self, data: Any) -> list[str]:
        """What is wrong, each with the place inside `data`; nothing if all is well."""
        errors = sorted(self._validator.iter_errors(data), key=lambda error: error.json_path)
        return [f"{error.json_path.removeprefix('$').lstrip('.') or 'as a whole'}: {error.message}" for error in errors]
