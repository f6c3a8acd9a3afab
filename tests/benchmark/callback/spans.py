# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A callback plugin that writes to the file that SPANS names how long each task of a play took, in seconds."""

from __future__ import annotations

import json
import os
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

from ansible.plugins.callback import CallbackBase

DOCUMENTATION = """
name: spans
type: aggregate
short_description: How long each task of a play took
description:
  - Writes the seconds from the start of each task to that of the next one, as a list, to the file that SPANS names.
"""


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "aggregate"
    CALLBACK_NAME = "spans"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self) -> None:
        super().__init__()
        self._starts: list[float] = []

    def v2_playbook_on_task_start(self, task: Any, is_conditional: bool) -> None:
        self._starts.append(time.perf_counter())

    def v2_playbook_on_stats(self, stats: Any) -> None:
        ends = [*self._starts, time.perf_counter()]
        Path(os.environ["SPANS"]).write_text(json.dumps([end - start for start, end in pairwise(ends)]))
