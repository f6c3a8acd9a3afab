# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a device refuses, as an exception that becomes the error envelope."""

from __future__ import annotations


class Refusal(Exception):
    """A request that the device does not carry out.

    `status` is the HTTP status; `code` FortiOS's own number, or None where the envelope carries none;
    `lines` what its console would print.
    """

    def __init__(self, status: int, code: int | None = None, *lines: str) -> None:
        super().__init__(f"HTTP {status}, code {code}: {' / '.join(lines)}")
        self.status = status
        self.code = code
        self.lines = lines

    @property
    def cli_error(self) -> str:
        """The console's words, ended the way the CLI ends them; empty where it said nothing."""
        if not self.lines:
            return ""
        return "\n".join([*self.lines, f"Command fail. Return code {self.code}", ""])


# FortiOS's numbers, by what they mean.
VALUE_LENGTH = -1
NOT_FOUND = -3
TABLE_FULL = -4
DUPLICATE = -5
BAD_ADDRESS = -8
BAD_MASK = -9
IN_USE = -23
BAD_MAC = -33
NOT_PERMITTED = -37
CONFIG_FILE = -39
EMPTY = -56
COMMAND = -61
OUT_OF_RANGE = -650
INVALID_VALUE = -651
BAD_ACTION = -10000
REQUEST_MISSING = -10001
INVALID_REQUEST = -10002


def invalid_value(name: str, value: object) -> Refusal:
    """A value that the field's grammar does not allow."""
    return Refusal(500, INVALID_VALUE, f"value parse error before '{value}'", f"field {name}")
