# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What both drivers need of httpx: its settings and requests from ours, its answers and errors as ours.

Of httpx they use the transports: redirects, cookies and credentials, which its clients add to them, are decided by
`BaseClient`, and without these a request takes two thirds of the time.

httpx and ssl are imported where they are used, at the first request: that is most of what a client costs to make. A
controller that talks over a persistent connection can do without httpx, and ansible-test imports every file where it
is not installed.
"""

from __future__ import annotations

import logging
import os
import re
from functools import cached_property, lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from ..errors import MASK, SECRET_HEADER, TimeoutError_, TLSError, TransportError
from .base import Call, Reply, is_file
from .files import Upload
from .settings import Settings

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Callable, Iterator

    import httpx

#: Loggers of the HTTP libraries that show headers at DEBUG.
_WIRE_LOGS = ("httpcore.http11", "httpcore.http2", "httpcore.proxy", "hpack.hpack")
#: A header with a credential, as ``repr`` shows name and value.
_CREDENTIAL = rf"""(?i)(b?['"][\w-]*(?:{SECRET_HEADER})[\w-]*['"](?:, |=)b?(['"]))(?:\\.|(?!\2).)*(\2)"""
#: Idle connections are kept this long, in seconds; httpx would drop them after five, between two tasks of a play.
KEEPALIVE_SECONDS = 120.0
#: Longest time to wait for a connection, in seconds; a device that is there answers much sooner.
CONNECT_SECONDS = 10.0


class Httpx:
    """httpx as one client uses it: its settings, requests and errors. Loaded when something of it is first wanted.

    :raises ImportError: httpx, or for HTTP/2 h2, is not installed
    :raises TLSError: a CA or client certificate file cannot be read
    """

    def __init__(self, settings: Settings) -> None:
        for library in ("httpx", "h2") if settings.http2 else ("httpx",):
            if find_spec(library) is None:
                raise ModuleNotFoundError(f"No module named {library!r}", name=library)
        self._settings = settings
        self._base = settings.base_url
        self._extensions = _timeouts(settings.timeout)
        if settings.verify is not True or settings.cert:
            # What may be wrong is told at once; the authorities of the system take longer to load.
            _ = self._context

    @cached_property
    def _context(self) -> ssl.SSLContext | bool:
        return ssl_context(self._settings)

    @cached_property
    def transport_options(self) -> dict[str, Any]:
        """The keyword arguments of ``httpx.HTTPTransport`` and ``httpx.AsyncHTTPTransport``."""
        import httpx

        for name in _WIRE_LOGS:
            logging.getLogger(name).addFilter(_mask_headers)
        limit = self._settings.max_connections
        return {
            "verify": self._context,
            "proxy": self._settings.proxy,
            "limits": httpx.Limits(
                max_connections=limit, max_keepalive_connections=limit, keepalive_expiry=KEEPALIVE_SECONDS
            ),
            "http2": self._settings.http2,
            # No certificates from the environment that nobody asked for.
            "trust_env": False,
        }

    @cached_property
    def failures(self) -> tuple[type[Exception], ...]:
        """What a transport raises. TLS errors while reading come as they are in asynchronous mode."""
        import ssl

        import httpx

        return httpx.HTTPError, httpx.InvalidURL, ssl.SSLError

    @cached_property
    def _make_request(self) -> type[httpx.Request]:
        import httpx

        return httpx.Request

    @cached_property
    def _url(self) -> Callable[[str], httpx.URL]:
        import httpx

        return lru_cache(maxsize=64)(httpx.URL)

    def request(self, call: Call) -> httpx.Request:
        """The request of httpx for `call`.

        :raises httpx.InvalidURL: the target is none
        """
        headers = {"user-agent": "hfortix-fortios", "accept-encoding": "gzip, deflate", **call.headers}
        url = self._url(self._base + call.target)
        extensions = self._extensions if call.timeout is None else _timeouts(call.timeout)
        if isinstance(call.content, Upload):
            headers["host"] = url.netloc.decode("ascii")
            stream = _stream(call.content)
            return self._make_request(call.method, url, headers=headers, stream=stream, extensions=extensions)
        return self._make_request(call.method, url, headers=headers, content=call.content, extensions=extensions)


def _mask_headers(record: logging.LogRecord) -> bool:
    """Mask credentials in the headers that a log record shows. It stays."""
    if record.levelno == logging.DEBUG:
        text = record.getMessage()
        masked = re.sub(_CREDENTIAL, rf"\1{MASK}\3", text)
        if masked != text:
            record.msg, record.args = masked, ()
    return True


def _stream(upload: Upload) -> Any:
    """The pieces of `upload` as both kinds of transport take them."""
    import httpx

    class Stream(httpx.SyncByteStream, httpx.AsyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            return iter(upload)

        async def __aiter__(self) -> AsyncIterator[bytes]:
            for piece in upload:
                yield piece

    return Stream()


def _timeouts(seconds: float) -> dict[str, Any]:
    """The times in which a device must accept a connection, take what is sent, and answer."""
    # A client that waits for a free connection waits for its own requests: that is no time-out of the device.
    times = {"connect": min(seconds, CONNECT_SECONDS), "read": seconds, "write": seconds, "pool": None}
    return {"timeout": times}


def ssl_context(settings: Settings) -> ssl.SSLContext | bool:
    """The TLS rules for `settings`; certificates are verified unless ``verify=False`` says otherwise.

    :raises TLSError: a CA or client certificate file cannot be read
    """
    import ssl

    verify = settings.verify
    chain = (settings.cert,) if isinstance(settings.cert, str) else settings.cert
    if settings.base_url.startswith("http://"):
        return False
    if isinstance(verify, ssl.SSLContext):
        if chain:
            raise ValueError("a client certificate belongs into the SSLContext that is given as verify")
        return verify
    try:
        folder = isinstance(verify, str) and os.path.isdir(verify)
        if isinstance(verify, str):
            context = ssl.create_default_context(cafile=None if folder else verify, capath=verify if folder else None)
        elif verify:
            context = ssl.create_default_context()
        else:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        if chain:
            context.load_cert_chain(*chain)
    except (OSError, ssl.SSLError) as error:
        files = " and ".join(str(given) for given in (verify, chain and chain[0]) if isinstance(given, str))
        raise TLSError(
            f"cannot read the certificates in {files}: {error}",
            sent=False,
            hint="Check the paths and contents of the CA and client certificate files",
        ) from error
    return context


def announces_file(response: httpx.Response) -> bool:
    """The answer, of which only the head has come, is a file."""
    return is_file(response.status_code, response.headers)


def reply(response: httpx.Response, body: bytes) -> Reply:
    """The answer with its body, which is empty where a file went elsewhere."""
    headers: dict[str, str] = {}
    cookies = []
    for raw_name, raw_value in response.headers.raw:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
        if name == "set-cookie":
            cookies.append(value)
    return Reply(response.status_code, headers, body, cookies)


def transport_error(error: Exception, settings: Settings, own: float | None = None) -> TransportError:
    """Our error for one of `Httpx.failures`, which tells whether the request may have reached the device.

    `own` is the request's own timeout in seconds, if it has one.
    """
    import httpx

    where = settings.base_url
    never_sent = (
        httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol, httpx.ProxyError,
    )  # fmt: skip
    sent = not isinstance(error, never_sent)
    reason = _tls_reason(error)
    if reason is not None and not sent:
        return TLSError(
            f"no trusted TLS connection to {where}: {reason}", sent=False,
            hint="Give the CA that signed the device's certificate, and reach the device by a name in the certificate",
        )  # fmt: skip
    if isinstance(error, httpx.TimeoutException):
        limit = settings.timeout if own is None else own
        seconds = limit if sent else min(limit, CONNECT_SECONDS)
        what = "gave no answer" if sent else "accepted no connection"
        return TimeoutError_(
            f"{where} {what} within {seconds:g} s", sent=sent,
            hint="The request may have taken effect; read the object before repeating it" if sent
            else "Check the address and port, and that the device's interface allows administrative access",
        )  # fmt: skip
    words = _system_words(error) or str(error).rstrip(".") or type(error).__name__
    if sent:
        return TransportError(
            f"the connection to {where} broke: {words}", sent=True,
            hint="A write may have taken effect; read the object before repeating it",
        )  # fmt: skip
    return TransportError(
        f"cannot reach {where}: {words}", sent=False,
        hint="Check the address and port, and that the device's interface allows administrative access",
    )  # fmt: skip


def _system_words(error: BaseException) -> str | None:
    """What the operating system has to say, where it lies below `error`: in asynchronous mode that hides it."""
    words = None
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.errno:
            # A name that is not found has a number of another kind, below 0.
            words = os.strerror(cause.errno) if cause.errno > 0 else cause.strerror
        cause = cause.__cause__ or cause.__context__
    return words


def _tls_reason(error: BaseException) -> str | None:
    """What TLS has to say, where it lies at the bottom of `error`."""
    import ssl

    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return cause.verify_message
        if isinstance(cause, ssl.SSLError):
            return cause.reason or str(cause)
        cause = cause.__cause__ or cause.__context__
    return None
