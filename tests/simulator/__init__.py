# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A simulated FortiGate: its REST API, served from the catalogue. See README.md."""

from __future__ import annotations

import sys
from pathlib import Path

#: The checkout's own SDK, whatever package of that name may be installed beside it.
SDK = Path(__file__).resolve().parents[2] / "plugins" / "module_utils"

if str(SDK) not in sys.path:
    sys.path.insert(0, str(SDK))
