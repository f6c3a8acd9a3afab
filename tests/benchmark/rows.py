# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is measured, each with the bar that it has to clear."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from tests.simulator.catalogue import paths
from tests.simulator.catalogue import schema as schema_of

from .device import ROOT, Device, Seen
from .play import BIN, OURS, THEIRS, Plays, Task, Times, Whose
from .profile import seconds_by_part

HERE = Path(__file__).parent
HFORTIX_PYTHON = ROOT / ".cache/bench/hfortix/bin/python"
ADDRESS = "/api/v2/cmdb/firewall/address"

#: The release of the simulated device.
RELEASE = (7, 6, 5)
#: Objects of a loop, and of a task that writes many.
LOOP, MANY, MOST = 50, 1000, 10_000
#: Requests in flight that raw httpx is tried with.
WIDTHS = (4, 10, 32)


@dataclass
class Row:
    """One row of the result. `values` are told as they are; `met` is None where there is no bar."""

    name: str
    latency: float
    values: dict[str, str]
    bar: str = ""
    met: bool | None = None
    #: Seconds per object or task by who took them, for the picture.
    picture: dict[str, float] = field(default_factory=dict)
    load: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass
class Bench:
    """What rows share: the device, the playbooks, how often to repeat, and what earlier rows have found."""

    device: Device
    plays: Plays
    latency: float = 0.0
    runs: int = 5
    runs_theirs: int = 3
    #: Divides the numbers of objects, to try the benchmark itself.
    scale: int = 1
    known: dict[str, float] = field(default_factory=dict)

    def size(self, count: int) -> int:
        return max(4, count // self.scale)

    def reset(self) -> None:
        self.device.reset(self.latency)

    def best(self, run: Callable[[], float], runs: int) -> float:
        """The fastest of `runs`: what else goes on in a machine only ever makes it slower."""
        return min(run() for _ in range(runs))

    def play(self, whose: Whose, tasks: Sequence[Task], variables: Mapping[str, Any] | None = None) -> float:
        return self.plays.seconds(whose, tasks, variables)

    def times(self, whose: Whose, tasks: Sequence[Task], variables: Mapping[str, Any] | None = None) -> Times:
        return self.plays.times(whose, tasks, variables)

    def keep(self, name: str, value: float) -> None:
        """Remember a figure that a later row compares itself with."""
        self.known[f"{name} at {self.latency:g} ms"] = value

    def found(self, name: str) -> float:
        """What an earlier row found; not a number where that row was not run."""
        return self.known.get(f"{name} at {self.latency:g} ms", float("nan"))


# What the playbooks consist of


def addresses(count: int) -> list[dict[str, str]]:
    return [{"name": f"host-{number}", "subnet": f"10.{number >> 8}.{number & 255}.1/32"} for number in range(count)]


#: Starts the play's connection, so that this is not in the time of the tasks after it, for either collection.
CONNECT: dict[Whose, Task] = {
    "ours": {f"{OURS}.system_dns": {"state": "gathered"}},
    "theirs": {f"{THEIRS}.fortios_configuration_fact": {"selector": "system_dns"}},
}


def loop_task(whose: Whose, count: int) -> Task:
    ours = {f"{OURS}.firewall_address": {"config": ["{{ item }}"]}}
    fields = {"name": "{{ item.name }}", "subnet": "{{ item.subnet }}"}
    theirs = {f"{THEIRS}.fortios_firewall_address": {"state": "present", "firewall_address": fields}}
    return {**(ours if whose == "ours" else theirs), "loop": addresses(count)}


BULK: Task = {f"{OURS}.firewall_address": {"config": "{{ rows }}"}}


# The rows


def loops(bench: Bench) -> Iterator[Row]:
    """A loop over single addresses, the way that is open to the other collection."""
    count = bench.size(LOOP)
    seconds: dict[tuple[Whose, str], float] = {}
    whole: dict[tuple[Whose, str], float] = {}
    seen: dict[tuple[Whose, str], Seen] = {}
    writes = 0
    for whose in ("ours", "theirs"):
        runs = bench.runs if whose == "ours" else bench.runs_theirs
        tasks = [CONNECT[whose], loop_task(whose, count)]
        times: dict[str, list[Times]] = {"create": [], "no change": []}
        for _ in range(runs):
            bench.reset()
            bench.device.seen()
            for what, found in times.items():
                found.append(bench.times(whose, tasks))
                seen[whose, what] = bench.device.seen()
            if whose == "ours":
                writes += seen[whose, "no change"].writes
        for what, found in times.items():
            whole[whose, what] = min(time.whole for time in found)
            seconds[whose, what] = min(time.beyond_start for time in found)
        bench.keep(f"{whose} loop create", seconds[whose, "create"] / count)
    for what in ("create", "no change"):
        ratio = seconds["theirs", what] / seconds["ours", what]
        yield Row(
            f"loop of {count} addresses, {what}",
            bench.latency,
            {
                OURS: f"{seconds['ours', what]:.2f} s ({_ms(seconds['ours', what] / count)} each)",
                THEIRS: f"{seconds['theirs', what]:.1f} s ({_ms(seconds['theirs', what] / count)} each)",
                "ratio": f"{ratio:.0f}",
                "whole command": f"{whole['ours', what]:.2f} s against {whole['theirs', what]:.1f} s, "
                f"ratio {whole['theirs', what] / whole['ours', what]:.0f}",
                "requests of the whole command": " against ".join(
                    f"{len(seen[whose, what].requests)} over {seen[whose, what].tls_connections} TLS connections"
                    for whose in ("ours", "theirs")
                ),
                **({"writes": str(writes)} if what == "no change" else {}),
            },
            "40 times faster" + (", no write" if what == "no change" else ""),
            ratio >= 40 and (what == "create" or writes == 0),
            {
                f"{THEIRS}, loop": seconds["theirs", what] / count,
                f"{OURS}, loop": seconds["ours", what] / count,
            }
            if what == "create"
            else {},
        )


def one_task(bench: Bench) -> Iterator[Row]:
    """Many addresses in one task, beside raw httpx with the very same requests."""
    count = bench.size(MANY)
    runs = [_bulk(bench, count) for _ in range(bench.runs)]
    create, same = (min(run.create for run in runs), min(run.same for run in runs))
    seen_create, seen_same = runs[-1].seen_create, runs[-1].seen_same
    each = create / count
    raw = raw_times(bench, [entry for entry in seen_create.requests if entry["method"] == "POST"])
    fastest = min(raw, key=lambda name: raw[name])
    loop = bench.found("theirs loop create")
    yield Row(
        f"{count} addresses in one task, create",
        bench.latency,
        {
            OURS: f"{create:.2f} s ({_ms(each)} each)",
            "per object, against the loop": f"{loop / each:.0f} times",
            "requests": f"{len(seen_create.requests)}, {seen_create.tls_connections} TLS connections",
            **{f"raw httpx, {name}": f"{seconds:.2f} s" for name, seconds in raw.items()},
            "ratio to the fastest": f"{create / raw[fastest]:.2f} ({fastest})",
        },
        "500 times faster per object than the loop; at most 1.5 times the fastest raw httpx",
        loop / each >= 500 and create <= 1.5 * raw[fastest],
        {f"{OURS}, one task": each, "raw httpx": raw[fastest] / count},
    )
    yield Row(
        f"{count} addresses in one task, no change",
        bench.latency,
        {OURS: f"{same:.2f} s", "requests": f"{seen_same.count('GET')} GET, {seen_same.writes} writes"},
        "one GET; under 1 s",
        same < 1 and seen_same.count("GET") == 1 and seen_same.writes == 0,
    )


def linear(bench: Bench) -> Iterator[Row]:
    """Ten times as many: the time must grow with the number, not with its square."""
    count, fewer = bench.size(MOST), bench.size(MANY)
    # Both in turn, so that they are measured in the same minutes.
    runs = [(_bulk(bench, fewer), _bulk(bench, count)) for _ in range(max(3, bench.runs // 2))]
    create, same = (min(many.create for _few, many in runs), min(many.same for _few, many in runs))
    growth = {
        "create": create / count / (min(few.create for few, _many in runs) / fewer),
        "no change": same / count / (min(few.same for few, _many in runs) / fewer),
    }
    bench.reset()
    variables = {"rows": addresses(count)}
    memory = bench.plays.memory("ours", [CONNECT["ours"], BULK], variables)
    again = bench.plays.memory("ours", [CONNECT["ours"], BULK], variables)
    peaks = {name: max(memory[name], again.get(name, 0.0)) for name in memory}
    yield Row(
        f"{count} addresses in one task",
        bench.latency,
        {
            f"{OURS}, create": f"{create:.1f} s ({_ms(create / count)} each)",
            f"{OURS}, no change": f"{same:.1f} s ({_ms(same / count)} each)",
            **{f"time each, {what}, to that of {fewer}": f"{value:.2f}" for what, value in growth.items()},
            "memory": ", ".join(f"{name} {peak:.0f} MiB" for name, peak in peaks.items()),
        },
        "linear in the number within 20 %; memory of every process stated",
        all(value <= 1.2 for value in growth.values()),
    )


class _Bulk(NamedTuple):
    """What a task with many objects took, in seconds, and sent: creating all of them, and changing none."""

    create: float
    same: float
    seen_create: Seen
    seen_same: Seen


def _bulk(bench: Bench, count: int) -> _Bulk:
    tasks, variables = [CONNECT["ours"], BULK], {"rows": addresses(count)}
    bench.reset()
    bench.device.seen()
    create = bench.times("ours", tasks, variables)
    seen_create = bench.device.seen()
    same = bench.times("ours", tasks, variables)
    seen_same = bench.device.seen()
    seen = _without_connect(seen_create), _without_connect(seen_same)
    return _Bulk(create.beyond_start, same.beyond_start, *seen)


def _without_connect(seen: Seen) -> Seen:
    return Seen([entry for entry in seen.requests if entry["path"].startswith(ADDRESS)], seen.tls_connections)


#: A module, an object that it creates or sets, in an order that references allow.
TWENTY: tuple[tuple[str, dict[str, Any]], ...] = (
    ("firewall_address", {"name": "bench", "subnet": "192.0.2.0/24"}),
    ("firewall_address6", {"name": "bench6", "ip6": "2001:db8::/32"}),
    ("firewall_addrgrp", {"name": "bench-group", "member": ["bench"]}),
    ("firewall_service_custom", {"name": "bench-service", "tcp_portrange": ["8080"]}),
    ("firewall_service_group", {"name": "bench-services", "member": ["bench-service"]}),
    ("firewall_schedule_recurring", {"name": "bench-week", "day": ["monday", "friday"]}),
    ("firewall_ippool", {"name": "bench-pool", "startip": "192.0.2.10", "endip": "192.0.2.20"}),
    ("firewall_vip", {"name": "bench-vip", "extip": "198.51.100.1", "mappedip": ["192.0.2.1"], "extintf": "any"}),
    ("firewall_shaper_traffic_shaper", {"name": "bench-shaper", "maximum_bandwidth": 1000}),
    ("user_local", {"name": "bench-user", "type": "password", "passwd": "Secret-of-a-benchmark-1"}),
    ("user_group", {"name": "bench-users", "member": ["bench-user"]}),
    ("router_prefix_list", {"name": "bench-prefixes"}),
    ("router_access_list", {"name": "bench-access"}),
    ("system_accprofile", {"name": "bench-profile", "netgrp": "read"}),
    ("webfilter_profile", {"name": "bench-web"}),
    ("antivirus_profile", {"name": "bench-av"}),
    ("system_ntp", {"syncinterval": 30}),
    ("system_dns", {"primary": "192.0.2.53"}),
    ("log_setting", {"resolve_ip": "enable"}),
    ("system_session_ttl", {"default": "1800"}),
)
SINGLETONS = frozenset({"system_ntp", "system_dns", "log_setting", "system_session_ttl"})


def twenty(bench: Bench) -> Iterator[Row]:
    """As many modules as tasks: nothing is shared between them but the connection.

    Before each task stands one that does nothing, so that both are timed in the same run.
    """
    tasks: list[Task] = []
    for name, item in TWENTY:
        arguments = {"config": item if name in SINGLETONS else [item]}
        tasks += [{"nothing": arguments}, {f"{OURS}.{name}": arguments}]
    empty: list[float] = []
    times: dict[str, list[float]] = {"create": [], "no change": []}
    seen: dict[str, Seen] = {}
    for _ in range(bench.runs):
        bench.reset()
        bench.device.seen()
        for what, found in times.items():
            _connect, *spans = bench.times("ours", [CONNECT["ours"], *tasks]).tasks
            seen[what] = bench.device.seen()
            empty.append(sum(spans[0::2]) / len(TWENTY))
            found.append(sum(spans[1::2]) / len(TWENTY))
    beyond = {what: min(found) - min(empty) for what, found in times.items()}
    usual = {what: median(found) - median(empty) for what, found in times.items()}
    # A request takes at least the device's latency, which is none of ours; one of them is that of the first task.
    waited = {what: (len(seen[what].requests) - 1) / len(TWENTY) * bench.latency / 1000 for what in times}
    own = {what: beyond[what] - waited[what] for what in times}
    yield Row(
        f"{len(TWENTY)} different modules in one play",
        bench.latency,
        {
            "an empty task": _ms(min(empty)),
            **{
                f"a task beyond an empty one, {what}": f"{_ms(beyond[what])} (median of runs {_ms(usual[what])})"
                for what in times
            },
            **(
                {f"less the device's latency, {what}": _ms(value) for what, value in own.items()}
                if bench.latency
                else {}
            ),
            "TLS connections": str(seen["create"].tls_connections),
            "writes when nothing changes": str(seen["no change"].writes),
        },
        "one TLS connection; under 15 ms a task beyond an empty action plugin",
        seen["create"].tls_connections == 1 and seen["no change"].writes == 0 and max(own.values()) < 0.015,
    )


def ordered(bench: Bench) -> Iterator[Row]:
    """Policies in order, reversed, and one taken to the front: rows that are in order already stay where they are."""
    count = bench.size(100)

    def policies(numbers: Sequence[int]) -> Task:
        return {
            f"{OURS}.firewall_policy": {
                "ordered": True,
                "config": [
                    {
                        "name": f"policy-{number}", "srcintf": ["any"], "dstintf": ["any"], "srcaddr": ["all"],
                        "dstaddr": ["all"], "service": ["ALL"], "schedule": "always", "action": "accept",
                    }
                    for number in numbers
                ],
            }
        }  # fmt: skip

    listed = list(range(1, count + 1))
    steps = {
        "created": listed,
        "reversed": listed[::-1],
        "the last one first": [1, *listed[:0:-1]],
    }
    fewest = {"created": 0, "reversed": count - 1, "the last one first": 1}
    bench.reset()
    values: dict[str, str] = {}
    met = True
    for what, numbers in steps.items():
        tasks = [CONNECT["ours"], policies(numbers)]
        bench.device.seen()
        seconds = bench.times("ours", tasks).beyond_start
        seen = bench.device.seen()
        bench.play("ours", tasks)
        writes = bench.device.seen().writes
        moves = sum(entry["query"].get("action") == "move" for entry in seen.requests)
        values[what] = f"{seconds:.2f} s, {moves} moves, fewest {fewest[what]}; again: {writes} writes"
        met = met and moves == fewest[what] and writes == 0
    yield Row(f"{count} ordered policies", bench.latency, values, "fewest moves, each idempotent", met)


def gathered(bench: Bench) -> Iterator[Row]:
    """The configuration as it is, endpoint by endpoint."""
    names = _endpoints(bench.size(100))
    tasks: list[Task] = [{f"{OURS}.{ours}": {"state": "gathered"}} for ours, _theirs in names]
    half = names[: len(names) // 2]
    theirs: Task = {
        f"{THEIRS}.fortios_configuration_fact": {"selector": "{{ item }}"},
        "loop": [selector for _ours, selector in half],
    }
    work: dict[Whose, tuple[list[Task], int]] = {"ours": (tasks, bench.runs), "theirs": ([theirs], bench.runs_theirs)}
    bench.reset()
    seconds = {
        whose: min(bench.times(whose, [CONNECT[whose], *some]).beyond_start for _ in range(runs))
        for whose, (some, runs) in work.items()
    }
    seconds["theirs"] *= len(names) / len(half)
    ratio = seconds["theirs"] / seconds["ours"]
    yield Row(
        f"gathered of {len(names)} endpoints",
        bench.latency,
        {
            OURS: f"{seconds['ours']:.2f} s ({_ms(seconds['ours'] / len(names))} each)",
            THEIRS: f"{seconds['theirs']:.1f} s ({_ms(seconds['theirs'] / len(names))} each; {len(half)} measured)",
            "ratio": f"{ratio:.1f}",
        },
        "20 times faster than fortios_configuration_fact in a loop",
        ratio >= 20,
    )


def _endpoints(count: int) -> list[tuple[str, str]]:
    """Module and selector of endpoints that both collections know, spread over the alphabet."""
    text = subprocess.run(
        [BIN / "ansible-doc", "-j", f"{THEIRS}.fortios_configuration_fact"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    document = json.loads(text)[f"{THEIRS}.fortios_configuration_fact"]["doc"]
    selectors = {
        name.replace("-", "_").replace(".", "_").lower(): name for name in document["options"]["selector"]["choices"]
    }
    schemas = [schema for path in paths() if (schema := schema_of(path)) is not None]
    there = {schema.name for schema in schemas if RELEASE in schema.versions}
    both = sorted(there & selectors.keys())
    return [(both[index * len(both) // count], selectors[both[index * len(both) // count]]) for index in range(count)]


def sdk(bench: Bench) -> Iterator[Row]:
    """The same writes from Python, without Ansible."""
    count = bench.size(MANY)
    requests = [
        {
            "method": "POST",
            "path": ADDRESS,
            "query": {},
            "body": {"name": row["name"], "subnet": _dotted(row["subnet"])},
        }
        for row in addresses(count)
    ]
    raw = raw_times(bench, requests)
    fastest = min(raw, key=lambda name: raw[name])
    ways: tuple[tuple[str, Path, str, int], ...] = (
        ("this SDK, post in a loop", Path(sys.executable), "endpoint_sync", 1),
        ("this SDK, async, 10 in flight", Path(sys.executable), "endpoint_async", 10),
        ("this SDK, batch", Path(sys.executable), "batch", 0),
        ("HFortix, post in a loop", HFORTIX_PYTHON, "endpoint_sync", 1),
        ("HFortix, async, 10 in flight", HFORTIX_PYTHON, "endpoint_async", 10),
    )
    times = {name: _sdk_best(bench, python, way, requests, width) for name, python, way, width in ways}
    best = min(seconds for name, seconds in times.items() if name.startswith("this SDK"))
    yield Row(
        f"{count} addresses from Python",
        bench.latency,
        {
            **{name: f"{seconds:.2f} s" for name, seconds in times.items()},
            **{f"raw httpx, {name}": f"{seconds:.2f} s" for name, seconds in raw.items()},
            "best of ours to the fastest raw httpx": f"{best / raw[fastest]:.2f}",
        },
    )


def _dotted(subnet: str) -> str:
    return subnet.replace("/32", " 255.255.255.255")


def raw_times(bench: Bench, requests: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """The time that raw httpx takes for the same requests."""
    here = Path(sys.executable)
    times = {"in sequence": _sdk_best(bench, here, "raw_sync", requests, 1)}
    for width in WIDTHS:
        times[f"async, {width} in flight"] = _sdk_best(bench, here, "raw_async", requests, width)
    return times


def _sdk_best(bench: Bench, python: Path, way: str, requests: Sequence[Mapping[str, Any]], width: int) -> float:
    job = {
        "way": way, "url": bench.device.url, "ca": str(bench.device.ca), "token": bench.device.token,
        "read": f"{ADDRESS}?count=1", "width": width,
        "requests": [{name: entry[name] for name in ("method", "path", "query", "body")} for entry in requests],
    }  # fmt: skip

    def run() -> float:
        bench.reset()
        done = subprocess.run(
            [python, HERE / "sdk.py"], input=json.dumps(job) + "\n", capture_output=True, text=True, check=False,
            env={**os.environ, "SSL_CERT_FILE": str(bench.device.ca)},
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        created = [entry for entry in bench.device.seen().requests if entry["method"] == "POST"]
        if any(entry["status"] != 200 for entry in created) or len(created) < len(requests):
            raise RuntimeError(f"{way}: {len(created)} of {len(requests)} writes came in")
        return float(json.loads(done.stdout.splitlines()[-1])["seconds"])

    return bench.best(run, bench.runs)


def where(bench: Bench) -> Iterator[Row]:
    """Where the time goes that is left."""
    count = bench.size(MANY)
    rows, one = {"rows": addresses(count)}, {"rows": addresses(1)}
    for name, variables, fresh in (
        (f"{count} addresses in one task, create", rows, True),
        (f"{count} addresses in one task, no change", rows, False),
        ("one address, create", one, True),
    ):
        if fresh:
            bench.reset()
        parts = seconds_by_part(bench.plays, [CONNECT["ours"], BULK], variables)
        yield Row(f"where the time goes: {name}", bench.latency, {part: _ms(value) for part, value in parts.items()})


def start_up(bench: Bench) -> Iterator[Row]:
    """What a user waits for before anything happens."""
    folder = ROOT / ".venv/lib"
    theirs_modules = next(folder.glob("python3*/site-packages/ansible_collections/fortinet/fortios/plugins/modules"))
    largest = {
        OURS: max((ROOT / "plugins/modules").glob("*.py"), key=lambda path: path.stat().st_size).stem,
        THEIRS: max(theirs_modules.glob("*.py"), key=lambda path: path.stat().st_size).stem,
    }
    environment = {**os.environ, "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".collections")}

    def doc(*arguments: str) -> float:
        def run() -> float:
            began = time.perf_counter()
            subprocess.run([BIN / "ansible-doc", *arguments], env=environment, capture_output=True, check=True)
            return time.perf_counter() - began

        return bench.best(run, bench.runs)

    def module(whose: Whose) -> float:
        bench.reset()
        return bench.best(lambda: bench.play(whose, [CONNECT[whose]]), bench.runs)

    figures = {
        "ansible-doc -l": (doc("-l", OURS), doc("-l", THEIRS)),
        f"ansible-doc {largest[OURS]}, {largest[THEIRS]}": (
            doc(f"{OURS}.{largest[OURS]}"),
            doc(f"{THEIRS}.{largest[THEIRS]}"),
        ),
        "a playbook with one module": (module("ours"), module("theirs")),
        "a playbook without any": (bench.best(lambda: bench.play("ours", [{"nothing": {}}]), bench.runs),) * 2,
    }
    yield Row(
        "start-up",
        bench.latency,
        {name: f"{ours:.2f} s, {THEIRS} {theirs:.2f} s" for name, (ours, theirs) in figures.items()},
    )


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 0.1 else f"{seconds * 1000:.0f} ms"


#: In the order in which they compare themselves with each other.
ROWS: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "loops": loops, "one_task": one_task, "linear": linear, "twenty": twenty, "ordered": ordered, "gathered": gathered,
    "sdk": sdk, "start_up": start_up, "where": where,
}  # fmt: skip
#: Measured without latency only: it would say nothing new.
WITHOUT_LATENCY = frozenset({"start_up"})
