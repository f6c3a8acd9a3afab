# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The least device that the engine can work with: a client that keeps rows, and every request it was sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.errors import FortiOSError
from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios.schema import Schema

Refuse = Callable[[str, str, Any], FortiOSError | None]


@dataclass
class Device:
    """Answers for one endpoint. `refuse` may return the error with which to answer a write, `answer` stands for any
    read. It takes values of `hidden` fields and forgets them."""

    schema: Schema
    rows: list[dict[str, Any]]
    version: str = "v7.6.5"
    defaults: dict[str, Any] = field(default_factory=dict)
    refuse: Refuse = lambda method, path, body: None
    answer: Any = None
    hidden: set[str] = field(default_factory=set)
    seen: list[tuple[str, str, Mapping[str, Any], Any]] = field(default_factory=list)

    @property
    def writes(self) -> list[tuple[str, str, Any]]:
        return [(method, path, body) for method, path, _, body in self.seen if method != "GET"]

    @property
    def keys(self) -> list[Any]:
        return [row[self.schema.key.name] for row in self.rows]

    def request(self, method: str, path: str, *, params: Any = None, json: Any = None, headers: Any = None) -> Any:
        params = dict(params or {})
        self.seen.append((method, path, params, json))
        if method == "GET":
            return self._get(params) if self.answer is None else self.answer
        error = self.refuse(method, path, json)
        if error is not None:
            raise error
        if params.get("action", "").startswith("transaction"):
            return {"results": {"transaction-id": 7}}
        body = {name: value for name, value in (json or {}).items() if name not in self.hidden}
        mkey = self._write(method, path.removeprefix(self.schema.url()), params, body)
        return {"status": "success", "mkey": mkey, "revision_changed": method != "PUT" or body != {}}

    def get(self, path: str, *, params: Any = None) -> Any:
        return self.request("GET", path, params=params)

    def post(self, path: str, *, params: Any = None, json: Any = None) -> Any:
        return self.request("POST", path, params=params, json=json)

    def put(self, path: str, *, params: Any = None, json: Any = None) -> Any:
        return self.request("PUT", path, params=params, json=json)

    def delete(self, path: str, *, params: Any = None) -> Any:
        return self.request("DELETE", path, params=params)

    def _get(self, params: Mapping[str, Any]) -> Any:
        results: Any = self.rows
        if "filter" in params:
            conditions = [condition.split("==") for condition in params["filter"].split(",")]
            results = [row for row in self.rows if any(str(row.get(name)) == value for name, value in conditions)]
        if params.get("action") == "default":
            results = self.defaults
        elif not self.schema.is_table:
            results = self.rows[0]
        return {"results": results, "version": self.version, "serial": "FGVM00", "vdom": params.get("vdom", "root")}

    def _write(self, method: str, tail: str, params: Mapping[str, Any], body: Any) -> Any:
        if not self.schema.is_table:
            self.rows[0].update(body)
            return None
        mkey = self.schema.key.name
        if method == "POST":
            row = dict(body)
            if row[mkey] == 0:
                row[mkey] = max((int(key) for key in self.keys), default=0) + 1
            self.rows.append(row)
            return str(row[mkey])
        key = unquote(tail.strip("/").split("/")[0])
        position = [str(item) for item in self.keys].index(key)
        row = self.rows.pop(position)
        if method == "DELETE":
            return key
        if params.get("action") == "move":
            where = "before" if "before" in params else "after"
            position = [str(item) for item in self.keys].index(params[where]) + (where == "after")
        elif tail.count("/") == 1:
            row = {**row, **body}
        self.rows.insert(position, row)
        return key
