# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The inventory plugin: the devices of a Security Fabric, units of HA clusters and virtual domains as hosts."""

from __future__ import annotations

DOCUMENTATION = r"""
name: fortios
short_description: The devices of a Security Fabric as hosts
version_added: 1.0.0
author:
  - The hfortix.fortios developers (@hfortix)
description:
  - Asks one FortiGate which devices its Security Fabric has, and makes a host of each. On request, the units of HA
    clusters and the virtual domains become hosts as well.
  - The name of the inventory file ends with C(fortios.yml) or C(fortios.yaml).
  - A host has the name that the device has. Where several would have the same, each has an underscore and its serial
    number behind it. The host of a virtual domain is named after the device and the virtual domain, as in C(fw1_lab).
  - Nothing secret becomes a variable or is cached. Give the hosts their credentials in C(group_vars/fortios.yml) or
    where else you keep them, for instance C(ansible_fortios_token).
extends_documentation_fragment:
  - ansible.builtin.constructed
  - ansible.builtin.inventory_cache
options:
  plugin:
    description:
      - The name of this plugin.
    type: str
    required: true
    choices: [hfortix.fortios.fortios]
  host:
    description:
      - Name or address of the device to ask. To see the whole fabric, name its root.
      - A port may follow, as in V(fw1.example.com:8443) or V([2001:db8::1]:8443).
    type: str
    required: true
    env:
      - name: FORTIOS_HOST
  port:
    description:
      - HTTPS port of the device.
      - The default is the port that O(host) names, or else V(443).
    type: int
    env:
      - name: FORTIOS_PORT
  token:
    description:
      - Key of a REST API administrator. It is sent as a bearer token.
      - Takes precedence over O(username) and O(password).
    type: str
    env:
      - name: FORTIOS_TOKEN
      - name: FORTIOS_ACCESS_TOKEN
  username:
    description:
      - Administrator who logs in where there is no O(token). Needs O(password) as well.
    type: str
    env:
      - name: FORTIOS_USERNAME
  password:
    description:
      - Password of O(username).
    type: str
    env:
      - name: FORTIOS_PASSWORD
  validate_certs:
    description:
      - Whether the certificate of the device must be trusted and match O(host).
      - Rather than turning this off, name the certificate authority with O(ca_path).
    type: bool
    default: true
    env:
      - name: FORTIOS_VALIDATE_CERTS
  ca_path:
    description:
      - File of certificate authorities in PEM format that the device's certificate is checked against, instead of
        those that the system trusts.
    type: path
    env:
      - name: FORTIOS_CA_PATH
  timeout:
    description:
      - Seconds to wait for the device to accept a connection, and for each answer.
    type: int
    default: 30
    env:
      - name: FORTIOS_TIMEOUT
  fabric:
    description:
      - Whether the other devices of the Security Fabric become hosts. If not, O(host) alone does.
    type: bool
    default: true
  ha_members:
    description:
      - Whether each unit of an HA cluster becomes a host. If not, the cluster is one host, with the name of the unit
        that answers.
      - A cluster is reached under one address, by the host of the unit that answers. Devices do not tell the addresses
        of the others. If they have management interfaces of their own, set C(ansible_host) for these hosts.
      - Which units there are, also of other devices, is read with the access group C(sysgrp).
    type: bool
    default: false
  vdoms:
    description:
      - Whether the virtual domains of each device become hosts. Tasks for such a host manage this virtual domain.
      - The hosts of the devices remain, for what is global.
    type: bool
    default: false
notes:
  - The variables of hosts in the group C(fortios) are C(ansible_connection) and C(ansible_network_os).
  - "A host has, as far as it is known, C(ansible_host) and C(ansible_httpapi_port), and always these, null where it is
    not known: C(fortios_serial), C(fortios_hostname), C(fortios_model), C(fortios_version), C(fortios_build),
    C(fortios_fabric) (its name), C(fortios_fabric_role) (V(root), V(downstream) or V(standalone)),
    C(fortios_fabric_upstream) (a host, or a serial number), C(fortios_ha_role) (V(primary), V(secondary) or
    V(standalone)), C(fortios_vdoms), C(fortios_vdom), and C(fortios_device) (the host of the device)."
  - The groups are C(fortios) with all hosts, C(fortios_device), C(fortios_vdom), C(fortios_fabric_root),
    C(fortios_fabric_downstream), C(fortios_ha_primary) and C(fortios_ha_secondary).
  - Other devices of the fabric have C(ansible_host) if they have a management address in it. If not, the name of the
    host has to lead to the device, or O(compose) makes an address.
  - Ansible only warns of an inventory that cannot be read, unless C(ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED) is set.
  - What the device tells of its fabric is not documented; this plugin follows public reports of it.
  - Needs the Python library C(httpx) where Ansible itself runs.
seealso:
  - plugin: hfortix.fortios.fortios
    plugin_type: httpapi
"""

