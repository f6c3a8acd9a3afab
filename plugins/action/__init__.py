# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Loads the action plugin where core first looks for it: in the playbook's own process, while it reads the tasks.

Core would load the plugin in the process of each task, and all that it imports.
"""

from __future__ import annotations

from ..plugin_utils import compiled

compiled.install()

from .. import modules
from ..module_utils.bridge import configuration, operation
from ..module_utils.hfortix_fortios import configuration as tables
from ..module_utils.hfortix_fortios import operations
from ..module_utils.hfortix_fortios.api import cmdb, monitor
from . import fortios

__all__ = ["cmdb", "configuration", "fortios", "modules", "monitor", "operation", "operations", "tables"]
