"""Sheets of several blocks read row by row: headers by the words of ``forms/data/words``, whatever the province calls them.

A printed form may come as one table or as many, with merged cells or without, several forms in one table. Each table
gives its parts (rows under one header) and its fields (label and value side by side); what belongs together is decided
by who asks (``evaluation``, ``basedata``).
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from jingban.checker.figures import Figure, cell_figure
from jingban.checker.model import Cell, Source, Table
from jingban.checker.tables import grid
from jingban.checker.tables.sheet_words import Block, Row, best_header, blocks, label, split_figure

_LABEL_CELLS = 4
"""A total is named in one of the first cells of its row."""


class SheetRow(Struct):
    """One row under a header: cells by column key; ``key`` is the form's row, '' when its label names none."""

    key: str
    label: str
    row: Row
    columns: dict[str, int]
    parts: dict[str, tuple[str, ...]]
    source: Source
    inline: Figure | None = None
    """The figure that stands in the label's own cell."""

    def cell(self, key: str) -> Cell | None:
        place = self.columns.get(key)
        return self.row[place] if place is not None and place < len(self.row) else None

    def text(self, key: str) -> tuple[str, Source]:
        """The text of a column's cell, merged continuations included."""
        cell = self.cell(key)
        return (cell.text.strip(), cell.source) if cell is not None else ("", Source())

    def figure(self, key: str, unit: str | None = None) -> Figure | None:
        """The one number of a column's own cell, or its share of a cell that holds several between strokes."""
        cell = self.cell(key)
        if cell is not None:
            if not cell.text or cell.inherited:
                return None
            made = cell_figure(cell.text, cell.source, unit)
            return (
                self.inline if made is None and self.inline is not None and split_figure(cell.text) else made
            )
        for column, parts in self.parts.items():
            holder = self.cell(column)
            if key in parts and holder is not None and holder.text and not holder.inherited:
                pieces = [piece.strip() for piece in holder.text.split("/")]
                if len(pieces) == len(parts):
                    return cell_figure(pieces[parts.index(key)], holder.source, unit)
        return None


class SheetPart(Struct):
    """Rows under one header of a block."""

    block: Block
    table: Table
    columns: dict[str, int]
    header: Row
    rows: list[SheetRow] = field(default_factory=list)


class Field(Struct, frozen=True):
    """A label and what stands beside it. ``value`` None: nothing printed there."""

    block: str
    key: str
    label: Cell
    value: Cell | None

    @property
    def text(self) -> str:
        return self.value.text.strip() if self.value is not None else ""


class Sheet(Struct):
    """What one table holds of any sheet."""

    table: Table
    parts: list[SheetPart] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)

    def part(self, *keys: str) -> SheetPart | None:
        return next((part for part in self.parts if part.block.key in keys), None)


def read_sheet(table: Table, before: SheetPart | None = None) -> Sheet:
    """Parts and fields of one table; ``before`` is the part whose rows go on in a table without a header of its own."""
    sheet = Sheet(table)
    current: SheetPart | None = None
    if before is not None:
        current = SheetPart(before.block, table, before.columns, before.header)
        sheet.parts.append(current)
    for index, row in enumerate(table.rows):
        found = best_header(row)
        if found is not None:
            block, columns = found
            current = SheetPart(block, table, _with_lost_score(row, columns), row)
            sheet.parts.append(current)
            continue
        sheet.fields.extend(_fields(row))
        if current is not None and index >= table.header_rows - 1:
            made = _row(current, row)
            if made is not None:
                current.rows.append(made)
    sheet.parts = [part for part in sheet.parts if not part.block.words.needs_rows or _told_by_rows(part)]
    return sheet


def _told_by_rows(part: SheetPart) -> bool:
    """Whether the title or enough rows tell the block: years over 决算 also stand over other tables."""
    table, known = part.table, part.block.words
    titled = any(
        word in text for word in known.titles for text in (table.title, table.section, *table.caption)
    )
    return titled or len({row.key for row in part.rows if row.key}) >= known.needs_rows


