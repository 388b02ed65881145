"""Lines around a table: title, unit, number (公开01表), department, year above it; notes below it."""

from __future__ import annotations

import re

from msgspec import Struct, field

from jingban.checker.layout.raw import RawText
from jingban.checker.layout.text import normalise
from jingban.checker.model import Source
from jingban.values.patterns import lazy

UNIT = lazy(r"(?:金额)?单位[:：]?(?:人民币)?(万元|亿元|千元|元)(?![^\W\d\x00-\xff])")
NUMBER = lazy(r"^((?:公开|附表|表|财决(?:公开)?|社(?:预|决)(?:附)?)[-—]?\d{1,2}(?:[-—]\d+)?表?)$")
DEPARTMENT = lazy(
    r"^((?:编制|填报|公开|编报|预算)?(?:部门|单位)(?:名称)?[(（]?(?:盖章|公章)?[)）]?|部门名称)[:：]"
)
YEAR_LINE = lazy(r"^[(（]?(20\d\d)年度?[)）]?$")
TITLE = lazy(r"(表|框架(?:\(参考\))?|体系|一览|明细|情况表|自评表|清单)(\(.{1,20}\))?(\((?:20\d\d)年度?\))?$")
NOTE = lazy(r"^(注|备注|说明|填表说明|附注)\d?\s*[:：]")
NOTE_ITEM = lazy(r"^\d{1,2}\s*[.、．]")
QUOTED_TITLE = lazy(r"[《〈]([^《》]{2,40}表)[》〉]")
CAPTION_LINES_MAX = 8
TITLE_CHARS_MAX = 50
_TITLE_TAIL = lazy(r"(?:^|\s{3,})(\S{4,40}表)$")


class Caption(Struct):
    title: str = ""
    unit: str | None = None
    number: str = ""
    year: int | None = None
    lines: list[str] = field(default_factory=list)
    source: Source | None = None
    taken: int = 0
    """How many of the lines above belong to the caption."""


def is_table_title(text: str) -> bool:
    """A short line that names a table and says nothing else."""
    word = normalise(text)
    if not 2 < len(word) <= TITLE_CHARS_MAX or re.search(r"[，,。;；]|见(下|附)?表|[:：]", word):
        return False
    if re.match(r"^([一二三四五六七八九十]+、|\d+[.、])", word) and not word.endswith("表"):
        return False
    return TITLE.search(word) is not None


def is_caption_line(text: str) -> bool:
    """Unit, table number, department or year line: it belongs to a table and to nothing else."""
    word = normalise(text)
    return bool(
        NUMBER.match(word)
        or YEAR_LINE.match(word)
        or (UNIT.search(word) and len(word) <= 40)
        or (DEPARTMENT.match(word) and len(word) <= 45)
    )


def read_caption(above: list[RawText], *, reach: int = CAPTION_LINES_MAX) -> Caption:
    """Title, unit and number out of the lines above a table, nearest last. Stops at the first running text."""
    caption = Caption()
    taken: list[RawText] = []
    for line in reversed(above[-reach:]):
        tail = _TITLE_TAIL.search(line.text.rstrip()) if len(line.text) > TITLE_CHARS_MAX else None
        if is_caption_line(line.text) or (not caption.title and is_table_title(line.text)):
            taken.append(line)
            _absorb(caption, line)
        elif tail and not caption.title:
            caption.title, caption.source = tail[1], line.source
            break
        else:
            break
    taken.reverse()
    caption.taken = len(taken)
    caption.lines = [line.text.strip() for line in taken]
    if not caption.title and above and len(above) > caption.taken:
        quoted = QUOTED_TITLE.findall(above[-1 - caption.taken].text)
        if quoted:
            caption.title, caption.source = quoted[-1], above[-1 - caption.taken].source
    return caption


def _absorb(caption: Caption, line: RawText) -> None:
    word = normalise(line.text)
    unit = UNIT.search(word)
    year = YEAR_LINE.match(word)
    if NUMBER.match(word) and word.startswith(("公开", "附表", "财决", "社")):
        caption.number = caption.number or word
        return
    if year:
        caption.year = caption.year or int(year[1])
        return
    if unit:
        caption.unit = caption.unit or unit[1]
        number = re.search(r"公开\d{1,2}表", word)
        caption.number = caption.number or (number[0] if number else "")
        return
    if DEPARTMENT.match(word) or NUMBER.match(word):
        return
    caption.title, caption.source = line.text.strip(), line.source
    stated = re.search(r"(20\d\d)\s*年", word)
    caption.year = caption.year or (int(stated[1]) if stated else None)
