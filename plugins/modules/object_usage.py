#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
---
module: object_usage
short_description: Tell where an object is used
version_added: "1.0.0"
description:
  - Lists the objects of the configuration that refer to an object, which the device will not delete before they cease to.
  - Reads only, and never reports a change.
author: ["The hfortix.fortios developers (@hfortix)"]
extends_documentation_fragment:
  - hfortix.fortios.connection
attributes:
  check_mode:
    description: Can run in check mode, which tells what would be done and changes nothing.
    support: full
  diff_mode:
    description: Tells what changes when run in diff mode.
    support: none
  idempotent:
    description: Run again, changes nothing more.
    support: full
options:
  endpoint:
    description:
      - The table of the object, as the name of its module or as its path in the API.
      - V(firewall_address) and V(firewall/address) are the same.
    type: str
    required: true
  key:
    description: The key of the object. What is not there is not used either.
    type: str
    required: true
  vdom:
    description:
      - The virtual domain of the object.
      - The default is the one that the connection names, or else the management virtual domain of the administrator.
    type: str
seealso:
  - module: hfortix.fortios.rename
"""

EXAMPLES = r"""
- name: Look where an address is used
  hfortix.fortios.object_usage:
    endpoint: firewall_address
    key: old-server
  register: usage

- name: Delete it if nothing needs it
  hfortix.fortios.firewall_address:
    state: deleted
    config:
      - name: old-server
  when: not usage.used
"""

RETURN = r"""
used:
  description: Whether anything refers to the object.
  returned: success
  type: bool
results:
  description: The objects that refer to it.
  returned: success
  type: list
  elements: dict
  contains:
    module:
      description: The module that manages the object.
      type: str
      sample: firewall_addrgrp
    path:
      description: The table of the object in the API.
      type: str
      sample: firewall/addrgrp
    key:
      description: The key of the object; empty for the only one of its kind.
      type: str
    vdom:
      description: The virtual domain of the object.
      type: str
"""

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.job import Job
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.main import run
from ansible_collections.hfortix.fortios.plugins.module_utils.device.objects import USAGE_SPEC, usage

JOB = Job(usage, USAGE_SPEC)


def main() -> None:
    run(JOB)


if __name__ == "__main__":
    main()
