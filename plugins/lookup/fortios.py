# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The lookup plugin: what endpoints hold, wherever a playbook has an expression."""

from __future__ import annotations

DOCUMENTATION = r"""
name: fortios
short_description: Read endpoints of a FortiOS device
version_added: 1.0.0
author:
  - The hfortix.fortios developers (@hfortix)
description:
  - Returns the objects of endpoints of the configuration, each in the form that the module of its endpoint takes in
    C(config), and the results of monitor, log and service endpoints as the device gives them.
  - Makes a connection of its own, for each lookup, from where Ansible itself runs. The variables of the current host
    say where to, also those of a connection of type P(ansible.netcommon.httpapi#connection). A token saves the login.
  - Many endpoints are read faster together in one lookup, or with the module M(hfortix.fortios.query).
  - Needs the Python library C(httpx) where Ansible itself runs.
options:
  _terms:
    description:
      - The endpoints, as the names of their modules or as their paths in the API.
      - V(firewall_address), V(firewall/address) and V(cmdb/firewall/address) are the same.
    required: true
  filter:
    description:
      - Conditions that an object has to meet, all of them, in the syntax of the API, such as V(name=@web).
      - A condition begins with the name of a field, either the option's or the API's.
    type: list
    elements: str
    default: []
  sort:
    description: Fields to sort by. V(,asc) or V(,dsc) behind a name says in which direction.
    type: list
    elements: str
    default: []
  fields:
    description:
      - Fields to return, by the names of the options or the API's. The default is all of them.
      - The key of an object is always among them.
    type: list
    elements: str
    default: []
  params:
    description: Other parameters of the request, under the names that the API gives them.
    type: dict
    default: {}
  vdom:
    description:
      - The virtual domain to read from. V(*) stands for all of them.
      - The default is the management virtual domain of the administrator.
    type: str
    vars:
      - name: ansible_fortios_vdom
      - name: ansible_httpapi_vdom
    env:
      - name: FORTIOS_VDOM
  host:
    description: Name or address of the device.
    type: str
    vars:
      - name: inventory_hostname
      - name: ansible_host
    env:
      - name: FORTIOS_HOST
  port:
    description: HTTPS port of the device. The default is the port that O(host) names, or else V(443).
    type: int
    vars:
      - name: ansible_httpapi_port
    env:
      - name: FORTIOS_PORT
  token:
    description: Key of a REST API administrator. Takes precedence over O(username) and O(password).
    type: str
    vars:
      - name: ansible_fortios_token
    env:
      - name: FORTIOS_TOKEN
      - name: FORTIOS_ACCESS_TOKEN
  session_key:
    description:
      - Another way to give O(token), as a dictionary with the key C(access_token), or with the header
        C(Authorization).
    type: dict
    vars:
      - name: ansible_httpapi_session_key
  username:
    description: Administrator who logs in, and out again, where there is no token.
    type: str
    vars:
      - name: ansible_user
    env:
      - name: FORTIOS_USERNAME
  password:
    description: Password of O(username).
    type: str
    vars:
      - name: ansible_password
      - name: ansible_httpapi_pass
      - name: ansible_httpapi_password
    env:
      - name: FORTIOS_PASSWORD
  validate_certs:
    description: Whether the certificate of the device must be trusted and match O(host).
    type: bool
    default: true
    vars:
      - name: ansible_httpapi_validate_certs
    env:
      - name: FORTIOS_VALIDATE_CERTS
  ca_path:
    description: File of certificate authorities in PEM format to trust instead of those of the system.
    type: path
    vars:
      - name: ansible_httpapi_ca_path
    env:
      - name: FORTIOS_CA_PATH
  timeout:
    description: Seconds to wait for the device to accept a connection, and for each answer.
    type: int
    default: 30
    vars:
      - name: ansible_fortios_timeout
    env:
      - name: FORTIOS_TIMEOUT
notes:
  - C(query) returns a list in any case. C(lookup) returns an object that is the only one found as it is.
  - What is given in the lookup decides before the variables of the current host, and these before the environment.
  - Where the variable C(ansible_network_os) of the current host is not V(hfortix.fortios.fortios), so that the host may
    be of any kind, only those of its variables are used that begin with C(ansible_fortios_).
seealso:
  - module: hfortix.fortios.query
"""

EXAMPLES = r"""
- name: Name the addresses that the current host has for web servers
  ansible.builtin.debug:
    msg: "{{ query('hfortix.fortios.fortios', 'firewall_address', filter=['name=@web']) | map(attribute='name') }}"

- name: Compare the names of two firewalls, from anywhere
  ansible.builtin.assert:
    that: here.hostname != there.hostname
  vars:
    here: "{{ lookup('hfortix.fortios.fortios', 'system_global', host='fw1.example.com', token=fw1_token) }}"
    there: "{{ lookup('hfortix.fortios.fortios', 'system_global', host='fw2.example.com', token=fw2_token) }}"
"""

RETURN = r"""
_raw:
  description:
    - The objects of all endpoints, one after the other. Of an endpoint with a single object, that object.
  type: list
  elements: raw
"""

from collections.abc import Mapping, Sequence
from typing import Any

from ansible import constants as C
from ansible.errors import AnsibleLookupError
from ansible.plugins.lookup import LookupBase

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.argspec import connection_spec
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.connection import (
    NETWORK_OS,
    DirectClient,
    token_of,
)
from ansible_collections.hfortix.fortios.plugins.module_utils.device.reads import Found, Question, ask
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.errors import FortiOSError
from ansible_collections.hfortix.fortios.plugins.module_utils.resource.task import TaskError


class LookupModule(LookupBase):
    def run(self, terms: Sequence[Any], variables: Mapping[str, Any] | None = None, **options: Any) -> list[Any]:
        """The objects of the endpoints that `terms` name.

        :raises AnsibleLookupError: there is no such endpoint, or it cannot be read
        """
        self.set_options(var_options=self._own(variables or {}), direct=options)
        vdom = self.get_option("vdom")
        shared = {name: self.get_option(name) for name in ("filter", "sort", "fields", "params")}
        questions = [Question(str(term), vdoms=[vdom] if vdom else [], **shared) for term in self._flatten(terms)]
        client = DirectClient(self._connection())
        try:
            return [row for found in ask(client, questions) for row in _rows(found)]
        except (FortiOSError, TaskError) as error:
            raise AnsibleLookupError(str(error)) from error
        finally:
            client.close()

    def _own(self, variables: Mapping[str, Any]) -> dict[str, Any]:
        """The variables that are options here. Their values may still be templates.

        Those that any host may have, such as ``ansible_password``, say nothing of a device where the host is none.
        """

        def template(name: str) -> Any:
            return self._templar.template(variables[name])

        names = [name for name in C.config.get_plugin_vars("lookup", self._load_name) if name in variables]
        if "ansible_network_os" not in variables or template("ansible_network_os") != NETWORK_OS:
            names = [name for name in names if name.startswith("ansible_fortios_")]
        return {name: template(name) for name in names}

    def _connection(self) -> dict[str, Any]:
        """The options of a direct connection."""
        options = {name: self.get_option(name) for name in connection_spec()}
        return {**options, "token": options["token"] or token_of(self.get_option("session_key"))}


def _rows(found: Found) -> list[Any]:
    if found.error is not None:
        raise found.error
    return found.value if isinstance(found.value, list) else [found.value]