def _with_lost_score(row: Row, columns: dict[str, int]) -> dict[str, int]:
    """A header row that lost its last word: the column after the execution rate holds the points."""
    if "score" in columns or "rate" not in columns or {"points", "marks", "posts"} & set(columns):
        return columns
    after = columns["rate"] + 1
    cell = row[after] if after < len(row) else None
    taken = after in columns.values()
    return columns if taken or (cell is not None and cell.text) else {**columns, "score": after}


def _row(part: SheetPart, row: Row) -> SheetRow | None:
    own = [cell for cell in row if cell is not None and cell.text and not cell.inherited]
    if not own:
        return None
    block = part.block
    total = next((key for cell in own[:_LABEL_CELLS] if (key := _whole(block, cell.text))), "")
    source = next((cell.source for cell in row if cell is not None), part.table.source)
    if block.key in ("indicators", "framework"):
        return SheetRow(total, own[0].text, row, part.columns, block.parts, source)
    first = min(part.columns.values())
    left = [cell for cell in row[:first] if cell is not None and cell.text]
    named = next((cell for cell in reversed(left) if not cell.inherited), None) or next(reversed(left), None)
    inline: Figure | None = None
    text = named.text if named is not None and not named.inherited else ""
    if (
        not text
        and first < len(row)
        and (cell := row[first]) is not None
        and (split := split_figure(cell.text))
    ):
        text, inline = split[0], cell_figure(split[1], cell.source, part.table.unit)
    if not text:
        bare_total = not any(one.key == "total" for one in part.rows) and not part.rows
        text, key = (
            (named.text if named is not None else ""),
            ("total" if bare_total and "total" in dict(block.words.rows) else ""),
        )
    else:
        key = block.row_key(text)
    return SheetRow(key, text.replace(" ", ""), row, part.columns, block.parts, source, inline)


def _whole(block: Block, text: str) -> str:
    """The key of a total row, when the text names exactly that."""
    return block.row_key(text) if len(label(text)) <= 8 else ""


def _fields(row: Row) -> Iterator[Field]:
    """Known labels of a row with the cell after each; ``等级：优`` and ``预算数：3`` hold both in one cell."""
    cells = [cell for cell in row if cell is not None and not cell.inherited]
    for place, cell in enumerate(cells):
        for block in _FIELD_BLOCKS:
            key = blocks()[block].row_key(cell.text) if cell.text and len(cell.text) <= 24 else ""
            if key:
                follow = next((one for one in cells[place + 1 :] if one.text), None)
                yield Field(block, key, cell, follow)
                break
            start, colon, rest = cell.text.partition(":")
            if colon and rest.strip() and len(start) <= 16 and (key := blocks()[block].row_key(start)):
                yield Field(
                    block, key, cell, Cell(rest.strip(), cell.raw, cell.row, cell.column, cell.source)
                )
                break


_FIELD_BLOCKS = ("names", "goals")


def paired_rows(table: Table) -> Iterator[tuple[str, str, Source, Figure | None, Figure | None]]:
    """``预算数: 3 执行数: 1.012`` in one row: (row key, label, source, budget, executed)."""
    funds = blocks()["funds"]
    unit = table.unit or "万元"
    for row in table.rows:
        cells = [cell for cell in row if cell and cell.text]
        for index in range(len(cells) - 3):
            first, second = cells[index], cells[index + 2]
            budget, executed = cells[index + 1], cells[index + 3]
            if not grid.is_number(budget.text) and not grid.is_number(executed.text):
                continue
            columns = [funds.columns.keys(label(cell.text)) for cell in (first, second)]
            keys = [funds.row_key(cell.text) for cell in (first, second)]
            heads = "budget" in columns[0] and "executed" in columns[1]
            if not heads and not (keys[0] and keys[0] == keys[1] and label(first.text) == label(second.text)):
                continue
            key = "total" if heads else keys[0]
            yield (
                key,
                first.text.rstrip(":").replace(" ", "") if not heads else "年度资金总额",
                first.source,
                cell_figure(budget.text, budget.source, unit),
                cell_figure(executed.text, executed.source, unit),
            )
            break
