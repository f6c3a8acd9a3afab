# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Backups, restarts, firmware, licences and scripts of the simulated device."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import pytest

from tests.simulator.load import load
from tests.simulator.operations.licences import Licences
from tests.simulator.show import backup

from .conftest import PASSWORD, Fgt, Start

MONITOR = "/api/v2/monitor/"
BACKUP, RESTORE = f"{MONITOR}system/config/backup", f"{MONITOR}system/config/restore"
STATE = f"{MONITOR}web-ui/state"


def uploaded(content: bytes) -> str:
    return b64encode(content).decode()


async def conditions(fgt: Fgt, step: float, steps: int) -> list[int]:
    """The statuses of answers while time passes; a connection that is cut reads as 500 here."""
    found = []
    for _number in range(steps):
        fgt.clock.now += step
        found.append((await fgt.get(STATE)).status_code)
    return found


async def fill(fgt: Fgt) -> None:
    """Entries of many shapes: secrets, lists, children, quotes, several vdoms."""
    await fgt.make("firewall/address", name='web "1"', subnet="192.0.2.1/32", comment="a\\b\nsecond line")
    await fgt.make("firewall/addrgrp", name="g", member=[{"name": 'web "1"'}])
    await fgt.make("user/local", name="u", type="password", passwd="hunter2")
    await fgt.make("router/static", dst="198.51.100.0/24", gateway="192.0.2.254", device="port1")
    await fgt.make(
        "firewall/policy", name="p", srcintf=[{"name": "any"}], dstintf=[{"name": "any"}], srcaddr=[{"name": "all"}],
        dstaddr=[{"name": "g"}], service=[{"name": "ALL"}], schedule="always", action="accept",
    )  # fmt: skip
    assert (await fgt.post("firewall/address", {"name": "l", "subnet": "192.0.2.9/32"}, vdom="lab")).status_code == 200


def content(fgt: Fgt) -> dict[Any, Any]:
    return {
        (table.model.schema.path, table.vdom): {key: row.values for key, row in table.rows.items()}
        for table in fgt.device.tables()
        if any(row.values for row in table.rows.values())
    }


@pytest.mark.parametrize("release", ["6.4.4", "7.2.5", "8.0.0"])
async def test_a_backup_read_again_is_the_same_configuration(start: Start, release: str) -> None:
    fgt = start(release, vdoms=("root", "lab"))
    await fill(fgt)
    text, before = backup(fgt.device, None, "admin"), content(fgt)
    fgt.device.erase()
    assert content(fgt) != before
    assert load(fgt.device, text) == []
    assert content(fgt) == before


@pytest.mark.parametrize(("release", "method", "other"), [("7.4.4", "GET", "POST"), ("7.6.0", "POST", "GET")])
async def test_releases_differ_in_the_method_of_a_backup(start: Start, release: str, method: str, other: str) -> None:
    fgt = start(release)
    asked = {"scope": "global", "destination": "file"}
    query = asked if method == "GET" else {}
    answer = await fgt.call(method, BACKUP, None if query else asked, **query)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.text.startswith("#config-version=FGVM64-")
    assert (await fgt.call(other, BACKUP, asked if other == "POST" else None, **asked)).status_code == 405


async def test_bad_backups_and_restores(fgt: Fgt) -> None:
    assert (await fgt.post(BACKUP, {})).status_code == 424
    assert (await fgt.post(BACKUP, {"scope": "vdom", "vdom": "nowhere"})).json()["error"] == -3
    good = {"scope": "global", "source": "upload"}
    assert (await fgt.post(RESTORE, {**good, "file_content": "no base64!"})).status_code == 424
    assert (await fgt.post(RESTORE, {**good, "file_content": uploaded(b"config x")})).json()["error"] == -39
    assert (await fgt.post(RESTORE, {**good, "source": "usb"})).status_code == 424
    assert await conditions(fgt, 1, 3) == [200, 200, 200]


async def test_a_restart_seen_from_outside(start: Start) -> None:
    fgt = start("7.4.4")
    fgt.device.downtime = 9.0
    before = (await fgt.get(STATE)).json()["results"]["utc_last_reboot"]
    login = await fgt.post("/api/v2/authentication", {"username": "admin", "secretkey": PASSWORD})
    assert login.json()["status_message"] == "LOGIN_SUCCESS"
    assert len(fgt.device.guard.sessions) == 1
    assert (await fgt.post(f"{MONITOR}system/os/reboot")).status_code == 200
    assert (await fgt.get(STATE)).status_code == 200
    assert await conditions(fgt, 1, 10) == [500] * 6 + [503] * 3 + [200]
    assert (await fgt.get(STATE)).json()["results"]["utc_last_reboot"] > before
    assert fgt.device.guard.sessions == {}


