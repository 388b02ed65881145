"""Every identity of every description tested over a document's bound tables, once; rules pick theirs by code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from jingban.checker.tables.bound import BoundTable, Package
from jingban.checker.tables.causes import assign_causes
from jingban.checker.tables.hierarchy import tree_outcomes
from jingban.checker.tables.outcome import Outcome, judge
from jingban.checker.tables.terms import Lookup, expand
from jingban.forms.catalogue import TABLES, catalogue
from jingban.forms.model import Identity

if TYPE_CHECKING:
    from jingban.checker.context import Context

WRONG_SHARE_MAX = 0.34
WRONG_CAUSES_MAX = 3
"""A table where more independent things than this are wrong, and more than a third of all, was not read rightly."""


def outcomes(context: Context) -> list[Outcome]:
    """All outcomes of a document, causes assigned; kept in the context's cache."""
    if "tables.outcomes" not in context.cache:
        found = list(_all(context))
        assign_causes(found)
        _doubt(found)
        found.sort(key=lambda one: one.culprit is not None and one.culprit is not one.stated)
        context.cache["tables.outcomes"] = found
    kept: list[Outcome] = context.cache["tables.outcomes"]
    return kept


def _all(context: Context) -> Iterator[Outcome]:
    bound = context.bound_tables
    for table in bound.tables:
        yield from _inside(table, context.year)
    for package in bound.packages:
        yield from _between(package, context.year)


def group_rows(table: BoundTable, group: str, year: int | None) -> list[str]:
    """Row keys of a group, in form order."""
    rows = [*table.form.edition(year).rows, *(row for block in table.form.blocks for row in block.rows)]
    return [row.key for row in rows if row.group == group]


def _inside(table: BoundTable, year: int | None) -> Iterator[Outcome]:
    def lookup(form: str | None) -> BoundTable | None:
        return table if form in (None, table.form.id) else None

    for identity in table.form.identities:
        if year is not None and year not in identity.years:
            continue
        for row, column in _places(identity, table, year):
            yield _test(identity, table, row, column, lookup, year)
    for hierarchy in table.form.hierarchies:
        yield from tree_outcomes(table, hierarchy)


def _places(
    identity: Identity, table: BoundTable, year: int | None
) -> Iterator[tuple[str | None, str | None]]:
    if identity.over == "rows":
        for key, row in table.rows.items():
            if identity.rows is None or row.side == identity.rows:
                yield key, None
    elif identity.over == "columns":
        columns = identity.columns or tuple(column.key for column in table.form.amount_columns())
        yield from ((None, column) for column in columns if column in table.columns)
    else:
        yield None, None


def _between(package: Package, year: int | None) -> Iterator[Outcome]:
    for identity in catalogue(TABLES).links:
        if year is not None and year not in identity.years:
            continue
        forms = [cell.form for side in (identity.left, identity.right) for cell in side.cells()]
        tables = [package.get(form) for form in forms if form]
        if not tables or any(table is None for table in tables):
            continue
        first, *others = [table for table in tables if table is not None]
        for row in _shared_rows(identity, first, others):
            yield _test(identity, first, row, None, package.get_any, year)


def _shared_rows(identity: Identity, first: BoundTable, others: list[BoundTable]) -> Iterator[str | None]:
    if identity.over not in ("classes", "codes"):
        yield None
        return
    for key in first.rows:
        if not key.isdigit() or (identity.over == "classes" and len(key) != 3):
            continue
        if all(key in table.rows for table in others):
            yield key


def _test(
    identity: Identity,
    table: BoundTable,
    row: str | None,
    column: str | None,
    lookup: Lookup,
    year: int | None,
) -> Outcome:
    def rows_of(where: BoundTable, group: str) -> list[str]:
        return group_rows(where, group, year)

    left = expand(identity.left.bind(row, column), lookup, rows_of)
    rights = [expand(one.bind(row, column), lookup, rows_of) for one in (identity.right, *identity.others)]
    readings = [judge(left, identity.operator, right) for right in rights]
    judged = next((one for one in readings if one.verdict not in ("wrong", "suspect")), readings[0])
    return Outcome(
        identity=identity.id,
        rule=identity.rule,
        text=identity.text,
        severity=identity.severity,
        table=table,
        row=row,
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


def _doubt(found: list[Outcome]) -> None:
    """When too much of a table is wrong for unrelated reasons, the reading is what is wrong."""
    for table in {id(outcome.table): outcome.table for outcome in found}.values():
        own = [
            outcome
            for outcome in found
            if outcome.table is table and outcome.verdict not in ("nothing", "unverified")
        ]
        wrong = [outcome for outcome in own if outcome.verdict == "wrong"]
        causes = {outcome.cause for outcome in wrong}
        if len(causes) > WRONG_CAUSES_MAX and len(wrong) > WRONG_SHARE_MAX * len(own):
            for outcome in wrong:
                outcome.verdict = "unverified"
                outcome.reason = "unreliable"
