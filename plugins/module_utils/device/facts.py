# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Facts of a device, under the names that network collections have in common."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..bridge.argspec import Spec, connection_spec
from ..bridge.endpoints import is_pattern, select
from ..bridge.job import Answer, Call
from ..hfortix_fortios.endpoint import envelopes, raise_refusal
from ..hfortix_fortios.errors import ABSENT, FortiOSError, PermissionDeniedError
from ..hfortix_fortios.http.interface import Request
from ..resource.task import TaskError
from .reads import Question, ask

FACTS_SPEC: Spec = {
    "gather_subset": {"type": "list", "elements": "str", "default": ["min"]},
    "gather_network_resources": {"type": "list", "elements": "str"},
    "vdom": {"type": "str"},
    **connection_spec(),
}

#: Errors that concern what was asked for, not the device as a whole.
_MISSING = (*ABSENT, PermissionDeniedError)

Facts = dict[str, Any]
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Source:
    """Where facts come from. A source of many vdoms is asked for all of them, unless the task names one."""

    path: str
    params: Mapping[str, str | Sequence[str]]
    many_vdoms: bool = False


SOURCES = {
    "status": Source("monitor/system/status", {}),
    "global": Source("cmdb/system/global", {"format": "hostname|alias|vdom-mode"}),
    "vdoms": Source("cmdb/system/vdom", {"format": "name"}),
    "ha": Source("cmdb/system/ha", {}),
    "interfaces": Source("cmdb/system/interface", {}, many_vdoms=True),
    "links": Source(
        "monitor/system/interface", {"include_vlan": "true", "include_aggregate": "true"}, many_vdoms=True
    ),
    "usage": Source("monitor/system/resource/usage", {"interval": "1-min"}),
    "licenses": Source("monitor/license/status", {}),
    "peers": Source("monitor/system/ha-peer", {}),
}  # fmt: skip


class Answers:
    """What the sources answered; nothing for one that is not to be had."""

    def __init__(self, envelopes: Mapping[str, Sequence[Row]]) -> None:
        self._envelopes = envelopes

    def envelope(self, source: str) -> Row:
        """The first answer of a source."""
        return next(iter(self._envelopes.get(source, ())), {})

    def object(self, source: str) -> Row:
        """The results of a source that has one object, or objects by their names; those of several vdoms are united."""
        found: dict[str, Any] = {}
        for envelope in self._envelopes.get(source, ()):
            results = envelope.get("results")
            found.update(results if isinstance(results, Mapping) else {})
        return found

    def rows(self, source: str) -> list[Row]:
        """The results of a source that has rows."""
        found = [envelope.get("results") for envelope in self._envelopes.get(source, ())]
        return [row for results in found if isinstance(results, list) for row in results]


@dataclass(frozen=True)
class Subset:
    """A part of the facts: the sources that it needs and what it makes of their answers."""

    sources: Sequence[str]
    facts: Callable[[Answers], Facts]


def facts(call: Call) -> Answer:
    """Gather the subsets and resources that are asked for.

    :raises TaskError: there is no such subset or resource; nothing was sent
    :raises FortiOSError: the device cannot be reached, or does not let us in
    """
    subsets = chosen_subsets(call.params["gather_subset"])
    answer = Answer({"changed": False})
    patterns = call.params["gather_network_resources"] or []
    names = [found.schema().name for found in select(patterns)] if patterns else []
    if patterns and not names:
        answer.warnings.append(f"gather_network_resources: no endpoint has a name like {', '.join(patterns)}.")
    gathered: Facts = {
        "system": "fortios",
        "api": "rest",
        "python_version": platform.python_version(),
        "gather_subset": subsets,
        "gather_network_resources": names,
    }
    answers = _answers(call, subsets, answer.warnings)
    for subset in subsets:
        gathered |= SUBSETS[subset].facts(answers)
    found: Facts = {f"ansible_net_{name}": value for name, value in gathered.items() if value not in (None, "")}
    if names:
        found["ansible_network_resources"] = _resources(call, names, patterns, answer.warnings)
    answer.members["ansible_facts"] = found
    return answer


def chosen_subsets(wanted: Sequence[str]) -> list[str]:
    """The names of the subsets that a list such as ``["all", "!licenses"]`` means. `min` is always among them, unless
    it is left out by name.

    :raises TaskError: there is no such subset
    """
    unknown = [name for name in wanted if name.removeprefix("!") not in {*SUBSETS, "all"}]
    if unknown:
        raise TaskError(f"gather_subset: there is no {unknown[0]!r}. Subsets: all, {', '.join(SUBSETS)}; ! leaves out.")
    included = {name for name in wanted if not name.startswith("!")}
    left_out = {name.removeprefix("!") for name in wanted if name.startswith("!")}
    if "all" in included or not included:
        included = set(SUBSETS)
    if "all" in left_out:
        included -= set(SUBSETS)
    return [name for name in SUBSETS if name in (included | {"min"}) - left_out]


def _answers(call: Call, subsets: Sequence[str], warnings: list[str]) -> Answers:
    """Ask all sources at once."""
    names = list(dict.fromkeys(name for subset in subsets for name in SUBSETS[subset].sources))
    outcomes = call.client.batch([_request(SOURCES[name], call.params["vdom"]) for name in names])
    answered: dict[str, Sequence[Row]] = {}
    missing: list[FortiOSError] = []
    for name, outcome in zip(names, outcomes, strict=True):
        try:
            if outcome.error is not None:
                raise outcome.error
            found = envelopes(outcome.answer)
            for envelope in found:
                raise_refusal(envelope, "GET", outcome.request.path)
            answered[name] = found
        except _MISSING as error:
            missing.append(error)
    if names and not answered:
        # There is no such vdom, or the administrator may read nothing at all.
        raise missing[0]
    if missing:
        paths = ", ".join(str(error.path).removeprefix("/api/v2/") for error in missing)
        warnings.append(f"Facts from {paths} are left out: {missing[0]}.")
    return Answers(answered)


