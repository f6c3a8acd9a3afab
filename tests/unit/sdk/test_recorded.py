# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What real devices answered passes through the SDK unharmed, in both modes: reading it, and writing it back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hfortix_fortios import errors
from tests.simulator.recorded import plain_json

from .conftest import Device, Mode, Says

RECORDED = Path(__file__).resolve().parents[4] / "shared/recorded"
pytestmark = pytest.mark.skipif(not RECORDED.is_dir(), reason=f"no recorded answers at {RECORDED}")


def recorded() -> Iterator[Any]:
    for file in sorted(RECORDED.glob("exporter/*.jsonnet")):
        yield pytest.param(plain_json(file.read_text(encoding="utf-8")), id=file.stem)
    for file in sorted(RECORDED.glob("json/*.json")):
        yield pytest.param(file.read_text(encoding="utf-8"), id=file.stem)


def exactly(value: Any) -> str:
    """A value in a form that tells 1, 1.0, True and "1", and the order of members, apart."""
    return json.dumps(value, ensure_ascii=True)


@pytest.mark.parametrize("text", list(recorded()))
def test_every_answer_arrives_as_it_was_sent(mode: Mode, device: Device, text: str) -> None:
    sent = json.loads(text)
    device.handle = lambda seen: Says(200, text.encode(), headers={"content-type": "application/json"})
    fgt = mode.fortios(device)
    if isinstance(sent, dict) and sent.get("status") == "error":
        with pytest.raises(errors.FortiOSError) as refusal:
            mode(fgt.request("GET", "/api/v2/cmdb/any"))
        assert (refusal.value.status, refusal.value.code) == (sent["http_status"], sent.get("error"))
    else:
        assert exactly(mode(fgt.request("GET", "/api/v2/cmdb/any"))) == exactly(sent)


def rows() -> Iterator[Any]:
    """Every recorded configuration object with its endpoint."""
    for file in sorted(RECORDED.glob("json/*.json")):
        envelope = json.loads(file.read_text(encoding="utf-8"))
        # Answers of monitor endpoints name an action.
        if not isinstance(envelope, dict) or envelope.get("http_method") != "GET" or "action" in envelope:
            continue
        found = envelope.get("results") or []
        for number, row in enumerate(found if isinstance(found, list) else [found]):
            yield pytest.param(envelope["path"], envelope["name"], row, id=f"{file.stem}-{number}")


def endpoint(fgt: Any, path: str, name: str) -> Any:
    from hfortix_fortios.names import python_name

    node = fgt.api.cmdb
    for part in (*path.split("."), name):
        node = getattr(node, python_name(part))
    return node


@pytest.mark.parametrize(("path", "name", "row"), list(rows()))
def test_an_object_can_be_read_and_written_back(
    mode: Mode, device: Device, path: str, name: str, row: dict[str, Any]
) -> None:
    place = endpoint(mode.fortios(device), path, name)
    answer = Says(200, {"results": [row] if place.schema().is_table else row})
    device.handle = lambda seen: answer
    key = [row[place.schema().mkey]] if place.schema().is_table else []
    assert exactly(mode(place.get(*key))) == exactly(row)

    known = {name: value for name, value in row.items() if name in place.schema().fields}
    assert not mode(place.set(known)), "what is there already is no difference"
    assert [seen.method for seen in device.seen] == ["GET", "GET"]

    mode(place.put(*key, known))
    sent = device.seen[-1].json
    assert sent.keys() == known.keys()
    for member, value in known.items():
        assert exactly(without_origin(value)) == exactly(sent[member]) or spelled_otherwise(value, sent[member])


def without_origin(value: Any) -> Any:
    """A child table without the names that only the device writes."""
    if not isinstance(value, list):
        return value
    return [{name: item for name, item in row.items() if not name.startswith("q_")} for row in value]


def spelled_otherwise(value: Any, sent: Any) -> bool:
    """The same text without superfluous spaces and quotes; a number in a field of text becomes text."""
    return isinstance(sent, str) and str(value).replace('"', "").split() == sent.split()
