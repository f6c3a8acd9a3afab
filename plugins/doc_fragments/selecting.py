# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The options by which a module that reads selects and orders what it returns."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  filter:
    description:
      - "A condition such as V(name==port1), or a list of conditions that must all hold."
      - The operators are C(==), C(!=), C(=@) (contains), C(!@), C(<=), C(<), C(>=) and C(>). A comma joins
        alternatives, as in V(name==port1,name==port2).
      - The device applies it to the rows of the results, where they are a list.
    type: raw
  sort:
    description:
      - A member to sort by, or a list of them. With V(,dsc) behind it, from the greatest to the least.
    type: raw
  fields:
    description:
      - The members of each row to return, instead of all.
    type: list
    elements: str
"""
