# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The attributes and the option of modules that read log entries."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  vdom:
    description:
      - The virtual domain to ask.
      - The default is the one that the connection names, or else the management virtual domain of the administrator.
    type: str
attributes:
  check_mode:
    description: Only reads, in check mode too.
    support: full
  diff_mode:
    description: There is nothing to compare.
    support: none
  idempotent:
    description: Changes nothing.
    support: full
  platform:
    description: Systems that the module works with.
    platforms: FortiOS
    support: full
"""
