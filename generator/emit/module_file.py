# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The file of a generated module: its documentation, and a main that makes the job of its endpoint and runs it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..model import Endpoint
from .header import HEADER
from .literal import LINE_LENGTH
from .yamltext import dump

COLLECTION = "hfortix.fortios"
IMPORT_ROOT = "ansible_collections.hfortix.fortios.plugins.module_utils"
AUTHOR = "The hfortix.fortios developers (@hfortix)"
VERSION_ADDED = "1.0.0"

_TEMPLATE = """\
#!/usr/bin/python
{header}# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r\"\"\"
---
{documentation}\"\"\"

EXAMPLES = r\"\"\"
---
{examples}\"\"\"

RETURN = r\"\"\"
---
{returns}\"\"\"

{imports}


def main() -> None:
    run(job({class_name}))


if __name__ == "__main__":
    main()
"""


def source(
    endpoint: Endpoint,
    endpoint_module: str,
    *,
    bridge: str,
    documentation: Mapping[str, Any],
    examples: str,
    returns: Mapping[str, Any],
) -> str:
    """The source of the module for an endpoint whose class is in ``api.<endpoint_module>``.

    `bridge` is the file below ``module_utils/bridge`` that makes the job. `documentation` has what differs between
    modules, without the options that fragments document.
    """
    imports = {
        f"{IMPORT_ROOT}.bridge.{bridge}": "job",
        f"{IMPORT_ROOT}.bridge.main": "run",
        f"{IMPORT_ROOT}.hfortix_fortios.api.{endpoint_module}": endpoint.class_name,
    }
    return _TEMPLATE.format(
        header=HEADER,
        documentation=dump(_complete(endpoint, documentation)),
        examples=examples.removeprefix("---\n"),
        returns=dump(returns),
        imports="\n".join(_import(module, name) for module, name in sorted(imports.items())),
        class_name=endpoint.class_name,
    )


def _complete(endpoint: Endpoint, documentation: Mapping[str, Any]) -> dict[str, Any]:
    fragments = [f"{COLLECTION}.{name}" for name in documentation["fragments"]]
    return {
        "module": endpoint.module,
        "short_description": documentation["short_description"],
        "version_added": VERSION_ADDED,
        "description": documentation["description"],
        "author": [AUTHOR],
        "extends_documentation_fragment": fragments,
        "options": documentation["options"],
    }


def _import(module: str, name: str) -> str:
    line = f"from {module} import {name}"
    return line if len(line) <= LINE_LENGTH else f"from {module} import (\n    {name},\n)"