def _request(source: Source, vdom: str | None) -> Request:
    where = vdom or ("*" if source.many_vdoms else None)
    return Request("GET", f"/api/v2/{source.path}", {**source.params, **({"vdom": where} if where else {})})


def _resources(call: Call, names: Sequence[str], patterns: Sequence[str], warnings: list[str]) -> Facts:
    """The configuration of endpoints. That the device lacks one is said only where it was named in full."""
    vdom = call.params["vdom"]
    in_full = [text for text in patterns if not is_pattern(text)]
    named = {found.schema().name for found in select(in_full)} if in_full else set()
    result: Facts = {}
    for found in ask(call.client, [Question(name, vdoms=[vdom] if vdom else []) for name in names]):
        name = found.question.endpoint
        if found.error is None:
            result[name] = found.value
        elif not isinstance(found.error, _MISSING):
            raise found.error
        elif name in named or not found.absent:
            warnings.append(f"{name} is left out: {found.error}.")
    return result


# -- the subsets -------------------------------------------------------------------------------------------------


def _identity(answers: Answers) -> Facts:
    envelope, status, settings = answers.envelope("status"), answers.object("status"), answers.object("global")
    return {
        "hostname": status.get("hostname") or settings.get("hostname"),
        "model": " ".join(filter(None, (status.get("model_name"), status.get("model_number")))) or None,
        "version": str(envelope.get("version", "")).removeprefix("v") or None,
        "build": envelope.get("build"),
        "serialnum": envelope.get("serial"),
        "vdom": envelope.get("vdom"),
        "vdom_mode": settings.get("vdom-mode"),
        "vdoms": [row["name"] for row in answers.rows("vdoms")],
        "ha_mode": answers.object("ha").get("mode"),
    }


def _interfaces(answers: Answers) -> Facts:
    links = answers.object("links")
    interfaces = {row["name"]: _interface(row, links.get(row["name"], {})) for row in answers.rows("interfaces")}
    return {
        "interfaces": interfaces,
        **{
            f"all_{family}_addresses": [item["address"] for facts in interfaces.values() for item in facts[family]]
            for family in ("ipv4", "ipv6")
        },
    }


def _interface(row: Row, link: Row) -> Facts:
    """One interface: how it is configured, and, where it has a link, how that is."""
    facts: Facts = {
        "alias": row.get("alias"),
        "description": row.get("description"),
        "type": row.get("type"),
        "vdom": row.get("vdom"),
        "mode": row.get("mode"),
        "mtu": row.get("mtu"),
        "macaddress": link.get("mac") or row.get("macaddr"),
        "status": row.get("status"),
        "operstatus": ("up" if link["link"] else "down") if "link" in link else None,
        "speed": link.get("speed"),
    }
    return {
        **{name: value for name, value in facts.items() if value not in (None, "")},
        "ipv4": list(_ipv4(row, link)),
        "ipv6": list(_ipv6(row)),
    }


def _ipv4(row: Row, link: Row) -> Iterator[Facts]:
    """The addresses of an interface. One that a server has assigned is known of the link alone."""
    first = f"{link['ip']}/{link['mask']}" if link.get("ip", _UNSET) != _UNSET else row.get("ip")
    for text in [first, *(other.get("ip") for other in row.get("secondaryip") or ())]:
        address, _slash, mask = str(text or _UNSET).replace(" ", "/").partition("/")
        if address != _UNSET:
            yield {"address": address, "masklen": _mask_length(mask)}


_UNSET = "0.0.0.0"


def _mask_length(mask: str) -> int:
    """A prefix length, of one or of a dotted mask."""
    return sum(int(part).bit_count() for part in mask.split(".")) if "." in mask else int(mask or 32)


def _ipv6(row: Row) -> Iterator[Facts]:
    settings = row.get("ipv6") or {}
    extra = (other.get("prefix") for other in settings.get("ip6-extra-addr") or ())
    for text in (settings.get("ip6-address"), *extra):
        address, _slash, length = str(text or "::").partition("/")
        if address != "::":
            yield {"address": address, "masklen": int(length or 128)}


def _usage(answers: Answers) -> Facts:
    """The latest measurement of each resource, whose earlier ones are many."""
    latest = {name: items[0] for name, items in answers.object("usage").items() if isinstance(items, list) and items}
    return {"usage": {name: item.get("current") for name, item in latest.items() if isinstance(item, Mapping)}}


def _licenses(answers: Answers) -> Facts:
    return {"licenses": dict(answers.object("licenses"))}


def _ha(answers: Answers) -> Facts:
    settings = answers.object("ha")
    return {
        "ha": {
            "mode": settings.get("mode"),
            "group_name": settings.get("group-name"),
            "group_id": settings.get("group-id"),
            "priority": settings.get("priority"),
            "peers": [
                {
                    "hostname": peer.get("hostname"),
                    "serialnum": peer.get("serial_no"),
                    "priority": peer.get("priority"),
                    "primary": peer.get("primary", peer.get("master")),
                }
                for peer in answers.rows("peers")
            ],
        }
    }


SUBSETS = {
    "min": Subset(("status", "global", "vdoms", "ha"), _identity),
    "interfaces": Subset(("interfaces", "links"), _interfaces),
    "usage": Subset(("usage",), _usage),
    "licenses": Subset(("licenses",), _licenses),
    "ha": Subset(("ha", "peers"), _ha),
}
