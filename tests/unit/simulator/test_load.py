# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Starting from a ``show`` output, and going on where a state file ends."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest

from tests.simulator import state
from tests.simulator.device import Device
from tests.simulator.load import load
from tests.simulator.server import Simulator

from .conftest import RECORDED, Clock, Fgt

SHOW = RECORDED / "cli" / "fortigate_vm64_6.2.3_show.conf"

TEXT = """\
config firewall addrgrp
    edit "early"
        set member "late"
        set color 99
        set comment "kept"
    next
end
config firewall address
    edit "late"
        set subnet 10.0.0.0 255.0.0.0
    next
    edit "all"
    next
end
config system nonsense
    set a b
end
config system admin
    edit "admin"
        set password ENC not-to-be-known
    next
end
"""


@pytest.fixture
def loaded() -> tuple[Fgt, list[str]]:
    device = Device("7.6.5", token="t" * 30, password="known")
    problems = load(device, TEXT)
    return Fgt(device, Clock()), problems


async def test_text_is_loaded_and_the_rest_reported(loaded: tuple[Fgt, list[str]]) -> None:
    fgt, problems = loaded
    assert [problem.split(":")[0] for problem in problems] == ["line 15", "line 4"]
    assert "color" in problems[1]
    group = await fgt.row("firewall/addrgrp/early")
    assert ([member["name"] for member in group["member"]], group["comment"]) == (["late"], "kept")


async def test_references_are_known_whatever_their_order(loaded: tuple[Fgt, list[str]]) -> None:
    fgt, _ = loaded
    assert (await fgt.delete("firewall/address/late")).json()["error"] == -23


async def test_tables_of_the_text_are_whole(loaded: tuple[Fgt, list[str]]) -> None:
    fgt, _ = loaded
    assert [row["name"] for row in await fgt.rows("firewall/address")] == ["all", "late"]
    assert len(await fgt.rows("firewall.service/custom")) > 10, "what the text does not list stays"


async def test_the_command_line_s_password_holds() -> None:
    simulator = Simulator(load=TEXT, password="known")
    fgt = Fgt(simulator.device, Clock(), token=None)
    body = {"username": "admin", "password": "known"}
    assert (await fgt.post("/api/v2/authentication", body)).json()["status_message"] == "LOGIN_SUCCESS"


async def test_reset_loads_again() -> None:
    simulator = Simulator(load=TEXT, token="t" * 30)
    fgt = Fgt(simulator.device, Clock())
    await fgt.delete("firewall/addrgrp/early")
    simulator.reset()
    assert (await fgt.get("firewall/addrgrp/early")).status_code == 200


async def test_vdoms_of_the_text() -> None:
    text = "config vdom\nedit root\nnext\nedit lab\nconfig firewall address\nedit a\nnext\nend\nend\n"
    device = Device("7.6.5", token="t" * 30)
    load(device, text)
    fgt = Fgt(device, Clock())
    assert (await fgt.get("firewall/address/a", vdom="lab")).status_code == 200
    assert (await fgt.get("firewall/address/a", vdom="root")).status_code == 404


@pytest.mark.skipif(not SHOW.is_file(), reason="no recorded show output")
@pytest.mark.parametrize("release", ["6.4.4", "7.6.5"])
async def test_recorded_show_output(release: str) -> None:
    device = Device(release, token="t" * 30)
    text = SHOW.read_text(encoding="utf-8")
    problems = load(device, text)
    fgt = Fgt(device, Clock())
    assert all(problem.startswith("line ") for problem in problems)
    assert len(problems) == {"6.4.4": 4, "7.6.5": 62}[release]
    for path, words in (("firewall/policy", "firewall policy"), ("firewall.service/custom", "firewall service custom")):
        block = text.split(f"\nconfig {words}\n")[1].split("\nend\n")[0]
        assert len(await fgt.rows(path)) == block.count("\n    edit ") + block.startswith("    edit ")
    assert (await fgt.rows("system/global"))["hostname"] == "fortigate-01"  # type: ignore[call-overload]
    assert (await fgt.row("system/interface/port1"))["ip"] == "192.168.122.10 255.255.255.0"


# State files


async def test_state_survives(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    first = Fgt(Device("7.6.5", token="t" * 30, vdoms=("root", "lab")), Clock())
    await first.post("firewall/address", {"name": "a"}, vdom="lab")
    await first.post("firewall/addrgrp", {"name": "g", "member": [{"name": "a"}]}, vdom="lab")
    await first.make("user/radius", name="r", server="192.0.2.1", secret="not to be seen")
    await first.make("system/api-user", name="tool", accprofile="super_admin")
    answer = await first.post("/api/v2/monitor/system/api-user/generate-key", {"api-user": "tool"})
    key = answer.json()["results"]["api_key"]
    state.save(first.device, file)
    assert "not to be seen" not in file.read_text()
    assert key not in file.read_text()

    second = Fgt(Device("7.6.5", token="another"), Clock(), token=key)
    state.restore(second.device, file)
    for path, query in (("firewall/addrgrp", {"vdom": "lab"}), ("user/radius", {}), ("firewall/address", {})):
        before, after = [(await fgt.get(path, **query)).json() for fgt in (first, second)]
        assert after["results"] == before["results"]
        assert after["revision"] == before["revision"]
    assert (await second.delete("firewall/address/a", vdom="lab")).json()["error"] == -23
    assert (await second.delete("firewall/address/all")).json()["error"] == -37
    second.http.headers["authorization"] = "Bearer another"
    assert (await second.get("firewall/address")).status_code == 200


def test_state_of_another_release(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    state.save(Device("7.4.4"), file)
    with pytest.raises(ValueError, match=r"v7\.4\.4, the simulated release is v7\.6\.5"):
        state.restore(Device("7.6.5"), file)
    file.write_text(json.dumps([1]))
    with pytest.raises(ValueError, match="not a state file"):
        state.restore(Device("7.6.5"), file)


def test_state_is_kept_while_it_runs(tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    for round_ in range(2):
        with Simulator(state=file, tls=False, token="t" * 30) as sim:
            headers = {"Authorization": f"Bearer {sim.token}"}
            url = f"{sim.url}/api/v2/cmdb/firewall/address"
            if round_ == 0:
                httpx.post(url, json={"name": "a"}, headers=headers)
            else:
                assert httpx.get(f"{url}/a", headers=headers).status_code == 200
