# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Start the simulator in the background and stop it again: for the demo, molecule and a person trying a playbook.

    python tools/simulator.py start FOLDER [simulator options]    prints the state as JSON
    python tools/simulator.py stop FOLDER

FOLDER keeps ``state.json`` (pid, port, CA file, token), the CA certificate and the simulator's log. `stop` ends the
process that `start` began and no other.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TypedDict

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 30.0
STOP_SECONDS = 5.0


class State(TypedDict):
    """How to reach and to end a running simulator."""

    pid: int
    host: str
    port: int
    ca: str
    token: str


def start(folder: Path, options: list[str]) -> State:
    """Start a simulator on a free loopback port with a token of its own, and wait until it accepts connections.

    :raises SystemExit: it did not come up; its log is in the message
    """
    folder.mkdir(parents=True, exist_ok=True)
    if (folder / "state.json").exists():
        stop(folder)
    port = _free_port()
    token = secrets.token_hex(15)
    ca = folder / "ca.pem"
    command = [sys.executable, "-m", "tests.simulator", "--port", str(port), "--token", token, "--ca-out", str(ca)]
    with open(folder / "simulator.log", "w", encoding="utf-8") as log:
        process = subprocess.Popen(
            [*command, *options], cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
    state = State(pid=process.pid, host="127.0.0.1", port=port, ca=str(ca), token=token)
    (folder / "state.json").touch(mode=0o600)
    (folder / "state.json").write_text(json.dumps(state), encoding="utf-8")
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if ca.exists() and _accepts(port):
            return state
        time.sleep(0.05)
    stop(folder)
    raise SystemExit("The simulator did not start:\n" + (folder / "simulator.log").read_text(encoding="utf-8"))


def stop(folder: Path) -> None:
    """End the simulator that was started with `folder`; nothing happens when it has ended already."""
    path = folder / "state.json"
    if not path.exists():
        return
    pid = json.loads(path.read_text(encoding="utf-8"))["pid"]
    path.unlink()
    for number in (signal.SIGTERM, signal.SIGKILL):
        deadline = time.monotonic() + STOP_SECONDS
        while time.monotonic() < deadline:
            if not _is_simulator(pid):
                return
            os.kill(pid, number)
            time.sleep(0.1)


def _is_simulator(pid: int) -> bool:
    """Whether `pid` still is a simulator: numbers are used again, and a child of ours must be waited for to go."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    proc = Path("/proc")
    if proc.is_dir():
        try:
            return b"tests.simulator" in (proc / str(pid) / "cmdline").read_bytes()
        except OSError:
            return False
    command = subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return "tests.simulator" in command.stdout


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _accepts(port: int) -> bool:
    with socket.socket() as client:
        client.settimeout(0.5)
        return client.connect_ex(("127.0.0.1", port)) == 0


def main(arguments: list[str]) -> None:
    match arguments:
        case ["start", folder, *options]:
            print(json.dumps(start(Path(folder), options)))
        case ["stop", folder]:
            stop(Path(folder))
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
