# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The options by which a module that reads returns a part of the rows."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  start:
    description:
      - Number of the first row to return, counted from V(0).
    type: int
  count:
    description:
      - How many rows to return at most.
    type: int
"""
