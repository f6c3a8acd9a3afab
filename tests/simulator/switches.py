# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Behaviour that the notes on the API leave unproven, each behind a switch. See README.md for what each decides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Switches:
    """Which of the possible behaviours the simulator shows. The defaults follow the better evidence."""

    #: HTTP status and FortiOS code of a POST whose key exists already.
    duplicate: tuple[int, int] = (500, -5)
    #: HTTP status and code of the deletion of an object that others refer to.
    in_use: tuple[int, int] = (500, -23)
    #: The code in the 404 body of an entry that is not there; None leaves it out.
    missing: int | None = -3
    #: A missing entry of an empty table: 404, or 200 with an empty list as one 6.2.3 device answered.
    missing_in_empty: Literal[404, 200] = 404
    #: Fields that the release does not have, in a body: refused with -61, or skipped.
    unknown_fields: Literal["refuse", "ignore"] = "refuse"
    #: A uuid in a body: skipped, refused with -37, or stored.
    uuid: Literal["skip", "refuse", "accept"] = "skip"
    #: Host bits of a network (10.0.0.5/24): cleared or kept.
    host_bits: Literal["clear", "keep"] = "clear"
    #: IPv6 text: as it was typed, or in its short form.
    ipv6: Literal["keep", "compress"] = "keep"
    #: Options in another case (ACCEPT): refused, or folded.
    option_case: Literal["refuse", "fold"] = "refuse"
    #: What an encrypted secret reads as: the same text until it is changed, or another at every read.
    enc: Literal["stable", "changing"] = "stable"
    #: ``filter=a==B``: case matters (``=*`` is then the one that ignores it), or does not.
    filter_case: Literal["sensitive", "insensitive"] = "sensitive"
    #: start or count beyond the table: answered as far as rows go, or refused.
    paging: Literal["lenient", "error"] = "lenient"
    #: A child table in a PUT: the whole new list, or rows to merge into the old one.
    child_put: Literal["replace", "merge"] = "replace"
    #: An entry without what data/required.json lists: accepted, or refused with -56.
    required: Literal["accept", "refuse"] = "accept"
    #: Creating an api-user from a password session on 7.6.5 and later: refused with -8102 as seen, or allowed.
    api_user_by_session: Literal["refuse", "allow"] = "refuse"
    #: A certificate in the body of a PUT to the configuration: taken in place of the old one, or refused with -61.
    certificate_put: Literal["accept", "refuse"] = "accept"
    #: HTTP status and code of the import of a certificate under a name that is taken.
    certificate_taken: tuple[int, int] = (500, -23)
    #: An array as the body of a POST: refused, or one object a row.
    bulk_post: Literal["refuse", "accept"] = "refuse"
    #: HTTP status and code of a write to a table that another transaction holds.
    locked: tuple[int, int] = (500, -14)
    #: HTTP status of a refused POST /api/v2/authentication.
    login_failed: Literal[200, 401] = 200
    #: What /logincheck answers from 7.6.3 on, where it no longer opens a session.
    logincheck_closed: Literal["text", "json", "redirect"] = "text"
    #: HTTP status for a token from an address outside its trusted hosts.
    trusthost: Literal[401, 403] = 401
    #: HTTP status of the login that exceeds admin-login-max.
    session_limit: Literal[403, 429] = 403
    #: ETag and If-None-Match on cmdb reads.
    etag: bool = True
    #: A search in the log: complete in the first answer, or a portion further with each.
    log_search: Literal["at once", "gradual"] = "at once"
