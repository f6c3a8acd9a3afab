# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""With this folder on PYTHONPATH, ansible-playbook profiles what runs in the process of each task.

The profiles go to the folder that PROFILES names.
"""

from __future__ import annotations

import cProfile
import importlib.util
import os
import sys
import time
from importlib.abc import MetaPathFinder
from typing import Any

EXECUTOR = "ansible.executor.task_executor"


class Finder(MetaPathFinder):
    """Finds one module, and changes it once it is loaded."""

    def find_spec(self, name: str, path: Any, target: Any = None) -> Any:
        if name != EXECUTOR:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        assert spec is not None
        assert spec.loader is not None
        load = spec.loader.exec_module

        def exec_module(module: Any) -> None:
            load(module)
            run = module.TaskExecutor.run

            def profiled(executor: Any) -> Any:
                profile = cProfile.Profile()
                try:
                    return profile.runcall(run, executor)
                finally:
                    profile.dump_stats(f"{os.environ['PROFILES']}/{time.time_ns()}")

            module.TaskExecutor.run = profiled

        spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec


if "PROFILES" in os.environ:
    sys.meta_path.insert(0, Finder())
