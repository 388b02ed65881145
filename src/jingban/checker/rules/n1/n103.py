"""N103 closed sum: listed parts of a complete list add up to the whole."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims import answers
from jingban.checker.claims.sums import NEARLY, Sum
from jingban.checker.claims.verdict import Reading
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Problem, Rule, Severity
from jingban.values.i18n import gettext as _


class PartsNotWhole(Rule):
    """问题：完整列举的各分项之和不等于合计；或“其中”各项之和超过合计、几乎等于合计却差一点。
    依据：基本支出+项目支出、人员经费+公用经费、货物+工程+服务、出国+公车+接待等是封闭分类；占比合计为 100% 的列举也是封闭的。
    反例：本年支出合计100万元，其中：基本支出60万元，项目支出30万元。（相加 90 万元）
    正例：本年支出合计100万元，其中：基本支出60万元，项目支出40万元。
    例外：开放的“其中”只列部分，不求和；差额在各数印出位数的舍入范围内不报，明显偏大（超过 2.5 个标准差）或位数粗细不一才成立的为警告。
    怎么改：按源数据（元）逐项核对后统一换算，不要用已舍入的数相加。

    English: The parts of a complete list do not add up to the stated whole.

    Not reported: An open 'of which' lists only some parts and is not summed; rounding is allowed for, and sums
    that hold only by unlikely rounding are warnings.
    """

    code = "N103"
    name = "parts-not-whole"
    title = "分项之和与合计不符"
    title_en = "Parts do not add up to the whole"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        for one in context.claims.sums:
            yield self._judge(one)

    def _judge(self, one: Sum) -> Answer:
        whole = one.whole.token
        subject = _("{} {} 的分项之和").format(one.whole.label, whole.figure.text)
        reading = one.reading()
        if reading.level in ("L0", "L1"):
            return answers.verified(subject, reading, whole.figure.source)
        if one.closed:
            return self._problem(one, reading, None if reading.level == "L3" else "warning")
        if not one.clean or whole.figure.dimension != "money":
            return answers.unbound(subject, whole.figure.source, _("“其中”只列部分，或列举中夹有别的数"))
        flat = one.unnested()
        inner = flat.reading()
        if len(flat.parts) < 2 or inner.level in ("L0", "L1"):
            return answers.verified(subject, inner, whole.figure.source)
        severity = self._open_severity(flat, inner)
        if severity is None:
            return answers.unbound(subject, whole.figure.source, _("“其中”只列部分，不求和"))
        return self._problem(flat, inner, severity)

    def _open_severity(self, one: Sum, reading: Reading) -> Severity | None:
        """Over the whole: error (L3) or warning (L2); a hair under it and inexplicable: warning (likely complete)."""
        over = reading.comparison.difference > 0
        if over:
            return "error" if reading.level == "L3" else "warning"
        whole = one.whole.token.figure.value
        if reading.level == "L3" and whole > 0 and reading.value.point >= whole * NEARLY:
            return "warning"
        return None

    def _problem(self, one: Sum, reading: Reading, severity: Severity | None) -> Problem:
        whole = one.whole.token
        parts = _("{} 项之和").format(len(one.parts))
        message = _("“{}”写作 {}，{}为 {}，相差 {}").format(
            one.whole.label,
            whole.figure.text,
            parts,
            answers.like(whole.figure, reading.value.point),
            answers.gap_text(reading.comparison.difference, whole.figure),
        )
        if severity == "warning":
            message += _("（在舍入范围边缘或列举近乎完整，请核对）")
        return answers.contradiction(
            one.whole.sentence,
            whole,
            reading,
            message,
            (one.whole.label, one.closed or "其中"),
            severity=severity,
            related=one.parts,
            details=[_("分项：{}").format("；".join(map(str, one.parts)))]
            + ([_("封闭依据：{}").format(one.closed)] if one.closed else []),
        )
