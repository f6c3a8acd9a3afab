# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Made-up quantities that are the same each time."""

from __future__ import annotations

import zlib


def amount(subject: str, most: int) -> int:
    """A number from 0 to `most` that follows from what it is the amount of."""
    return zlib.crc32(subject.encode()) % (most + 1)
