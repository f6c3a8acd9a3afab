# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the time of a task goes, by a profile of the process that it runs in."""

from __future__ import annotations

import pstats
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from .play import Plays, Task

FOLDER = Path(__file__).parent / "profiling"

#: What is told of: the end of a file's name, and a function in it.
PARTS: dict[str, tuple[str, str]] = {
    "the task in its process": ("executor/task_executor.py", "run"),
    "templating its arguments (ansible-core)": ("playbook/task.py", "_post_validate_args"),
    "finding and starting the persistent process": ("plugin_utils/core.py", "httpapi_socket"),
    "loading the module and its endpoint": ("plugin_utils/core.py", "module_file"),
    "validating the arguments (ansible-core)": ("common/arg_spec.py", "validate"),
    "turning them into the device's form, and checking": ("resource/normalise.py", "from_config"),
    "waiting for the persistent process": ("module_utils/connection.py", "recv_data"),
    "comparing and planning": ("resource/engine.py", "_plan"),
    "presenting the result": ("resource/present.py", "planned"),
    "presenting what was done": ("resource/present.py", "carried_out"),
}


def seconds_by_part(plays: Plays, tasks: Sequence[Task], variables: Mapping[str, Any]) -> dict[str, float]:
    """The time of each part of the last of `tasks`, under a profiler, which makes Python's share larger than it is."""
    with tempfile.TemporaryDirectory() as folder:
        settings = {**plays.settings, "PYTHONPATH": str(FOLDER), "PROFILES": folder}
        replace(plays, settings=settings).seconds("ours", tasks, variables)
        last = max(Path(folder).iterdir(), key=lambda path: int(path.name))
        profile: Any = pstats.Stats(str(last))
    found = dict.fromkeys(PARTS, 0.0)
    for (file, _line, function), (_calls, _all, _own, cumulative, _callers) in profile.stats.items():
        for part, (ending, name) in PARTS.items():
            if function == name and file.endswith(ending):
                found[part] = max(found[part], cumulative)
    return {part: seconds for part, seconds in found.items() if seconds >= 0.0005}
