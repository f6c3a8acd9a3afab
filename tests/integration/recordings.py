# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What real devices answered, for the simulator to answer again. Tests that use it skip where it is not there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.simulator.recorded import plain_json

RECORDED = Path(__file__).resolve().parents[3] / "shared/recorded"


def reads() -> dict[str, str]:
    """The text of every recorded answer to a read, under its request."""
    found = {}
    for file in sorted(RECORDED.glob("exporter/*.jsonnet")):
        first, _, text = file.read_text(encoding="utf-8").partition("\n")
        found[first.strip("# /")] = plain_json(text)
    for file in sorted(RECORDED.glob("json/*.json")):
        text = file.read_text(encoding="utf-8")
        envelope = json.loads(text)
        if isinstance(envelope, dict) and envelope.get("http_method") == "GET":
            found[request(envelope)] = text
    return found


def request(envelope: dict[str, Any]) -> str:
    """What was asked, as the envelope repeats it."""
    family = "monitor" if "action" in envelope else "cmdb"
    words = [envelope["path"], envelope["name"], envelope.get("action", ""), envelope.get("mkey", "")]
    query = {"vdom": envelope["vdom"], "recorded": envelope["version"]}
    return f"api/v2/{family}/{'/'.join(filter(None, words))}?{urlencode(query)}"


def write(answers: Mapping[str, str], folder: Path) -> Path:
    """`folder` with a file for each of `answers`, by request, as the simulator reads them."""
    for number, (asked, text) in enumerate(answers.items()):
        (folder / f"{number}.json").write_text(f"# GET /{asked}\n{text}", encoding="utf-8")
    return folder


def exactly(value: Any) -> str:
    """A value in a form that tells 1, 1.0, True and "1", and the order of members, apart."""
    return json.dumps(value)
