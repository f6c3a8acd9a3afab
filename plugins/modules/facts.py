#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
---
module: facts
short_description: Gather facts of a device
version_added: "1.0.0"
description:
  - Gathers what a device says of itself, as variables that begin with C(ansible_net_), and parts of its configuration as
    C(ansible_network_resources).
  - "A play with C(gather_facts: true) runs this module for hosts whose C(ansible_network_os) is
    V(hfortix.fortios.fortios) and whose connection is of type P(ansible.netcommon.httpapi#connection)."
  - Facts that the administrator may not see, or that the device does not tell, are left out with a warning.
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
  facts:
    description: Returns facts, which become variables of the host.
    support: full
  idempotent:
    description: Run again, changes nothing more.
    support: full
options:
  gather_subset:
    description:
      - Which facts to gather. V(all), V(min), V(interfaces), V(usage), V(licenses) and V(ha) can be given.
      - A name with V(!) in front is left out, of all others if nothing else is given.
      - V(min) is gathered in any case, unless V(!min) leaves it out.
    type: list
    elements: str
    default: [min]
  gather_network_resources:
    description:
      - Which parts of the configuration to gather, by the names of their modules, such as V(firewall_address).
      - V(*) in a name stands for any text and V(?) for one character. V(all) stands for all names. A name with V(!) in
        front is left out, of all others if nothing else is given.
      - "C(gather_facts: true) cannot gather them, because it runs the module without the catalogue of endpoints. A task
        with this module can."
    type: list
    elements: str
  vdom:
    description:
      - The virtual domain to gather from.
      - The default is the one that the connection names, or else the management virtual domain of the administrator.
        Interfaces are gathered from all virtual domains then.
    type: str
notes:
  - Over P(ansible.netcommon.httpapi#connection), C(gather_facts) makes a connection to the device of its own, with a
    login of its own where there is no token. A task with this module shares the connection of the others.
  - Where the setting C(CONNECTION_FACTS_MODULES) of ansible-core is changed, or the variable C(ansible_facts_modules) is
    set, these say which module C(gather_facts) runs.
seealso:
  - module: hfortix.fortios.query
"""

EXAMPLES = r"""
- name: Gather the least
  hfortix.fortios.facts:

- name: Gather everything but licences, and the addresses and rules
  hfortix.fortios.facts:
    gather_subset: ["!licenses"]
    gather_network_resources: ["firewall_addr*", firewall_policy]

- name: Refuse to go on with an old release
  ansible.builtin.assert:
    that: ansible_net_version is version('7.2', '>=')
"""

RETURN = r"""
ansible_facts:
  description: The facts, each of which becomes a variable of the host.
  returned: success
  type: dict
  contains:
    ansible_net_system:
      description: The operating system.
      type: str
      sample: fortios
    ansible_net_api:
      description: The way by which facts are gathered.
      type: str
      sample: rest
    ansible_net_python_version:
      description: The Python that gathered the facts.
      type: str
    ansible_net_gather_subset:
      description: The subsets gathered.
      type: list
      elements: str
      sample: [min]
    ansible_net_gather_network_resources:
      description: The resources asked for, by the names of their modules.
      type: list
      elements: str
    ansible_net_hostname:
      description: The name of the device. In the subset V(min), as what follows.
      type: str
    ansible_net_model:
      description: The model.
      type: str
      sample: FortiGate VM64
    ansible_net_version:
      description: The release of FortiOS.
      type: str
      sample: 7.6.5
    ansible_net_build:
      description: The number of the build.
      type: int
    ansible_net_serialnum:
      description: The serial number of the unit that answered.
      type: str
    ansible_net_vdom:
      description: The virtual domain that the connection works in.
      type: str
    ansible_net_vdoms:
      description: The names of the virtual domains.
      type: list
      elements: str
    ansible_net_vdom_mode:
      description: Whether the device has several virtual domains.
      type: str
      sample: no-vdom
    ansible_net_ha_mode:
      description: The mode of the cluster.
      type: str
      sample: standalone
    ansible_net_interfaces:
      description:
        - The interfaces by their names, each with its type, status, addresses and, where it has one, its link. In the
          subset V(interfaces), as what follows.
        - C(status) is as configured, C(operstatus) that of the link, C(speed) in Mbit/s.
      type: dict
      sample:
        port1:
          type: physical
          vdom: root
          mode: static
          mtu: 1500
          status: up
          operstatus: up
          speed: 1000
          macaddress: "00:00:5e:00:53:01"
          ipv4: [{"address": "192.0.2.1", "masklen": 24}]
          ipv6: []
    ansible_net_all_ipv4_addresses:
      description: The IPv4 addresses of all interfaces.
      type: list
      elements: str
    ansible_net_all_ipv6_addresses:
      description: The IPv6 addresses of all interfaces.
      type: list
      elements: str
    ansible_net_usage:
      description:
        - What is in use now, of processor, memory and disk in percent, of other resources in numbers. In the subset
          V(usage).
      type: dict
      sample: {"cpu": 3, "mem": 41, "disk": 0, "session": 118}
    ansible_net_licenses:
      description: The licences by their names, as the device tells them. In the subset V(licenses).
      type: dict
    ansible_net_ha:
      description: The cluster as configured, and its members. In the subset V(ha).
      type: dict
      sample:
        mode: a-p
        group_name: edge
        group_id: 1
        priority: 200
        peers: [{"hostname": "fw1", "serialnum": "FGVM00000000001", "priority": 200, "primary": true}]
    ansible_network_resources:
      description:
        - The configuration asked for with O(gather_network_resources), by the names of the modules, each in the form that
          its module takes as C(config).
      type: dict
"""

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.job import Job
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.main import run
from ansible_collections.hfortix.fortios.plugins.module_utils.device.facts import FACTS_SPEC, facts

JOB = Job(facts, FACTS_SPEC)


def main() -> None:
    run(JOB)


if __name__ == "__main__":
    main()
