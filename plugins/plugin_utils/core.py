# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""Where this collection touches the inner names of ansible-core and ansible.netcommon; used on core 2.16 to 2.21.

ansible-core starts a process for every task over a persistent connection, only to learn the path of a socket. Here
the path is computed, and the process that listens there is started when there is none.
"""

from __future__ import annotations

import copy
import hashlib
import json
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import Any

from ansible import constants as C
from ansible.errors import AnsibleError
from ansible.executor.task_executor import start_connection
from ansible.module_utils.connection import Connection
from ansible.module_utils.connection import ConnectionError as RPCError
from ansible.playbook.task import Task
from ansible.plugins.loader import action_loader, connection_loader, httpapi_loader, module_loader
from ansible.utils.path import unfrackpath

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.connection import HTTPAPI, NETWORK_OS

#: Time for a process that is ending to be gone, in seconds: it may have to log out first.
ENDING_SECONDS = 5.0


@cache
def resolved_connection(name: str) -> str:
    """The full name of the connection plugin that a playbook calls `name`."""
    found = connection_loader.find_plugin_with_context(name)
    return str(found.resolved_fqcn or name) if found.resolved else name


def module_file(task: Any) -> tuple[str, Any]:
    """The full name of the module that `task` runs, after redirects, and its file as a Python module."""
    name = str(task.action)
    try:
        return name, _imported(name)
    except ImportError:
        # A short name, or one that leads elsewhere. Finding that out costs a look through the folder of modules.
        found = module_loader.find_plugin_with_context(name, collection_list=list(task.collections or ()))
        name = str(found.resolved_fqcn or name)
        return name, _imported(name)


def _imported(name: str) -> Any:
    collection, _dot, leaf = name.rpartition(".")
    return import_module(f"ansible_collections.{collection}.plugins.modules.{leaf}")


def shows_invocation(variables: Mapping[str, Any]) -> bool:
    """Whether results are to tell the arguments of the module: always, up to core 2.20."""
    if C.config.get_configuration_definition("INJECT_INVOCATION") is None:
        return True
    return bool(C.config.get_config_value("INJECT_INVOCATION", variables=variables))


def plain(value: Any) -> Any:
    """`value` without what core notes on each of its parts, such as its place in the playbook: copying that is slow."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return {plain(name): plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return int(value)
    return value


def httpapi_socket(
    task: Any, play_context: Any, templar: Any, variables: Mapping[str, Any], *, answering: bool = True
) -> str:
    """The socket of the persistent httpapi process for a host, started if there is none, or none that is `answering`.

    `variables` are those of the host that the task goes to; their values may still be templates. Each set of
    connection options has a process of its own, so that hosts behind one address, and users of one host, are
    never mixed up.

    :raises AnsibleError: the process cannot be started
    """
    play_context = copy.copy(play_context)
    play_context.connection = HTTPAPI
    remote_user = play_context.remote_user
    play_context.remote_user = f"{remote_user} {_digest(_origins(task, play_context, templar, variables))}"
    path = _socket_path(play_context)
    if not (_answers(path) if answering else os.path.exists(path)):
        play_context.remote_user, named = remote_user, play_context.remote_user
        options = _options(task, play_context, templar, variables)
        play_context.timeout, play_context.remote_user = options["persistent_command_timeout"], named
        path = str(start_connection(play_context, options, task._uuid))
    return path


def _origins(task: Any, play_context: Any, templar: Any, variables: Mapping[str, Any]) -> list[Any]:
    """What the options of a connection follow from, but for what no two tasks of a playbook differ in.

    Finding the options themselves takes core longer than most modules work.
    """
    names, keywords = _sources()
    return [
        [getattr(play_context, name) for name in ("remote_addr", "port", "remote_user", "password", "timeout")],
        {name: getattr(task, name) for name in keywords},
        {name: templar.template(variables[name]) for name in names if name in variables},
    ]


@cache
def _sources() -> tuple[list[str], list[str]]:
    """The variables and the keywords of tasks that options of the connection, and of its plugin, can come from."""
    plugins = [("connection", connection_loader.get(HTTPAPI, class_only=True))]
    plugins.append(("httpapi", httpapi_loader.get(NETWORK_OS, class_only=True)))
    names, keywords = set[str](), set[str]()
    for kind, plugin in plugins:
        if plugin is not None:
            names |= set(C.config.get_plugin_vars(kind, plugin._load_name))
            keywords |= C.config.get_configuration_definitions(kind, plugin._load_name).keys() & Task.fattributes.keys()
    # Of a delegated task this is the host that delegates. What it stands for otherwise is the address, known anyway.
    names.discard("inventory_hostname")
    return sorted(names), sorted(keywords)


def _options(task: Any, play_context: Any, templar: Any, variables: Mapping[str, Any]) -> dict[str, Any]:
    """The options of the connection and of its httpapi plugin, as core's task executor would find them."""
    connection = connection_loader.get(
        HTTPAPI, play_context, None, task_uuid=task._uuid, ansible_playbook_pid=str(os.getppid())
    )
    if connection is None:
        raise AnsibleError(f"The connection plugin {HTTPAPI} is missing; install the collection ansible.netcommon.")
    keys = task.dump_attrs()
    keys.pop("retries", None)
    keys["timeout"] = play_context.timeout
    if play_context.password:
        keys["password"] = play_context.password
    for kind, plugin in (("connection", connection), ("httpapi", connection.httpapi)):
        names = C.config.get_plugin_vars(kind, plugin._load_name)
        values = {name: templar.template(variables[name]) for name in names if name in variables}
        plugin.set_options(task_keys=keys, var_options=values)
    options: dict[str, Any] = connection.get_options()
    return options


def _digest(origins: Any) -> str:
    text = json.dumps(origins, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _socket_path(play_context: Any) -> str:
    ssh = connection_loader.get("ssh", class_only=True)
    pattern = ssh._create_control_path(
        play_context.remote_addr,
        play_context.port,
        play_context.remote_user,
        play_context.connection,
        str(os.getppid()),
    )
    return str(unfrackpath(pattern % {"directory": unfrackpath(C.PERSISTENT_CONTROL_PATH_DIR)}))


def _answers(path: str) -> bool:
    """Whether a process serves `path`. One that is ending is waited for; one that died leaves nothing behind."""
    end = time.monotonic() + ENDING_SECONDS
    while os.path.exists(path):
        try:
            # A process that is ending, as it does between two plays, accepts a connection still, but answers no call.
            Connection(path).get_option("persistent_command_timeout")
        except RPCError:
            if time.monotonic() > end:
                os.unlink(path)
            time.sleep(0.05)
        else:
            return True
    return False


# This file is loaded before core starts the process of a task, which would have to load these each time.
with suppress(ImportError):
    # Where its collection is missing, core would warn of it, and all but the connection works without.
    import_module("ansible_collections.ansible.netcommon.plugins.connection.httpapi")
    _sources()
# Where a module names its action plugin, core looks at that of all other modules first.
action_loader.get("ansible.legacy.normal", class_only=True)