EXAMPLES = r"""
# fortios.yml: every device of the fabric, by a key in the environment variable FORTIOS_TOKEN
plugin: hfortix.fortios.fortios
host: fw1.example.com

---
# branches.fortios.yml: virtual domains as well; groups by model and release; names as addresses
plugin: hfortix.fortios.fortios
host: fw1.example.com
token: "{{ lookup('ansible.builtin.file', '~/.fortios/token') }}"
ca_path: company-ca.pem
vdoms: true
compose:
  ansible_host: ansible_host | default(fortios_hostname ~ '.example.com')
groups:
  before_7_6: fortios_version is version('7.6', '<')
keyed_groups:
  - key: fortios_model
    prefix: model
cache: true
cache_plugin: ansible.builtin.jsonfile
cache_connection: ~/.ansible/cache/fortios
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any
from urllib.parse import urlsplit

from ansible.errors import AnsibleParserError
from ansible.plugins.inventory import BaseInventoryPlugin, Cacheable, Constructable
from ansible.utils.unsafe_proxy import wrap_var

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.argspec import connection_spec
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.connection import (
    HTTPAPI,
    NETWORK_OS,
    direct_client,
)
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.errors import (
    AuthenticationError,
    FortiOSError,
    TLSError,
    TransportError,
)
from ansible_collections.hfortix.fortios.plugins.plugin_utils.fabric import (
    GROUP,
    PARTS,
    Host,
    PartError,
    discover,
    hosts,
)

#: The options to look at after an error; those that are missing the error names itself.
BLAMED = {
    AuthenticationError: "token, or username and password: ",
    TLSError: "ca_path and validate_certs: ",
    TransportError: "host: ",
}

ENDINGS = ("fortios.yml", "fortios.yaml")


class InventoryModule(BaseInventoryPlugin, Constructable, Cacheable):
    NAME = NETWORK_OS

    def verify_file(self, path: str) -> bool:
        return bool(super().verify_file(path)) and path.endswith(ENDINGS)

    def parse(self, inventory: Any, loader: Any, path: str, cache: bool = True) -> None:
        """Read the device, or the cache, and fill the inventory.

        :raises AnsibleParserError: the file or the device is not as it should be
        """
        super().parse(inventory, loader, path)
        self._read_config_data(path)
        parts = [part for part in PARTS if self.get_option(part)]
        key = self._cache_key(path, parts)
        found = self._cache.get(key) if cache and self.get_option("cache") else None
        if found is None:
            found = [asdict(host) for host in self._hosts(parts)]
            if self.get_option("cache"):
                self._cache[key] = found
        inventory.add_group(GROUP)
        for name, value in {"ansible_connection": HTTPAPI, "ansible_network_os": NETWORK_OS}.items():
            inventory.set_variable(GROUP, name, value)
        for host in found:
            self._add(Host(**host))

    def set_options(
        self, task_keys: Any = None, var_options: Any = None, direct: Mapping[str, Any] | None = None
    ) -> None:
        """Set the options; in the file, those of the connection may be templates."""
        values = dict(direct or {})
        for name in connection_spec().keys() & values.keys():
            values[name] = self.templar.template(values[name])
        super().set_options(task_keys=task_keys, var_options=var_options, direct=values)

    def _hosts(self, parts: list[str]) -> list[Host]:
        options = {name: self.get_option(name) for name in connection_spec()}
        try:
            with direct_client(options) as client:
                where = urlsplit(client.base_url)
                return hosts(discover(client, parts, str(where.hostname), where.port), parts)
        except PartError as error:
            raise AnsibleParserError(str(error)) from None
        except FortiOSError as error:
            blamed = next((names for kind, names in BLAMED.items() if isinstance(error, kind)), "")
            raise AnsibleParserError(f"{blamed}{error}") from None

    def _add(self, host: Host) -> None:
        """Add a host to its groups, and to those that the user's expressions make."""
        variables: dict[str, Any] = wrap_var(dict(host.variables))
        self.inventory.add_host(host.name)
        for group in host.groups:
            self.inventory.add_group(group)
            self.inventory.add_child(GROUP, group)
            self.inventory.add_child(group, host.name)
        for name, value in variables.items():
            self.inventory.set_variable(host.name, name, value)
        strict = self.get_option("strict")
        self._set_composite_vars(self.get_option("compose"), variables, host.name, strict=strict)
        self._add_host_to_composed_groups(self.get_option("groups"), variables, host.name, strict=strict)
        self._add_host_to_keyed_groups(self.get_option("keyed_groups"), variables, host.name, strict=strict)

    def _cache_key(self, path: str, parts: list[str]) -> str:
        """A key of what is read: a file that is changed to read something else has another one."""
        read = json.dumps([self.get_option("host"), self.get_option("port"), parts])
        return f"{self.get_cache_key(path)}_{hashlib.sha256(read.encode()).hexdigest()[:16]}"
