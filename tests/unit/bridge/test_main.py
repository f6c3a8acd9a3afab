# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A module call in this process: validation, hand-over to the engine, and the shape of its result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge import configuration
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.connection import Client, client_for
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.main import call
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.errors import (
    AuthenticationError,
    InvalidValueError,
)
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.http.interface import Outcome, Request
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.schema import Schema

SCHEMA = Schema.from_facts(
    {
        "path": "user/local",
        "kind": "table",
        "mkey": "name",
        "scope": "vdom",
        "fields": {
            "name": {"type": "string"},
            "status": {"type": "option", "options": ["enable", "disable"], "default": "enable"},
            "passwd": {"type": "password"},
            "id": {"type": "integer", "readonly": True},
        },
    }
)
NAME = "hfortix.fortios.user_local"


class Fake(Client):
    """A device with an empty table that gives `errors`, by method."""

    def __init__(self, **errors: Exception) -> None:
        self.errors = errors
        self.sent: list[Request] = []
        self.closed = 0

    def batch(self, requests: Sequence[Request], *, parallel: int | None = None, stop: bool = False) -> list[Outcome]:
        self.sent += requests
        return [self._outcome(item) for item in requests]

    def _outcome(self, request: Request) -> Outcome:
        error: Any = self.errors.get(request.method)
        results: list[Any] = []
        return Outcome(request, None if error else {"version": "v7.6.5", "results": results}, error)

    def close(self) -> None:
        self.closed += 1


def run(client: Client | None = None, *, check: bool = False, **arguments: Any) -> dict[str, Any]:
    def connect(params: Mapping[str, Any]) -> Client:
        return client or client_for(params, None)

    return call(configuration.job_for(SCHEMA), NAME, arguments, connect, check=check, diff=False)


def test_a_result_has_the_answer_of_the_engine_and_the_invocation() -> None:
    client = Fake()
    result = run(client, config=[{"name": "anna"}])
    assert result["changed"] is True
    assert [request.method for request in client.sent] == ["GET", "POST"]
    # Defaults show, what was not given does not.
    assert result["invocation"]["module_args"]["config"] == [{"name": "anna"}]
    assert result["invocation"]["module_args"]["state"] == "merged"
    assert "vdom" not in result["invocation"]["module_args"]
    assert client.closed == 1
    assert "failed" not in result


def test_check_mode_reaches_the_engine() -> None:
    client = Fake()
    assert run(client, check=True, config=[{"name": "anna"}])["changed"] is True
    assert [request.method for request in client.sent] == ["GET"]


def test_secrets_are_masked_everywhere() -> None:
    refusal = InvalidValueError("the device said: bad password hunter2", cli_error="hunter2 is too short")
    client = Fake(POST=refusal)
    result = run(client, config=[{"name": "anna", "passwd": "hunter2"}], token="t0ken-t0ken")
    assert client.sent[-1].json["passwd"] == "hunter2"
    assert result["failed"] is True
    assert "hunter2" not in repr(result)
    assert "t0ken-t0ken" not in repr(result)


def test_an_error_of_the_device_is_one_sentence_and_its_facts() -> None:
    error = AuthenticationError(
        "the device did not accept the credentials",
        status=401,
        method="GET",
        path="/api/v2/cmdb/user/local",
        hint="Check the token",
    )
    client = Fake(GET=error)
    result = run(client, state="gathered")
    assert result["msg"] == (
        "The device did not accept the credentials (GET /api/v2/cmdb/user/local; HTTP 401). Check the token."
    )
    assert result["error"] == {
        "type": "AuthenticationError",
        "status": 401,
        "method": "GET",
        "path": "/api/v2/cmdb/user/local",
        "hint": "Check the token",
    }
    assert client.closed == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            {"config": [{"name": "a", "nam": "b"}]},
            (
                "Unsupported parameters for (hfortix.fortios.user_local) module: config.nam. "
                "Supported parameters include: id, name, passwd, status."
            ),
        ),
        (
            {"config": [{"name": "a", "status": "on"}]},
            "value of status must be one of: enable, disable, got: on found in config",
        ),
        ({"config": [{"status": "enable"}]}, "missing required arguments: name found in config"),
        ({"state": "overridden"}, "state is overridden but all of the following are missing: config"),
        (
            {"state": "overridden", "config": []},
            (
                "config: an empty list under state overridden would delete every row; name the rows to keep, "
                "or use state deleted for those to delete."
            ),
        ),
        (
            {"state": "gathered"},
            (
                "No device to talk to. Use ansible_connection: ansible.netcommon.httpapi with ansible_network_os: "
                "hfortix.fortios.fortios, or give the option host or the environment variable FORTIOS_HOST."
            ),
        ),
    ],
)
def test_a_task_that_cannot_be_carried_out(arguments: dict[str, Any], words: str) -> None:
    result = run(None, **arguments)
    assert (result["failed"], result["msg"]) == (True, words)


def test_warnings_of_the_engine_are_handed_over() -> None:
    result = run(Fake(), config=[{"name": "anna", "id": 7}])
    assert result["warnings"] == ["Computed by the device and not written: id."]


def test_rendered_and_parsed_need_no_connection() -> None:
    rendered = run(None, state="rendered", config=[{"name": "anna", "status": "disable"}])
    assert 'edit "anna"' in rendered["rendered"]
    parsed = run(None, state="parsed", running_config=rendered["rendered"])
    assert parsed["parsed"] == [{"name": "anna", "status": "disable"}]
