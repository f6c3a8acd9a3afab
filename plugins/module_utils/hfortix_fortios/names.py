# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""One naming rule: how the API's names become option, Python, module and class names.

Names on the wire stay as the device has them (``802-1X-settings``, ``admin-auth-tacacs+``). Everything that
a person types is derived from them here and nowhere else.
"""

from __future__ import annotations

import keyword
import re
from functools import cache

_NOT_WORD = re.compile(r"[^a-z0-9_]+")
_SEPARATORS = re.compile(r"[^A-Za-z0-9]+")
#: Option names that ansible-core keeps for itself, at every level of an argument specification.
_RESERVED = frozenset({"message", "syslog_facility"})


@cache
def option_name(wire: str) -> str:
    """The Ansible option for a wire name: lower case, ``+`` spelled ``plus``, everything else ``_``.

    A name that ansible-core reserves gets an underscore, one that begins with a digit a ``d``: Ansible wants
    identifiers.

    >>> option_name("802-1X-settings"), option_name("admin-auth-tacacs+"), option_name("threshold(default)")
    ('d802_1x_settings', 'admin_auth_tacacsplus', 'threshold_default')
    >>> option_name("message")
    'message_'
    """
    name = _snake(wire)
    if name[0].isdigit():
        return "d" + name
    return name + "_" if name in _RESERVED else name


def _snake(wire: str) -> str:
    return _NOT_WORD.sub("_", wire.lower().replace("+", "plus")).strip("_")


def python_name(wire: str) -> str:
    """The Python keyword argument or attribute for a wire name: the option name, made an identifier.

    >>> python_name("80211k"), python_name("as"), python_name("src-check")
    ('_80211k', 'as_', 'src_check')
    """
    name = _snake(wire)
    if keyword.iskeyword(name):
        return name + "_"
    return "_" + name if name[0].isdigit() else name


def module_name(path: str) -> str:
    """The snake case name of an API path, without the prefix and suffix that an API family adds.

    >>> module_name("vpn.ipsec/phase1-interface")
    'vpn_ipsec_phase1_interface'
    """
    return _snake(path.replace("/", "_").replace(".", "_"))


def class_name(wire: str) -> str:
    """The class name of one path segment, in CapWords; a leading digit gets an underscore.

    >>> class_name("phase1-interface"), class_name("802-1X-settings")
    ('Phase1Interface', '_8021xSettings')
    """
    words = _SEPARATORS.split(wire.replace("+", "plus"))
    name = "".join(word[:1].upper() + word[1:].lower() for word in words if word)
    return "_" + name if name[0].isdigit() else name
