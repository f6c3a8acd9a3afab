# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The SDK's generated files: an endpoint class in each module, and a file of namespaces for each family.

An endpoint class carries the facts of its endpoint as a literal; its types exist for type checkers only. A module of
Ansible ships what its static imports reach, so endpoint files import nothing but the hand-written base.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..layout import Branch
from ..model import Endpoint
from .header import HEADER
from .literal import LINE_LENGTH, expression
from .types import TypeNames

_FROM_ABC = ("Mapping", "Sequence")
_FROM_EXTENSIONS = ("Required", "TypedDict", "Unpack")
_FROM_ENDPOINT = ("Answer", "Async", "Query", "Sync")
_FROM_CONFIGURATION = ("Change", "ChildTable", "Inner", "Row")
_FROM_SHARED = ("Body", "Later", "LaterAnswer", "LaterChange", "Toggle")

_SHARED_TYPES = f"""\
{HEADER}\"\"\"Types that many endpoints share.\"\"\"

from __future__ import annotations

from collections.abc import Coroutine, Mapping
from typing import Any, Literal

from ..configuration import Change
from ..endpoint import Answer

#: A switch.
Toggle = Literal["enable", "disable"]
#: Fields under their names on the wire, beside those given as keywords.
Body = Mapping[str, Any]
#: What a call in async mode returns.
Later = Coroutine[Any, Any, Any]
LaterAnswer = Coroutine[Any, Any, Answer]
LaterChange = Coroutine[Any, Any, Change]
"""


def files(root: Branch) -> dict[str, str]:
    """The files of one family, under their paths below ``api``."""
    family = root.segments[0]
    found = {f"_{family}.py": tree_file(root)}
    for place in root.walk():
        if place.children:
            found["/".join((*place.children_package, "__init__.py"))] = ""
        if place.endpoint:
            found[place.module.replace(".", "/") + ".py"] = endpoint_file(place, place.endpoint)
    return found


def shared_files() -> dict[str, str]:
    """What belongs to no family."""
    return {"_types.py": _SHARED_TYPES}


def tree_file(root: Branch) -> str:
    """The namespaces of a family, the family itself last; only type checkers see the endpoints' modules here."""
    spaces = [place for place in root.walk() if not place.endpoint]
    children = sorted((child for space in spaces for child in space.children.values()), key=_natural)
    imports = [_import(child, "." + ".".join(child.package)) for child in children if child.endpoint]
    return (
        f'{HEADER}"""The namespaces of the {root.segments[0]} family."""\n\n'
        "from __future__ import annotations\n\n"
        "from typing import TYPE_CHECKING\n\n"
        "from ..endpoint import M, Node\n\n"
        f"if TYPE_CHECKING:\n    from typing import ClassVar\n\n{''.join(imports)}"
        + "".join(_namespace(space) for space in reversed(spaces))
    )


def _natural(place: Branch) -> tuple[list[str], list[int | str]]:
    """The order in which import sorters want the modules: numbers inside names by value."""
    parts = re.split(r"(\d+)", place.segments[-1])
    return list(place.package), [int(part) if part.isdigit() else part for part in parts]


def _import(child: Branch, package: str) -> str:
    name = f"{child.segments[-1]} as {child.alias}"
    line = f"    from {package} import {name}\n"
    return line if len(line) <= LINE_LENGTH + 1 else f"    from {package} import (\n        {name},\n    )\n"


def _namespace(space: Branch) -> str:
    path = "/".join(space.segments)
    return f'\n\nclass {space.class_name}(Node[M]):\n    """The endpoints below `{path}`."""\n\n{_children(space)}'


def _children(place: Branch) -> str:
    """The lines of a class body that declare the children of `place`."""
    lines = [f'    CHILDREN: ClassVar[str] = "{".".join(place.children_package)}"\n\n']
    for name, child in place.children.items():
        home = f"{child.alias}." if child.endpoint else ""
        lines.append(f"    {name}: {home}{child.class_name}[M]\n")
    return "".join(lines)


@dataclass
class _Body:
    """What the families do differently in the file of an endpoint."""

    base: str
    home: str
    type_arguments: str
    docstring: str
    methods: list[_Method]
    used: set[str]
    inside: str = ""


def endpoint_file(place: Branch, endpoint: Endpoint) -> str:
    """The source of the module that holds the endpoint's class."""
    names = TypeNames(endpoint.class_name)
    body = _configuration(endpoint, names) if endpoint.family == "cmdb" else _operation(endpoint, names)
    up = "." * (len(place.package) + 2)
    facts = {name: value for name, value in endpoint.facts.items() if name not in {"api", "module"}}
    below = "".join(_import(child, f".{child.package[-1]}") for child in sorted(place.children.values(), key=_natural))
    return (
        f'{HEADER}"""The endpoint `{endpoint.id}`."""\n\n'
        "from __future__ import annotations\n\n"
        "from typing import TYPE_CHECKING\n\n"
        f"{_bases(body, up)}\n\n"
        "if TYPE_CHECKING:\n"
        f"{_type_imports(names.used | body.used, up)}{below}\n"
        + "\n".join(names.definitions)
        + f"\n\nclass {endpoint.class_name}({body.base}[{body.type_arguments}]):\n"
        f'    """{body.docstring}"""\n\n'
        f"    FACTS: ClassVar[Facts] = {expression(facts, indent=4, used=29)}\n"
        + (f"\n{_children(place)}" if place.children else "")
        + f"\n    if TYPE_CHECKING:\n{body.inside}"
        + "".join(method.source(endpoint.class_name) for method in body.methods)
    )


