# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The names that playbooks for fortinet.fortios use: its modules, and the selectors of those that read and act."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml

from ..emit import yamltext

COLLECTION = "fortinet.fortios"
#: What the names of its modules begin with.
PREFIX = "fortios_"
FILE = Path(__file__).with_name("names.yml")

CONFIGURATION, LOG, MONITOR, ACTION = (
    "fortios_configuration_fact",
    "fortios_log_fact",
    "fortios_monitor_fact",
    "fortios_monitor",
)


@dataclass(frozen=True)
class Names:
    """The names in one release of the collection. `selectors` are those of each module that takes one."""

    version: str
    modules: Sequence[str]
    selectors: Mapping[str, Sequence[str]]


def read() -> Names:
    """The names as the repository keeps them."""
    return Names(**yaml.safe_load(FILE.read_text(encoding="utf-8")))


def take(folder: Path) -> Names:
    """The names in the collection that is installed in `folder`.

    :raises OSError: it is not there
    :raises ValueError: a file of it is not as expected
    """
    manifest = json.loads((folder / "MANIFEST.json").read_text(encoding="utf-8"))
    modules = sorted(file.stem for file in (folder / "plugins/modules").glob(f"{PREFIX}*.py"))
    selectors = {
        name: _choices(folder / f"plugins/modules/{name}.py") for name in (CONFIGURATION, LOG, MONITOR, ACTION)
    }
    return Names(manifest["collection_info"]["version"], modules, selectors)


def write(names: Names) -> None:
    """Keep `names` in the repository."""
    heading = f"---\n# Names in the collection {COLLECTION}, taken by `python -m generator import-names`.\n"
    FILE.write_text(heading + yamltext.dump(asdict(names)), encoding="utf-8")


def _choices(file: Path) -> list[str]:
    """The values that the option ``selector`` of a module may have, by its documentation."""
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "DOCUMENTATION":
            documentation: Any = yaml.safe_load(ast.literal_eval(node.value))
            return sorted(documentation["options"]["selector"]["choices"])
    raise ValueError(f"{file} has no documentation")
