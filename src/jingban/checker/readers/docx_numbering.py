"""Automatic numbers of DOCX lists and headings (一、 （一） 1.): printed on the page, absent from the text runs."""

from __future__ import annotations

import re
from typing import Any

from msgspec import Struct, field

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = frozenset(
    (
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "ideographDigital",
        "taiwaneseCountingThousand",
        "chineseLegalSimplified",
    )
)
_DIGITS = "〇一二三四五六七八九"
_FINANCIAL = "零壹贰叁肆伍陆柒捌玖"


def chinese(number: int, digits: str = _DIGITS, ten: str = "十") -> str:
    """1..99 in Chinese numerals: 十一, 二十."""
    if number < 10:
        return digits[number]
    if number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 and digits is _DIGITS else digits[tens]) + ten + (digits[ones] if ones else "")


def formatted(number: int, kind: str) -> str:
    """One level's number in its numbering format; decimal where the format is not known."""
    if kind == "chineseLegalSimplified":
        return chinese(number, _FINANCIAL, "拾")
    if kind in _CHINESE:
        return chinese(number)
    if kind == "decimalEnclosedCircle" or kind == "decimalEnclosedCircleChinese":
        return chr(0x2460 + number - 1) if 1 <= number <= 20 else str(number)
    if kind in ("lowerLetter", "upperLetter") and number <= 26:
        return chr((97 if kind == "lowerLetter" else 65) + number - 1)
    return str(number)


class _Level(Struct):
    kind: str = "decimal"
    text: str = "%1."
    start: int = 1


class Numbering(Struct):
    """Counts through the document in order: call :meth:`label` once for every numbered paragraph."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    """numId -> level -> definition"""
    lists: dict[str, str] = field(default_factory=dict)
    """numId -> abstract list: lists of one definition count on together."""
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def label(self, number_id: str, level: int) -> str:
        """Printed number of the next paragraph of this list and level; empty for bullets and unknown lists."""
        levels = self.levels.get(number_id)
        if levels is None or level not in levels:
            return ""
        chosen = levels[level]
        if chosen.kind in ("bullet", "none"):
            return ""
        key = self.lists.get(number_id, number_id)
        self.counts[(key, level)] = self.counts.get((key, level), chosen.start - 1) + 1
        for deeper in [place for place in self.counts if place[0] == key and place[1] > level]:
            del self.counts[deeper]

        def number(matched: re.Match[str]) -> str:
            depth = int(matched[1]) - 1
            definition = levels.get(depth, chosen)
            return formatted(self.counts.get((key, depth), definition.start), definition.kind)

        return re.sub(r"%(\d)", number, chosen.text)


def _value(element: Any, name: str) -> str | None:
    child = element.find(f"{W}{name}") if element is not None else None
    return child.get(f"{W}val") if child is not None else None


def read_numbering(root: Any) -> Numbering:
    """Definitions out of ``word/numbering.xml``."""
    abstract: dict[str, dict[int, _Level]] = {}
    for definition in root.iter(f"{W}abstractNum"):
        levels: dict[int, _Level] = {}
        for level in definition.iter(f"{W}lvl"):
            place = level.get(f"{W}ilvl") or "0"
            start = _value(level, "start") or "1"
            levels[int(place)] = _Level(
                _value(level, "numFmt") or "decimal",
                _value(level, "lvlText") or "",
                int(start) if start.isdigit() else 1,
            )
        abstract[definition.get(f"{W}abstractNumId") or ""] = levels
    numbering = Numbering()
    for instance in root.iter(f"{W}num"):
        own = instance.get(f"{W}numId") or ""
        name = _value(instance, "abstractNumId") or ""
        if name in abstract:
            numbering.levels[own] = abstract[name]
            restarted = instance.find(f"{W}lvlOverride") is not None
            numbering.lists[own] = own if restarted else f"abstract {name}"
    return numbering
