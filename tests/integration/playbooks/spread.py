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

from ansible_collections.hfortix.fortios.plugins.module_utils.bridge import configuration
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.connection import DirectClient
from ansible_collections.hfortix.fortios.plugins.module_utils.bridge.main import call
from generator.samples import Sample, sample
from hfortix_fortios.names import option_name
from hfortix_fortios.schema import Release, Schema, parse_release
from tests.integration.connection.playbook import Run
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


class KeptClient(DirectClient):
    """A client for many calls."""

    def close(self) -> None:
        """Not yet: the next call uses it again."""


@dataclass
class Recording:
    """The scenarios of some endpoints, played in this process; `calls` are those of all, `ends` where each one ends."""

    device: Simulator
    client: KeptClient
    release: Release
    calls: list[Call] = field(default_factory=list)
    ends: dict[str, int] = field(default_factory=dict)
    _position: int = 0

    @classmethod
    def of(cls, release: str, paths: Iterable[str]) -> Recording:
        """Play the scenarios of `paths` on a simulator of `release`."""
        with Simulator(release, tls=False) as device:
            client = KeptClient({"host": device.url, "token": device.token})
            recording = cls(device, client, parse_release(release))
            for path in paths:
                schema = ENDPOINTS[path].schema
                Scenario(schema, recording.release, recording._run, recording._seen, written_sample).play()
                recording.ends[path] = len(recording.calls)
            DirectClient.close(client)
        return recording

    def _run(self, path: str, arguments: dict[str, Any], *, check: bool = False) -> dict[str, Any]:
        module = ENDPOINTS[path]
        schema = schema_class(module).schema()
        result = call(
            configuration.job_for(schema), module.module, arguments, lambda params: self.client, check=check, diff=True
        )
        self.calls.append(Call(path, arguments, check, result))
        return result

    def _seen(self) -> Seen:
        entries = self.device.log()
        fresh, self._position = entries[self._position :], len(entries)
        return fresh

    def tasks(self, **options: Any) -> Iterator[dict[str, Any]]:
        """The calls as tasks, each with `options` beside the arguments of its module.

        Calls of one module are the items of a loop, which costs a fraction of as many tasks. A loop ends where
        something is gathered: what is written back then comes from the result of that very task.
        """
        origin: dict[int, str] = {}
        for number, group in enumerate(self._groups()):
            names = sorted({name for item in group for name in item.arguments})
            task = {
                group[0].module: {**{name: f"{{{{ item.{name} | default(omit) }}}}" for name in names}, **options},
                "check_mode": "{{ item.check }}",
                "diff": True,
                "loop": [{**_arguments(item, origin), "check": item.check} for item in group],
            }
            if "gathered" in group[-1].result:
                task["register"] = f"group_{number}"
                last = f"group_{number}.results[{len(group) - 1}].gathered"
                _remember(group[-1].result["gathered"], last, origin)
            yield task

    def _groups(self) -> Iterator[list[Call]]:
        group: list[Call] = []
        for item in self.calls:
            if group and (group[-1].path != item.path or "gathered" in group[-1].result):
                yield group
                group = []
            group.append(item)
        yield group


def _remember(gathered: Any, expression: str, origin: dict[int, str]) -> None:
    """Note where what was gathered can be had in a template: the whole, and each row."""
    origin[id(gathered)] = expression
    if isinstance(gathered, list):
        origin |= {id(row): f"{expression}[{index}]" for index, row in enumerate(gathered)}


def _arguments(item: Call, origin: dict[int, str]) -> dict[str, Any]:
    """The arguments of a call, with a template for the `config` that was gathered before."""
    config = item.arguments.get("config")
    if id(config) in origin:
        return {**item.arguments, "config": f"{{{{ {origin[id(config)]} }}}}"}
    if isinstance(config, list) and config and all(id(row) in origin for row in config):
        return {**item.arguments, "config": f"{{{{ [{', '.join(origin[id(row)] for row in config)}] }}}}"}
    return item.arguments


@dataclass
class Replay:
    """The scenarios of a recording once more, judging what the tasks of a playbook returned and the device saw."""

    recording: Recording
    results: Sequence[dict[str, Any]]
    requests: Sequence[Seen]
    _next: int = 0
    _unseen: Seen = field(default_factory=list)

    @classmethod
    def of(cls, recording: Recording, run: Run, device: Simulator) -> Replay:
        """What `run` did with the tasks of `recording` on `device`.

        Each call begins by reading the endpoint once. So as many reads as calls means one read a call: without any,
        none could tell what there is.
        """
        results = [item for (task,) in run.tasks for item in task.result["results"]]
        requests: list[Seen] = []
        for entry in device.log():
            if entry["path"].startswith(CMDB):
                if entry["method"] == "GET" and "action" not in entry["query"]:
                    requests.append([])
                requests[-1].append(entry)
        assert len(results) == len(recording.calls)
        assert len(requests) == len(recording.calls)
        return cls(recording, results, requests)

    def problems(self) -> Iterator[str]:
        """The endpoints whose tasks did not do what the scenario wants, each with the reason."""
        for path, end in self.recording.ends.items():
            scenario = Scenario(ENDPOINTS[path].schema, self.recording.release, self._run, self._seen, written_sample)
            try:
                scenario.play()
                assert self._next == end, "the scenario took another course"
            except Exception as error:
                yield f"{path}, call {self._next - 1}: {error!r}"
            self._next, self._unseen = end, []

    def differences(self) -> Iterator[str]:
        """Where a task returned something else than the call in this process, member by member."""
        for number, (item, result) in enumerate(zip(self.recording.calls, self.results, strict=True)):
            here, there = comparable(item.result), comparable(result)
            for name in sorted({*here, *there}):
                if here.get(name) != there.get(name):
                    yield f"{item.path}, call {number}: {name} is {there.get(name)!r}, not {here.get(name)!r}"

    def _run(self, path: str, arguments: dict[str, Any], *, check: bool = False) -> dict[str, Any]:
        number, self._next = self._next, self._next + 1
        asked = self.recording.calls[number]
        assert (path, check) == (asked.path, asked.check)
        self._unseen += self.requests[number]
        return self.results[number]

    def _seen(self) -> Seen:
        fresh, self._unseen = self._unseen, []
        return fresh


#: What a result says of how the module was called, and what differs from device to device.
CIRCUMSTANCES = {"invocation", "deprecations", "uuid", "exception", "action", "failed", "item"}


def comparable(value: Any) -> Any:
    """A result without what does not depend on the call alone."""
    if isinstance(value, list):
        return [comparable(item) for item in value]
    if isinstance(value, dict):
        return {
            name: comparable(item)
            for name, item in value.items()
            if name not in CIRCUMSTANCES and not name.startswith(("_ansible", "ansible_loop"))
        }
    return value
