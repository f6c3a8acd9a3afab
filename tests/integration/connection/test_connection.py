# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Playbooks against the simulator over TLS: logins, one connection, both ways to run a module, errors."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.simulator.server import Simulator

from .playbook import GATHER, MODULE, Playbooks, address, reached

pytestmark = pytest.mark.playbook

TABLE = "/api/v2/cmdb/firewall/address"
LOGINS = ("/api/v2/authentication", "/logincheck", "/logout")


def by_token(simulator: Simulator, **variables: Any) -> dict[str, dict[str, Any]]:
    return {"fw": {**reached(simulator), "ansible_fortios_token": simulator.token, **variables}}


def by_session(simulator: Simulator, **variables: Any) -> dict[str, dict[str, Any]]:
    credentials = {"ansible_user": simulator.user, "ansible_password": simulator.password}
    return {"fw": {**reached(simulator), **credentials, **variables}}


def calls(simulator: Simulator, path: str = TABLE) -> list[str]:
    """The methods of the requests below a path, in order."""
    return [entry["method"] for entry in simulator.log() if entry["path"].startswith(path)]


def logins(simulator: Simulator) -> list[tuple[str, str]]:
    return [(entry["method"], entry["path"]) for entry in simulator.log() if entry["path"] in LOGINS]


def eventually(condition: Callable[[], bool], seconds: float = 5.0) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.1)
    return condition()


def test_twenty_calls_use_one_tls_connection_and_a_repeated_run_only_reads(
    simulator: Simulator, playbooks: Playbooks
) -> None:
    tasks = [address(f"host-{number}") for number in range(15)]
    tasks.append({**address("{{ item }}"), "loop": ["a", "b", "c", "d", "e"]})
    first = playbooks.run(by_token(simulator), tasks)
    assert all(result["changed"] for result in first.only())
    assert (simulator.tls_connections, calls(simulator).count("GET"), calls(simulator).count("POST")) == (1, 20, 20)
    before = len(calls(simulator))
    again = playbooks.run(by_token(simulator), tasks)
    assert not any(result["changed"] for result in again.only())
    assert calls(simulator)[before:] == ["GET"] * 20
    assert simulator.tls_connections == 2


def test_modules_of_no_endpoint_take_the_same_connection(simulator: Simulator, playbooks: Playbooks) -> None:
    used = {"hfortix.fortios.object_usage": {"endpoint": "firewall_address", "key": "web"}}
    renamed = {"hfortix.fortios.rename": {"endpoint": "firewall_address", "from": "web", "to": "www"}}
    group = {"hfortix.fortios.firewall_addrgrp": {"config": [{"name": "servers", "member": ["web"]}]}}
    results = playbooks.run(by_token(simulator), [address("web"), group, used, renamed, renamed]).only()
    assert [result["changed"] for result in results] == [True, True, False, True, False]
    assert [user["key"] for user in results[2]["results"]] == ["servers"]
    assert simulator.tls_connections == 1


def test_a_token_is_never_logged_in_or_out(simulator: Simulator, playbooks: Playbooks) -> None:
    playbooks.run(by_token(simulator), [GATHER])
    assert (calls(simulator), logins(simulator)) == (["GET"], [])


@pytest.mark.parametrize("release", ["7.2.0", "7.4.4", "7.6.5", "8.0.0"])
def test_a_session_is_opened_once_and_closed_with_the_play(release: str, playbooks: Playbooks) -> None:
    with Simulator(release) as simulator:
        results = playbooks.run(by_session(simulator), [GATHER, address("web"), GATHER]).only()
        assert [item["name"] for item in results[2]["gathered"] if item["name"] == "web"] == ["web"]
        assert eventually(lambda: logins(simulator)[-1][0] == "DELETE" or logins(simulator)[-1][1] == "/logout")
        methods = [method for method, _ in logins(simulator)]
        assert len(methods) <= 3
        assert simulator.tls_connections == 1


def test_hosts_that_delegate_to_a_device_share_its_connection(simulator: Simulator, playbooks: Playbooks) -> None:
    hosts = {**by_session(simulator), **{f"web{number}": {"ansible_connection": "local"} for number in range(3)}}
    task = {**GATHER, "delegate_to": "fw", "when": "inventory_hostname != 'fw'"}
    results = playbooks.run(hosts, [task, {**GATHER, "when": "inventory_hostname == 'fw'"}]).results
    assert all("gathered" in results[0][f"web{number}"] for number in range(3))
    assert "gathered" in results[1]["fw"]
    assert logins(simulator).count(("POST", "/api/v2/authentication")) == 1


def test_a_session_that_only_a_loop_has_used_is_closed_with_the_playbook(
    simulator: Simulator, playbooks: Playbooks
) -> None:
    playbooks.run(by_session(simulator), [{**GATHER, "loop": [1, 2]}])
    assert eventually(lambda: ("DELETE", "/api/v2/authentication") in logins(simulator))


