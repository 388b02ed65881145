"""Strict reading of YAML and CSV: unknown keys, wrong types and doubles are findings, all shown together.

Codes: FRM-101 unreadable file, FRM-102 unknown key, FRM-103 missing key, FRM-104 wrong type or value,
FRM-105 the same key twice, FRM-110 expression, FRM-111 dangling reference, FRM-112 edition years, FRM-2xx code books,
FRM-3xx performance frameworks, FRM-4xx sentences.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from jingban.forms import compiled
from jingban.values.findings import Finding, Findings, Refused
from jingban.values.i18n import gettext as _

MISSING = object()


def data_files(folder: str, suffix: str) -> Iterator[tuple[str, str]]:
    """(name, text) of every packaged data file of a folder, in name order."""
    root = resources.files("jingban.forms") / "data" / folder
    entries: list[Traversable] = sorted(root.iterdir(), key=lambda entry: entry.name)
    for entry in entries:
        if entry.name.endswith(suffix):
            yield f"{folder}/{entry.name}", entry.read_text(encoding="utf-8")


def read_yaml(name: str, text: str) -> Any:
    """One description, from its compiled form when that was made from this very text, else parsed."""
    value = compiled.find(name, text)
    return parse_yaml(name, text) if value is compiled.MISSING else value


def parse_yaml(name: str, text: str) -> Any:
    """Parse one file; refuses with FRM-101 or FRM-105 (line and column in the message)."""
    import yaml

    try:
        return yaml.load(text, Loader=_loader())
    except yaml.YAMLError as error:
        code = "FRM-105" if "duplicate key" in str(error) else "FRM-101"
        mark = getattr(error, "problem_mark", None)
        where = f"{name}:{mark.line + 1}" if mark else name
        message = _("%(where)s：无法读取：%(why)s") % {
            "where": where,
            "why": getattr(error, "problem", None) or error,
        }
        raise Refused([Finding(code, message)]) from error


@functools.cache
def _loader() -> Any:
    """A safe loader that refuses the same key twice: plain YAML would silently keep the last."""
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class UniqueKeyLoader(base):
        def construct_mapping(self, node: Any, deep: bool = False) -> Any:
            seen: set[Any] = set()
            for key_node, _value in node.value:
                key = self.construct_object(key_node, deep=True)
                if key in seen:
                    raise yaml.constructor.ConstructorError(
                        None, None, f"duplicate key: {key}", key_node.start_mark
                    )
                seen.add(key)
            return super().construct_mapping(node, deep)

    return UniqueKeyLoader


class Reader:
    """One mapping of a description; remembers which keys were asked for, so :meth:`done` can name the others."""

    def __init__(self, value: Any, where: str, findings: Findings) -> None:
        self.where = where
        self.findings = findings
        self.value: dict[str, Any] = value if isinstance(value, dict) else {}
        self.seen: set[str] = set()
        if not isinstance(value, dict):
            self.report("FRM-104", _("应为键值表，实为%(kind)s") % {"kind": type(value).__name__})

    def report(self, code: str, message: str) -> None:
        """Add a finding about this place."""
        self.findings.add(Finding(code, f"{self.where}：{message}"))

    def has(self, key: str) -> bool:
        return key in self.value

    def raw(self, key: str, default: Any = MISSING) -> Any:
        self.seen.add(key)
        if key in self.value:
            return self.value[key]
        if default is MISSING:
            self.report("FRM-103", _("缺少“%(key)s”") % {"key": key})
            return None
        return default

    def text(self, key: str, default: Any = MISSING, choices: tuple[str, ...] = ()) -> str:
        value = self.raw(key, default)
        if value is None and (default is None or key not in self.value):
            return ""
        if not isinstance(value, str):
            self._wrong(key, _("文字"), value)
            return str(value)
        if choices and value not in choices:
            self._wrong(key, "/".join(choices), value)
        return value

    def maybe_text(self, key: str) -> str | None:
        return self.text(key, None) or None

    def integer(self, key: str, default: Any = MISSING) -> int:
        value = self.raw(key, default)
        if isinstance(value, bool) or not isinstance(value, int):
            if value is not None:
                self._wrong(key, _("整数"), value)
            return 0
        return value

    def maybe_integer(self, key: str) -> int | None:
        value = self.raw(key, None)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            self._wrong(key, _("整数"), value)
            return None
        return value

    def flag(self, key: str) -> bool:
        value = self.raw(key, False)
        if not isinstance(value, bool):
            self._wrong(key, "true/false", value)
            return False
        return value

    def texts(self, key: str, default: Any = ()) -> tuple[str, ...]:
        value = self.raw(key, default)
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
            self._wrong(key, _("文字列表"), value)
            return ()
        return tuple(value)

    def readers(self, key: str, default: Any = ()) -> list[Reader]:
        value = self.raw(key, default)
        if not isinstance(value, list | tuple):
            self._wrong(key, _("列表"), value)
            return []
        return [
            Reader(item, f"{self.where}.{key}[{index}]", self.findings) for index, item in enumerate(value)
        ]

    def mapping(self, key: str, default: Any = MISSING) -> dict[str, Any]:
        value = self.raw(key, default)
        if not isinstance(value, dict):
            if value is not None:
                self._wrong(key, _("键值表"), value)
            return {}
        return value

    def _wrong(self, key: str, wanted: str, value: Any) -> None:
        self.report(
            "FRM-104",
            _("“%(key)s”应为%(wanted)s，实为%(value)r") % {"key": key, "wanted": wanted, "value": value},
        )

    def done(self) -> None:
        """Report keys nobody asked for: a misspelt key must not pass as an absent one."""
        for key in self.value:
            if key not in self.seen:
                self.report("FRM-102", _("不认识的键“%(key)s”") % {"key": key})
