"""All tables of a document: recognise, bind, give units, group into sets of one unit and year."""

from __future__ import annotations

from collections.abc import Callable

from jingban.checker.model import Document, Table
from jingban.checker.tables import grid, recognise
from jingban.checker.tables.bind_economic import bind_economic
from jingban.checker.tables.bind_rows import bind_codes, bind_fixed, bind_single
from jingban.checker.tables.bind_sheet import bind_sheet
from jingban.checker.tables.bound import BoundTable, BoundTables, Package

STRUCTURE_MIN = 0.5
"""Share of a form's columns a table titled as that form must show."""
ROWS_MAX = 4_000
"""A longer table is not one of these forms."""


def bind_document(
    document: Document, year: int | None, final: Callable[[int], bool] = lambda _position: False
) -> BoundTables:
    """Recognise and bind every table; what fits no description is listed in ``other``.

    ``final`` tells whether the block at a position stands among final accounts.
    """
    found = BoundTables()
    for position, block in enumerate(document.blocks):
        if isinstance(block, Table):
            bound = bind_table(block, position, year, final=final(position))
            if bound is None:
                found.other.append(block)
            else:
                found.tables.append(bound)
    _infer_units(found)
    found.packages = _packages(found)
    return found


def bind_table(table: Table, position: int, year: int | None, *, final: bool = False) -> BoundTable | None:
    """One table bound to the form it is, or None."""
    if len(table.rows) > ROWS_MAX:
        return None
    titled = recognise.by_title(table, final)
    if titled is not None and not _has_figures(table):
        return (
            BoundTable(titled.form, table, titled.score, position, _unit(table))
            if titled.score >= 0.95
            else None
        )
    candidates = [titled] if titled is not None else list(recognise.by_structure(table))
    for candidate in candidates:
        unit = _unit(table)
        bound = BoundTable(candidate.form, table, candidate.score, position, unit)
        if _bind(bound, year) and _fits(bound):
            return bound
    return None


def _has_figures(table: Table) -> bool:
    """Whether any cell holds a number other than column and line counts."""
    return any(
        (grid.is_number(text) and not text.isdigit()) or (len(text) > 3 and grid.is_number(text))
        for row in table.rows
        for cell in row
        if cell is not None and (text := cell.text)
    ) or any(text == "0" for row in table.rows for cell in row if cell is not None and (text := cell.text))


def _bind(bound: BoundTable, year: int | None) -> bool:
    edition = bound.form.edition(year)
    if bound.form.shape == "codes":
        return bind_codes(bound)
    if bound.form.shape == "single":
        return bind_single(bound)
    if bound.form.shape == "sheet":
        return bind_sheet(bound)
    if any(row.key == "30101" for row in edition.rows):
        return bind_economic(bound)
    return bind_fixed(bound, edition)


def _fits(bound: BoundTable) -> bool:
    required = [column.key for column in bound.form.columns if not column.optional]
    have = sum(key in bound.columns for key in required)
    return have >= STRUCTURE_MIN * len(required)


def _unit(table: Table) -> str | None:
    return (
        grid.money_unit(table.unit)
        or next((unit for line in table.caption if (unit := grid.money_unit(line))), None)
        or next(
            (
                unit
                for row in table.rows[: max(1, table.header_rows)]
                for cell in row
                if cell is not None and "单位" in cell.text and (unit := grid.money_unit(cell.text))
            ),
            None,
        )
    )


def _infer_units(found: BoundTables) -> None:
    """A table without a unit line takes the one all other tables of the document agree on, and remembers that."""
    printed = {bound.unit for bound in found.tables if bound.unit}
    if len(printed) != 1:
        return
    unit = printed.pop()
    for bound in found.tables:
        if bound.unit is None:
            bound.unit = unit
            bound.unit_inferred = True
            cells = bound.cells
            for key, cell in cells.items():
                state, number = grid.number(cell.text, unit)
                cells[key] = type(cell)(
                    cell.form,
                    cell.row,
                    cell.column,
                    state,
                    number,
                    cell.source,
                    cell.label,
                    cell.header,
                    cell.text,
                )


def _packages(found: BoundTables) -> list[Package]:
    """A set ends where a form comes again: several units' tables in one file are not added to each other."""
    packages: list[Package] = []
    for bound in found.tables:
        if not packages or bound.form.id in packages[-1].tables:
            packages.append(Package())
        packages[-1].tables[bound.form.id] = bound
    return packages
