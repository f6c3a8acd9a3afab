# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The modules `backup` and `restore` against the simulator."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge import configuration
from ansible_collections.hfortix.fortios.plugins.module_utils.device import backups
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.api.cmdb.user.local import Local
from ansible_collections.hfortix.fortios.plugins.modules import backup, restore
from tests.simulator.server import Simulator
from tests.simulator.switches import Switches

from .running import address, posts, run, set_address

RESTORE = "monitor/system/config/restore"


@pytest.fixture(scope="module")
def server() -> Iterator[Simulator]:
    with Simulator("7.4.4", token="t0ken", tls=False, vdoms=("root", "lab"), downtime=0.3) as simulator:
        yield simulator


@pytest.fixture
def device(server: Simulator) -> Simulator:
    server.reset()
    set_address(server, "192.0.2.1/32")
    server.device.entries.clear()
    return server


@pytest.fixture
def saved(device: Simulator, tmp_path: Path) -> Path:
    """The configuration of the device."""
    file = tmp_path / "fw.conf"
    assert run(device, backup.JOB, {"dest": str(file)})["changed"]
    return file


def set_password(device: Simulator, password: str) -> None:
    config = [{"name": "u", "type": "password", "passwd": password}]
    assert not run(device, configuration.job(Local), {"config": config, "update_secrets": "always"}).get("failed")


def test_a_backup_is_written_once_while_nothing_but_its_header_differs(device: Simulator, tmp_path: Path) -> None:
    file = tmp_path / "fw.conf"
    foretold = run(device, backup.JOB, {"dest": str(file)}, check=True, diff=True)
    assert list(tmp_path.iterdir()) == []
    first = run(device, backup.JOB, {"dest": str(file)}, diff=True)
    content = file.read_bytes()
    for result in (foretold, first):
        assert (result["changed"], result["dest"], result["encrypted"]) == (True, str(file), False)
        assert result["diff"]["before"] == ""
        assert 'edit "web"' in result["diff"]["after"]
    assert (first["size"], first["checksum"]) == (len(content), hashlib.sha256(content).hexdigest())
    header = first["header"]
    assert (header["model"], header["release"], header["build"]) == ("FGVM64", "7.4.4", 2662)
    assert file.stat().st_mode & 0o777 == 0o600
    again = run(device, backup.JOB, {"dest": str(file)}, diff=True)
    assert not again["changed"]
    assert "diff" not in again
    assert again["checksum"] == first["checksum"]
    assert file.read_bytes() == content
    set_address(device, "192.0.2.2/32")
    assert run(device, backup.JOB, {"dest": str(file)}, check=True)["changed"]
    assert file.read_bytes() == content
    changed = run(device, backup.JOB, {"dest": str(file)}, diff=True)
    assert changed["changed"]
    assert "192.0.2.1 " in changed["diff"]["before"]
    assert "192.0.2.2 " in changed["diff"]["after"]
    assert b"192.0.2.2 " in file.read_bytes()
    assert list(tmp_path.iterdir()) == [file]


def test_one_vdom_is_saved_alone(device: Simulator, tmp_path: Path) -> None:
    set_address(device, "192.0.2.9/32", vdom="lab")
    file = tmp_path / "lab.conf"
    assert run(device, backup.JOB, {"dest": str(file), "vdom": "lab"})["changed"]
    assert b"192.0.2.9 " in file.read_bytes()
    assert b"192.0.2.1 " not in file.read_bytes()
    assert not run(device, backup.JOB, {"dest": str(file), "vdom": "lab"})["changed"]
    assert run(device, backup.JOB, {"dest": str(file)})["changed"]


def test_an_encrypted_backup_is_compared_byte_by_byte(device: Simulator, tmp_path: Path) -> None:
    file = tmp_path / "fw.conf"
    arguments = {"dest": str(file), "file_password": "hunter2"}
    first = run(device, backup.JOB, arguments, diff=True)
    assert (first["changed"], first["encrypted"], first["header"]) == (True, True, {})
    assert first["diff"]["after"] == "(encrypted)\n"
    assert "hunter2" not in str(first)
    assert b"config" not in file.read_bytes()
    # The header, which counts, is encrypted with the rest.
    assert run(device, backup.JOB, arguments)["changed"]


