# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the examples of monitor, log and service modules take for granted: configuration, state, and files."""

from __future__ import annotations

from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cache
from typing import Any

import httpx

from tests.integration.handwritten.trust import identity, revocations

#: What examples have in the place of the variables that hold secrets.
SECRET = "s3cret-word"

CONFIGURATION = """
config system api-user
 edit ansible
  set accprofile super_admin
 next
end
config vpn ipsec phase1-interface
 edit branch
  set interface port1
  set remote-gw 192.0.2.1
  set psksecret example
 next
end
config vpn ipsec phase2-interface
 edit branch
  set phase1name branch
 next
end
"""

#: Requests to the simulator before an example runs, by patterns of endpoints: path and body.
BEFORE: Mapping[str, list[tuple[str, Any]]] = {
    "log/*": [
        ("/__simulator__/logs", [{"type": kind, "count": 3} for kind in ("ips", "app-ctrl")]),
    ],
    "monitor/system/config-revision/*": [
        ("/api/v2/monitor/system/config-revision/save", {"comments": number}) for number in ("one", "two")
    ],
    "monitor/system/ha-peer/*": [
        ("/__simulator__/fabric", {"units": [{"serial_no": "FGVM010000000002"}]}),
    ],
    "monitor/user/banned/clear_users": [
        ("/api/v2/monitor/user/banned/add_users", {"ip_addresses": ["192.0.2.66"], "expiry": 60}),
    ],
    "monitor/vpn/ssl/delete": [
        ("/__simulator__/vpn_users", {"user": "jane", "address": "192.0.2.10"}),
    ],
}


@cache
def _files() -> Mapping[str, bytes]:
    """Files whose content the device looks into, by endpoint."""
    return {
        "monitor/system/config-script/upload": b"config system global\nend\n",
        "monitor/system/vmlicense/upload": b"-----BEGIN FGT VM LICENSE-----\n",
        "monitor/vpn-certificate/ca/import": identity("authority").pem.encode(),
        "monitor/vpn-certificate/crl/import": revocations().encode(),
        "monitor/vpn-certificate/local/import": identity("web").pkcs12(SECRET.encode()),
        "monitor/vpn-certificate/remote/import": identity("remote").pem.encode(),
    }


def prepare(web: httpx.Client, endpoint: str) -> None:
    """Bring about what the example of an endpoint needs on the device."""
    for pattern, requests in BEFORE.items():
        for path, body in requests if fnmatchcase(endpoint, pattern) else ():
            web.post(path, json=body).raise_for_status()
    if endpoint.startswith("log/search/"):
        web.get("/api/v2/log/disk/ips").raise_for_status()


def content(web: httpx.Client, endpoint: str) -> bytes:
    """The file that the example of an endpoint sends."""
    if endpoint == "monitor/system/config/restore":
        saved = web.post("/api/v2/monitor/system/config/backup", json={"destination": "file", "scope": "global"})
        return saved.raise_for_status().content
    return _files().get(endpoint, b"content")
