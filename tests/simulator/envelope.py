# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The device's answers: which members an envelope has, in which order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .call import encode
from .refusal import Refusal

if TYPE_CHECKING:
    from .device import Device

_PLACE = "@results@"


@dataclass(slots=True)
class Scene:
    """What every envelope of a request repeats: method, vdom, endpoint."""

    device: Device
    method: str
    vdom: str
    path: str
    name: str
    action: str | None = None

    def _identity(self) -> dict[str, Any]:
        device = self.device
        return {"serial": device.serial, "version": device.profile.version, "build": device.profile.build}

    def _endpoint(self) -> dict[str, Any]:
        facts = {"vdom": self.vdom, "path": self.path, "name": self.name}
        if self.action is not None:
            facts["action"] = self.action
        return facts

    def rows(
        self, revision: str, rows: list[str], *, mkey: str | None = None, sizes: dict[str, int] | None = None
    ) -> str:
        """A read of a table; `rows` are JSON texts."""
        return self.read(revision, f"[{','.join(rows)}]", mkey=mkey, sizes=sizes)

    def read(self, revision: str, results: str, *, mkey: str | None = None, sizes: dict[str, int] | None = None) -> str:
        """A read; `results` is JSON text."""
        envelope: dict[str, Any] = {
            "http_method": self.method,
            **(sizes or {}),
            "revision": revision,
            "results": _PLACE,
        }
        envelope |= self._endpoint()
        if mkey is not None:
            envelope["mkey"] = mkey
        envelope |= {"status": "success", "http_status": 200, **self._identity()}
        return encode(envelope).replace(f'"{_PLACE}"', results, 1)

    def written(
        self, revision: str, old: str | None, *, mkey: str | int | None = None, results: Any = None
    ) -> dict[str, Any]:
        """A write that succeeded; `old` is the revision before it, or None where the write does not tell."""
        envelope: dict[str, Any] = {"http_method": self.method}
        if results is not None:
            envelope["results"] = results
        envelope |= {"revision": revision, "revision_changed": old is not None and old != revision}
        if envelope["revision_changed"]:
            envelope["old_revision"] = old
        if mkey is not None:
            envelope["mkey"] = mkey
        return envelope | {"status": "success", "http_status": 200, **self._endpoint(), **self._identity()}

    def refused(self, refusal: Refusal, revision: str = "") -> dict[str, Any]:
        """The envelope of a refusal. 403 and 405 tell neither revision nor error."""
        envelope: dict[str, Any] = {"http_method": self.method}
        if refusal.code is not None:
            if revision:
                envelope["revision"] = revision
            if self.method != "GET":
                envelope["revision_changed"] = False
            if refusal.lines:
                split = self.device.profile.cli_error_list
                envelope["cli_error"] = refusal.cli_error.splitlines() if split else refusal.cli_error
            envelope["error"] = refusal.code
        envelope |= {"status": "error", "http_status": refusal.status, **self._endpoint(), **self._identity()}
        if self.action is None and self.device.profile.empty_action and refusal.code is not None:
            envelope["action"] = ""
        return envelope

    def monitor(self, results: Any, beside: Mapping[str, Any]) -> dict[str, Any]:
        """A monitor, log or service answer, which names no http_status; `results` of None are left out.

        `beside` are members that stand between the results and the rest.
        """
        envelope: dict[str, Any] = {"http_method": self.method}
        if results is not None:
            envelope["results"] = results
        return envelope | dict(beside) | self._endpoint() | {"status": "success"} | self._identity()