@pytest.mark.parametrize("enc", ["stable", "changing"])
def test_a_secret_counts_where_the_device_prints_it_the_same_each_time(enc: Any, tmp_path: Path) -> None:
    file = tmp_path / "fw.conf"
    with Simulator("7.6.5", token="t0ken", tls=False, switches=Switches(enc=enc)) as device:
        set_password(device, "one")
        assert run(device, backup.JOB, {"dest": str(file)})["changed"]
        assert not run(device, backup.JOB, {"dest": str(file)})["changed"]
        set_password(device, "two")
        changed = run(device, backup.JOB, {"dest": str(file)}, diff=True)
        assert changed["changed"] == (enc == "stable")
        assert "ENC" not in str(changed)


@pytest.mark.parametrize(
    ("dest", "words"),
    [
        ("nowhere/fw.conf", "dest: there is no folder {}/nowhere. Create it first."),
        ("", "dest: {} is a folder. Name the file in it."),
        ("/dev/zero", "dest: /dev/zero is no regular file. Name another one."),
    ],
)
def test_a_place_that_is_none(device: Simulator, tmp_path: Path, dest: str, words: str) -> None:
    result = run(device, backup.JOB, {"dest": str(tmp_path / dest)})
    assert result["msg"] == words.format(tmp_path)
    assert device.log() == []


