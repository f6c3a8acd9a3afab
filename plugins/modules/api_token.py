#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
---
module: api_token
short_description: Make and renew the keys of REST API administrators
version_added: "1.0.0"
description:
  - Creates a REST API administrator with a key, or gives one a new key in place of the old one.
  - The device tells a key once, when it makes it. It is returned as RV(token), and nowhere else.
  - A result that holds a key is not printed or logged, whatever the verbosity, as with C(no_log). A registered variable
    has all of it. From then on the key is in your hands, so set C(no_log) on the tasks that use it, where they could
    print it. With C(async), where another task tells the result, C(no_log) has to be set, on both tasks.
  - An administrator that is there, and has its options, is left as it is, and no key is returned.
author: ["The hfortix.fortios developers (@hfortix)"]
extends_documentation_fragment:
  - hfortix.fortios.connection
attributes:
  check_mode:
    description: Can run in check mode, which tells what would be done and changes nothing.
    support: full
  diff_mode:
    description: Tells what changes when run in diff mode. A key is masked.
    support: full
  idempotent:
    description: Run again, changes nothing more, except that O(rotate=true) makes a new key each time.
    support: partial
options:
  name:
    description: The name of the administrator.
    type: str
    required: true
  accprofile:
    description:
      - The access profile that says what the administrator may do.
      - Needed for an administrator that is not there yet.
    type: str
  vdoms:
    description:
      - Virtual domains that the administrator may work in. Others that it has stay.
    type: list
    elements: str
  trusthosts:
    description:
      - Addresses and networks that the key may be used from, such as V(192.0.2.0/24). Others that it has stay.
      - Take some away, or set all that is not an option here, with M(hfortix.fortios.system_api_user).
    type: list
    elements: str
  comments:
    description: A comment on the administrator.
    type: str
  rotate:
    description:
      - Makes a new key for an administrator that is there. The old key ceases to work at once, also for this very
        connection if it uses that key.
    type: bool
    default: false
notes:
  - Releases from 7.6.5 on are known to refuse this to a session of user name and password. Connect with the token of a
    REST API administrator there.
  - With C(async), the result lies in a file of the background job until that is cleaned up, and M(ansible.builtin.async_status)
    prints it. Run this module without.
seealso:
  - module: hfortix.fortios.system_api_user
"""

EXAMPLES = r"""
- name: Make an administrator for the monitoring, and keep its key
  hfortix.fortios.api_token:
    name: monitoring
    accprofile: super_admin_readonly
    vdoms: [root]
    trusthosts: [192.0.2.0/24]
  register: monitoring

- name: Write the key to a file that only its owner reads
  ansible.builtin.copy:
    content: "{{ monitoring.token }}"
    dest: monitoring.token
    mode: "0600"
  no_log: true
  when: monitoring.generated
  delegate_to: localhost

- name: Give it a new key
  hfortix.fortios.api_token:
    name: monitoring
    rotate: true
  register: monitoring
"""

RETURN = r"""
token:
  description: The new key.
  returned: when one was made
  type: str
  sample: 3jXz9hGd7wPq5nRk8mTb2vYc6sLf4a
generated:
  description: Whether a key was made, or would be in check mode.
  returned: success
  type: bool
before:
  description: The administrator before the task, in a list; the list is empty if there was none.
  returned: success
  type: list
  elements: dict
after:
  description: The administrator after the task, in a list.
  returned: success
  type: list
  elements: dict
requests:
  description: The writes to the configuration, apart from the making of the key.
  returned: success
  type: list
  elements: dict
meta:
  description: What the device says of itself.
  returned: success
  type: dict
  sample: {"release": "7.4.4", "serial": "FGVM010000000000", "vdom": "root"}
"""

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.job import Job
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.main import run
from ansible_collections.hfortix.fortios.plugins.module_utils.device.api_tokens import SPEC, work

JOB = Job(work, SPEC, secrets=frozenset({"token"}))


def main() -> None:
    run(JOB)


if __name__ == "__main__":
    main()
