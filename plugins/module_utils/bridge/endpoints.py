# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Endpoint classes by name, for modules whose user names the endpoint.

A module's own process has only the endpoints that its file imports, so these functions work where Ansible itself runs.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Literal, get_args

from .. import hfortix_fortios
from ..hfortix_fortios.endpoint import Endpoint
from ..hfortix_fortios.names import module_name
from ..hfortix_fortios.schema import Schema
from ..resource.task import TaskError

Family = Literal["cmdb", "monitor", "log", "service"]

_COLLECTION = "hfortix.fortios."
_PREFIX = "api/v2/"


def endpoint(name: str) -> type[Endpoint[Any]]:
    """The endpoint of a module name, an API path of the configuration, or a family and a path.

    ``firewall_address``, ``firewall/address``, ``cmdb/firewall/address`` and ``/api/v2/cmdb/firewall/address`` are one;
    so are ``monitor_system_status_info`` and ``monitor/system/status``. The ``{source}`` of a log path is left out:
    ``log/virus``.

    :raises TaskError: there is no such endpoint, or the endpoints are not at hand
    """
    files = _files()
    key = _key(name)
    found = _classes(key) or _classes(key.removesuffix("_info"))
    if len(found) > 1:
        # Names that differ in a slash only are told apart by the path.
        found = [item for item in found if name.strip().strip("/").endswith(_path(item))]
    if len(found) == 1:
        return found[0]
    near = get_close_matches(key, files, n=3)
    if key in files or key.removesuffix("_info") in files:
        raise TaskError(f"There are several endpoints {name!r}. Name the one by its path.")
    hint = f" Did you mean {' or '.join(near)}?" if near else ""
    raise TaskError(f"There is no endpoint {name!r}.{hint}")


def endpoints(family: Family) -> Iterator[type[Endpoint[Any]]]:
    """All endpoints of a family, sorted by name. Each is imported when its turn comes.

    :raises TaskError: the endpoints are not at hand
    """
    for key, modules in sorted(_files().items()):
        for module in modules:
            if module.partition(".")[0] == family:
                yield from _classes_in(module, key)


@cache
def schema_of_words(words: str) -> Schema | None:
    """The endpoint that configuration text opens with ``config`` and `words`; None if there is none."""
    try:
        schema = endpoint(words.replace(" ", "/")).schema()
    except TaskError:
        return None
    return schema if schema.cli_path == words else None


def select(patterns: Sequence[str]) -> list[type[Endpoint[Any]]]:
    """The endpoints of the configuration whose module names the patterns match, sorted by name.

    ``*`` and ``?`` stand for any text and any character, ``all`` for all endpoints; ``!`` in front leaves out, of all
    endpoints if nothing else is given.

    :raises TaskError: a pattern without ``*`` and ``?`` names no endpoint of the configuration
    """
    names = {key for key, modules in _files().items() if any(module.startswith("cmdb.") for module in modules)}
    wanted = [text for text in patterns if not text.startswith("!")]
    chosen = set() if wanted else names
    for text in wanted:
        chosen |= _matches(names, text) if is_pattern(text) else {_configuration_name(text)}
    for text in patterns:
        if text.startswith("!"):
            chosen = chosen - _matches(names, text.removeprefix("!"))
    return [found for key in sorted(chosen) for found in _classes(key) if "kind" in found.FACTS]


def is_pattern(text: str) -> bool:
    """Whether `text`, as `select` takes it, may mean several endpoints, or none."""
    return text == "all" or any(sign in text for sign in "*?!")


def _matches(names: Iterable[str], pattern: str) -> set[str]:
    return set(fnmatch.filter(names, "*" if pattern == "all" else pattern))


def _configuration_name(name: str) -> str:
    found = endpoint(name)
    if "kind" not in found.FACTS:
        raise TaskError(f"{name} is no endpoint of the configuration.")
    return module_name(_path(found))


def _key(name: str) -> str:
    path = name.strip().strip("/").removeprefix(_PREFIX).removeprefix(_COLLECTION).removeprefix("cmdb/")
    return module_name(path)


@cache
def _files() -> dict[str, list[str]]:
    """The modules of the tree below ``api``, by the name of the endpoint that each may hold."""
    root = Path(hfortix_fortios.__file__).parent / "api"
    result: dict[str, list[str]] = {}
    for family in get_args(Family):
        for file in (root / family).rglob("*.py"):
            parts = file.relative_to(root).with_suffix("").parts
            if parts[-1] != "__init__":
                result.setdefault(_name(parts), []).append(".".join(parts))
    if not result:
        raise TaskError(
            "Endpoints are found by name only where Ansible itself runs: use a task of this module, on the controller, "
            "without async and without environment. gather_facts runs modules elsewhere."
        )
    return result


def _name(parts: tuple[str, ...]) -> str:
    """The name of the endpoint in a file. Underscores at the ends of its parts are there for Python alone."""
    words = [part.strip("_") for part in parts]
    return "_".join(words[1:] if words[0] == "cmdb" else words)


def _classes(key: str) -> list[type[Endpoint[Any]]]:
    return [found for module in _files().get(key, ()) for found in _classes_in(module, key)]


def _classes_in(module: str, key: str) -> Iterator[type[Endpoint[Any]]]:
    """The endpoints named `key` in a module, which holds also the branches and children that belong to it."""
    family = module.partition(".")[0]
    home = import_module(f"{hfortix_fortios.__name__}.api.{module}")
    for item in vars(home).values():
        if isinstance(item, type) and issubclass(item, Endpoint) and "path" in item.FACTS:
            name = module_name(_path(item))
            if key == (name if family == "cmdb" else f"{family}_{name}"):
                yield item


def _path(item: type[Endpoint[Any]]) -> str:
    """The path without what a call puts in, such as the source of a log."""
    return "/".join(part for part in str(item.FACTS["path"]).split("/") if not part.startswith("{"))
