"""Side-by-side tables (收入 | 支出, 人员经费 | 公用经费) as separate tables; cells keep their own source."""

from __future__ import annotations

import itertools

from msgspec.structs import replace

from jingban.checker.layout.text import is_numeric
from jingban.checker.model import Cell, Column, Table

_LABEL_ROLES = ("label", "code")


def halves(table: Table) -> list[list[tuple[int, int]]]:
    """Column ranges that are tables of their own, grouped: ranges under one top word are stacked on each other.

    A new range starts where the words of the first range's first column come again. Empty: the table is not
    side by side.
    """
    columns = table.columns
    if len(columns) < 4 or not columns[0].path:
        return []
    first = columns[0].path[-1]
    starts = [c for c, column in enumerate(columns) if column.path and column.path[-1] == first]
    if len(starts) < 2 or columns[0].role not in (*_LABEL_ROLES, "line_number"):
        return []
    bounds = [*starts, len(columns)]
    groups: list[list[tuple[int, int]]] = []
    tops: list[str] = []
    for start, stop in itertools.pairwise(bounds):
        top = columns[start].path[0] if len(columns[start].path) > 1 else ""
        if top and tops and tops[-1] == top:
            groups[-1].append((start, stop))
        else:
            groups.append([(start, stop)])
            tops.append(top)
    return groups


def unfold(table: Table) -> list[Table]:
    """The logical tables of one printed table: itself alone, or one for each side, stacked where a side has two runs.

    A total whose label stands in one run and whose figure stands in the last (公用经费合计 … 7.01) becomes one row. The
    side's own top word is kept as first path element; ``title`` gets no addition.
    """
    groups = halves(table)
    if not groups:
        return [table]
    out: list[Table] = []
    for group in groups:
        start, stop = group[0]
        columns = [Column(column.path, column.role, column.unit) for column in table.columns[start:stop]]
        rows: list[list[Cell | None]] = [row[start:stop] for row in table.rows[: table.header_rows]]
        body = table.body()
        split: set[int] = set()
        for r, row in enumerate(body):
            joined = _total_over_runs(row, group)
            if joined is not None:
                split.add(r)
        for run_start, run_stop in group:
            for r, row in enumerate(body):
                part = row[run_start:run_stop]
                if (
                    r not in split
                    and len(part) == len(columns)
                    and any(cell is not None and cell.text for cell in part)
                ):
                    rows.append(part)
        rows.extend(
            joined for r, row in enumerate(body) if r in split and (joined := _total_over_runs(row, group))
        )
        out.append(
            replace(
                table,
                rows=rows,
                columns=columns,
                caption=list(table.caption),
                notes=list(table.notes),
            )
        )
    return out


def _total_over_runs(row: list[Cell | None], group: list[tuple[int, int]]) -> list[Cell | None] | None:
    """One run's worth of cells for a row whose label is in the first run and whose figure is in the last one."""
    if len(group) < 2 or len(row) < group[-1][1]:
        return None
    first = row[group[0][0] : group[0][1]]
    last = row[group[-1][0] : group[-1][1]]
    labels = [cell for cell in first if cell is not None and cell.text and not is_numeric(cell.text)]
    figures = [cell for cell in first if cell is not None and cell.text and is_numeric(cell.text)]
    values = [cell for cell in last if cell is not None and cell.text]
    if len(labels) != 1 or figures or len(values) != 1 or not is_numeric(values[0].text):
        return None
    if not labels[0].text.endswith(("合计", "总计", "小计")):
        return None
    out: list[Cell | None] = list(first)
    out[-1] = values[0]
    return out
