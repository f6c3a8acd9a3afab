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
from .types import GIVEN, TypeNames, method, object_members, table_methods, table_writes

_FROM_ABC = ("Mapping", "Sequence")
_FROM_EXTENSIONS = ("Required", "TypedDict", "Unpack")
_FROM_ENDPOINT = ("Answer", "Query", "in_both_modes")
_FROM_CONFIGURATION = ("Change", "ChildTable", "Inner", "Row")
_FROM_SHARED = ("Body", "Ids", "Names", "Toggle")

_SHARED_TYPES = f"""\
{HEADER}\"\"\"Types that many endpoints share.\"\"\"

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

#: A switch.
Toggle = Literal["enable", "disable"]
#: Fields under their names on the wire, beside those given as keywords.
Body = Mapping[str, Any]

if TYPE_CHECKING:
    from typing_extensions import TypedDict, Unpack

    from ..configuration import Change, ChildTable
    from ..endpoint import Answer, M, O, in_both_modes

    class NameFields(TypedDict, total=False):
        name: str
        vdom: str

    class IdFields(TypedDict, total=False):
        id: int
        vdom: str

    class Names(ChildTable[O, M]):
        \"\"\"A child table whose rows are nothing but a name.\"\"\"

{table_writes("NameFields")}
    class Ids(ChildTable[O, M]):
        \"\"\"A child table whose rows are nothing but a number.\"\"\"

{table_writes("IdFields")}"""


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
    #: The methods for type checkers.
    methods: str
    used: set[str]


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
        + f"\n    if TYPE_CHECKING:\n\n{body.methods}"
    )


def _bases(body: _Body, up: str) -> str:
    return "\n".join(sorted([f"from {up}endpoint import M", f"from {up}{body.home} import {body.base}"]))


def _type_imports(used: Iterable[str], up: str) -> str:
    used = {*used, "ClassVar"}
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
    if schema.is_table:
        methods = table_methods(f"{names.row(item, keywords, below)}[M]", keywords)
    else:
        methods = object_members(below, keywords)
    return _Body(
        base="Table" if schema.is_table else "Singleton",
        home="configuration",
        type_arguments=f'"{item}", M',
        docstring=f"The {'table' if schema.is_table else 'object'} `{schema.cli_path}`.",
        methods=methods,
        used=set(),
    )


def _operation(endpoint: Endpoint, names: TypeNames) -> _Body:
    facts = endpoint.facts["methods"][endpoint.method]
    sources = endpoint.facts.get("sources", ())
    keywords = names.parameters(facts["params"], sources, query=endpoint.method == "GET")
    given = "" if endpoint.method == "GET" else GIVEN
    return _Body(
        base=endpoint.family.capitalize(),
        home="operations",
        type_arguments="M",
        docstring=f"`{endpoint.method} {endpoint.path}`.",
        methods=method(endpoint.method.lower(), given, keywords, "Any"),
        used={"Any", "in_both_modes", "Unpack", *(["Body"] if given else [])},
    )
