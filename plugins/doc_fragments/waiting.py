# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The options of modules that make the device restart and can wait for it."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  wait:
    description:
      - Whether to wait until the device has restarted and answers again.
    type: bool
    default: false
  wait_timeout:
    description:
      - How many seconds to wait at most. The task fails if the device is not back by then.
    type: int
    default: 600
"""
