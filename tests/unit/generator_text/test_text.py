# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The text of all endpoints and fields: whole sentences, right markup, and quickly made."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

from generator.text import catalogue, describe_endpoint, describe_field, short_description
from hfortix_fortios.names import module_name
from hfortix_fortios.schema import Field, Schema

from .conftest import SCHEMAS, walk

MODULE_OPTIONS = {"config", "state", "vdom", "placement", "ordered", "update_secrets", "version_check"}
_MARKUP = re.compile(r"\b([OVMC])\(((?:\\.|[^)\\])*)\)")
_SENTENCE = re.compile(r"[A-Z0-9].*[.!?]\Z|\b[OVMC]\(.*[.]\Z|[a-z]+[A-Z].*[.]\Z", re.DOTALL)


def texts() -> Iterator[tuple[str, Schema, str]]:
    for schema in SCHEMAS.values():
        for paragraph in describe_endpoint(schema):
            yield schema.path, schema, paragraph
        for path, item in walk(schema):
            for paragraph in describe_field(schema, path, item):
                yield f"{schema.path} {'.'.join(path)}", schema, paragraph


ALL = list(texts())


def test_every_paragraph_is_a_sentence() -> None:
    bad = [(where, text) for where, _, text in ALL if not _SENTENCE.match(text) or "  " in text or "\n" in text]
    assert not bad[:20]


def test_no_placeholder_is_left() -> None:
    assert not [(where, text) for where, _, text in ALL if re.search(r"[{}]|\bNone\b", _MARKUP.sub("", text))][:20]


def test_no_description_only_repeats_the_name() -> None:
    def plain(text: str) -> str:
        return re.sub(r"[^a-z0-9]", "", text.lower())

    bad = [
        f"{schema.path} {'.'.join(path)}"
        for schema in SCHEMAS.values()
        for path, item in walk(schema)
        if plain(describe_field(schema, path, item)[0]) == plain(item.name)
    ]
    assert not bad[:20]


def options_of(schema: Schema) -> set[str]:
    """All options as O() spells them."""
    found = set(MODULE_OPTIONS)

    def below(fields: dict[str, Field], start: str) -> None:
        for item in fields.values():
            found.add(f"{start}.{item.option}")
            below(dict(item.fields), f"{start}.{item.option}" + ("[]" if item.is_table else ""))

    below(dict(schema.fields), "config[]" if schema.is_table else "config")
    return found


def test_options_that_are_named_exist() -> None:
    known = {path: options_of(schema) for path, schema in SCHEMAS.items()}
    bad = [
        (where, name)
        for where, schema, text in ALL
        for kind, name in _MARKUP.findall(text)
        if kind == "O" and name.partition("=")[0] not in known[schema.path]
    ]
    assert not bad[:20]


def test_modules_that_are_named_exist() -> None:
    modules = {f"hfortix.fortios.{module_name(path)}" for path in SCHEMAS}
    assert not [
        text for _, _, text in ALL for kind, name in _MARKUP.findall(text) if kind == "M" and name not in modules
    ]


def test_short_descriptions_are_short_and_distinct_where_endpoints_are() -> None:
    lines = {path: short_description(schema) for path, schema in SCHEMAS.items()}
    assert not [line for line in lines.values() if line.endswith(".") or not line[0].isupper() or len(line) > 90]
    # Some endpoints came to stand under a new path in later releases; the old and the new one are the same thing.
    assert len(set(lines.values())) > 0.97 * len(lines)


def test_references_lead_to_tables_of_the_catalogue() -> None:
    refs = {ref for schema in SCHEMAS.values() for _, item in walk(schema) for ref in item.refs}
    assert not [ref for ref in refs if catalogue.split_reference(ref) is None]


def test_the_text_of_everything_takes_seconds() -> None:
    start = time.perf_counter()
    assert sum(1 for _ in texts()) == len(ALL)
    assert time.perf_counter() - start < 6


def test_a_policy_reads_well() -> None:
    schema = SCHEMAS["firewall/policy"]
    assert short_description(schema) == "Manage firewall policies"
    assert describe_field(schema, ("srcintf",), schema.fields["srcintf"])[0] == (
        "Interfaces, zones or SD-WAN zones on which the traffic arrives; V(any) for all."
    )
    action = describe_field(schema, ("action",), schema.fields["action"])
    assert "V(accept): lets it pass" in action[1]
    assert "The device's default is V(deny)." in action


def test_a_verb_agrees_with_settings() -> None:
    schema = SCHEMAS["system/nd-proxy"]
    first = describe_field(schema, ("status",), schema.fields["status"])[0]
    assert first == "Whether the IPv6 neighbor discovery proxy settings are active."


def test_secrets_say_that_they_stay_secret() -> None:
    schema = SCHEMAS["user/local"]
    text = " ".join(describe_field(schema, ("passwd",), schema.fields["passwd"]))
    assert "O(update_secrets)" in text


def test_read_only_fields_say_so() -> None:
    schema = SCHEMAS["firewall/address"]
    assert "ignored" in " ".join(describe_field(schema, ("uuid",), schema.fields["uuid"]))


def test_releases_are_named_where_they_differ_from_the_endpoints() -> None:
    schema = SCHEMAS["firewall/address"]
    assert "Available in FortiOS 7.0.0 and later." in describe_field(schema, ("macaddr",), schema.fields["macaddr"])
    assert not [text for text in describe_field(schema, ("subnet",), schema.fields["subnet"]) if "FortiOS" in text]


def test_a_sixth_of_many_is_no_ipv6() -> None:
    """The number 6 behind a name means IPv6, unless there is a fifth of the same."""
    fields = {(schema.path, path): (schema, item) for schema in SCHEMAS.values() for path, item in walk(schema)}
    sixths = [
        (where, path)
        for where, path in fields
        if path[-1].endswith("6") and (where, (*path[:-1], f"{path[-1][:-1]}5")) in fields
    ]
    assert len(sixths) > 10
    described = {key: describe_field(fields[key][0], key[1], fields[key][1])[0] for key in sixths}
    assert [key for key, text in described.items() if "IPv6" in text and not key[1][-1].startswith("ip6")] == []
