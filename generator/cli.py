# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line: ``python -m generator generate|check|validate|import-schema``."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence

from . import ROOT, output
from .build import OWNED, build
from .catalogue import Catalogue, load
from .validate import validate


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status: 0, or 1 when something is wrong."""
    options = _parser().parse_args(arguments)
    status: int = options.run(options)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m generator", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser("generate", help="write every generated file that differs")
    command.set_defaults(run=_generate)
    command = commands.add_parser("check", help="name generated files that are stale, missing or no longer wanted")
    command.set_defaults(run=_check)
    command = commands.add_parser("validate", help="report all problems of the catalogue and its overrides")
    command.add_argument("--warnings", action="store_true", help="list the warnings, not only their number")
    command.set_defaults(run=_validate)
    return parser


def _load() -> Catalogue | None:
    """The catalogue, or None after a report of what is wrong with it."""
    catalogue = load()
    errors = [problem for problem in [*catalogue.problems, *validate(catalogue)] if problem.error]
    for problem in errors:
        print(problem, file=sys.stderr)
    return None if errors else catalogue


def _generate(_: argparse.Namespace) -> int:
    start = time.perf_counter()
    catalogue = _load()
    if catalogue is None:
        return 1
    files = build(catalogue)
    difference = output.compare(ROOT, files, OWNED)
    output.write(ROOT, files, difference)
    written, removed = len(difference.missing) + len(difference.stale), len(difference.extra)
    print(f"{len(files)} files, {written} written, {removed} removed, {time.perf_counter() - start:.1f} s")
    return 0


def _check(_: argparse.Namespace) -> int:
    catalogue = _load()
    if catalogue is None:
        return 1
    files = build(catalogue)
    difference = output.compare(ROOT, files, OWNED)
    for what in ("stale", "missing", "extra"):
        for name in getattr(difference, what):
            print(f"{what}: {name}")
    if difference:
        print("Generated files differ from the catalogue: run `make generate`.", file=sys.stderr)
        return 1
    print(f"{len(files)} generated files are up to date")
    return 0


def _validate(options: argparse.Namespace) -> int:
    catalogue = load()
    problems = [*catalogue.problems, *validate(catalogue)]
    errors = [problem for problem in problems if problem.error]
    for problem in problems if options.warnings else errors:
        print(problem)
    print(
        f"{len(catalogue.endpoints)} endpoints, {len(catalogue.overrides)} overrides: "
        f"{len(errors)} errors, {len(problems) - len(errors)} warnings"
    )
    return 1 if errors else 0
