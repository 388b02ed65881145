"""X102 published budget against the initial budget of the final accounts."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims import answers, labels
from jingban.checker.claims.narrative import Bound
from jingban.checker.claims.others import budgets
from jingban.checker.claims.verdict import Reading, best
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy
from jingban.values.printed import compare

_INITIAL = lazy(r"年初预算(?:数|安排)?$")
_NAMES = ("“三公”经费", "财政拨款支出", "基本支出", "项目支出", "机关运行经费")


class BudgetDiffers(Rule):
    """问题：决算公开中的“年初预算数”与同年公开的部门预算不同。
    依据：年初预算数应为人大批准、已公开的预算数。
    反例：预算公开“三公”经费3万元，决算写“三公”经费年初预算为5万元。
    正例：两处都是 3 万元。
    例外：决算写“全年预算、调整预算”的不比；只在预算、决算两份文件同时给出时核。
    怎么改：改用公开的年初预算数，或写明为调整后预算。

    English: The initial budget in the final accounts is not the budget that was published.

    Not reported: Adjusted budgets; only with both documents.
    """

    code = "X102"
    name = "published-budget-differs"
    title = "年初预算与预算公开数不同"
    title_en = "Initial budget differs from the published budget"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        published = budgets(context)
        if not published:
            return
        for bound in context.claims.narrative.amounts:
            if bound.token.role != "budget" or "年初" not in bound.label:
                continue
            name = labels.indicator(_INITIAL.sub("", bound.label))
            if name in _NAMES:
                yield from self._judge(bound, name, published)

    def _judge(self, bound: Bound, name: str, published: list[Context]) -> Iterable[Answer]:
        figure = bound.token.figure
        readings = [
            Reading(one.figure.text, one.figure.quantity, compare(figure.number, one.figure.quantity))
            for other in published
            for one in other.claims.statements
            if one.indicator == name and one.basis.endswith("预算")
        ]
        reading = best(readings)
        if reading is None:
            return
        subject = _("{}年初预算").format(name)
        if reading.holds:
            yield answers.verified(subject, reading, figure.source)
            return
        yield answers.contradiction(
            bound.sentence,
            bound.token,
            reading,
            _("“{}”年初预算写 {}，预算公开为 {}").format(name, figure.text, reading.formula),
            (name, "年初预算"),
        )
