# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Loads the action plugin where core first looks for it: in the playbook's own process, while it reads the tasks.

Core would load the plugin in the process of each task, and all that it imports. One module is loaded for the sake of
their folder, which is then known.
"""

from __future__ import annotations

from ..plugin_utils import compiled

compiled.install()

from ..module_utils.bridge import configuration, operation
from ..module_utils.hfortix_fortios import configuration as tables
from ..module_utils.hfortix_fortios import operations
from ..module_utils.hfortix_fortios.api import cmdb, monitor
from ..modules import firewall_address
from . import fortios

__all__ = ["cmdb", "configuration", "firewall_address", "fortios", "monitor", "operation", "operations", "tables"]
