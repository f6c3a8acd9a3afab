# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What mypy and pyright infer for both modes, and what they refuse."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

RIGHT = """
    from collections.abc import AsyncIterator, Coroutine, Iterator
    from typing import TYPE_CHECKING, Any

    from hfortix_fortios import Answer, Async, Change, F, FortiOS, Result, Sync
    from typing_extensions import assert_type

    if TYPE_CHECKING:
        from hfortix_fortios.api.cmdb.firewall.address import AddressItem, AddressTagging, AddressTaggingTags
        from hfortix_fortios.api.cmdb.system.global_ import GlobalItem

    fgt = FortiOS("fw1", token="t")
    afgt = FortiOS("fw1", token="t", async_mode=True)
    assert_type(fgt, FortiOS[Sync])
    assert_type(afgt, FortiOS[Async])

    table = fgt.api.cmdb.firewall.address
    assert_type(table.get(), "list[AddressItem]")
    assert_type(table.get("web", vdom="root"), "AddressItem")
    assert_type(table.get("web").get("subnet"), "str | None")
    assert_type(table.exists("web"), bool)
    assert_type(table.post(name="web"), Answer)
    assert_type(table.put("web", {"sub-type": "sdn"}, type="mac", macaddr=["00:00:5e:00:53:01"], vdom="lab"), Answer)
    assert_type(fgt.api.monitor.system.interface.get(include_vlan=True, vdom=["a", "b"]), Any)
    assert_type(fgt.api.log.event.system.get(source="disk", rows=10), Any)
    assert_type(table.iterate(), "Iterator[AddressItem]")
    assert_type(fgt.api.cmdb.system.global_.get(), "GlobalItem")
    assert_type(table.get(filter=[F("name").contains("web") & (F("color") > 3), "type==fqdn"]), "list[AddressItem]")
    assert_type(table.set(name="web", type="fqdn"), Change)
    assert_type(table.by_vdom(["a", "b"], format=["name"]), "dict[str, list[AddressItem]]")
    assert_type(table["web"].get(), "AddressItem")
    assert_type(table["web"].tagging.get(), "list[AddressTagging]")
    assert_type(table["web"].tagging["t"].tags.get("x"), "AddressTaggingTags")
    assert_type(table["web"].tagging.post(name="t", category="c", tags=["x", {"name": "y"}], vdom="lab"), Answer)
    assert_type(table["web"].tagging["t"].tags.post({"name": "x"}), Answer)
    assert_type(table["web"].tagging["t"].put(category="c"), Answer)
    assert_type(table["web"].set(type="fqdn", start_ip="192.0.2.1"), Change)
    assert_type(fgt.api.cmdb.firewall.addrgrp["g"].member.post(name="web"), Answer)
    assert_type(fgt.api.cmdb.router.prefix_list["p"].rule.set(id=1, prefix="192.0.2.0/24", le=32), Change)
    assert_type(fgt.api.cmdb.router.prefix_list["p"].rule[1].put(action="deny"), Answer)
    assert_type(fgt.api.cmdb.wireless_controller.wtp_profile["w"].radio_1.put(mode="ap"), Answer)
    assert_type(fgt.api.cmdb.system.ntp.ntpserver[1].exists(), bool)
    assert_type(fgt.in_global().api.cmdb.system.global_.by_vdom(), "dict[str, GlobalItem]")
    assert_type(fgt.batch([lambda: table.get("web")]), "list[Result[AddressItem]]")
    with fgt.transaction(vdom="lab") as transaction:
        assert_type(transaction.api.cmdb.firewall.address.exists("web"), bool)
        assert_type(transaction.show(), list[str])


    async def main() -> None:
        table = afgt.api.cmdb.firewall.address
        await assert_type(table.get(), "Coroutine[Any, Any, list[AddressItem]]")
        assert_type(await table.get("web"), "AddressItem")
        assert_type(await table.exists("web"), bool)
        assert_type(await table.put("web", comment="x"), Answer)
        assert_type(table.iterate(), "AsyncIterator[AddressItem]")
        assert_type(await afgt.api.cmdb.system.global_.get(), "GlobalItem")
        assert_type(await table.set(name="web"), Change)
        assert_type(await table["web"].tagging["t"].tags.get(), "list[AddressTaggingTags]")
        assert_type(await table["web"].set(color=3), Change)
        assert_type(await table["web"].tagging.post(name="t", category="c"), Answer)
        await assert_type(table["web"].tagging.set(name="t"), "Coroutine[Any, Any, Change]")
        assert_type(await afgt.batch([lambda: table.get("web")], parallel=3), "list[Result[AddressItem]]")
        async with afgt.transaction() as transaction:
            assert_type(await transaction.api.cmdb.firewall.address.exists("web"), bool)
        async with FortiOS("fw1", token="t", async_mode=True) as other:
            assert_type(other, FortiOS[Async])
"""

