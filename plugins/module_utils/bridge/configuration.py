# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The modules of the configuration: the state engine at work for one endpoint."""

from __future__ import annotations

from typing import Any

from ..hfortix_fortios.endpoint import Endpoint
from ..hfortix_fortios.schema import Schema
from ..resource import engine
from ..resource.task import Task
from .argspec import constraints, singleton_spec, table_spec
from .job import Answer, Call, Job

#: The module options that a `Task` takes as they are.
_TASK_OPTIONS = (
    "state", "config", "vdom", "running_config", "update_secrets", "version_check",
    "parallel", "transaction", "placement", "ordered",
)  # fmt: skip


def job(endpoint: type[Endpoint[Any]]) -> Job:
    """The module of a table or of a single object."""
    return job_for(endpoint.schema())


def job_for(schema: Schema) -> Job:
    """The module of what `schema` describes."""

    def work(call: Call) -> Answer:
        options = {name: call.params[name] for name in _TASK_OPTIONS if name in call.params}
        result = engine.run(schema, call.client, Task(check=call.check, diff=call.diff, **options))
        return Answer(result.as_dict(), list(result.warnings), result.failed)

    return Job(work, table_spec(schema) if schema.is_table else singleton_spec(schema), constraints(schema))
