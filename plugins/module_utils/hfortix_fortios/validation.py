# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks against the catalogue before a request is sent: values, and what the device's release lacks."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from .errors import InvalidValueError
from .schema import Release, Versions, parse_release, release_text, told_release

if TYPE_CHECKING:
    from .place import Place
    from .values import ValueProblem

#: What to do about a value that the catalogue does not allow.
Level = Literal["off", "warn", "strict"]


class ValidationWarning(UserWarning):
    """A value that the catalogue does not allow is sent all the same."""


class Validation:
    """How strictly a device's requests are checked, and for which release.

    `release` is text such as ``7.6.5``; without it, the first answer that names its release decides, and until then
    everything that exists in some release passes.

    :raises ValueError: there is no such level, or the text holds no release
    """

    def __init__(self, level: Level = "off", release: str | None = None) -> None:
        if level not in ("off", "warn", "strict"):
            raise ValueError(f"validation is off, warn or strict, not {level!r}")
        self.level = level
        self.release = parse_release(release) if release else None

    def learn(self, answer: Any) -> None:
        """Take the release from an answer, unless it is known."""
        if self.release is not None:
            return
        envelope = answer[0] if isinstance(answer, list) and answer else answer
        # An answer may be not of the device's own, but of one that speaks for it.
        self.release = told_release(envelope.get("version")) if isinstance(envelope, Mapping) else None

    def check(self, title: str, problems: Iterator[ValueProblem]) -> None:
        """Warn of the problems, or refuse them, as the level says.

        :raises InvalidValueError: there is a problem, and the level is strict
        """
        if self.level == "off":
            return
        found = list(problems)
        if not found:
            return
        text = f"{title}: {'; '.join(map(str, found))}"
        if self.level == "strict":
            raise InvalidValueError(text, field=found[0].path, sent=False)
        warnings.warn(text, ValidationWarning, stacklevel=_level_outside())


def _level_outside() -> int:
    """The `stacklevel` of a warning in the caller that is about the code outside of this package."""
    frame, level = sys._getframe(1), 1
    while frame.f_back is not None and f"{frame.f_globals.get('__name__')}.".startswith(f"{__package__}."):
        frame, level = frame.f_back, level + 1
    return level


def place_problems(place: Place, values: Mapping[str, Any], release: Release | None) -> Iterator[ValueProblem]:
    """What is wrong with values (wire names, wire form) for a place in the configuration, on `release` if given."""
    from .values import ValueProblem, field_problems, release_problems

    yield from field_problems(place.fields, values)
    if release is None:
        return
    if release not in place.schema.versions:
        yield from _lacks(place.schema.path, place.schema.versions, release)
        return
    for path, reason in release_problems(place.fields, values, release, {}):
        yield ValueProblem(path, f"{reason}, not in {release_text(release)}")


def key_problems(place: Place, values: Mapping[str, Any]) -> Iterator[ValueProblem]:
    """A new row without its key. The device numbers rows itself where their key is a number."""
    from .values import ValueProblem

    if place.mkey is None or place.fields[place.mkey].type == "integer":
        return
    if values.get(place.mkey) in (None, ""):
        yield ValueProblem(place.mkey, "is the key of the row and must be given")


def parameter_problems(
    facts: Mapping[str, Any], method: str, given: Mapping[str, Any], release: Release | None
) -> Iterator[ValueProblem]:
    """What is wrong with the parameters (wire names) of a monitor, log or service endpoint."""
    from .values import ValueProblem

    if release is not None:
        yield from _lacks(facts["path"], Versions(facts.get("versions", "")), release)
    for name, value in given.items():
        fact = facts["methods"][method]["params"].get(name, {})
        options: Sequence[Any] = (
            facts["sources"] if name == "source" and "sources" in facts else fact.get("options", ())
        )
        wanted = _PYTHON_TYPES.get(fact.get("type"))
        if options and value not in options:
            yield ValueProblem(name, f"{value!r} is not an option. Options: {', '.join(map(str, options))}")
        elif wanted and (not isinstance(value, wanted[0]) or (isinstance(value, bool) and wanted[0] is not bool)):
            yield ValueProblem(name, f"takes {wanted[1]}, not {value!r}")


_PYTHON_TYPES: dict[str, tuple[Any, str]] = {
    "string": (str, "text"),
    "integer": (int, "a whole number"),
    "boolean": (bool, "true or false"),
    "number": ((int, float), "a number"),
    "double": ((int, float), "a number"),
    "array": ((list, tuple), "a list"),
    "object": (Mapping, "a dictionary"),
}


def _lacks(path: str, versions: Versions, release: Release) -> Iterator[ValueProblem]:
    from .values import ValueProblem

    if release not in versions:
        yield ValueProblem(path, f"exists in {versions}, not in {release_text(release)}")
