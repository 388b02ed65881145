"""Give every row of a section one cell a column: fold 类|款|项, spread header words, align rows that lost merges."""

from __future__ import annotations

import itertools
from collections import Counter

from jingban.checker.layout.raw import RawCell
from jingban.checker.layout.sections import Row, Section, texts
from jingban.checker.layout.text import cell_text, is_numeric
from jingban.checker.layout.words import TOTAL_ROW


def gap(near: RawCell) -> RawCell:
    """An empty continuation cell beside ``near``."""
    return RawCell("", near.source, right=True)


def fold_code_columns(rows: list[Row]) -> list[Row]:
    """类|款|项 as three columns becomes one code column; rows that already have one cell there stay as they are."""
    place = next(
        (
            (row_number, c)
            for row_number, row in enumerate(rows)
            for c in range(len(row) - 2)
            if [text.replace(" ", "") for text in texts(row)[c : c + 3]] == ["类", "款", "项"]
        ),
        None,
    )
    if place is None:
        return rows
    width, column = len(rows[place[0]]), place[1]
    return [_folded(row, column) if len(row) == width else row for row in rows]


def _folded(row: Row, c: int) -> Row:
    triple = [cell_text(cell.text) for cell in row[c : c + 3]]
    if triple == ["类", "款", "项"]:
        text = "类款项"
    else:
        parts = [part for part in triple if part]
        cumulative = all(b.startswith(a) for a, b in itertools.pairwise(parts))
        text = (parts[-1] if cumulative else "".join(parts)) if parts else ""
    first = row[c]
    return [*row[:c], RawCell(text, first.source, first.right, first.down), *row[c + 3 :]]


def width_of(section: Section) -> int:
    """Columns of a section: the commonest row width of its body, at least that of a header row met twice as often."""
    counts = Counter(len(row) for row in section.body if len(row) > 1)
    if section.single:
        return len(section.header[0])
    widest_header = max((len(row) for row in section.header), default=0)
    if not counts:
        return widest_header
    common = max(counts, key=lambda width: (counts[width], width))
    return common if counts[common] > 1 or not widest_header else max(widest_header, common)


def spread_header(upper: Row, lower: Row, covered: list[bool]) -> Row | None:
    """Widen ``upper`` to the columns of ``lower``. ``covered[c]``: column c of ``lower`` holds a word of its own.

    Each cell of ``upper`` stands over one uncovered column or over a run of covered ones. None when that has no single
    solution.
    """
    runs: list[list[int]] = []
    for c, is_covered in enumerate(covered):
        if (
            is_covered
            and runs
            and covered[c - 1]
            and runs[-1][-1] == c - 1
            and len(runs[-1])
            and not _alone(runs[-1], covered)
        ):
            runs[-1].append(c)
        else:
            runs.append([c])
    missing = len(upper) - len(runs)
    if missing > 0:
        tops = tuple(texts(upper))
        if tops == ("人员经费", "公用经费"):
            missing = 1  # the printed form has one run of columns for staff, the rest for running costs
        runs = _split_runs(runs, texts(lower), missing, first_only=tops == ("人员经费", "公用经费"))
    if len(runs) != len(upper):
        return None
    out: Row = []
    for cell, run in zip(upper, runs, strict=True):
        cell.colspan = len(run)
        out.append(cell)
        out.extend(gap(cell) for _ in run[1:])
    return out


def _alone(run: list[int], covered: list[bool]) -> bool:
    return not covered[run[-1]]


def _split_runs(
    runs: list[list[int]], words: list[str], missing: int, *, first_only: bool = False
) -> list[list[int]]:
    """Cut a run where its first word comes again (项目|行次|金额|项目|行次|金额)."""
    out: list[list[int]] = []
    for run in runs:
        cuts = [c for c in run[1:] if words[c] and words[c] == words[run[0]]]
        cuts = cuts[:1] if first_only else cuts
        if cuts and len(cuts) <= missing:
            missing -= len(cuts)
            bounds = [run[0], *cuts, run[-1] + 1]
            out.extend(list(range(a, b)) for a, b in itertools.pairwise(bounds))
        else:
            out.append(run)
    return out


def align_header(header: list[Row], width: int) -> bool:
    """Widen the header rows in place from the bottom up; False when a row has no single solution."""
    if not header:
        return True
    if len(header[-1]) == width + 1:
        _drop_one_blank(header[-1])
    if len(header[-1]) != width:
        return False
    covered = [bool(cell_text(cell.text)) or cell.right for cell in header[-1]]
    for position in range(len(header) - 2, -1, -1):
        row = header[position]
        if len(row) != width:
            spread = spread_header(row, header[position + 1], covered)
            if spread is None:
                return False
            header[position] = spread
        covered = [True] * width
    return True


def _drop_one_blank(row: Row) -> bool:
    blanks = [c for c, cell in enumerate(row) if not cell_text(cell.text)]
    if len(blanks) == 1:
        del row[blanks[0]]
        return True
    return False


def align_body_row(row: Row, width: int, groups: list[tuple[int, int]]) -> Row | None:
    """The row with ``width`` cells, or None when it cannot be placed in exactly one way.

    ``groups``: half-open column ranges of the top header level, for rows of label-value pairs (人员经费合计 …).
    """
    if len(row) == width:
        return row
    if len(row) == width + 1:
        copy = list(row)
        return copy if _drop_one_blank(copy) else None
    if len(row) > width:
        return None
    found = texts(row)
    label = found[0]
    if len(row) == 1:
        return [row[0], *(gap(row[0]) for _ in range(width - 1))]
    if TOTAL_ROW.match(label) or (not label and all(not text or is_numeric(text) for text in found)):
        fill = [gap(row[0]) for _ in range(width - len(row))]
        return [row[0], *fill, *row[1:]]
    if (
        len(groups) > 1
        and len(row) == 2 * len(groups)
        and all(not is_numeric(found[2 * g]) for g in range(len(groups)))
    ):
        out: Row = []
        for g, (start, stop) in enumerate(groups):
            out.append(row[2 * g])
            out.extend(gap(row[2 * g]) for _ in range(stop - start - 2))
            out.append(row[2 * g + 1])
        return out if len(out) == width else None
    return None


def drop_blank_columns(header: list[Row], body: list[Row]) -> None:
    """Remove columns that hold nothing in any row (continuations of merges, trailing tabs)."""
    rows = [*header, *body]
    if not rows:
        return
    width = len(rows[0])
    if any(len(row) != width for row in rows):
        return
    keep = [any(cell_text(row[c].text) for row in rows) for c in range(width)]
    if all(keep):
        return
    for row in rows:
        row[:] = [cell for cell, kept in zip(row, keep, strict=True) if kept]
