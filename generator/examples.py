# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The EXAMPLES block of a module: a few tasks, one a state, with the endpoint's sample row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import yaml

from hfortix_fortios.schema import LATEST, Release, Schema

from .samples import NoSample, Row, sample
from .text import nouns
from .text.glossary import with_article

#: The release that examples are written for, unless the endpoint does not exist there.
RELEASE: Release = (7, 6, 5)
_OLDER: tuple[Release, ...] = (LATEST, (7, 4, 4), (7, 2, 0), (7, 0, 5), (7, 0, 0), (6, 4, 4), (6, 4, 1), (6, 4, 0))
Task = dict[str, Any]


class _Dumper(yaml.SafeDumper):
    """Lists indented below their key, as ansible-lint wants them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def example_yaml(schema: Schema) -> str:
    """Three to five tasks in block YAML, without the document's start."""
    return tasks_yaml(tasks(schema))


def tasks_yaml(items: Iterable[Task]) -> str:
    """Tasks in block YAML, an empty line between two."""
    blocks = [yaml.dump([task], Dumper=_Dumper, sort_keys=False, width=110, allow_unicode=True) for task in items]
    return "\n".join(blocks)


def tasks(schema: Schema) -> list[Task]:
    """The tasks as data."""
    release, row, other = _rows(schema)
    if row is None or other is None:
        return [_gather(schema)]
    if schema.is_table:
        return _table_tasks(schema, release, row, other)
    return _singleton_tasks(schema, row, other)


def _rows(schema: Schema) -> tuple[Release, Row | None, Row | None]:
    for release in (RELEASE, *_OLDER):
        try:
            return release, sample(schema, release).row, sample(schema, release, variant=1).row
        except NoSample:
            continue
    return RELEASE, None, None


def _task(schema: Schema, name: str, **options: Any) -> Task:
    return {"name": name, f"hfortix.fortios.{schema.name}": options}


def _table_tasks(schema: Schema, release: Release, row: Row, other: Row) -> list[Task]:
    one, many = nouns.noun(schema.path), nouns.plural(schema.path)
    key = {schema.key.option: row[schema.key.option]}
    if schema.predefined:
        return [
            _task(schema, f"Change {with_article(one)}", config=[row], state="merged"),
            _task(
                schema,
                f"Replace {with_article(one)}, with defaults for what is left out",
                config=[other],
                state="replaced",
            ),
            _gather(schema),
        ]
    found = [_task(schema, f"Create or update {with_article(one)}", config=[row], state="merged")]
    if schema.movable:
        found.append(_task(schema, f"Put {with_article(one)} first", config=[row], state="merged", placement="first"))
    found.append(
        _task(
            schema, f"Replace {with_article(one)}, with defaults for what is left out", config=[other], state="replaced"
        )
    )
    if not schema.movable:
        found.append(
            _task(schema, f"Keep only the listed {many}, and delete all others", config=[row], state="overridden")
        )
    found.append(_task(schema, f"Delete {with_article(one)}", config=[key], state="deleted"))
    return [*found, _gather(schema)]


def _singleton_tasks(schema: Schema, row: Row, other: Row) -> list[Task]:
    name = nouns.noun(schema.path)
    return [
        _task(schema, f"Set {name}", config=row, state="merged"),
        _task(schema, f"Replace {name}, with defaults for what is left out", config=other, state="replaced"),
        _gather(schema),
    ]


def _gather(schema: Schema) -> Task:
    what = f"all {nouns.plural(schema.path)}" if schema.is_table else nouns.noun(schema.path)
    return _task(schema, f"Read {what}", state="gathered")