def test_a_session_that_ends_early_is_renewed(simulator: Simulator, playbooks: Playbooks) -> None:
    simulator.fault(method="POST", path=TABLE, expire=True)
    results = playbooks.run(by_session(simulator), [GATHER, address("web"), GATHER]).only()
    assert [bool(result.get("failed")) for result in results] == [False, False, False]
    assert logins(simulator).count(("POST", "/api/v2/authentication")) == 2
    assert calls(simulator).count("POST") == 2


def test_a_refused_password_is_tried_once(simulator: Simulator, playbooks: Playbooks) -> None:
    hosts = by_session(simulator, ansible_password="wrong-passw0rd")
    results = playbooks.run(hosts, [GATHER, GATHER, GATHER, GATHER]).only()
    assert all(result["failed"] for result in results)
    assert results[0]["error"]["type"] == "AuthenticationError"
    assert "refused the login of 'admin'" in results[0]["msg"]
    assert results[3]["msg"].startswith("Not sent, since a moment ago ")
    assert logins(simulator).count(("POST", "/api/v2/authentication")) == 1
    assert "wrong-passw0rd" not in str(results)


def test_variables_of_fortinet_fortios_work(simulator: Simulator, playbooks: Playbooks) -> None:
    variables = {"ansible_httpapi_session_key": {"access_token": simulator.token}, "ansible_httpapi_use_ssl": True}
    result = playbooks.run({"fw": {**reached(simulator), **variables}}, [GATHER]).only()[0]
    assert result["gathered"]


def test_templates_in_connection_variables_are_resolved(simulator: Simulator, playbooks: Playbooks) -> None:
    playbooks.environment["SOME_TOKEN"] = str(simulator.token)
    hosts = by_token(simulator, ansible_fortios_token="{{ lookup('env', 'SOME_TOKEN') }}", where="127.0.0.1")
    hosts["fw"]["ansible_host"] = "{{ where }}"
    assert playbooks.run(hosts, [GATHER]).only()[0]["gathered"]


def test_two_devices_behind_one_address_are_not_mixed_up(simulator: Simulator, playbooks: Playbooks) -> None:
    with Simulator(token="another-t0ken") as other:
        hosts = {"one": by_token(simulator)["fw"], "two": by_token(other)["fw"]}
        task = {MODULE: {"config": [{"name": "{{ inventory_hostname }}", "subnet": "192.0.2.1/32"}]}}
        playbooks.run(hosts, [task, {**task, "loop": [1, 2, 3]}, GATHER])
        for host, device in (("one", simulator), ("two", other)):
            posts = [entry["body"]["name"] for entry in device.log() if entry["method"] == "POST"]
            assert (posts, device.tls_connections) == ([host], 1)


def test_a_task_can_go_to_the_device_from_another_host(simulator: Simulator, playbooks: Playbooks) -> None:
    hosts = {**by_token(simulator), "elsewhere": {"ansible_connection": "local"}}
    results = playbooks.run(hosts, [{**address("web"), "delegate_to": "fw", "when": "inventory_hostname != 'fw'"}])
    assert results.results[0]["elsewhere"]["changed"] is True
    assert calls(simulator) == ["GET", "POST"]


def test_a_background_job_uses_the_same_connection(simulator: Simulator, playbooks: Playbooks) -> None:
    tasks = [GATHER, {**address("web"), "async": 60, "poll": 1}, address("web")]
    results = playbooks.run(by_token(simulator), tasks).only()
    assert (results[1]["changed"], results[2]["changed"]) == (True, False)
    assert results[1]["after"][0]["name"] == "web"
    assert results[1]["meta"] == results[2]["meta"]
    assert simulator.tls_connections == 1


def direct(simulator: Simulator, **options: Any) -> dict[str, Any]:
    return {"host": simulator.host, "port": simulator.port, "ca_path": simulator.ca_path, **options}


LOCAL = {"localhost": {"ansible_connection": "local", "ansible_python_interpreter": "{{ ansible_playbook_python }}"}}


def comparable(value: Any) -> Any:
    """`value` without what differs from run to run: identifiers that the device makes, and Ansible's own notes."""
    if isinstance(value, list):
        return [comparable(item) for item in value]
    if isinstance(value, dict):
        return {name: comparable(item) for name, item in value.items() if name not in ("uuid", "exception", "action")}
    return value


def test_both_ways_to_run_a_module_return_the_same(simulator: Simulator, playbooks: Playbooks) -> None:
    options = direct(simulator)
    refused = {MODULE: {"config": [{"name": "x", "interface": "nowhere"}], **options}}
    tasks: list[dict[str, Any]] = [
        {MODULE: {"state": "gathered", **options}},
        address("web", "db", **options),
        {**address("web", "db", **options), "check_mode": True, "diff": True},
        {**address("new", **options), "check_mode": True, "diff": True},
        refused,
        {MODULE: {"config": [{"nam": "x"}], **options}},
        {MODULE: {"state": "rendered", "config": [{"name": "x"}]}},
        {MODULE: {"state": "overridden", "config": [], **options}},
        {MODULE: {"config": [{"name": "x", "uuid": "computed"}], **options}, "check_mode": True},
    ]
    playbooks.environment["FORTIOS_TOKEN"] = str(simulator.token)
    here = playbooks.run(LOCAL, tasks).only("localhost")
    simulator.reset()
    # An environment of the task's own makes the module run as a process.
    elsewhere = playbooks.run(LOCAL, [{**task, "environment": {"A": "b"}} for task in tasks]).only("localhost")
    assert comparable(here) == comparable(elsewhere)
    assert [bool(result.get("failed")) for result in here] == [False] * 4 + [True, True, False, True, False]
    assert here[8]["warnings"] == ["Computed by the device and not written: uuid."]


