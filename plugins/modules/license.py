#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
---
module: license
short_description: License a virtual machine and register a device
version_added: "1.0.0"
description:
  - Gives a virtual machine its licence, from a file or with a FortiFlex token. Nothing is done when the device reports a
    valid licence.
  - Registers a device with an account of FortiCare. Nothing is done when it belongs to that account.
  - Without any of O(src), O(flex_token) and O(forticare), the module tells what licences the device has.
  - A device restarts with a new licence.
author: ["The hfortix.fortios developers (@hfortix)"]
extends_documentation_fragment:
  - hfortix.fortios.connection
  - hfortix.fortios.restarting
attributes:
  check_mode:
    description: Can run in check mode, which tells what would be done and changes nothing.
    support: full
  diff_mode:
    description: Shows what the device reports before and after.
    support: full
  idempotent:
    description: A second run finds the device licensed and registered and does nothing, unless O(replace=true).
    support: partial
options:
  src:
    description:
      - The licence file of a virtual machine. Exclusive with O(flex_token).
      - A relative path begins where Ansible was started.
    type: path
  flex_token:
    description:
      - The FortiFlex token that the device gets its licence with.
    type: str
  replace:
    description:
      - Whether to replace a licence that is valid, such as by one for more processors. Every run does so.
    type: bool
    default: false
  forticare:
    description:
      - The account that the device is registered with. It is an error if it belongs to another.
      - O(forticare.reseller_name) and O(forticare.reseller_id) are as the device lists them.
    type: dict
    suboptions:
      email:
        description: The name of the account.
        type: str
        required: true
      password:
        description: Its password.
        type: str
        required: true
      reseller_name:
        description: The reseller of the device.
        type: str
        required: true
      reseller_id:
        description: The number of the reseller.
        type: int
        required: true
"""

EXAMPLES = r"""
- name: License a new virtual machine
  hfortix.fortios.license:
    src: "licenses/{{ inventory_hostname }}.lic"

- name: Tell what licences a device has
  hfortix.fortios.license:
  register: licenses
"""

RETURN = r"""
before:
  description: What the device reports of its licences before the task, by service, with the API's names.
  returned: success
  type: dict
  sample: {"vm": {"type": "platform", "valid": true, "status": "vm_valid"}}
after:
  description: What it reports after the task.
  returned: when nothing was to be done, and outside check mode when O(wait) is true
  type: dict
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
from ansible_collections.hfortix.fortios.plugins.module_utils.device.license import LICENSE_CONSTRAINTS, LICENSE_SPEC, activate

JOB = Job(activate, LICENSE_SPEC, LICENSE_CONSTRAINTS)


def main() -> None:
    run(JOB)


if __name__ == "__main__":
    main()
