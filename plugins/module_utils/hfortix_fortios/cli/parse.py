# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""FortiOS configuration text (``show``, ``show full-configuration``, a backup) as data in the shape of the API.

    parsed = parse(text, schema_index(schemas))
    for section in parsed.sections:
        print(section.vdom, section.schema.path, section.objects)
    for unknown in parsed.unknown:
        print(unknown)

Nothing is dropped in silence: what the schemas do not know, and what is wrong, stands with its line in
`Parsed.unknown`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from ..schema import Field, Release, Schema, parse_release
from .lexer import Statement, normalise, statements
from .secrets import SETTINGS, is_secret_name, sets_secret
from .values import add, cleared, read, read_key, remove

Row = dict[str, Any]
Key: TypeAlias = "str | int"
SchemaOf = Callable[[str], "Schema | None"]

_HEADER = re.compile(r"#([A-Za-z][\w-]*)=(.*)")
_ONE_VDOM = re.compile(r"0:vd_name=([^/]+).*")
_VERSION = re.compile(r"(?P<model>.+?)[- ]v?(?P<release>\d+\.\d+\.\d+)(?:-FW)?[-,]build(?P<build>\d+)")
_PROMPT = re.compile(r"\S+(?: \([^)]*\))* [#$](?: .*)?")
_SHOWN = 120


@dataclass(slots=True)
class Unknown:
    """Text that did not become data, or that took the place of earlier data (a field set twice in one row).

    `text` is the line, short and without secrets. For a block it is the block's first line; `lines` counts the lines
    after it that went with it, up to and with its last. `settings` counts the set and unset lines in all of this.
    """

    line: int
    text: str
    reason: str
    lines: int = 0
    settings: int = 0

    def __str__(self) -> str:
        inside = f" (with {self.lines} lines inside)" if self.lines else ""
        return f"line {self.line}: {self.text}: {self.reason}{inside}"


@dataclass(slots=True)
class Section:
    """What one virtual domain has of one endpoint.

    `rows` is a list of rows for a table and one dict for a singleton, in wire names and in the shape of the API; it
    holds what the text sets and nothing else. `unset` names what the text unsets, as the way to it: keys of rows and
    names of fields. Such a field is in `rows` too if it can be empty (texts and lists). `vdom` is None in a text
    without virtual domains, and for global settings.
    """

    vdom: str | None
    schema: Schema
    line: int
    rows: list[Row] | Row
    unset: list[tuple[Key, ...]] = field(default_factory=list)

    @property
    def objects(self) -> list[Row]:
        """The rows of a table, or the one object of a singleton, always as a list."""
        return self.rows if isinstance(self.rows, list) else [self.rows]


@dataclass(slots=True)
class Parsed:
    """A configuration text as data.

    `header` holds the ``#name=value`` lines at the top; from ``config-version`` come ``model``, ``release`` (three
    integers), ``build`` (an integer), ``opmode``, ``vdom`` and ``user``, where it tells them. `vdoms` are the virtual
    domains that the text opens, in order. `remarks` are comments and echoed prompts, with line numbers. `settings`
    counts the set and unset lines of the whole text, `repeated` those that gave a field the value it had already.
    """

    sections: list[Section] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)
    header: dict[str, Any] = field(default_factory=dict)
    vdoms: list[str] = field(default_factory=list)
    remarks: list[tuple[int, str]] = field(default_factory=list)
    settings: int = 0
    repeated: int = 0

    @property
    def release(self) -> Release | None:
        """The FortiOS release that wrote the text, where the header tells."""
        return self.header.get("release")

    @property
    def vdom(self) -> str | None:
        """The virtual domain that the text as a whole is of, where the header tells one: a backup of that alone."""
        found = _ONE_VDOM.fullmatch(self.header.get("global_vdom", ""))
        return found[1] if found else None


def schema_index(schemas: Iterable[Schema]) -> SchemaOf:
    """A finder of schemas by the words that follow ``config``, e.g. ``firewall service custom``."""
    return {schema.cli_path: schema for schema in schemas}.get


def parse(text: str, schema_of: SchemaOf) -> Parsed:
    """Read configuration text with the schemas that `schema_of` finds. Never raises on any text.

    A section or a row that occurs twice is one: later lines add to it and override, as when the device reads them.
    """
    return _Parser(schema_of).run(normalise(text))


