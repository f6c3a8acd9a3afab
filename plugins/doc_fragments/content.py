# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The options of modules that write the configuration of a device to files."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  endpoints:
    description:
      - The endpoints to take, as names of modules, such as V(firewall_policy), or paths. With wildcards, as in
        V(firewall_*), they are patterns.
      - If not given, all are taken. Of a device, this leaves out the tables whose rows come with the firmware, such as
        replacement messages and signatures. They are long, and what was changed in them does not show.
    type: list
    elements: str
  exclude:
    description: The endpoints to leave out, in the form of O(endpoints).
    type: list
    elements: str
  secrets:
    description:
      - What stands in the files for passwords, keys and other secrets.
      - V(omit) leaves them out, and a comment names them. Objects that need one must get it in another way.
      - V(variables) puts a variable in the place of each, whose values belong in a vault. RV(secrets) has their names.
    type: str
    choices: [omit, variables]
    default: omit
"""
