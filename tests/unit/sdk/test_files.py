# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files to and from a device in both modes: what goes over the wire, and what is on the disk afterwards."""

from __future__ import annotations

import base64
import gzip
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hfortix_fortios import FortiOS, InvalidValueError, errors

from .conftest import Device, Mode, Says, Seen

BACKUP = "/api/v2/monitor/system/config/backup"
RESTORE = "/api/v2/monitor/system/config/restore"
ATTACHED = {"content-disposition": 'attachment; filename="fw.conf"'}
CONFIG = b"config system global\r\n    set hostname x\xff\nend\n"


def attached(content: bytes = CONFIG) -> Says:
    return Says(200, content, headers=ATTACHED)


def own_client(below: Any) -> Any:
    """A client with nothing but the method that the tree needs of IHTTPClient."""

    class Own:
        def request(self, method: str, path: str, *, params: Any = None, json: Any = None, headers: Any = None) -> Any:
            return below.request(method, path, params=params, json=json, headers=headers)

    return Own()


@pytest.fixture(params=["ours", "own", "view"])
def fgt(request: pytest.FixtureRequest, mode: Mode, device: Device) -> Any:
    """The device by our client, by one that moves no files in pieces, and by a view of ours."""
    client = mode.http(device)
    if request.param != "ours":
        client = own_client(client) if request.param == "own" else client.with_timeout(300)
    return FortiOS(client=client, async_mode=mode.asynchronous)  # type: ignore[call-overload]


def test_backup(mode: Mode, device: Device, fgt: Any, tmp_path: Path) -> None:
    device.script = [attached(), attached(b"")]
    file = tmp_path / "fw.conf"
    assert mode(fgt.backup(file)) == len(CONFIG)
    assert file.read_bytes() == CONFIG
    assert file.stat().st_mode & 0o777 == 0o600
    assert mode(fgt.backup(str(file), vdom="lab", password="pw")) == 0
    assert [(seen.line, seen.json) for seen in device.seen] == [
        (f"POST {BACKUP}", {"destination": "file", "scope": "global"}),
        (f"POST {BACKUP}", {"destination": "file", "scope": "vdom", "vdom": "lab", "password": "pw"}),
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["fw.conf"]


@pytest.mark.parametrize("status", [404, 405])
def test_backup_of_an_older_release(mode: Mode, device: Device, fgt: Any, tmp_path: Path, status: int) -> None:
    device.script = [Says(status, b""), attached()]
    assert mode(fgt.backup(tmp_path / "fw.conf", vdom="lab")) == len(CONFIG)
    assert device.lines[1] == f"GET {BACKUP}?destination=file&scope=vdom&vdom=lab"


@pytest.mark.parametrize(
    ("says", "error"),
    [
        (Says(403, b""), errors.PermissionDeniedError),
        (Says(500, {"status": "error", "error": -37}, headers=ATTACHED), errors.PermissionDeniedError),
        (Says(200, {"status": "success"}), errors.FortiOSError),
        (Says(200, CONFIG, headers={**ATTACHED, "content-length": "9999"}), errors.TransportError),
    ],
)
def test_a_failure_leaves_the_old_file(
    mode: Mode, device: Device, fgt: Any, tmp_path: Path, says: Says, error: type[Exception]
) -> None:
    def handle(seen: Seen) -> Says:
        return says

    device.handle = handle
    file = tmp_path / "fw.conf"
    file.write_text("old")
    with pytest.raises(error):
        mode(fgt.backup(file))
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda packed: packed, None),
        (lambda packed: packed[:-9], "the file in the device's answer broke off"),
        (lambda packed: packed[:50] + b"x" * 99 + packed[149:], "the file in the device's answer is damaged"),
        (lambda packed: CONFIG, "the file in the device's answer is damaged"),
    ],
)
def test_a_packed_file(
    mode: Mode, device: Device, tmp_path: Path, encoding: str, change: Callable[[bytes], bytes], words: str | None
) -> None:
    """As it may come without its length, only its own end tells whether it is whole."""
    content = CONFIG * 9999
    packed = gzip.compress(content) if encoding == "gzip" else zlib.compress(content)
    says = Says(200, change(packed), headers={**ATTACHED, "content-encoding": encoding})
    device.handle = lambda seen: says
    file = tmp_path / "fw.conf"
    fgt = mode.fortios(device)
    if words is None:
        assert mode(fgt.backup(file)) == len(content)
        assert file.read_bytes() == content
    else:
        with pytest.raises(errors.TransportError, match=f"^{words}"):
            mode(fgt.backup(file))
        assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("size", [0, 1, 2, 3, 196608, 196609, 1_000_000])
