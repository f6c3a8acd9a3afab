# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The script that demo and molecule start and stop the simulator with."""

from __future__ import annotations

import json
import ssl
import subprocess
import sys
from pathlib import Path

import httpx
import pytest


def _tool(root: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, root / "tools/simulator.py", *arguments], capture_output=True, text=True, check=False
    )


def test_it_starts_a_device_that_answers_and_stops_it(root: Path, tmp_path: Path) -> None:
    started = _tool(root, "start", tmp_path)
    assert started.returncode == 0, started.stderr
    state = json.loads(started.stdout)
    assert json.loads((tmp_path / "state.json").read_text()) == state
    client = httpx.Client(
        base_url=f"https://{state['host']}:{state['port']}",
        headers={"Authorization": f"Bearer {state['token']}"},
        verify=ssl.create_default_context(cafile=state["ca"]),
    )
    try:
        assert client.get("/api/v2/cmdb/system/global").json()["status"] == "success"
    finally:
        stopped = _tool(root, "stop", tmp_path)
    assert stopped.returncode == 0
    assert not (tmp_path / "state.json").exists()
    with pytest.raises(httpx.TransportError):
        client.get("/api/v2/cmdb/system/global")


def test_stopping_what_does_not_run_does_nothing(root: Path, tmp_path: Path) -> None:
    assert _tool(root, "stop", tmp_path).returncode == 0


def test_stopping_leaves_another_process_with_that_number_alone(root: Path, tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        (tmp_path / "state.json").write_text(json.dumps({"pid": other.pid}))
        assert _tool(root, "stop", tmp_path).returncode == 0
        assert other.poll() is None
        other.communicate(b"\n")


@pytest.mark.parametrize("options", [["--release", "none"], ["--no-such-option"]])
def test_a_simulator_that_does_not_start_is_reported_with_its_words(
    root: Path, tmp_path: Path, options: list[str]
) -> None:
    started = _tool(root, "start", tmp_path, *options)
    assert started.returncode != 0
    assert "The simulator did not start" in started.stderr
    assert options[-1] in started.stderr
