# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Asking a device again until it answers as it shall, across lost connections and sessions."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from ..hfortix_fortios.errors import ServerError, TransportError

T = TypeVar("T")

#: Seconds between two questions.
PAUSE = 1.0


def poll(ask: Callable[[], T], good: Callable[[T], bool], seconds: float) -> T | None:
    """The first good answer; after `seconds`, the last answer that there was, if any.

    A device that does not answer, or that is not ready, is asked again. `ask` is called once at least.

    :raises FortiOSError: the device refuses the question
    """
    end = time.monotonic() + seconds
    answer: T | None = None
    while True:
        try:
            answer = ask()
            if good(answer):
                return answer
        except (ServerError, TransportError):
            # It may come back.
            pass
        left = end - time.monotonic()
        if left <= 0:
            return answer
        time.sleep(min(PAUSE, left))
