"""P106 points of the execution row."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from jingban.checker.claims.tables import cell_problem, plain
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule, Severity, Unverified, Verified
from jingban.checker.tables.evaluation import Evaluation, FundRow
from jingban.values.i18n import gettext as _


class ExecutionPointsWrong(Rule):
    """问题：预算执行得分不等于分值×执行率（封顶为分值），与已知的计分办法都不合。
    依据：财预〔2020〕10号 R5.1-02：预算执行得分 = 分值 × 执行率，超过 100% 的按 100%。
    反例：分值 10，执行率 90%，得分 6。（按比例应为 9 分）
    正例：分值 10，执行率 90%，得分 9。
    例外：执行率取印出值或由预算、执行数算得的值都可；得分按整数或一位小数舍入、截断都可；表内写明“得分=分值×执行率”的为错误，其余为警告（省里可能另有分档办法，须注明）。
    怎么改：按办法重算，或在表中注明所用的分档规则。

    English: The points of the execution row fit no known rule for the execution rate.

    Not reported: The printed or the computed rate may fit, rounded or truncated; an error only where the form
    prints the formula, else a warning.
    """

    code = "P106"
    name = "execution-points-wrong"
    title = "预算执行得分与执行率不符"
    title_en = "Execution points do not follow from the rate"
    severity = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        for form in context.claims.evaluations:
            row = form.total_fund
            if row is not None and row.weight is not None and row.score is not None:
                yield self._judge(form, row)

    def _judge(self, form: Evaluation, row: FundRow) -> Answer:
        assert row.weight is not None
        assert row.score is not None
        subject = _("{}预算执行得分").format(form.key())
        rates = _rates(row)
        if not rates or not form.funds_trusted:
            return Unverified(subject, row.score.source, _("缺执行率"))
        weight, score = row.weight.number.value, row.score.number.value
        for rate in rates:
            if _fits(score, row.score.number.decimals, weight * min(rate, Decimal(1))):
                return Verified(subject, row.score.source, rounding=score != weight * min(rate, Decimal(1)))
        due = weight * min(rates[-1], Decimal(1))
        severity: Severity | None = "error" if form.linear else None
        return cell_problem(
            _("“{}”执行率 {} 得 {} 分，按分值×执行率应为 {} 分").format(
                form.key(),
                row.rate.text if row.rate else "",
                plain(score),
                plain(due.quantize(Decimal("0.01"))),
            ),
            row.score.source,
            row.score.text,
            (form.key(), "预算执行得分"),
            table=form.title,
            row=row.label,
            column=_("得分"),
            stated=row.score.text,
            expected=plain(due.quantize(Decimal("0.01"))),
            difference=due - score,
            severity=severity,
            related=[row.weight.source],
            details=[_("表内未注明其他计分办法；若按分档计分，请附分档规则")],
            cause="execution-points-rule" if not form.linear else None,
        )


def _rates(row: FundRow) -> list[Decimal]:
    found: list[Decimal] = []
    if row.rate is not None:
        value = row.rate.value if row.rate.dimension == "ratio" else row.rate.value / 100
        found.append(value)
    budget = row.full or row.initial
    if budget is not None and budget.value and row.executed is not None:
        found.append(row.executed.value / budget.value)
    return found


def _fits(score: Decimal, decimals: int, due: Decimal) -> bool:
    """Rounded or cut to the printed places, or to whole points, or the next half point."""
    for places in {decimals, 0, 1, 2}:
        step = Decimal(1).scaleb(-places)
        if due.quantize(step, ROUND_HALF_UP) == score or due.quantize(step, ROUND_DOWN) == score:
            return True
    return (due * 2).quantize(Decimal(1), ROUND_HALF_UP) / 2 == score
