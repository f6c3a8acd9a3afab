# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The text of monitor, log and service endpoints: whole sentences, and written material that fits the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

import pytest
import yaml

from generator import ROOT
from generator.build import HANDWRITTEN
from generator.catalogue import load
from generator.model import Endpoint
from generator.operation_examples import _samples, options
from generator.text import glossary
from generator.text.data import load as load_text
from generator.text.data import load_folder
from generator.text.operations import describe_member, describe_operation, describe_parameter, short_description

CATALOGUE = load()
ENDPOINTS = {endpoint.id: endpoint for family in ("monitor", "log", "service") for endpoint in CATALOGUE.family(family)}
MODULES = {endpoint.module for endpoint in CATALOGUE.endpoints.values()} | set(
    yaml.safe_load((ROOT / HANDWRITTEN).read_text(encoding="utf-8"))
)
_SENTENCE = re.compile(r"(?:[A-Z0-9]|[a-z]+[A-Z]|[OVMC]\().*[.]\Z")
#: Names that look like those of secrets. What stands beside them is none.
_LOOKS_SECRET = re.compile(r"pass(?!ive)|secret|token|private|license|_code$|^code$", re.IGNORECASE)
_NO_SECRETS = {
    "tokens",  # serial numbers of tokens
    "country_code",
    "state_code",
    "postal_code",
    "password_mask",
    "confirm_password_mask",
}


def paragraphs(endpoint: Endpoint) -> Iterator[str]:
    yield from describe_operation(endpoint)
    for parameter in endpoint.operation.settings:
        yield from describe_parameter(endpoint, parameter)
    for name, fact in endpoint.operation.response.items():
        yield describe_member(endpoint, name, fact)


def test_every_paragraph_is_a_sentence() -> None:
    texts = [(key, text) for key, endpoint in ENDPOINTS.items() for text in paragraphs(endpoint)]
    assert len(texts) > 4000
    assert [item for item in texts if not _SENTENCE.match(item[1]) or "  " in item[1] or "None" in item[1]] == []


def test_every_endpoint_has_a_title_of_its_own() -> None:
    titles = {key: title for file in load_folder("operations/titles") for key, title in file.items()}
    assert titles.keys() == {key.removesuffix("/raw") for key in ENDPOINTS}
    shown = [short_description(endpoint) for endpoint in ENDPOINTS.values()]
    assert {title for title in shown if shown.count(title) > 1} == set()
    assert [title for title in shown if title.endswith(".") or not title[0].isupper() or len(title) > 100] == []


def test_a_title_begins_with_its_only_verb() -> None:
    """Because that verb is what changes when the title becomes a sentence."""
    shown = [short_description(endpoint) for endpoint in ENDPOINTS.values()]
    assert [title for title in shown if not re.match(r"[A-Z][a-z]+ ", title)] == []
    assert [title for title in shown if re.search(r"\b(and|or) (?!to)\w+ (it|them|that|the device)$", title)] == []


@pytest.mark.parametrize(
    ("key", "title", "first"),
    [
        ("monitor/network/arp", "Read the ARP table", "Reads the ARP table."),
        ("monitor/firewall/policy-lookup", "Read the firewall policy that a connection would match", ""),
        ("monitor/router/statistics", "Tell how many routes there are", "Tells how many routes there are."),
        ("monitor/system/os/reboot", "Restart the device", "Restarts the device."),
        ("monitor/system/debug/download", "Fetch the debug report", "Fetches the debug report."),
        ("log/event/system/raw", "Fetch the event log of the system as text", ""),
        ("service/sniffer/stop", "Stop a packet capture", "Stops a packet capture."),
    ],
)
def test_a_title_becomes_a_sentence(key: str, title: str, first: str) -> None:
    assert short_description(ENDPOINTS[key]) == title
    assert describe_operation(ENDPOINTS[key])[0] == first or not first


def test_what_is_written_fits_something() -> None:
    assert load_text("operations/about.yml").keys() <= ENDPOINTS.keys()
    for kind in ("parameters", "members"):
        written = load_text(f"operations/{kind}.yml")
        names = {key: _names(kind, endpoint) for key, endpoint in ENDPOINTS.items()}
        for pattern, texts in written["endpoints"].items():
            known = {name for key, found in names.items() if fnmatchcase(key, pattern) for name in found}
            assert texts.keys() <= known, (kind, pattern, texts.keys() - known)
        assert written["names"].keys() <= set().union(*names.values()), kind


