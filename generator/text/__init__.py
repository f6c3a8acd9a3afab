# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation text for endpoints and their fields, made from facts, a glossary and curated sentences.

All text is in Ansible's markup: O() for options, V() for values, M() for modules, C() for code.
"""

from __future__ import annotations

import re

from hfortix_fortios.schema import Field, Schema

from . import curated, facts, glossary, nouns
from .endpoints import describe_endpoint, short_description
from .glossary import sentence
from .openings import of, opening

__all__ = ["describe_endpoint", "describe_field", "short_description"]

_VERB = re.compile(r"\{row\} (\w+s)\b")


def describe_field(schema: Schema, path: tuple[str, ...], field: Field) -> list[str]:
    """Paragraphs about the field at `path` (wire names from the top level, the field's own name last).

    The first says what it is, the others what the catalogue knows: meaning of options, how a value is written,
    bounds, default, what it refers to, secrets, releases.
    """
    written = curated.lookup(schema, path, field)
    first = sentence(_filled(written.text, schema, path)) if written else opening(schema, path, field)
    return [first, *facts.paragraphs(schema, path, field)]


def _filled(text: str, schema: Schema, path: tuple[str, ...]) -> str:
    """A written text with ``{row}`` replaced by what holds the field; a verb behind it agrees in number."""
    name = nouns.row(schema, path)
    text = text.replace(" of the {row}", of(schema, path))
    if glossary.is_plural(name):
        text = _VERB.sub(lambda match: f"{{row}} {glossary.plural_verb(match[1])}", text)
    return text.replace("{row}", name)
