# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""How a client reaches a device, and what it does beside sending requests: its options, checked."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias, TypedDict
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import logging
    import ssl

    from .interface import Outcome, Request

#: Called with a request before it goes out; what it returns, if anything, goes out in its place. An error refuses it.
BeforeRequest: TypeAlias = "Callable[[Request], Request | None]"
#: Called with what became of a request.
AfterRequest: TypeAlias = "Callable[[Outcome], None]"


#: Longest timeout in seconds, a day; what operating systems take is bounded.
_LONGEST_TIMEOUT = 86400.0
_IN_HEADER = re.compile(r"[!-~]([ -~]*[!-~])?")


def check_timeout(seconds: float) -> None:
    """:raises ValueError: no timeout can be that"""
    if not 0 < seconds <= _LONGEST_TIMEOUT:
        raise ValueError("a timeout is a number of seconds above 0, at most a day")


class ClientOptions(TypedDict, total=False):
    """The keyword options of a client; `Settings` explains each."""

    token: str | None
    username: str | None
    password: str | None
    token_code: str | Callable[[], str] | None
    port: int | None
    scheme: str
    verify: bool | str | ssl.SSLContext
    cert: str | tuple[str, ...] | None
    proxy: str | None
    timeout: float
    vdom: str | Sequence[str] | None
    retries: int
    backoff: float
    max_connections: int
    http2: bool
    new_password: str | None
    password_header: str | None
    session_idle: float | None
    timeouts: Mapping[str, float] | None
    rate: float | None
    burst: int
    breaker: int
    breaker_seconds: float
    read_only: bool
    dry_run: bool
    before_request: BeforeRequest | Sequence[BeforeRequest] | None
    after_request: AfterRequest | Sequence[AfterRequest] | None
    audit: Callable[[Mapping[str, Any]], None] | None
    logger: logging.Logger | None
    statistics: bool


@dataclass(frozen=True)
class Settings:
    """How to reach a device and log in.

    `host` is a name or address, with or without a port, or a URL: ``fw1``, ``fw1:8443``, ``[2001:db8::1]:8443``,
    ``https://fw1``. With a `token` (REST API administrator) `username` and `password` are not used. `token_code` is
    a one-time code for the second factor, or a function that gives a new one for each login.

    `verify` is True (the system's CAs), the path of a CA file or folder, an `ssl.SSLContext`, or False (dangerous).
    `cert` is a client certificate: a PEM file, or (certificate, key[, key password]). `timeout` is in seconds, for
    connecting, and for each wait on the device. `vdom` is what requests get that name none.

    `retries` bounds the repetitions of a request that failed in transport: any GET, and a write only if it certainly
    did not reach the device; `backoff` is the first pause in seconds, doubled each time. A busy device, which refuses
    a request and says when to come back, is waited for unless `retries` is 0. `max_connections` bounds the requests in
    flight. `http2` needs the package ``h2``.

    `new_password` is given to a device that demands a change of the password at login. `password_header` names the
    header in which a release wants the password again where it answers -8102, administrator's password required;
    such a request is sent once more with it. A session that was not used for `session_idle` seconds is taken for
    ended, and the next request logs in first.

    `timeouts` are those of some endpoints, in seconds, by patterns such as ``monitor/system/config/*`` or
    ``cmdb/firewall/policy*``; the first that matches counts. At most `rate` requests a second go out, after a
    `burst` at once. After `breaker` failures in a row (0: never) the device is left alone for `breaker_seconds`.

    A `read_only` client refuses writes; with `dry_run` it keeps them in `planned` and answers as if they had
    succeeded. Hooks (`before_request`, `after_request`) are plain functions, one or several. `audit` is a sink for
    records of what was asked (module ``audit``), `logger` gets a line for each request, and with `statistics` the
    client counts. Each stands around a request as a whole, with its repetitions.
    """

    host: str
    token: str | None = field(default=None, repr=False)
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    token_code: str | Callable[[], str] | None = field(default=None, repr=False)
    port: int | None = None
    scheme: str = "https"
    verify: bool | str | ssl.SSLContext = True
    cert: str | tuple[str, ...] | None = field(default=None, repr=False)
    proxy: str | None = field(default=None, repr=False)
    timeout: float = 30.0
    vdom: str | Sequence[str] | None = None
    retries: int = 2
    backoff: float = 0.3
    max_connections: int = 10
    http2: bool = False
    new_password: str | None = field(default=None, repr=False)
    password_header: str | None = None
    session_idle: float | None = None
    timeouts: Mapping[str, float] | None = None
    rate: float | None = None
    burst: int = 1
    breaker: int = 0
    breaker_seconds: float = 30.0
    read_only: bool = False
    dry_run: bool = False
    before_request: BeforeRequest | Sequence[BeforeRequest] | None = None
    after_request: AfterRequest | Sequence[AfterRequest] | None = None
    audit: Callable[[Mapping[str, Any]], None] | None = None
    logger: logging.Logger | None = None
    statistics: bool = False

    def __post_init__(self) -> None:
        if not self.token and not (self.username and self.password is not None):
            raise ValueError("a client needs a token, or a username and a password")
        if self.token and not re.fullmatch(r"[!-~]+", self.token):
            # The HTTP library would refuse it as well, and quote it.
            raise ValueError("the token holds a space, a line break or another character that no token has")
        if self.password_header is not None:
            if not re.fullmatch(r"[\w-]+", self.password_header, re.ASCII):
                raise ValueError("password_header is not the name of a header")
            if not all(_IN_HEADER.fullmatch(secret) for secret in (self.password, self.new_password) if secret):
                # As above.
                raise ValueError(
                    "a password for password_header is printable ASCII without a space at either end, as a header is"
                )
        if self.proxy is not None and not re.match(r"(https?|socks5h?)://[^/]", self.proxy):
            # What is given may hold a password.
            raise ValueError("the proxy is not a URL such as http://proxy.example.com:3128")
        for seconds in (self.timeout, *(self.timeouts or {}).values()):
            check_timeout(seconds)
        if not 0 <= self.backoff < math.inf:
            raise ValueError("backoff is a number of seconds, at least 0")
        if self.retries < 0:
            raise ValueError("retries is a number of repetitions, at least 0")
        if self.breaker < 0:
            raise ValueError("breaker is a number of failures, at least 0")
        if self.port is not None and not 0 < self.port < 65536:
            raise ValueError("port is a number from 1 to 65535")
        if self.max_connections < 1:
            raise ValueError("max_connections is a number of requests in flight, at least 1")

    @property
    def base_url(self) -> str:
        """Scheme, host and port, without a slash at the end.

        :raises ValueError: `host` is neither a host nor a URL of one
        """
        text = self.host
        if "://" not in text:
            if text.count(":") > 1 and "[" not in text:
                text = f"[{text}]"
            text = f"{self.scheme}://{text}"
        try:
            parts = urlsplit(text)
            port = int(self.port or parts.port or 0)
        except ValueError:
            parts, port = urlsplit(""), 0
        extra = parts.path.strip("/") or parts.query or parts.fragment or parts.username or re.search(r"\s", text)
        if not parts.hostname or parts.scheme not in ("http", "https") or extra:
            # What stands before an @ may be a password.
            raise ValueError(
                f"{self.host.rpartition('@')[2]!r} is not a host such as fw1, fw1:8443, [::1]:8443 or https://fw1"
            )
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        return f"{parts.scheme}://{host}:{port}" if port else f"{parts.scheme}://{host}"