def test_another_file_at_the_place_is_not_called_encrypted(device: Simulator, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("secret notes")
    assert run(device, backup.JOB, {"dest": str(file)}, diff=True)["diff"]["before"] == "(no configuration)\n"


def test_a_vdom_that_is_not_there_is_named(device: Simulator, tmp_path: Path) -> None:
    refused = run(device, backup.JOB, {"dest": str(tmp_path / "attic.conf"), "vdom": "attic"})
    assert refused["msg"].endswith("; there may be no vdom attic.")


def test_a_place_that_cannot_be_written(device: Simulator) -> None:
    result = run(device, backup.JOB, {"dest": "/proc/fw.conf"})
    assert result["msg"] == "dest: cannot write /proc/fw.conf: No such file or directory."


def test_a_refused_backup_leaves_the_old_file(device: Simulator, saved: Path) -> None:
    content = saved.read_bytes()
    set_address(device, "192.0.2.2/32")
    device.fault(path="config/backup", status=500)
    assert "HTTP 500" in run(device, backup.JOB, {"dest": str(saved)})["msg"]
    assert saved.read_bytes() == content
    assert list(saved.parent.iterdir()) == [saved]


def test_restore_is_foretold_done_waited_for_and_not_repeated(device: Simulator, saved: Path) -> None:
    same = run(device, restore.JOB, {"src": str(saved)}, diff=True)
    assert not same["changed"]
    assert same["before"] == same["after"]
    set_address(device, "192.0.2.2/32")
    writes = posts(device)
    foretold = run(device, restore.JOB, {"src": str(saved)}, check=True, diff=True)
    refused = run(device, restore.JOB, {"src": str(saved)})
    assert refused["msg"].endswith("Set confirm: true if that is meant. Nothing was changed.")
    assert posts(device) == writes
    done = run(device, restore.JOB, {"src": str(saved), "confirm": True}, diff=True)
    assert (foretold["changed"], "after" in foretold, "warnings" in done) == (True, False, False)
    assert done["changed"]
    assert foretold["diff"] == done["diff"]
    assert "192.0.2.2 " in done["diff"]["before"]
    assert "192.0.2.1 " in done["diff"]["after"]
    assert done["before"]["release"] == done["after"]["release"] == "7.4.4"
    assert done["before"]["revision"] != done["after"]["revision"]
    assert (done["restart"]["before"], done["restart"]["after"]) == ("7.4.4", "7.4.4")
    assert 0.3 < done["restart"]["seconds"] < 10
    assert address(device) == "192.0.2.1"
    assert not run(device, restore.JOB, {"src": str(saved), "confirm": True})["changed"]
    assert posts(device, RESTORE) == [RESTORE]


def test_restore_without_waiting(device: Simulator, saved: Path) -> None:
    set_address(device, "192.0.2.2/32")
    done = run(device, restore.JOB, {"src": str(saved), "confirm": True, "wait": False})
    assert done["changed"]
    assert not {"after", "restart"} & done.keys()


def test_restore_of_an_encrypted_file(device: Simulator, tmp_path: Path) -> None:
    file = tmp_path / "fw.conf"
    run(device, backup.JOB, {"dest": str(file), "file_password": "hunter2"})
    set_address(device, "192.0.2.2/32")
    unopened = run(device, restore.JOB, {"src": str(file), "confirm": True})
    assert unopened["msg"] == f"src: {file} is encrypted. Give the password with file_password."
    wrong = run(device, restore.JOB, {"src": str(file), "file_password": "wrong", "confirm": True})
    assert "Invalid config file" in wrong["msg"]
    assert address(device) == "192.0.2.2"
    done = run(device, restore.JOB, {"src": str(file), "file_password": "hunter2", "confirm": True}, diff=True)
    assert done["changed"]
    assert "diff" not in done
    assert "hunter2" not in str(done)
    assert address(device) == "192.0.2.1"


def test_restore_of_one_vdom_waits_for_no_restart(
    device: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "VDOM_SECONDS", 0.5)
    file = tmp_path / "lab.conf"
    set_address(device, "192.0.2.9/32", vdom="lab")
    run(device, backup.JOB, {"dest": str(file), "vdom": "lab"})
    set_address(device, "192.0.2.10/32", vdom="lab")
    done = run(device, restore.JOB, {"src": str(file), "vdom": "lab", "confirm": True})
    assert done["changed"]
    assert (address(device), address(device, "lab")) == ("192.0.2.1", "192.0.2.9")


def test_restore_refuses_what_is_no_configuration(device: Simulator, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    missing = run(device, restore.JOB, {"src": str(file), "confirm": True})
    assert missing["msg"] == f"src: cannot read {file}: No such file or directory."
    file.write_text("config system global\nend\n")
    other = run(device, restore.JOB, {"src": str(file), "confirm": True})
    assert other["msg"] == f"src: {file} is no configuration that a FortiGate has saved."
    hasty = run(device, restore.JOB, {"src": str(file), "wait_timeout": 0})
    assert hasty["msg"] == "wait_timeout: 0 is too short. Give at least 1 second, or wait: false."
    assert device.log() == []


def test_restore_refuses_a_file_that_breaks_off(device: Simulator, saved: Path) -> None:
    saved.write_bytes(saved.read_bytes()[:3000])
    for check in (True, False):
        broken = run(device, restore.JOB, {"src": str(saved), "confirm": True}, check=check)
        assert broken["msg"].startswith(f"src: {saved} breaks off: its last line is not 'end'.")
    assert posts(device, RESTORE) == []


def test_restore_refuses_a_file_of_something_else(device: Simulator, saved: Path, tmp_path: Path) -> None:
    lab = tmp_path / "lab.conf"
    run(device, backup.JOB, {"dest": str(lab), "vdom": "lab"})
    for file, vdom, words in [
        (saved, "lab", "the whole device, and would be restored as that of the virtual domain lab."),
        (lab, None, "the virtual domain lab, and would be restored as that of the whole device."),
        (lab, "root", "the virtual domain lab, and would be restored as that of the virtual domain root."),
    ]:
        refused = run(device, restore.JOB, {"src": str(file), "vdom": vdom, "confirm": True})
        assert refused["msg"] == f"src: {file} holds the configuration of {words}"
    assert posts(device, RESTORE) == []


def test_restore_warns_of_a_file_of_another_release(device: Simulator, saved: Path) -> None:
    saved.write_bytes(saved.read_bytes().replace(b"7.4.4", b"7.6.5", 1) + b"config system dns\nend\n")
    assert run(device, restore.JOB, {"src": str(saved)}, check=True)["warnings"] == [
        "FortiOS 7.6.5 has saved this configuration, and the device runs 7.4.4. It may lose a part of it."
    ]
