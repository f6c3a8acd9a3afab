# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The state engine: one path from a task to its result, for every endpoint and every state.

Read, compare, plan; check mode stops there; apply; present. A task that finds everything as wanted makes one GET
and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..hfortix_fortios.errors import UnsupportedError
from ..hfortix_fortios.http.interface import IHTTPClient
from ..hfortix_fortios.names import option_name
from ..hfortix_fortios.schema import Release, Schema, release_text
from ..hfortix_fortios.values import canonical, release_problems, without_missing
from .apply import apply
from .normalise import from_config, in_options
from .order import parse_placement
from .plan import Matched, NewKey, Plan, match, names_its_rows, plan_singleton, plan_table
from .present import as_config, carried_out, planned
from .read import Reading, read, read_defaults, target
from .task import Result, Task, TaskError

Values = dict[str, Any]


def run(schema: Schema, client: IHTTPClient | None, task: Task) -> Result:
    """Carry out one module call. `client` may be None for the states that need no device.

    :raises TaskError: the task is not possible as it is written; nothing was sent
    :raises FortiOSError: the device could not be read, so nothing was written
    """
    if task.state == "parsed":
        return _parsed(schema, task)
    _check_task(schema, task)
    wanted = from_config(schema, task.config) if task.config is not None else []
    if task.state == "rendered":
        from ..hfortix_fortios.cli.render import render

        return Result(output={"rendered": render(schema, wanted)})
    if client is None:
        raise TaskError(f"state {task.state} needs a device, and there is no connection to one.")
    try:
        reading = read(schema, client, task, wanted)
    except UnsupportedError as error:
        if task.version_check != "warn":
            raise
        return Result(warnings=[f"{error}. Left out."])
    if task.state == "gathered":
        return _gathered(schema, task, wanted, reading)
    warnings: list[str] = []
    matched = match(schema, wanted, reading.rows)
    if reading.release is not None and task.state != "deleted":
        matched = _for_release(schema, task, matched, reading.release, warnings)
    plan = _plan(schema, client, task, matched, reading)
    params = target(schema, task.vdom)
    if task.check or not plan.steps:
        result = planned(schema, plan, task, params)
    else:
        result = carried_out(schema, plan, apply(schema, client, plan, task, params), task, params)
    result.meta = reading.meta()
    result.warnings = [*warnings, *_plan_warnings(schema, plan), *result.warnings]
    return result


def _parsed(schema: Schema, task: Task) -> Result:
    if not task.running_config:
        raise TaskError("running_config: state parsed reads this text; give the output of show or a backup.")
    from ..hfortix_fortios.cli.parse import parse

    text = parse(task.running_config, lambda words: schema if words == schema.cli_path else None)
    rows = [row for section in text.sections for row in section.objects]
    result = Result(output={"parsed": as_config(schema, rows)})
    result.meta = {
        "not_parsed": [
            {"line": item.line, "text": item.text, "reason": item.reason, "lines": item.lines} for item in text.unknown
        ]
    }
    return result


def _check_task(schema: Schema, task: Task) -> None:
    """Refuse what can be refused without asking the device."""
    if task.config is None and task.state not in ("gathered", "parsed"):
        raise TaskError(f"config: state {task.state} needs it.")
    if schema.is_table and task.state == "overridden" and not task.config:
        raise TaskError(
            "config: an empty list under state overridden would delete every row; name the rows to keep, "
            "or use state deleted for those to delete."
        )
    if task.placement is not None and task.placement not in ("first", "last"):
        parse_placement(task.placement)
    if task.parallel is not None and task.parallel < 1:
        raise TaskError("parallel: takes a number from 1 on.")


def _for_release(
    schema: Schema, task: Task, matched: list[Matched], release: Release, warnings: list[str]
) -> list[Matched]:
    """The objects without what the device's release lacks, each such thing warned of; or a refusal.

    :raises TaskError: version_check is fail and the release lacks something
    """
    if task.version_check == "ignore":
        return matched
    missing: list[str] = []
    for index, (item, actual) in enumerate(matched):
        where = f"config[{index}]" if schema.is_table else "config"
        lacking = release_problems(schema.fields, item, release, actual or {}, where)
        missing += [f"{in_options(path)} {reason}" for path, reason in lacking]
    if not missing:
        return matched
    text = f"The device runs FortiOS {release_text(release)}: {'; '.join(missing)}."
    if task.version_check == "fail":
        raise TaskError(f"{text} Remove it, or set version_check to warn to leave it out, or to ignore to send it.")
    warnings.append(f"{text} Left out.")
    return [(without_missing(schema.fields, item, release, actual or {}), actual) for item, actual in matched]


def _plan(schema: Schema, client: IHTTPClient, task: Task, matched: Sequence[Matched], reading: Reading) -> Plan:
    plan = _plan_with(schema, task, matched, reading, {})
    if plan.resets:
        # The catalogue's defaults are those of one release: before a reset is written, the device's own decide.
        defaults = read_defaults(schema, client, task)
        plan = _plan_with(schema, task, matched, reading, defaults) if defaults else plan
    return plan


def _plan_with(
    schema: Schema, task: Task, matched: Sequence[Matched], reading: Reading, defaults: Mapping[str, Any]
) -> Plan:
    if schema.is_table:
        return plan_table(schema, task, matched, reading.rows, dict(defaults))
    wanted, actual = matched[0]
    return plan_singleton(schema, task, wanted, actual or {}, dict(defaults))


def _gathered(schema: Schema, task: Task, wanted: Sequence[Values], reading: Reading) -> Result:
    rows = reading.rows
    if schema.is_table and task.config:
        mkey = schema.key.name
        keys = {canonical(schema.key, item[mkey]) for item in wanted if mkey in item}
        names = {item["name"] for item in wanted if mkey not in item and "name" in item}
        rows = [row for row in rows if canonical(schema.key, row.get(mkey)) in keys or row.get("name") in names]
    return Result(output={"gathered": as_config(schema, rows)}, meta=reading.meta())


def _plan_warnings(schema: Schema, plan: Plan) -> Iterator[str]:
    if plan.ignored:
        yield f"Computed by the device and not written: {', '.join(sorted(map(option_name, plan.ignored)))}."
    if (
        schema.is_table
        and not names_its_rows(schema)
        and any(isinstance(operation.key, NewKey) for operation in plan.operations())
    ):
        yield f"{schema.key.option} 0 asks the device for a number: every run creates another row. Give numbers."
