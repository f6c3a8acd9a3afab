# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything that is generated, as a mapping of paths to contents."""

from __future__ import annotations

import yaml

from . import ROOT
from .catalogue import Catalogue
from .emit import migration, modules, operations, runtime, sdk
from .layout import tree
from .migration.answers import Answers, answers
from .migration.names import read
from .model import FAMILIES, Endpoint, Family

API = "plugins/module_utils/hfortix_fortios/api"
MODULES = "plugins/modules"
#: Folders that hold generated files (and perhaps hand-written ones).
OWNED = (API, MODULES)
#: Names the modules that are written by hand.
HANDWRITTEN = "generator/handwritten.yml"
#: The action plugin that runs every module, and the file whose presence switches it on.
ACTION_PLUGIN = "hfortix.fortios.fortios"
ACTION_PLUGIN_FILE = "plugins/action/fortios.py"


def build_endpoint(endpoint: Endpoint) -> tuple[str, str]:
    """The SDK file and the module of one endpoint, as if it were the only one of its family."""
    place = next(place for place in tree(endpoint.family, [endpoint]).walk() if place.endpoint)
    return sdk.endpoint_file(place, endpoint), _module(endpoint, place.module)


def _module(endpoint: Endpoint, endpoint_module: str) -> str:
    emit = modules.module if endpoint.family == "cmdb" else operations.module
    return emit(endpoint, endpoint_module)


def build(catalogue: Catalogue) -> dict[str, str]:
    """Paths relative to the root, with the content that each file should have."""
    files = {f"{API}/{name}": content for name, content in sdk.shared_files().items()}
    names: dict[Family, list[str]] = {family: [] for family in FAMILIES}
    for family in FAMILIES:
        root = tree(family, catalogue.family(family))
        files |= {f"{API}/{name}": content for name, content in sdk.files(root).items()}
        for place in root.walk():
            if place.endpoint:
                names[family].append(place.endpoint.module)
                files[f"{MODULES}/{place.endpoint.module}.py"] = _module(place.endpoint, place.module)
    plugin = ACTION_PLUGIN if (ROOT / ACTION_PLUGIN_FILE).exists() else None
    handwritten = yaml.safe_load((ROOT / HANDWRITTEN).read_text(encoding="utf-8"))
    configuration = names.pop("cmdb")
    others = [name for family in names.values() for name in family] + handwritten
    former = read()
    replaced = answers(former, catalogue)
    files["docs/migration.md"] = migration.page(former, replaced)
    files["meta/runtime.yml"] = runtime.runtime(
        configuration, others=others, former=_successors(replaced), action_plugin=plugin
    )
    return files


def _successors(replaced: Answers) -> dict[str, str]:
    """For each module of the older collection that had another name, the module to take instead."""
    return {name: answer.module for name, answer in replaced.modules.items() if not answer.path}
