# SPDX-FileCopyrightText: 2026 The hfortix.fortios developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Data as YAML that Ansible reads back as the same data: text stays text, and nothing in it is taken for a template."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from ..resource.task import TaskError
from .reduce import Placeholder

_TEMPLATE = re.compile(r"\{[{%#]")
#: Text without a character that YAML may change, such as the line breaks of other alphabets.
_PLAIN = re.compile(r"[\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\U00010000-\U0010ffff]*")
#: Text of several lines that reads well as a block of its own.
_BLOCK = re.compile(r"(?!\s)(?:.*(?<! )\n)*.*(?<! )\n?")


#: A list of values takes one line where it is not longer than this, about.
_SHORT = 80
#: A text of one line stays on one line, so that people find it and changes show.
_UNFOLDED = 1_000_000


class Template(str):
    """Text that Ansible shall take for a template."""

    __slots__ = ()


def dump(data: Any) -> str:
    """`data` (dictionaries, lists, texts, whole numbers, truth values) as YAML, in the order that it has.

    A `Placeholder` and a `Template` become templates; other text that looks like one is marked as unsafe.
    """
    import yaml

    text: str = yaml.dump(
        data, Dumper=_dumper(), sort_keys=False, allow_unicode=True, width=_UNFOLDED, default_flow_style=False
    )
    return text


def load(text: str, name: str) -> Any:
    """The data in YAML text; what is marked as unsafe is plain text here.

    :raises TaskError: it is no YAML, or holds what only Ansible can read, such as a vault; `name` says where
    """
    import yaml

    try:
        return yaml.load(text, Loader=_loader())
    except yaml.YAMLError as error:
        # The words of the error may quote the text, which may hold a secret; the place says enough.
        mark = getattr(error, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        raise TaskError(
            f"{name}{where}: this is no YAML that can be read here. Encrypted files have to be decrypted."
        ) from None


@cache
def _dumper() -> Any:
    import yaml

    class Dumper(yaml.SafeDumper):
        def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
            # Lists are indented below their key.
            return super().increase_indent(flow, False)

        def ignore_aliases(self, data: Any) -> bool:
            return True

    def text(dumper: Any, data: str) -> Any:
        unsafe = _TEMPLATE.search(data) is not None
        style = '"' if unsafe or not _PLAIN.fullmatch(data) else None
        if "\n" in data and _PLAIN.fullmatch(data) and _BLOCK.fullmatch(data):
            style = "|"
        return dumper.represent_scalar("!unsafe" if unsafe else "tag:yaml.org,2002:str", str(data), style)

    def template(dumper: Any, data: str) -> Any:
        return dumper.represent_scalar("tag:yaml.org,2002:str", str(data), '"')

    def placeholder(dumper: Any, data: str) -> Any:
        return template(dumper, f"{{{{ {data} }}}}")

    def values(dumper: Any, data: list[Any]) -> Any:
        short = all(isinstance(item, (str, int)) for item in data) and sum(len(str(item)) + 2 for item in data) < _SHORT
        return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=short)

    Dumper.add_representer(list, values)
    Dumper.add_representer(str, text)
    Dumper.add_representer(Template, template)
    Dumper.add_representer(Placeholder, placeholder)
    return Dumper


@cache
def _loader() -> Any:
    import yaml

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        """Reads text that is a template as a `Template`, unless it is marked as unsafe."""

    def text(loader: Any, node: Any) -> str:
        data = loader.construct_scalar(node)
        return Template(data) if _TEMPLATE.search(data) else data

    Loader.add_constructor("!unsafe", lambda loader, node: loader.construct_scalar(node))
    Loader.add_constructor("tag:yaml.org,2002:str", text)
    return Loader
