# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Loads the action plugin where core first looks for it: in the playbook's own process, while it reads the tasks.

Core would load the plugin in the process of each task, and all that it imports, and compile it again each time.
"""

from __future__ import annotations

from .. import modules as modules
from ..module_utils.hfortix_fortios import configuration as configuration
from ..module_utils.hfortix_fortios.api import cmdb as cmdb
from . import fortios as fortios
