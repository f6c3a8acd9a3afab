# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every module documents exactly the arguments that it takes."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import yaml

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.job import Job
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.endpoint import Endpoint

PLUGINS = "ansible_collections.hfortix.fortios.plugins"
COMPARED = ("type", "elements", "choices", "default", "required")


@cache
def fragment(name: str) -> dict[str, Any]:
    module = import_module(f"{PLUGINS}.doc_fragments.{name.rpartition('.')[2]}")
    options: dict[str, Any] = yaml.safe_load(module.ModuleDocFragment.DOCUMENTATION)["options"]
    return options


def essence(options: dict[str, Any], below: str) -> dict[str, Any]:
    """What documentation and specification both say; `below` is the member that holds the options of an option."""
    result = {}
    for name, facts in options.items():
        result[name] = {key: facts[key] for key in COMPARED if key in facts}
        if facts.get(below):
            result[name]["options"] = essence(facts[below], below)
    return result


def job_of_module(module: Any) -> Job | None:
    """None for a module that only documents."""
    if hasattr(module, "JOB"):
        job: Job = module.JOB
        return job
    classes = [item for item in vars(module).values() if isinstance(item, type) and issubclass(item, Endpoint)]
    made: Job | None = module.job(classes[0]) if classes else None
    return made


def test_documentation_equals_argument_specification(root: Path) -> None:
    names = sorted(path.stem for path in (root / "plugins/modules").glob("*.py"))
    different = []
    for name in names:
        module = import_module(f"{PLUGINS}.modules.{name}")
        job = job_of_module(module)
        if job is None:
            continue
        documentation = yaml.load(module.DOCUMENTATION, Loader=yaml.CSafeLoader)
        options = dict(documentation["options"])
        for extended in documentation["extends_documentation_fragment"]:
            options |= fragment(extended)
        if essence(options, "suboptions") != essence(job.argument_spec, "options"):
            different.append(name)
    assert len(names) >= 1390
    assert different == []
