# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The command line: ``python -m generator generate|check|validate|import-schema|import-names``."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from hfortix_fortios.errors import FortiOSError
from hfortix_fortios.schema import parse_release, release_text

from . import ROOT, importer, output
from .build import OWNED, build
from .catalogue import Catalogue, load
from .live import fetch, read
from .migration import names
from .migration.answers import problems as migration_problems
from .problems import Problem
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
    command = commands.add_parser("import-schema", help="take a device's action=schema answers into the catalogue")
    command.add_argument("source", help="a file of answers, or the https URL of a device or of one of its endpoints")
    command.add_argument("--release", type=parse_release, help="the device's release, where the answers do not say")
    command.add_argument(
        "--ca", help="the authorities that the device's certificate is checked against (FORTIOS_CA_PATH)"
    )
    command.add_argument("--write", action="store_true", help="change the catalogue; otherwise only tell")
    command.set_defaults(run=_import)
    command = commands.add_parser("import-names", help=f"take the names in {names.COLLECTION}, for docs/migration.md")
    command.add_argument("folder", type=Path, help="the folder that the collection is installed in")
    command.set_defaults(run=_import_names)
    return parser


def _problems(catalogue: Catalogue) -> list[Problem]:
    return [*catalogue.problems, *validate(catalogue), *migration_problems(names.read(), catalogue)]


def _load() -> Catalogue | None:
    """The catalogue, or None after a report of what is wrong with it."""
    catalogue = load()
    errors = [problem for problem in _problems(catalogue) if problem.error]
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
    problems = _problems(catalogue)
    errors = [problem for problem in problems if problem.error]
    for problem in problems if options.warnings else errors:
        print(problem)
    print(
        f"{len(catalogue.endpoints)} endpoints, {len(catalogue.overrides)} overrides: "
        f"{len(errors)} errors, {len(problems) - len(errors)} warnings"
    )
    return 1 if errors else 0


def _import(options: argparse.Namespace) -> int:
    """The token of a live device comes from the environment (FORTIOS_TOKEN), never from the command line."""
    try:
        data = fetch(options.source, options.ca) if "://" in options.source else read(options.source)
        release = options.release or importer.release_of(data)
        if release is None:
            raise importer.ImportProblem("the answers do not say which release they are of: add --release")
        report = importer.merge(load(), importer.answers(data), release)
    except (importer.ImportProblem, OSError, ValueError, FortiOSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    for change in report.changes:
        print(f"{'kept: ' if change.kept else ''}{change}")
    taken = sum(not change.kept for change in report.changes)
    print(
        f"{report.endpoints} endpoints of release {release_text(release)}: {taken} changes in "
        f"{len(report.files)} files, {len(report.changes) - taken} facts kept"
    )
    if options.write and report.files:
        importer.write(report)
        load.cache_clear()
        return _validate(argparse.Namespace(warnings=False))
    if report.files:
        print("Nothing is written without --write.")
    return 0


def _import_names(options: argparse.Namespace) -> int:
    try:
        names.write(names.take(options.folder))
    except (OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0
