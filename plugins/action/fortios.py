# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Runs every module of the collection inside Ansible's worker process, where a call costs milliseconds.

The module's file does the same where it has to run as a process of its own: on another machine, with ``async``, with
an ``environment``, or where Ansible's own Python lacks httpx.
"""

from __future__ import annotations

import gc
import importlib.util
import sys
from collections.abc import Mapping
from functools import cache, partial
from typing import Any

from ansible.plugins.action import ActionBase
from ansible.utils.display import Display

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.connection import (
    HTTPAPI,
    NETWORK_OS,
    Client,
    client_for,
)
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.job import Job
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.main import call
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.endpoint import Endpoint
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.errors import FortiOSError
from ansible_collections.hfortix.fortios.plugins.plugin_utils.core import (
    httpapi_socket,
    module_file,
    plain,
    resolved_connection,
    shows_invocation,
)

display = Display()

#: What comes of a background job, another task tells, which knows nothing of secrets.
_SHOWN_BY_ASYNC = (
    "What this module returns holds a secret, which a background job would show. Leave out async, or set no_log: true "
    "here and on the task that asks for the result."
)


class ActionModule(ActionBase):
    _requires_connection = False
    _supports_check_mode = True
    _supports_async = True

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        # What this process has from the playbook's is not its to collect: looking at it would copy all of it.
        gc.freeze()
        result: dict[str, Any] = super().run(tmp, task_vars)
        task_vars = task_vars or {}
        variables = self._host_variables(task_vars)
        over_httpapi = self._connection_name(variables) == HTTPAPI
        name, module = module_file(self._task)
        job = _job(module)
        if self._task.async_val and job.secrets and not self._task.no_log:
            return {**result, "failed": True, "msg": _SHOWN_BY_ASYNC}
        if self._task.async_val or not (over_httpapi or self._local_suffices()):
            return result | _private(job, self._run_module_file(task_vars, variables, over_httpapi))

        def connect(params: Mapping[str, Any]) -> Client:
            socket = partial(self._socket, variables) if over_httpapi else None
            return client_for(params, socket, self._progress)

        arguments = {name: plain(value) for name, value in self._task.args.items() if not name.startswith("_ansible_")}
        check, diff = bool(self._task.check_mode), bool(self._task.diff)
        result |= _private(job, call(job, name, arguments, connect, check=check, diff=diff))
        if not shows_invocation(task_vars):
            del result["invocation"]
        return result

    def _host_variables(self, task_vars: Mapping[str, Any]) -> Mapping[str, Any]:
        """The variables of the host that the task goes to."""
        host = self._task.delegate_to
        if not host:
            return task_vars
        variables: Mapping[str, Any] = task_vars.get("ansible_delegated_vars", {}).get(host, {})
        return variables

    def _connection_name(self, variables: Mapping[str, Any]) -> str:
        name = self._template("ansible_connection", variables) or self._task.connection
        return resolved_connection(str(name))

    def _template(self, name: str, variables: Mapping[str, Any]) -> Any:
        if name not in variables:
            return None
        return self._templar.copy_with_new_env(available_variables=variables).template(variables[name])

    def _local_suffices(self) -> bool:
        """Whether this process can do what the module's file would, in a direct connection from this machine."""
        return (
            self._connection.transport == "local"
            and not any(self._task.environment or ())
            and importlib.util.find_spec("httpx") is not None
        )

    def _progress(self, done: int, total: int) -> None:
        display.v(f"{self._task.get_name()}: {done} of {total} requests done", host=self._play_context.remote_addr)

    def _socket(self, variables: Mapping[str, Any], answering: bool = True) -> str:
        """The socket of the persistent process, which ends with the play. See `httpapi_socket`."""
        network_os = self._template("ansible_network_os", variables)
        if network_os != NETWORK_OS:
            raise FortiOSError(
                f"the variable ansible_network_os is {network_os or 'not set'}", hint=f"Set it to {NETWORK_OS}"
            )
        templar = self._templar.copy_with_new_env(available_variables=variables)
        path = httpapi_socket(self._task, self._play_context, templar, variables, answering=answering)
        # Here core looks for connections to close at the end of the play.
        self._task.args["_ansible_socket"] = path
        return path

    def _run_module_file(
        self, task_vars: dict[str, Any], variables: Mapping[str, Any], over_httpapi: bool
    ) -> dict[str, Any]:
        if over_httpapi:
            try:
                self._connection._socket_path = self._socket(variables)
            except FortiOSError as error:
                return {"failed": True, "msg": str(error)}
            # The module runs here. Set in place, so that core looks after a background job with the same interpreter.
            task_vars.setdefault("ansible_python_interpreter", sys.executable)
        in_background = bool(self._task.async_val and not self._connection.has_native_async)
        result: dict[str, Any] = self._execute_module(task_vars=task_vars, wrap_async=in_background)
        if not in_background:
            self._remove_tmp_path(self._connection._shell.tmpdir)
        return result


def _private(job: Job, result: dict[str, Any]) -> dict[str, Any]:
    """`result`, kept out of all output where it holds a secret, as with ``no_log``: `register` has it all the same."""
    return {**result, "_ansible_no_log": True} if job.secrets & result.keys() else result


@cache
def _job(module: Any) -> Job:
    """The job that the file of a module holds, or that which it makes of the endpoint class that it imports.

    A loop runs in one process, which makes it once.
    """
    if isinstance(job := getattr(module, "JOB", None), Job):
        return job
    classes = (item for item in vars(module).values() if isinstance(item, type) and issubclass(item, Endpoint))
    made: Job = module.job(next(classes))
    return made
