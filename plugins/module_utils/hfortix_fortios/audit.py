# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where audit records go, and how they are written: the option `audit` of a client takes any of these sinks.

A sink is anything that can be called with a record: a mapping with ``time`` (ISO 8601, UTC), ``id``, ``host``,
``user``, ``method``, ``path``, ``params``, ``body``, ``outcome`` (success, failure, refused, planned, not sent,
abandoned), ``status``, ``attempts``, ``seconds``, and for a failure ``error`` and ``code``. Secrets in it are masked
already.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable, Mapping
from typing import Any, TextIO, TypeAlias

Record: TypeAlias = "Mapping[str, Any]"
Sink: TypeAlias = "Callable[[Record], None]"
Format: TypeAlias = "Callable[[Record], str]"

#: How grave an outcome is, in CEF from 0 to 10 and as a syslog severity.
_CEF_SEVERITY = {"success": 3, "planned": 1, "not sent": 4, "refused": 6, "failure": 7, "abandoned": 7}
_SYSLOG_SEVERITY = {"success": 6, "planned": 6, "not sent": 5, "refused": 4, "failure": 4, "abandoned": 4}
#: Security and authorisation messages, kept private.
AUTHPRIV = 10


def to_json(record: Record) -> str:
    """One line of JSON."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"), default=str)


def to_cef(record: Record) -> str:
    """One line of the Common Event Format, version 0."""
    name = f"{record['method']} {record['path']}"
    header = [
        "CEF:0", "hfortix", "hfortix-fortios", "1", str(record["method"]), name,
        str(_CEF_SEVERITY.get(record["outcome"], 5)),
    ]  # fmt: skip
    params = record.get("params") or {}
    fields = {
        "start": record["time"],
        "externalId": record["id"],
        "dhost": record["host"],
        "suser": record["user"],
        "requestMethod": record["method"],
        "request": record["path"],
        "outcome": record["outcome"],
        "reason": record.get("error"),
        "cn1Label": "HTTP status" if record.get("status") is not None else None,
        "cn1": record.get("status"),
        "cn2Label": "milliseconds",
        "cn2": round(record["seconds"] * 1000),
        "cs1Label": "vdom" if params.get("vdom") else None,
        "cs1": params.get("vdom"),
        "cs2Label": "body" if record.get("body") is not None else None,
        "cs2": json.dumps(record["body"], ensure_ascii=False, default=str) if record.get("body") is not None else None,
    }
    extension = " ".join(f"{key}={_cef_value(value)}" for key, value in fields.items() if value is not None)
    return "|".join([*(_cef_header(part) for part in header), extension])


def _cef_header(text: str) -> str:
    return " ".join(text.replace("\\", "\\\\").replace("|", "\\|").splitlines())


def _cef_value(value: Any) -> str:
    text = str(value).replace("\\", "\\\\").replace("=", "\\=")
    return text.replace("\r", "\\r").replace("\n", "\\n")


class StreamSink:
    """Writes one line for each record to a text stream. With `writes_only`, reads leave no record."""

    def __init__(self, stream: TextIO, *, format: Format = to_json, writes_only: bool = False) -> None:  # noqa: A002
        self._stream = stream
        self._format = format
        self._writes_only = writes_only

    def __call__(self, record: Record) -> None:
        if not (self._writes_only and record["method"] == "GET"):
            self._stream.write(self._format(record) + "\n")
            self._stream.flush()


class FileSink:
    """Appends one line for each record to a file, which only its owner may read.

    The file is opened for each record, so that it may be rotated at any time. With `writes_only`, reads leave no
    record.
    """

    def __init__(
        self, path: str | os.PathLike[str], *, format: Format = to_json, writes_only: bool = False  # noqa: A002
    ) -> None:  # fmt: skip
        self._path = path
        self._format = format
        self._writes_only = writes_only

    def __call__(self, record: Record) -> None:
        if self._writes_only and record["method"] == "GET":
            return
        line = (self._format(record) + "\n").encode()
        file = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            while line:
                line = line[os.write(file, line) :]
        finally:
            os.close(file)


class SyslogSink:
    """Sends each record to a syslog server as a message of RFC 5424.

    `address` is a (host, port), reached by UDP, or by TCP with `tcp`; or the path of a local socket, ``/dev/log``.
    `facility` is the number of the syslog facility.
    """

    def __init__(
        self,
        address: tuple[str, int] | str = "/dev/log",
        *,
        tcp: bool = False,
        facility: int = AUTHPRIV,
        format: Format = to_json,  # noqa: A002
        writes_only: bool = False,
    ) -> None:
        self._address = address
        self._tcp = tcp
        self._facility = facility
        self._format = format
        self._writes_only = writes_only
        self._socket: socket.socket | None = None

    def __call__(self, record: Record) -> None:
        """Send the record.

        :raises OSError: the server cannot be reached, also with a new connection
        """
        if self._writes_only and record["method"] == "GET":
            return
        priority = self._facility * 8 + _SYSLOG_SEVERITY.get(record["outcome"], 5)
        head = f"<{priority}>1 {record['time']} {socket.gethostname()} hfortix-fortios {os.getpid()} audit -"
        message = f"{head} {self._format(record)}".encode()
        if self._tcp:
            # The length in front tells where a message ends (RFC 6587).
            message = b"%d %s" % (len(message), message)
        if self._socket is not None:
            try:
                self._socket.sendall(message)
                return
            except OSError:
                self.close()
        self._socket = self._connect()
        self._socket.sendall(message)

    def close(self) -> None:
        """Close the connection; the next record opens another."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _connect(self) -> socket.socket:
        if isinstance(self._address, str):
            local = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            local.connect(self._address)
            return local
        if self._tcp:
            return socket.create_connection(self._address, timeout=5)
        family, kind, protocol, _name, address = socket.getaddrinfo(*self._address, type=socket.SOCK_DGRAM)[0]
        datagram = socket.socket(family, kind, protocol)
        datagram.connect(address)
        return datagram


class Sinks:
    """Hands each record to several sinks. One that fails does not keep the record from the others."""

    def __init__(self, *sinks: Sink) -> None:
        self._sinks = sinks

    def __call__(self, record: Record) -> None:
        """Hand on the record.

        :raises Exception: the first of what the sinks raised, after all of them had the record
        """
        first: Exception | None = None
        for sink in self._sinks:
            try:
                sink(record)
            except Exception as error:
                first = first or error
        if first is not None:
            raise first
