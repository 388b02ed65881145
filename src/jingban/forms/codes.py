"""Classification code books (政府收支分类科目): functional and economic, each code with its edition years.

A name is only wrong when the book of that year knows the code and gives it another name; a code the book does not know
is not an error, because the book holds the part of the classification this project could source.
"""

from __future__ import annotations

import csv
import functools
import io
import itertools
import unicodedata
from dataclasses import dataclass
from typing import Literal

from jingban.forms.model import LAST_YEAR, Confidence, Years
from jingban.forms.strict import data_files
from jingban.values.findings import Finding, Findings, Refused
from jingban.values.i18n import gettext as _

BookName = Literal["function", "economic"]
HEADER = ["code", "name", "since", "until", "confidence", "aliases"]
LEVELS: dict[str, tuple[int, ...]] = {"function": (3, 5, 7), "economic": (3, 5)}


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """One code in one span of edition years."""

    code: str
    name: str
    years: Years
    confidence: Confidence
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


@dataclass(frozen=True)
class CodeBook:
    """All entries of one classification, oldest edition first."""

    name: str
    entries: dict[str, tuple[CodeEntry, ...]]

    @property
    def levels(self) -> tuple[int, ...]:
        return LEVELS[self.name]

    @functools.cached_property
    def _by_name(self) -> dict[str, list[CodeEntry]]:
        """Comparable name or alias -> the entries so called."""
        found: dict[str, list[CodeEntry]] = {}
        for entry in itertools.chain.from_iterable(self.entries.values()):
            for name in dict.fromkeys(map(plain, entry.names)):
                found.setdefault(name, []).append(entry)
        return found

    def all(self, code: str) -> tuple[CodeEntry, ...]:
        """Every edition of a code; empty when the book does not know it."""
        return self.entries.get(code, ())

    def find(self, code: str, year: int | None) -> CodeEntry | None:
        """The entry in force in ``year`` (the newest when the year is unknown)."""
        found = self.all(code)
        if year is None:
            return found[-1] if found else None
        return next((entry for entry in found if year in entry.years), None)

    def classes(self, year: int) -> tuple[CodeEntry, ...]:
        """The 类 of a year, in code order."""
        return tuple(
            entry for code in sorted(self.entries) if len(code) == 3 and (entry := self.find(code, year))
        )

    def children(self, code: str, year: int) -> tuple[CodeEntry, ...]:
        """Direct children of a code in a year, in code order."""
        length = next((level for level in self.levels if level > len(code)), 0)
        return tuple(
            entry
            for child in sorted(self.entries)
            if len(child) == length and child.startswith(code) and (entry := self.find(child, year))
        )

    def named(self, name: str, year: int | None = None) -> tuple[CodeEntry, ...]:
        """Entries whose name or alias equals ``name`` after :func:`plain`."""
        return tuple(
            entry for entry in self._by_name.get(plain(name), ()) if year is None or year in entry.years
        )

    def instead(self, code: str, year: int) -> tuple[CodeEntry, ...]:
        """What stands in ``year`` in the place of a code of other years: another number of the same level, class
        and name, else the ones it was split into (赠与 → 经常性赠与、资本性赠与)."""
        names = {plain(name) for entry in self.all(code) for name in entry.names}
        beside = [
            entry
            for other in sorted(self.entries)
            if len(other) == len(code) and other[:3] == code[:3] and other != code
            if (entry := self.find(other, year))
        ]
        same = [entry for entry in beside if names & {plain(name) for name in entry.names}]
        split = [entry for entry in beside if any(name in plain(entry.name) for name in names)]
        found = same or split
        return tuple(found) if len(found) <= INSTEAD_MAX else ()


INSTEAD_MAX = 3
"""More codes of one name than this (行政运行 stands under every 款) say nothing."""


_MARKS = str.maketrans("", "", "()[]“”\"'‘’、,.·《》<>")


@functools.lru_cache(maxsize=8192)
def plain(name: str) -> str:
    """A name for comparison: NFKC, no blanks, brackets, quotes or enumeration marks, 支出 dropped at the end."""
    kept = "".join(unicodedata.normalize("NFKC", name).translate(_MARKS).split())
    return kept.removesuffix("支出") if len(kept) > 4 else kept


@functools.cache
def code_book(name: BookName) -> CodeBook:
    """The packaged book; refuses with every defect found in the file (FRM-201…)."""
    for file, text in data_files("codes", ".csv"):
        if file == f"codes/{name}.csv":
            return read_book(name, text)
    raise Refused([Finding("FRM-201", _("没有代码本“%(name)s”") % {"name": name})])


def read_book(name: str, text: str) -> CodeBook:
    """Parse and check one CSV: header, digits, years in order, no overlap, every code under a known parent."""
    findings = Findings()
    reader = csv.reader(io.StringIO(text))
    header = next(reader, [])
    if header != HEADER:
        raise Refused(
            [
                Finding(
                    "FRM-202",
                    _("代码本“%(name)s”表头应为%(header)s") % {"name": name, "header": ",".join(HEADER)},
                )
            ]
        )
    collected: dict[str, list[CodeEntry]] = {}
    for number, row in enumerate(reader, start=2):
        entry = _entry(name, number, row, findings)
        if entry is not None:
            collected.setdefault(entry.code, []).append(entry)
    for code, entries in collected.items():
        entries.sort(key=lambda entry: entry.years.since)
        for earlier, later in itertools.pairwise(entries):
            if later.years.since <= earlier.years.until:
                findings.add(Finding("FRM-205", _("代码%(code)s的年度区间重叠") % {"code": code}))
        if len(code) > 3 and code[:-2] not in collected:
            findings.add(Finding("FRM-206", _("代码%(code)s没有上级科目") % {"code": code}))
    if findings.errors:
        raise Refused(findings.errors)
    return CodeBook(name, {code: tuple(entries) for code, entries in sorted(collected.items())})


def _entry(name: str, number: int, row: list[str], findings: Findings) -> CodeEntry | None:
    def wrong(code: str, message: str) -> None:
        findings.add(Finding(code, message, row=number))

    if len(row) != len(HEADER):
        wrong("FRM-202", _("列数应为%(count)d") % {"count": len(HEADER)})
        return None
    code, title, since, until, confidence, aliases = (cell.strip() for cell in row)
    if not (code.isascii() and code.isdigit() and len(code) in LEVELS.get(name, ())):
        wrong("FRM-203", _("代码“%(code)s”位数不对") % {"code": code})
        return None
    if not title or confidence not in ("H", "M", "L"):
        wrong("FRM-203", _("代码%(code)s缺名称或可信度") % {"code": code})
        return None
    if not since.isdigit() or (until and not until.isdigit()) or (until and int(until) < int(since)):
        wrong("FRM-204", _("代码%(code)s的年度区间不对") % {"code": code})
        return None
    years = Years(int(since), int(until) if until else LAST_YEAR)
    level: Confidence = "H" if confidence == "H" else "M" if confidence == "M" else "L"
    return CodeEntry(code, title, years, level, tuple(alias for alias in aliases.split(";") if alias))
