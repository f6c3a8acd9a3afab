# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every generated module: its documentation says what its argument specification does, and it names its endpoint."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.argspec import singleton_spec, table_spec
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.schema import Schema
from generator.catalogue import load
from generator.model import Endpoint

CATALOGUE = load()
COMPARED = ("type", "elements", "choices", "required", "default")


@cache
def fragment(root: Path, name: str) -> dict[str, Any]:
    """The options of a documentation fragment."""
    source = (root / f"plugins/doc_fragments/{name.rpartition('.')[2]}.py").read_text(encoding="utf-8")
    return _documents(source)["DOCUMENTATION"].get("options") or {}


def _documents(source: str) -> dict[str, Any]:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return {
        target.id: yaml.load(node.value.value, loader)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def facts(options: Mapping[str, Any], children: str) -> dict[str, Any]:
    """What documentation and specification must say alike, for each option, with the options inside it."""
    return {
        name: {key: option[key] for key in COMPARED if option.get(key) not in (None, False)}
        | ({"inside": facts(option[children], children)} if children in option else {})
        for name, option in options.items()
    }


@pytest.mark.parametrize("endpoint", CATALOGUE.family("cmdb"), ids=lambda endpoint: endpoint.module)
def test_documentation_and_specification_agree(endpoint: Endpoint, root: Path) -> None:
    source = (root / f"plugins/modules/{endpoint.module}.py").read_text(encoding="utf-8")
    documents = _documents(source)
    documentation = documents["DOCUMENTATION"]
    options = dict(documentation["options"])
    for name in documentation["extends_documentation_fragment"]:
        options |= fragment(root, name)
    schema = Schema.from_facts(endpoint.facts)
    spec = table_spec(schema) if schema.is_table else singleton_spec(schema)
    assert facts(options, "suboptions") == facts(spec, "options")
    assert documentation["module"] == endpoint.module
    assert documents["EXAMPLES"]
    assert documents["RETURN"]["changed"]["returned"] == "always"
    assert f"hfortix_fortios.api.{'.'.join(('cmdb', *endpoint.segments))} import" in source


def test_no_line_is_longer_than_ansible_allows(root: Path) -> None:
    long = [
        f"{file.name}:{number}"
        for folder in ("plugins/modules", "plugins/module_utils/hfortix_fortios/api")
        for file in (root / folder).rglob("*.py")
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > 160
    ]
    assert long == []


def test_an_endpoint_file_reaches_nothing_but_the_base(root: Path) -> None:
    """A module ships what static imports reach, those for type checkers too."""
    allowed = re.compile(r"\.+(configuration|endpoint|schema|_types)$")
    for endpoint in CATALOGUE.family("cmdb"):
        file = root / f"plugins/module_utils/hfortix_fortios/api/cmdb/{'/'.join(endpoint.segments)}.py"
        imports = [node for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.ImportFrom)]
        inside = [f"{'.' * node.level}{node.module}" for node in imports if node.level]
        assert all(allowed.match(name) for name in inside), (file, inside)


def test_every_package_is_empty(root: Path) -> None:
    api = root / "plugins/module_utils/hfortix_fortios/api"
    assert [file for file in api.rglob("*/__init__.py") if file.read_bytes()] == []
