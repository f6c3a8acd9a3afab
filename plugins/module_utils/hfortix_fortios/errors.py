# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The errors of the SDK: one tree under `FortiOSError`, and the reading of a device's refusals.

Every error says what went wrong, where, in the device's words, with the FortiOS code and its meaning, and what to
do next. Secrets of a request never get into one: neither its body nor its headers are kept, and secret values that
the device repeats in its answer are masked.
"""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote

if TYPE_CHECKING:
    from .error_codes import Code


MASK = "********"


class FortiOSError(Exception):
    """Anything that keeps a request from succeeding.

    `message` is the short statement; ``str()`` adds where and why in one line. `status` is the HTTP status, `code`
    the device's number with our `meaning` of it, `cli_error` the device's own words (lines joined by newlines),
    `method` and `path` the request (no query, no body), `field` the wire name of the field that the device's words
    blame, `hint` the remedy. Each is None where it is not known. `sent` is False only where the request certainly
    never reached the device, so that repeating it cannot make it happen twice.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        code: int | None = None,
        meaning: str | None = None,
        cli_error: str | None = None,
        method: str | None = None,
        path: str | None = None,
        field: str | None = None,
        hint: str | None = None,
        sent: bool = True,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
        self.code = code
        self.meaning = meaning
        self.cli_error = cli_error
        self.method = method
        self.path = without_query(path)
        self.field = field
        self.hint = hint
        self.sent = sent

    def __str__(self) -> str:
        details = "; ".join(self._details())
        text = f"{self.message} ({details})" if details else self.message
        return f"{text}. {self.hint}" if self.hint else text

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"

    def _details(self) -> Iterable[str]:
        if self.method and self.path:
            yield f"{self.method} {self.path}"
        if self.status is not None:
            yield f"HTTP {self.status}"
        if self.code is not None:
            yield f"FortiOS {self.code}" + (f", {self.meaning}" if self.meaning else "")
        words = " / ".join(_telling_lines(self.cli_error or ""))
        if words:
            yield f"device: {words}"

    def to_dict(self) -> dict[str, Any]:
        """Everything known, as JSON can carry it; `from_dict` restores the error from it."""
        facts = {key: value for key, value in vars(self).items() if value is not None}
        return {"type": type(self).__name__, **facts}

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> FortiOSError:
        """The error that `to_dict` described; a name that this version does not know becomes a `FortiOSError`."""
        facts = dict(data)
        cls = _CLASSES.get(facts.pop("type", ""), FortiOSError)
        message = facts.pop("message", "unknown error")
        error = cls(message)
        vars(error).update((key, value) for key, value in facts.items() if key in vars(error))
        return error

    def __reduce__(self) -> tuple[Any, ...]:
        return FortiOSError.from_dict, (self.to_dict(),)


class TransportError(FortiOSError):
    """No usable answer: the connection failed or broke, before or after the request went out (`sent`)."""


class TimeoutError_(TransportError):
    """The device did not answer in time; a write may have happened all the same."""


class TLSError(TransportError):
    """The TLS connection was refused, by us or by the device; the request was not sent."""


class CircuitOpenError(TransportError):
    """The device failed too often a moment ago, so that the request was not sent."""


class ReadOnlyError(FortiOSError):
    """The client itself refuses to write; nothing was sent."""


class ClosedError(FortiOSError):
    """The client was closed before; nothing was sent."""


class PartialFailureError(FortiOSError):
    """A request to several devices failed at some of them.

    `answers` holds the answer of each device that succeeded, `failures` what `to_dict` tells of the error of each
    that did not, both by the name of the device; `errors` are the latter as errors.
    """

    def __init__(
        self,
        message: str,
        *,
        answers: Mapping[str, Any] | None = None,
        failures: Mapping[str, Any] | None = None,
        **facts: Any,
    ) -> None:
        super().__init__(message, **facts)
        self.answers = dict(answers or {})
        self.failures = dict(failures or {})

    @property
    def errors(self) -> dict[str, FortiOSError]:
        """The error of each device that failed."""
        return {name: FortiOSError.from_dict(facts) for name, facts in self.failures.items()}


class AuthenticationError(FortiOSError):
    """The device does not accept who we are: token, session, password or one-time code."""


class LockedOutError(AuthenticationError):
    """The device refuses this source or administrator for a while after failed logins. Trying on prolongs it."""


class PermissionDeniedError(FortiOSError):
    """The administrator may not do this: access profile, vdom, or a field that only the device writes."""


class NotFoundError(FortiOSError):
    """The entry does not exist."""


class UnsupportedError(FortiOSError):
    """This device's release or model lacks the endpoint, or the endpoint lacks the method or action."""


