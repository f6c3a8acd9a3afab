# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Types of an endpoint for type checkers: rows as the device sends them, and keyword arguments of its methods."""

from __future__ import annotations

import keyword
from collections.abc import Mapping, Sequence
from typing import Any

from hfortix_fortios.names import class_name, python_name
from hfortix_fortios.schema import Field

from .literal import LINE_LENGTH, filled, text

#: What the alias in ``api/_types.py`` stands for.
TOGGLE = frozenset({"enable", "disable"})

#: The length of a Literal from which on it gets a name of its own.
_LONG_LITERAL = 60

#: Names that the types themselves use; as members of a class they would hide those.
_BUILTINS = frozenset({"bool", "dict", "float", "int", "list", "str"})

_JSON_TYPES = {
    "string": "str",
    "integer": "int",
    "boolean": "bool",
    "number": "float",
    "double": "float",
    "array": "Sequence[Any]",
    "object": "Mapping[str, Any]",
}

#: Parameters that every read takes; the SDK's `Query` types them.
QUERY = frozenset({"filter", "format", "sort", "start", "count", "vdom", "params"})

#: Fields under their names on the wire, as the first argument of a write.
GIVEN = "data: Body | None = None, /"

#: Child tables whose rows are nothing but a key of this name and type share a class of ``api/_types.py``.
_SHARED_TABLES = {("name", "str"): "Names", ("id", "int"): "Ids"}


def method(name: str, given: str, keywords: str, result: str) -> str:
    """The declaration of a method with typed keywords, which the base class implements, in a class inside a block."""
    arguments = ", ".join(filter(None, ("self", given, f"**fields: Unpack[{keywords}]")))
    line = f"        def {name}({arguments}) -> {result}: ...\n"
    if len(line) > LINE_LENGTH + 1:
        line = f"        def {name}(\n            {arguments}\n        ) -> {result}: ...\n"
    return f"        @in_both_modes\n{line}"


def object_writes(keywords: str) -> str:
    """The writes of an object: a singleton, a row, or what is inside one."""
    return "\n".join([method("put", GIVEN, keywords, "Answer"), method("set", GIVEN, keywords, "Change")])


def table_writes(keywords: str) -> str:
    """The writes of a table."""
    return "\n".join(
        [
            method("post", GIVEN, keywords, "Answer"),
            method("put", f"mkey: str | int, {GIVEN}", keywords, "Answer"),
            method("set", GIVEN, keywords, "Change"),
        ]
    )


def table_methods(row: str, keywords: str) -> str:
    """The way to a row of a table, which has the type `row`, and the writes of the table."""
    return f"        def __getitem__(self, mkey: str | int) -> {row}: ...\n\n{table_writes(keywords)}"


def object_members(below: Sequence[tuple[str, str]], keywords: str) -> str:
    """What is inside an object, as its attributes, and its writes."""
    attributes = "".join(f"        {name}: {kind}\n" for name, kind in below)
    return "\n".join(filter(None, [attributes, object_writes(keywords)]))


