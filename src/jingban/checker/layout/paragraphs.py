"""Running text: broken lines joined ("91.91⏎万元"), with a map from character offset back to the printed line."""

from __future__ import annotations

from jingban.checker.layout.captions import is_caption_line, is_table_title
from jingban.checker.layout.headings import NUMBERED, level_of
from jingban.checker.layout.raw import RawText
from jingban.checker.model import Paragraph
from jingban.values.patterns import lazy

_ENDS = lazy(r"[。！？!?；;：:…]\s*$")
_OPEN_END = lazy(r"([，,、（(的占为是及与和至]|\d)\s*$")
_UNIT_START = lazy(r"^\s*(万元|亿元|千元|元|[%％]|个百分点|万人|人次|万人次|人|[，,、。；;）)])")
_FIGURE_START = lazy(r"^\s*\d[\d,]*(\.\d+)?\s*(%|％|万|亿|元|人)")
_LATIN_END = lazy(r"[A-Za-z]$")
_LATIN_START = lazy(r"[A-Za-z]")
LONG_LINE_CHARS_MIN = 34
PARAGRAPH_LINES_MAX = 150
"""No printed paragraph has more lines; a file that would join more is not joined further."""


def breaks_here(line: RawText, following: RawText) -> bool:
    """True when ``following`` continues the sentence that ``line`` leaves unfinished."""
    if line.continues is not None:
        return line.continues and not is_table_title(following.text) and not is_caption_line(following.text)
    upper, lower = line.text.rstrip(), following.text.strip()
    if not upper.strip() or not lower or _ENDS.search(upper):
        return False
    if level_of(upper) is not None or is_table_title(upper) or is_table_title(lower):
        return False
    if _UNIT_START.match(lower):
        return True
    if NUMBERED.match(lower) or level_of(lower) is not None:
        return False
    if _OPEN_END.search(upper) and len(upper.strip()) > 8:
        return True
    return len(upper.strip()) >= LONG_LINE_CHARS_MIN and (bool(_FIGURE_START.match(lower)) or len(lower) > 6)


def join(lines: list[RawText]) -> Paragraph:
    """One paragraph of the given lines; ``offsets`` has an entry where each line starts."""
    parts: list[str] = []
    offsets = []
    length = 0
    for number, line in enumerate(lines):
        piece = line.text.strip("\r\n")
        if number:
            piece = piece.lstrip()
            if _LATIN_END.search(parts[-1]) and _LATIN_START.match(piece):
                parts.append(" ")
                length += 1
        if number < len(lines) - 1:
            piece = piece.rstrip()
        offsets.append((length, line.source))
        parts.append(piece)
        length += len(piece)
    return Paragraph("".join(parts), lines[0].source, offsets)
