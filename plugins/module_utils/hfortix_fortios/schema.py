# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The facts of an endpoint, typed: what generator, SDK, state engine and simulator all read.

The catalogue (``generator/catalog``) is JSON; a generated endpoint class carries the same mapping as a literal.
Either becomes a `Schema` here. Names are those on the wire.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal
from urllib.parse import quote

from .errors import InvalidValueError
from .names import module_name, option_name

Facts = Mapping[str, Any]
Release = tuple[int, int, int]
Scope = Literal["vdom", "global", "global-vdom", "both"]

#: The newest release that the catalogue knows; a later one is taken for it.
LATEST: Release = (8, 0, 0)

SECRET_TYPES = frozenset({"password", "password-2", "password-3", "password_aes256", "varlen_password"})
#: Types whose value is text with a grammar of its own; everything else that is not a number or a container too.
CONTAINER_TYPES = frozenset({"table", "object"})


def parse_release(text: str) -> Release:
    """``"v7.2.5"``, ``"7.2.5"`` or ``"7.2"`` as three integers.

    :raises ValueError: the text holds no release
    """
    match = re.match(r"v?(\d+)\.(\d+)(?:\.(\d+))?", text)
    if match is None:
        raise ValueError(f"{text!r} is not a FortiOS release such as 7.6.5")
    return int(match[1]), int(match[2]), int(match[3] or 0)


def told_release(version: Any) -> Release | None:
    """The release that an answer tells as its version; None where it tells none."""
    try:
        return parse_release(version) if isinstance(version, str) else None
    except ValueError:
        return None


def release_text(release: Release) -> str:
    """A release as people write it.

    >>> release_text((7, 6, 5))
    '7.6.5'
    """
    return ".".join(map(str, release))


def path_segment(raw: str | int) -> str:
    """One segment of a request path. HTTP drops ``.`` and ``..``, and nothing at all, so that a path would mean more.

    >>> path_segment("a/b"), path_segment("..")
    ('a%2Fb', '%2E%2E')

    :raises InvalidValueError: the segment is empty, whose path would be that of the whole table, or is not Unicode
    """
    text = str(raw)
    if not text:
        raise InvalidValueError("an empty key has no path of its own", sent=False)
    try:
        return quote(text, safe="") if text.strip(".") else "%2E" * len(text)
    except UnicodeEncodeError as error:
        raise InvalidValueError(
            f"not sent, since the key {text!r} cannot be encoded: {error.reason}",
            sent=False,
            hint="Give text in Unicode",
        ) from error


@dataclass(frozen=True, slots=True)
class Versions:
    """The releases in which something exists: closed ranges, either end open. No range at all means every release."""

    text: str = ""

    def ranges(self) -> Iterator[tuple[Release | None, Release | None]]:
        for part in filter(None, self.text.split(",")):
            low, _dash, high = part.partition("-")
            yield (parse_release(low) if low else None), (parse_release(high) if high else None)

    def __contains__(self, release: Release) -> bool:
        if not self.text:
            return True
        release = min(release, LATEST)
        return any((low is None or low <= release) and (high is None or release <= high) for low, high in self.ranges())

    def __bool__(self) -> bool:
        return bool(self.text)

    def __str__(self) -> str:
        """In words: ``7.4.0 and later``, ``up to 6.4.0, 6.4.4 and later``."""
        return ", ".join(_range_in_words(low, high) for low, high in self.ranges()) or "every release"


def _range_in_words(low: Release | None, high: Release | None) -> str:
    text_low = ".".join(map(str, low)) if low else ""
    text_high = ".".join(map(str, high)) if high else ""
    if not low:
        return f"up to {text_high}"
    if not high:
        return f"{text_low} and later"
    return text_low if low == high else f"{text_low} to {text_high}"


