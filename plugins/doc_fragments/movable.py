# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The options of modules whose objects the device evaluates in order."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  placement:
    description:
      - Where the objects of O(config) are to stand among the others. The device evaluates from the first to the last.
      - V(first) or V(last), or a dictionary with the key C(before) or C(after) and the key of another object, or its
        name.
      - Objects that stand there already are not moved.
      - Without it, new objects go to the end, and existing ones stay where they are.
    type: raw
  ordered:
    description:
      - Whether the objects are to stand in the order in which O(config) lists them.
    type: bool
    default: false
"""
