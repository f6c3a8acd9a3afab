# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Content as files: a file of variables for each endpoint and a playbook that applies them, or a playbook alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ..hfortix_fortios.errors import MASK
from ..hfortix_fortios.schema import Schema, path_segment
from ..hfortix_fortios.values import masked
from ..resource.normalise import from_config, to_config
from ..resource.task import TaskError
from . import yamltext
from .folder import read
from .part import GLOBAL, Content, Omission, Part, schema_of
from .sequence import Step, sequence

COLLECTION = "hfortix.fortios"
#: The name of the playbook beside the folders of variables.
PLAYBOOK = "site.yml"
#: What each file says at its top, by which a later run knows it for one of its own.
MARK = f"Written by the collection {COLLECTION}"

TEMPLATE = "a template has no value outside of a playbook"

_VDOMS = "vdoms"
#: Where files of variables are, below the destination.
_PATTERNS = (f"{GLOBAL}/*.yml", f"{_VDOMS}/*/*.yml")

#: The text of files, by their paths below the destination.
Files = dict[str, str]


def as_variables(content: Content) -> Files:
    """A folder: ``site.yml``, and a file for each part, such as ``vdoms/root/firewall_address.yml``."""
    files = {_file(part.vdom, part.schema.name): _variables(content, part) for part in content.parts}
    playbook = yamltext.dump([_play(vdom, steps, literal=False) for vdom, steps in _by_vdom(content)])
    return {PLAYBOOK: f"---\n{_head(content)}{playbook}", **dict(sorted(files.items()))}


def as_playbook(content: Content) -> str:
    """One playbook that holds everything."""
    plays = yamltext.dump([_play(vdom, steps, literal=True) for vdom, steps in _by_vdom(content)])
    return f"---\n{_head(content)}{_comment(content, content.parts)}{plays}"


def config_of(part: Part) -> Any:
    """The rows of a part in the form of the option `config`."""
    rows = [to_config(part.schema.fields, row) for row in part.rows]
    return rows if part.schema.is_table else rows[0]


def _folder(vdom: str) -> str:
    return GLOBAL if vdom == GLOBAL else f"{_VDOMS}/{path_segment(vdom)}"


def _file(vdom: str, endpoint: str) -> str:
    """The path of a file of variables, below the destination."""
    return f"{_folder(vdom)}/{endpoint}.yml"


def _home(vdom: str) -> str:
    if vdom == GLOBAL:
        return "the device as a whole"
    return f"the virtual domain {vdom if vdom.isprintable() else repr(vdom)}"


def _by_vdom(content: Content) -> Iterator[tuple[str, list[Step]]]:
    steps = sequence(content.parts)
    yield from ((vdom, list(group)) for vdom, group in groupby(steps, key=lambda step: step.part.vdom))


def _play(vdom: str, steps: Sequence[Step], *, literal: bool) -> dict[str, Any]:
    play: dict[str, Any] = {"name": f"Configure {_home(vdom)}", "hosts": yamltext.Template("{{ target }}")}
    play["gather_facts"] = False
    if vdom != GLOBAL:
        play["module_defaults"] = {f"group/{COLLECTION}.fortios": {"vdom": vdom}}
    # Not by vars_files, which Ansible reads again for every task.
    reading = {
        "name": "Read the variables",
        "ansible.builtin.include_vars": {"dir": _folder(vdom), "extensions": ["yml"]},
    }
    return play | {"tasks": [*([] if literal else [reading]), *(_task(step, literal=literal) for step in steps)]}


def _task(step: Step, *, literal: bool) -> dict[str, Any]:
    schema = step.part.schema
    options: dict[str, Any] = {"config": _config(step, literal=literal)}
    name = f"Configure {schema.path}"
    if step.bare:
        name = f"Begin with {schema.path}, without what is not there yet"
    else:
        # Exactly as it is here; but of a table nothing is deleted that is not here.
        options["state"] = "replaced"
        if step.keys is not None:
            name = f"Begin with {schema.path}, with what others refer to"
    if schema.movable and not step.bare and step.keys is None:
        options["ordered"] = True
    return {"name": name, f"{COLLECTION}.{schema.name}": options}


def _config(step: Step, *, literal: bool) -> Any:
    schema, rows = step.part.schema, config_of(step.part)
    if step.keys is None:
        return rows if literal or step.bare else yamltext.Template(f"{{{{ {schema.name} }}}}")
    if literal:
        return [row for row in rows if row[schema.key.option] in step.keys]
    key, others = schema.key.option, [row[schema.key.option] for row in rows if row[schema.key.option] not in step.keys]
    test, keys = ("rejectattr", others) if len(others) < len(step.keys) else ("selectattr", step.keys)
    return yamltext.Template(f"{{{{ {schema.name} | {test}({key!r}, 'in', {list(keys)!r}) | list }}}}")


def _variables(content: Content, part: Part) -> str:
    head = f"# {part.schema.path} of {_home(part.vdom)}. {MARK}.\n"
    return f"---\n{head}{_comment(content, [part])}{yamltext.dump({part.schema.name: config_of(part)})}"


