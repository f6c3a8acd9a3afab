# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a module is: its arguments and what it does with them. What one call of it is given, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..hfortix_fortios.errors import FortiOSError
from .argspec import Spec
from .connection import Client

_ERROR_FACTS = ("type", "status", "code", "meaning", "cli_error", "method", "path", "field", "hint")


@dataclass(frozen=True)
class Call:
    """One call of a module. The `client` connects with its first request; `params` are validated."""

    params: Mapping[str, Any]
    client: Client
    check: bool = False
    diff: bool = False


@dataclass
class Answer:
    """What a module call comes to: a failure if `failed` says why, and the members to return in either case."""

    members: dict[str, Any] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    failed: str = ""


@dataclass(frozen=True)
class Job:
    """A module, wherever it runs.

    `constraints` say which arguments go together, under the names that AnsibleModule gives it. `work` may raise
    `TaskError` and `FortiOSError`, which fail the call in their words. `hide` gives the arguments, valid or not, as
    results and logs may tell them, where a secret can stand in one that is no secret as a whole. An answer with one of
    the members `secrets` is for registered variables alone: what prints or logs results is not to see it.
    """

    work: Callable[[Call], Answer]
    argument_spec: Spec
    constraints: Mapping[str, Any] = field(default_factory=dict)
    hide: Callable[[Mapping[str, Any]], dict[str, Any]] = dict
    secrets: frozenset[str] = frozenset()


def error_facts(error: FortiOSError) -> dict[str, Any]:
    """What playbooks may want to decide by."""
    return {name: value for name, value in error.to_dict().items() if name in _ERROR_FACTS}


def sentence(text: str) -> str:
    """`text` with a capital letter and a full stop."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else text + "."
