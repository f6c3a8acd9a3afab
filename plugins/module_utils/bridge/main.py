# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main of every module, and the part of it that the action plugin shares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ansible.module_utils.basic import AnsibleModule
from ansible.module_utils.common.arg_spec import ArgumentSpecValidator
from ansible.module_utils.common.parameters import remove_values
from ansible.module_utils.errors import UnsupportedError

from ..hfortix_fortios.errors import FortiOSError, PermissionDeniedError
from ..resource.task import TaskError
from .connection import Client, client_for
from .job import Answer, Call, Job, error_facts, sentence

#: Makes the client for validated parameters. It connects with the first request.
Connect = Callable[[Mapping[str, Any]], Client]


def perform(job: Job, params: Mapping[str, Any], connect: Connect, *, check: bool, diff: bool) -> Answer:
    """Carry out a module call whose `params` are validated. Whatever a task or a device may cause is in the answer."""
    try:
        client = connect(params)
        try:
            return job.work(Call(params, client, check, diff))
        finally:
            client.close()
    except TaskError as error:
        return Answer(failed=str(error))
    except FortiOSError as error:
        _explain(error, params.get("vdom"))
        return Answer({"error": error_facts(error)}, failed=sentence(str(error)))


def _explain(error: FortiOSError, vdoms: Any) -> None:
    """Say what else a refusal may mean where a task names vdoms: a device denies access to one that it has not."""
    names = vdoms if isinstance(vdoms, str) else ", ".join(vdoms or ())
    if names and isinstance(error, PermissionDeniedError) and f"vdom {names}" not in str(error.hint):
        error.hint = "; ".join(filter(None, (error.hint, f"there may be no vdom {names}")))


def call(
    job: Job, name: str, arguments: Mapping[str, Any], connect: Connect, *, check: bool, diff: bool
) -> dict[str, Any]:
    """Do in this process what the module `name` does with `arguments`, and return the same result."""
    checked = ArgumentSpecValidator(job.argument_spec, **job.constraints).validate(dict(arguments))
    params = checked.validated_parameters
    if checked.errors.errors:
        # AnsibleModule, which refuses arguments in a module's own process, tells all of them.
        answer = Answer({"invocation": {"module_args": job.hide(params)}}, failed=_invalid(checked.errors, name))
    else:
        answer = perform(job, params, connect, check=check, diff=diff)
    result = {"invocation": _invocation(job, params), **answer.members}
    if answer.failed:
        result |= {"failed": True, "msg": answer.failed}
    if answer.warnings:
        result["warnings"] = answer.warnings
    if checked._no_log_values:
        masked: dict[str, Any] = remove_values(result, checked._no_log_values)
        return masked
    return result


def _invocation(job: Job, params: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments as results tell them, but for those not given: they would be most of a long result."""
    return {"module_args": _given(job.hide(params))}


def _given(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _given(item) for name, item in value.items() if item is not None}
    if isinstance(value, list):
        return [_given(item) for item in value]
    return value


def _invalid(errors: Any, name: str) -> str:
    """The message of AnsibleModule for arguments that its specification refuses."""
    if isinstance(errors[0], UnsupportedError):
        return f"Unsupported parameters for ({name}) module: {errors.msg}"
    return str(errors.msg)


class _Module(AnsibleModule):
    """A module whose arguments are logged, and told where they are refused, as its job has it."""

    params: dict[str, Any]

    def __init__(self, job: Job) -> None:
        self._job = job
        super().__init__(job.argument_spec, supports_check_mode=True, **job.constraints)

    def _log_invocation(self) -> None:
        given, self.params = self.params, self._job.hide(self.params)
        super()._log_invocation()
        self.params = given

    def _return_formatted(self, kwargs: dict[str, Any]) -> None:
        kwargs.setdefault("invocation", {"module_args": self._job.hide(self.params)})
        super()._return_formatted(kwargs)


def run(job: Job) -> None:
    """Run as the module's own process."""
    module = _Module(job)
    socket: str | None = module._socket_path
    answer = perform(
        job,
        module.params,
        lambda params: client_for(params, (lambda _answering: socket) if socket else None),
        check=module.check_mode,
        diff=module._diff,
    )
    for warning in answer.warnings:
        module.warn(warning)
    members = {**answer.members, "invocation": _invocation(job, module.params)}
    if answer.failed:
        module.fail_json(msg=answer.failed, **members)
    module.exit_json(**members)
