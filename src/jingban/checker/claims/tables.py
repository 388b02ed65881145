"""Problems found in table cells: source, quote and the words every such finding shares."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from jingban.checker.claims.verdict import Reading, like
from jingban.checker.figures import Figure
from jingban.checker.model import Source
from jingban.checker.rule import Problem, Severity
from jingban.values.i18n import gettext as _


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
