"""Tables cut by a page or an empty line: one table again, a repeated header dropped."""

from __future__ import annotations

import re

from jingban.checker.layout import repair
from jingban.checker.layout.captions import CAPTION_LINES_MAX, NOTE, is_caption_line, is_table_title
from jingban.checker.layout.raw import RawBlock, RawCell, RawTable, RawText
from jingban.checker.layout.sections import Row, kind_of, texts
from jingban.checker.layout.text import is_numeric, normalise
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


def pull_captions(blocks: list[RawBlock]) -> list[RawBlock]:
    """Title, unit and department rows that stand inside a grid become lines above it, 注：rows at its end lines below."""
    out: list[RawBlock] = []
    for block in blocks:
        if not isinstance(block, RawTable):
            out.append(block)
            continue
        rows = list(block.rows)
        while rows and _is_caption_row(rows[0]):
            out.extend(_as_lines(rows.pop(0)))
        below: list[RawText] = []
        while rows and _is_note_row(rows[-1]):
            below = _as_lines(rows.pop()) + below
        if rows:
            block.rows = rows
            out.append(block)
        out.extend(below)
    return out


def _filled(row: Row) -> list[RawCell]:
    return [cell for cell in row if cell.text.strip()]


def _is_caption_row(row: Row) -> bool:
    filled = _filled(row)
    if not filled:
        return False
    lone = len(filled) == 1
    return all(
        all(
            is_caption_line(part) or (lone and is_table_title(part))
            for part in cell.text.split("\n")
            if part.strip()
        )
        for cell in filled
    )


def _is_note_row(row: Row) -> bool:
    filled = _filled(row)
    return len(filled) == 1 and NOTE.match(normalise(filled[0].text)) is not None and len(row) > 1


def _as_lines(row: Row) -> list[RawText]:
    return [
        RawText(part.strip(), cell.source)
        for cell in _filled(row)
        for part in re.split(r"\n|\s{3,}", cell.text)
        if part.strip()
    ]


class _Stitcher:
    """Keeps what stands between two tables until it is known whether they are one."""

    def __init__(self) -> None:
        self.out: list[RawBlock] = []
        self.between: list[RawBlock] = []
        self.captions: set[str] = set()
        """Caption lines of the last table: the same lines on the next page announce its continuation."""

    def flush(self) -> None:
        self.out.extend(self.between)
        self.between = []

    def text(self, block: RawText) -> None:
        after_table = bool(self.out) and isinstance(self.out[-1], RawTable)
        repeated = after_table and re.sub("(续表?|\\(续表?\\))$", "", normalise(block.text)) in self.captions
        if _is_page_number(block) or repeated:
            self.between.append(block)
        else:
            self.flush()
            self.out.append(block)

    def table(self, block: RawTable) -> None:
        above = self.out[-1] if self.out else None
        if isinstance(above, RawTable) and above.rows and block.rows and self._join(above, block):
            self.between = []
            return
        self.flush()
        lines = [text for text in self.out[-CAPTION_LINES_MAX:] if isinstance(text, RawText)]
        found = [line for line in lines if is_caption_line(line.text) or is_table_title(line.text)]
        self.captions = {normalise(line.text) for line in found}
        self.out.append(block)

    def _join(self, above: RawTable, block: RawTable) -> bool:
        announced = any(isinstance(item, RawText) and not _is_page_number(item) for item in self.between)
        repeated = _same_head(above, block)
        complete = repeated and kind_of(block.rows[0]) in ("header", "form_header")
        if complete and _continues(above, block) and above.ragged == block.ragged:
            above.rows.extend(block.rows[repeated:])
            return True
        if not announced and not _starts_with_header(block) and not block.ragged and _continues(above, block):
            above.rows.extend(block.rows)
            return True
        return False


def stitch(blocks: list[RawBlock]) -> list[RawBlock]:
    """Join a table to the one before it when nothing but page furniture or its own repeated caption stands between."""
    stitcher = _Stitcher()
    for block in blocks:
        if isinstance(block, RawTable):
            stitcher.table(block)
        else:
            stitcher.text(block)
    stitcher.flush()
    return stitcher.out