WRONG = """
    from hfortix_fortios import F, FortiOS

    fgt = FortiOS("fw1", token="t")
    afgt = FortiOS("fw1", token="t", async_mode=True)
    fgt.api.cmdb.firewall.adress  # attr-defined
    fgt.api.cmdb.firewall.address.get(foo=1)  # call-overload
    fgt.api.cmdb.firewall.address.get("web")["subnett"]  # typeddict-item
    fgt.api.cmdb.system.global_.delete("x")  # attr-defined
    FortiOS("fw1", tokn="t")  # call-overload
    afgt.api.cmdb.firewall.address.get()[0]  # index
    fgt.api.cmdb.firewall.address.post(nam="web")  # call-arg
    fgt.api.cmdb.firewall.address.put("web", type="ipmusk")  # arg-type
    fgt.api.monitor.system.interface.post()  # attr-defined
    fgt.api.monitor.system.interface.get(vlan=True)  # call-arg
    fgt.api.log.event.system.get(rows=10)  # call-arg
    fgt.api.cmdb.firewall.address.set(nam="web")  # call-arg
    fgt.api.cmdb.firewall.address["web"].tags  # attr-defined
    fgt.api.cmdb.firewall.address["web"].set(nam="x")  # call-arg
    fgt.api.cmdb.firewall.address["web"].put(type="ipmusk")  # arg-type
    fgt.api.cmdb.firewall.addrgrp["g"].member.post(nme="web")  # call-arg
    fgt.api.cmdb.firewall.addrgrp["g"].member.put(name="web")  # call-arg
    fgt.api.cmdb.router.prefix_list["p"].rule.post(id=1, action="alow")  # arg-type
    fgt.api.cmdb.router.prefix_list["p"].rule[1].set(lee=32)  # call-arg
    fgt.api.cmdb.system.ntp.ntpserver.set(id="one")  # arg-type
    fgt.api.cmdb.wireless_controller.wtp_profile["w"].radio_1.put(mode="apx")  # arg-type
    fgt.api.cmdb.firewall.address["web"].get()["subnett"]  # typeddict-item
    fgt.api.cmdb.firewall.address.get(filter=F("name"))  # call-overload
    fgt.api.cmdb.firewall.address.iterate(start=1)  # call-arg
    FortiOS("fw1", token="t", validation="loud")  # call-overload
    _ = afgt.batch([lambda: fgt.api.cmdb.firewall.address.get()])  # arg-type


    async def main() -> None:
        await fgt.api.cmdb.firewall.address.get()  # misc
        with FortiOS("fw1", token="t", async_mode=True):  # misc
            pass
        with afgt.transaction():  # misc
            pass
"""


@pytest.fixture
def mypy(root: Path, tmp_path: Path) -> object:
    pytest.importorskip("mypy")

    def run(code: str) -> list[str]:
        file = tmp_path / "use.py"
        file.write_text(textwrap.dedent(code))
        command = [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", str(file)]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        return [line for line in done.stdout.splitlines() if line.startswith(str(file)) and " error: " in line]

    return run


@pytest.mark.slow
def test_right_use_is_inferred(mypy: object) -> None:
    assert mypy(RIGHT) == []  # type: ignore[operator]


@pytest.mark.slow
def test_wrong_use_is_refused(mypy: object) -> None:
    """Each line with a comment is an error of that kind, and no other line is one."""
    expected = [
        f"{number}:{line.rpartition('  # ')[2]}"
        for number, line in enumerate(textwrap.dedent(WRONG).splitlines(), 1)
        if "  # " in line
    ]
    found = [f"{line.split(':')[1]}:{line.rpartition('[')[2].rstrip(']')}" for line in mypy(WRONG)]  # type: ignore[operator]
    assert sorted(set(found)) == sorted(expected), found


@pytest.fixture
def pyright(root: Path, tmp_path: Path) -> object:
    pytest.importorskip("pyright")

    def run(code: str) -> list[tuple[int, str]]:
        (tmp_path / "use.py").write_text(textwrap.dedent(code))
        settings = {"include": ["use.py"], "extraPaths": [str(root / ".collections")], "typeCheckingMode": "strict"}
        (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings))
        command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        if not done.stdout.startswith("{"):
            pytest.skip(f"pyright does not start: {done.stderr.strip()[-200:]}")
        found = json.loads(done.stdout)["generalDiagnostics"]
        return [(one["range"]["start"]["line"] + 1, one["message"]) for one in found if one["severity"] == "error"]

    return run


@pytest.mark.slow
def test_pyright_accepts_right_use(pyright: object) -> None:
    assert pyright(RIGHT) == []  # type: ignore[operator]


@pytest.mark.slow
def test_pyright_refuses_wrong_use(pyright: object) -> None:
    """Each line with a comment, and no other."""
    expected = {number for number, line in enumerate(textwrap.dedent(WRONG).splitlines(), 1) if "  # " in line}
    found = pyright(WRONG)  # type: ignore[operator]
    assert {line for line, _message in found} == expected, found
