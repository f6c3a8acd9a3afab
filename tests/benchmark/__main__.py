# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""``python -m tests.benchmark``: measure, and write the results to docs/benchmarks.md and docs/benchmarks.svg.

Every row is also kept in .cache/bench/results.json, so that some of them can be measured anew without the rest.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from . import rows as ansible_rows
from . import sdk_rows
from .device import ROOT, Device
from .play import Plays
from .report import machine, write
from .rows import CONNECT, Bench, Row

ROWS = {**ansible_rows.ROWS, **sdk_rows.ROWS}
WITHOUT_LATENCY = ansible_rows.WITHOUT_LATENCY | sdk_rows.WITHOUT_LATENCY
KEPT = ROOT / ".cache/bench/results.json"


def main(arguments: list[str] | None = None) -> int:
    """Measure what the command line asks for. A row that misses its bar is told of, and is no error."""
    options = _parser().parse_args(arguments)
    kept: dict[str, Any] = json.loads(KEPT.read_text()) if KEPT.exists() else {"rows": {}, "known": {}}
    if not options.report:
        with tempfile.TemporaryDirectory(prefix="bn", dir="/tmp") as name, Device(Path(name)) as device:
            bench = Bench(
                device,
                Plays(device, Path(name)),
                runs=options.runs,
                runs_theirs=options.runs_theirs,
                scale=options.scale,
            )
            bench.known = kept["known"]
            # Once in vain, so that what is read from disk is in memory.
            bench.reset()
            bench.play("ours", [CONNECT["ours"]])
            for latency in options.latency:
                bench.latency = latency
                for row in (row for row in ROWS if not options.only or row in options.only):
                    if not (latency and row in WITHOUT_LATENCY):
                        _measure(bench, row, kept)
    rows = [Row(**facts) for found in kept["rows"].values() for facts in found]
    if options.scale == 1:
        write(ROOT / "docs", rows, kept["machine"])
    return 0


def _measure(bench: Bench, name: str, kept: dict[str, Any]) -> None:
    load = os.getloadavg()[0]
    began = time.perf_counter()
    found = []
    for row in ROWS[name](bench):
        row.load = load
        found.append(row.as_dict())
        verdict = {True: "met", False: "MISSED", None: ""}[row.met]
        print(f"\n{row.name}, {bench.latency:g} ms  {verdict}", flush=True)
        for label, value in row.values.items():
            print(f"    {label}: {value}", flush=True)
    print(f"  ({time.perf_counter() - began:.0f} s, load {load:.1f} before)", flush=True)
    kept["rows"][f"{name} {bench.latency:g}"] = found
    kept["machine"] = machine()
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    KEPT.write_text(json.dumps(kept, indent=1))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark", description="Measure the collection.")
    parser.add_argument("--only", nargs="+", choices=ROWS, help="these rows only")
    parser.add_argument("--latency", nargs="+", type=float, default=[0.0, 5.0], help="of the device, in milliseconds")
    parser.add_argument("--runs", type=int, default=5, help="of which the fastest counts (default: %(default)s)")
    parser.add_argument("--runs-theirs", type=int, default=3, help="the same for fortinet.fortios, which takes long")
    parser.add_argument("--scale", type=int, default=1, help="divide all counts by this, and write no report")
    parser.add_argument("--report", action="store_true", help="write the report of what was measured before")
    return parser


if __name__ == "__main__":
    sys.exit(main())
