"""Reads ``scheme.yaml`` and refuses nonsense with file, line and remedy (SCH-1xx)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec

from jingban.schemes.model import Scheme
from jingban.values import yamlfile
from jingban.values.findings import Finding, Refused
from jingban.values.i18n import gettext as _

FILE = "scheme.yaml"


def parse(text: str, label: str) -> Scheme:
    """A scheme from its text. Raises ``Refused``: SCH-101 unreadable, SCH-102 a field is missing, unknown or of the wrong shape,
    SCH-103 a number or code given twice, SCH-104 a group that nobody defines."""
    try:
        content = yamlfile.parse(text)
    except yamlfile.Unreadable as error:
        message = _("{file}：不是可读的 YAML（{problem}）；按附近的行改正后重试").format(
            file=label, problem=error
        )
        raise Refused([Finding("SCH-101", message, row=error.line)]) from error
    try:
        scheme = msgspec.convert(content, Scheme)
    except msgspec.ValidationError as error:
        raise Refused([_shape(error, content, label)]) from error
    if findings := [*_doubled(scheme, content, label), *_undefined(scheme, content, label)]:
        raise Refused(findings)
    return scheme


def _shape(error: msgspec.ValidationError, content: object, label: str) -> Finding:
    path, problem = next(_entries(content), ("", error))
    text = _("{file}：{place} 的写法不对（{problem}）；照同一节其他各行的字段改正")
    message = text.format(file=label, place=path or FILE, problem=problem)
    return Finding("SCH-102", message, row=yamlfile.line_of(content, path))


def _entries(content: object) -> Iterator[tuple[str, msgspec.ValidationError]]:
    """Entries that do not fit their section, by path: of a whole file the library names the section only."""
    for section in msgspec.structs.fields(Scheme):
        entries = content.get(section.name, {}) if isinstance(content, dict) else {}
        parts = entries if isinstance(entries, dict) else {"": entries}
        for name, entry in parts.items():
            try:
                msgspec.convert({name: entry} if name else entry, section.type)
            except msgspec.ValidationError as error:
                yield f"{section.name}.{name}".rstrip("."), error


def _doubled(scheme: Scheme, content: object, label: str) -> Iterator[Finding]:
    sections: dict[str, dict[str, int | str]] = {
        "items": {name: item.number for name, item in scheme.items.items()},
        "groups": {name: group.number for name, group in scheme.groups.items()},
        "sub_ledgers": {name: ledger.number for name, ledger in scheme.sub_ledgers.items()},
        "reasons": {name: reason.code for name, reason in scheme.reasons.items()},
    }
    for section, numbers in sections.items():
        first: dict[int | str, str] = {}
        for name, number in numbers.items():
            if (other := first.setdefault(number, name)) != name:
                text = _(
                    "{file}：{section} 里 {name} 与 {other} 用了同一个号 {number}；给其中一个换号，已入库的号不能改"
                ).format(file=label, section=section, name=name, other=other, number=number)
                yield Finding("SCH-103", text, row=yamlfile.line_of(content, f"{section}.{name}"))


def _undefined(scheme: Scheme, content: object, label: str) -> Iterator[Finding]:
    for name, members in scheme.group_sets.items():
        for member in members:
            if member not in scheme.groups:
                text = _(
                    "{file}：group_sets 的 {name} 提到 groups 里没有的 {member}；先在 groups 里写明"
                ).format(file=label, name=name, member=member)
                yield Finding("SCH-104", text, row=yamlfile.line_of(content, f"group_sets.{name}"))


def load(folder: Path, label: str = "") -> Scheme:
    """The scheme of a folder. Raises ``Refused`` as :func:`parse`, SCH-101 too where there is no ``scheme.yaml``."""
    path, label = folder / FILE, label or f"{folder.name}/{FILE}"
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = _("{file}：不是可读的 YAML（{problem}）；按附近的行改正后重试").format(
            file=label, problem=error
        )
        raise Refused([Finding("SCH-101", message)]) from error
    return parse(text, label)


@cache
def shipped() -> dict[str, Scheme]:
    """Every shipped scheme by name."""
    folders = [Path(str(item)) for item in files("jingban.schemes").iterdir() if (item / FILE).is_file()]
    return {scheme.scheme: scheme for scheme in map(load, sorted(folders))}


RESIDENTS = shipped()["residents"]
"""城乡居民基本养老保险, the scheme of the register as it is today."""
