#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
---
module: rename
short_description: Rename an object
version_added: "1.0.0"
description:
  - Gives an object of a table another name. Everything on the device that refers to the object follows it.
  - Nothing is changed when O(to) exists and O(from) does not, because then the object has been renamed already.
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
  endpoint:
    description:
      - The table of the object, as the name of its module or as its path in the API.
      - V(firewall_address) and V(firewall/address) are the same.
    type: str
    required: true
  from:
    description: The key that the object has now.
    type: str
    required: true
  to:
    description: The key that the object shall have. It is an error if both objects exist.
    type: str
    required: true
  vdom:
    description:
      - The virtual domain to work in.
      - The default is the one that the connection names, or else the management virtual domain of the administrator.
    type: str
seealso:
  - module: hfortix.fortios.object_usage
"""

EXAMPLES = r"""
- name: Call the web servers by their new name, wherever they are used
  hfortix.fortios.rename:
    endpoint: firewall_addrgrp
    from: web
    to: web-servers
"""

RETURN = r"""
before:
  description: The key before the task.
  returned: success
  type: dict
  sample: {"name": "web"}
after:
  description: The key after the task.
  returned: success
  type: dict
  sample: {"name": "web-servers"}
"""

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.job import Job
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.main import run
from ansible_collections.hfortix.fortios.plugins.module_utils.device.objects import RENAME_SPEC, rename

JOB = Job(rename, RENAME_SPEC)


def main() -> None:
    run(JOB)


if __name__ == "__main__":
    main()