def _bases(body: _Body, up: str) -> str:
    return "\n".join(sorted([f"from {up}endpoint import M", f"from {up}{body.home} import {body.base}"]))


def _type_imports(used: Iterable[str], up: str) -> str:
    used = {*used, "ClassVar", "Async", "Sync"}
    abc = sorted(used & set(_FROM_ABC))
    extensions = sorted(used & set(_FROM_EXTENSIONS))
    endpoint = sorted(used & set(_FROM_ENDPOINT))
    shared = sorted(used & set(_FROM_SHARED))
    configuration = sorted(used & set(_FROM_CONFIGURATION))
    typing = used - {*abc, *extensions, *endpoint, *shared, *configuration}
    lines = [f"    from collections.abc import {', '.join(abc)}\n"] if abc else []
    names = ", ".join(sorted(typing, key=lambda name: (name[0].islower(), name)))
    lines.append(f"    from typing import {names}\n\n")
    lines.append(f"    from typing_extensions import {', '.join(extensions)}\n\n")
    if configuration:
        lines.append(f"    from {up}configuration import {', '.join(configuration)}\n")
    lines.append(f"    from {up}endpoint import {', '.join(endpoint)}\n")
    lines.append(f"    from {up}schema import Facts\n")
    if shared:
        lines.append(f"    from {up[:-1]}_types import {', '.join(shared)}\n")
    return "".join(lines)


def _configuration(endpoint: Endpoint, names: TypeNames) -> _Body:
    schema = endpoint.schema
    item = names.item(schema.fields)
    keywords = names.keywords(schema.fields)
    below = names.below(schema.fields)
    given = "data: Body | None = None, /"
    writes = {"post": given, "put": f"mkey: str | int, {given}"} if schema.is_table else {"put": given}
    methods = [
        _Method(name, given, keywords, "Answer", "LaterAnswer", overrides=True) for name, given in writes.items()
    ]
    methods.append(_Method("set", given, keywords, "Change", "LaterChange", overrides=True))
    return _Body(
        base="Table" if schema.is_table else "Singleton",
        home="configuration",
        type_arguments=f'"{item}", M',
        docstring=f"The {'table' if schema.is_table else 'object'} `{schema.cli_path}`.",
        methods=methods,
        used={"Any", "Body", "Change", "LaterAnswer", "LaterChange", "Answer", "overload", "Unpack"},
        inside=_inside(names, item, below, is_table=schema.is_table),
    )


def _inside(names: TypeNames, item: str, below: list[tuple[str, str]], *, is_table: bool) -> str:
    """The lines of a class body that tell type checkers of child tables: the attributes of a singleton, or of rows."""
    if not below:
        return ""
    if not is_table:
        return "\n" + "".join(f"        {name}: {kind}\n" for name, kind in below)
    row = names.row(item, below)
    return f"\n        def __getitem__(self, mkey: str | int) -> {row}[M]: ...\n"


def _operation(endpoint: Endpoint, names: TypeNames) -> _Body:
    facts = endpoint.facts["methods"][endpoint.method]
    sources = endpoint.facts.get("sources", ())
    keywords = names.parameters(facts["params"], sources, query=endpoint.method == "GET")
    given = "" if endpoint.method == "GET" else "data: Body | None = None, /"
    return _Body(
        base=endpoint.family.capitalize(),
        home="operations",
        type_arguments="M",
        docstring=f"`{endpoint.method} {endpoint.path}`.",
        methods=[_Method(endpoint.method.lower(), given, keywords, "Any", "Later")],
        used={"Any", "Later", "overload", "Unpack", *(["Body"] if given else [])},
    )


@dataclass(frozen=True)
class _Method:
    """A method whose keyword arguments are typed for this endpoint; the base class implements it."""

    name: str
    given: str
    keywords: str
    result: str
    later: str
    overrides: bool = False

    def source(self, class_: str) -> str:
        """The overloads for both modes. Narrower keywords than the base's are what type checkers call an override."""
        given = f", {self.given}" if self.given else ""
        ignore = "  # type: ignore[override]" if self.overrides else ""
        overloads = "".join(
            f"\n        @overload{ignore if mode == 'Sync' else ''}\n"
            + _definition(self.name, f"self: {class_}[{mode}]{given}, **fields: Unpack[{self.keywords}]", result)
            for mode, result in (("Sync", self.result), ("Async", self.later))
        )
        return f"{overloads}\n" + _definition(self.name, f"self{given}, **fields: Any", "Any")


def _definition(name: str, arguments: str, result: str) -> str:
    line = f"        def {name}({arguments}) -> {result}: ...\n"
    if len(line) <= LINE_LENGTH + 1:
        return line
    return f"        def {name}(\n            {arguments}\n        ) -> {result}: ...\n"