def _names(kind: str, endpoint: Endpoint) -> set[str]:
    operation = endpoint.operation
    return {item.name for item in operation.settings} if kind == "parameters" else set(operation.response)


def test_what_is_required_cannot_be_left_out() -> None:
    assert [
        (key, parameter.name)
        for key, endpoint in ENDPOINTS.items()
        for parameter in endpoint.operation.settings
        if parameter.required and "if left out" in describe_parameter(endpoint, parameter)[0]
    ] == []


def test_every_module_that_a_text_names_exists() -> None:
    texts = " ".join(text for endpoint in ENDPOINTS.values() for text in describe_operation(endpoint))
    assert set(re.findall(r"M\(hfortix\.fortios\.(\w+)\)", texts)) <= MODULES


def test_every_option_that_a_text_names_exists() -> None:
    for key, endpoint in ENDPOINTS.items():
        operation = endpoint.operation
        known = {f"params.{item.option}" for item in operation.settings} | {
            "params",
            "filter",
            "start",
            "count",
            "rows",
        }
        known |= {"src"} if operation.file else set()
        known |= {"wait"} if operation.restarts else set()
        named = {
            name.partition("=")[0] for text in paragraphs(endpoint) for name in re.findall(r"\bO\(([^)]*)\)", text)
        }
        assert named <= known, (key, named - known)


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("is_vlan", "boolean", "Whether it is a VLAN."),
        ("is_usable", "string", "Whether it is usable."),
        ("is_local_ca_cert", "boolean", "Whether it is a local CA certificate."),
        ("is_l2tp_enabled", "boolean", "Whether L2TP is enabled."),
        ("ems_is_connected", "boolean", "Whether EMS is connected."),
        ("supports_dhcp", "boolean", "Whether it supports DHCP."),
        ("ptp_capable", "boolean", "Whether it is capable of PTP."),
        ("used_by_policy", "boolean", "Whether it is used by a policy."),
        ("override_dns", "boolean", "Whether to override DNS."),
        ("alarm", "boolean", "Whether there is alarm."),
        ("user_count", "integer", "Number of users."),
        ("client_count_offline", "integer", "Number of offline clients."),
        ("max_packet_count", "integer", "Maximum number of packets."),
        ("num_packets", "integer", "Number of packets."),
        ("expiry_secs", "integer", "Expiry, in seconds."),
        ("tx_bytes", "integer", "Bytes sent."),
        ("entries", "array", "Entries."),
        ("gateway", "array", "Gateway, as a list."),
    ],
)
def test_a_name_that_nobody_has_written_about_is_read(name: str, kind: str, words: str) -> None:
    assert describe_member(ENDPOINTS["monitor/log/event"], name, {"type": kind}) == words


def test_the_glossary_knows_nearly_every_token() -> None:
    names = [
        name for endpoint in ENDPOINTS.values() for kind in ("parameters", "members") for name in _names(kind, endpoint)
    ]
    known, unknown = glossary.coverage(names)
    assert known >= 0.98, unknown


def test_every_parameter_that_looks_like_a_secret_is_one() -> None:
    """Or is known to be none: a secret that is not marked stands in logs and results."""
    token = ("monitor/user/fortitoken/send-activation", "token")  # the serial number of a token
    assert {
        (key, item.name)
        for key, endpoint in ENDPOINTS.items()
        for item in endpoint.operation.params.values()
        if _LOOKS_SECRET.search(item.name) and not item.secret and item.name not in _NO_SECRETS
    } == {token}


def test_samples_fit_something_and_hold_no_secret() -> None:
    samples = _samples()
    for pattern, written in samples["endpoints"].items():
        fitting = [endpoint for key, endpoint in ENDPOINTS.items() if fnmatchcase(key, pattern)]
        known = {item.name for endpoint in fitting for item in endpoint.operation.settings}
        assert fitting, pattern
        assert written.get("params", {}).keys() <= known, pattern
    for endpoint in ENDPOINTS.values():
        given = options(endpoint).get("params", {})
        secrets = [item.option for item in endpoint.operation.settings if item.secret and item.option in given]
        assert all(given[name].startswith("{{") for name in secrets), endpoint.id
