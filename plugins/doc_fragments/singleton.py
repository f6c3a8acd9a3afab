# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The option that every module of a single object has."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  state:
    description:
      - What the module is to do with O(config).
      - V(merged) changes the fields that are given. What is not given stays as it is. In lists that hold objects of
        their own, rows are added or changed, never removed.
      - V(replaced) makes the settings exactly what is given. A field that is left out returns to its default, and a
        list holds the given rows and no others, so that an empty list clears it.
      - V(gathered) reads the settings from the device and returns them in the form of O(config).
      - V(rendered) returns O(config) as command line text. No device is needed.
      - V(parsed) returns the settings found in O(running_config) in the form of O(config). No device is needed.
    type: str
    choices: [merged, replaced, gathered, rendered, parsed]
    default: merged
"""
