# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The modules `reboot`, `firmware`, `license` and `command` against the simulator."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from ansible_collections.hfortix.fortios.plugins.module_utils.device import scripts
from ansible_collections.hfortix.fortios.plugins.modules import command, firmware, reboot
from ansible_collections.hfortix.fortios.plugins.modules import license as license_module
from tests.simulator.operations.licences import Licences
from tests.simulator.server import Simulator

from .running import address, posts, run

REBOOT = "monitor/system/os/reboot"
UPGRADE = "monitor/system/firmware/upgrade"
UPLOAD = "monitor/system/vmlicense/upload"
REGISTER = "monitor/registration/forticare/login"
ACCOUNT = {"email": "net@example.com", "password": "hunter2", "reseller_name": "Example", "reseller_id": 7}
SCRIPT = """
config firewall address
    edit "web"
        set subnet 192.0.2.1/32
    next
end
config user local
    edit "u"
        set type password
        set passwd "correct horse"
    next
end
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Simulator]:
    with Simulator("7.4.1", token="t0ken", tls=False, vdoms=("root", "lab"), downtime=0.3) as simulator:
        yield simulator


@pytest.fixture
def device(server: Simulator) -> Simulator:
    server.reset()
    return server


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scripts, "PAUSE", 0.01)


# reboot


def test_a_restart_is_waited_for(device: Simulator) -> None:
    assert run(device, reboot.JOB, check=True)["changed"]
    assert device.log() == []
    done = run(device, reboot.JOB, {"log_message": "maintenance"})
    assert done["changed"]
    assert (done["restart"]["before"], done["restart"]["after"]) == ("7.4.1", "7.4.1")
    sent = [entry for entry in device.log() if entry["path"].endswith(REBOOT)]
    assert [entry["body"] for entry in sent] == [{"event_log_message": "maintenance"}]


def test_a_release_that_does_not_tell_when_it_started_was_out_of_reach() -> None:
    with Simulator("7.6.5", token="t0ken", tls=False) as device:
        assert run(device, reboot.JOB)["restart"]["seconds"] > device.device.downtime


def test_a_device_that_is_not_back_in_time_is_an_error(device: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device.device, "downtime", 3.0)
    result = run(device, reboot.JOB, {"wait_timeout": 1})
    assert result["msg"].startswith("The device is not back within 1 s: the connection to http://127.0.0.1")
    assert result["error"]["type"] == "TimeoutError_"


# firmware


def test_a_release_is_installed_from_fortiguard_once(device: Simulator) -> None:
    foretold = run(device, firmware.JOB, {"version": "7.4.4"}, check=True, diff=True)
    assert posts(device) == []
    done = run(device, firmware.JOB, {"version": "7.4.4"}, diff=True)
    for result in (foretold, done):
        assert (result["changed"], result["before"], result["after"]) == (True, "7.4.1", "7.4.4")
        assert result["diff"] == {"before": "7.4.1\n", "after": "7.4.4\n"}
    assert (done["restart"]["before"], done["restart"]["after"]) == ("7.4.1", "7.4.4")
    again = run(device, firmware.JOB, {"version": "v7.4.4"}, diff=True)
    assert not again["changed"]
    assert "diff" not in again
    assert posts(device) == [UPGRADE]


def test_a_release_is_installed_from_a_file(device: Simulator, tmp_path: Path) -> None:
    image = tmp_path / "FGT_VM64-v7.4.4.F-build2662-FORTINET.out"
    image.write_bytes(bytes(1000))
    assert run(device, firmware.JOB, {"src": str(image)})["restart"]["after"] == "7.4.4"
    assert not run(device, firmware.JOB, {"src": str(image)})["changed"]


def test_an_image_by_the_name_that_fortiguard_gives_it(device: Simulator) -> None:
    identity = "07004004FIMG0000000001"
    assert run(device, firmware.JOB, {"id": identity}, check=True)["after"] == "7.4.4"
    different = run(device, firmware.JOB, {"id": identity, "version": "7.6.0"})
    assert different["msg"] == f"id: {identity} is an image of 7.4.4, but version says 7.6.0."
    unknown = run(device, firmware.JOB, {"id": "x"})["msg"]
    assert unknown.startswith("id: FortiGuard offers this device no image x, but 6.4.0 (06004000FIMG0000000001), ")


@pytest.mark.parametrize(
    ("version", "words"),
    [
        ("7.6.0", "FortiOS 7.4.1 cannot be upgraded to 7.6.0 in one step. Install 7.4.4 first. Nothing was changed."),
        (
            "7.2.5",
            "No supported way leads from FortiOS 7.4.1 to 7.2.5. Set path_check: false to install it all the same.",
        ),
        ("7.4.2", "FortiGuard offers this device no image of 7.4.2, but 6.4.0"),
        ("newest", "version: 'newest' is no release such as 7.6.5."),
    ],
)
@pytest.mark.parametrize("check", [True, False])
def test_a_release_that_is_not_one_step_away(device: Simulator, version: str, words: str, check: bool) -> None:
    assert run(device, firmware.JOB, {"version": version}, check=check)["msg"].startswith(words)
    assert posts(device) == []


def test_steps_that_the_device_tells_as_text() -> None:
    with Simulator("7.6.3", token="t0ken", tls=False) as device:
        words = run(device, firmware.JOB, {"version": "7.6.7"}, check=True)["msg"]
        assert words.startswith("FortiOS 7.6.3 cannot be upgraded to 7.6.7 in one step. Install 7.6.5 first.")
        assert run(device, firmware.JOB, {"version": "7.6.5"}, check=True)["changed"]


def test_an_older_release_on_purpose(device: Simulator) -> None:
    done = run(device, firmware.JOB, {"version": "7.2.5", "path_check": False})
    assert done["restart"]["after"] == "7.2.5"


def test_files_that_are_no_image(device: Simulator, tmp_path: Path) -> None:
    file = tmp_path / "image.out"
    assert run(device, firmware.JOB, {"src": str(file)})["msg"] == f"src: there is no file {file}."
    file.write_text("x")
    unnamed = run(device, firmware.JOB, {"src": str(file)})
    assert unnamed["msg"] == "src: the name image.out does not tell a release. Give it with version."
    refused = run(device, firmware.JOB, {"src": str(file), "version": "7.4.4"})
    assert refused["msg"].startswith(
        "The device refused the image: invalid_image (POST /api/v2/monitor/system/firmware"
    )
    named = tmp_path / "FGT_VM64-v7.4.4.F-build2662-FORTINET.out"
    named.write_text("x")
    other = run(device, firmware.JOB, {"src": str(named), "version": "7.6.0"})
    assert other["msg"] == f"src: {named.name} is an image of 7.4.4, but version says 7.6.0."


def test_a_device_that_knows_no_upgrade_paths_warns(device: Simulator) -> None:
    device.fault(path="upgrade-paths", status=200, body='{"results": []}')
    foretold = run(device, firmware.JOB, {"version": "7.6.5"}, check=True)
    assert foretold["changed"]
    assert foretold["warnings"] == [
        "The device knows no upgrade paths, so that nothing says whether this upgrade is a supported step."
    ]


# license


@pytest.fixture
def unlicensed(device: Simulator) -> Simulator:
    """A machine that is new: with the evaluation licence, and not registered."""
    licences = device.device.of(Licences)
    licences.vm, licences.account = "vm_eval", ""
    return device


def test_a_virtual_machine_is_licensed_once(unlicensed: Simulator, tmp_path: Path) -> None:
    file = tmp_path / "vm.lic"
    file.write_text("-----BEGIN FGT VM LICENSE-----\nAAAA\n-----END FGT VM LICENSE-----\n")
    foretold = run(unlicensed, license_module.JOB, {"src": str(file)}, check=True)
    assert foretold["changed"]
    assert posts(unlicensed) == []
    done = run(unlicensed, license_module.JOB, {"src": str(file)}, diff=True)
    assert (done["before"]["vm"]["status"], done["after"]["vm"]["status"]) == ("vm_eval", "vm_valid")
    assert done["diff"] == {"before": done["before"], "after": done["after"]}
    assert done["restart"]["seconds"] > 0
    assert "warnings" not in done
    assert not run(unlicensed, license_module.JOB, {"src": str(file)})["changed"]
    assert run(unlicensed, license_module.JOB, {"src": str(file), "replace": True})["changed"]
    assert posts(unlicensed) == [UPLOAD, UPLOAD]


def test_a_token_is_as_good_as_a_file(unlicensed: Simulator) -> None:
    done = run(unlicensed, license_module.JOB, {"flex_token": "AB12CD34"}, diff=True)
    assert done["after"]["vm"]["valid"]
    assert "AB12CD34" not in str(done)


def test_a_device_is_registered_once(unlicensed: Simulator) -> None:
    foretold = run(unlicensed, license_module.JOB, {"forticare": ACCOUNT}, check=True)
    assert foretold["changed"]
    assert posts(unlicensed) == []
    done = run(unlicensed, license_module.JOB, {"forticare": ACCOUNT})
    assert done["after"]["forticare"]["status"] == "registered"
    assert "hunter2" not in str(done)
    assert not run(unlicensed, license_module.JOB, {"forticare": ACCOUNT})["changed"]
    other = run(unlicensed, license_module.JOB, {"forticare": {**ACCOUNT, "email": "other@example.com"}})
    assert other["msg"] == (
        "forticare: the device is registered with net@example.com. Transfer it to other@example.com in FortiCare. "
        "Nothing was changed."
    )
    assert posts(unlicensed) == [REGISTER]


def test_licences_are_told_without_a_change(device: Simulator) -> None:
    told = run(device, license_module.JOB)
    assert not told["changed"]
    assert told["before"] == told["after"]
    assert posts(device) == []


def test_licences_that_cannot_be_given(unlicensed: Simulator, tmp_path: Path) -> None:
    file = tmp_path / "vm.lic"
    assert run(unlicensed, license_module.JOB, {"src": str(file)})["msg"] == f"src: there is no file {file}."
    file.write_text("no licence")
    assert "invalid license file" in run(unlicensed, license_module.JOB, {"src": str(file)})["msg"]
    unlicensed.fault(path="license/status", status=200, body='{"results": {"forticare": {}}}')
    appliance = run(unlicensed, license_module.JOB, {"src": str(file)})
    assert appliance["msg"] == "The device is no virtual machine, and takes no licence of one."


# command


def test_a_script_is_run_and_leaves_no_trace(device: Simulator) -> None:
    assert run(device, command.JOB, {"script": SCRIPT}, check=True)["changed"]
    assert device.log() == []
    done = run(device, command.JOB, {"script": SCRIPT})
    assert (done["changed"], done["status"]) == (True, "success")
    assert "correct horse" not in str(done)
    assert address(device) == "192.0.2.1"
    assert posts(device) == ["monitor/system/config-script/upload", "monitor/system/config-script/delete"]


def test_a_script_shows_what_it_changed(device: Simulator) -> None:
    done = run(device, command.JOB, {"script": SCRIPT, "vdom": "lab"}, diff=True)
    assert "192.0.2.1 " not in done["diff"]["before"]
    assert "192.0.2.1 " in done["diff"]["after"]
    assert "set passwd ********" in done["diff"]["after"]
    assert "correct horse" not in str(done)
    assert (address(device), address(device, "lab")) == (None, "192.0.2.1")


def test_a_script_that_the_device_refuses(device: Simulator) -> None:
    script = 'config user local\n    edit "u"\n        set typo x\n        set passwd-time hunter2\n    next\nend\n'
    result = run(device, command.JOB, {"script": script})
    assert "typo" in result["msg"]
    assert result["error"]["code"] == -61
    assert "hunter2" not in str(result)
    assert posts(device)[-1] == "monitor/system/config-script/delete"


def test_words_of_the_device_hide_secrets_of_the_script(device: Simulator) -> None:
    words = {"status": "error", "http_status": 500, "error": -61, "cli_error": "set passwd correct horse: too long"}
    body = str(words).replace("'", '"')
    device.fault(path="config-script/upload", status=500, body=body)
    result = run(device, command.JOB, {"script": SCRIPT})
    assert "set passwd ********: too long" in result["msg"]
    assert "correct horse" not in str(result)


@pytest.mark.parametrize("status", [404, 405])
def test_a_release_that_runs_no_scripts(device: Simulator, status: int) -> None:
    device.fault(path="config-script/upload", status=status)
    result = run(device, command.JOB, {"script": SCRIPT})
    assert result["msg"].startswith("This device runs no scripts over its API: it lacks monitor/system/config-script/")
    assert "from FortiOS 7.0 on" in result["msg"]


def test_a_script_that_failed_without_a_refusal(device: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scripts, "uuid4", lambda: SimpleNamespace(hex="0" * 32))
    entry = (
        '{"results": {"conf_scripts": {"history": [{"id": 1, "name": "ansible-000000000000", "status": "Failed"}]}}}'
    )
    device.fault(path="config-script$", method="GET", status=200, body=entry)
    result = run(device, command.JOB, {"script": SCRIPT})
    assert result["msg"] == (
        "The device reports that the script ended with 'failed'. Lines that it accepted have taken effect."
    )


def test_an_empty_script(device: Simulator) -> None:
    assert run(device, command.JOB, {"script": "\n "})["msg"] == "script: holds no command."


def test_a_list_is_no_script(device: Simulator) -> None:
    for script in (["config system dns", "end"], {"a": 1}):
        assert run(device, command.JOB, {"script": script})["msg"].startswith("script: is a list or a dictionary.")
    assert device.log() == []
    assert device.log() == []
