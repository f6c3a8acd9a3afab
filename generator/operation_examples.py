# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The EXAMPLES block of the module of a monitor, log or service endpoint: one task, with real values.

``operation_samples.yml`` has the values; the rest follows from types.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

from hfortix_fortios.operation_schema import Parameter

from .examples import Task, tasks_yaml
from .model import Endpoint
from .text.data import read
from .text.operations import short_description

_BY_TYPE = {
    "string": "example",
    "integer": 1,
    "boolean": True,
    "double": 1.5,
    "array": ["example"],
    "object": {"name": "example"},
}


def example_yaml(endpoint: Endpoint) -> str:
    """The task in block YAML, without the document's start."""
    return tasks_yaml([task(endpoint)])


def task(endpoint: Endpoint) -> Task:
    """The task as data."""
    return {"name": short_description(endpoint), f"hfortix.fortios.{endpoint.module}": options(endpoint)}


def options(endpoint: Endpoint) -> dict[str, Any]:
    """The options of the module in its example."""
    operation = endpoint.operation
    written = _written(endpoint.id)
    values = written.get("params", {})
    params = {
        item.option: values[item.name] if item.name in values else _value(item)
        for item in operation.settings
        if item.required or item.name in values
    }
    found: dict[str, Any] = {"params": params} if params else {}
    if operation.sources:
        found["source"] = operation.sources[0]
    if operation.reads_log:
        found["rows"] = 50
    if operation.file and operation.file.required:
        found["src"] = "/var/tmp/file"
    if operation.download == "file":
        found["dest"] = "/var/tmp/file"
    if operation.restarts:
        found["wait"] = True
    found.update(written.get("options", {}))
    return found


def _value(parameter: Parameter) -> Any:
    if parameter.secret:
        return f"{{{{ {parameter.option} }}}}"
    usual = _BY_TYPE[parameter.type]
    written = _samples()["names"].get(parameter.name, usual)
    # The same name can stand for a text at one endpoint, and for a number at another.
    return written if type(written) is type(usual) else usual


@cache
def _samples() -> dict[str, Any]:
    content: dict[str, Any] = read(Path(__file__).with_name("operation_samples.yml"))
    return content


def _written(key: str) -> dict[str, Any]:
    """What is written for an endpoint, or for the first pattern that it fits."""
    for pattern, written in _samples()["endpoints"].items():
        if fnmatchcase(key, pattern):
            found: dict[str, Any] = written
            return found
    return {}
