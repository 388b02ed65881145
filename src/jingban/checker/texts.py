"""Running text and cells as lines with their sources, for rules about wording, numbering and completeness."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from jingban.checker.model import Document, Heading, Paragraph, Source, Table
from jingban.values.patterns import lazy

_SENTENCE = lazy(r"[^。；;！？!?]+[。；;！？!?]?")
_NUMERALS = {mark: value for value, mark in enumerate("一二三四五六七八九十", start=1)}
_MARKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("arabic", lazy(r"^[-•]?\s*(?P<mark>(?P<number>\d{1,2})[.、．](?![\d]))")),
    ("bracket", lazy(r"^[-•]?\s*(?P<mark>[（(](?P<number>\d{1,2})[)）])")),
    ("chinese", lazy(r"^[-•]?\s*(?P<mark>(?P<number>[一二三四五六七八九十]{1,3})、)")),
    ("chinese-bracket", lazy(r"^[-•]?\s*(?P<mark>[（(](?P<number>[一二三四五六七八九十]{1,3})[)）])")),
)
CONTENTS = lazy(r"^\s*目\s*录\s*$")


class Line(Struct, frozen=True):
    """One paragraph, heading or cell. ``block`` is its ordinal in the document."""

    text: str
    source: Source
    block: int
    section: str = ""
    paragraph: Paragraph | None = None
    heading: bool = False

    def at(self, offset: int) -> Source:
        """Source of one character."""
        return self.paragraph.at(offset) if self.paragraph is not None else self.source

    def around(self, start: int, end: int, reach: int = 40) -> str:
        """The text near a place, for quoting."""
        return self.text[max(0, start - reach) : end + reach]

    def sentences(self) -> Iterator[tuple[int, str]]:
        """(offset, text) of every sentence."""
        for found in _SENTENCE.finditer(self.text):
            yield found.start(), found[0]


def lines_of(document: Document, *, cells: bool = True) -> Iterator[Line]:
    """Every heading, paragraph and (``cells``) table cell in reading order; merged continuations once."""
    for index, block in enumerate(document.blocks):
        if isinstance(block, Heading):
            yield Line(block.text, block.source, index, block.text, None, True)
        elif isinstance(block, Paragraph):
            yield Line(block.text, block.source, index, block.section, block)
        elif cells:
            yield from _cells(block, index)


def _cells(table: Table, index: int) -> Iterator[Line]:
    for row in table.rows:
        for cell in row:
            if cell is not None and cell.text and not cell.inherited:
                yield Line(cell.text, cell.source, index, table.section)


class Numbered(Struct, frozen=True):
    """A line that begins with an ordinal."""

    style: str
    number: int
    mark: str
    line: Line


def numbered(line: Line) -> Numbered | None:
    """The ordinal a line begins with."""
    for style, pattern in _MARKS:
        if (found := pattern.match(line.text)) is not None:
            number = int(found["number"]) if found["number"].isdigit() else chinese_number(found["number"])
            return Numbered(style, number, found["mark"], line) if number else None
    return None


def chinese_number(text: str) -> int:
    """一 → 1, 十二 → 12, 二十六 → 26; 0 for what is no number below 100."""
    head, ten, tail = text.partition("十")
    if not ten:
        return _NUMERALS.get(text, 0)
    if any(part and part not in _NUMERALS for part in (head, tail)):
        return 0
    return 10 * (_NUMERALS[head] if head else 1) + (_NUMERALS[tail] if tail else 0)


def numbered_runs(document: Document) -> Iterator[list[Numbered]]:
    """Runs of ascending ordinals of one style; an ordinal of a higher style ends the runs below it."""
    order = ["chinese", "chinese-bracket", "arabic", "bracket"]
    runs: dict[str, list[Numbered]] = {}
    skip_until = contents_end(document)
    for line in lines_of(document, cells=False):
        if line.block < skip_until:
            continue
        item = numbered(line)
        if item is None:
            if line.heading:
                yield from (run for run in runs.values() if len(run) > 2)
                runs = {}
            continue
        for lower in order[order.index(item.style) + 1 :]:
            run = runs.pop(lower, [])
            if len(run) > 2:
                yield run
        run = runs.setdefault(item.style, [])
        if run and item.number <= run[-1].number:
            if len(run) > 2:
                yield list(run)
            run.clear()
        run.append(item)
    yield from (run for run in runs.values() if len(run) > 2)


def contents_end(document: Document) -> int:
    """Block ordinal where the printed table of contents ends; 0 when there is none."""
    start: int | None = None
    seen: set[str] = set()
    for line in lines_of(document, cells=False):
        if start is None:
            if CONTENTS.match(line.text):
                start = line.block
            elif line.block > 60:
                return 0
            continue
        plain = re.sub(r"[\s\d.…·]+$", "", re.sub(r"\s+", "", line.text))
        if plain in seen or len(plain) > 60 or "。" in plain:
            return line.block
        seen.add(plain)
        if line.block - start > 120:
            return line.block
    return 0


def glossary_lines(document: Document) -> Iterator[Line]:
    """Paragraphs of the 名词解释 part."""
    inside = False
    after = contents_end(document)
    for line in lines_of(document, cells=False):
        short = re.sub(r"\s+", "", line.text)
        if line.block >= after and len(short) <= 16 and "名词解释" in short:
            inside = True
            continue
        if inside and re.match(r"^第[一二三四五六七八]部分", short):
            return
        if inside and re.match(r"^附件\d*$|^附表$", short):
            return
        if inside:
            yield line
