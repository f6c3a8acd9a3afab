# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""``python -m tests.simulator``: a simulated FortiGate until interrupted."""

from __future__ import annotations

import argparse
import signal
import sys
from pathlib import Path
from types import FrameType

from .server import Simulator


def main(arguments: list[str] | None = None) -> int:
    """Serve; the process's exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        simulator = _simulator(options)
    except (OSError, ValueError) as error:
        parser.error(str(error))
    for problem in simulator.problems:
        print(f"not loaded: {problem}", file=sys.stderr)
    signal.signal(signal.SIGTERM, _interrupt)
    with simulator:
        print(f"FortiOS {options.release} simulated at {simulator.url}", flush=True)
        if not options.http:
            print(f"certificate authority: {simulator.ca_path}", flush=True)
        try:
            simulator.wait()
        except KeyboardInterrupt:
            return 0
    return 0


def _simulator(options: argparse.Namespace) -> Simulator:
    """:raises OSError, ValueError: what the options name cannot be used"""
    return Simulator(
        options.release,
        token=options.token,
        user=options.user,
        password=options.password,
        vdoms=options.vdom or ["root"],
        tls=not options.http,
        http2=options.http2,
        load=options.load,
        state=options.state,
        answers=options.answers,
        host=options.host,
        port=options.port,
        ca_out=options.ca_out,
    )


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.simulator", description="A simulated FortiGate.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at (default: %(default)s)")
    parser.add_argument("--port", type=int, default=8443, help="0 takes a free one (default: %(default)s)")
    parser.add_argument("--release", default="7.6.5", help="FortiOS release (default: %(default)s)")
    parser.add_argument("--token", help="API token that is accepted")
    parser.add_argument("--user", default="admin", help="administrator's name (default: %(default)s)")
    parser.add_argument("--password", default="", help="administrator's password (default: none, as from the factory)")
    parser.add_argument("--load", type=Path, help="file with the output of `show` to start from")
    parser.add_argument("--vdom", action="append", help="a vdom besides root; may be repeated")
    parser.add_argument("--state", type=Path, help="file that keeps the configuration")
    parser.add_argument("--answers", type=Path, help="folder of recorded answers to give in place of its own")
    parser.add_argument("--http", action="store_true", help="without TLS")
    parser.add_argument("--http2", action="store_true", help="let clients choose HTTP/2")
    parser.add_argument("--ca-out", type=Path, help="file to write the certificate authority to")
    return parser


if __name__ == "__main__":
    sys.exit(main())
