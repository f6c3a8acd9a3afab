# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""``meta/runtime.yml``: the action group, the action plugin of each module, and the names of an older collection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..migration.names import PREFIX
from .header import HEADER
from .module_file import COLLECTION

REQUIRES_ANSIBLE = ">=2.16.0"
GROUP = "fortios"


def runtime(
    configuration: Sequence[str],
    *,
    others: Sequence[str] = (),
    former: Mapping[str, str] | None = None,
    action_plugin: str | None,
) -> str:
    """The file for all modules, each run by `action_plugin` (full name) if there is one.

    A playbook for the older collection finds the modules when it changes the name of the collection: those of the
    configuration under the old prefix, and what `former` says of other names, as far as the modules are there.
    What repeats is an alias, which loads faster: every process that Ansible starts reads the file.
    """
    names = sorted([*configuration, *others])
    successors = {f"{PREFIX}{name}": name for name in configuration}
    successors |= {name: successor for name, successor in (former or {}).items() if successor in names}
    routes = {name: f"{{redirect: {COLLECTION}.{successor}}}" for name, successor in successors.items()}
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
