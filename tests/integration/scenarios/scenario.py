# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""One scenario for every configuration endpoint, independent of how the modules are called.

Create or set, again without a change, check mode without a write, change, read and write back, delete. The caller
gives a function that runs a module and one that returns the requests which the device has seen since.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from generator.samples import NoSample, Sample, sample
from hfortix_fortios.schema import Release, Schema

Seen = list[dict[str, Any]]


class RunModule(Protocol):
    """Runs the module of the endpoint at `path` and returns its result."""

    def __call__(self, path: str, arguments: dict[str, Any], *, check: bool = False) -> dict[str, Any]: ...


class Query(Protocol):
    """Reads the endpoint at `path` with the module `query` and returns what it holds, in the form of `config`."""

    def __call__(self, path: str) -> Any: ...


class MakeSample(Protocol):
    """Makes the row to write, and with `variant` 1 the changed one; see `generator.samples.sample`."""

    def __call__(
        self, schema: Schema, release: Release, variant: int = 0, *, existing_key: str | int | None = None
    ) -> Sample: ...


@dataclass(frozen=True)
class Scenario:
    """`seen` returns the requests since it was last called. With `query`, what is read is read in both ways."""

    schema: Schema
    release: Release
    run: RunModule
    seen: Callable[[], Seen]
    sample: MakeSample = sample
    query: Query | None = None

    def play(self) -> None:
        """Go through all steps. An endpoint that has nothing to write is read, and written back as it is."""
        existing = self._existing_key()
        try:
            first, second = (
                self.sample(self.schema, self.release, variant, existing_key=existing) for variant in (0, 1)
            )
        except NoSample:
            self._read_only()
            return
        if self.schema.predefined and list(first.row) == [self.schema.key.option]:
            self._read_only()
            return
        self._prepare(first, second)
        changed = [self._converge(first)]
        if second.row != first.row:
            changed.append(self._converge(second))
        assert any(changed), "nothing to change: the sample is no test"
        self._write_back(second)
        if self.schema.is_table and not self.schema.predefined:
            assert changed[0], "the row was there before"
            self._delete(second)

    def _read_only(self) -> None:
        self.seen()
        gathered = self._succeed(self._call({"state": "gathered"}))["gathered"]
        assert [entry["method"] for entry in self.seen()] == ["GET"]
        self._agrees(gathered)
        self._write_nothing(gathered)

    def _existing_key(self) -> str | int | None:
        """A key that the device has, where rows belong to the device."""
        if not (self.schema.is_table and self.schema.predefined):
            return None
        rows = self._succeed(self._call({"state": "gathered"}))["gathered"]
        assert rows, f"the device has no row in {self.schema.path}"
        key: str | int = rows[0][self.schema.key.option]
        return key

    def _prepare(self, *samples: Sample) -> None:
        for path, row in (need for item in samples for need in item.needs):
            self._succeed(self.run(path, {"config": [row]}))

    def _config(self, item: Sample) -> Any:
        return [item.row] if self.schema.is_table else item.row

    def _converge(self, item: Sample) -> bool:
        """Bring the sample about; return whether that was a change."""
        task = {"config": self._config(item), "state": "merged"}
        self.seen()
        foretold = self._succeed(self._call(task, check=True))
        assert not _writes(self.seen()), "check mode wrote"
        done = self._succeed(self._call(task))
        assert _writes(self.seen()) if done["changed"] else not _writes(self.seen())
        assert foretold["changed"] == done["changed"]
        assert foretold["before"] == done["before"]
        assert foretold["after"] == done["after"]
        self._unchanged(task)
        return bool(done["changed"])

    def _unchanged(self, task: dict[str, Any]) -> None:
        self.seen()
        again = self._succeed(self._call(task))
        assert [entry["method"] for entry in self.seen()] == ["GET"], "a repeated run makes one GET"
        assert not again["changed"]
        assert again["before"] == again["after"]

    def _write_back(self, item: Sample) -> None:
        """What is gathered is taken as it is by merged and, for this object, by replaced."""
        gathered = self._succeed(self._call({"state": "gathered"}))["gathered"]
        self._agrees(gathered)
        if self.schema.is_table:
            key = self.schema.key.option
            gathered = [row for row in gathered if str(row[key]) == str(item.key)]
            assert len(gathered) == 1
        self._write_nothing(gathered)

    def _write_nothing(self, gathered: Any) -> None:
        for state in ("merged", "replaced"):
            self._unchanged({"config": gathered, "state": state})

    def _agrees(self, gathered: Any) -> None:
        """The module `query` reads what the endpoint's own module gathers."""
        assert self.query is None or self.query(self.schema.path) == gathered

    def _delete(self, item: Sample) -> None:
        task = {"config": [{self.schema.key.option: item.key}], "state": "deleted"}
        foretold = self._succeed(self._call(task, check=True))
        assert foretold["changed"]
        done = self._succeed(self._call(task))
        assert done["changed"]
        assert done["after"] == []
        self._unchanged(task)

    def _call(self, arguments: dict[str, Any], *, check: bool = False) -> dict[str, Any]:
        return self.run(self.schema.path, arguments, check=check)

    def _succeed(self, result: dict[str, Any]) -> dict[str, Any]:
        assert not result.get("failed"), result.get("msg")
        assert not result.get("warnings"), result["warnings"]
        return result


def _writes(entries: Seen) -> Seen:
    return [entry for entry in entries if entry["method"] != "GET"]
