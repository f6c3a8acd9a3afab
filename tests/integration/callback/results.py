# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""A callback that writes what each task returned to the file that RESULTS_FILE names, whatever is shown beside it."""

from __future__ import annotations

import json
import os
import time
from typing import Any

from ansible.parsing.ajson import AnsibleJSONEncoder
from ansible.plugins.callback import CallbackBase

DOCUMENTATION = r"""
name: results
type: notification
short_description: Write the result of every task to a file
description:
  - A line of JSON for each task and host, with the number of the task in the order of execution, the host, the times
    of its beginning and end, and the whole result.
"""


class CallbackModule(CallbackBase):
    CALLBACK_VERSION = 2.0
    CALLBACK_TYPE = "notification"
    CALLBACK_NAME = "results"
    CALLBACK_NEEDS_ENABLED = True

    def __init__(self) -> None:
        super().__init__()
        self._task, self._began = -1, 0.0

    def v2_playbook_on_task_start(self, task: Any, is_conditional: bool) -> None:
        self._task, self._began = self._task + 1, time.time()

    def _write(self, result: Any, **fate: bool) -> None:
        line = {
            "task": self._task,
            "host": result._host.get_name(),
            "began": self._began,
            "ended": time.time(),
            "result": {**result._result, **fate},
        }
        with open(os.environ["RESULTS_FILE"], "a", encoding="utf-8") as file:
            file.write(json.dumps(line, cls=AnsibleJSONEncoder) + "\n")

    def v2_runner_on_ok(self, result: Any) -> None:
        self._write(result)

    def v2_runner_on_skipped(self, result: Any) -> None:
        self._write(result)

    def v2_runner_on_failed(self, result: Any, ignore_errors: bool = False) -> None:
        # ansible-core takes the member out before it calls.
        self._write(result, failed=True)

    def v2_runner_on_unreachable(self, result: Any) -> None:
        self._write(result, unreachable=True)
