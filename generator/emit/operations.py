# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The modules of monitor, log and service endpoints."""

from __future__ import annotations

from typing import Any

from hfortix_fortios.operation_schema import OperationSchema, Parameter

from ..model import Endpoint
from ..texts import describe_operation, describe_parameter, operation_example_yaml, operation_title
from . import operation_returns
from .module_file import source

_TYPES = {
    "string": {"type": "str"},
    "integer": {"type": "int"},
    "boolean": {"type": "bool"},
    "double": {"type": "float"},
    "array": {"type": "list", "elements": "raw"},
    "object": {"type": "dict"},
}


def module(endpoint: Endpoint, endpoint_module: str) -> str:
    """The source of the module for an endpoint whose class is in ``api.<endpoint_module>``."""
    return source(
        endpoint,
        endpoint_module,
        bridge="operation",
        documentation={
            "short_description": operation_title(endpoint),
            "description": describe_operation(endpoint),
            "fragments": _fragments(endpoint.operation),
            "options": _options(endpoint),
        },
        examples=operation_example_yaml(endpoint),
        returns=operation_returns.returns(endpoint),
    )


def _fragments(operation: OperationSchema) -> list[str]:
    nature = (
        "log_reading"
        if operation.has_entries
        else "fetching"
        if operation.download
        else "reading"
        if operation.reads
        else "acting"
    )
    groups = {
        "selecting": operation.selects,
        "paging": operation.pages,
        "log_selecting": operation.reads_log,
        "waiting": operation.restarts,
    }
    return ["connection", nature, *(name for name, wanted in groups.items() if wanted)]


def _options(endpoint: Endpoint) -> dict[str, Any]:
    operation = endpoint.operation
    options: dict[str, Any] = {}
    if operation.settings:
        options["params"] = {
            "description": ["The parameters of the endpoint."],
            "type": "dict",
            **({"required": True} if any(item.required for item in operation.settings) else {}),
            "suboptions": {item.option: _suboption(endpoint, item) for item in operation.settings},
        }
    if operation.sources:
        options["source"] = {
            "description": ["Where the log is kept."],
            "type": "str",
            "choices": list(operation.sources),
            "default": operation.sources[0],
        }
    if operation.file:
        options["src"] = _path("The file to send, on the machine where the module runs.", operation.file.required)
    if operation.download:
        options["dest"] = _dest(operation)
    return options


def _suboption(endpoint: Endpoint, parameter: Parameter) -> dict[str, Any]:
    option: dict[str, Any] = {"description": describe_parameter(endpoint, parameter), **_TYPES[parameter.type]}
    if parameter.options:
        option["choices"] = list(parameter.options)
    if parameter.required:
        option["required"] = True
    return option


def _path(description: str, required: bool) -> dict[str, Any]:
    return {"description": [description], "type": "path", **({"required": True} if required else {})}


def _dest(operation: OperationSchema) -> dict[str, Any]:
    option = _path("The file to write, on the machine where the module runs.", operation.download == "file")
    option["description"] += ["Only its owner may read it. Its folder must exist."]
    if operation.download == "text":
        option["description"] += ["Without it, the text is returned as RV(content)."]
    return option