#: What a device answers that has no such endpoint: not every release tells it from a missing entry.
ABSENT = (NotFoundError, UnsupportedError)


class InvalidValueError(FortiOSError):
    """The device does not take a value, or the request as a whole."""


class ReferenceMissingError(InvalidValueError):
    """A value names an object that does not exist."""


class DuplicateError(FortiOSError):
    """An entry with this key or name exists already."""


class InUseError(FortiOSError):
    """The entry cannot go while others refer to it."""


class RateLimitedError(FortiOSError):
    """Too many requests; `retry_after` is the time to wait in seconds, where the answer says so."""

    def __init__(self, message: str, *, retry_after: float | None = None, **facts: Any) -> None:
        super().__init__(message, **facts)
        self.retry_after = retry_after


class ServerError(FortiOSError):
    """The device failed or is not ready; `retry_after` is the time to wait in seconds, where the answer says so."""

    def __init__(self, message: str, *, retry_after: float | None = None, **facts: Any) -> None:
        super().__init__(message, **facts)
        self.retry_after = retry_after


_CLASSES: dict[str, type[FortiOSError]] = {
    cls.__name__: cls
    for cls in (
        FortiOSError, TransportError, TimeoutError_, TLSError, CircuitOpenError, ReadOnlyError, ClosedError,
        PartialFailureError, AuthenticationError, LockedOutError, PermissionDeniedError, NotFoundError,
        UnsupportedError, InvalidValueError, ReferenceMissingError, DuplicateError, InUseError, RateLimitedError,
        ServerError,
    )
}  # fmt: skip


class _Kind(NamedTuple):
    """The class that a kind of refusal makes, what is said about its subject, and the remedy if the code has none."""

    error: type[FortiOSError]
    message: str
    hint: str | None = None


_KINDS: dict[str, _Kind] = {
    "refused": _Kind(FortiOSError, "the device refused the request for {}"),
    "value": _Kind(InvalidValueError, "the device did not accept a value for {}"),
    "large": _Kind(InvalidValueError, "what was sent for {} is too large for the device", "Send less at once"),
    "reference": _Kind(
        ReferenceMissingError, "{} refers to something that does not exist",
        "Create the object that the field names first, or correct the name",
    ),
    "missing": _Kind(
        NotFoundError, "{} does not exist", "Check the key and the vdom; create the entry first where it should exist"
    ),
    "duplicate": _Kind(
        DuplicateError, "{} has such an entry already", "Update the existing entry, or choose another key"
    ),
    "in_use": _Kind(InUseError, "{} is in use", "Remove the references to it first"),
    "denied": _Kind(
        PermissionDeniedError, "the device denied access to {}",
        "Check the access profile and the vdoms of the administrator or API user",
    ),
    "auth": _Kind(
        AuthenticationError, "the device did not accept the credentials for {}",
        "Check the token, or user name and password; a token may be revoked, or bound to other source addresses",
    ),
    "locked": _Kind(
        LockedOutError, "the device blocks this source after failed logins",
        "Correct the credentials and wait until the lock-out has passed; further attempts prolong it",
    ),
    "rate": _Kind(RateLimitedError, "too many requests to the device", "Wait, then send fewer at once"),
    "unsupported": _Kind(
        UnsupportedError, "the device does not offer {}",
        "Check that its release and model have the endpoint and that the endpoint has the method",
    ),
    "server": _Kind(ServerError, "the device failed at {}", "Try again; look at the device's load and crash log"),
}  # fmt: skip

_KIND_BY_STATUS = {
    400: "value", 401: "auth", 403: "denied", 404: "missing", 405: "unsupported", 413: "large", 424: "value",
    429: "locked",
}  # fmt: skip

# Patterns are text: they are compiled when an error is at hand, not with every import.
_BLAMED_FIELD = r"node_check_object fail! for (\S+)"
_BLAMED_VALUE = r"value parse error before '([^']*)'"
_MISSING_REFERENCE = r"(?i)node_check_object fail!|entry not found in datasource"
_IN_USE = r"(?i)\bis (?:currently )?(?:in use|used by)\b|being used"
_BOILERPLATE = r"Command fail\. Return code|^$"


