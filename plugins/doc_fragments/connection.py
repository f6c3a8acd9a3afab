# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The options of a direct connection, shared by every module."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  host:
    description:
      - "Name or address of the device, for a direct connection (C(connection: local))."
      - A port may follow, as in V(fw1.example.com:8443) or V([2001:db8::1]:8443).
      - Not used over P(ansible.netcommon.httpapi#connection), whose own variables say where the device is.
      - If not set, the environment variable E(FORTIOS_HOST) is used.
    type: str
  port:
    description:
      - HTTPS port of the device, for a direct connection.
      - The default is the port that O(host) names, or else V(443).
      - If not set, the environment variable E(FORTIOS_PORT) is used.
    type: int
  token:
    description:
      - Key of a REST API administrator, for a direct connection. It is sent as a bearer token and needs no login.
      - Takes precedence over O(username) and O(password).
      - If not set, the environment variables E(FORTIOS_TOKEN) and E(FORTIOS_ACCESS_TOKEN) are used, in this order.
    type: str
  username:
    description:
      - Administrator who logs in, for a direct connection without O(token). Needs O(password) as well.
      - Every module call logs in and out again; a token, or a connection of type
        P(ansible.netcommon.httpapi#connection), saves that.
      - If not set, the environment variable E(FORTIOS_USERNAME) is used.
    type: str
  password:
    description:
      - Password of O(username).
      - If not set, the environment variable E(FORTIOS_PASSWORD) is used.
    type: str
  validate_certs:
    description:
      - Whether the certificate of the device must be trusted and match O(host), for a direct connection.
      - Rather than turning this off, name the certificate authority with O(ca_path).
      - If not set, the environment variable E(FORTIOS_VALIDATE_CERTS) is used.
    type: bool
    default: true
  ca_path:
    description:
      - File of certificate authorities in PEM format that the device's certificate is checked against, instead of
        those that the system trusts.
      - If not set, the environment variable E(FORTIOS_CA_PATH) is used.
    type: path
  timeout:
    description:
      - Seconds to wait for the device to accept a connection, and for each answer.
      - If not set, the environment variable E(FORTIOS_TIMEOUT) is used.
    type: int
    default: 30
"""
