#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
---
module: query
short_description: Read many endpoints in one task
version_added: "1.0.0"
description:
  - Reads any number of endpoints at once, of the configuration and of the monitor, log and service families.
  - What the configuration holds comes in the form that the module of the endpoint takes as C(config), so that it can be
    stored, changed, and written back.
  - All queries are sent together, and answered while others are under way.
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
  queries:
    description: What to read.
    type: list
    elements: dict
    required: true
    suboptions:
      endpoint:
        description:
          - The endpoint, as the name of its module or as its path in the API.
          - V(firewall_address), V(firewall/address) and V(cmdb/firewall/address) are the same, and so are
            V(monitor_system_status_info) and V(monitor/system/status).
        type: str
        required: true
      filter:
        description:
          - Conditions that an object has to meet, all of them, in the syntax of the API, such as V(name=@web) or
            V(type==fqdn).
          - "Operators are V(==) and V(!=), V(=@) (contains) and V(!@), V(<), V(<=), V(>), V(>=). Several values
            behind one operator, separated by commas, are alternatives."
          - A condition begins with the name of a field, either the option's or the API's.
        type: list
        elements: str
      sort:
        description:
          - Fields to sort by, the most important first. V(,asc) or V(,dsc) behind a name says in which direction.
        type: list
        elements: str
      fields:
        description:
          - Fields to return, by the names of the options or the API's. The default is all of them.
          - The key of an object is always among them.
        type: list
        elements: str
      vdoms:
        description:
          - Virtual domains to read from, each with a result of its own. V(*) stands for all of them.
          - The default is O(vdom).
          - Not used for what belongs to the device as a whole.
        type: list
        elements: str
      params:
        description:
          - Other parameters of the request, under the names that the API gives them, such as C(source) of a log or
            C(start) and C(count).
        type: dict
  vdom:
    description:
      - The virtual domain of queries that name none.
      - The default is the one that the connection names, or else the management virtual domain of the administrator.
    type: str
  version_check:
    description:
      - What to do about endpoints that the device does not have.
      - V(fail) fails, after everything else was read.
      - V(warn) leaves them out and says so in a warning.
      - V(ignore) leaves them out.
    type: str
    choices: [warn, fail, ignore]
    default: fail
notes:
  - When a query fails, the task fails, after all queries were sent. What the others found is in RV(results) all the
    same.
  - Passwords, keys and other secrets of the configuration, which the device does not give back, are left out.
  - Endpoints are found by their names where Ansible itself runs, so that C(async) and C(environment) cannot be used.
seealso:
  - module: hfortix.fortios.rest
  - plugin: hfortix.fortios.fortios
    plugin_type: lookup
"""

EXAMPLES = r"""
- name: Read what concerns web servers, from two virtual domains
  hfortix.fortios.query:
    queries:
      - endpoint: firewall_address
        filter: ["name=@web"]
        sort: [name]
        fields: [name, type, subnet, fqdn]
        vdoms: [root, dmz]
      - endpoint: system_global
      - endpoint: monitor/system/status
  register: read

- name: Copy the addresses of one firewall to another
  hfortix.fortios.firewall_address:
    config: "{{ read.results[0].config }}"
  delegate_to: fw2
"""

RETURN = r"""
results:
  description:
    - What was found, in the order of O(queries) and of their virtual domains.
    - A query of several virtual domains has several results.
  returned: when the queries are valid
  type: list
  elements: dict
  contains:
    endpoint:
      description: The endpoint as O(queries[].endpoint) has it.
      type: str
      sample: firewall_address
    vdom:
      description: The virtual domain that answered.
      type: str
      sample: root
    config:
      description:
        - Of an endpoint of the configuration, what it holds, in the form of the option C(config) of its module. That is
          a list of objects, or one object where there is only one.
      type: raw
      sample: [{"name": "web-1", "type": "ipmask", "subnet": "192.0.2.11 255.255.255.255"}]
    results:
      description: Of any other endpoint, its results as the device gave them.
      type: raw
    error:
      description: In place of these, why the query failed.
      type: dict
      contains:
        msg:
          description: The error in a sentence.
          type: str
        type:
          description: The kind of the error.
          type: str
          sample: UnsupportedError
        status:
          description: The HTTP status.
          type: int
"""

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.job import Job
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.main import run
from ansible_collections.hfortix.fortios.plugins.module_utils.device.query import QUERY_SPEC, hide, query

JOB = Job(query, QUERY_SPEC, hide=hide)


def main() -> None:
    run(JOB)


if __name__ == "__main__":
    main()
