# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The options that every module of the configuration has, whether it manages a table or a single object."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  vdom:
    description:
      - The virtual domain to work in.
      - The default is the one that the connection names, or else the management virtual domain of the administrator.
      - Not used for what belongs to the device as a whole.
    type: str
  running_config:
    description:
      - Configuration text of the device, as C(show) or a backup prints it, for O(state=parsed).
      - Exclusive with O(config).
    type: str
  update_secrets:
    description:
      - When to send passwords, keys and other secrets. The device never shows what it holds, so that they cannot be
        compared.
      - V(on_create) sends them with an object or a row that is created, and where an endpoint is one single object,
        along with any other change of it.
      - V(always) sends them every time, and every run reports a change.
    type: str
    choices: [always, on_create]
    default: on_create
  version_check:
    description:
      - What to do about options and values in O(config) that the release of the device does not have.
      - V(fail) changes nothing and fails, naming each and the releases that have it.
      - V(warn) leaves them out and says so in a warning.
      - V(ignore) sends them all the same.
    type: str
    choices: [warn, fail, ignore]
    default: fail
"""
