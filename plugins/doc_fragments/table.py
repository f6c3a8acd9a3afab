# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The options that every module of a table has."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  state:
    description:
      - What the module is to do with O(config). Objects are told apart by their key.
      - V(merged) creates the listed objects that do not exist, and changes the fields that are given in those that do.
        What is not given stays as it is. In lists that hold objects of their own, rows are added or changed, never
        removed.
      - V(replaced) makes each listed object exactly what is given. A field that is left out returns to its default, and
        a list holds the given rows and no others, so that an empty list clears it. Objects that are not listed stay.
      - V(overridden) does the same and deletes every object that is not listed, except those that the device
        itself brings along. An empty list is refused.
      - V(deleted) deletes the listed objects. Only their keys count.
      - V(gathered) reads the objects from the device and returns them in the form of O(config). With O(config), only
        those whose keys are listed.
      - V(rendered) returns O(config) as command line text. No device is needed.
      - V(parsed) returns the objects found in O(running_config) in the form of O(config). No device is needed.
    type: str
    choices: [merged, replaced, overridden, deleted, gathered, rendered, parsed]
    default: merged
  parallel:
    description:
      - How many write requests may be under way at a time, from V(1) to V(10).
      - The default follows from how long the device takes to answer. Objects whose order matters are always
        written one after the other.
    type: int
  transaction:
    description:
      - Whether all changes of the task are made or none. Needs FortiOS 6.4.0 or later, and not every table allows it.
    type: bool
    default: false
"""