@dataclass(frozen=True, slots=True)
class Field:
    """One attribute of an object, as the device knows it.

    `min` and `max` bound integers, `max_length` is in characters, `max_items` in rows. `refs` are
    ``table.path.key`` names, e.g. ``system.interface.name``. `default` is the catalogue's, or None when unknown.
    The device computes a `readonly` value, or makes the rows of a `readonly` table; it picks an `automatic` value
    itself unless one is given.
    """

    name: str
    type: str
    multiple: bool = False
    options: tuple[str, ...] = ()
    option_versions: Mapping[str, Versions] = field(default_factory=dict)
    default: Any = None
    min: int | None = None
    max: int | None = None
    max_length: int | None = None
    max_items: int | None = None
    refs: tuple[str, ...] = ()
    readonly: bool = False
    automatic: bool = False
    secret: bool = False
    versions: Versions = Versions()
    member: bool = False
    mkey: str | None = None
    fields: Mapping[str, Field] = field(default_factory=dict)

    @property
    def option(self) -> str:
        """The name of the Ansible option."""
        return option_name(self.name)

    @property
    def is_table(self) -> bool:
        return self.type == "table"

    @property
    def is_object(self) -> bool:
        return self.type == "object"

    @property
    def is_secret(self) -> bool:
        """A value that the device never gives back in clear."""
        return self.secret or self.type in SECRET_TYPES

    @property
    def is_name_list(self) -> bool:
        """A table whose rows are nothing but their key, so that plain names can stand for the rows."""
        return self.is_table and self.mkey is not None and set(self.fields) == {self.mkey}

    @property
    def is_fixed(self) -> bool:
        """A table whose rows the device made: what is in them can be changed, but none can come or go."""
        return (
            self.is_table
            and self.readonly
            and any(not child.readonly for name, child in self.fields.items() if name != self.mkey)
        )

    @property
    def is_computed(self) -> bool:
        """A value that only the device sets."""
        return self.readonly and not self.is_fixed

    @property
    def has_secrets(self) -> bool:
        """The field is a secret, or holds one somewhere inside."""
        return self.is_secret or any(child.has_secrets for child in self.fields.values())

    def empty(self) -> Any:
        """What the device answers when nothing is set and the catalogue knows no default."""
        if self.default is not None:
            return self.default
        if self.is_table:
            return []
        if self.is_object:
            return {}
        return 0 if self.type == "integer" and not self.multiple else ""

    @classmethod
    def from_facts(cls, name: str, facts: Facts) -> Field:
        return cls(
            name=name,
            type=facts["type"],
            multiple=facts.get("multiple", False),
            options=tuple(facts.get("options", ())),
            option_versions={key: Versions(text) for key, text in facts.get("option_versions", {}).items()},
            default=facts.get("default"),
            min=facts.get("min"),
            max=facts.get("max"),
            max_length=facts.get("max_length"),
            max_items=facts.get("max_items"),
            refs=tuple(facts.get("refs", ())),
            readonly=facts.get("readonly", False),
            automatic=facts.get("automatic", False),
            secret=facts.get("secret", False),
            versions=Versions(facts.get("versions", "")),
            member=facts.get("member", False),
            mkey=facts.get("mkey"),
            fields={key: cls.from_facts(key, value) for key, value in facts.get("fields", {}).items()},
        )


@dataclass(frozen=True)
class Schema:
    """A configuration (cmdb) endpoint: a table of rows under a key field, or a singleton object.

    `predefined` rows belong to the device, which lets them be changed but neither created nor deleted. In a
    `movable` table the order of rows is the order of evaluation. `builtin` keys are rows that never go away.
    """

    path: str
    kind: Literal["table", "object"]
    fields: Mapping[str, Field]
    mkey: str | None = None
    movable: bool = False
    predefined: bool = False
    scope: Scope | None = None
    access_group: str | None = None
    versions: Versions = Versions()
    builtin: frozenset[str] = frozenset()

    @property
    def is_table(self) -> bool:
        return self.kind == "table"

    @property
    def key(self) -> Field:
        """The key field of a table.

        :raises LookupError: the endpoint is a singleton
        """
        if self.mkey is None:
            raise LookupError(f"{self.path} is a singleton and has no key field")
        return self.fields[self.mkey]

    @property
    def name(self) -> str:
        """The module name without any prefix, e.g. ``firewall_address``."""
        return module_name(self.path)

    @property
    def cli_path(self) -> str:
        """The words after ``config`` in CLI text, e.g. ``firewall service custom``."""
        return self.path.replace(".", " ").replace("/", " ")

    @property
    def ref_path(self) -> str:
        """The table as references spell it, e.g. ``firewall.service.custom`` (without the key field)."""
        return self.path.replace("/", ".")

    @cached_property
    def by_option(self) -> Mapping[str, Field]:
        """The top-level fields under their Ansible option names."""
        return {item.option: item for item in self.fields.values()}

    def url(self, *segments: str | int) -> str:
        """The request path of the collection, or of what the raw (not encoded) `segments` name below it.

        >>> Schema("firewall/address", "table", {}).url("a/b")
        '/api/v2/cmdb/firewall/address/a%2Fb'
        """
        tail = "".join("/" + path_segment(segment) for segment in segments)
        return f"/api/v2/cmdb/{self.path}{tail}"

    @classmethod
    def from_facts(cls, facts: Facts) -> Schema:
        return cls(
            path=facts["path"],
            kind=facts["kind"],
            fields={key: Field.from_facts(key, value) for key, value in facts["fields"].items()},
            mkey=facts.get("mkey"),
            movable=facts.get("movable", False),
            predefined=facts.get("predefined", False),
            scope=facts.get("scope"),
            access_group=facts.get("access_group"),
            versions=Versions(facts.get("versions", "")),
            builtin=frozenset(facts.get("builtin", ())),
        )
