"""N101 share: a printed percentage of a whole is recomputed from the part and the whole."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims import answers
from jingban.checker.claims.shares import Share
from jingban.checker.claims.verdict import Reading
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Problem, Rule
from jingban.values.i18n import gettext as _


class ShareNotPartOverWhole(Rule):
    """问题：文中写“某项X万元，占Y%”，按同句或点名的基数复算，Y 不等于部分除以整体。
    依据：部门决算公开说明格式（收入、支出结构说明）；数值判定按印出位数的区间，不设固定容差。
    反例：本年收入合计100万元，其中：财政拨款收入60万元，占70%。（应为 60%）
    正例：本年收入合计100万元，其中：财政拨款收入60万元，占60%。
    例外：基数有多种可能时任一种成立即通过；由一位小数补零（46.39%写46.40%）和截断（4.466%写4.46%）只作提示；基数只能推断且都不成立时为警告。
    怎么改：核对分子、分母是否同一口径，按决算表金额重算比例后再写。

    English: A printed share does not equal part over whole for any base the sentence allows.

    Not reported: Any possible base that fits will do; padded zeros and truncation are only hints; a base that
    is merely inferred gives a warning.
    """

    code = "N101"
    name = "share-not-part-over-whole"
    title = "占比与金额不符"
    title_en = "Share differs from part over whole"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        for share in context.claims.shares:
            yield self._judge(share)

    def _judge(self, share: Share) -> Answer:
        rate, part = share.rate, share.part
        subject = _("{}占比 {}").format(part.label, rate.figure.text)
        if rate.figure.approximate or part.figure.approximate:
            return answers.unbound(subject, rate.figure.source, _("约数或区间，不能复算"))
        best = share.best()
        if best is None:
            if not part.figure.value and not rate.figure.value:
                return answers.Verified(subject, rate.figure.source)
            return answers.unbound(subject, rate.figure.source, _("找不到占比的基数"))
        if best.holds:
            hint = answers.near(best, rate.figure)
            return (
                self._problem(share, best, hint)
                if hint
                else answers.verified(subject, best, rate.figure.source)
            )
        if share.oversize():
            return answers.unbound(subject, rate.figure.source, _("部分大于整体，见 N102"))
        return self._problem(share, best, None)

    def _problem(self, share: Share, best: Reading, hint: str | None) -> Problem:
        rate, part = share.rate, share.part
        candidates = [str(base) for base, _how in share.bases[:5]]
        expected = answers.like(rate.figure, best.value.point)
        message = hint or _("“{}”占比写作 {}，按 {} 应为 {}").format(
            part.label, rate.figure.text, best.formula, expected
        )
        return answers.contradiction(
            share.sentence,
            rate,
            best,
            message,
            (part.label, rate.base or "占比"),
            severity="info" if hint else (None if share.certain else "warning"),
            related=[base for base, _how in share.bases[:3]],
            details=[_("候选基数：{}").format("；".join(candidates))] if candidates else [],
        )
