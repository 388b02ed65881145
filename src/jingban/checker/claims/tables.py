"""Tables that no form describes: columns by their header words, figures of cells, and findings about a cell."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from jingban.checker.claims.verdict import Reading, like
from jingban.checker.figures import Figure, cell_figure
from jingban.checker.model import Cell, Source
from jingban.checker.rule import Problem, Severity
from jingban.values.i18n import gettext as _

Row = list[Cell | None]


def roles_of(row: Row, patterns: Iterable[tuple[str, re.Pattern[str]]]) -> dict[str, int]:
    """Role → column of a header row: each cell takes the first role that its words fit and no cell before it took."""
    found: dict[str, int] = {}
    for cell in row:
        word = cell.text.replace(" ", "") if cell else ""
        role = next((role for role, pattern in patterns if role not in found and pattern.search(word)), "")
        if cell and word and role:
            found[role] = cell.column
    return found


def figure_at(row: Row, column: int | None, unit: str | None = None) -> Figure | None:
    """The one number of a row's own cell; None for no cell, words, and what was carried into it."""
    cell = row[column] if column is not None and column < len(row) else None
    return cell_figure(cell.text, cell.source, unit) if cell and cell.text and not cell.inherited else None


def cell_problem(
    message: str,
    source: Source,
    quote: str,
    key: Iterable[str],
    *,
    table: str,
    row: str | None = None,
    column: str | None = None,
    stated: str | None = None,
    expected: str | None = None,
    difference: Decimal | None = None,
    severity: Severity | None = None,
    related: Iterable[Source] = (),
    details: Iterable[str] = (),
    cause: str | None = None,
) -> Problem:
    """A defect of one cell or row of a named form."""
    return Problem(
        message, source, quote, tuple(key), stated, expected, difference, severity, table, row, column,
        tuple(related), tuple(details), cause,
    )  # fmt: skip


def plain(value: Decimal) -> str:
    """Points without trailing noughts: 95, 98.5"""
    text = f"{value.normalize():f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def formula(reading: Reading, figure: Figure) -> str:
    """The computation with its interval, as evidence."""
    low = like(figure, reading.value.low, max(figure.number.decimals, 2))
    high = like(figure, reading.value.high, max(figure.number.decimals, 2))
    return _("算式 {}；按印出位数区间 [{}, {}]").format(reading.formula, low, high)
