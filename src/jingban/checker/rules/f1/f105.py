"""F105 'N schemes together' against the schemes listed."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims import answers
from jingban.checker.claims.sums import Sum
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule, Severity
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_COUNT = lazy(r"(?P<count>[二两三四五六]|[2-6])(?:项|个|类|险)(?:社会)?(?:保险|险种|基金|社保)")
_SCHEME = lazy(r"养老|医疗|失业|工伤|生育|职业年金")
_NUMBER = {"二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}


class SchemesNotTotal(Rule):
    """问题：写“五项社会保险合计X亿元”，列全了五个险种，相加却不等。
    依据：列举的险种数等于所写的项数时为封闭列举，之和应等于合计。
    反例：三项社会保险基金收入100亿元，其中：养老60亿元、失业20亿元、工伤10亿元。（相加 90 亿元）
    正例：三项社会保险基金收入90亿元，其中：养老60亿元、失业20亿元、工伤10亿元。
    例外：只列了部分险种的不核（新闻稿常只列主要险种）；之和大于合计仍由 N103 报。
    怎么改：补齐险种或改正合计。

    English: As many schemes are listed as named, yet their sum is not the stated total.

    Not reported: Press texts that list some schemes only.
    """

    code = "F105"
    name = "schemes-not-total"
    title = "多险合计与所列险种不符"
    title_en = "Listed schemes do not add up to the joint total"
    severity = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        for one in context.claims.sums:
            before = one.whole.sentence.text[: one.whole.token.figure.start - one.whole.sentence.start]
            said = _COUNT.search(before)
            if said:
                count = _NUMBER.get(said["count"]) or int(said["count"])
                yield self._judge(one, count)

    def _judge(self, one: Sum, count: int) -> Answer:
        figure = one.whole.token.figure
        schemes = [part for part in one.parts if _SCHEME.search(part.label)]
        subject = _("{} 项合计 {}").format(count, figure.text)
        reading = one.reading()
        if len(schemes) != count or len(one.parts) != count or not one.clean:
            return answers.unbound(subject, figure.source, _("只列了部分险种，不求和"))
        if reading.level in ("L0", "L1"):
            return answers.verified(subject, reading, figure.source)
        severity: Severity | None = None if reading.level == "L3" else "info"
        return answers.contradiction(
            one.whole.sentence,
            one.whole.token,
            reading,
            _("写 {} 项合计 {}，所列 {} 项相加为 {}").format(
                count, figure.text, count, answers.like(figure, reading.value.point)
            ),
            (one.whole.label, "险种合计"),
            severity=severity,
            related=one.parts,
        )
