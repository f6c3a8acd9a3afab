#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
---
module: export
short_description: Write the configuration of a device as variables or as a playbook
version_added: "1.0.0"
description:
  - Reads the configuration of a device and writes it, where Ansible runs, in the form that the modules of this collection
    take. Applied to the same device, it changes nothing; applied to another one, it makes it the same.
  - What has its default is left out. So is what cannot be written again (secrets, and what a device computes or chooses
    itself), and the results say what that is.
  - The tasks of the playbook are in an order in which everything that is referred to comes first. They use
    C(state=replaced), so that each object becomes exactly what it was, and objects that are not in the files stay.
  - Reads every endpoint, which are some 700 requests for a device with one virtual domain.
author: ["The hfortix.fortios developers (@hfortix)"]
extends_documentation_fragment:
  - hfortix.fortios.content
  - hfortix.fortios.connection
attributes:
  check_mode:
    description: Tells which files would be written or removed, and writes none.
    support: full
  diff_mode:
    description: Shows how the data in the files changes, without secrets.
    support: full
  idempotent:
    description: Run again, writes no file while the configuration stays the same.
    support: full
options:
  dest:
    description:
      - Where to write. With O(format=variables) a folder, and with O(format=playbook) a file.
      - A relative path begins where Ansible was started.
    type: path
    required: true
  format:
    description:
      - What to write.
      - V(variables) makes a folder that holds a file for each endpoint and each virtual domain, such as
        C(vdoms/root/firewall_address.yml), and a playbook C(site.yml) that applies them. In each file is one variable,
        with the name of the module and the value of its option C(config). The folder belongs to this module. A file of
        variables that an earlier run wrote there, and that has no content any more, is removed; that of an endpoint
        that cannot be read now stays. Files that it did not
        write are never replaced.
      - V(playbook) makes one playbook that holds everything.
    type: str
    choices: [variables, playbook]
    default: variables
  vdoms:
    description:
      - The virtual domains to export. The name V(global) stands for what belongs to the device as a whole.
      - The default is all of it.
    type: list
    elements: str
  include_defaults:
    description: Whether to write values that are the device's default as well.
    type: bool
    default: false
seealso:
  - module: hfortix.fortios.convert
  - module: hfortix.fortios.backup
"""

EXAMPLES = r"""
- name: Keep the configuration of each firewall in a folder of its own
  hfortix.fortios.export:
    dest: "firewalls/{{ inventory_hostname }}"
  register: exported

- name: Say what the files lack
  ansible.builtin.debug:
    msg: "{{ exported.secrets + exported.omissions }}"

- name: Write addresses and rules of one virtual domain as one playbook
  hfortix.fortios.export:
    dest: rules.yml
    format: playbook
    endpoints: ["firewall_address*", firewall_policy]
    vdoms: [root]
"""

RETURN = r"""
files:
  description: The files that hold the configuration, the playbook first.
  returned: success
  type: list
  elements: str
objects:
  description: How many objects the files hold.
  returned: success
  type: int
secrets:
  description: The secrets that objects have and the files have not. A device does not show them.
  returned: success
  type: list
  elements: dict
  contains:
    vdom:
      description: The virtual domain of the object; V(global) for the device as a whole.
      type: str
    endpoint:
      description: The module that manages the object.
      type: str
    key:
      description: The key of the object; null for the only one of its kind.
      type: raw
    field:
      description: The option of the module that takes the secret.
      type: str
      sample: psksecret
    variable:
      description: The variable that stands for the secret in the files.
      returned: with O(secrets=variables)
      type: str
omissions:
  description: What else the files lack.
  returned: success
  type: list
  elements: dict
  contains:
    vdom:
      description: The virtual domain; V(global) for the device as a whole.
      type: str
    endpoint:
      description: The module whose objects are concerned.
      type: str
    field:
      description: The option that is left out.
      returned: unless whole objects are
      type: str
    keys:
      description: The keys of the objects.
      returned: unless all are concerned
      type: list
      elements: raw
    reason:
      description: Why it is left out.
      type: str
meta:
  description: Facts about the device.
  returned: success
  type: dict
  contains:
    release:
      description: The release of the device.
      type: str
      sample: "7.6.5"
    serial:
      description: The serial number of the device.
      type: str
    vdoms:
      description: The virtual domains that the device has.
      type: list
      elements: str
"""

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.job import Job
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.main import run
from ansible_collections.hfortix.fortios.plugins.module_utils.device.export import EXPORT_SPEC, export

JOB = Job(export, EXPORT_SPEC)


def main() -> None:
    run(JOB)


if __name__ == "__main__":
    main()
