# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
"""The filters of the collection. The YAML file of its name documents each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from typing import Any, TypeVar

from ansible.errors import AnsibleFilterError
from ansible.utils.display import Display

from ansible_collections.hfortix.fortios.plugins.module_utils.hfortix_fortios import networks, ports
from ansible_collections.hfortix.fortios.plugins.plugin_utils.configuration_text import by_module, read

F = TypeVar("F", bound=Callable[..., Any])

#: How many of the lines that were not understood a warning shows.
SHOWN = 5

display = Display()


def to_networks(blocks: str | Iterable[str]) -> list[str]:
    """The fewest networks that hold the same addresses."""
    return networks.to_networks([blocks] if isinstance(blocks, str) else blocks)


def to_ranges(blocks: str | Iterable[str]) -> list[str]:
    """The fewest ranges that hold the same addresses."""
    return networks.to_ranges([blocks] if isinstance(blocks, str) else blocks)


def parse_ports(text: str | int) -> list[dict[str, int]]:
    """Port ranges as data."""
    return ports.as_data(ports.parse(str(text)))


def to_ports(items: str | int | Mapping[str, int] | Sequence[str | int | Mapping[str, int]]) -> str:
    """Ports and ranges of ports as the shortest text."""
    return ports.to_text(ports.from_data(items))


def parse_config(text: str, vdom: str | None = None) -> dict[str, Any]:
    """Configuration text as the `config` of modules, by their names. What it does not understand, a warning tells."""
    parsed = read(text)
    config = by_module(parsed, vdom)
    if parsed.unknown:
        more = "; ..." if len(parsed.unknown) > SHOWN else ""
        lines = "; ".join(str(item) for item in parsed.unknown[:SHOWN])
        display.warning(f"parse_config left out {len(parsed.unknown)} parts of the text: {lines}{more}")
    return config


def _filter(function: F) -> F:
    """`function` with the error that templates expect for a value that it does not take."""

    @wraps(function)
    def run(*args: Any, **options: Any) -> Any:
        try:
            return function(*args, **options)
        except (AttributeError, TypeError, ValueError) as error:
            raise AnsibleFilterError(f"hfortix.fortios.{function.__name__}: {error}") from error

    return run  # type: ignore[return-value]


class FilterModule:
    def filters(self) -> dict[str, Callable[..., Any]]:
        functions = (
            networks.to_cidr, networks.to_subnet, to_networks, to_ranges, parse_ports, to_ports, parse_config,
        )  # fmt: skip
        return {function.__name__: _filter(function) for function in functions}
