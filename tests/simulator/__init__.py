# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulated FortiGate: its REST API, served from the catalogue. See README.md."""

from __future__ import annotations

import sys
from pathlib import Path

#: Where the checkout's own SDK is importable from, whatever package of that name may be installed.
LINKS = Path(__file__).resolve().parents[2] / ".collections"

if (LINKS / "hfortix_fortios").exists() and str(LINKS) not in sys.path:
    sys.path.insert(0, str(LINKS))
