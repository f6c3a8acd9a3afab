# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The code generator: reads the catalogue of endpoint facts and writes everything that names an endpoint or a field.

``python -m generator generate`` writes SDK endpoint classes, modules and ``meta/runtime.yml``; ``check`` compares.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

#: The root of the collection.
ROOT = Path(__file__).resolve().parent.parent

_SDK = ROOT / "plugins" / "module_utils" / "hfortix_fortios" / "__init__.py"


def _use_own_sdk() -> None:
    """Make ``hfortix_fortios`` the SDK of this checkout, installed or not, and whatever else has the name.

    Its folder cannot be put on the path: ``ansible`` beside it would hide ansible-core.
    """
    known = sys.modules.get("hfortix_fortios")
    spec = known.__spec__ if known else importlib.util.find_spec("hfortix_fortios")
    if spec and spec.origin and Path(spec.origin).resolve() == _SDK:
        return
    own = importlib.util.spec_from_file_location("hfortix_fortios", _SDK, submodule_search_locations=[str(_SDK.parent)])
    assert own is not None
    assert own.loader is not None
    sys.modules["hfortix_fortios"] = module = importlib.util.module_from_spec(own)
    own.loader.exec_module(module)


_use_own_sdk()
