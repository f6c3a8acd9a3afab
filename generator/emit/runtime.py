# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""``meta/runtime.yml``: the action group, the action plugin of each module, and the names of an older collection."""

from __future__ import annotations

from collections.abc import Sequence

from .header import HEADER
from .modules import COLLECTION

REQUIRES_ANSIBLE = ">=2.16.0"
GROUP = "fortios"
#: Playbooks written for modules with this prefix find those of this collection when they change the collection's name.
OLD_PREFIX = "fortios_"


def runtime(generated: Sequence[str], *, handwritten: Sequence[str] = (), action_plugin: str | None) -> str:
    """The file for all modules, each run by `action_plugin` (full name) if there is one.

    What repeats is an alias, which loads faster: every process that Ansible starts reads the file.
    """
    routes = {f"{OLD_PREFIX}{name}": f"{{redirect: {COLLECTION}.{name}}}" for name in generated}
    names = sorted([*generated, *handwritten])
    if action_plugin:
        routes |= dict.fromkeys(names, "*plugin")
        routes[names[0]] = f"&plugin {{action_plugin: {action_plugin}}}"
    return (
        f"{HEADER}---\n"
        f'requires_ansible: "{REQUIRES_ANSIBLE}"\n'
        f"action_groups:\n  {GROUP}:\n"
        + "".join(f"    - {name}\n" for name in names)
        + "plugin_routing:\n  modules:\n"
        + "".join(f"    {name}: {route}\n" for name, route in sorted(routes.items()))
    )
