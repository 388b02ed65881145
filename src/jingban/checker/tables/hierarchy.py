"""Codes add up level by level: 类 = Σ 款, 款 = Σ 项, total = Σ 类, in every amount column."""

from __future__ import annotations

from collections.abc import Iterator

from jingban.checker.tables.bound import BoundTable
from jingban.checker.tables.outcome import Outcome, judge
from jingban.checker.tables.terms import Term, Terms
from jingban.forms.model import Hierarchy
from jingban.values.i18n import gettext as _


def tree_outcomes(table: BoundTable, hierarchy: Hierarchy) -> Iterator[Outcome]:
    """One outcome for each parent and column. A parent without printed children says nothing about them.

    The total is the sum of the highest level that is printed at all: some print 项 only.
    """
    codes = [key for key in table.rows if key.isdigit()]
    levels = hierarchy.levels
    groups: dict[str, list[str]] = {}
    top = min((len(code) for code in codes if len(code) in levels), default=levels[0])
    for code in codes:
        if len(code) == top and hierarchy.total:
            groups.setdefault(hierarchy.total, []).append(code)
        if len(code) in levels[1:]:
            parent = code[: levels[levels.index(len(code)) - 1]]
            groups.setdefault(parent, []).append(code)
    for parent, children in groups.items():
        if parent not in table.rows:
            continue
        for column in table.form.amount_columns():
            if column.key in table.columns:
                yield _level(table, hierarchy, parent, children, column.key)


def _level(table: BoundTable, hierarchy: Hierarchy, parent: str, children: list[str], column: str) -> Outcome:
    left = Terms([Term(table.value(parent, column), 1)], [])
    right = Terms([Term(table.value(child, column), 1, True) for child in children], [], _gap(table, parent))
    judged = judge(left, "=", right)
    name = table.rows[parent].label or parent
    text = _("“%(name)s”=下级科目之和") % {"name": name}
    return Outcome(
        identity=hierarchy.id,
        rule=hierarchy.rule,
        text=text,
        severity="error",
        table=table,
        row=parent,
        column=column,
        verdict=judged.verdict,
        reason=judged.reason,
        stated=judged.stated,
        terms=list(judged.terms),
        difference=judged.difference,
        expected=judged.expected,
        blanks=judged.blanks,
        doubtful=not table.trusted,
    )


def _gap(table: BoundTable, parent: str) -> bool:
    """Whether a row that could not be bound may be a child of ``parent``."""
    return any(
        row.printed_code is None or row.printed_code.startswith(parent) or parent == "total"
        for row in table.loose
    )
