"""P117 a self-score higher than the execution rate allows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from jingban.checker.claims import answers
from jingban.checker.claims.sentence import Sentence, Token
from jingban.checker.claims.tables import plain
from jingban.checker.context import Context
from jingban.checker.figures import Figure
from jingban.checker.model import Table
from jingban.checker.rule import Answer, Problem, Rule, Verified
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_SCORE = lazy(
    r"(?:自评|自评总|综合|最终|总)(?:得分|分数|评分|总分|分)(?:数|值)?(?:为|是|达|:|共)*\s*(?P<score>\d{2,3}(?:\.\d+)?)\s*分(?!值|以|制)"
)
_RATE = lazy(r"(?:资金使用率|资金执行率|预算执行率|执行率|支出率|完成预算的?)(?:为|达|达到|是|仅|:)*$")
_PARTIAL = lazy(r"上半年|半年|季度|截至[^,。;]{0,8}[1-9]月|[1-9]月底|序时|进度|上年|去年|平均|其中|结转")
_WHOLE = lazy(r"整体|部门预算|总体评价|综上|本部门|各项目|平均")
_TITLE = lazy(r"(?:报告|自评表|说明|报告书)(?:[(（][^()（）]*[)）])?$")
TITLE_MAX = 60
REACH = 20
"""Sentences of the same report before and after the score in which the one execution rate may stand."""
LOW = Decimal("0.8")


class ScoreAboveExecution(Rule):
    """问题：报告自评得分很高，而同一报告写明的资金执行率很低：按执行率 10 分计，得分已不可能这样高。
    依据：财预〔2020〕10号：预算执行率权重 10 分，得分 = 10 × 执行率；其余指标全满也只有 90 分。
    反例：资金使用率33.73%，自评得分98分。（最多 93.37 分；培训目标 2 次只办 1 次，还应再扣）
    正例：资金使用率33.73%，自评得分90分。
    例外：执行率不低于 80% 的、同一报告有几个不同执行率的、上半年或序时进度的不核；本单位另有不含执行率的评分办法的，须在报告中写明——两种算法都列出。
    怎么改：按执行率计算预算执行得分，或写明所用的评分办法。

    English: The self-score is higher than the stated execution rate allows when execution counts ten points.

    Not reported: Execution of at least 80%, several rates in one report, part-year rates; a scoring rule
    without execution should be printed.
    """

    code = "P117"
    name = "score-above-execution"
    title = "自评得分与执行率不称"
    title_en = "Self-score is higher than the execution rate allows"
    severity = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        sentences = context.claims.sentences
        numbers = _report_numbers(context)
        for index, sentence in enumerate(sentences):
            for found in _SCORE.finditer(sentence.text):
                score = Decimal(found["score"])
                if score > 100 or _PARTIAL.search(sentence.text[max(0, found.start() - 20) : found.start()]):
                    continue
                if _WHOLE.search(sentence.text):
                    continue
                rates = [pair for one in _report(sentences, index, numbers) for pair in _rates(one)]
                if len({token.figure.value for _one, token in rates}) == 1 and rates[0][1].figure.value < LOW:
                    yield self._judge(context, sentence, found, score, rates[0][1].figure)

    def _judge(
        self, context: Context, sentence: Sentence, found: re.Match[str], score: Decimal, rate: Figure
    ) -> Answer:
        most = Decimal(90) + 10 * rate.value
        subject = _("自评得分 {}").format(plain(score))
        source = sentence.source()
        if score <= most + Decimal("0.5"):
            return Verified(subject, source)
        missed = [
            _("未达标：{} 目标 {}、实际 {}").format(one.name, one.target[:30], one.actual[:30])
            for form in context.claims.evaluations
            if (row := form.total_fund) and row.full and row.executed and row.full.value
            and abs(row.executed.value / row.full.value - rate.value) < Decimal("0.0001")
            for one in form.indicators
            if re.search(r"数量", one.level2) and one.target and one.actual and one.target != one.actual
        ]  # fmt: skip
        return Problem(
            _("自评得分 {} 分，而执行率只有 {}：执行率按 10 分计，最多 {} 分").format(
                plain(score), rate.text, plain(most.quantize(Decimal("0.01")))
            ),
            source,
            sentence.quote()[:160],
            (answers.section_key(sentence), "得分与执行率"),
            stated=_("{}分").format(plain(score)),
            related=(rate.source,),
            details=(
                _("执行率计 10 分：其余全满 90 分 + 10 × {} = {} 分").format(
                    rate.text, plain(most.quantize(Decimal("0.01")))
                ),
                _("执行率不计分：{} 分可以成立，但须写明所用的评分办法").format(plain(score)),
                *missed[:3],
            ),
        )


def _rates(sentence: Sentence) -> list[tuple[Sentence, Token]]:
    return [
        (sentence, token)
        for token in sentence.tokens
        if token.figure.dimension == "ratio"
        and not token.figure.approximate
        and _RATE.search(token.gap.rstrip())
        and not _PARTIAL.search(token.gap)
    ]


def _report(sentences: list[Sentence], index: int, number: dict[int, int]) -> list[Sentence]:
    """The sentences around one that belong to the same report."""
    own = number.get(id(sentences[index].paragraph))
    near = sentences[max(0, index - REACH) : index + REACH + 1]
    return [one for one in near if number.get(id(one.paragraph)) == own]


def _report_numbers(context: Context) -> dict[int, int]:
    """Block -> how many report titles stand before it."""
    numbers: dict[int, int] = {}
    count = 0
    for block in context.document.blocks:
        if isinstance(block, Table):
            continue
        text = block.text.strip()
        count += len(text) <= TITLE_MAX and _TITLE.search(text) is not None
        numbers[id(block)] = count
    return numbers
