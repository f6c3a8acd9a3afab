# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is measured of the SDK without Ansible, beside HFortix and raw httpx."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from .device import HOST
from .rows import ADDRESS, HERE, HFORTIX_PYTHON, MANY, WIDTHS, Bench, Row, addresses

OUR_PYTHON = Path(sys.executable)
#: The latencies, in milliseconds, at which requests in flight are measured.
LATENCIES = (0.0, 20.0)
MEGABYTE = 1e6


def sdk_start(bench: Bench) -> Iterator[Row]:
    """What a program pays before its first answer, and how much memory it then has."""
    bench.reset()
    who = {"this SDK": (OUR_PYTHON, "sdk"), "HFortix": (HFORTIX_PYTHON, "sdk"), "raw httpx": (OUR_PYTHON, "httpx")}
    cold = {name: _start(bench, *how, cold=True) for name, how in who.items()}
    warm = {name: _start(bench, *how) for name, how in who.items()}
    memory = {name: found["memory read"] / MEGABYTE for name, found in warm.items()}
    ratio = warm["HFortix"]["make"] / warm["this SDK"]["make"]
    above = max(
        (warm["this SDK"][when] - warm["raw httpx"][when]) / MEGABYTE for when in ("memory made", "memory read")
    )
    yield Row(
        "starting the SDK",
        bench.latency,
        {
            "import without bytecode": _each(cold, lambda found: _ms(found["import"])),
            "import": _each(warm, lambda found: _ms(found["import"])),
            "first client": _each(warm, lambda found: _ms(found["make"])),
            "import, client and first GET": _each(
                warm, lambda found: _ms(found["import"] + found["make"] + found["read"])
            ),
            "memory after the client": _each(warm, lambda found: f"{found['memory made'] / MEGABYTE:.1f} MB"),
            "memory after the first GET": ", ".join(f"{name} {value:.1f} MB" for name, value in memory.items()),
            "first client, HFortix to this SDK": f"{ratio:.0f}",
        },
        "first client at most 1/20 of HFortix's, memory less than 10 MB above httpx",
        ratio >= 20 and above < 10,
    )


def _each(found: dict[str, dict[str, float]], text: Callable[[dict[str, float]], str]) -> str:
    return ", ".join(f"{name} {text(figures)}" for name, figures in found.items())


def _start(bench: Bench, python: Path, kind: str, *, cold: bool = False) -> dict[str, float]:
    """The least of each figure of several new processes; `cold` ones have to compile whatever they import."""

    def run() -> dict[str, float]:
        with tempfile.TemporaryDirectory() as empty:
            environment = {**os.environ, "SSL_CERT_FILE": str(bench.device.ca)}
            if cold:
                environment |= {"PYTHONPYCACHEPREFIX": empty}
            command = [python, HERE / "start.py", kind, HOST, str(bench.device.port), bench.device.token]
            found: dict[str, float] = json.loads(_output([*command, bench.device.ca], environment))
            return found

    runs = [run() for _ in range(bench.runs)]
    return {name: min(one[name] for one in runs) for name in runs[0]}


def sdk_reads(bench: Bench) -> Iterator[Row]:
    """One read after the other: of a small answer, and of a large one."""
    _fill(bench)
    for title, name, times, bar in (
        ("a GET of one object", "host-0", bench.size(500), 1.25),
        (f"a GET of {bench.size(MANY)} objects", "", bench.size(50), None),
    ):
        seconds = {
            "raw httpx": _read(bench, OUR_PYTHON, "read_raw_sync", name, times, 1),
            "this SDK": _read(bench, OUR_PYTHON, "read_sync", name, times, 1),
            "HFortix": _read(bench, HFORTIX_PYTHON, "read_sync", name, times, 1),
        }
        ratio = seconds["this SDK"] / seconds["raw httpx"]
        yield Row(
            title,
            bench.latency,
            {
                **{who: _ms(found / times) for who, found in seconds.items()},
                "this SDK to raw httpx": f"{ratio:.2f}",
            },
            f"at most {bar:g} times raw httpx" if bar else "",
            ratio <= bar if bar else None,
        )


