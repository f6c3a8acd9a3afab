# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main of every module, and the part of it that the action plugin shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ansible.module_utils.basic import AnsibleModule

from ..hfortix_fortios.errors import FortiOSError
from ..hfortix_fortios.schema import Schema
from ..resource import engine
from ..resource.task import Task, TaskError
from .argspec import Spec, constraints, singleton_spec, table_spec
from .connection import Client, client_for

if TYPE_CHECKING:
    from ..hfortix_fortios.endpoint import Singleton, Table

#: The module options that a `Task` takes as they are.
_TASK_OPTIONS = (
    "state", "config", "vdom", "running_config", "update_secrets", "version_check",
    "parallel", "transaction", "placement", "ordered",
)  # fmt: skip


@dataclass
class Answer:
    """What a module call comes to: a failure if `failed` says why, and the members to return in either case."""

    members: dict[str, Any] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    failed: str = ""


def run_table(endpoint: type[Table[Any, Any]]) -> None:
    """Run as the module of a table."""
    _run(endpoint.schema())


def run_singleton(endpoint: type[Singleton[Any, Any]]) -> None:
    """Run as the module of a single object."""
    _run(endpoint.schema())


def argument_spec(schema: Schema) -> Spec:
    """The argument specification of the module of an endpoint."""
    return table_spec(schema) if schema.is_table else singleton_spec(schema)


def perform(schema: Schema, params: Mapping[str, Any], client: Client, *, check: bool, diff: bool) -> Answer:
    """Carry out a module call whose `params` are validated. Closes `client`; raises nothing that a device may cause."""
    task = Task(check=check, diff=diff, **{name: params[name] for name in _TASK_OPTIONS if name in params})
    try:
        result = engine.run(schema, client, task)
    except TaskError as error:
        return Answer(failed=_sentence(str(error)))
    except FortiOSError as error:
        return Answer({"error": error.to_dict()}, failed=_sentence(str(error)))
    finally:
        client.close()
    return Answer(result.as_dict(), list(result.warnings), result.failed)


def _run(schema: Schema) -> None:
    module = AnsibleModule(argument_spec(schema), supports_check_mode=True, **constraints(schema))
    client = client_for(module.params, module._socket_path)
    answer = perform(schema, module.params, client, check=module.check_mode, diff=module._diff)
    for warning in answer.warnings:
        module.warn(warning)
    if answer.failed:
        module.fail_json(msg=answer.failed, **answer.members)
    module.exit_json(**answer.members)


def _sentence(text: str) -> str:
    """`text` with a capital letter and a full stop."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else text + "."
