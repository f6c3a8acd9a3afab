#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
---
module: firmware
short_description: Install a FortiOS release
version_added: "1.0.0"
description:
  - Has a device run a release of FortiOS, from an image file or from FortiGuard. Nothing is done when it runs that
    release already.
  - The device restarts. Save its configuration with M(hfortix.fortios.backup) first.
  - Only one step at a time is installed. Where the supported way to the release leads over others, the module fails with
    nothing changed and names them.
  - An image is read and sent piece by piece, whatever its size.
author: ["The hfortix.fortios developers (@hfortix)"]
extends_documentation_fragment:
  - hfortix.fortios.connection
  - hfortix.fortios.restarting
attributes:
  check_mode:
    description: Can run in check mode, which tells what would be done and changes nothing.
    support: full
  diff_mode:
    description: Shows the release before and after.
    support: full
  idempotent:
    description: A second run finds the release running and does nothing.
    support: full
options:
  version:
    description:
      - The release that the device is to run, such as V(7.6.5).
      - Without O(src) and O(id), its image is the one that FortiGuard offers the device.
      - With O(src), only needed where the name of the file does not tell the release.
    type: str
  src:
    description:
      - The image file. Exclusive with O(id).
    type: path
  id:
    description:
      - What FortiGuard calls the image, where it offers several of one release.
    type: str
  path_check:
    description:
      - Whether to ask the device if the release is a supported step from the one that it runs.
      - V(false) also allows an older release than the one that runs, which may lose parts of the configuration.
    type: bool
    default: true
seealso:
  - module: hfortix.fortios.backup
  - module: hfortix.fortios.monitor_system_firmware_info
"""

EXAMPLES = r"""
- name: Run 7.6.5, from FortiGuard
  hfortix.fortios.firmware:
    version: 7.6.5
    wait_timeout: 1200

- name: Run the release of an image file
  hfortix.fortios.firmware:
    src: images/FGT_60F-v7.6.5.F-build3651-FORTINET.out
    wait_timeout: 1200
"""

RETURN = r"""
before:
  description: The release before the task.
  returned: success
  type: str
  sample: 7.6.4
after:
  description: The release after the task; in check mode and without O(wait), the one that is meant.
  returned: success
  type: str
  sample: 7.6.5
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
from ansible_collections.hfortix.fortios.plugins.module_utils.device.firmware import FIRMWARE_CONSTRAINTS, FIRMWARE_SPEC, firmware

JOB = Job(firmware, FIRMWARE_SPEC, FIRMWARE_CONSTRAINTS)


def main() -> None:
    run(JOB)


if __name__ == "__main__":
    main()
