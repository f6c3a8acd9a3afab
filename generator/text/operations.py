# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Text about monitor, log and service endpoints: what they are for, their parameters, and the members of their results.

``data/operations/titles`` has a title for each endpoint, ``about.yml`` more about some. ``parameters.yml`` and
``members.yml`` say what names mean, for endpoints (or patterns of them) and for all; the glossary reads the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

from hfortix_fortios.operation_schema import Parameter

from ..model import Endpoint
from . import glossary
from .data import load, load_folder
from .openings import UNITS

_RAW = "/raw"
#: A title that begins so is about a question, not a thing.
_QUESTIONS = ("whether ", "how ", "which ", "what ")

_PREPOSITIONS = frozenset({"by", "for", "in", "of", "on", "to"})
#: What a count begins with that is no part of what is counted.
_SUMS = {"max": "maximum number", "default": "default number", "total": "total number"}


def short_description(endpoint: Endpoint) -> str:
    """One line without a period, e.g. ``Read the state of IPsec tunnels`` or ``Restart the device``."""
    if endpoint.id.endswith(_RAW):
        return f"Fetch {_title(endpoint.id.removesuffix(_RAW))} as text"
    title = _title(endpoint.id)
    if title[0].isupper():
        return title
    if title.startswith(_QUESTIONS):
        return f"Tell {title}"
    return f"{'Fetch' if endpoint.operation.download else 'Read'} {title}"


def _title(key: str) -> str:
    """The written title; of an endpoint that has none yet, its path in words."""
    for titles in load_folder("operations/titles"):
        if key in titles:
            return str(titles[key])
    return f"the {glossary.phrase(key.partition('/')[2])}"


def describe_operation(endpoint: Endpoint) -> list[str]:
    """Paragraphs: what it does, what to know about it, how the device is asked, and who may ask."""
    verb, _, rest = short_description(endpoint).partition(" ")
    first = glossary.sentence(f"{glossary.third_person(verb)} {rest}")
    return [first, *_about(endpoint.id), *_nature(endpoint), _request(endpoint)]


def _about(key: str) -> list[str]:
    written = load("operations/about.yml").get(key, [])
    return [written] if isinstance(written, str) else list(written)


def _nature(endpoint: Endpoint) -> Iterator[str]:
    operation = endpoint.operation
    if operation.has_entries:
        yield (
            "Entries are read in pages, from the newest on, until there are O(rows) of them or no more. A device that"
            " is still searching is waited for."
        )
        yield (
            "How a device answers is known from descriptions only. Members of the answer that are missing are left out"
            " of the result."
        )
    elif not operation.reads:
        yield "Every run does it again and reports a change. In check mode nothing is sent."
    if operation.tells_secret:
        yield (
            "The answer holds a secret. It is for registered variables, and kept out of output as with C(no_log). With "
            "C(async), where another task tells it, C(no_log) has to be set, on both tasks."
        )
    if operation.restarts:
        yield "The device restarts afterwards. O(wait) says whether the task ends when it is back."


def _request(endpoint: Endpoint) -> str:
    text = f"Asks the device for C({endpoint.method} /api/v2/{endpoint.family}/{endpoint.path})."
    group = endpoint.facts.get("access_group")
    if group == "any":
        return f"{text} Every administrator may do so."
    if group:
        return f"{text} The administrator's access profile must grant the access group C({group})."
    return text


def describe_parameter(endpoint: Endpoint, parameter: Parameter) -> list[str]:
    """Paragraphs about a parameter."""
    written = _written("parameters", endpoint.id, parameter.name)
    return [glossary.sentence(written or _opening(parameter.name, parameter.type))]


def describe_member(endpoint: Endpoint, name: str, fact: Mapping[str, Any]) -> str:
    """A sentence about a member of the results."""
    return glossary.sentence(_written("members", endpoint.id, name) or _opening(name, fact["type"]))


@cache
def _written(kind: str, key: str, name: str) -> str | None:
    """What is written about a name: for this endpoint, for a pattern that fits, or for all."""
    content = load(f"operations/{kind}.yml")
    for pattern, texts in content["endpoints"].items():
        if name in texts and fnmatchcase(key, pattern):
            return str(texts[name])
    text = content["names"].get(name)
    return str(text) if text is not None else None


def _opening(name: str, kind: str) -> str:
    """What a name and its type say."""
    parts = glossary.tokens(name)
    if kind == "boolean" or (parts[0] == "is" and len(parts) > 1):
        return f"whether {_truth(parts)}"
    if kind in ("integer", "number", "double"):
        return _number(parts)
    text = _words(parts)
    return f"{text}, as a list" if kind == "array" and not glossary.is_plural(text) else text


def _words(parts: Sequence[str]) -> str:
    return glossary.phrase("-".join(parts))


def _truth(parts: Sequence[str]) -> str:
    """What is true or false, behind "whether": "to include VLANs", "it is online", "SSL is enabled"."""
    first, *rest = parts
    last = parts[-1]
    if "is" in rest[:-1]:
        at = parts.index("is", 1)
        return f"{_words(parts[:at])} is {_words(parts[at + 1 :])}"
    if first == "is" and rest:
        return _being(rest)
    if glossary.is_state(first):
        return _being(parts)
    if not rest:
        return f"there is {_words(parts)}"
    if first in ("has", "supports", "uses", "can"):
        return f"it {first} {_words(rest)}"
    if last == "capable":
        return f"it is capable of {_words(parts[:-1])}"
    if glossary.is_state(last):
        return f"{_words(parts[:-1])} is {last}"
    return f"to {_words(parts)}" if glossary.is_verb(first) else f"there is {_words(parts)}"


def _being(parts: Sequence[str]) -> str:
    """What follows on "is" in a name: a state of it, a state of something, or what it is."""
    if parts[:2] == ["used", "by"] and len(parts) > 2:
        return f"it is used by {glossary.with_article(_words(parts[2:]))}"
    if glossary.is_state(parts[0]) and (len(parts) == 1 or parts[1] in _PREPOSITIONS):
        return f"it is {_words(parts)}"
    if glossary.is_state(parts[-1]):
        return f"{_words(parts[:-1])} is {parts[-1]}"
    return f"it is {glossary.with_article(_words(parts))}"


def _number(parts: list[str]) -> str:
    unit = ""
    if len(parts) > 1 and parts[-1] in UNITS and parts[-1] != "bytes":
        unit, parts = f", {UNITS[parts[-1]]}", parts[:-1]
    if "count" in parts[1:]:
        return _count(parts, parts.index("count", 1)) + unit
    if len(parts) > 1 and parts[0] in ("num", "number", "total"):
        return f"number of {glossary.plural(_words(parts[1:]))}{unit}"
    return _words(parts) + unit


def _count(parts: Sequence[str], at: int) -> str:
    """What "count" stands behind, and what follows on it: "number of clients", "number of offline clients"."""
    kind = parts[0] if parts[0] in _SUMS and at > 1 else ""
    counted = glossary.plural(_words(parts[bool(kind) : at]))
    return f"{_SUMS.get(kind, 'number')} of {' '.join(filter(None, (_words(parts[at + 1 :]), counted)))}"