def test_direct_sessions_log_out(simulator: Simulator, playbooks: Playbooks) -> None:
    options = direct(simulator, username=simulator.user, password=simulator.password)
    playbooks.run(LOCAL, [{MODULE: {"state": "gathered", **options}}])
    assert logins(simulator) == [("POST", "/api/v2/authentication"), ("DELETE", "/api/v2/authentication")]


def test_direct_options_can_be_defaults_of_the_action_group(simulator: Simulator, playbooks: Playbooks) -> None:
    defaults = {"group/hfortix.fortios.fortios": direct(simulator, token=simulator.token)}
    result = playbooks.run(LOCAL, [GATHER], module_defaults=defaults).only("localhost")[0]
    assert result["gathered"]


def test_nothing_is_started_for_states_that_need_no_device(simulator: Simulator, playbooks: Playbooks) -> None:
    task = {MODULE: {"state": "rendered", "config": [{"name": "x"}]}}
    result = playbooks.run(by_token(simulator), [task]).only()[0]
    assert 'edit "x"' in result["rendered"]
    assert simulator.connections == 0
    assert not (playbooks.folder / "pc").exists()


def test_a_process_that_died_is_replaced(simulator: Simulator, playbooks: Playbooks) -> None:
    kill = (
        "import os, pathlib, signal\n"
        f"mine = b'ANSIBLE_HOME={playbooks.folder}'\n"
        "for process in pathlib.Path('/proc').glob('[0-9]*'):\n"
        "    try:\n"
        "        command = (process / 'cmdline').read_bytes()\n"
        "        ours = mine in (process / 'environ').read_bytes()\n"
        "        if ours and b'ansible_connection' in command.replace(b'-', b'_'):\n"
        "            os.kill(int(process.name), signal.SIGKILL)\n"
        "    except OSError:\n"
        "        pass\n"
    )
    script = playbooks.folder / "kill.py"
    script.write_text(kill)
    run_script = {"ansible.builtin.command": f"{{{{ ansible_playbook_python }}}} {script}", "delegate_to": "localhost"}
    results = playbooks.run(by_token(simulator), [GATHER, run_script, GATHER]).only()
    assert [bool(result.get("failed")) for result in results] == [False, False, False]
    assert simulator.tls_connections == 2


def test_no_secret_shows_at_the_highest_verbosity(simulator: Simulator, playbooks: Playbooks) -> None:
    task = {
        "hfortix.fortios.user_local": {
            "config": [{"name": "anna", "type": "password", "status": "enable", "passwd": "hunter2-hunter2"}]
        }
    }
    playbooks.environment["ANSIBLE_LOG_PATH"] = str(playbooks.folder / "log")
    output = playbooks.run(by_session(simulator), [task, {**task, "async": 30, "poll": 1}], verbosity=5).output
    output += playbooks.run(by_token(simulator), [task], verbosity=5).output
    output += (playbooks.folder / "log").read_text()
    assert "changed: [fw]" in output
    for secret in ("hunter2-hunter2", str(simulator.token), str(simulator.password)):
        assert secret not in output


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        (
            {"ansible_network_os": "ansible.netcommon.restconf"},
            "The variable ansible_network_os is ansible.netcommon.restconf. Set it to hfortix.fortios.fortios.",
        ),
        (
            {"ansible_fortios_token": ""},
            "No credentials for 127.0.0.1. Set ansible_fortios_token, or ansible_user and ansible_password.",
        ),
        ({"ansible_fortios_token": "wrong-t0ken"}, "The device did not accept the credentials for firewall/address"),
        ({"ansible_httpapi_ca_path": None}, "No trusted TLS connection to https://127.0.0.1:"),
        ({"ansible_httpapi_ca_path": "/nowhere.pem"}, "Cannot read the certificates in /nowhere.pem: "),
        ({"ansible_httpapi_port": 1}, "Cannot reach https://127.0.0.1:1: "),
    ],
)
def test_a_connection_that_leads_nowhere(
    simulator: Simulator, playbooks: Playbooks, variables: dict[str, Any], words: str
) -> None:
    result = playbooks.run(by_token(simulator, **variables), [GATHER]).only()[0]
    assert result["failed"] is True
    assert result["msg"].startswith(words)
    assert "wrong-t0ken" not in str(result)


def test_certificates_need_not_be_checked(simulator: Simulator, playbooks: Playbooks) -> None:
    hosts = by_token(simulator, ansible_httpapi_ca_path=None, ansible_httpapi_validate_certs=False)
    assert playbooks.run(hosts, [GATHER]).only()[0]["gathered"]
