# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What differs from release to release, as facts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from hfortix_fortios.schema import Release, parse_release, release_text

#: Builds that were printed in answers or release notes; another release takes the nearest earlier one.
BUILDS: dict[Release, int] = {
    (6, 4, 0): 1579,
    (6, 4, 4): 1803,
    (6, 4, 11): 2030,
    (7, 0, 0): 66,
    (7, 0, 17): 682,
    (7, 2, 0): 1157,
    (7, 2, 2): 1319,
    (7, 2, 5): 1517,
    (7, 4, 0): 2360,
    (7, 4, 1): 2463,
    (7, 4, 4): 2662,
    (7, 6, 0): 3401,
    (7, 6, 3): 3510,
    (7, 6, 5): 3651,
    (7, 6, 7): 3704,
    (8, 0, 0): 4000,
}


@dataclass(frozen=True)
class Profile:
    """A release, and how a device that runs it differs from others."""

    release: Release

    @classmethod
    def named(cls, text: str) -> Profile:
        """The profile of ``"7.6.5"`` or ``"v7.6"``.

        :raises ValueError: the text holds no release
        """
        return cls(parse_release(text))

    @property
    def version(self) -> str:
        """As envelopes spell it: ``v7.6.5``."""
        return "v" + release_text(self.release)

    @cached_property
    def build(self) -> int:
        known = [release for release in BUILDS if release <= self.release]
        return BUILDS[max(known, default=min(BUILDS))]

    @property
    def has_authentication(self) -> bool:
        """POST /api/v2/authentication exists."""
        return self.release >= (6, 4, 2)

    @property
    def new_login(self) -> bool:
        """Field `password` instead of `secretkey`, body `status` instead of `status_code`, no /logincheck session,
        new names of cookies, silent lockout."""
        return self.release >= (7, 6, 3)

    @property
    def query_token(self) -> bool:
        """``?access_token=`` works without being enabled."""
        return self.release < (7, 4, 5) or self.release == (7, 6, 0)

    @property
    def sizes(self) -> bool:
        """Collections tell size, matched_count and next_idx."""
        return self.release >= (7, 0, 12)

    @property
    def cli_error_list(self) -> bool:
        """`cli_error` is a list of lines, not one text."""
        return self.release >= (7, 6, 0)

    @property
    def empty_action(self) -> bool:
        """Failures name an empty action."""
        return self.release >= (7, 6, 0)

    @property
    def html_errors(self) -> bool:
        """401 and 403 before a login come from the web server, as a page."""
        return self.release < (7, 4, 0)

    @property
    def transaction_show(self) -> bool:
        """``action=transaction-show`` exists."""
        return self.release >= (7, 4, 1)

    @property
    def login_status(self) -> str:
        """The name of the outcome in the body of a login's answer."""
        return "status" if self.new_login else "status_code"

    @property
    def secret_field(self) -> str:
        """The password's name in the body of a login."""
        return "password" if self.new_login else "secretkey"

    def cookies(self, port: int) -> tuple[str, tuple[str, ...]]:
        """The name of the session cookie, and the names of the cookies that carry its CSRF token."""
        if self.new_login:
            return f"session_key_{port}_3334d10", (f"ccsrf_token_{port}_3334d10",)
        if self.release >= (7, 4, 0):
            return f"APSCOOKIE_{port}_3334d10", (f"ccsrftoken_{port}_3334d10",)
        if self.release >= (7, 2, 4):
            return f"APSCOOKIE_{port}", (f"ccsrftoken_{port}",)
        number = 5710289411 + port
        if (7, 0, 14) <= self.release < (7, 2, 0):
            return f"APSCOOKIE_{number}", (f"ccsrftoken_{number}",)
        return f"APSCOOKIE_{number}", ("ccsrftoken", f"ccsrftoken_{number}")
