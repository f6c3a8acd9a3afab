# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Carry a plan out, and say of every write what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from ..hfortix_fortios.errors import FortiOSError, NotFoundError, TransportError
from ..hfortix_fortios.http.interface import IBatchClient, IHTTPClient, Outcome, Request
from ..hfortix_fortios.schema import Schema
from .plan import NewKey, Operation, Plan, Step
from .task import Task

CMDB = "/api/v2/cmdb"

Fate = Literal["done", "without effect", "failed", "unknown", "not attempted", "undone"]


@dataclass(frozen=True)
class Done:
    """One write and its fate. An undone write was made inside a transaction that was given up.

    Of an unknown one no answer came back: it may have taken effect. One without effect was accepted and changed
    nothing, since what it sets does not apply to the object as it is.
    """

    operation: Operation
    request: Request
    fate: Fate
    error: FortiOSError | None = None


@dataclass
class Applied:
    """Every write of a plan in order, and the keys that the device gave to new rows."""

    done: list[Done] = field(default_factory=list)
    assigned: dict[NewKey, Any] = field(default_factory=dict)
    error: FortiOSError | None = None

    @property
    def changed(self) -> bool:
        return any(item.fate == "done" for item in self.done)


def apply(schema: Schema, client: IHTTPClient, plan: Plan, task: Task, params: Mapping[str, str]) -> Applied:
    """Send the writes of a plan, step by step. After a step in which one failed, nothing more is sent.

    In a transaction all writes take effect or none. No error is raised for a write that the device refuses.

    :raises FortiOSError: the transaction could not be started
    """
    if not task.transaction or not plan.steps:
        return _apply_steps(schema, client, plan, task, params, {})
    number = _start_transaction(client, params)
    applied = _apply_steps(schema, client, plan, task, params, {"X-TRANSACTION-ID": str(number)})
    error = applied.error or _end_transaction(client, params, "commit", number)
    if error:
        fate: Fate = "unknown" if error is not applied.error and _is_uncertain(error) else "undone"
        if fate == "undone":
            # Should this fail, the transaction ends with its time.
            _end_transaction(client, params, "abort", number)
        applied.done = [replace(item, fate=fate) if item.fate in ("done", "unknown") else item for item in applied.done]
        applied.error = error
    return applied


def _is_uncertain(error: FortiOSError) -> bool:
    """The request may have taken effect all the same."""
    return isinstance(error, TransportError) and error.sent


def _end_transaction(
    client: IHTTPClient, params: Mapping[str, str], action: Literal["commit", "abort"], number: int
) -> FortiOSError | None:
    try:
        client.post(CMDB, params={**params, "action": f"transaction-{action}"}, json={"transaction-id": number})
    except FortiOSError as error:
        return error
    return None


def _start_transaction(client: IHTTPClient, params: Mapping[str, str]) -> int:
    answer = client.post(CMDB, params={**params, "action": "transaction-start"}, json={"timeout": 300})
    try:
        return int(answer["results"]["transaction-id"])
    except (KeyError, TypeError, ValueError):
        raise FortiOSError(
            "The device gave no transaction number", method="POST", path=CMDB, hint="Set transaction to false"
        ) from None


def _apply_steps(
    schema: Schema, client: IHTTPClient, plan: Plan, task: Task, params: Mapping[str, str], headers: Mapping[str, str]
) -> Applied:
    applied = Applied()
    for step in plan.steps:
        requests = [
            replace(operation.request(schema, params, applied.assigned), headers=headers)
            for operation in step.operations
        ]
        if applied.error:
            applied.done += [Done(*pair, "not attempted") for pair in zip(step.operations, requests, strict=True)]
            continue
        outcomes = _send(client, step, requests, 1 if step.serial else task.parallel)
        for operation, outcome in zip(step.operations, outcomes, strict=True):
            done = _done(operation, outcome)
            applied.done.append(done)
            applied.error = applied.error or done.error
            if isinstance(operation.key, NewKey) and done.fate == "done" and operation.action == "create":
                applied.assigned[operation.key] = _assigned_key(schema, outcome.answer)
    return applied


def _done(operation: Operation, outcome: Outcome) -> Done:
    gone_already = operation.action == "delete" and isinstance(outcome.error, NotFoundError)
    if outcome.error is not None and not gone_already:
        fate: Fate = "unknown" if _is_uncertain(outcome.error) else "failed"
        return Done(operation, outcome.request, fate, outcome.error)
    if not outcome.sent:
        return Done(operation, outcome.request, "not attempted")
    return Done(operation, outcome.request, "without effect" if _changed_nothing(operation, outcome) else "done")


def _changed_nothing(operation: Operation, outcome: Outcome) -> bool:
    """The device says that all is as it was before. Inside a transaction it says so of every write."""
    changed = outcome.answer.get("revision_changed") if isinstance(outcome.answer, Mapping) else None
    return operation.action == "update" and changed is False and not outcome.request.headers


def _assigned_key(schema: Schema, answer: Any) -> Any:
    key = answer.get("mkey") if isinstance(answer, Mapping) else None
    return int(str(key)) if schema.key.type == "integer" and str(key).isdigit() else key


def _send(client: IHTTPClient, step: Step, requests: Sequence[Request], parallel: int | None) -> list[Outcome]:
    if isinstance(client, IBatchClient) and len(requests) > 1:
        return client.batch(requests, parallel=parallel, stop=step.serial)
    outcomes: list[Outcome] = []
    failed = False
    for request in requests:
        if failed and step.serial:
            outcomes.append(Outcome(request, sent=False))
            continue
        try:
            answer = client.request(
                request.method, request.path, params=request.params, json=request.json, headers=request.headers
            )
            outcomes.append(Outcome(request, answer))
        except FortiOSError as error:
            failed = True
            outcomes.append(Outcome(request, error=error))
    return outcomes
