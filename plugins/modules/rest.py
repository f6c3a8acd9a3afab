#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
---
module: rest
short_description: Send a request of any kind
version_added: "1.0.0"
description:
  - Sends one request to any path of the API, for what no other module does.
  - A request other than GET is sent whenever the task runs. The modules of the configuration look first whether there
    is something to do; prefer them where they serve.
author: ["The hfortix.fortios developers (@hfortix)"]
extends_documentation_fragment:
  - hfortix.fortios.connection
attributes:
  check_mode:
    description:
      - Sends no request other than GET, and reports a change in its place.
      - With O(compare=true), a DELETE of what is not there is no change.
    support: full
  diff_mode:
    description: Shows what is at the path before and after, with O(compare=true).
    support: partial
    details: Without O(compare=true) there is nothing to show. In check mode only a DELETE can be foreseen.
  idempotent:
    description: Sends the request again. Whether that changes something, the request decides.
    support: partial
    details: GET, and a DELETE with O(compare=true), change nothing more.
options:
  method:
    description: The HTTP method. GET never counts as a change.
    type: str
    choices: [GET, POST, PUT, DELETE]
    default: GET
  path:
    description:
      - The path of the request, with or without V(/api/v2/) in front, such as V(cmdb/firewall/address/web).
      - A slash that belongs to a name is written V(%2F). Blanks and other signs are encoded for you.
    type: str
    required: true
  query:
    description: Parameters of the request. A list repeats its parameter.
    type: dict
  body:
    description:
      - What to send, as a dictionary, a list, or a text of JSON, with the names of fields that the API has.
    type: raw
  vdom:
    description:
      - The virtual domain to work in, unless O(query) names one.
      - The default is the one that the connection names, or else the management virtual domain of the administrator.
    type: str
  compare:
    description:
      - Whether to read O(path) before and after the request, and report a change only where something differs, or
        where the device says that its table has changed, as with a secret, a move or a copy.
      - Nothing is sent to delete what is not there.
      - Without it, a request other than GET counts as a change, unless the device says that it has changed nothing.
        Tables of the configuration say that.
    type: bool
    default: false
notes:
  - In RV(request), RV(before), RV(after) and the answers of the configuration, secrets are masked. What other answers
    hold is returned as it is. Set C(no_log) for a task whose answer is a secret, such as a new key.
seealso:
  - module: hfortix.fortios.query
"""

EXAMPLES = r"""
- name: Look how much memory is in use
  hfortix.fortios.rest:
    path: monitor/system/resource/usage
    query:
      resource: mem
      interval: 1-min
  register: memory

- name: Change a comment, and see whether that was a change
  hfortix.fortios.rest:
    method: PUT
    path: cmdb/firewall/address/web
    body:
      comment: Booking site
    compare: true

- name: Copy an object
  hfortix.fortios.rest:
    method: POST
    path: cmdb/firewall/address/web
    query:
      action: clone
      nkey: web-2
"""

RETURN = r"""
response:
  description: What the device answered. A list where several virtual domains did.
  returned: when the request was sent and the answer is no file
  type: raw
  sample: {"http_method": "GET", "results": {"hostname": "fw1"}, "status": "success", "vdom": "root"}
content:
  description: The file that the device answered with, encoded in base64.
  returned: when the answer is a file
  type: str
encoding:
  description: How RV(content) is encoded.
  returned: when the answer is a file
  type: str
  sample: base64
request:
  description: The request, secrets masked.
  returned: for methods other than GET
  type: dict
  sample: {"method": "PUT", "path": "/api/v2/cmdb/firewall/address/web", "body": {"comment": "Booking site"}}
before:
  description: What was at the path before, secrets masked. Null where nothing was.
  returned: with O(compare=true), for methods other than GET
  type: raw
after:
  description: What is at the path now.
  returned: with O(compare=true), for methods other than GET, and in check mode for DELETE only
  type: raw
"""

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.job import Job
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.main import run
from ansible_collections.hfortix.fortios.plugins.module_utils.device.rest import REST_SPEC, hide, rest

JOB = Job(rest, REST_SPEC, hide=hide)


def main() -> None:
    run(JOB)


if __name__ == "__main__":
    main()
