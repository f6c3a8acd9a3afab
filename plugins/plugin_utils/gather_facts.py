# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Tells ansible-core which module gathers the facts of our devices; used on core 2.16 to 2.21.

Core finds the module for ``gather_facts: true`` in a table by ansible_network_os. The table is the default of a setting
of its own, and a collection has no other way into it. A setting or a variable of the user's takes precedence.
"""

from __future__ import annotations

from ansible import constants as C

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.connection import NETWORK_OS


def register() -> None:
    """Enter our module into the table of this process."""
    definition = C.config.get_configuration_definition("CONNECTION_FACTS_MODULES")
    definition["default"].setdefault(NETWORK_OS, "hfortix.fortios.facts")
