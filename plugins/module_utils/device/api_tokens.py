# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""REST API administrators and their keys, which the device tells once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..bridge.argspec import Spec, connection_spec
from ..bridge.job import Answer, Call
from ..hfortix_fortios.api.cmdb.system.api_user import ApiUser
from ..hfortix_fortios.endpoint import results, rows_of
from ..hfortix_fortios.errors import MASK, FortiOSError, NotFoundError, TransportError
from ..hfortix_fortios.networks import interface
from ..resource import engine
from ..resource.task import Result, Task, TaskError, difference

_GENERATE = "/api/v2/monitor/system/api-user/generate-key"
#: Releases differ in the name of the member that holds the key.
_KEY_MEMBERS = ("api_key", "access_token")

_PASSWORD_REQUIRED = -8102
_INSTEAD = (
    "Connect with the token of a REST API administrator that may do so, instead of a user name and password, or make "
    "this one on the device itself (config system api-user)."
)

SPEC: Spec = {
    "name": {"type": "str", "required": True},
    "accprofile": {"type": "str"},
    "vdoms": {"type": "list", "elements": "str"},
    "trusthosts": {"type": "list", "elements": "str"},
    "comments": {"type": "str"},
    "rotate": {"type": "bool", "default": False},
    **connection_spec(),
}


def work(call: Call) -> Answer:
    """Let the administrator be as the options say, with a new key if it is new or if one is asked for.

    :raises TaskError: there is no such administrator, and no profile to create it with
    """
    schema, name = ApiUser.schema(), call.params["name"]
    if not name:
        raise TaskError("name: is empty.")
    before = _read(call, schema.url(name))
    if before is None and not call.params["accprofile"]:
        raise TaskError(f"accprofile: there is no REST API administrator {name!r}, and a new one needs a profile.")
    config = _config(call.params, before or {})
    result = engine.run(schema, call.client, Task("merged", [config], check=call.check, diff=call.diff))
    if result.failed:
        if any(item.get("code") == _PASSWORD_REQUIRED for item in result.failed_objects):
            result.failed = f"{result.failed} {_INSTEAD}"
        return Answer(result.as_dict(), result.warnings, result.failed)
    renewed = before is None or call.params["rotate"]
    members = {**result.as_dict(), "generated": renewed}
    if renewed:
        members["changed"] = True
        if call.diff:
            members["diff"] = [*result.diff, _key_difference(name, new=before is None)]
        if not call.check:
            members["token"] = _generate(call, name, result)
    return Answer(members, result.warnings)


def _read(call: Call, url: str) -> Mapping[str, Any] | None:
    try:
        rows = rows_of(call.client.get(url), url)
    except NotFoundError:
        return None
    return rows[0] if rows else None


def _config(params: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """The administrator as the module system_api_user would take it."""
    config = {name: params[name] for name in ("name", "accprofile", "comments") if params[name] is not None}
    if params["vdoms"]:
        config["vdom"] = params["vdoms"]
    if params["trusthosts"]:
        config["trusthost"] = _trusthosts(params["trusthosts"], before.get("trusthost") or [])
    return config


def _trusthosts(networks: list[str], before: list[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A row for each network, under the number that it has already or under the next ones."""
    numbers = {_network(str(row[str(row["type"])])): row["id"] for row in before if row.get("type") in row}
    following = 1 + max((row["id"] for row in before), default=0)
    try:
        # What is written in several ways, or twice, is one network.
        wanted = dict.fromkeys(map(_network, networks))
    except ValueError as error:
        raise TaskError(f"trusthosts: {error}.") from None
    rows = []
    for network in wanted:
        if network not in numbers:
            numbers[network], following = following, following + 1
        kind = "ipv6_trusthost" if ":" in network else "ipv4_trusthost"
        rows.append({"id": numbers[network], "type": kind.replace("_", "-"), kind: network})
    return rows


def _network(text: str) -> str:
    return str(interface(text).network)


def _generate(call: Call, name: str, result: Result) -> str:
    """A new key. The old one, if there was one, ceases to work."""
    try:
        answer = results(call.client.post(_GENERATE, json={"api-user": name}), _GENERATE)
        key = next((answer[member] for member in _KEY_MEMBERS if answer.get(member)), None)
    except FortiOSError as error:
        if error.code == _PASSWORD_REQUIRED:
            error.hint = _INSTEAD.rstrip(".")
        elif isinstance(error, TransportError) and error.sent:
            error.hint = (
                "The old key, if there was one, may have ceased to work. Run this again with rotate, over a connection "
                "with a key that works"
            )
        elif result.changed:
            error.hint = f"{error.hint or 'The key is missing'}. The administrator is made: run this again with rotate"
        raise
    if key is None:
        raise FortiOSError("the device gave no key", method="POST", path=_GENERATE, hint="Run this again with rotate")
    return str(key)


def _key_difference(name: str, *, new: bool) -> dict[str, Any]:
    return difference(f"key of system/api-user {name}", {} if new else {"key": MASK}, {"key": f"{MASK} (new)"})
