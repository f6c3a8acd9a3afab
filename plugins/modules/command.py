#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
---
module: command
short_description: Run a script of CLI commands
version_added: "1.0.0"
description:
  - Sends a script of CLI commands to a device, which runs it line by line, as the one that a person uploads in the web
    interface.
  - The API tells whether the script succeeded and nothing of what its commands print. So C(get), C(show) and
    C(diagnose) are of no use here. The modules of the configuration read it with the state C(gathered).
  - Use it for what no module does. A script does not look at what is there, so that every run reports a change.
  - The script is taken out of the device's history of scripts afterwards, because it may hold secrets.
  - A device whose release does not run scripts over the API makes the module fail with nothing changed. Releases from
    FortiOS 7.0 on are known to do so.
author: ["The hfortix.fortios developers (@hfortix)"]
extends_documentation_fragment:
  - hfortix.fortios.connection
attributes:
  check_mode:
    description: Can run in check mode, which runs nothing and reports a change.
    support: full
  diff_mode:
    description: Reads the configuration before and after the script and shows what it changed, with masks for secrets.
    support: full
  idempotent:
    description: Every run sends the script.
    support: none
options:
  script:
    description:
      - The commands, one a line.
      - The whole text is treated as a secret, and neither shown nor logged. What the device says of a line that it
        refuses is shown, with masks for passwords and the like.
    type: str
    required: true
  vdom:
    description:
      - The virtual domain to run in.
      - The default is the one that the connection names, or else the management virtual domain of the administrator.
    type: str
"""

EXAMPLES = r"""
- name: Set what has no module
  hfortix.fortios.command:
    script: |
      config system global
          set alias "{{ inventory_hostname }}"
      end

- name: Run the lines that a template made
  hfortix.fortios.command:
    vdom: branch
    script: "{{ lookup('ansible.builtin.template', 'branch.conf.j2') }}"
"""

RETURN = r"""
status:
  description: What the device says became of the script. Empty where it keeps no history of scripts.
  returned: when the script ran
  type: str
  sample: success
"""

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.job import Job
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.main import run
from ansible_collections.hfortix.fortios.plugins.module_utils.device.scripts import COMMAND_SPEC, command

JOB = Job(command, COMMAND_SPEC)


def main() -> None:
    run(JOB)


if __name__ == "__main__":
    main()
