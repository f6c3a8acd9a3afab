#!/usr/bin/python
# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)

from __future__ import annotations

DOCUMENTATION = r"""
---
module: certificate
short_description: Import certificates, and tell when they expire
version_added: "1.0.0"
description:
  - Imports local certificates with their private keys, certificate authorities, certificates of others, and revocation
    lists. Tells which ones a device has, and for how long each still holds.
  - A certificate is known by its SHA-256 fingerprint. Nothing is written when the device has the one that is given.
    Intermediate certificates that come with it are not compared.
  - A warning tells where the one that is given has ceased to hold, or does not hold yet.
  - A private key is checked against its certificate before anything is sent. What the device holds afterwards is read
    back and compared, because releases are known that accept a certificate and do not take it.
  - Keys and passphrases are never returned.
requirements:
  - The Python library C(cryptography), which ansible-core needs as well, to read PKCS#12 files.
author: ["The hfortix.fortios developers (@hfortix)"]
extends_documentation_fragment:
  - hfortix.fortios.connection
attributes:
  check_mode:
    description: Can run in check mode, which tells what would be done and changes nothing.
    support: full
  diff_mode:
    description: Tells what changes when run in diff mode.
    support: full
  idempotent:
    description: Run again, changes nothing more.
    support: full
options:
  state:
    description:
      - With V(present), the certificate is imported unless the device has it. A different one of the same O(name) is
        replaced, so that what refers to it need not be touched. Not every release allows that; the error then tells
        the way around.
      - With V(absent), it is deleted.
      - With V(gathered), nothing is changed, and all certificates are returned, or those of O(type) and O(name).
    type: str
    choices: [present, absent, gathered]
    default: present
  type:
    description:
      - V(local) is a certificate of the device itself, with its private key.
      - V(ca) is a certificate authority that the device trusts, and V(remote) the certificate of somebody else.
      - V(crl) is a revocation list.
      - Needed with O(state=present) and O(state=absent).
    type: str
    choices: [local, ca, remote, crl]
  name:
    description:
      - The name of the certificate on the device. Needed with O(type=local) and with O(state=absent).
      - Where it is not given, the device chooses one, and a certificate that it has under any name is left as it is.
      - Where it is given and the device has the same certificate under another name, it is renamed. Only local
        certificates are not.
    type: str
  src:
    description:
      - File with the certificate in PEM or DER or, for O(type=local), in PKCS#12.
      - For O(type=local), intermediate certificates may follow in the file, and the private key may stand in it.
      - A relative path starts from the folder in which Ansible was started.
      - Needed with O(state=present), unless O(content) is given.
    type: path
  content:
    description:
      - The same as O(src), as text. What is not PEM has to be in base64.
    type: str
  key_src:
    description:
      - File with the private key in PEM, for O(type=local).
      - Not needed for the answer to a signing request that the device made under O(name), which has the key, nor for a
        renewed certificate of the same key.
    type: path
  key_content:
    description:
      - The same as O(key_src), as text.
    type: str
  passphrase:
    description:
      - The secret with which the private key or the PKCS#12 file is encrypted. Not used for a key that is not.
    type: str
  vdom:
    description:
      - The virtual domain that the certificate is for.
      - The default is a certificate for all virtual domains, which a task that names one does not change.
    type: str
seealso:
  - module: hfortix.fortios.monitor_system_available_certificates_info
"""

EXAMPLES = r"""
- name: Give the firewall a certificate, and renew it under the same name
  hfortix.fortios.certificate:
    type: local
    name: vpn.example.com
    src: files/vpn.example.com.pem
    key_src: files/vpn.example.com.key
    passphrase: "{{ vpn_key_passphrase }}"

- name: Trust the company's own authority
  hfortix.fortios.certificate:
    type: ca
    name: example-root
    content: "{{ lookup('ansible.builtin.file', 'example-root.pem') }}"

- name: Read when the firewall's own certificates expire
  hfortix.fortios.certificate:
    state: gathered
    type: local
  register: own

- name: Refuse to go on with one that ends within a month
  ansible.builtin.assert:
    that: own.certificates | rejectattr('days_left', 'undefined') | selectattr('days_left', 'lt', 30) | length == 0
"""

RETURN = r"""
action:
  description: What was done, or would be in check mode.
  returned: with O(state=present) and O(state=absent)
  type: str
  sample: import
before:
  description: The certificate before the task, in the form of RV(certificates); empty if there was none.
  returned: with O(state=present) and O(state=absent)
  type: dict
after:
  description: The certificate after the task, in the form of RV(certificates); empty if there is none.
  returned: with O(state=present) and O(state=absent)
  type: dict
certificates:
  description: The certificates of the device.
  returned: with O(state=gathered)
  type: list
  elements: dict
  contains:
    name:
      description: The name on the device.
      type: str
      sample: vpn.example.com
    type:
      description: The type, as the option O(type) has it.
      type: str
      sample: local
    status:
      description: What the device says of it.
      type: str
      sample: valid
    source:
      description: Whether it was imported (V(user)) or came with the device (V(factory), V(bundle)).
      type: str
      sample: user
    range:
      description: Whether it is there for all virtual domains (V(global)) or for one (V(vdom)).
      type: str
      sample: global
    subject:
      description: Whose it is. A revocation list has none.
      type: str
      sample: O=Example, CN=vpn.example.com
    issuer:
      description: Who signed it.
      type: str
      sample: O=Example, CN=Example Root
    serial:
      description: Its serial number, in hexadecimal. A revocation list has none.
      type: str
      sample: 3a7f
    not_before:
      description: From when on it holds.
      type: str
      sample: "2026-01-01T00:00:00Z"
    not_after:
      description: Until when it holds; of a revocation list, when the next one is due.
      type: str
      sample: "2027-01-01T00:00:00Z"
    days_left:
      description: Whole days until RV(certificates[].not_after); negative if that has passed.
      type: int
      sample: 117
    expired:
      description: Whether RV(certificates[].not_after) has passed.
      type: bool
    sha256:
      description: The SHA-256 fingerprint, in hexadecimal.
      type: str
    error:
      description: Why the device did not give it out, if it did not; what it says of itself is missing then.
      type: str
"""

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.job import Job
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.main import run
from ansible_collections.hfortix.fortios.plugins.module_utils.device.certificates import CONSTRAINTS, SPEC, work

JOB = Job(work, SPEC, CONSTRAINTS)


def main() -> None:
    run(JOB)


if __name__ == "__main__":
    main()
