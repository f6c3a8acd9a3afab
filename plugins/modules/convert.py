#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
---
module: convert
short_description: Turn a backup into variables or a playbook, or variables into configuration text
version_added: "1.0.0"
description:
  - Reads a backup, or the output of C(show), and writes it in the form that the modules of this collection take, as
    M(hfortix.fortios.export) does with the configuration of a device. Or reads a folder of such variables and writes it as
    configuration text. No device is needed.
  - Whatever the text sets is taken as it stands, also where it is a default. Secrets are not taken.
  - Lines that cannot be understood are in RV(not_parsed), and what no module takes is in RV(omissions).
author: ["The hfortix.fortios developers (@hfortix)"]
extends_documentation_fragment:
  - hfortix.fortios.content
attributes:
  check_mode:
    description: Tells which files would be written or removed, and writes none.
    support: full
  diff_mode:
    description: Shows how the data in the files changes, without secrets.
    support: full
  idempotent:
    description: Run again, writes no file while the source stays the same.
    support: full
options:
  src:
    description:
      - What to read. A file with configuration text or, with O(to=cli), a folder of variables.
      - A relative path begins where Ansible was started.
    type: path
    required: true
  to:
    description:
      - What to write.
      - V(variables) makes a folder that holds a file for each endpoint and each virtual domain, such as
        C(vdoms/root/firewall_address.yml), and a playbook C(site.yml) that applies them. The folder belongs to this module.
        A file of variables that an earlier run wrote there, and that has no content any more, is removed.
      - V(playbook) makes one playbook that holds everything.
      - V(cli) makes a file with configuration text, which a device takes as a script. Virtual domains are told apart in it
        if there are others than V(root).
    type: str
    choices: [variables, playbook, cli]
    default: variables
  dest:
    description:
      - Where to write. With O(to=variables) a folder, and otherwise a file.
      - A relative path begins where Ansible was started.
    type: path
    required: true
seealso:
  - module: hfortix.fortios.export
"""

EXAMPLES = r"""
- name: Make variables and a playbook of a backup
  hfortix.fortios.convert:
    src: backup.conf
    dest: firewall
  delegate_to: localhost
  register: converted

- name: Insist that every line was understood
  ansible.builtin.assert:
    that: not converted.not_parsed

- name: Make a script for the command line of the variables
  hfortix.fortios.convert:
    src: firewall
    to: cli
    dest: script.conf
  delegate_to: localhost
"""

RETURN = r"""
files:
  description: The files that hold the configuration, a playbook first.
  returned: success
  type: list
  elements: str
objects:
  description: How many objects the files hold.
  returned: success
  type: int
not_parsed:
  description: Lines of the text that could not be understood, or that took the place of an earlier one.
  returned: unless O(to=cli)
  type: list
  elements: dict
  contains:
    line:
      description: The number of the line.
      type: int
    text:
      description: The line, without secrets.
      type: str
    reason:
      description: Why it is not in the files.
      type: str
    lines:
      description: How many further lines belong to it.
      type: int
secrets:
  description: The secrets that objects have and the files have not.
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
"""

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.job import Job
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.main import run
from ansible_collections.hfortix.fortios.plugins.module_utils.device.convert import CONVERT_SPEC, convert

JOB = Job(convert, CONVERT_SPEC)


def main() -> None:
    run(JOB)


if __name__ == "__main__":
    main()
