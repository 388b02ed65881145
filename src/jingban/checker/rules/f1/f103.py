"""F103 columns of schemes add up to the total column."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims.fundtables import FundTable, fund_tables
from jingban.checker.claims.tables import cell_problem
from jingban.checker.claims.verdict import like, total
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule, Unverified, Verified
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_TOTAL = lazy(r"^(?:合计|总计)$")
_SCHEME = lazy(r"养老|医疗|失业|工伤|生育")


class SchemeColumnsNotTotal(Rule):
    """问题：基金表各险种列之和不等于合计列。
    依据：社会保险基金预算、决算表：合计 = 各险种之和。
    反例：合计 300，企业职工养老 200，城乡居民养老 50。（相加 250）
    正例：合计 250，企业职工养老 200，城乡居民养老 50。
    例外：栏次、行次列不参加；某险种格空缺且和小于合计的“未核”；带“小计”的分级列不核。
    怎么改：逐险种核对。

    English: The columns of the schemes do not add up to the total column.

    Not reported: Line-number columns; blank schemes with a smaller sum; columns of subtotals.
    """

    code = "F103"
    name = "scheme-columns-not-total"
    title = "险种列之和不等于合计"
    title_en = "Scheme columns do not add up"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        for table in fund_tables(context):
            heads = {column: table.heading(column).split("/")[-1] for column in table.columns}
            totals = [column for column, head in heads.items() if _TOTAL.match(head)]
            schemes = [column for column, head in heads.items() if _SCHEME.search(head)]
            if len(totals) == 1 and len(schemes) >= 2 and not any("小计" in head for head in heads.values()):
                yield from self._rows(table, totals[0], schemes)

    def _rows(self, table: FundTable, whole: int, schemes: list[int]) -> Iterable[Answer]:
        for row, label in table.labels.items():
            figure = table.cells.get((row, whole))
            parts = [table.cells[row, column] for column in schemes if (row, column) in table.cells]
            if figure is None or not parts:
                continue
            reading = total(figure, parts)
            if reading.level != "L3":
                yield Verified(label, figure.source, rounding=reading.level != "L0")
            elif not table.table.trusted or (len(parts) < len(schemes) and reading.comparison.difference < 0):
                yield Unverified(label, figure.source, _("有险种空缺，或表中有丢格移位"))
            else:
                yield cell_problem(
                    _("“{}”合计 {}，各险种之和为 {}").format(
                        label, figure, like(figure, reading.value.point)
                    ),
                    figure.source,
                    figure.text,
                    (table.table.title, label, "险种合计"),
                    table=table.table.title,
                    row=label,
                    column=_("合计"),
                    stated=figure.text,
                    expected=like(figure, reading.value.point),
                    difference=reading.comparison.difference,
                    related=[one.source for one in parts],
                    details=[_("算式 {}").format(reading.formula)],
                )