@dataclass(slots=True)
class _Table:
    """Rows that are being read, and where each key is."""

    rows: list[Row]
    key: Field
    index: dict[Key, Row]

    def row(self, key: Key) -> Row:
        """The row of that key, made if there is none."""
        if key not in self.index:
            self.index[key] = {self.key.name: key}
            self.rows.append(self.index[key])
        return self.index[key]


_Kind = Literal["vdoms", "scope", "table", "row", "object"]


@dataclass(slots=True)
class _Frame:
    """One open block.

    vdoms: ``config vdom``. scope: one vdom in it, or ``config global``. table: ``config`` of a table. row: ``edit`` in
    it. object: ``config`` of a singleton or an object, or of one row that the device itself made. `table` is set for a
    table and its rows. `keyless` is where the row of a table without a key goes when it turns out to hold something.
    """

    kind: _Kind
    statement: Statement
    where: str = ""
    vdom: str | None = None
    section: Section | None = None
    path: tuple[Key, ...] = ()
    fields: Mapping[str, Field] = field(default_factory=dict)
    table: _Table | None = None
    row: Row = field(default_factory=dict)
    keyless: list[Row] | None = None


class _Parser:
    """The state of one run: a stack of open blocks, and the unknown block that is being skipped, if any."""

    def __init__(self, schema_of: SchemaOf) -> None:
        self._schema_of = schema_of
        self._text = ""
        self._parsed = Parsed()
        self._stack: list[_Frame] = []
        self._sections: dict[tuple[str | None, str], Section] = {}
        self._tables: dict[int, _Table] = {}
        self._skipped: Unknown | None = None
        self._skipped_row = False
        self._depth = 0

    def run(self, text: str) -> Parsed:
        self._text = text
        commands: dict[str, Callable[[Statement], None]] = {
            "config": self._config,
            "edit": self._edit,
            "next": self._next,
            "end": self._end,
            **dict.fromkeys(SETTINGS, self._setting),
        }
        for statement in statements(text):
            words = statement.words
            self._parsed.settings += words[0] in SETTINGS
            if self._skipped is not None and self._skip(self._skipped, statement):
                continue
            if statement.problem:
                reject = self._reject_block if words[0] in ("config", "edit") else self._reject
                reject(statement, statement.problem)
            elif words[0].startswith("#"):
                self._comment(statement)
            elif (command := commands.get(words[0])) is not None:
                command(statement)
            elif _PROMPT.fullmatch(self._raw(statement)):
                self._parsed.remarks.append((statement.line, self._raw(statement)))
            else:
                self._reject(statement, "is no part of a configuration")
        self._finish()
        return self._parsed

    # What cannot be used

    def _raw(self, statement: Statement) -> str:
        return self._text[statement.start : statement.end].strip()

    def _shown(self, statement: Statement, known: Field | None) -> str:
        """The statement as a report may show it: on one line, not long, and with no secret in it."""
        words = statement.words
        is_setting = words[0] in SETTINGS
        is_known_secret = known is not None and known.is_secret and len(words) > 2
        if (is_setting and (is_known_secret or statement.problem)) or sets_secret(words):
            return " ".join([*self._raw(statement).split(None, 2)[:2], "..."])
        first, more, _rest = self._raw(statement).partition("\n")
        return first[:_SHOWN] + "..." if more or len(first) > _SHOWN else first

    def _reject(self, statement: Statement, reason: str, known: Field | None = None) -> Unknown:
        """Report one statement; it is about a `known` field, or else its name decides whether its value is shown."""
        is_setting = statement.words[0] in SETTINGS
        unknown = Unknown(statement.line, self._shown(statement, known), reason, statement.lines - 1, int(is_setting))
        self._parsed.unknown.append(unknown)
        return unknown

    def _reject_block(self, statement: Statement, reason: str) -> None:
        """Report the block that `statement` opens, and skip to its end."""
        self._skipped = self._reject(statement, reason)
        self._skipped_row = statement.words[0] == "edit"
        self._depth = 0 if self._skipped_row else 1

    def _skip(self, unknown: Unknown, statement: Statement) -> bool:
        """Count a statement of the block being skipped. False: it is not of that block any more."""
        word = statement.words[0]
        if word == "end" and self._depth == 0:
            self._skipped = None  # the end of the table around the skipped row
            return False
        unknown.lines += statement.lines
        unknown.settings += word in SETTINGS
        self._depth += (word == "config") - (word == "end")
        if self._depth == 0 and word == ("next" if self._skipped_row else "end"):
            self._skipped = None
        return True

    def _finish(self) -> None:
        if self._skipped is not None:
            self._skipped.reason += "; and the block has no end"
        for frame in reversed(self._stack):
            self._leave(frame)
            if frame.kind != "row" and not (frame.kind == "scope" and frame.statement.words[0] == "edit"):
                self._reject(frame.statement, "the block has no end; what it holds was read")

    def _comment(self, statement: Statement) -> None:
        line = self._raw(statement)
        match = _HEADER.fullmatch(line)
        if match is None or self._stack or self._parsed.sections:
            self._parsed.remarks.append((statement.line, line))
            return
        name, value = match.groups()
        self._parsed.header[name] = "..." if is_secret_name(name) else value
        if name == "config-version":
            self._parsed.header.update(version_facts(value))

    # Blocks

    def _config(self, statement: Statement) -> None:
        frame = self._stack[-1] if self._stack else None
        if frame is None or frame.kind == "scope":
            self._open_section(statement, frame.vdom if frame else None, nested=frame is not None)
        elif frame.kind in ("row", "object"):
            self._open_child(statement, frame)
        else:
            self._reject_block(statement, f"stands between the rows of {frame.where}: an `edit` or an `end` is missing")

    def _open_section(self, statement: Statement, vdom: str | None, *, nested: bool) -> None:
        words = statement.words[1:]
        if words == ["vdom"] and not nested:
            self._stack.append(_Frame("vdoms", statement, where="vdom"))
        elif words == ["global"] and not nested:
            self._stack.append(_Frame("scope", statement))
        elif (schema := self._schema_of(" ".join(words))) is not None:
            self._enter(statement, self._section(vdom, schema, statement), [])
        elif (schema := self._schema_of(" ".join(words[:-1]))) is not None and schema.is_table:
            self._enter(statement, self._section(vdom, schema, statement), words[-1:])
        else:
            self._reject_block(statement, "no such section is known")

    def _section(self, vdom: str | None, schema: Schema, statement: Statement) -> Section:
        section = self._sections.get((vdom, schema.path))
        if section is None:
            section = Section(vdom, schema, statement.line, [] if schema.is_table else {})
            self._sections[vdom, schema.path] = section
            self._parsed.sections.append(section)
        return section

    def _enter(self, statement: Statement, section: Section, keys: list[str]) -> None:
        schema = section.schema
        frame = _Frame("object", statement, schema.cli_path, section.vdom, section, (), schema.fields)
        if isinstance(section.rows, dict):
            frame.row = section.rows
            self._stack.append(frame)
        else:
            self._enter_table(frame, section.rows, schema.mkey, keys)

    def _open_child(self, statement: Statement, parent: _Frame) -> None:
        name, keys = " ".join(statement.words[1:2]), statement.words[2:]
        child = parent.fields.get(name)
        if child is None or len(keys) > 1:
            self._reject_block(statement, f"{parent.where} has no such block")
            return
        where, path = f"{parent.where} {name}", (*parent.path, name)
        frame = _Frame("object", statement, where, parent.vdom, parent.section, path, child.fields)
        if child.is_table:
            self._enter_table(frame, parent.row.setdefault(name, []), child.mkey, keys)
        elif child.is_object and not keys:
            frame.row = parent.row.setdefault(name, {})
            self._stack.append(frame)
        else:
            self._reject_block(statement, f"{where} is a value, not a block")

    def _enter_table(self, frame: _Frame, rows: list[Row], mkey: str | None, keys: list[str]) -> None:
        """Open the block of a table, or of one of its rows if the line names it (``config redistribute "static"``)."""
        key = frame.fields.get(mkey) if mkey else None
        if key is None and keys:
            self._reject_block(frame.statement, f"the key of {frame.where} is not known")
        elif key is None:
            frame.keyless = rows
            self._stack.append(frame)
        else:
            frame.table = self._tables.get(id(rows))
            if frame.table is None:
                frame.table = _Table(rows, key, {row[key.name]: row for row in rows})
                self._tables[id(rows)] = frame.table
            if keys:
                self._enter_row(frame, frame.table, keys[0])
            else:
                frame.kind = "table"
                self._stack.append(frame)

    def _enter_row(self, frame: _Frame, table: _Table, word: str) -> None:
        try:
            key = read_key(table.key, word)
        except ValueError as error:
            self._reject_block(frame.statement, f"the key of {frame.where} {error}")
            return
        frame.table, frame.row, frame.path = table, table.row(key), (*frame.path, key)
        self._stack.append(frame)

    def _edit(self, statement: Statement) -> None:
        frame = self._stack[-1] if self._stack else None
        words = statement.words[1:]
        if frame is None or frame.kind not in ("table", "vdoms"):
            keyless = frame is not None and frame.keyless is not None
            self._reject_block(statement, "the key of this table is not known" if keyless else "no table is open")
        elif len(words) != 1:
            self._reject_block(statement, "takes one key")
        elif frame.table is not None:
            row = _Frame("row", statement, frame.where, frame.vdom, frame.section, frame.path, frame.fields)
            self._enter_row(row, frame.table, words[0])
        else:
            if words[0] not in self._parsed.vdoms:
                self._parsed.vdoms.append(words[0])
            self._stack.append(_Frame("scope", statement, vdom=words[0]))

    def _next(self, statement: Statement) -> None:
        frame = self._stack[-1] if self._stack else None
        if frame is not None and frame.statement.words[0] == "edit":
            self._stack.pop()
        else:
            self._reject(statement, "closes nothing: no row is open")

    def _end(self, statement: Statement) -> None:
        if not self._stack:
            self._reject(statement, "closes nothing: no block is open")
            return
        frame = self._stack.pop()
        self._leave(frame)
        if frame.statement.words[0] == "edit":
            self._stack.pop()  # a row's table: its `next` may be left out before `end`

    def _leave(self, frame: _Frame) -> None:
        if frame.keyless is not None and frame.row:
            frame.keyless.append(frame.row)

    # Values

    def _setting(self, statement: Statement) -> None:
        frame = self._stack[-1] if self._stack else None
        if frame is None or frame.kind not in ("row", "object") or frame.section is None:
            self._reject(statement, "no row and no settings are open")
            return
        command, words = statement.words[0], statement.words[1:]
        known = frame.fields.get(words[0]) if words else None
        if known is None:
            self._reject(statement, f"{frame.where} has no such field")
            return
        try:
            if self._apply(frame, frame.section, command, known, words[1:]):
                self._reject(statement, f"replaces what an earlier line set {known.name} to", known)
        except ValueError as error:
            self._reject(statement, f"{known.name} {error}", known)

    def _apply(self, frame: _Frame, section: Section, command: str, known: Field, words: list[str]) -> bool:
        """Carry out one set or unset line. True: an earlier line had set something else, which is lost now.

        :raises ValueError: the field cannot take it; the message is the reason
        """
        row, name = frame.row, known.name
        is_key = frame.table is not None and known is frame.table.key
        if command in ("unset", "clear"):
            if words or is_key or known.is_object:
                raise ValueError("cannot be unset like this")
            section.unset.append((*frame.path, name))
            value = cleared(known)
            if value is None:
                row.pop(name, None)
                return False
        elif command in ("append", "unselect"):
            value = (add if command == "append" else remove)(known, row.get(name), words)
        else:
            value = read(known, words)
        if is_key and value != row.get(name):
            raise ValueError("is the key of this row, which another value was given")
        lost = command in ("set", "select") and bool(row.get(name)) and row[name] != value
        self._parsed.repeated += name in row and row[name] == value
        if known.is_table:
            # The list stays the same object, since blocks know it by its identity.
            self._tables.pop(id(row.setdefault(name, [])), None)
            row[name][:] = value
        else:
            row[name] = value
        return lost


def version_facts(value: str) -> dict[str, Any]:
    """What ``FGVM64-6.2.3-FW-build1066-191218:opmode=0:vdom=0:user=admin`` and its like tell."""
    head, *pairs = value.split(":")
    facts: dict[str, Any] = {name: text for name, equal, text in (pair.partition("=") for pair in pairs) if equal}
    if match := _VERSION.match(head):
        facts |= {"model": match["model"], "release": parse_release(match["release"]), "build": int(match["build"])}
    return facts
