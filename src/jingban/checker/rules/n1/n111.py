"""N111 totals of the two sides differ."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims import answers
from jingban.checker.claims.narrative import Bound
from jingban.checker.claims.verdict import total
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule, Severity
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_INCOME = lazy(r"(?:^|拨款)(?:收入总计|总收入|收入总额)$")
_SPENDING = lazy(r"(?:^|拨款)(?:支出总计|总支出|支出总额)$")
_CARRY = lazy(r"结转|结余|弥补|盈余")
_OVERVIEW = lazy(r"收入支出决算总体|收支决算总体|收支总体")
_FUND = lazy(r"基金|保险费|征缴")


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
        amounts = [
            one for one in context.claims.narrative.amounts if context.claims.narrative.is_current(one.token)
        ]
        for income in amounts:
            if not _INCOME.search(income.label) or _FUND.search(income.sentence.text):
                continue
            spending = next(
                (
                    one
                    for one in amounts
                    if one.sentence.section == income.sentence.section
                    and _SPENDING.search(one.label)
                    and one.token.role == income.token.role
                ),
                None,
            )
            if spending is not None:
                yield self._judge(context, income, spending)

    def _judge(self, context: Context, income: Bound, spending: Bound) -> Answer:
        subject = _("{}与{}").format(income.label, spending.label)
        reading = total(income.token.figure, [spending.token.figure])
        if reading.holds:
            return answers.verified(subject, reading, income.token.figure.source)
        if any(
            _CARRY.search(one.text)
            for one in context.claims.sentences
            if one.section == income.sentence.section
        ):
            return answers.unbound(subject, income.token.figure.source, _("文中交代了结转和结余"))
        plain = not income.label.endswith("总计")
        severity: Severity | None = "warning" if plain else None
        if plain and not _OVERVIEW.search(income.sentence.section):
            severity = "info"
        return answers.contradiction(
            income.sentence,
            income.token,
            reading,
            _("{} {} 与{} {} 不等，相差 {}，文中没有结转和结余").format(
                income.label,
                income.token.figure.text,
                spending.label,
                spending.token.figure.text,
                answers.gap_text(reading.comparison.difference, income.token.figure),
            ),
            (income.label, spending.label),
            severity=severity,
            related=[spending],
        )