def _head(content: Content) -> str:
    lines = [
        f"{MARK}. Run it with: ansible-playbook -i INVENTORY {PLAYBOOK} -e target=HOST",
        "Each task makes the objects that it lists what they are here, and leaves all others alone.",
    ]
    variables = [secret.variable for secret in content.secrets if secret.variable]
    if variables:
        lines.append("It needs these variables, which are best kept in a vault:")
        lines += [f"  {variable}" for variable in variables]
    return "".join(f"# {line}\n" for line in lines)


def _comment(content: Content, parts: Iterable[Part]) -> str:
    """The secrets that objects of `parts` have, and that are not here."""
    here = {(part.vdom, part.schema.name) for part in parts}
    lines = []
    for secret in content.secrets:
        if (secret.vdom, secret.endpoint) in here and not secret.variable:
            key = "" if secret.key is None else f" of {secret.key!r}"
            lines.append(f"#   {secret.endpoint}: {secret.field}{key} in {_home(secret.vdom)}\n")
    return "".join(["# Secrets are not in this file:\n", *lines]) if lines else ""


def written_earlier(folder: Path, kept: Iterable[Omission] = ()) -> list[Path]:
    """The files of variables below `folder` that an earlier run wrote, but for those of what is `kept`."""
    left = {folder / _file(item.vdom, item.endpoint) for item in kept}
    return [path for path in _variable_files(folder) if _is_owned(path) and path not in left]


def check_owned(paths: Iterable[Path]) -> None:
    """Refuse to take the place of files that were not written here.

    :raises TaskError: there is such a file
    """
    for path in paths:
        if path.is_file() and not _is_owned(path):
            raise TaskError(
                f"{path} is there and was not written by this collection. Remove it, or choose another dest."
            )


def _is_owned(path: Path) -> bool:
    with path.open(encoding="utf-8", errors="replace") as file:
        return MARK in file.readline() + file.readline()


def _variable_files(folder: Path) -> list[Path]:
    return [path for pattern in _PATTERNS for path in sorted(folder.glob(pattern)) if path.is_file()]


def read_variables(folder: Path) -> Content:
    """The content of a folder of variables. What is a template has no value here, and is left out.

    :raises TaskError: the folder or a file cannot be read, or holds what no module takes
    """
    content = Content()
    for path in _variable_files(folder):
        vdom = GLOBAL if path.parent.parent == folder else unquote(path.parent.name)
        data = yamltext.load(read(path), str(path))
        if not isinstance(data, Mapping):
            raise TaskError(f"{path}: this is no file of variables.")
        for name, config in data.items():
            _read_part(content, path, vdom, str(name), config)
    if not content.parts:
        raise TaskError(f"{folder}: no file {' or '.join(_PATTERNS)} in this folder holds anything.")
    return content


def _read_part(content: Content, path: Path, vdom: str, name: str, config: Any) -> None:
    try:
        schema = schema_of(name)
        if not isinstance(config, list if schema.is_table else Mapping):
            raise TaskError(f"takes {'a list' if schema.is_table else 'a dictionary'}.")
        templates: dict[str, None] = {}
        part = Part(vdom, schema, from_config(schema, _without_templates(config, "", templates)))
    except TaskError as error:
        raise TaskError(f"{path}: {name}: {error}") from None
    content.parts.append(part)
    content.omissions += [Omission(vdom, schema.name, TEMPLATE, field) for field in templates]


def _without_templates(node: Any, where: str, found: dict[str, None]) -> Any:
    if isinstance(node, Mapping):
        kept = {name: _without_templates(item, f"{where}.{name}".lstrip("."), found) for name, item in node.items()}
        return {name: item for name, item in kept.items() if not isinstance(item, yamltext.Template)}
    if isinstance(node, list):
        items = [_without_templates(item, where, found) for item in node]
        return [item for item in items if not isinstance(item, yamltext.Template)]
    if isinstance(node, yamltext.Template):
        found[where] = None
    return node


def without_secrets(text: str) -> str:
    """The data of a file that this module may have written, with secrets masked, for people to see.

    Comments go. Of a file that cannot be read nothing is shown.
    """
    try:
        data = yamltext.load(text, "")
    except TaskError:
        return "(a file that is no plain YAML)\n"
    return yamltext.dump(_masked(data)) if data is not None else ""


def _masked(node: Any) -> Any:
    if isinstance(node, list):
        return [_masked(item) for item in node]
    if not isinstance(node, Mapping):
        return node
    return {name: _masked_member(str(name), value) for name, value in node.items()}


def _masked_member(name: str, value: Any) -> Any:
    schema = _known(name.removeprefix(f"{COLLECTION}."))
    if schema is None:
        return _masked(value)
    if isinstance(value, Mapping) and isinstance(value.get("config"), (list, Mapping)):
        return {**value, "config": _masked_config(schema, value["config"])}
    return _masked_config(schema, value)


@cache
def _known(name: str) -> Schema | None:
    try:
        return schema_of(name)
    except TaskError:
        return None


def _masked_config(schema: Schema, config: Any) -> Any:
    """`config` with its secrets masked; of what is no such thing, nothing."""
    try:
        rows = [to_config(schema.fields, masked(schema.fields, row)) for row in from_config(schema, config)]
    except TaskError:
        return MASK
    return rows if schema.is_table else rows[0]
