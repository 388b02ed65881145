"""B102 control and change rates said in prose, against the basic-data table."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims import answers
from jingban.checker.claims.measured import described, measured_rate, rate_named
from jingban.checker.claims.reached import prints_rates
from jingban.checker.claims.verdict import Reading
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule
from jingban.values.i18n import gettext as _
from jingban.values.printed import compare


class ControlRateWrong(Rule):
    """问题：正文写的“三公”经费控制率、公用经费控制率、在职人员控制率、政府采购执行率、基本支出执行率与基础数据表算得的不符。
    依据：控制率 = 决算 ÷ 预算（在职人数 ÷ 编制数）。
    反例：基础数据表公用经费预算 86.63、决算 77.98（90.0%），正文写公用经费控制率85%。
    正例：正文写公用经费控制率90.0%。
    例外：基础数据表没有预算或决算的“未核”；按印出位数的区间判定；写“不超过100%”的不核。
    怎么改：按基础数据表重算。

    English: A control rate in prose differs from what the basic-data table gives.

    Not reported: Missing budget or final figures are not verified; 'not above 100%' is no figure.
    """

    code = "B102"
    name = "control-rate-wrong"
    title = "正文控制率与基础数据不符"
    title_en = "Control rate in prose contradicts the basic data"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        if not context.claims.base_data:
            return
        for sentence in context.claims.sentences:
            if prints_rates(sentence.paragraph.text):  # of a form's own indicators: P118
                continue
            for token in sentence.tokens:
                name = rate_named(token.gap)
                if token.figure.dimension != "ratio" or not name or token.figure.approximate:
                    continue
                rate = measured_rate(context, name)
                subject = f"{name} {token.figure.text}"
                if rate is None:
                    yield answers.unbound(subject, token.figure.source, _("基础数据表没有对应的数"))
                    continue
                reading = Reading(rate.formula, rate.value, compare(token.figure.number, rate.value))
                if reading.holds:
                    yield answers.verified(subject, reading, token.figure.source)
                    continue
                yield answers.contradiction(
                    sentence,
                    token,
                    reading,
                    _("“{}”写作 {}，按基础数据表应为 {}").format(
                        name, token.figure.text, answers.like(token.figure, rate.value.point)
                    ),
                    (name,),
                    cells=rate.sources,
                    details=[described(rate)],
                )
