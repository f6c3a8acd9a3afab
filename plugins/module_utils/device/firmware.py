# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Firmware: a release that a device is to run, from FortiGuard or from an image file."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..bridge.argspec import Spec, connection_spec
from ..bridge.files import FILE_SECONDS, file_content
from ..bridge.job import Answer, Call
from ..bridge.waiting import restart, seconds_to_wait, wait_spec
from ..hfortix_fortios.endpoint import results
from ..hfortix_fortios.errors import FortiOSError
from ..hfortix_fortios.http.interface import Request
from ..hfortix_fortios.schema import Release, parse_release, release_text
from ..resource.task import TaskError

_FIRMWARE = "/api/v2/monitor/system/firmware"
_PATHS = f"{_FIRMWARE}/upgrade-paths"
_UPGRADE = f"{_FIRMWARE}/upgrade"
#: How Fortinet names images: FGT_60F-v7.4.4.F-build2662-FORTINET.out.
_IMAGE_NAME = re.compile(r"v(\d+\.\d+\.\d+)\D")

FIRMWARE_SPEC: Spec = {
    "version": {"type": "str"},
    "src": {"type": "path"},
    "id": {"type": "str"},
    "path_check": {"type": "bool", "default": True},
    **wait_spec(default=True),
    **connection_spec(),
}
FIRMWARE_CONSTRAINTS = {"required_one_of": [("version", "src", "id")], "mutually_exclusive": [("src", "id")]}


@dataclass(frozen=True)
class _Image:
    """A release, and the body of the request that installs it; None: no image of it is to be had."""

    release: Release
    request: dict[str, Any] | None


def firmware(call: Call) -> Answer:
    """Have the device run a release, unless it does.

    :raises TaskError: there is no such image, no direct way to the release, or the device runs another one afterwards
    """
    params = call.params
    seconds = seconds_to_wait(params)
    image = _image_in_file(params["src"], params["version"]) if params["src"] else None
    listed: Mapping[str, Any] = results(call.client.get(_FIRMWARE), _FIRMWARE)
    running = _release_of(listed["current"])
    available = [item for item in listed.get("available") or () if item.get("version")]
    image = image or _image_of_fortiguard(params["id"], params["version"], available)
    before, after = release_text(running), release_text(image.release)
    changed = image.release != running
    members: dict[str, Any] = {"changed": changed, "before": {"release": before}, "after": {"release": after}}
    if not changed:
        return Answer(members)
    if image.request is None:
        raise TaskError(f"FortiGuard offers this device no image of {after}, but {_listing(available)}.")
    warnings = _check_path(call, running, image.release) if params["path_check"] else []
    if call.diff:
        members["diff"] = {side: members[side] for side in ("before", "after")}
    if not call.check:
        request = Request("POST", _UPGRADE, json=image.request, timeout=FILE_SECONDS)
        _answer, waited = restart(call.client, request, seconds, check=_check_acceptance)
        if waited is not None:
            members["restart"] = waited.as_dict()
            if parse_release(waited.after.release) != image.release:
                raise TaskError(
                    f"The device restarted with FortiOS {waited.after.release}, not {after}. Look at its event log."
                )
    return Answer(members, warnings)


def _image_in_file(src: str, version: str | None) -> _Image:
    """The image in a file, whose name should tell its release."""
    content = file_content("src", src)
    name = content.path.name
    found = _IMAGE_NAME.search(name)
    if not version and not found:
        raise TaskError(f"src: the name {name} does not tell a release. Give it with version.")
    release = _parsed(version) if version else parse_release(found[1] if found else "")
    if found and parse_release(found[1]) != release:
        raise TaskError(f"src: {name} is an image of {found[1]}, but version says {release_text(release)}.")
    return _Image(release, {"source": "upload", "filename": name, "file_content": content})


def _image_of_fortiguard(identity: str | None, version: str | None, available: list[Mapping[str, Any]]) -> _Image:
    """The image with that identity, or of that release."""
    wanted = _parsed(version) if version else None
    for item in available:
        release = _release_of(item)
        if (item.get("id") == identity) if identity else (release == wanted):
            if wanted not in (None, release):
                raise TaskError(f"id: {identity} is an image of {release_text(release)}, but version says {version}.")
            return _Image(release, {"source": "fortiguard", "filename": item.get("id")})
    if identity or wanted is None:
        raise TaskError(f"id: FortiGuard offers this device no image {identity}, but {_listing(available)}.")
    return _Image(wanted, None)


def _check_path(call: Call, running: Release, wanted: Release) -> list[str]:
    """What cannot be checked of the way to a release.

    :raises TaskError: it is no supported step
    """
    steps = results(call.client.get(_PATHS), _PATHS) or []
    if not steps:
        return ["The device knows no upgrade paths, so that nothing says whether this upgrade is a supported step."]
    way = _way(running, wanted, steps)
    if way is None:
        raise TaskError(
            f"No supported way leads from FortiOS {release_text(running)} to {release_text(wanted)}. "
            "Set path_check: false to install it all the same. Nothing was changed."
        )
    if len(way) > 1:
        raise TaskError(
            f"FortiOS {release_text(running)} cannot be upgraded to {release_text(wanted)} in one step. "
            f"Install {', '.join(map(release_text, way[:-1]))} first. Nothing was changed."
        )
    return []


def _way(start: Release, end: Release, steps: Iterable[Mapping[str, Any]]) -> list[Release] | None:
    """The fewest releases to install one after the other, `end` being the last; None: there is no way."""
    following: dict[Release, list[Release]] = {}
    for step in steps:
        following.setdefault(_release_of(step["from"]), []).append(_release_of(step["to"]))
    ways: dict[Release, list[Release]] = {start: []}
    waiting = deque([start])
    while waiting and end not in ways:
        at = waiting.popleft()
        for release in following.get(at, ()):
            if release not in ways:
                ways[release] = [*ways[at], release]
                waiting.append(release)
    return ways.get(end)


def _check_acceptance(answer: Any) -> None:
    """:raises FortiOSError: the device refused the image"""
    told = answer.get("results") if isinstance(answer, Mapping) else None
    if isinstance(told, Mapping) and told.get("status") == "error":
        raise FortiOSError(
            f"the device refused the image: {told.get('error') or 'it does not say why'}",
            method="POST", path=_UPGRADE, hint="Check that the image is for this model and not damaged",
        )  # fmt: skip


def _release_of(facts: Any) -> Release:
    """The release that a description of an image or of a step names."""
    if isinstance(facts, Mapping) and "major" in facts:
        return parse_release(f"{facts['major']}.{facts['minor']}.{facts['patch']}")
    return parse_release(str(facts["version"] if isinstance(facts, Mapping) else facts))


def _parsed(version: str) -> Release:
    try:
        return parse_release(version)
    except ValueError:
        raise TaskError(f"version: {version!r} is no release such as 7.6.5.") from None


def _listing(available: Iterable[Mapping[str, Any]]) -> str:
    return ", ".join(f"{release_text(_release_of(item))} ({item.get('id')})" for item in available) or "none at all"
