# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main of every module, and the part of it that the action plugin shares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import remove_values
from ansible.module_utils.errors import UnsupportedError

from ..hfortix_fortios.errors import FortiOSError
from ..hfortix_fortios.schema import Schema
from ..resource import engine
from ..resource.task import Task, TaskError
from .argspec import Spec, constraints, singleton_spec, table_spec
from .connection import Client, client_for

if TYPE_CHECKING:
    from ..hfortix_fortios.configuration import Singleton, Table

#: The module options that a `Task` takes as they are.
_TASK_OPTIONS = (
    "state", "config", "vdom", "running_config", "update_secrets", "version_check",
    "parallel", "transaction", "placement", "ordered",
)  # fmt: skip


_ERROR_FACTS = ("type", "status", "code", "meaning", "cli_error", "method", "path", "field", "hint")

#: Makes the client for validated parameters.
Connect = Callable[[Mapping[str, Any]], Client]


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


def perform(schema: Schema, params: Mapping[str, Any], connect: Connect, *, check: bool, diff: bool) -> Answer:
    """Carry out a module call whose `params` are validated. Whatever a task or a device may cause is in the answer."""
    task = Task(check=check, diff=diff, **{name: params[name] for name in _TASK_OPTIONS if name in params})
    try:
        client = connect(params)
        try:
            result = engine.run(schema, client, task)
        finally:
            client.close()
    except TaskError as error:
        return Answer(failed=str(error))
    except FortiOSError as error:
        return Answer({"error": _facts(error)}, failed=_sentence(str(error)))
    return Answer(result.as_dict(), list(result.warnings), result.failed)


def call(
    schema: Schema, name: str, arguments: Mapping[str, Any], connect: Connect, *, check: bool, diff: bool
) -> dict[str, Any]:
    """Do in this process what the module `name` does with `arguments`, and return the same result."""
    checked = ArgumentSpecValidator(argument_spec(schema), **constraints(schema)).validate(dict(arguments))
    params = checked.validated_parameters
    if checked.errors.errors:
        # AnsibleModule, which refuses arguments in a module's own process, tells all of them.
        answer = Answer({"invocation": {"module_args": params}}, failed=_invalid(checked.errors, name))
    else:
        answer = perform(schema, params, connect, check=check, diff=diff)
    result = {"invocation": _invocation(params), **answer.members}
    if answer.failed:
        result |= {"failed": True, "msg": answer.failed}
    if answer.warnings:
        result["warnings"] = answer.warnings
    if checked._no_log_values:
        masked: dict[str, Any] = remove_values(result, checked._no_log_values)
        return masked
    return result


def _invocation(params: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments as results tell them, but for those not given: they would be most of a long result."""
    return {"module_args": _given(params)}


def _given(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _given(item) for name, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_given(item) for item in value]
    return value


def _facts(error: FortiOSError) -> dict[str, Any]:
    """What playbooks may want to decide by."""
    return {name: value for name, value in error.to_dict().items() if name in _ERROR_FACTS}


def _invalid(errors: Any, name: str) -> str:
    """The message of AnsibleModule for arguments that its specification refuses."""
    if isinstance(errors[0], UnsupportedError):
        return f"Unsupported parameters for ({name}) module: {errors.msg}"
    return str(errors.msg)


def _run(schema: Schema) -> None:
    module = AnsibleModule(argument_spec(schema), supports_check_mode=True, **constraints(schema))
    answer = perform(
        schema,
        module.params,
        lambda params: client_for(params, module._socket_path),
        check=module.check_mode,
        diff=module._diff,
    )
    for warning in answer.warnings:
        module.warn(warning)
    members = {**answer.members, "invocation": _invocation(module.params)}
    if answer.failed:
        module.fail_json(msg=answer.failed, **members)
    module.exit_json(**members)


def _sentence(text: str) -> str:
    """`text` with a capital letter and a full stop."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else text + "."
