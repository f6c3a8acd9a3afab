#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
---
module: vdom_mode
short_description: Divide a device into virtual domains
version_added: "1.0.0"
description:
  - Tells whether a device is divided into virtual domains, and changes that.
  - Such a change ends the sessions of all administrators. The module waits until the device shows the new mode, and logs
    in again by itself, so that the next tasks find a connection that works.
  - The virtual domains themselves are made with M(hfortix.fortios.system_vdom).
author: ["The hfortix.fortios developers (@hfortix)"]
extends_documentation_fragment:
  - hfortix.fortios.connection
attributes:
  check_mode:
    description: Can run in check mode, which tells what would be done and changes nothing.
    support: full
  diff_mode:
    description: Tells what changes when run in diff mode.
    support: full
  idempotent:
    description: Run again, changes nothing more.
    support: full
options:
  mode:
    description:
      - V(multi-vdom) divides the device into virtual domains, and V(no-vdom) does not. The latter is refused while there
        is more than one.
      - V(split-vdom), one for management and one for traffic, exists up to release 7.0.12.
      - Without it, the mode is told and not changed.
    type: str
    choices: [no-vdom, multi-vdom, split-vdom]
  wait_timeout:
    description:
      - Seconds to wait for the device to show the new mode.
    type: int
    default: 60
seealso:
  - module: hfortix.fortios.system_vdom
"""

EXAMPLES = r"""
- name: Allow virtual domains
  hfortix.fortios.vdom_mode:
    mode: multi-vdom

- name: Make one for the guests
  hfortix.fortios.system_vdom:
    config:
      - name: guests
"""

RETURN = r"""
before:
  description: The mode before the task.
  returned: success
  type: dict
  sample: {"mode": "no-vdom"}
after:
  description: The mode after the task.
  returned: success
  type: dict
  sample: {"mode": "multi-vdom"}
"""

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.job import Job
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.main import run
from ansible_collections.hfortix.fortios.plugins.module_utils.device.vdom_modes import SPEC, work

JOB = Job(work, SPEC)


def main() -> None:
    run(JOB)


if __name__ == "__main__":
    main()
