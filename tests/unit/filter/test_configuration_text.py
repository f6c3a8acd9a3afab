# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Configuration text as the data of modules: one virtual domain at a time, without secrets, nothing lost in silence."""

from __future__ import annotations

from typing import Any

import pytest
from ansible.errors import AnsibleFilterError

from ansible_collections.hfortix.fortios.plugins.filter import fortios
from ansible_collections.hfortix.fortios.plugins.filter.fortios import FilterModule

FILTERS = FilterModule().filters()

PLAIN = """#config-version=FGVM64-7.4.4-FW-build2662-240514:opmode=0:vdom=0:user=admin
config system global
    set hostname "fw1"
end
config firewall service custom
    edit "web"
        set tcp-portrange 80 443
    next
end
config user local
    edit "anna"
        set type password
        set passwd ENC c2VjcmV0
    next
end
"""
DIVIDED = """config vdom
edit root
next
edit guests
next
end
config global
config system global
    set hostname "fw1"
end
end
config vdom
edit root
config firewall address
    edit "a"
        set fqdn "a.example.com"
    next
end
end
config vdom
edit guests
config firewall address
    edit "b"
        set fqdn "b.example.com"
    next
end
end
"""


def parse(text: str, *arguments: str) -> Any:
    return FILTERS["parse_config"](text, *arguments)


def test_each_module_gets_its_config() -> None:
    config = parse(PLAIN)
    assert config["system_global"] == {"hostname": "fw1"}
    assert config["firewall_service_custom"] == [{"name": "web", "tcp_portrange": "80 443"}]
    assert config["user_local"] == [{"name": "anna", "type": "password"}]


def test_a_text_with_virtual_domains_is_taken_one_by_one() -> None:
    assert parse(DIVIDED, "global") == {"system_global": {"hostname": "fw1"}}
    assert [row["name"] for row in parse(DIVIDED, "root")["firewall_address"]] == ["a"]
    assert [row["name"] for row in parse(DIVIDED, "guests")["firewall_address"]] == ["b"]


@pytest.mark.parametrize(
    ("text", "arguments", "message"),
    [
        (DIVIDED, (), "the text has several virtual domains, and vdom names none of them; it has global, root, guests"),
        (DIVIDED, ("dmz",), "the text has no virtual domain 'dmz'; it has global, root, guests"),
        (PLAIN, ("root",), "the text has no virtual domains, and so none of the name 'root'"),
    ],
)
def test_a_virtual_domain_that_does_not_fit_is_refused(text: str, arguments: tuple[str, ...], message: str) -> None:
    with pytest.raises(AnsibleFilterError, match=f"hfortix.fortios.parse_config: {message}"):
        parse(text, *arguments)


def test_a_backup_of_one_virtual_domain_has_its_name() -> None:
    text = "#global_vdom=0:vd_name=shop/shop\n" + PLAIN
    assert parse(text, "shop") == parse(text) == parse(PLAIN)
    with pytest.raises(AnsibleFilterError, match="none of the name 'root'"):
        parse(text, "root")


def test_what_is_not_understood_is_told_with_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    warnings: list[str] = []
    monkeypatch.setattr(fortios.display, "warning", warnings.append)
    text = "config system global\n    set hostname fw1\n    set nonsense 1\nend\n" + "config no such thing\nend\n" * 6
    assert parse(text) == {"system_global": {"hostname": "fw1"}}
    (warning,) = warnings
    assert warning.startswith("parse_config left out 7 parts of the text: line 3: set nonsense 1: ")
    assert "; line 5: config no such thing: " in warning
    assert warning.endswith("; ...")


def test_values_of_another_kind_are_refused_in_words() -> None:
    for name, value in {"to_cidr": None, "parse_ports": {}, "to_networks": 5, "to_ports": None}.items():
        with pytest.raises(AnsibleFilterError, match=f"hfortix.fortios.{name}: "):
            FILTERS[name](value)
