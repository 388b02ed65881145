"""B104 basic-data lines against the narrative."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims import answers
from jingban.checker.claims.statements import Statement
from jingban.checker.claims.verdict import Reading
from jingban.checker.context import Context
from jingban.checker.figures import Figure
from jingban.checker.rule import Answer, Rule
from jingban.values.i18n import gettext as _
from jingban.values.printed import compare

_PAIRS = (
    ("“三公”经费", "三公"),
    ("公务接待费", "公务接待"),
    ("公用经费", "公用经费"),
    ("政府采购支出", "政府采购"),
)


class BaseLineAgainstNarrative(Rule):
    """问题：基础数据表的三公经费、公务接待、公用经费、政府采购决算数与正文写的不一致。
    依据：同一单位同一年度同一口径只有一个决算数。
    反例：基础数据表公用经费决算 77.98 万元，正文写公用经费79.78万元。
    正例：两处都是 77.98 万元。
    例外：正文口径不是财政拨款基本支出的不比；预算数与决算数分别比；印出位数不同的按区间。
    怎么改：以决算表为准统一。

    English: A figure of the basic-data table differs from the narrative of the same file.

    Not reported: Other scopes than basic fiscal spending; budget and final apart; intervals.
    """

    code = "B104"
    name = "base-line-against-narrative"
    title = "基础数据表与正文不一致"
    title_en = "Basic data contradict the narrative"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        for table in context.claims.base_data:
            for indicator, word in _PAIRS:
                line = table.line(word)
                if line is None or not table.trusted:
                    continue
                for one in context.claims.statements:
                    if one.indicator != indicator or one.bound.token.level > 1:
                        continue
                    figure = line.budget if one.basis.endswith("预算") else line.actual
                    if figure is not None:
                        yield self._judge(one, figure, line.label)

    def _judge(self, one: Statement, figure: Figure, label: str) -> Answer:
        subject = _("{}与基础数据表").format(one.indicator)
        comparison = compare(one.figure.number, figure.quantity)
        reading = Reading(figure.text, figure.quantity, comparison)
        if reading.holds:
            return answers.verified(subject, reading, one.figure.source)
        return answers.contradiction(
            one.bound.sentence,
            one.bound.token,
            reading,
            _("正文“{}”{}，基础数据表“{}”为 {}").format(one.indicator, one.figure.text, label, figure),
            (one.indicator, one.basis, "基础数据表"),
            cells=[figure.source],
            details=[_("基础数据表：{} {}").format(label, figure)],
        )
