"""Rows whose cells slid sideways: repaired when exactly one reading fits the columns, else the table is not trusted."""

from __future__ import annotations

from jingban.checker.layout.raw import RawCell
from jingban.checker.layout.sections import Row, Section, texts
from jingban.checker.layout.spans import gap
from jingban.checker.layout.text import cell_text, is_numeric
from jingban.checker.layout.words import LEVEL1, LEVEL2, TOTAL_ROW, bare
from jingban.checker.model import Column


def move_number_out_of_header(section: Section) -> bool:
    """A figure among the header words pushed the words behind it one column right: give it to the first row below.

    Done only when the row below is empty exactly there. True when repaired.
    """
    if not section.single or len(section.header) != 1 or not section.body:
        return False
    head, below = section.header[0], section.body[0]
    places = [c for c, text in enumerate(texts(head)) if is_numeric(text)]
    if len(places) != 1 or len(below) != len(head):
        return False
    c = places[0]
    if cell_text(below[c].text):
        return False
    number = head.pop(c)
    head.append(RawCell("", head[-1].source))
    below[c] = RawCell(number.text, number.source)
    return True


def unshift_indicator_row(row: Row, columns: list[Column]) -> Row | None:
    """A first-level indicator standing in the form's own first column: the run up to the first empty cell slid left."""
    words = [bare(column.path[-1]) if column.path else "" for column in columns]
    if len(words) < 4 or words[1] != "一级指标" or len(row) != len(words):
        return None
    found = texts(row)
    if not LEVEL1.match(found[0].replace(" ", "")):
        return None
    hole = next((c for c, text in enumerate(found) if not text), None)
    if hole is None or hole < 2:
        return None
    return [gap(row[0]), *row[:hole], *row[hole + 1 :]]


def align_total_row(row: Row, columns: list[Column]) -> Row | None:
    """总分 with as many figures as there are weight and score columns, but not standing under them."""
    targets = [c for c, column in enumerate(columns) if column.role in ("weight", "score")]
    found = texts(row)
    if not targets or not TOTAL_ROW.match(found[0].replace(" ", "")) or len(row) != len(columns):
        return None
    places = [c for c, text in enumerate(found) if is_numeric(text)]
    if len(places) != len(targets) or places == targets:
        return None
    others = [(c, cell) for c, cell in enumerate(row) if c and found[c] and c not in places]
    out: Row = [row[0], *(gap(row[0]) for _ in row[1:])]
    for place, target in zip(places, targets, strict=True):
        out[target] = row[place]
    free = list(range(targets[-1] + 1, len(row)))
    for (_c, cell), target in zip(others, free, strict=False):
        out[target] = cell
    return out


def drop_extra_column(rows: list[Row], width: int) -> bool:
    """Rows one cell too wide in which exactly one column is empty throughout: that column goes. True when done."""
    wide = [row for row in rows if len(row) == width + 1]
    if not wide or len(wide) != len(rows):
        return False
    empty = [c for c in range(width + 1) if all(not cell_text(row[c].text) for row in wide)]
    if len(empty) != 1:
        return False
    for row in wide:
        del row[empty[0]]
    return True


def join_label_and_value_rows(body: list[Row]) -> None:
    """人员经费合计 in one row and its figure in the next: one row, when the two never fill the same cell."""
    position = 0
    while position + 1 < len(body):
        upper, lower = body[position], body[position + 1]
        up, low = texts(upper), texts(lower)
        labels = [text for text in up if text]
        values = [text for text in low if text]
        if (
            len(upper) == len(lower)
            and labels
            and values
            and all(text.endswith(("合计", "总计", "小计")) for text in labels)
            and all(is_numeric(text) for text in values)
            and not any(a and b for a, b in zip(up, low, strict=True))
        ):
            body[position] = [b if text else a for a, b, text in zip(upper, lower, low, strict=True)]
            del body[position + 1]
        position += 1


def looks_shifted(body: list[Row], columns: list[Column]) -> bool:
    """Second-level indicator names (数量指标) standing in the third-level column beside others in the second: shifted."""
    words = [bare(column.path[-1]) if column.path else "" for column in columns]
    if "二级指标" not in words or "三级指标" not in words:
        return False
    second, third = words.index("二级指标"), words.index("三级指标")
    hits = 0
    for row in body:
        found = texts(row)
        if (
            len(found) > third
            and LEVEL2.match(found[third].replace(" ", ""))
            and found[second] != found[third]
        ):
            hits += 1
    return hits >= 2