def error_from_response(
    status: int,
    body: bytes | str | Mapping[str, Any] | None,
    headers: Mapping[str, str] | None = None,
    method: str | None = None,
    path: str | None = None,
    *,
    secrets: Iterable[str] = (),
) -> FortiOSError:
    """The error that an answer stands for.

    `body` is as received (decoded, gzipped or not) or parsed already: JSON of any release, an HTML page, or nothing.
    `headers` are looked up without regard to case. `secrets` are values of the request that must not show.
    """
    from .error_codes import CODES

    lower = {name.lower(): value for name, value in (headers or {}).items()}
    path = without_query(path)
    answer = _parse(body)
    code = _number(answer.get("error"))
    known = CODES.get(code) if code is not None else None
    words = mask("\n".join(_lines(answer.get("cli_error"))), secrets)
    if not words and not code:
        words = mask(answer.get("text", ""), secrets)
    kind = _kind(status, answer, known, words, path, lower)
    spec = _KINDS[kind]
    facts: dict[str, Any] = {
        "status": status,
        "code": code,
        "meaning": known.meaning if known else None,
        "cli_error": words or None,
        "method": method.upper() if method else None,
        "path": path,
        "field": _blamed_field(words),
        "hint": _hint(kind, known, lower),
    }
    if kind in ("server", "rate"):
        facts["retry_after"] = _seconds(lower.get("retry-after"))
    # What is there twice is the new entry, which the path does not name.
    message = spec.message.format(_subject(path, with_key=kind != "duplicate"))
    if kind in ("value", "reference"):
        message += _blamed(facts["field"], words)
    return spec.error(message, **facts)


def _kind(
    status: int, answer: Mapping[str, Any], known: Code | None, words: str, path: str | None, headers: Mapping[str, str]
) -> str:
    """What kind of refusal this is: the device's words tell most, then its code, then the HTTP status."""
    if status == 429:
        return "rate" if "retry-after" in headers else "locked"
    if known is not None:
        if known.kind in ("value", "missing") and re.search(_MISSING_REFERENCE, words):
            return "reference"
        if known.kind == "missing" and _is_collection(path):
            # The path names no entry, so that the one missed is one that the body refers to.
            return "reference"
        if known.kind in ("value", "refused") and re.search(_IN_USE, words):
            return "in_use"
        return known.kind
    if status == 404 and ("httpStatus" in answer or _is_collection(path)):
        return "unsupported"
    if status in _KIND_BY_STATUS:
        return _KIND_BY_STATUS[status]
    return "server" if status >= 500 and "error" not in answer else "refused"


def _hint(kind: str, known: Code | None, headers: Mapping[str, str]) -> str | None:
    if "invalid_token" in headers.get("www-authenticate", ""):
        return (
            "Check that the token is valid, allowed from this address, and sent in the Authorization header "
            "(releases from 7.4.5 and 7.6.1 refuse it in the URL)"
        )
    if known is not None and known.hint and kind != "reference":
        return known.hint.rstrip(".")
    hint = _KINDS[kind].hint
    return hint.rstrip(".") if hint else None


def _parse(body: bytes | str | Mapping[str, Any] | None) -> Mapping[str, Any]:
    """The answer as a mapping; what is not JSON becomes ``{"text": one short line}``."""
    if isinstance(body, Mapping):
        return body
    if isinstance(body, bytes):
        body = _inflate(body).decode("utf-8", "replace")
    if not body:
        return {}
    try:
        answer = json.loads(body)
    except ValueError:
        return {"text": _one_line(body)}
    if isinstance(answer, list):
        answer = next((part for part in answer if isinstance(part, Mapping) and part.get("status") == "error"), {})
    return answer if isinstance(answer, Mapping) else {}


def _inflate(body: bytes) -> bytes:
    """`body` unpacked where the device packed it without saying so."""
    if body[:2] != b"\x1f\x8b":
        return body
    import zlib

    try:
        return zlib.decompress(body, wbits=31)
    except zlib.error:
        return b""


def _one_line(text: str) -> str:
    """Markup removed, white space folded, at most 200 characters."""
    text = re.sub(r"(?is)<(script|style|head)\b.*?</\1\s*>|<[^>]*>", " ", text)
    text = " ".join(text.split())
    return text if len(text) <= 200 else text[:197] + "..."


def _lines(cli_error: Any) -> list[str]:
    """The device's words, which come as text or, in later releases, as a list."""
    parts = cli_error if isinstance(cli_error, list) else [cli_error] if cli_error else []
    return [line.strip() for part in parts for line in str(part).splitlines() if line.strip()]


def _telling_lines(words: str) -> list[str]:
    return [line for line in words.splitlines() if not re.match(_BOILERPLATE, line)]


def _number(value: Any) -> int | None:
    try:
        return int(value)
    except (TypeError, ValueError):
        return None


def _seconds(value: str | None) -> float | None:
    """The seconds that a ``Retry-After`` means: a number, or a date in the clock of this host."""
    if not value:
        return None
    try:
        seconds = float(value)
    except ValueError:
        from email.utils import mktime_tz, parsedate_tz

        try:
            date = parsedate_tz(value)
            seconds = mktime_tz(date) - time.time() if date else math.nan
        except (ValueError, OverflowError):
            return None
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _blamed_field(words: str) -> str | None:
    match = re.search(_BLAMED_FIELD, words)
    return match[1] if match else None


