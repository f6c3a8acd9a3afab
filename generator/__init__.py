# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The code generator: reads the catalogue of endpoint facts and writes everything that names an endpoint or a field.

``python -m generator generate`` writes SDK endpoint classes, modules and ``meta/runtime.yml``; ``check`` compares.
"""

from __future__ import annotations

import sys
from pathlib import Path

#: The root of the collection.
ROOT = Path(__file__).resolve().parent.parent

# The schema model is the SDK's; the generator must run before anything is installed, and on this checkout's own copy.
sys.path.insert(0, str(ROOT / "plugins" / "module_utils"))
