# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The results as a page and a picture."""

from __future__ import annotations

import math
import os
import platform
import subprocess
import sys
from collections.abc import Mapping, Sequence
from html import escape
from importlib.metadata import version
from pathlib import Path

from .rows import HFORTIX_PYTHON, Row

HEADING = """\
# How fast it is

Measured by `make bench` (tests/benchmark), which wrote this page and the picture. Everything runs on one machine
against one simulator process over TLS, first with a device that answers at once, then with one that takes for each
answer the milliseconds at the head of a column. Each time is the fastest of several runs; {theirs} is the collection
of the PyPI package `ansible`.

![Seconds for one address, by collection and way](benchmarks.svg)

## How to read it

- A time is that of the task, from its start to the end of the play, after a task that reads one object: play start-up
  and the start of the persistent connection are not in it, for either collection. "Whole command" has them in.
- The rows of raw httpx send the requests that the task sent, without Ansible. Importing and connecting are taken off.
- "A task beyond an empty one" is a task less one whose action plugin does nothing, on the same host, with the same
  arguments, in the same run: such a task stands before each.
- A row that misses its bar says MISSED.
"""


def machine() -> dict[str, str]:
    """What the figures depend on."""
    return {
        "processor": f"{_processor()}, {os.cpu_count()} CPUs",
        "memory": _memory(),
        "system": f"{platform.system()} {platform.release()}",
        "Python": platform.python_version(),
        "ansible-core": version("ansible-core"),
        "fortinet.fortios": f"{_fortinet()}, in ansible {version('ansible')}",
        "httpx": version("httpx"),
        "HFortix": _hfortix(),
    }


def write(folder: Path, rows: Sequence[Row], facts: Mapping[str, str]) -> None:
    """``benchmarks.md`` and ``benchmarks.svg``."""
    (folder / "benchmarks.md").write_text(_page(rows, facts), encoding="utf-8")
    (folder / "benchmarks.svg").write_text(_picture(rows), encoding="utf-8")


def _page(rows: Sequence[Row], facts: Mapping[str, str]) -> str:
    parts = [HEADING.format(theirs="`fortinet.fortios`")]
    parts.append("## Results\n")
    parts += [_section(name, [row for row in rows if row.name == name]) for name in dict.fromkeys(r.name for r in rows)]
    parts.append("## Machine\n\n" + "".join(f"- {name}: {value}\n" for name, value in facts.items()))
    return "\n".join(parts)


def _section(name: str, rows: Sequence[Row]) -> str:
    """A table with a column for each latency."""
    labels = list(dict.fromkeys(label for row in rows for label in row.values))
    lines = [f"### {name[:1].upper()}{name[1:]}\n"]
    if rows[0].bar:
        verdicts = ", ".join(f"{'met' if row.met else 'MISSED'} at {row.latency:g} ms" for row in rows)
        lines.append(f"Bar: {rows[0].bar}. **{verdicts}**\n")
    lines.append(f"| | {' | '.join(f'{row.latency:g} ms' for row in rows)} |")
    lines.append(f"| --- {'| --- ' * len(rows)}|")
    for label in labels:
        lines.append(f"| {label} | {' | '.join(row.values.get(label, '') for row in rows)} |")
    lines.append(f"| load average before | {' | '.join(f'{row.load:.1f}' for row in rows)} |")
    return "\n".join(lines) + "\n"


WIDTH, LEFT, BAR, GAP = 760, 250, 22, 8
COLOURS = {"fortinet.fortios": "#b0413e", "hfortix.fortios": "#2e7d6b", "raw httpx": "#6b7280"}


def _picture(rows: Sequence[Row]) -> str:
    """Bars on a logarithmic scale: milliseconds for one address, by way and latency."""
    groups: dict[float, dict[str, float]] = {}
    for row in rows:
        groups.setdefault(row.latency, {}).update(row.picture)
    values = [value for group in groups.values() for value in group.values()]
    if not values:
        return ""
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    scale = (WIDTH - LEFT - 90) / (high - low)
    shapes: list[str] = []
    y = 34
    for latency, group in sorted(groups.items()):
        shapes.append(_text(8, y + 4, f"{latency:g} ms latency", "bold"))
        y += 14
        for label, seconds in sorted(group.items(), key=lambda item: -item[1]):
            length = (math.log10(seconds) - low) * scale
            colour = next(value for name, value in COLOURS.items() if label.startswith(name))
            shapes.append(_text(16, y + BAR - 7, label))
            shapes.append(f'<rect x="{LEFT}" y="{y}" width="{length:.1f}" height="{BAR}" rx="2" fill="{colour}"/>')
            shapes.append(_text(LEFT + length + 6, y + BAR - 7, f"{seconds * 1000:.3g} ms"))
            y += BAR + GAP
        y += 20
    height = y
    lines = [
        f'<line x1="{LEFT + (power - low) * scale:.1f}" x2="{LEFT + (power - low) * scale:.1f}" y1="24" '
        f'y2="{height - 20}" stroke="#d1d5db"/>'
        for power in range(low, high + 1)
    ]
    title = _text(8, 16, "Creating an address: time for each, logarithmic scale", "bold")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" '
        f'font-size="13">\n<rect width="{WIDTH}" height="{height}" fill="white"/>\n'
        + "\n".join([*lines, title, *shapes])
        + "\n</svg>\n"
    )


def _text(x: float, y: float, text: str, weight: str = "normal") -> str:
    return f'<text x="{x:.1f}" y="{y}" font-weight="{weight}" fill="#111827">{escape(text)}</text>'


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unknown")


def _memory() -> str:
    total = next(line for line in Path("/proc/meminfo").read_text().splitlines() if line.startswith("MemTotal"))
    return f"{int(total.split()[1]) / 2**20:.0f} GiB"


def _fortinet() -> str:
    import json

    manifest = next(
        Path(sys.prefix).glob("lib/python3*/site-packages/ansible_collections/fortinet/fortios/MANIFEST.json")
    )
    return str(json.loads(manifest.read_text())["collection_info"]["version"])


def _hfortix() -> str:
    code = "from importlib.metadata import version; print(version('hfortix-fortios'))"
    return subprocess.run([HFORTIX_PYTHON, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
