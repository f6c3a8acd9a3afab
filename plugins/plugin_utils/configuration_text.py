# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Configuration text as the data that the modules take, for plugins, which have every endpoint at hand."""

from __future__ import annotations

from typing import Any

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.endpoints import schema_of_words
from ansible_collections.hfortix.fortios.plugins.module_utils.content.part import GLOBAL
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.cli.parse import Parsed, parse
from ansible_collections.hfortix.fortios.plugins.module_utils.resource.present import as_config


def read(text: str) -> Parsed:
    """Parse `text` with the schema of every endpoint."""
    return parse(text, schema_of_words)


def by_module(parsed: Parsed, vdom: str | None) -> dict[str, Any]:
    """The `config` of each module that one virtual domain needs, by the name of the module, without secrets.

    `vdom` may be None for a text without virtual domains or of one alone, and `GLOBAL` for what is outside of them.

    :raises ValueError: the text has virtual domains and none is named, or not the one that is
    """
    names = [GLOBAL, *parsed.vdoms] if parsed.vdoms else []
    if names and vdom not in names:
        problem = f"no virtual domain {vdom!r}" if vdom else "several virtual domains, and vdom names none of them"
        raise ValueError(f"the text has {problem}; it has {', '.join(names)}")
    if vdom and not names and vdom != parsed.vdom:
        raise ValueError(f"the text has no virtual domains, and so none of the name {vdom!r}")
    wanted = vdom if names and vdom != GLOBAL else None
    return {item.schema.name: as_config(item.schema, item.objects) for item in parsed.sections if item.vdom == wanted}
