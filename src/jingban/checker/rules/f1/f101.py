"""F101 fund balances in tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jingban.checker.claims.fundtables import FundTable, fund_tables
from jingban.checker.claims.tables import cell_problem
from jingban.checker.claims.verdict import Reading, best, like, total
from jingban.checker.context import Context
from jingban.checker.figures import Figure
from jingban.checker.rule import Answer, Rule, Unverified, Verified
from jingban.checker.tables.answers import identity_answers
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_YEAR = lazy(
    r"^(?:[一二三四五六七八九十]+、)?(?:本年|当年|年度)收支(?:结余|差额|净额)|^(?:[一二三四五六七八九十]+、)?(?:本年|当年)结余"
)
_ROLLED = lazy(r"(?:年末)?(?:滚存|累计)结余|^(?:[一二三四五六七八九十]+、)?年末结余")
_BEFORE = lazy(r"上年(?:末)?(?:滚存|累计)?结余|年初(?:滚存|累计)?结余")


class FundBalanceWrong(Rule):
    """问题：社会保险基金表的本年收支结余不等于收入减支出，或年末滚存结余不等于上年结余加本年结余。
    依据：财社〔2022〕65号、基金财务制度（财社〔2017〕144号）：本年收支结余 = 收入 − 支出；年末滚存结余 = 上年结余 + 本年收支结余。
    反例：收入 100，支出 80，本年收支结余 30。
    正例：收入 100，支出 80，本年收支结余 20。
    例外：分险种和合计逐列核；含与不含上下级往来两种口径，任一成立即通过；空格“未核”。
    怎么改：核对收支总额的口径，重算结余。

    English: A fund's balance is not income minus expenditure, or the rolled balance does not follow.

    Not reported: Columns one by one; with or without transfers between levels may fit; blanks are not verified.
    """

    code = "F101"
    name = "fund-balance-wrong"
    title = "基金结余与收支不符"
    title_en = "Fund balance does not follow"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        yield from identity_answers(context, self.code)
        for table in fund_tables(context):
            for column in table.columns:
                yield from self._column(table, column)

    def _column(self, table: FundTable, column: int) -> Iterator[Answer]:
        incomes, spendings = table.incomes(column), table.spendings(column)
        for label, figure in table.find(_YEAR, column):
            readings = [total(figure, [a, b], [1, -1]) for a in incomes for b in spendings]
            yield self._judge(table, label, column, figure, best(readings))
        before, year = table.find(_BEFORE, column), table.find(_YEAR, column)
        for label, figure in table.find(_ROLLED, column):
            if _BEFORE.search(label) or _YEAR.search(label):
                continue
            readings = [total(figure, [a, b]) for _l, a in before for _m, b in year]
            readings += [
                total(figure, [a, b, c], [1, 1, -1]) for _l, a in before for b in incomes for c in spendings
            ]
            yield self._judge(table, label, column, figure, best(readings))

    def _judge(
        self, table: FundTable, label: str, column: int, figure: Figure, reading: Reading | None
    ) -> Answer:
        subject = f"{label} {figure.text}"
        if reading is None or not table.table.trusted:
            return Unverified(subject, figure.source, _("缺收入、支出或上年结余"))
        if reading.level != "L3":
            return Verified(subject, figure.source, rounding=reading.level != "L0")
        expected = like(figure, reading.value.point)
        return cell_problem(
            _("“{}”{}，按 {} 应为 {}").format(label, figure, reading.formula, expected),
            figure.source,
            figure.text,
            (table.table.title, label, table.heading(column)),
            table=table.table.title,
            row=label,
            column=table.heading(column),
            stated=figure.text,
            expected=expected,
            difference=reading.comparison.difference,
        )
