"""A document without positions and format: what must be equal in every format."""

from __future__ import annotations

from jingban.checker.layout.pairs import pairs
from jingban.checker.layout.text import normalise
from jingban.checker.model import Document, Table


def table(one: Table) -> dict[str, object]:
    """Columns, body cells (with inheritance), title, unit, number; form parts by their pairs."""
    common = {
        "title": normalise(one.title),
        "unit": one.unit,
        "number": one.number,
        "trusted": one.trusted,
        "part": one.part,
    }
    if one.part == "form":
        return {**common, "pairs": [(normalise(pair.label), normalise(pair.text)) for pair in pairs(one)]}
    body = [[normalise(cell.text) if cell else "" for cell in row] for row in one.body()]
    columns = [
        (tuple(normalise(part) for part in column.path), column.role, column.unit) for column in one.columns
    ]
    return {**common, "columns": columns, "body": body}


def tables(document: Document) -> list[dict[str, object]]:
    return [table(one) for one in document.tables()]


def words(document: Document) -> list[str]:
    """Headings and paragraphs in order."""
    return [normalise(block.text) for block in document.blocks if not isinstance(block, Table)]
