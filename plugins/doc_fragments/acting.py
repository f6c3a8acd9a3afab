# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The attributes and the option of modules that have the device do something."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  vdom:
    description:
      - The virtual domain to act in.
      - The default is the one that the connection names, or else the management virtual domain of the administrator.
    type: str
attributes:
  check_mode:
    description: Returns the request that would be sent, and sends nothing.
    support: full
  diff_mode:
    description: There is nothing to compare.
    support: none
  idempotent:
    description: Every run does it again and reports a change.
    support: none
  platform:
    description: Systems that the module works with.
    platforms: FortiOS
    support: full
"""
