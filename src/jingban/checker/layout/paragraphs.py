"""Running text: broken lines joined ("91.91⏎万元"), with a map from character offset back to the printed line."""

from __future__ import annotations

import re

from jingban.checker.layout.captions import is_caption_line, is_table_title
from jingban.checker.layout.headings import NUMBERED, level_of
from jingban.checker.layout.raw import RawText
from jingban.checker.model import Paragraph

_ENDS = re.compile(r"[。！？!?；;：:…]\s*$")
_OPEN_END = re.compile(r"([，,、（(的占为是及与和至]|\d)\s*$")
_UNIT_START = re.compile(r"^\s*(万元|亿元|千元|元|[%％]|个百分点|万人|人次|万人次|人|[，,、。；;）)])")
_FIGURE_START = re.compile(r"^\s*\d[\d,]*(\.\d+)?\s*(%|％|万|亿|元|人)")
LONG_LINE_CHARS_MIN = 34


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
    text = ""
    offsets = []
    for line in lines:
        piece = line.text.strip("\r\n")
        if text:
            piece = piece.lstrip()
            text = text.rstrip()
            if re.search(r"[A-Za-z]$", text) and re.match(r"[A-Za-z]", piece):
                text += " "
        offsets.append((len(text), line.source))
        text += piece
    return Paragraph(text, lines[0].source, offsets)
