# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The shapes of endpoints whose generated code is on record under ``tests/golden``."""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.build import build_endpoint
from generator.catalogue import Catalogue
from generator.model import Endpoint


@dataclass(frozen=True)
class Shape:
    """An endpoint on record. Of one that is large for other reasons only `fields` are, under a path of its own."""

    name: str
    endpoint: str
    fields: tuple[str, ...] = ()

    def source(self, catalogue: Catalogue) -> dict[str, str]:
        """The generated SDK file and module, under the names of their records."""
        endpoint_file, module = build_endpoint(self._endpoint(catalogue))
        return {f"{self.name}.endpoint.txt": endpoint_file, f"{self.name}.module.txt": module}

    def _endpoint(self, catalogue: Catalogue) -> Endpoint:
        endpoint = catalogue.endpoints[self.endpoint]
        if not self.fields:
            return endpoint
        fields = {name: endpoint.facts["fields"][name] for name in self.fields}
        path = f"{endpoint.path}-excerpt"
        return replace(endpoint, path=path, facts={**endpoint.facts, "path": path, "fields": fields})


SHAPES = (
    Shape("plain_table", "cmdb/firewall/address"),
    Shape("nested_three_deep", "cmdb/wireless-controller.hotspot20/anqp-nai-realm"),
    Shape("singleton", "cmdb/system/dns"),
    Shape("movable_table", "cmdb/authentication/rule"),
    Shape("integer_key", "cmdb/router/static"),
    Shape("member_lists", "cmdb/firewall/addrgrp"),
    Shape("secrets", "cmdb/switch-controller/snmp-user"),
    Shape("multiple_values", "cmdb/firewall.schedule/recurring"),
    Shape("read_only", "cmdb/firewall/vendor-mac"),
    Shape("odd_names_1", "cmdb/switch-controller/managed-switch", ("switch-id", "802-1X-settings")),
    Shape("odd_names_2", "cmdb/wireless-controller/vap", ("name", "80211k", "80211v")),
    Shape("reading", "monitor/network/arp"),
    Shape("acting", "monitor/firewall/session/close"),
    Shape("question", "monitor/user/radius/test-connect"),
    Shape("download", "monitor/system/config/backup"),
    Shape("text", "log/event/system/raw"),
    Shape("upload", "monitor/system/config-script/upload"),
    Shape("restart", "monitor/system/os/reboot"),
    Shape("log", "log/traffic/forward"),
    Shape("odd_names_3", "cmdb/wireless-controller/wtp-profile", ("name", "admin-auth-tacacs+", "80211mc-mode")),
)
