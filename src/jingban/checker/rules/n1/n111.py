"""N111 totals of the two sides differ."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule
from jingban.checker.rules import said
from jingban.values.i18n import gettext as _


class SideTotalsDiffer(Rule):
    """问题：收入总计与支出总计两个数不等，又没有交代结转和结余。
    依据：收入总计 = 支出总计（含年初、年末结转和结余）。
    反例：收入总计756.8万元，支出总计729.3万元。（全文无结转结余）
    正例：收入总计756.8万元，支出总计756.8万元，其中年末结转和结余27.5万元。
    例外：社会保险基金收支不受此约束；写“本年收入合计、本年支出合计”的两数可以不等；总体情况里写“总收入、总支出”按警告处理。
    怎么改：补写年初、年末结转和结余，或改正总计。

    English: Total income and total expenditure differ and no carry-over explains it.

    Not reported: Insurance funds are not bound to balance; totals of the year proper may differ; 'total income,
    total spending' gives a warning.
    """

    code = "N111"
    name = "side-totals-differ"
    title = "收、支总计不等"
    title_en = "Totals of income and expenditure differ"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        wanted = {
            "sides_differ": _("收入与支出总计 {stated} 与 {expected} 不等"),
        }
        return said.answers(context, wanted)
