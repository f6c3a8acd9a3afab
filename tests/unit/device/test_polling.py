# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Asking again: until the answer is good, until the time is over, across what may pass."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, repeat

import pytest

from ansible_collections.hfortix.fortios.plugins.module_utils.device import polling
from ansible_collections.hfortix.fortios.plugins.module_utils.device.polling import poll
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.errors import (
    AuthenticationError,
    ServerError,
    TransportError,
)


@pytest.fixture(autouse=True)
def short_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polling, "PAUSE", 0.01)


def asking(*answers: str | Exception) -> Callable[[], str]:
    """Gives the answers one after the other, the last one for ever."""
    following: Iterator[str | Exception] = chain(answers, repeat(answers[-1]))

    def ask() -> str:
        answer = next(following)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return ask


def good(answer: str) -> bool:
    return answer == "good"


def test_until_the_answer_is_good() -> None:
    assert poll(asking(TransportError("gone"), "bad", ServerError("not ready"), "good"), good, 5) == "good"


def test_until_the_time_is_over() -> None:
    assert poll(asking("bad", TransportError("gone")), good, 0.05) == "bad"
    assert poll(asking(TransportError("gone")), good, 0.05) is None
    assert poll(asking("good"), good, 0) == "good"


def test_a_refusal_ends_it() -> None:
    with pytest.raises(AuthenticationError):
        poll(asking("bad", AuthenticationError("no")), good, 5)
