# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A sync and async SDK for the REST API of FortiOS. Loads nothing until a name is used.

Type checkers read ``__init__.pyi``. There are no import statements for the SDK here, since Ansible would ship what
they reach with every module.
"""

from __future__ import annotations

_HOMES = {
    "batch": ("Result",),
    "client": ("FortiOS",),
    "configuration": ("Change",),
    "endpoint": ("Answer", "Async", "Query", "Sync"),
    "errors": (
        "AuthenticationError",
        "CircuitOpenError",
        "ClosedError",
        "DuplicateError",
        "FortiOSError",
        "InUseError",
        "InvalidValueError",
        "LockedOutError",
        "NotFoundError",
        "PartialFailureError",
        "PermissionDeniedError",
        "RateLimitedError",
        "ReadOnlyError",
        "ReferenceMissingError",
        "ServerError",
        "TLSError",
        "TimeoutError_",
        "TransportError",
        "UnsupportedError",
    ),
    "filters": ("F", "Filter"),
    "http.async_client": ("AsyncHTTPClient",),
    "http.async_fortimanager": ("AsyncFortiManagerClient",),
    "http.client": ("HTTPClient",),
    "http.fortimanager": ("FortiManagerClient",),
    "http.interface": ("IBatchClient", "IHTTPClient", "Outcome", "Request"),
    "transaction": ("Transaction",),
    "validation": ("ValidationWarning",),
}

__all__ = [name for names in _HOMES.values() for name in names]


def __getattr__(name: str) -> object:
    from importlib import import_module

    for module, names in _HOMES.items():
        if name in names:
            value: object = getattr(import_module(f"{__name__}.{module}"), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
