# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The attributes and the option of modules that fetch a file."""

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
    description:
      - Fetches the file, compares it with O(ignore:dest), and writes nothing.
      - Where the device is asked by C(POST), nothing is sent, and a change is reported.
    support: full
  diff_mode:
    description: There is nothing to compare.
    support: none
  idempotent:
    description: Writes the file, and reports a change, only if its content differs from what is there.
    support: full
  platform:
    description: Systems that the module works with.
    platforms: FortiOS
    support: full
"""
