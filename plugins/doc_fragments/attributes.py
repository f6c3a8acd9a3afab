# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""What every module supports, in the terms of ansible-core."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options: {}
attributes:
  check_mode:
    description: Reads from the device and returns what would change, without changing it.
    support: full
  diff_mode:
    description: Returns the objects before and after the change.
    support: full
  idempotent:
    description:
      - A second run with the same options changes nothing.
      - With O(update_secrets=always), every run sends the secrets and reports a change.
    support: full
  platform:
    description: Systems that the module can manage.
    platforms: FortiOS
    support: full
"""
