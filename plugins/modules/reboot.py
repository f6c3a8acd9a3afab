#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
---
module: reboot
short_description: Restart a device
version_added: "1.0.0"
description:
  - Restarts a device and waits until it is back.
author: ["The hfortix.fortios developers (@hfortix)"]
extends_documentation_fragment:
  - hfortix.fortios.connection
  - hfortix.fortios.restarting
attributes:
  check_mode:
    description: Can run in check mode, which tells what would be done and changes nothing.
    support: full
  diff_mode:
    description: Tells what changes when run in diff mode.
    support: none
  idempotent:
    description: Every run restarts the device.
    support: none
options:
  log_message:
    description:
      - A text for the event log of the device, such as the reason.
    type: str
seealso:
  - module: hfortix.fortios.monitor_system_os_shutdown
"""

EXAMPLES = r"""
- name: Restart in the night
  hfortix.fortios.reboot:
    log_message: Monthly maintenance
    wait_timeout: 900
"""

RETURN = r"""
restart:
  description: What came of the waiting.
  returned: when the device has restarted and O(wait) is true
  type: dict
  contains:
    seconds:
      description: How long it took until the device was back.
      type: float
    before:
      description: The release before the restart.
      type: str
      sample: 7.6.4
    after:
      description: The release after it.
      type: str
      sample: 7.6.5
"""

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.job import Job
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.main import run
from ansible_collections.hfortix.fortios.plugins.module_utils.device.restarts import REBOOT_SPEC, reboot

JOB = Job(reboot, REBOOT_SPEC)


def main() -> None:
    run(JOB)


if __name__ == "__main__":
    main()