def test_restore(mode: Mode, device: Device, fgt: Any, tmp_path: Path, size: int) -> None:
    content = (CONFIG * (size // len(CONFIG) + 1))[:size]
    file = tmp_path / "fw.conf"
    file.write_bytes(content)
    device.script = [Says(200, {"results": {"status": "ok"}})]
    assert mode(fgt.restore(file, vdom="lab")) == {"status": "ok"}
    sent = device.seen[0].json
    assert base64.b64decode(sent.pop("file_content"), validate=True) == content
    assert sent == {"source": "upload", "scope": "vdom", "vdom": "lab"}
    assert device.seen[0].line == f"POST {RESTORE}"
    assert "transfer-encoding" not in device.seen[0].headers


def test_a_file_is_sent_again_after_a_new_login(mode: Mode, device: Device, tmp_path: Path) -> None:
    file = tmp_path / "fw.conf"
    file.write_bytes(CONFIG)
    login = Says(200, {"status": 6, "status_message": "LOGIN_SUCCESS"}, cookies=('session_key="S"', 'ccsrf_token="C"'))
    device.script = [login, Says(401, b""), login, Says(200, {"results": {}})]
    fgt: Any = FortiOS(client=mode.session(device), async_mode=mode.asynchronous)  # type: ignore[call-overload]
    mode(fgt.restore(file))
    assert device.seen[1].json == device.seen[3].json
    assert device.seen[3].headers["x-csrftoken"] == "C"
    assert device.seen[3].headers["host"] == device.host


def test_download_of_an_endpoint(mode: Mode, device: Device, fgt: Any, tmp_path: Path) -> None:
    device.handle = lambda seen: attached(b"date=2026-01-01\n" * 1000)
    file = tmp_path / "event.log"
    assert mode(fgt.api.log.event.system.raw.to_file(file, source="disk", filter="level==warning")) == 16000
    assert mode(fgt.api.log.ips.archive_download.to_file(file, source="disk", mkey=7)) == 16000
    assert file.read_bytes()[:5] == b"date="
    assert device.lines == [
        "GET /api/v2/log/disk/event/system/raw?filter=level%3D%3Dwarning",
        "GET /api/v2/log/disk/ips/archive-download?mkey=7",
    ]


def test_upload_to_an_endpoint(mode: Mode, device: Device, fgt: Any, tmp_path: Path) -> None:
    file = tmp_path / "script"
    file.write_text("config system global")
    device.script = [Says(200, {"results": {"id": 1}})]
    assert mode(fgt.api.monitor.system.config_script.upload.from_file(file, filename="a", vdom="lab")) == {"id": 1}
    assert device.lines == ["POST /api/v2/monitor/system/config-script/upload?vdom=lab"]
    assert device.seen[0].json == {"filename": "a", "file_content": base64.b64encode(file.read_bytes()).decode()}


def test_an_endpoint_that_takes_no_file(mode: Mode, device: Device, fgt: Any) -> None:
    with pytest.raises(InvalidValueError, match="has no parameter file_content"):
        fgt.api.monitor.system.api_user.generate_key.from_file("x", api_user="a")
    assert device.seen == []


def test_a_file_that_is_not_there(mode: Mode, device: Device, fgt: Any, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        mode(fgt.restore(tmp_path / "nothing"))
    assert device.seen == []
    device.script = [attached()]
    with pytest.raises(FileNotFoundError):
        mode(fgt.backup(tmp_path / "nowhere" / "fw.conf"))
    assert mode(fgt.api.cmdb.firewall.address.get()) == []


@pytest.mark.parametrize("option", ["read_only", "dry_run"])
def test_a_backup_is_a_read(mode: Mode, device: Device, tmp_path: Path, option: str) -> None:
    device.handle = lambda seen: attached()
    fgt = mode.fortios(device, **{option: True})
    assert mode(fgt.backup(tmp_path / "fw.conf")) == len(CONFIG)
    assert device.lines == [f"POST {BACKUP}"]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", BACKUP, {"destination": "usb", "scope": "global"}),
        ("POST", BACKUP, {"scope": "global"}),
        ("POST", BACKUP, None),
        ("PUT", BACKUP, {"destination": "file"}),
        ("POST", RESTORE, {"destination": "file"}),
    ],
)
def test_nothing_else_that_is_posted_is_a_read(mode: Mode, device: Device, method: str, path: str, body: Any) -> None:
    with pytest.raises(errors.ReadOnlyError):
        mode(mode.http(device, read_only=True).request(method, path, json=body))
    assert device.seen == []


def test_a_large_file_is_not_held_in_memory(mode: Mode, device: Device, tmp_path: Path) -> None:
    """The device of the test holds all of it, the client no more than some pieces."""
    size = 30_000_000
    content = bytes(size)
    device.handle = lambda seen: attached(content) if seen.target == BACKUP else Says()
    file = tmp_path / "fw.conf"
    fgt = mode.fortios(device)
    tracemalloc.start()
    try:
        assert mode(fgt.backup(file)) == size
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
