# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many endpoints in one task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..bridge.argspec import Spec, connection_spec
from ..bridge.job import Answer, Call, error_facts, sentence
from ..hfortix_fortios.errors import masked_by_name
from .reads import Found, Question, ask

_TEXTS: Spec = {"type": "list", "elements": "str"}

QUERY_SPEC: Spec = {
    "queries": {
        "type": "list",
        "elements": "dict",
        "required": True,
        "options": {
            "endpoint": {"type": "str", "required": True},
            "filter": _TEXTS,
            "sort": _TEXTS,
            "fields": _TEXTS,
            "vdoms": _TEXTS,
            "params": {"type": "dict"},
        },
    },
    "vdom": {"type": "str"},
    "version_check": {"type": "str", "choices": ["warn", "fail", "ignore"], "default": "fail"},
    **connection_spec(),
}


def query(call: Call) -> Answer:
    """Read all endpoints, whatever becomes of some of them.

    :raises TaskError: a query is not possible; nothing was sent
    """
    found = ask(call.client, [_question(item, call.params["vdom"]) for item in call.params["queries"]])
    tolerant = call.params["version_check"] != "fail"
    kept = [item for item in found if not (tolerant and item.absent)]
    answer = Answer({"changed": False, "results": [_result(item) for item in kept]})
    if call.params["version_check"] == "warn":
        answer.warnings = [f"{item.error}. Left out." for item in found if item.absent]
    failed = [item for item in kept if item.error is not None]
    if failed and (error := failed[0].error):
        answer.failed = _failure(failed, kept)
        answer.members["error"] = error_facts(error)
    return answer


def hide(params: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments as results and logs may tell them: a parameter of the API may be a secret."""
    return {name: masked_by_name(value) if name == "queries" else value for name, value in params.items()}


def _question(item: Mapping[str, Any], vdom: str | None) -> Question:
    given = {name: value for name, value in item.items() if value is not None}
    return Question(**{"vdoms": [vdom] if vdom else [], **given})


def _result(found: Found) -> dict[str, Any]:
    result: dict[str, Any] = {"endpoint": found.question.endpoint, "vdom": found.vdom}
    if found.error is not None:
        return {**result, "error": {**error_facts(found.error), "msg": sentence(str(found.error))}}
    return {**result, found.kind: found.value}


def _failure(failed: Sequence[Found], all_found: Sequence[Found]) -> str:
    first = failed[0]
    text = sentence(f"could not read {first.question.endpoint}: {first.error}")
    if len(all_found) == 1:
        return text
    done = len(all_found) - len(failed)
    return f"{text} Of {len(all_found)} reads: {done} done, {len(failed)} failed; results has each."
