"""N208 the amount applied for is a copy of the amount executed."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims import answers
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Problem, Rule, Verified
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_APPLIED = lazy(r"(?:申请|申报|初审|立项)(?:项目|财政|预算|专项)?(?:资金|经费|金额|预算|数)?(?:为|共|约|:)*$")
_PAYMENT = lazy(r"拨付|支付|用款|报账|报销|拨款|结算|退回|结转|追加|调整")


class AppliedEqualsExecuted(Rule):
    """问题：“年初申请（申报、初审）资金”写的正是全年执行数，而该项目预算数另为一数。
    依据：申请在年初，执行在年末；财预〔2020〕10号自评报告的资金计划应写申报和批复的金额。
    反例：年初申请项目资金1.012万元；项目预算3万元，执行1.012万元。
    正例：年初申请项目资金3万元；项目预算3万元，执行1.012万元。
    例外：申请拨付、申请支付、追加调整的金额不核；执行数等于预算数的不核；文中没有该项目自评表的不核。
    怎么改：按立项申报书改正申请金额。

    English: The amount 'applied for at the beginning of the year' repeats the amount executed, not the budget.

    Not reported: Amounts requested for payment or added later; execution equal to the budget; no form of that
    project.
    """

    code = "N208"
    name = "applied-equals-executed"
    title = "申报金额照抄执行数"
    title_en = "Amount applied for copies the amount executed"
    severity = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        rows = [
            (form, row)
            for form in context.claims.evaluations
            if form.project and (row := form.total_fund) and row.full and row.executed and form.funds_trusted
        ]
        if not rows:
            return
        for sentence in context.claims.sentences:
            for token in sentence.tokens:
                figure = token.figure
                if figure.dimension != "money" or not figure.value or not _APPLIED.search(token.label):
                    continue
                if _PAYMENT.search(token.gap) or _PAYMENT.search(
                    sentence.text[figure.end - sentence.start :][:8]
                ):
                    continue
                subject = _("申请资金 {}").format(figure.text)
                budgets = [row.full for _form, row in rows if row.full and row.full.value == figure.value]
                hit = [
                    (form, row)
                    for form, row in rows
                    if row.executed and row.full and row.executed.value == figure.value != row.full.value
                ]
                if budgets or not hit:
                    if budgets:
                        yield Verified(subject, figure.source)
                    continue
                form, row = hit[0]
                assert row.full is not None
                assert row.executed is not None
                yield Problem(
                    _("申请资金写作 {}，正是“{}”的执行数；该项目预算数为 {}").format(
                        figure.text, form.key(), row.full
                    ),
                    figure.source,
                    answers.quote(sentence, token),
                    (form.key(), "申请资金"),
                    stated=figure.text,
                    expected=str(row.full),
                    difference=row.full.value - figure.value,
                    related=(row.full.source, row.executed.source),
                )
