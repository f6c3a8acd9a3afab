# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The scenario of `tests.integration.scenarios` as tasks of a playbook, for the endpoints of ``spread.yml``.

The scenario is played in this process first, against a device of its own: what it calls is recorded and becomes the
tasks. What the tasks returned is then given to the same scenario as if it were being played, so that it judges them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from ansible_collections.hfortix.fortios.plugins.module_utils.ansible.connection import DirectClient
from ansible_collections.hfortix.fortios.plugins.module_utils.ansible.main import call
from generator.samples import Sample, sample
from hfortix_fortios.names import option_name
from hfortix_fortios.schema import Release, Schema, parse_release
from tests.integration.connection.playbook import TaskRun
from tests.integration.scenarios.scenario import Scenario, Seen
from tests.integration.scenarios.test_every_endpoint import ENDPOINTS, schema_class
from tests.simulator.server import Simulator

CMDB = "/api/v2/cmdb/"


@cache
def spread() -> dict[str, dict[str, Any]]:
    """The content of ``spread.yml``."""
    content: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
    return content


def written_sample(
    schema: Schema, release: Release, variant: int = 0, *, existing_key: str | int | None = None
) -> Sample:
    """The row of ``spread.yml``, or that of the generator where there is none."""
    facts = spread()[schema.path]
    if not facts["row"]:
        return sample(schema, release, variant, existing_key=existing_key)
    row = {**facts["row"], **(facts["change"] if variant else {})}
    needs = tuple((path, dict(content)) for path, content in facts.get("needs", ()))
    return Sample(row, row[option_name(schema.mkey)] if schema.mkey else None, needs)


@dataclass(frozen=True)
class Call:
    """One call of a module, and what it returned."""

    path: str
    arguments: dict[str, Any]
    check: bool
    result: dict[str, Any]

    @property
    def module(self) -> str:
        return f"hfortix.fortios.{ENDPOINTS[self.path].module}"


@dataclass
class Recording:
    """The scenarios of some endpoints, played in this process; `calls` are those of all, `ends` where each one ends."""

    device: Simulator
    release: Release
    calls: list[Call] = field(default_factory=list)
    ends: dict[str, int] = field(default_factory=dict)
    _position: int = 0

    @classmethod
    def of(cls, release: str, paths: Iterable[str]) -> Recording:
        """Play the scenarios of `paths` on a simulator of `release`."""
        with Simulator(release, tls=False) as device:
            recording = cls(device, parse_release(release))
            for path in paths:
                schema = ENDPOINTS[path].schema
                Scenario(schema, recording.release, recording._run, recording._seen, written_sample).play()
                recording.ends[path] = len(recording.calls)
        return recording

    def _run(self, path: str, arguments: dict[str, Any], *, check: bool = False) -> dict[str, Any]:
        module = ENDPOINTS[path]
        options = {**arguments, "host": self.device.url, "token": self.device.token}
        result = call(schema_class(module).schema(), module.module, options, DirectClient, check=check, diff=True)
        self.calls.append(Call(path, arguments, check, result))
        return result

    def _seen(self) -> Seen:
        entries = self.device.log()
        fresh, self._position = entries[self._position :], len(entries)
        return fresh

    def tasks(self, **options: Any) -> Iterator[dict[str, Any]]:
        """The calls as tasks, each with `options` beside the arguments of its module.

        What was gathered and written back comes from the result of the task that gathered it.
        """
        origin: dict[int, str] = {}
        for number, item in enumerate(self.calls):
            yield {
                item.module: {**item.arguments, **_gathered_config(item, origin), **options},
                "check_mode": item.check,
                "diff": True,
                **({"register": f"task_{number}"} if "gathered" in item.result else {}),
            }
            gathered = item.result.get("gathered")
            rows = gathered if isinstance(gathered, list) else [gathered] if gathered else []
            singleton = not isinstance(gathered, list)
            for index, row in enumerate(rows):
                origin[id(row)] = f"task_{number}.gathered" + ("" if singleton else f"[{index}]")


def _gathered_config(item: Call, origin: dict[int, str]) -> dict[str, Any]:
    """The `config` option as a template, where it is what an earlier task has gathered."""
    config = item.arguments.get("config")
    if id(config) in origin:
        return {"config": f"{{{{ {origin[id(config)]} }}}}"}
    if isinstance(config, list) and config and all(id(row) in origin for row in config):
        return {"config": f"{{{{ [{', '.join(origin[id(row)] for row in config)}] }}}}"}
    return {}


@dataclass
class Replay:
    """The scenarios of a recording once more, judging what the tasks of a playbook returned and the device saw."""

    recording: Recording
    tasks: Sequence[TaskRun]
    log: Seen
    _next: int = 0
    _unseen: Seen = field(default_factory=list)

    def problems(self) -> Iterator[str]:
        """The endpoints whose tasks did not do what the scenario wants, each with the reason."""
        for path, end in self.recording.ends.items():
            scenario = Scenario(ENDPOINTS[path].schema, self.recording.release, self._run, self._seen, written_sample)
            try:
                scenario.play()
                assert self._next == end, "the scenario took another course"
            except Exception as error:
                yield f"{path}, task {self._next - 1}: {error!r}"
            self._next, self._unseen = end, []

    def differences(self) -> Iterator[str]:
        """Where a task returned something else than the call in this process, member by member."""
        for number, (item, task) in enumerate(zip(self.recording.calls, self.tasks, strict=True)):
            here, there = comparable(item.result), comparable(task.result)
            for name in sorted({*here, *there}):
                if here.get(name) != there.get(name):
                    yield f"{item.path}, task {number}: {name} is {there.get(name)!r}, not {here.get(name)!r}"

    def _run(self, path: str, arguments: dict[str, Any], *, check: bool = False) -> dict[str, Any]:
        asked, task = self.recording.calls[self._next], self.tasks[self._next]
        self._next += 1
        assert (path, check) == (asked.path, asked.check)
        self._unseen += self._requests(task)
        return task.result

    def _seen(self) -> Seen:
        fresh, self._unseen = self._unseen, []
        return fresh

    def _requests(self, task: TaskRun) -> Seen:
        """The requests for configuration that the device saw while a task ran."""
        return [
            entry for entry in self.log if entry["path"].startswith(CMDB) and task.began <= entry["time"] <= task.ended
        ]


#: What a result says of how the module was called, and what differs from device to device.
CIRCUMSTANCES = {"invocation", "deprecations", "uuid", "exception", "action"}


def comparable(value: Any) -> Any:
    """A result without what does not depend on the call alone."""
    if isinstance(value, list):
        return [comparable(item) for item in value]
    if isinstance(value, dict):
        return {
            name: comparable(item)
            for name, item in value.items()
            if name not in CIRCUMSTANCES and not name.startswith("_ansible")
        }
    return value
