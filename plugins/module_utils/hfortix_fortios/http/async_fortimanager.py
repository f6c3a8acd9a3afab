# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Devices behind a FortiManager, in asynchronous mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .async_client import AsyncHTTPClient
from .fortimanager import FortiManagerFlows, FortiManagerOptions

if TYPE_CHECKING:
    from typing_extensions import Unpack


class AsyncFortiManagerClient(FortiManagerFlows, AsyncHTTPClient):
    """`FortiManagerClient` with coroutines.

    :raises ValueError: neither devices nor a group are named, or both
    """

    def __init__(self, host: str, **options: Unpack[FortiManagerOptions]) -> None:
        super().__init__(host, **self._aim(options))
