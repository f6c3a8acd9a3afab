# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Firmware: what runs, what FortiGuard offers, which way leads there, and upgrades."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from hfortix_fortios.schema import Release, parse_release, release_text

from ..load import load
from ..profile import BUILDS, Profile
from ..refusal import Refusal
from ..show import backup
from .registry import Operation, answers

_IMAGE_NAME = re.compile(r"v(\d+\.\d+\.\d+)")


@answers("GET", "monitor/system/firmware")
def firmware(operation: Operation) -> dict[str, Any]:
    running = operation.device.profile.release
    return {"current": _image(running), "available": [_image(release) for release in BUILDS if release != running]}


@answers("GET", "monitor/system/firmware/upgrade-paths")
def upgrade_paths(operation: Operation) -> list[dict[str, Any]]:
    """One step leads to the next release that there is a build of. Releases from 7.6 on name both as text."""
    running = operation.device.profile.release
    told: Callable[[Release], Any] = _numbers if running < (7, 6, 0) else lambda release: Profile(release).version
    return [{"from": told(first), "to": told(second)} for first, second in pairwise(sorted({*BUILDS, running}))]


@answers("POST", "monitor/system/firmware/upgrade")
def upgrade(operation: Operation) -> dict[str, Any]:
    """Take an image and restart with it. The name of an uploaded file tells its release."""
    device, name = operation.device, str(operation.param("filename") or "")
    source = operation.param("source")
    if source == "upload":
        if not operation.file():
            raise Refusal(424)
        found = _IMAGE_NAME.search(name)
        release = parse_release(found[1]) if found else None
    elif source == "fortiguard":
        release = next((release for release in BUILDS if _image(release)["id"] == name), None)
    else:
        raise Refusal(424)
    if release is None:
        return {"status": "error", "error": "invalid_image"}
    wanted = release_text(release)

    def change() -> None:
        text = backup(device, None, operation.call.user)
        device.run_release(wanted)
        load(device, text)
        device.open_doors()

    device.restart(change)
    return {"status": "success"}


def _image(release: Release) -> dict[str, Any]:
    profile = Profile(release)
    return {
        "id": "{:02}{:03}{:03}FIMG0000000001".format(*release),
        "platform-id": "FGVM64",
        "version": profile.version,
        **_numbers(release),
        "build": profile.build,
        "release-type": "GA",
        "maturity": "M",
        "source": "fortiguard",
    }


def _numbers(release: Release) -> dict[str, int]:
    return dict(zip(("major", "minor", "patch"), release, strict=True))
