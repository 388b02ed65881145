"""A table bound to the statutory form it is: cells by key, three kinds of nothing told apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct, field

from jingban.checker.model import Cell, Source, Table
from jingban.forms.model import Form
from jingban.values.printed import PrintedNumber

State = Literal["number", "blank", "dash", "unreadable", "absent"]
"""absent: the table has no such row or column; blank: the cell is there and empty. Neither is zero."""


class BoundCell(Struct, frozen=True):
    """What stands at ``row@column`` of a form; ``label`` and ``header`` are the document's own words."""

    form: str
    row: str
    column: str
    state: State
    number: PrintedNumber | None
    source: Source
    label: str = ""
    header: str = ""
    text: str = ""

    @property
    def key(self) -> str:
        return f"{self.form}:{self.row}@{self.column}"

    @property
    def name(self) -> str:
        """How a reader would call it: 「社会保障和就业支出」基本支出."""
        if self.label and self.header and self.header not in ("金额", "决算数"):
            return f"{self.label}·{self.header}"
        return self.label or self.header


class BoundRow(Struct):
    """One bound row: the form's key and the row index in the table."""

    key: str
    label: str
    index: int
    code: str | None = None
    side: str | None = None
    printed_code: str | None = None


class BoundTable(Struct):
    """A table recognised as ``form``; ``score`` in [0, 1] says how sure."""

    form: Form
    table: Table
    score: float
    position: int
    unit: str | None
    """As printed; None when the document prints no unit anywhere near."""
    unit_inferred: bool = False
    """True when the unit was taken from the other tables of the same set."""
    cells: dict[tuple[str, str], BoundCell] = field(default_factory=dict)
    rows: dict[str, BoundRow] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    """Column key → printed header."""
    loose: list[BoundRow] = field(default_factory=list)
    """Rows with figures whose label matched no row of the form."""
    doubles: list[tuple[BoundRow, BoundRow]] = field(default_factory=list)
    """Two rows that print the same code."""

    spare: int = 0
    """Columns with figures that no column of the form claimed."""

    @property
    def title(self) -> str:
        return self.table.title or self.form.title

    @property
    def trusted(self) -> bool:
        return self.table.trusted

    def value(self, row: str, column: str) -> BoundCell:
        """The cell at ``row@column``; ``absent`` when the table has none.

        A column the form may leave out is ``blank`` when every printed column was recognised.
        """
        found = self.cells.get((row, column))
        if found is not None:
            return found
        bound = self.rows.get(row)
        described = self.form.column(column)
        left_out = bound is not None and not self.spare and described is not None and described.optional
        return BoundCell(
            self.form.id,
            row,
            column,
            "blank" if left_out and column not in self.columns else "absent",
            None,
            self.table.source,
            bound.label if bound else "",
            self.columns.get(column, ""),
        )

    def numbers(self) -> Iterator[BoundCell]:
        """Every cell that holds a number."""
        return (cell for cell in self.cells.values() if cell.state == "number")

    @property
    def empty(self) -> bool:
        """No figure at all, or only zeros."""
        return not any(cell.number is not None and cell.number.value for cell in self.cells.values())

    @property
    def prints_zeros(self) -> bool:
        """Whether zeros are printed, so that a blank cell is not simply a zero left out."""
        return any(cell.number is not None and not cell.number.value for cell in self.cells.values())

    def row_text(self, row: str) -> str:
        """The printed row, for quoting."""
        bound = self.rows.get(row)
        if bound is None:
            return self.title
        return quote_row(self.table.rows[bound.index])


def quote_row(row: list[Cell | None]) -> str:
    """The cells of a row with two blanks between, empty ones left out."""
    return "  ".join(cell.text for cell in row if cell is not None and cell.text and not cell.inherited)


class Package(Struct):
    """The tables of one unit and year, at most one of each form, in document order."""

    tables: dict[str, BoundTable] = field(default_factory=dict)

    def get(self, form: str) -> BoundTable | None:
        return self.tables.get(form)

    def get_any(self, form: str | None) -> BoundTable | None:
        """As :meth:`get`; None has no table."""
        return self.tables.get(form) if form else None


class BoundTables(Struct):
    """Every recognised table of a document, and how they belong together."""

    tables: list[BoundTable] = field(default_factory=list)
    packages: list[Package] = field(default_factory=list)
    other: list[Table] = field(default_factory=list)
    """Tables no description fits."""

    def of(self, form: str) -> list[BoundTable]:
        return [table for table in self.tables if table.form.id == form]

    @property
    def main(self) -> Package:
        """The first set of tables; empty when the document has none."""
        return self.packages[0] if self.packages else Package()
