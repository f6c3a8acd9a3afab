# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Saved configurations compared, and secrets in them hidden."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from generator.catalogue import load
from hfortix_fortios.cli.saved import body, differ, header_facts, is_encrypted, is_plain
from hfortix_fortios.cli.secrets import is_secret_name, masked, secret_values
from hfortix_fortios.schema import Field, Schema

HEADER = b"#config-version=FGT60F-7.6.5-FW-build3651-251201:opmode=0:vdom=0:user=%s\n#conf_file_ver=%d\n#buildno=3651\n"
TEXT = (
    b'config user local\n    edit "u"\n        set passwd ENC %s\n        set email-to "a@example.com"\n    next\nend\n'
)
KEY = b'set private-key "-----BEGIN ENCRYPTED PRIVATE KEY-----\n%s\n-----END ENCRYPTED PRIVATE KEY-----"\n'


def saved(text: bytes, user: bytes = b"admin", number: int = 1) -> bytes:
    return HEADER % (user, number) + text


def never() -> bytes:
    raise AssertionError("the device need not be asked again")


def test_the_header_is_told_and_does_not_count() -> None:
    one, two = saved(TEXT % b"AAA"), saved(TEXT % b"AAA", b"other", 2)
    assert header_facts(one) == {
        "model": "FGT60F", "release": "7.6.5", "build": 3651, "user": "admin", "revision": "1",
    }  # fmt: skip
    assert body(one) == (TEXT % b"AAA").decode()
    assert not differ(one, two, never)
    assert not differ(one, two.replace(b"\n", b"\r\n"), never)
    assert differ(one, two.replace(b"a@example.com", b"b@example.com"), never)


def test_comments_below_the_header_count() -> None:
    assert differ(saved(b"config x\n#a\nend\n"), saved(b"config x\n#b\nend\n"), never)


@pytest.mark.parametrize("text", [TEXT, KEY])
def test_a_secret_counts_if_the_device_prints_it_twice_the_same(text: bytes) -> None:
    old, new = saved(text % b"AAA"), saved(text % b"BBB")
    assert differ(old, new, lambda: saved(text % b"BBB"))
    assert not differ(old, new, lambda: saved(text % b"CCC"))


def test_each_secret_counts_for_itself() -> None:
    old, new, again = (saved(TEXT % a + KEY % b) for a, b in [(b"A", b"K"), (b"A", b"L"), (b"A", b"M")])
    assert not differ(old, new, lambda: again)
    old = saved(TEXT % b"Z" + KEY % b"K")
    assert differ(old, new, lambda: again)


def test_what_a_password_encrypts_is_compared_as_it_is() -> None:
    sealed = b"#FGBK|4|FGT60F|7|06|3651|\n\x00\xff"
    assert (is_encrypted(sealed), is_plain(sealed), header_facts(sealed)) == (True, False, {})
    assert not differ(sealed, sealed, never)
    assert differ(sealed, sealed + b"x", never)
    assert differ(saved(TEXT), sealed, never)


@pytest.mark.parametrize(
    ("line", "hidden"),
    [
        ('set passwd "correct horse"', {"correct horse"}),
        ("set password ENC abc=", {"ENC", "abc="}),
        ("set anything ENC abc=", {"ENC", "abc="}),
        ("set psksecret hunter2", {"hunter2"}),
        ('set certificate "-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----"', None),
        ('set passwd "no end', {'"no', "end"}),
        ("set comment hunter2", set()),
        ("edit secret", set()),
        ("unset passwd", set()),
    ],
)
def test_masks(line: str, hidden: set[str] | None) -> None:
    text = f'config x\n    edit "a"\n        {line}\n    next\nend\n'
    shown = masked(text)
    if hidden is not None:
        assert secret_values(text) == hidden
    if hidden == set():
        assert shown == text
        return
    assert shown == f'config x\n    edit "a"\n        {" ".join(line.split()[:2])} ********\n    next\nend\n'


def fields(found: dict[str, Field]) -> Iterator[Field]:
    for field in found.values():
        yield field
        yield from fields(dict(field.fields))


def test_the_names_of_all_secrets_of_the_catalogue_are_known() -> None:
    """Text is masked without schemas, so names have to tell."""
    schemas = [Schema.from_facts(endpoint.facts) for endpoint in load().family("cmdb")]
    names = {field.name for schema in schemas for field in fields(dict(schema.fields)) if field.is_secret}
    assert len(names) > 50
    assert sorted(name for name in names if not is_secret_name(name)) == []
