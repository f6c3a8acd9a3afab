# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The files that modules send, read, and work with for a while."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ..hfortix_fortios.endpoint import Flow
from ..hfortix_fortios.http.files import FileContent
from ..hfortix_fortios.http.view import View
from ..hfortix_fortios.runner import SyncRunner
from ..hfortix_fortios.validation import Validation
from ..resource.task import TaskError
from .connection import Client

#: Seconds for each wait on the device while it prepares a file, or makes up its mind about one.
FILE_SECONDS = 300.0


def transfer(client: Client, flow: Flow[Any]) -> Any:
    """Carry out a flow of the SDK that moves a file; its result.

    :raises FortiOSError: the device refuses, or the file cannot be read or written
    """
    patient = View(client, lambda request: replace(request, timeout=FILE_SECONDS))
    return SyncRunner(patient, {}, Validation("off")).run(flow)


@contextmanager
def private_folder() -> Iterator[Path]:
    """A folder for the time being that nobody else can look into."""
    with TemporaryDirectory(prefix="fortios-") as path:
        yield Path(path)


def content_of(option: str, path: str) -> bytes:
    """The content of the file that an option names.

    :raises TaskError: it cannot be read
    """
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise TaskError(f"{option}: cannot read {path}: {error.strerror}.") from error


def file_content(option: str, path: str) -> FileContent:
    """The file that an option names, to be sent.

    :raises TaskError: there is no such file, or it cannot be read
    """
    if not path:
        raise TaskError(f"{option}: is empty. Name the file.")
    if not os.path.isfile(path):
        raise TaskError(f"{option}: there is no file {path}.")
    if not os.access(path, os.R_OK):
        raise TaskError(f"{option}: {path} cannot be read. Check its permissions.")
    return FileContent(os.path.abspath(path))
