#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
---
module: ha
short_description: Tell the state of a cluster, wait for it, and fail over
version_added: "1.0.0"
description:
  - Tells who is in a high availability cluster, who is the primary, and whether all have the same configuration.
  - Can wait until they do, and can make a member the primary.
  - The REST API has no command for a failover. What it offers is to change the priority of a member. That decides where
    C(override) is enabled, and there the module raises the priority of the member that shall be the primary and waits
    until it is. Where it is disabled, the module refuses, and changes nothing.
  - How a cluster is set up is the matter of M(hfortix.fortios.system_ha).
author: ["The hfortix.fortios developers (@hfortix)"]
extends_documentation_fragment:
  - hfortix.fortios.connection
attributes:
  check_mode:
    description: Can run in check mode, which tells what would be done and changes nothing. It does not wait either.
    support: full
  diff_mode:
    description: Tells what changes when run in diff mode.
    support: full
  idempotent:
    description: Run again, changes nothing more.
    support: full
options:
  primary:
    description:
      - Serial number or host name of the member that shall be the primary. Nothing is done if it is.
      - Refused while its configuration differs from that of the present primary, unless O(wait_for_sync=true) and it
        ceases to differ in time.
      - Its priority stays the highest one from then on. If another member has V(255), that one is set to V(254).
    type: str
  wait_for_sync:
    description:
      - Waits until all members have the same configuration, before anything else. It is an error if they do not in time.
    type: bool
    default: false
  wait_timeout:
    description:
      - Seconds to wait for the configurations to be the same, and for a member to become the primary.
    type: int
    default: 300
notes:
  - With virtual clusters, what is told of roles and priorities is that of the first one.
seealso:
  - module: hfortix.fortios.system_ha
"""

EXAMPLES = r"""
- name: Look at the cluster
  hfortix.fortios.ha:
  register: cluster

- name: Go on only if nobody lags behind
  ansible.builtin.assert:
    that: cluster.in_sync

- name: Before the maintenance of fw-a, let fw-b carry the traffic
  hfortix.fortios.ha:
    primary: fw-b
    wait_for_sync: true
"""

RETURN = r"""
mode:
  description: How the cluster works; V(standalone) outside of one.
  returned: success
  type: str
  sample: a-p
group:
  description: The name of the cluster.
  returned: success
  type: str
override:
  description: Whether priorities decide at any time who is the primary, as the present primary has it.
  returned: success
  type: bool
primary:
  description: The serial number of the primary; none outside of a cluster.
  returned: success
  type: str
  sample: FGVM010000000001
in_sync:
  description: Whether all members have the same configuration. Nothing differs outside of a cluster.
  returned: success
  type: bool
members:
  description: The members of the cluster.
  returned: success
  type: list
  elements: dict
  contains:
    serial:
      description: The serial number.
      type: str
    hostname:
      description: The host name.
      type: str
    priority:
      description: The priority.
      type: int
    role:
      description: Either V(primary) or V(secondary).
      type: str
    in_sync:
      description: Whether it has the configuration of the primary.
      type: bool
    differs:
      description: The parts of the configuration in which it differs; V(global), virtual domains, and V(all).
      type: list
      elements: str
    sessions:
      description: How many sessions it carries.
      type: int
    cpu_usage:
      description: How much of its processors is in use, in percent.
      type: int
    memory_usage:
      description: How much of its memory is in use, in percent.
      type: int
    uptime:
      description: For how many seconds it has been running.
      type: int
before:
  description: The primary before the task.
  returned: with O(primary)
  type: dict
  sample: {"primary": "FGVM010000000001"}
after:
  description: The primary after the task.
  returned: with O(primary)
  type: dict
  sample: {"primary": "FGVM010000000002"}
"""

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.job import Job
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.main import run
from ansible_collections.hfortix.fortios.plugins.module_utils.device.clusters import SPEC, work

JOB = Job(work, SPEC)


def main() -> None:
    run(JOB)


if __name__ == "__main__":
    main()
