#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
---
module: backup
short_description: Save the configuration to a file
version_added: "1.0.0"
description:
  - Saves the configuration of a device, or of one of its virtual domains, to a file where the module runs. Over
    P(ansible.netcommon.httpapi#connection) that is the controller.
  - The file holds secrets. Only its owner can read it, and it takes its name when it is complete.
  - A file at O(dest) that holds the same configuration is left as it is. The header does not count, which names who
    saved the configuration and counts how often that was done.
  - Values that the device has encrypted (C(ENC) and private keys) may look different each time it prints them. Where
    nothing else differs, the configuration is read once more, and only the values that look the same both times are
    compared. A change of a password is not noticed on a device that encrypts anew each time.
  - A file that O(file_password) encrypts cannot be looked into. It counts as changed unless each byte is the same, so
    that every run writes it anew on devices that encrypt it another way each time.
author: ["The hfortix.fortios developers (@hfortix)"]
extends_documentation_fragment:
  - hfortix.fortios.connection
attributes:
  check_mode:
    description: Can run in check mode, which reads and compares the configuration and writes no file.
    support: full
  diff_mode:
    description: Shows what has changed in the configuration, with masks for secrets.
    support: full
  idempotent:
    description: A second run leaves the file as it is if the configuration is the same, unless O(file_password) is given.
    support: partial
options:
  dest:
    description:
      - The file to write. Its folder must exist.
    type: path
    required: true
  vdom:
    description:
      - The virtual domain whose configuration to save.
      - The default is the whole device, with all its virtual domains.
    type: str
  file_password:
    description:
      - Encrypts the file. The device asks for it when the file is restored.
    type: str
seealso:
  - module: hfortix.fortios.restore
  - module: hfortix.fortios.export
"""

EXAMPLES = r"""
- name: Keep the configuration of each firewall
  hfortix.fortios.backup:
    dest: "/backup/{{ inventory_hostname }}.conf"

- name: Keep an encrypted copy of one virtual domain
  hfortix.fortios.backup:
    dest: "/backup/{{ inventory_hostname }}-branch.conf"
    vdom: branch
    file_password: "{{ backup_password }}"
"""

RETURN = r"""
dest:
  description: The file.
  returned: success
  type: str
size:
  description: Its size in bytes; in check mode the one that it would have.
  returned: success
  type: int
checksum:
  description: Its SHA-256 checksum; in check mode the one that it would have.
  returned: success
  type: str
encrypted:
  description: Whether it is encrypted.
  returned: success
  type: bool
header:
  description: What the header of the file tells. Empty for an encrypted one.
  returned: success
  type: dict
  contains:
    model:
      description: The model of the device.
      type: str
      sample: FGT60F
    release:
      description: The release that wrote it.
      type: str
      sample: 7.6.5
    build:
      description: Its build.
      type: int
      sample: 3651
    user:
      description: The administrator who saved it.
      type: str
    revision:
      description: The number that the device counts its saved configurations by.
      type: str
"""

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.job import Job
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.main import run
from ansible_collections.hfortix.fortios.plugins.module_utils.device.backups import BACKUP_SPEC, backup

JOB = Job(backup, BACKUP_SPEC)


def main() -> None:
    run(JOB)


if __name__ == "__main__":
    main()