def sdk_in_flight(bench: Bench) -> Iterator[Row]:
    """Many reads of one object at a time."""
    times = bench.size(MANY)
    for latency in LATENCIES:
        _fill(bench)
        if latency:
            bench.device.slow_down(latency)
        rates: dict[str, dict[int, float]] = {"raw httpx": {}, "this SDK": {}}
        for width in WIDTHS:
            for who, way in (("raw httpx", "read_raw_async"), ("this SDK", "read_async")):
                rates[who][width] = times / _read(bench, OUR_PYTHON, way, "host-0", times, width)
        values = {
            f"{who}, {width} in flight": f"{rate:.0f} requests/s"
            for who, found in rates.items()
            for width, rate in found.items()
        }
        widest = max(WIDTHS)
        seconds = _read(bench, OUR_PYTHON, "read_async", "host-0", times, widest, max_connections=widest)
        values[f"this SDK, {widest} in flight, max_connections={widest}"] = f"{times / seconds:.0f} requests/s"
        values["HFortix, 10 in flight"] = _theirs_in_flight(bench, times)
        ours, raw = rates["this SDK"], rates["raw httpx"]
        yield Row(
            f"{times} GETs, several in flight",
            latency,
            {**values, "this SDK to raw httpx at 10": f"{ours[10] / raw[10]:.2f}"},
            "at 10 at least 0.9 of raw httpx.AsyncClient; at 32 no less than at 10 (0.9)",
            ours[10] >= 0.9 * raw[10] and ours[32] >= 0.9 * ours[10],
        )


def _theirs_in_flight(bench: Bench, times: int) -> str:
    """The rate of HFortix, or its error."""
    try:
        seconds = _read(bench, HFORTIX_PYTHON, "read_async", "host-0", times, 10)
    except RuntimeError as error:
        return f"fails: {str(error).strip().splitlines()[-1]}"
    return f"{times / seconds:.0f} requests/s"


def _fill(bench: Bench) -> None:
    """Give the device the objects that are read."""
    from hfortix_fortios import HTTPClient, Request

    bench.device.reset()
    with HTTPClient(bench.device.url, token=bench.device.token, verify=str(bench.device.ca)) as client:
        outcomes = client.batch([Request("POST", ADDRESS, json=row) for row in addresses(bench.size(MANY))])
    assert not any(outcome.error for outcome in outcomes)


def _read(bench: Bench, python: Path, way: str, name: str, times: int, width: int, **options: Any) -> float:
    """The fastest of several runs of `times` reads, in seconds; `options` are those of a client of ours."""
    job: dict[str, Any] = {
        "way": way, "url": bench.device.url, "ca": str(bench.device.ca), "token": bench.device.token,
        "read": f"{ADDRESS}?count=1", "path": f"{ADDRESS}/{name}" if name else ADDRESS, "name": name, "times": times,
        "width": width, "options": options,
    }  # fmt: skip
    environment = {**os.environ, "SSL_CERT_FILE": str(bench.device.ca)}

    def run() -> float:
        found = json.loads(_output([python, HERE / "sdk.py"], environment, json.dumps(job) + "\n").splitlines()[-1])
        return float(found["seconds"])

    return bench.best(run, bench.runs)


def _output(command: list[Any], environment: dict[str, str], given: str = "") -> str:
    """:raises RuntimeError: the command fails; the error holds the end of what it said"""
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return done.stdout


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 0.1 else f"{seconds * 1000:.0f} ms"


ROWS: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "sdk_start": sdk_start, "sdk_reads": sdk_reads, "sdk_in_flight": sdk_in_flight,
}  # fmt: skip
#: `sdk_in_flight` chooses its latencies itself.
WITHOUT_LATENCY = frozenset(ROWS)