async def test_what_a_restore_brings_back(start: Start) -> None:
    fgt = start(vdoms=("root", "lab"))
    await fill(fgt)
    asked = {"scope": "global", "destination": "file", "password": "hunter2"}
    sealed = (await fgt.post(BACKUP, asked)).content
    before = content(fgt)
    await fgt.delete("firewall/policy/1")
    restore = {"scope": "global", "source": "upload", "file_content": uploaded(sealed)}
    assert (await fgt.post(RESTORE, restore)).json()["error"] == -39
    assert (await fgt.post(RESTORE, {**restore, "password": "hunter2"})).status_code == 200
    await conditions(fgt, 1, 3)
    assert content(fgt) == before
    lab = (await fgt.post(BACKUP, {"scope": "vdom", "vdom": "lab"})).content
    await fgt.delete("firewall/address/l", vdom="lab")
    await fgt.delete("firewall/policy/1")
    one = {"scope": "vdom", "vdom": "lab", "source": "upload", "file_content": uploaded(lab)}
    session = (await fgt.post(RESTORE, one)).json()["results"]["session_id"]
    assert (await fgt.get(f"{RESTORE}-status", session_id=session)).json()["results"]["success"]
    assert (await fgt.get("firewall/address/l", vdom="lab")).status_code == 200
    assert (await fgt.get("firewall/policy/1")).status_code == 404


async def test_an_upgrade_keeps_the_configuration_until_a_reset(start: Start) -> None:
    fgt = start("7.4.1")
    await fgt.make("firewall/address", name="web", subnet="192.0.2.1/32")
    listed = (await fgt.get(f"{MONITOR}system/firmware")).json()["results"]
    assert listed["current"]["version"] == "v7.4.1"
    image = next(item["id"] for item in listed["available"] if item["version"] == "v7.4.4")
    steps = (await fgt.get(f"{MONITOR}system/firmware/upgrade-paths")).json()["results"]
    ahead = {"from": {"major": 7, "minor": 4, "patch": 1}, "to": {"major": 7, "minor": 4, "patch": 4}}
    assert ahead in steps
    upgrade = f"{MONITOR}system/firmware/upgrade"
    assert (await fgt.post(upgrade, {"source": "fortiguard", "filename": "x"})).json()["results"]["status"] == "error"
    assert (await fgt.post(upgrade, {"source": "fortiguard", "filename": image})).status_code == 200
    await conditions(fgt, 1, 3)
    assert (await fgt.get("firewall/address/web")).json()["version"] == "v7.4.4"
    fgt.device.reset()
    assert fgt.device.profile.version == "v7.4.1"


async def test_a_script_of_anything_is_refused(fgt: Fgt) -> None:
    script = {"filename": "a", "file_content": uploaded(b"\x1c\n")}
    answer = await fgt.post(f"{MONITOR}system/config-script/upload", script)
    assert (answer.status_code, answer.json()["error"]) == (500, -61)


async def test_scripts_and_their_history(fgt: Fgt) -> None:
    scripts = f"{MONITOR}system/config-script"
    good = b'get system status\nconfig firewall address\n edit "web"\n set subnet 192.0.2.1/32\n next\nend\n'
    bad = b'config firewall address\n edit "two"\n set colour 3\n next\nend\n'
    assert (await fgt.post(f"{scripts}/upload", {"filename": "a", "file_content": uploaded(good)})).status_code == 200
    refused = await fgt.post(f"{scripts}/upload", {"filename": "b", "file_content": uploaded(bad)})
    assert refused.json()["error"] == -61
    assert "colour" in str(refused.json()["cli_error"])
    statuses = []
    for _number in range(2):
        history = (await fgt.get(scripts)).json()["results"]["conf_scripts"]["history"]
        statuses.append([(entry["name"], entry["status"]) for entry in history])
    assert statuses == [[("b", "running"), ("a", "running")], [("b", "failed"), ("a", "success")]]
    await fgt.post(f"{scripts}/delete", {"id_list": [entry["id"] for entry in history]})
    assert (await fgt.get(scripts)).json()["results"]["conf_scripts"]["history"] == []
    assert (await fgt.row("firewall/address/web"))["subnet"] == "192.0.2.1 255.255.255.255"


async def test_licences(fgt: Fgt) -> None:
    status, upload = f"{MONITOR}license/status", f"{MONITOR}system/vmlicense/upload"
    fgt.device.of(Licences).vm = "vm_eval"
    assert (await fgt.get(status)).json()["results"]["vm"]["status"] == "vm_eval"
    assert (await fgt.post(upload, {"file_content": uploaded(b"x")})).status_code == 500
    assert (await fgt.post(f"{MONITOR}system/vmlicense/download", {})).status_code == 424
    assert (await fgt.post(f"{MONITOR}registration/forticare/login", {"email": "a"})).status_code == 424
    licence = uploaded(b"-----BEGIN FGT VM LICENSE-----\n")
    assert (await fgt.post(upload, {"file_content": licence})).status_code == 200
    await conditions(fgt, 1, 3)
    assert (await fgt.get(status)).json()["results"]["vm"]["valid"]
