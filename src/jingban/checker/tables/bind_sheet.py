"""Binding sheets of label and value: every described row by its label, the value in the last column with figures."""

from __future__ import annotations

from jingban.checker.tables import grid, words
from jingban.checker.tables.bind_rows import put
from jingban.checker.tables.bound import BoundRow, BoundTable

ROWS_MIN = 3
"""Fewer known labels than this are no sheet of the form."""


def bind_sheet(bound: BoundTable) -> bool:
    """False when too few labels of the form stand in the table."""
    table = bound.table
    wanted = {
        words.label(name): row
        for block in bound.form.blocks
        for row in block.rows
        for name in (row.label, *row.aliases)
    }
    key = next(column.key for block in bound.form.blocks for column in block.columns)
    bound.columns[key] = ""
    for index in range(len(table.rows)):
        places = [at for at in range(grid.width(table)) if grid.text(table, index, at)]
        if not places:
            continue
        label = grid.text(table, index, places[0])
        row = wanted.get(words.label(label))
        if row is None or row.key in bound.rows:
            continue
        bound.rows[row.key] = BoundRow(row.key, label, index)
        values = [at for at in places[1:] if grid.is_number(grid.text(table, index, at))]
        put(bound, row.key, key, (index, values[-1] if values else grid.width(table) - 1), "", label)
    return len(bound.rows) >= ROWS_MIN
