# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names of the API as English: ``srcintf`` is "source interface", ``max-log-rate`` "maximum log rate"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from .data import load

_CUT = re.compile(r"[-_.:/ ()]+")
_NUMBERED = re.compile(r"([a-z+]{2,})(\d+)")
_NUMBER = re.compile(r"\d+(\.\d+)?")
_IRREGULAR = {"proxy": "proxies", "information": "information"}


def tokens(name: str) -> list[str]:
    """The parts of a name, in lower case.

    >>> tokens("ssl-server-Max_version")
    ['ssl', 'server', 'max', 'version']
    """
    return [part for part in _CUT.split(name.lower()) if part]


@cache
def _phrases() -> dict[tuple[str, ...], str]:
    return {tuple(tokens(name)): text for name, text in load("glossary.yml")["phrases"].items()}


@cache
def _tokens() -> dict[str, str]:
    return {str(token): text for token, text in load("glossary.yml")["tokens"].items()}


@cache
def _words(section: str = "words") -> frozenset[str]:
    return frozenset(load("glossary.yml")[section].split())


@cache
def knows(token: str) -> bool:
    """Whether the glossary can read `token`: it has an entry, is a word, or is either of those with a number."""
    return _read(token) is not None


def is_verb(token: str) -> bool:
    """Whether a name that begins with `token` says what is done."""
    return token in _words("verbs")


def is_state(token: str) -> bool:
    """Whether `token` says how something is, as in "is online"."""
    return token in _words("states")


def are_treatments(options: Iterable[str]) -> bool:
    """Whether `options` all say how something is treated."""
    return _words("treatments").issuperset(options)


def _read(token: str) -> str | None:
    if token in _tokens():
        return _tokens()[token]
    if token in _words() or _NUMBER.fullmatch(token):
        return token
    match = _NUMBERED.fullmatch(token)
    if match is None or (match[1] not in _tokens() and match[1] not in _words()):
        return None
    base = _tokens().get(match[1], match[1])
    return f"IPv6 {base}" if match[2] == "6" else f"{base} {match[2]}"


@cache
def phrase(name: str) -> str:
    """A name in words, without a leading capital; tokens that nobody knows stay as they are.

    >>> phrase("srcintf"), phrase("dstaddr6"), phrase("source-ip"), phrase("server2")
    ('source interface', 'IPv6 destination address', 'source IP address', 'server 2')
    """
    return " ".join(_spell(tokens(name)))


def _spell(parts: list[str]) -> Iterator[str]:
    phrases = _phrases()
    at = 0
    while at < len(parts):
        for size in range(min(6, len(parts) - at), 0, -1):
            text = phrases.get(tuple(parts[at : at + size]))
            if text is None and size == 1:
                text = _read(parts[at]) or parts[at].upper()
            if text is not None:
                yield text
                at += size
                break


def coverage(names: Iterable[str]) -> tuple[float, dict[str, int]]:
    """How much of the tokens in `names` the glossary knows (0 to 1), and the unknown ones with their counts."""
    total = 0
    unknown: dict[str, int] = {}
    for name in names:
        for token in tokens(name):
            total += 1
            if not knows(token):
                unknown[token] = unknown.get(token, 0) + 1
    return 1 - sum(unknown.values()) / max(total, 1), unknown


def plural(text: str) -> str:
    """The plural of a noun phrase; the last word takes it, before any "of ..." or parenthesis.

    >>> plural("static route"), plural("firewall policy"), plural("key chain of the router")
    ('static routes', 'firewall policies', 'key chains of the router')
    """
    head, cut, tail = text, "", ""
    for mark in (" of ", " for ", " (", " to ", " from ", " in "):
        if mark in head:
            head, cut, tail = head.partition(mark)
            return plural(head) + cut + tail
    start, _, last = head.rpartition(" ")
    return f"{start} {_plural_word(last)}".lstrip()


def _plural_word(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if is_plural(word) or word.isdigit():
        return word
    if word.endswith(("s", "x", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"


def is_plural(text: str) -> bool:
    """Whether a noun phrase looks like a plural already."""
    last = text.rpartition(" ")[2]
    if last.lower() in {"members", "users", "services", "dns", "settings", "apps"}:
        return last.lower() != "dns"
    return last.endswith("s") and not last.endswith(("ss", "us", "is", "DNS", "TTLS", "TLS", "OS", "alias", "HTTPS"))


def singular(text: str) -> str:
    """The singular of a noun phrase in the plural.

    >>> singular("neighbors"), singular("entries"), singular("addresses"), singular("status")
    ('neighbor', 'entry', 'address', 'status')
    """
    if not is_plural(text) or text.endswith("series"):
        return text
    start, gap, last = text.rpartition(" ")
    if last.endswith("ies") and len(last) > 4:
        last = last[:-3] + "y"
    elif last.endswith(("sses", "xes", "ches", "shes")):
        last = last[:-2]
    else:
        last = last[:-1]
    return start + gap + last


#: Letters whose name begins with a vowel sound, as in "an SSL VPN"; but `_SPOKEN` acronyms are read as words.
_VOWEL_LETTERS = frozenset("AEFHILMNORSX8")
_SPOKEN = (
    "LACP",
    "LAN",
    "LoRa",
    "MAC",
    "NAC",
    "NAT",
    "RADIUS",
    "RAT",
    "RIP",
    "SAML",
    "SIM",
    "SIP",
    "SNAT",
    "ROM",
    "RAM",
)


def with_article(text: str) -> str:
    """`text` with "a" or "an".

    >>> with_article("IPv4 address"), with_article("user group"), with_article("SSL VPN portal"), with_article("zone")
    ('an IPv4 address', 'a user group', 'an SSL VPN portal', 'a zone')
    """
    return f"{'an' if _sounds_like_a_vowel(text.split(' ', 1)[0]) else 'a'} {text}"


def _sounds_like_a_vowel(word: str) -> bool:
    if word[:2].isupper() or word[0].isdigit() or (len(word) == 1 and word.isupper()):
        return word[0] in _VOWEL_LETTERS and not word.startswith(_SPOKEN)
    if word.lower().startswith(("one", "eu", "us", "unit", "uniq", "univ")):
        return False
    return word[0].lower() in "aeiou"


def sentence(text: str) -> str:
    """`text` with a capital at the start and a period at the end; names such as iBeacon keep their spelling."""
    text = text.strip()
    first = text.split(" ", 1)[0]
    if first.islower() or (first[:1].islower() and "-" in first):
        text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else text + "."


def plural_verb(verb: str) -> str:
    """The form of a verb that goes with a plural.

    >>> plural_verb("is"), plural_verb("uses"), plural_verb("matches"), plural_verb("applies")
    ('are', 'use', 'match', 'apply')
    """
    if verb == "is":
        return "are"
    if verb.endswith("ies"):
        return verb[:-3] + "y"
    return verb[:-2] if verb.endswith(("ches", "shes")) else verb[:-1]


def third_person(verb: str) -> str:
    """The form of a verb that goes with "it".

    >>> third_person("Read"), third_person("Fetch"), third_person("Apply"), third_person("Do")
    ('Reads', 'Fetches', 'Applies', 'Does')
    """
    if verb.endswith(("s", "sh", "ch", "x", "o")):
        return f"{verb}es"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return f"{verb[:-1]}ies"
    return f"{verb}s"
