# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where descriptions and examples come from."""

from __future__ import annotations

from .examples import example_yaml
from .operation_examples import example_yaml as operation_example_yaml
from .text import describe_endpoint, describe_field, short_description
from .text.operations import describe_member, describe_operation, describe_parameter
from .text.operations import short_description as operation_title

__all__ = [
    "describe_endpoint",
    "describe_field",
    "describe_member",
    "describe_operation",
    "describe_parameter",
    "example_yaml",
    "operation_example_yaml",
    "operation_title",
    "short_description",
]
