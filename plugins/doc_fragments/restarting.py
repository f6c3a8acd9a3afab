# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The options of modules after whose work the device restarts."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  wait:
    description:
      - Whether to wait until the device has restarted and answers again.
      - That it answers is not taken for proof, because it goes on doing so for a while before it restarts. It has
        restarted when it tells another start time or runs another release. A device that does not tell when it started
        (FortiOS 7.6 and later) has restarted when it was out of reach and answers again.
    type: bool
    default: true
  wait_timeout:
    description: For how many seconds to wait at most. It is an error if the device is not back by then.
    type: int
    default: 600
"""
