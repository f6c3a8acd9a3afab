# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The options by which a module selects from a log."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  rows:
    description:
      - How many entries to return at most.
    type: int
    default: 100
  filter:
    description:
      - "A condition such as V(level==warning), or a list of conditions that must all hold."
      - The operators are C(==), C(!=), C(=@) (contains), C(!@), C(<=), C(<), C(>=) and C(>). A comma joins
        alternatives, as in V(level==warning,level==error).
    type: raw
"""
