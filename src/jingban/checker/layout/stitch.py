"""Tables cut by a page or an empty line: one table again, a repeated header dropped."""

from __future__ import annotations

from jingban.checker.layout import repair
from jingban.checker.layout.captions import is_caption_line
from jingban.checker.layout.raw import RawBlock, RawTable, RawText
from jingban.checker.layout.sections import Row, kind_of, texts
from jingban.checker.layout.text import is_numeric
from jingban.checker.layout.words import PAIR_LABEL

PAGE_FURNITURE_CHARS_MAX = 12


def _is_page_number(block: RawBlock) -> bool:
    if not isinstance(block, RawText):
        return False
    text = block.text.strip().strip("—-– 第页共/")
    return len(block.text.strip()) <= PAGE_FURNITURE_CHARS_MAX and (not text or text.isdigit())


def _starts_with_header(table: RawTable) -> bool:
    if not table.rows:
        return False
    first = texts(table.rows[0])
    if kind_of(table.rows[0]) in ("form_header", "header"):
        return True
    return any(PAIR_LABEL.match(text.replace(" ", "")) for text in first[:2])


def _same_head(upper: RawTable, lower: RawTable) -> int:
    """How many leading rows of ``lower`` repeat those of ``upper``."""
    count = 0
    for a, b in zip(upper.rows, lower.rows, strict=False):
        if texts(a) != texts(b) or any(is_numeric(text) and not text.isdigit() for text in texts(b)):
            break
        count += 1
    return count


def _continues(upper: RawTable, lower: RawTable) -> bool:
    width, other = _common_width(upper.rows), _common_width(lower.rows)
    if other == width:
        return True
    return other == width + 1 and repair.drop_extra_column(lower.rows, width)


def _common_width(rows: list[Row]) -> int:
    widths = [len(row) for row in rows]
    return max(set(widths), key=widths.count) if widths else 0


def stitch(blocks: list[RawBlock]) -> list[RawBlock]:
    """Join a table to the one before it when nothing but page furniture stands between and it has no head of its own."""
    out: list[RawBlock] = []
    between: list[RawBlock] = []
    for block in blocks:
        if not isinstance(block, RawTable):
            if _is_page_number(block):
                between.append(block)
            else:
                out.extend(between)
                between = []
                out.append(block)
            continue
        above = out[-1] if out else None
        if isinstance(above, RawTable) and above.rows and block.rows:
            repeated = _same_head(above, block)
            complete = repeated and kind_of(block.rows[0]) in ("header", "form_header")
            if complete and _continues(above, block) and above.ragged == block.ragged:
                above.rows.extend(block.rows[repeated:])
                between = []
                continue
            if not _starts_with_header(block) and not block.ragged and _continues(above, block):
                above.rows.extend(block.rows)
                between = []
                continue
        out.extend(between)
        between = []
        out.append(block)
    out.extend(between)
    return out


def is_between_caption(block: RawBlock) -> bool:
    return isinstance(block, RawText) and is_caption_line(block.text)
