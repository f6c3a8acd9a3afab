# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Files that go to a device and come from it piece by piece, however large they are."""

from __future__ import annotations

import json
import os
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import FortiOSError, TransportError

if TYPE_CHECKING:
    from .interface import Request

#: The path of a backup; most releases give the configuration to a POST only.
BACKUP = "/api/v2/monitor/system/config/backup"
#: Bytes read at a time; a multiple of three, so that pieces in base64 make one text.
PIECE = 3 * 64 * 1024
#: The content encodings of HTTP that are unpacked.
_PACKED = ("gzip", "x-gzip", "deflate")


class Download:
    """A file that an answer is written to. It appears under its name when it is complete, readable by its owner only.

    `size` is the number of bytes written; None: the answer was no file.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self.size: int | None = None

    @contextmanager
    def writing(self, encoding: str = "") -> Iterator[Callable[[bytes], object]]:
        """The function that takes the pieces, which come in the content `encoding` of HTTP.

        :raises OSError: the file cannot be written
        :raises TransportError: what came is not the whole of it
        """
        from tempfile import mkstemp

        # Configurations hold secrets: the file is new, under a name that nobody can foresee, and its owner's alone.
        descriptor, part = mkstemp(prefix=f"{self.path.name}.", suffix=".part", dir=self.path.parent)
        try:
            with open(descriptor, "wb") as file:
                if encoding.strip().lower() in _PACKED:
                    yield from _unpacking(file.write)
                else:
                    yield file.write
                self.size = file.tell()
            os.replace(part, self.path)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise

    def take(self, content: bytes) -> None:
        """Write a file that came in one piece."""
        with self.writing() as write:
            write(content)


def _unpacking(write: Callable[[bytes], int]) -> Iterator[Callable[[bytes], object]]:
    """The function that takes packed pieces and gives them on to `write`. httpx takes a part for the whole.

    :raises TransportError: they break off, or are not packed
    """
    import zlib

    # Either header, that of gzip or of zlib.
    stream = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        yield lambda piece: write(stream.decompress(piece))
    except zlib.error as error:
        raise TransportError(f"the file in the device's answer is damaged: {error}") from None
    if not stream.eof:
        raise TransportError("the file in the device's answer broke off")


class FileContent:
    """The content of a file, in base64, as a member of a request's JSON."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)

    def __repr__(self) -> str:
        return f"<content of {self.path}>"

    def read(self) -> str:
        """All of it.

        :raises OSError: the file cannot be read
        """
        return b64encode(self.path.read_bytes()).decode()


class Upload:
    """A JSON body one member of which is a file: iterate over its pieces, as often as it has to be sent."""

    def __init__(self, body: Mapping[str, Any]) -> None:
        files = {name: value for name, value in body.items() if isinstance(value, FileContent)}
        ((name, self._file),) = files.items()
        rest = {**{key: value for key, value in body.items() if key != name}, name: ""}
        # The empty text at the end is where the file goes.
        text = json.dumps(rest, ensure_ascii=False, separators=(",", ":")).encode()
        self._head, self._tail = text[:-2], text[-2:]
        self.length = len(text) + 4 * -(-self._file.path.stat().st_size // 3)

    def __iter__(self) -> Iterator[bytes]:
        yield self._head
        with open(self._file.path, "rb") as file:
            while piece := file.read(PIECE):
                yield b64encode(piece)
        yield self._tail


def holds_file(body: Any) -> bool:
    """Whether the JSON has the content of a file as a member."""
    return isinstance(body, Mapping) and any(isinstance(value, FileContent) for value in body.values())


def file_error(error: OSError, request: Request) -> FortiOSError:
    """What kept `request` from moving its file, for those who are told in an `Outcome`."""
    files = [value.path for value in (request.json or {}).values() if isinstance(value, FileContent)]
    what = f"write {request.sink.path}" if request.sink is not None else f"read {', '.join(map(str, files))}"
    return FortiOSError(
        f"cannot {what}: {error.strerror or error}", method=request.method, path=request.path,
        hint="Check the path, its permissions and the free space",
    )  # fmt: skip


def whole(body: Any) -> Any:
    """The JSON with the content of files read, for clients that take no pieces.

    :raises OSError: a file cannot be read
    """
    if not holds_file(body):
        return body
    return {name: value.read() if isinstance(value, FileContent) else value for name, value in body.items()}
