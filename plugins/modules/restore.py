#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
---
module: restore
short_description: Restore the configuration from a file
version_added: "1.0.0"
description:
  - Replaces the configuration of a device, or of one of its virtual domains, by that of a file. The device restarts.
  - The configuration that the device has is read first, and nothing is done when it is the same. What counts as the
    same is told at M(hfortix.fortios.backup). An encrypted file cannot be compared, and is restored in every run.
  - A file that a device did not write as it stands, but a person or a template did, never equals what the device then
    prints. Use the modules of the configuration to keep a device as described.
  - A file that breaks off, or that holds something else than what it would be restored as (the whole device, or a
    virtual domain), is refused. A warning tells where another release has saved it than the one that the device runs.
author: ["The hfortix.fortios developers (@hfortix)"]
extends_documentation_fragment:
  - hfortix.fortios.connection
  - hfortix.fortios.restarting
attributes:
  check_mode:
    description: Can run in check mode, which tells what would be done and changes nothing.
    support: full
  diff_mode:
    description: Shows how the configuration would change, with masks for secrets, where the file is not encrypted.
    support: full
  idempotent:
    description: A second run finds the same configuration and does nothing, unless the file is encrypted.
    support: partial
options:
  src:
    description:
      - The file, as M(hfortix.fortios.backup) or the device's web interface has saved it.
    type: path
    required: true
  vdom:
    description:
      - The virtual domain whose configuration the file holds. It takes effect with or without a restart.
      - The default is the whole device, with all its virtual domains.
    type: str
  file_password:
    description:
      - The password that the file is encrypted with. Needed if it is.
    type: str
  confirm:
    description:
      - Must be V(true) for a configuration to be restored. Without it, the module fails before it changes anything if
        there is something to restore.
    type: bool
    default: false
seealso:
  - module: hfortix.fortios.backup
"""

EXAMPLES = r"""
- name: Go back to the configuration of last night
  hfortix.fortios.restore:
    src: "/backup/{{ inventory_hostname }}.conf"
    confirm: true
    wait_timeout: 900

- name: Look what that would change
  hfortix.fortios.restore:
    src: "/backup/{{ inventory_hostname }}.conf"
  check_mode: true
  diff: true
"""

RETURN = r"""
before:
  description: What the device had before the task.
  returned: success
  type: dict
  contains:
    release:
      description: The release that the device runs.
      type: str
      sample: 7.6.5
    build:
      description: Its build.
      type: int
      sample: 3651
    revision:
      description: The number that the device counts its saved configurations by.
      type: str
after:
  description: What it has after the task.
  returned: when nothing was to be done, and outside check mode when O(wait) is true
  type: dict
  contains:
    release:
      description: The release that the device runs.
      type: str
      sample: 7.6.5
    build:
      description: Its build.
      type: int
      sample: 3651
    revision:
      description: The number that the device counts its saved configurations by.
      type: str
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
from ansible_collections.hfortix.fortios.plugins.module_utils.device.backups import RESTORE_SPEC, restore

JOB = Job(restore, RESTORE_SPEC)


def main() -> None:
    run(JOB)


if __name__ == "__main__":
    main()
