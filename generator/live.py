# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where answers to ``action=schema`` come from: a file, or a device."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from hfortix_fortios.errors import FortiOSError
from hfortix_fortios.http.client import HTTPClient

from .catalogue import load

ROOT_PATH = "/api/v2/cmdb"
_SCHEMA = {"action": "schema"}


def read(file: str) -> Any:
    """The JSON content of `file`: an answer, or a list of answers.

    :raises ValueError: it is not JSON
    """
    return json.loads(Path(file).read_text(encoding="utf-8"))


def fetch(url: str, ca: str | None = None) -> Any:
    """Ask a device for its schema: for the endpoint whose path `url` holds, or for all of them.

    A device that does not describe its whole tree in one answer is asked for each endpoint that the catalogue knows,
    and those it does not have are passed over. The token is that of FORTIOS_TOKEN (or FORTIOS_ACCESS_TOKEN).

    :raises FortiOSError: the device cannot be reached, or refuses
    :raises ValueError: there is no token
    """
    token = os.environ.get("FORTIOS_TOKEN") or os.environ.get("FORTIOS_ACCESS_TOKEN")
    if not token:
        raise ValueError("set FORTIOS_TOKEN to the key of a REST API administrator of the device")
    place = urlsplit(url)
    verify = ca or os.environ.get("FORTIOS_CA_PATH") or True
    with HTTPClient(f"{place.scheme}://{place.netloc}", token=token, verify=verify) as client:
        if place.path.rstrip("/") not in ("", ROOT_PATH):
            return client.get(place.path, params=_SCHEMA)
        try:
            return client.get(ROOT_PATH, params=_SCHEMA)
        except FortiOSError as error:
            if error.status not in (400, 404, 405, 500):
                raise
        return [answer for answer in (_one(client, item.path) for item in load().family("cmdb")) if answer]


def _one(client: HTTPClient, path: str) -> Any:
    try:
        return client.get(f"{ROOT_PATH}/{path}", params=_SCHEMA)
    except FortiOSError as error:
        if error.status == 404:
            return None
        raise