def _blamed(field: str | None, words: str) -> str:
    """The end of a message: which field and value the device's words blame, as far as they do."""
    match = re.search(_BLAMED_VALUE, words)
    value = f" {match[1]!r}" if match and match[1] else ""
    return f": {field or 'value'}{value}" if field or value else ""


def _segments(path: str | None) -> list[str]:
    """The parts of an API path below ``/api/v2``, decoded."""
    parts = [unquote(part) for part in (path or "").strip("/").split("/")]
    return parts[2:] if parts[:2] == ["api", "v2"] else parts


def _is_collection(path: str | None) -> bool:
    parts = _segments(path)
    return bool(parts) and parts[0] == "cmdb" and len(parts) <= 3


def without_query(path: str | None) -> str | None:
    """`path` as errors name it: a query may hold a secret."""
    return path.partition("?")[0] if path else None


def _subject(path: str | None, *, with_key: bool = True) -> str:
    """What a request is about: ``firewall/address 'web'``, ``monitor/system/status``."""
    parts = _segments(path)
    if parts[0] != "cmdb" or len(parts) < 3:
        return "/".join(parts) or "the request"
    table = "/".join(parts[1:3])
    return f"{table} {'/'.join(parts[3:])!r}" if with_key and len(parts) > 3 else table


def mask(text: str, secrets: Iterable[str]) -> str:
    """`text` with every one of `secrets` (longest first) replaced by `MASK`."""
    for secret in sorted(secrets, key=len, reverse=True):
        if secret:
            text = text.replace(secret, MASK)
    return text


#: Names under which values are secret, in configuration and in login requests.
_SECRET_NAME = r"pass|pwd|secret|psk|token|credential|hmac|pin-code|auth-string|community|bmr-hostname|key$|key[-_0-9]"
#: Names of headers that carry credentials.
SECRET_HEADER = rf"authorization|cookie|{_SECRET_NAME}"


def masked_by_name(data: Any) -> Any:
    """`data` of a request with the values under such names replaced by `MASK`, and files by their size or path."""
    if isinstance(data, Mapping):
        return {name: _masked_value(str(name).lower(), value) for name, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [masked_by_name(item) for item in data]
    return data


def _masked_value(name: str, value: Any) -> Any:
    if name == "file_content":
        return f"<{len(value)} characters>" if isinstance(value, str) else str(value)
    if isinstance(value, Mapping):
        return masked_by_name(value)
    if isinstance(value, (list, tuple)):
        return [_masked_value(name, item) for item in value]
    is_secret = not isinstance(value, bool) and value not in (None, "", "enable", "disable")
    return MASK if is_secret and re.search(_SECRET_NAME, name) else value


def masked_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """`headers` with credentials masked."""
    return {name: MASK if re.search(SECRET_HEADER, name.lower()) else value for name, value in headers.items()}


def masked_path(path: str) -> str:
    """`path` with the values in its query masked that stand under such names.

    >>> masked_path("/api/v2/cmdb/firewall/address?vdom=lab&access_token=abcdef")
    '/api/v2/cmdb/firewall/address?vdom=lab&access_token=********'
    """
    where, mark, query = path.partition("?")
    pairs = [part.partition("=") for part in query.split("&")]
    return (
        where
        + mark
        + "&".join(f"{name}{sign}{_masked_value(unquote(name).lower(), value)}" for name, sign, value in pairs)
    )


#: Shorter lines of a secret of several lines say nothing, and may stand elsewhere.
_TELLING_LINE = 8


def secrets_of(data: Any) -> set[str]:
    """The values of a request body that stand under a name like ``password`` or ``psksecret``, at any depth.

    Of a secret of several lines, such as a private key, each line is one too: a device may repeat a part of it.
    """
    found: set[str] = set()
    if isinstance(data, Mapping):
        for name, value in data.items():
            is_secret = re.search(_SECRET_NAME, str(name).lower())
            found |= _secrets_in(value) if is_secret else secrets_of(value)
    elif isinstance(data, (list, tuple)):
        for item in data:
            found |= secrets_of(item)
    return found


def _secrets_in(value: Any) -> set[str]:
    """The secrets in a value that stands under such a name: text, or a list of it."""
    if isinstance(value, (list, tuple)):
        return set().union(*(_secrets_in(item) for item in value))
    if not isinstance(value, str):
        return secrets_of(value)
    if value in ("", "enable", "disable"):
        return set()
    return {value, *(line for line in value.splitlines() if len(line) >= _TELLING_LINE)}
