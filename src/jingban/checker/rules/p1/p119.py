"""P119 counts of indicators."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims.reached import Counted, applicable, said_of
from jingban.checker.claims.tables import cell_problem
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule, Unverified, Verified
from jingban.checker.tables.evaluation import Evaluation
from jingban.values.i18n import gettext as _


class IndicatorsMiscounted(Rule):
    """问题：写“设定6项指标，完成3项”，而自评表所列的指标不是 6 项，或列名的未完成指标与完成的项数合不上。
    依据：设定项数 = 表中三级指标数；完成项数 = 设定项数 − 不适用 − 未完全达到。
    反例：表中 6 项指标，1 项不适用，2 项未完全达到；写“设定6项指标，完成5项；未完全达到的有：甲、乙”。
    正例：写“设定6项指标，完成3项；未完全达到的有：甲、乙”。
    例外：正文的句子只与名称对得上的自评表比较；表中丢格移位的“未核”。
    怎么改：按表重数。

    English: The text counts other indicators than the form lists.

    Not reported: A sentence is compared only with the form it names; tables with shifted or lost cells are not
    verified.
    """

    code = "P119"
    name = "indicators-miscounted"
    title = "指标项数与表不符"
    title_en = "Count of indicators differs from the form"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        for form in context.claims.evaluations:
            if form.indicators:
                for said in said_of(context, form):
                    yield self._judge(form, said)

    def _judge(self, form: Evaluation, said: Counted) -> Answer:
        subject = _("{}指标项数").format(form.key())
        if not form.trusted:
            return Unverified(subject, said.source, _("表中有丢格或移位"))
        listed, full = len(form.indicators), len(applicable(form)) - len(said.short)
        if (said.all, said.full) == (listed, full):
            return Verified(subject, said.source)
        return cell_problem(
            _("“{}”写设定 {} 项、完成 {} 项，表中有 {} 项，完成的应为 {} 项").format(
                form.key(), said.all, said.full, listed, full
            ),
            said.source,
            said.text,
            (form.key(), "指标项数"),
            table=form.title,
            stated=_("{}项、{}项").format(said.all, said.full),
            expected=_("{}项、{}项").format(listed, full),
        )
