# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the numbers mean that FortiOS puts into the ``error`` member of an answer, and what to do about each.

The numbers are facts of the device; meanings and remedies are our words. Read by `errors` only.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

#: Which class of error a code makes; "refused" is the base class, for what fits no other.
Kind = Literal[
    "refused",
    "value",
    "reference",
    "missing",
    "duplicate",
    "in_use",
    "denied",
    "auth",
    "locked",
    "unsupported",
    "server",
]


class Code(NamedTuple):
    """One FortiOS error code: the class it makes, its meaning, and the remedy ("" where none is certain)."""

    kind: Kind
    meaning: str
    hint: str = ""


_PEER = "Give one of the two objects another name."
_PROFILE = "Grant the administrator's profile read-write access to this part of the configuration."
_LIMIT = "Remove entries that are not needed, or raise the limit (licence, model, or vdom resource limits)."

CODES: dict[int, Code] = {
    -1: Code("value", "value of a wrong length", "Shorten or lengthen the value to what the field allows."),
    -2: Code("value", "index out of range", "Use an index within the table's bounds."),
    -3: Code("missing", "entry not found", "Check the key and the vdom; create the entry first where it should exist."),
    -4: Code("refused", "the table is full", _LIMIT),
    -5: Code("duplicate", "an entry with this key exists already", "Update the existing entry, or choose another key."),
    -6: Code("server", "the device is out of memory", "Try again later; check the device's memory use."),
    -7: Code("refused", "conflict with a system setting", "Compare the value with the settings under system."),
    -8: Code("value", "invalid IP address"),
    -9: Code("value", "invalid network mask"),
    -10: Code("value", "invalid gateway address"),
    -13: Code("value", "invalid timeout"),
    -14: Code("denied", "operation not permitted", "Check whether the object's other settings allow the operation."),
    -15: Code("duplicate", "duplicate entry found", "Remove the repeated entry."),
    -16: Code("value", "address missing or incorrect"),
    -20: Code("value", "entry is blank", "Give the entry a value."),
    -23: Code("in_use", "the entry is in use", "Remove the references to it first."),
    -30: Code("auth", "wrong user name or password", "Check the credentials."),
    -31: Code("auth", "the old password is wrong", "Send the current password together with the new one."),
    -33: Code("value", "invalid MAC address"),
    -36: Code(
        "value", "virtual IP mapping invalid or mapped twice", "Check the external and mapped ranges for overlap."
    ),
    -37: Code(
        "denied",
        "permission denied, or the field is computed by the device",
        "Check the administrator's profile and vdoms; leave computed fields such as uuid out of the request.",
    ),
    -39: Code("refused", "configuration file error", "Check the file's format and the release it comes from."),
    -40: Code("value", "DHCP range is reversed", "Let the range start at the lower address."),
    -45: Code("value", "invalid IP range"),
    -46: Code("value", "invalid zone", "Check the zone's name and members."),
    -48: Code("value", "the end lies before the start", "Let the period or range end after it starts."),
    -49: Code("value", "password does not satisfy the policy", "Choose a password that the password policy accepts."),
    -50: Code("value", "wrong format"),
    -54: Code("value", "address lies in the same subnet as another", "Choose an address of another subnet."),
    -55: Code("duplicate", "a default gateway exists already", "Change the existing default gateway."),
    -56: Code("value", "empty value not allowed", "Give every required field a value."),
    -61: Code("value", "input error in the command", "Check the names and values of the request's fields."),
    -72: Code("value", "too many characters", "Shorten the value."),
    -73: Code("value", "the last address is lower than the first", "Let the range start at the lower address."),
    -88: Code("value", "invalid VLAN name"),
    -89: Code("value", "invalid number"),
    -90: Code("value", "invalid IP pool name"),
    -91: Code("value", "invalid IP pool interface"),
    -94: Code("in_use", "the user group is in use", "Remove the references to the group first."),
    -95: Code("in_use", "the user group is in use", "Remove the references to the group first."),
    -96: Code("in_use", "the user group is in use", "Remove the references to the group first."),
    -97: Code("in_use", "the authentication object is in use", "Remove the references to it first."),
    -98: Code("in_use", "the RADIUS server is in use", "Remove the references to the server first."),
    -99: Code("in_use", "the authentication object is in use", "Remove the references to it first."),
    -100: Code("duplicate", "a user of this name exists already", "Choose another user name."),
    -101: Code("duplicate", "a remote server of this name exists already", "Choose another server name."),
    -145: Code("value", "invalid certificate", "Check that the certificate is complete and in PEM form."),
    -146: Code("value", "invalid CA certificate", "Check that the CA certificate is complete and in PEM form."),
    -147: Code("in_use", "the certificate is in use", "Remove the references to the certificate first."),
    -151: Code("reference", "no such certificate", "Import the certificate first, or correct its name."),
    -157: Code("in_use", "the interface is used by a policy", "Remove the policies of the interface first."),
    -158: Code("value", "invalid VLAN ID", "Use a VLAN ID from 1 to 4094."),
    -160: Code("refused", "the device refused without a reason"),
    -162: Code("duplicate", "a service and a service group share this name", _PEER),
    -163: Code("duplicate", "an address and an address group share this name", _PEER),
    -164: Code("duplicate", "an address and a virtual IP share this name", _PEER),
    -165: Code("duplicate", "a group and a virtual IP share this name", _PEER),
    -166: Code("value", "the name is too long", "Shorten the name."),
    -173: Code("value", "the value holds characters open to script injection", "Leave out < > ( ) # \" and '."),
    -177: Code("value", "the policy cannot move there", "Move the policy within its pair of interfaces."),
    -178: Code("value", "the policy cannot move there", "Move the policy within its pair of interfaces."),
    -203: Code("auth", "wrong user name or password", "Check the credentials."),
    -204: Code("auth", "wrong user name or password", "Check the credentials."),
    -215: Code("reference", "invalid interface", "Check the interface's name and its vdom."),
    -224: Code("duplicate", "the scope exists already"),
    -230: Code("value", "DHCP range and subnet do not match", "Keep the range, mask and gateway in one subnet."),
    -231: Code("value", "DHCP range and subnet do not match", "Keep the range, mask and gateway in one subnet."),
    -232: Code("value", "DHCP range and subnet do not match", "Keep the range, mask and gateway in one subnet."),
    -233: Code("value", "DHCP range and subnet do not match", "Keep the range, mask and gateway in one subnet."),
    -234: Code("value", "DHCP range and subnet do not match", "Keep the range, mask and gateway in one subnet."),
    -235: Code("value", "DHCP range and subnet do not match", "Keep the range, mask and gateway in one subnet."),
    -236: Code("value", "DHCP range and subnet do not match", "Keep the range, mask and gateway in one subnet."),
    -254: Code("value", "invalid IPv6 prefix"),
    -255: Code("value", "invalid IPv6 address"),
    -292: Code("refused", "the number of real servers is at its limit", _LIMIT),
    -310: Code("duplicate", "the name is taken by another virtual IP or group", _PEER),
    -311: Code("duplicate", "the name is taken by another virtual IP or group", _PEER),
    -312: Code("duplicate", "the name is taken by another virtual IP or group", _PEER),
    -360: Code(
        "server", "the configuration database did not answer in time", "Try again when the device is less busy."
    ),
    -361: Code("refused", "the entry could not be added", "Check the fields that the entry depends on."),
    -363: Code("value", "invalid port range"),
    -376: Code("in_use", "the vdom has a link", "Remove the vdom's links first."),
    -506: Code("value", "the address overlaps with another interface", "Choose a subnet that no interface has."),
    -513: Code("duplicate", "a vdom of this name exists already", "Choose another vdom name."),
    -514: Code("in_use", "the vdom is in use", "Remove what refers to the vdom first."),
    -515: Code("value", "the name is reserved", "Choose another name."),
    -519: Code("duplicate", "an interface and a vdom share this name", _PEER),
    -522: Code("value", "VLAN ID and parent interface cannot be changed", "Delete the interface and create it anew."),
    -523: Code("refused", "the licence allows no further vdom", _LIMIT),
    -553: Code("duplicate", "an interface, a vdom and a zone may not share a name", _PEER),
    -560: Code("value", "the name is reserved", "Choose another name."),
    -580: Code("refused", "the number of vdoms is at its limit", _LIMIT),
    -650: Code("value", "number out of range", "Use a number within the field's bounds."),
    -651: Code("value", "invalid value", "Check the value against the field's options, and that what it names exists."),
    -652: Code("value", "filters exclude each other", "Set only one of the filters."),
    -653: Code("value", "invalid regular expression", "Correct the expression."),
    -672: Code("denied", "the access profile refuses this setting", _PROFILE),
    -703: Code("value", "keyword error", "Check the keywords of the value."),
    -704: Code("value", "keyword error", "Check the keywords of the value."),
    -705: Code("value", "keyword error", "Check the keywords of the value."),
    -1000: Code("refused", "the operation mode changed", "Log in again."),
    -1010: Code("auth", "the login disclaimer was not accepted", "Accept the device's login banner."),
    -4001: Code("refused", "not possible in the access point's mode", "Check the mode of the access point."),
    -8102: Code(
        "auth",
        "the administrator's password is required",
        "Repeat the request with the password of the administrator; releases from 7.6.5 ask for it.",
    ),
    -10000: Code("unsupported", "the endpoint has no such action", "Check the action against the device's release."),
    -10001: Code("value", "the request is missing", "Send a request body."),
    -10002: Code("value", "invalid request", "Check the request's form."),
}