class TypeNames:
    """Collects the type definitions of one endpoint file, in an order in which each stands before its use."""

    def __init__(self, class_: str) -> None:
        self._prefix = class_
        self._taken = {class_}
        self.definitions: list[str] = []
        self._inner: dict[int, str] = {}
        self._aliases: dict[tuple[str, ...], str] = {}
        #: Names of `typing` and `collections.abc` and of the shared aliases that the definitions mention.
        self.used: set[str] = set()

    def item(self, fields: Mapping[str, Field]) -> str:
        """Define the type of the endpoint's rows (or of its one object); returns its name."""
        entries = [(field.name, self._output(field, self._prefix)) for field in fields.values()]
        return self._typed_dict(self._claim(f"{self._prefix}Item"), entries)

    def keywords(self, fields: Mapping[str, Field], prefix: str | None = None) -> str:
        """Define the type of the keyword arguments of writes, under Python names; to be called after `item`.

        A write may name a vdom as well, where the object has no field of that name.
        """
        entries = [(python_name(field.name), self._input(field)) for field in fields.values()]
        if "vdom" not in fields:
            entries.append(("vdom", "str"))
        self.used |= {"Answer", "Body", "Change", "in_both_modes", "Unpack"}
        return self._typed_dict(self._claim(f"{prefix or self._prefix}Fields"), entries)

    def below(self, fields: Mapping[str, Field]) -> list[tuple[str, str]]:
        """The child tables and objects among `fields`, with the types of their places; to be called after `item`.

        A place gets a class of its own, which is defined here, unless its rows are nothing but a key.
        """
        return [
            (python_name(field.name), self._place(field)) for field in fields.values() if field.mkey or field.is_object
        ]

    def _place(self, field: Field) -> str:
        item = self._inner[id(field)]
        if field.is_name_list:
            (key,) = field.fields.values()
            shared = _SHARED_TABLES.get((key.name, self._input(key)))
            if shared:
                self.used.add(shared)
                return f"{shared}[{item}, M]"
        keywords = self.keywords(field.fields, item)
        below = self.below(field.fields)
        if field.is_object:
            return f"{self._place_class(item, 'Inner', keywords, below)}[M]"
        # A row that is nothing but its key has nothing to change.
        row = f"Row[{item}, M]" if field.is_name_list else f"{self.row(item, keywords, below)}[M]"
        name = self._claim(f"{item}Table")
        self.used |= {"ChildTable", "Row"}
        self.definitions.append(f'    class {name}(ChildTable["{item}", M]):\n{table_methods(row, keywords)}')
        return f"{name}[M]"

    def row(self, item: str, keywords: str, below: Sequence[tuple[str, str]]) -> str:
        """Define the class of a row, with the keywords of its writes and what is inside (`below`); returns its name."""
        return self._place_class(item, "Row", keywords, below)

    def _place_class(self, item: str, base: str, keywords: str, below: Sequence[tuple[str, str]]) -> str:
        name = self._claim(item.removesuffix("Item") + ("Row" if base == "Row" else "Object"))
        self.used.add(base)
        self.definitions.append(f'    class {name}({base}["{item}", M]):\n{object_members(below, keywords)}')
        return name

    def parameters(self, params: Mapping[str, Mapping[str, Any]], sources: Sequence[str], *, query: bool) -> str:
        """Define the keyword arguments of a monitor, log or service endpoint.

        Those of a read add to what every read takes (with `query`); the others may name a vdom.
        """
        entries = [
            (python_name(name), self._parameter(name, facts))
            for name, facts in params.items()
            if not (query and name in QUERY)
        ]
        if sources:
            entries.insert(0, ("source", self._required(self._literal("source", sources))))
        name = self._claim(f"{self._prefix}Params")
        if query:
            self.used.add("Query")
            return self._typed_dict(name, entries, base="Query")
        return self._typed_dict(name, entries if "vdom" in params else [*entries, ("vdom", "str")])

    def _parameter(self, name: str, facts: Mapping[str, Any]) -> str:
        if facts.get("options"):
            kind = self._literal(name, facts["options"])
        else:
            kind = _JSON_TYPES[facts["type"]]
            self.used |= {part for part in ("Any", "Sequence", "Mapping") if part in kind}
        return self._required(kind) if facts.get("required") else kind

    def _required(self, kind: str) -> str:
        self.used.add("Required")
        return f"Required[{kind}]"

    def _output(self, field: Field, prefix: str) -> str:
        """The type of what the device answers."""
        if field.is_table or field.is_object:
            name = prefix + class_name(field.name)
            entries = [(child.name, self._output(child, name)) for child in field.fields.values()]
            row = self._inner[id(field)] = self._typed_dict(self._claim(name), entries)
            return f"list[{row}]" if field.is_table else row
        return "str" if field.multiple else self._single(field)

    def _input(self, field: Field) -> str:
        """The type of what a caller may give."""
        if field.is_table:
            row = self._inner[id(field)]
            self.used.add("Sequence")
            return f"str | Sequence[str | {row}]" if field.is_name_list else f"Sequence[{row}]"
        if field.is_object:
            return self._inner[id(field)]
        if field.multiple:
            self.used.add("Sequence")
            return "int | str | Sequence[int | str]" if field.type == "integer" else "str | Sequence[str]"
        return self._single(field)

    def _single(self, field: Field) -> str:
        if field.type == "integer":
            return "int"
        if field.type == "option" and field.options:
            return self._literal(field.name, field.options)
        return "str"

    def _literal(self, name: str, options: Sequence[str]) -> str:
        """The type of one of `options`; a long one is defined once, under a name made from the field's `name`."""
        if set(options) == TOGGLE:
            self.used.add("Toggle")
            return "Toggle"
        self.used.add("Literal")
        words = tuple(map(text, dict.fromkeys(options)))
        flat = f"Literal[{', '.join(words)}]"
        if len(flat) <= _LONG_LITERAL:
            return flat
        if words not in self._aliases:
            alias = self._aliases[words] = self._claim(self._prefix + class_name(name))
            self.used.add("TypeAlias")
            body = f"[\n{filled(words, 8)}\n    ]"
            self.definitions.append(f"    {alias}: TypeAlias = Literal{body}\n")
        return self._aliases[words]

    def _claim(self, name: str) -> str:
        """`name`, or with a number where two paths of fields give the same."""
        number = 2
        unique = name
        while unique in self._taken:
            unique, number = f"{name}{number}", number + 1
        self._taken.add(unique)
        return unique

    def _typed_dict(self, name: str, entries: list[tuple[str, str]], base: str = "TypedDict") -> str:
        """Define a TypedDict, in the functional syntax where a member's name on the wire is no identifier."""
        if base == "TypedDict":
            self.used.add("TypedDict")
        names = {key for key, _ in entries}
        identifiers = all(key.isidentifier() and not keyword.iskeyword(key) for key in names)
        if base != "TypedDict" or (identifiers and not names & _BUILTINS):
            body = "".join(f"        {key}: {kind}\n" for key, kind in entries) or "        pass\n"
            self.definitions.append(f"    class {name}({base}, total=False):\n{body}")
        else:
            # In the functional syntax types are values; as text, a union is not computed, which analysers misjudge.
            quoted = [(key, text(kind) if " | " in kind else kind) for key, kind in entries]
            body = "".join(f"            {text(key)}: {kind},\n" for key, kind in quoted)
            members = f"{{\n{body}        }}"
            note = "  # noqa: UP013 - a member has the name of a type" if identifiers else ""
            self.definitions.append(
                f"    {name} = TypedDict({note}\n"
                f"        {text(name)},\n        {members},\n        total=False,\n    )\n"
            )
        return name
