"""N108 completion rate of a budget."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims import answers
from jingban.checker.claims.completions import Completion
from jingban.checker.claims.execution import executed_budgets
from jingban.checker.claims.measured import rate_named
from jingban.checker.claims.verdict import Reading, best, ratio
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Problem, Rule
from jingban.values.i18n import gettext as _


class CompletionNotActualOverBudget(Rule):
    """问题：“完成预算的Y%”不等于决算（执行）数除以预算数。
    依据：预算完成率 = 决算数 ÷ 预算数；句中写“年初预算”的取年初预算，写“预算”的年初、调整、全年预算任一成立即可。
    反例：年初预算为200万元，支出决算为100万元，完成年初预算的60%。（应为 50%）
    正例：年初预算为200万元，支出决算为100万元，完成年初预算的50%。
    例外：预算数为零时不应写完成率；句中没有预算数而附表中有同一执行数的预算数时，按附表复算，不成立为警告；都没有则“未核”。
    怎么改：核对所用预算口径，与附表“全年预算数”一致后重算。

    English: A printed budget completion rate is not actual over budget.

    Not reported: A zero budget has no rate; without a budget in the sentence that of a table is used (warning);
    with neither it is not verified.
    """

    code = "N108"
    name = "completion-not-actual-over-budget"
    title = "预算完成率与金额不符"
    title_en = "Completion rate differs from actual over budget"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        for claim in context.claims.completions:
            basic = context.claims.base_data and rate_named(claim.rate.gap)  # B102 has both figures
            if not claim.task and not basic:
                yield self._judge(context, claim)

    def _judge(self, context: Context, claim: Completion) -> Answer:
        figure = claim.rate.figure
        label = claim.actual.label if claim.actual else claim.rate.base
        subject = _("{}完成率 {}").format(label, figure.text)
        if figure.approximate or (claim.actual and claim.actual.token.figure.approximate):
            return answers.unbound(subject, figure.source, _("约数，不能复算"))
        reading = claim.best()
        if reading is None and claim.actual is not None and not claim.budgets:
            return self._from_tables(context, claim, subject)
        if reading is None:
            zero = bool(claim.budgets) and not any(one.token.figure.value for one in claim.budgets)
            if zero and figure.value and claim.explicit:
                return self._zero(claim, label)
            reason = _("预算数为零") if zero else _("句中没有预算数或决算数")
            return answers.unbound(subject, figure.source, reason)
        if reading.holds:
            hint = answers.near(reading, figure)
            if hint and claim.explicit:
                return self._problem(claim, reading, hint, severe=False)
            return answers.verified(subject, reading, figure.source)
        if not claim.explicit:
            return answers.unbound(subject, figure.source, _("预算数不在同一句，不能确定"))
        return self._problem(claim, reading, None, severe=True)

    def _problem(self, claim: Completion, reading: Reading, hint: str | None, *, severe: bool) -> Problem:
        figure = claim.rate.figure
        assert claim.actual is not None
        return answers.contradiction(
            claim.sentence,
            claim.rate,
            reading,
            hint
            or _("“{}”完成率写作 {}，按 {} 应为 {}").format(
                claim.actual.label, figure.text, reading.formula, answers.like(figure, reading.value.point)
            ),
            (claim.actual.label, claim.rate.base, "完成率"),
            severity=None if severe else "info",
            related=[claim.actual, *claim.budgets],
        )

    def _zero(self, claim: Completion, label: str) -> Problem:
        figure = claim.rate.figure
        return Problem(
            _("“{}”预算数为 0，不应写完成率 {}").format(label, figure.text),
            figure.source,
            answers.quote(claim.sentence, claim.rate),
            (answers.section_key(claim.sentence), label, "零预算"),
            stated=figure.text,
            severity="info",
            details=(_("无年初预算的应写明“年初未安排预算”"),),
        )

    def _from_tables(self, context: Context, claim: Completion, subject: str) -> Answer:
        """The sentence prints no budget; a form of the same file prints one beside the same executed amount."""
        assert claim.actual is not None
        figure, actual = claim.rate.figure, claim.actual.token.figure
        pairs = executed_budgets(context, actual)
        readings = [found for found in (ratio(figure, actual, budget) for budget in pairs) if found]
        reading = best(readings)
        if reading is None:
            return answers.unbound(subject, figure.source, _("句中和附表中都没有对应的预算数"))
        if reading.holds:
            return answers.verified(subject, reading, figure.source)
        implied = answers.like(actual, actual.value / figure.value) if figure.value else "—"
        return answers.contradiction(
            claim.sentence,
            claim.rate,
            reading,
            _("“{}”写作预算的 {}；附表中执行数 {} 对应的预算数为 {}，应为 {}").format(
                claim.actual.label,
                figure.text,
                actual.text,
                _("、").join(dict.fromkeys(one.text for one in pairs)),
                answers.like(figure, reading.value.point),
            ),
            (claim.actual.label, claim.rate.base, "完成率"),
            severity="warning",
            related=[claim.actual],
            details=[_("文中比率反推的分母为 {}").format(implied)],
        )
