"""Running text of a PDF: characters to lines, page furniture out, and whether a line goes on in the next."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from msgspec import Struct

from jingban.checker.layout.captions import is_caption_line
from jingban.checker.layout.text import CJK, is_numeric, normalise
from jingban.checker.readers.pdf_page import Char
from jingban.values.patterns import lazy

SPACE_EMS = 0.35
"""A gap wider than this many character heights is a printed space (between Han characters: none)."""
WIDE_EMS = 2.5
_PAGE_NUMBER = lazy(r"^[-—–·\s]*(第?\s*\d{1,4}\s*页?(\s*[/,，共]\s*共?\s*\d{1,4}\s*页?)?)[-—–·\s]*$")
_STOP = lazy(r"[。！？；：:;!?]$")
FURNITURE_BAND = 0.085


class Line(Struct):
    """One printed line outside tables."""

    page: int
    chars: list[Char]
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    continues: bool | None = None

    @property
    def box(self) -> tuple[float, float, float, float]:
        return self.x0, self.top, self.x1, self.bottom


def _reading_order(char: Char) -> tuple[float, float]:
    return char.middle[1], char.x0


def _left(char: Char) -> float:
    return char.x0


def group_lines(chars: list[Char]) -> list[list[Char]]:
    """Characters to lines by the height of their middles, each line from left to right."""
    lines: list[list[Char]] = []
    middle = 0.0
    for char in sorted(chars, key=_reading_order):
        if lines and abs(char.middle[1] - middle) < 0.45 * char.height:
            lines[-1].append(char)
            middle += (char.middle[1] - middle) / len(lines[-1])
        else:
            lines.append([char])
            middle = char.middle[1]
    for line in lines:
        line.sort(key=_left)
    return lines


def line_text(chars: list[Char]) -> str:
    """Text of one line; doubled characters (bold drawn twice) once."""
    parts: list[str] = []
    last: Char | None = None
    for char in chars:
        if last is not None:
            if char.text == last.text and abs(char.x0 - last.x0) < 0.25 * char.height:
                continue
            gap = (char.x0 - last.x1) / char.height
            if gap > WIDE_EMS:
                parts.append("    ")
            elif gap > SPACE_EMS and not (CJK.match(char.text) and CJK.match(last.text)):
                parts.append(" ")
        parts.append(char.text)
        last = char
    return "".join(parts)


def pieces(chars: list[Char]) -> list[list[Char]]:
    """The line cut at its wide gaps when that yields caption lines (部门：…  单位：万元), else the whole line."""
    cut: list[list[Char]] = []
    for char in chars:
        if cut and (char.x0 - cut[-1][-1].x1) <= WIDE_EMS * char.height:
            cut[-1].append(char)
        else:
            cut.append([char])
    if len(cut) > 1 and any(is_caption_line(line_text(part)) for part in cut):
        return cut
    return [chars]


def make_lines(page: int, chars: list[Char]) -> list[Line]:
    out = []
    for row in group_lines(chars):
        for part in pieces(row):
            text = line_text(part)
            if text.strip():
                box = (part[0].x0, min(c.top for c in part), part[-1].x1, max(c.bottom for c in part))
                out.append(Line(page, part, text, *box))
    return out


def drop_furniture(pages: list[tuple[float, list[Line]]]) -> list[list[Line]]:
    """Without page numbers and without headers and footers that come again at the same height on three pages (of two
    pages: on both).
    """
    seen: Counter[tuple[str, int]] = Counter()
    often = max(2, min(3, len(pages)))
    for height, lines in pages:
        for line in _edge_lines(height, lines):
            seen[_furniture_key(line)] += 1
    out = []
    for height, lines in pages:
        band = {id(line) for line in _edge_lines(height, lines)}
        out.append(
            [
                line
                for line in lines
                if not (
                    id(line) in band
                    and (_PAGE_NUMBER.match(line.text) or seen[_furniture_key(line)] >= often)
                )
            ]
        )
    return out


def _edge_lines(height: float, lines: list[Line]) -> list[Line]:
    return [
        line
        for line in lines
        if line.top < FURNITURE_BAND * height or line.bottom > (1 - FURNITURE_BAND) * height
    ]


def _furniture_key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", normalise(line.text)), round(line.top / 4)


def mark_continuations(lines: list[Line]) -> None:
    """Tell for each line whether the next one carries its sentence on: it is full, and the next is not indented.

    Margins are those of the line's own page where it has enough text: a report mixes upright text and turned tables.
    """
    body = [line for line in lines if len(line.chars) > 15]
    if len(body) < 2:
        return
    own = {page: [line for line in body if line.page == page] for page in {line.page for line in body}}
    margins = {page: _margins(found) for page, found in own.items() if len(found) >= MARGIN_LINES_MIN}
    whole = _margins(body)
    indents = any(line.x0 > margins.get(line.page, whole)[0] + 1.5 * _em(line) for line in body)
    for line, following in pairwise(lines):
        em = _em(line)
        left, right = margins.get(line.page, whole)
        short = (right - line.x1) / em
        indented = following.x0 > margins.get(following.page, whole)[0] + 1.2 * em
        if line.x1 - line.x0 < 0.5 * (right - left) or short > 6:
            line.continues = False
        elif short < 1.6 and not indented and abs(_em(following) - em) < 0.15 * em:
            line.continues = indents or not _STOP.search(line.text)
        elif indented and indents:
            line.continues = False


MARGIN_LINES_MIN = 8
"""Fewer long lines on a page say nothing about its margins."""


def _margins(body: list[Line]) -> tuple[float, float]:
    return _common(sorted(line.x0 for line in body), 0.05), _common(sorted(line.x1 for line in body), 0.98)


def _em(line: Line) -> float:
    heights = sorted(char.height for char in line.chars)
    return max(heights[len(heights) // 2], 1.0)


def _common(ordered: list[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def looks_gapped(line: Line) -> bool:
    """Cut into pieces by wide gaps, or a lone short piece as in a cell that runs over two lines."""
    return (
        looks_tabular(line)
        or len(re.split(r"\s{2,}", line.text.strip())) >= 2
        or (len(line.chars) <= 12 and not _STOP.search(line.text))
    )


def looks_tabular(line: Line) -> bool:
    """Several pieces with wide gaps, at least two of them figures: a row of an unruled table."""
    cut = [part for part in re.split(r"\s{2,}", line.text.strip()) if part]
    words = line.text.split()
    figures = sum(1 for word in words if is_numeric(word))
    return (len(cut) >= 3 and figures > 0) or (
        len(words) >= 4 and figures >= 2 and not _STOP.search(line.text)
    )
