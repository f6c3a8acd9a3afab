# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The simulated unit: everything that is there between two requests."""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from . import cmdb, facts, refusal
from .auth import Guard
from .call import Call
from .envelope import Scene
from .faults import Faults
from .model import TableModel, Values, table_model
from .power import Power
from .profile import Profile
from .record import Entry
from .recorded import Recordings
from .refusal import Refusal
from .store import GLOBAL, Key, Store, Table, Transaction, View, home
from .switches import Switches
from .values import Context, encrypt

if TYPE_CHECKING:
    from .cmdb import Work

T = TypeVar("T")

MANAGEMENT = "root"
_READ, _WRITE = {"read", "read-write", "custom"}, {"read-write", "custom"}


class Device:
    """A FortiGate of one release.

    `clock` gives seconds; tests may turn it. `prepare` configures a fresh device, after the factory. `recordings` are
    answers that it gives in place of its own. A restart takes `downtime` seconds.
    """

    #: The vdom that serves requests that name none.
    management = MANAGEMENT
    #: Tables that keep the factory's rows whatever a configuration file says: without them nobody could log in.
    needed = frozenset({"system/vdom", "system/admin", "system/api-user", "system/accprofile"})

    def __init__(
        self,
        release: str = "7.6.5",
        *,
        token: str | None = None,
        user: str = "admin",
        password: str = "",
        vdoms: Sequence[str] = (MANAGEMENT,),
        switches: Switches | None = None,
        second_factor: str = "",
        clock: Callable[[], float] = time.monotonic,
        prepare: Callable[[Device], None] | None = None,
        recordings: Recordings | None = None,
        downtime: float = 1.5,
    ) -> None:
        self._release = release
        self.downtime = downtime
        self.switches = switches or Switches()
        self.serial = "FGVMSIM" + hashlib.md5(release.encode(), usedforsecurity=False).hexdigest()[:9].upper()
        self.second_factor = second_factor
        self.clock = clock
        self.recordings = recordings
        self._prepare = prepare
        self._token, self._user, self._password, self._vdoms = token, user, password, tuple(vdoms) or (MANAGEMENT,)
        self.faults = Faults()
        self.entries: deque[Entry] = deque(maxlen=200_000)
        self.tls_connections = 0
        self.connections = 0
        self._clean()

    def reset(self) -> None:
        """Back to the factory: configuration, sessions, log, faults, counters."""
        self.faults.clear()
        self.entries.clear()
        self.tls_connections = self.connections = 0
        self._clean()

    def _clean(self) -> None:
        self.profile = Profile.named(self._release)
        self._topics: dict[type[Any], Any] = {}
        self._last_transaction = 0
        self._forget_clients()
        #: Encrypted API keys, with the name of the user each belongs to.
        self.tokens: dict[str, str] = {}
        self.erase()
        for vdom in self._vdoms:
            if vdom not in self.vdoms:
                self.add("system/vdom", {"name": vdom})
        self.open_doors()
        if self._prepare is not None:
            self._prepare(self)
            self.open_doors()

    def erase(self, vdom: str | None = None) -> None:
        """Give the device, or one vdom, the factory's configuration. What is not configuration stays."""
        if vdom is not None:
            self.store.drop_vdom(vdom)
            self._seed(vdom)
            return
        self.store: Store = Store(self.profile.release)
        self._seed(GLOBAL)
        self.add("system/vdom", {"name": MANAGEMENT}, static=True)

    def _forget_clients(self) -> None:
        self.guard = Guard(self.clock)
        self._transactions: dict[int, Transaction] = {}

    def run_release(self, release: str) -> None:
        """Run another release, whose factory configuration the device then has, until it is reset."""
        self.profile = Profile.named(release)
        self.erase()

    def restart(self, change: Callable[[], None] = lambda: None) -> None:
        """Go down soon. When the device is back, all sessions have ended and `change` is made."""

        def back() -> None:
            self._forget_clients()
            change()

        self.of(Power).restart(self.clock(), self.downtime, back)

    def open_doors(self) -> None:
        """Make sure that the administrator and the token of the command line are there, whatever was loaded."""
        self.add("system/admin", {"name": self._user, "accprofile": "super_admin", "password": self._password})
        if self._token:
            self.add("system/api-user", {"name": "simulator", "accprofile": "super_admin"})
            self.new_token("simulator", self._token)

    def _seed(self, vdom: str) -> None:
        """Put the factory's entries where they belong: the global ones, or those of a new vdom."""
        for group in facts.factory():
            model = table_model(group.table, self.profile.release)
            if model is None or (home(model, vdom or MANAGEMENT) == GLOBAL) != (vdom == GLOBAL):
                continue
            for row in group.rows:
                known = {name: value for name, value in row.items() if name in model.attributes}
                self.add(group.table, known, vdom or MANAGEMENT, static=group.static)

    # What is configured

    def model(self, path: str) -> TableModel | None:
        return table_model(path, self.profile.release)

    def add(self, path: str, row: Mapping[str, Any], vdom: str = MANAGEMENT, *, static: bool = False) -> None:
        """Put a row (of a singleton: its values) into the configuration, from the factory or from a file.

        :raises Refusal: the values do not fit the release
        """
        model = self.model(path)
        if model is None:
            raise Refusal(404)
        call = Call("POST", "", {}, {}, {}, b"", "", 0, 0)
        work = cmdb.Work(self, call, Scene(self, "POST", vdom, model.path, model.name), model, vdom, self.store, False)
        table = work.writable()
        context = Context(self.store, vdom, model.release, self.switches, trusted=True)
        if not model.schema.is_table:
            cmdb.change(work, table, None, row, context=context)
            return
        key = row.get(str(model.mkey))
        if key in table.rows:
            cmdb.change(work, table, key, row, context=context)
        else:
            cmdb.create(work, table, row, context=context, static=static)

    def row(self, path: str, key: Key, vdom: str = MANAGEMENT) -> Values | None:
        """A stored row (what is not in it has its default), or None."""
        model = self.model(path)
        found = self.store.table(model, home(model, vdom)).rows.get(key) if model else None
        return found.values if found else None

    def rows(self, path: str, vdom: str = MANAGEMENT) -> list[dict[str, Any]]:
        """The rows of a table (of a singleton: one) that belong to the vdom, as a read answers them."""
        model = self.model(path)
        if model is None:
            return []
        table = self.store.table(model, home(model, vdom))
        found = [model.render(row.values) for row in table.rows.values()]
        owner = model.attributes.get("vdom")
        if table.vdom != GLOBAL or owner is None or owner.model is not None:
            return found
        return [row for row in found if row["vdom"] == vdom]

    def setting(self, path: str, name: str) -> Any:
        """One value of a singleton; None where the release does not have it."""
        model = self.model(path)
        if model is None or name not in model.attributes:
            return None
        return (self.row(path, None) or {}).get(name, model.attributes[name].default)

    @property
    def hostname(self) -> str:
        return str(self.setting("system/global", "hostname") or self.serial)

    @property
    def vdoms(self) -> list[str]:
        model = self.model("system/vdom")
        return [str(key) for key in self.store.table(model, GLOBAL).rows] if model else [MANAGEMENT]

    @property
    def revision(self) -> str:
        """Of the whole configuration."""
        return hashlib.md5(str(self.store.writes).encode(), usedforsecurity=False).hexdigest()

    def of(self, topic: type[T]) -> T:
        """What is there beside the configuration: the one `topic` of the device, made when it is first asked for."""
        if topic not in self._topics:
            self._topics[topic] = topic()
        found: T = self._topics[topic]
        return found

    # What a write brings with it

    def created(self, work: Work, key: Key) -> None:
        """After an entry came: a vdom gets its factory entries."""
        self.touch()
        if work.model.schema.path == "system/vdom":
            self._seed(str(key))

    def changed(self, work: Work, key: Key) -> None:
        self.touch()

    def check_creation(self, work: Work) -> None:
        """Refuse what 7.6.5 refuses: an API user made by a password session.

        :raises Refusal: -8102
        """
        refused = self.switches.api_user_by_session == "refuse" and self.profile.release >= (7, 6, 5)
        if refused and work.call.in_session and work.model.schema.path == "system/api-user":
            raise Refusal(500, -8102, "admin's password required.")

    def removed(self, work: Work, key: Key) -> None:
        """After an entry went: a vdom takes its tables along, an API user its tokens."""
        self.touch()
        if work.model.schema.path == "system/vdom":
            self.store.drop_vdom(str(key))
        if work.model.schema.path == "system/api-user":
            self.tokens = {token: owner for token, owner in self.tokens.items() if owner != key}

    def touch(self) -> None:
        """Something was written."""

    def count_connection(self, tls: bool) -> int:
        """A client has connected; the number of its connection."""
        self.connections += 1
        self.tls_connections += tls
        return self.connections

    # Who may what

    @property
    def idle_timeout(self) -> float:
        """Seconds after which a silent session ends."""
        minutes = self.setting("system/global", "admintimeout")
        return 60.0 * (minutes if isinstance(minutes, int) and minutes else 5)

    @property
    def lock_rule(self) -> tuple[int, float]:
        """Failures that lock, and for how many seconds."""
        threshold = self.setting("system/global", "admin-lockout-threshold")
        duration = self.setting("system/global", "admin-lockout-duration")
        return int(threshold or 3), float(duration or 60)

    def room_for_session(self, user: str) -> bool:
        """Whether the limits on concurrent administrators leave room."""
        limit = self.setting("system/global", "admin-login-max") or 100
        alone = self.setting("system/global", "admin-concurrent") == "disable"
        taken = any(session.user == user for session in self.guard.sessions.values())
        return len(self.guard.sessions) < limit and not (alone and taken)

    def new_token(self, owner: str, token: str = "") -> str:
        """A new key of an API user, in place of the old one."""
        token = token or secrets.token_urlsafe(40)[:30]
        self.tokens = {old: name for old, name in self.tokens.items() if name != owner}
        self.tokens[encrypt(token)] = owner
        return token

    def token_owner(self, token: str) -> str | None:
        return self.tokens.get(encrypt(token))

    def trusts(self, user: Values, source: str) -> bool:
        """Whether an API user may come from this address; without trusted hosts from anywhere."""
        hosts = [item.get("ipv4-trusthost", "0.0.0.0 0.0.0.0") for item in user.get("trusthost", ())]
        if not hosts:
            return True
        try:
            address = ipaddress.ip_address(source)
        except ValueError:
            return True
        return any(address in ipaddress.ip_network(host.replace(" ", "/"), strict=False) for host in hosts)

    def permit(self, call: Call, group: str | None) -> None:
        """Refuse what the access profile does not grant; ``fwgrp.policy`` is a part of the group ``fwgrp``.

        :raises Refusal: 403
        """
        if call.profile in ("super_admin", "") or group in (None, "any"):
            return
        row = self.row("system/accprofile", call.profile) or {}
        area, _, part = str(group).partition(".")
        granted = row.get(area, "none")
        if granted == "custom" and part:
            granted = row.get(f"{area}-permission", {}).get(part, "none")
        if granted not in (_READ if call.method == "GET" else _WRITE):
            raise Refusal(403)

    def targets(self, call: Call) -> tuple[list[str], bool]:
        """The vdoms that a request is for, and whether it is answered by a list.

        :raises Refusal: a vdom that is not there, or not allowed
        """
        given = [name for text in call.query.get("vdom", ()) for name in text.split(",") if name]
        if "*" in given:
            return [name for name in self.vdoms if not call.allowed_vdoms or self._allowed(call, name)], True
        for name in given:
            if name not in self.vdoms or not self._allowed(call, name):
                raise Refusal(403)
        if call.flag("global"):
            return [MANAGEMENT], True
        return given or [MANAGEMENT], len(given) > 1

    def _allowed(self, call: Call, vdom: str) -> bool:
        return call.profile in ("super_admin", "") or not call.allowed_vdoms or vdom in call.allowed_vdoms

    # Transactions

    def view(self, call: Call) -> View:
        """The tables as this request sees them.

        :raises Refusal: the transaction it names is not there
        """
        number = call.headers.get("x-transaction-id")
        return self.transaction(number) if number else self.store

    def start_transaction(self, vdom: str, timeout: int) -> Transaction:
        self.active_transactions()
        self._last_transaction += 1
        started = Transaction(self._last_transaction, self.store, vdom, timeout, self.clock() + timeout)
        self._transactions[started.number] = started
        return started

    def transaction(self, number: Any) -> Transaction:
        """The living transaction of that number.

        :raises Refusal: there is none
        """
        self.active_transactions()
        found = self._transactions.get(int(number)) if str(number).isdigit() else None
        if found is None:
            raise Refusal(500, refusal.NOT_FOUND, f"no transaction {number}")
        return found

    def end_transaction(self, number: Any) -> Transaction:
        found = self.transaction(number)
        del self._transactions[found.number]
        return found

    def active_transactions(self) -> list[Transaction]:
        """Those that have not run out of time."""
        for item in list(self._transactions.values()):
            if item.expires <= self.clock():
                item.abort()
                del self._transactions[item.number]
        return list(self._transactions.values())

    def tables(self) -> list[Table]:
        return list(self.store.tables())
