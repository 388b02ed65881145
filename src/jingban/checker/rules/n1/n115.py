"""N115 missing percent sign."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims import answers
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Problem, Rule
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_RATE_WORD = lazy(
    r"(?:增长|下降|降低|上升|增幅|降幅|减幅|占比|占[^,。;:]{1,16}(?:的|比重|比例)|占|完成[^,。;:]{0,6}预算的?)(?:了|约|为|达)*\s*$"
)
_STOP = lazy(r"\s*(?:[,。;、)]|此外|主要|其中|较|比|与|$)")


class MissingPercentSign(Rule):
    """问题：“增长、下降、占”之后的数没有百分号，也没有别的单位。
    依据：比率须带单位。
    反例：比上年增加5万元，增长3.14，主要原因是……
    正例：比上年增加5万元，增长3.14%，主要原因是……
    例外：数后紧跟单位（万元、倍、人、个百分点）或序号、年份的不报。
    怎么改：补写百分号。

    English: A rate is printed without its percent sign.

    Not reported: Figures followed by another unit, ordinals and years.
    """

    code = "N115"
    name = "missing-percent-sign"
    title = "比率缺百分号"
    title_en = "Missing percent sign"
    severity = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        for sentence in context.claims.sentences:
            for token in sentence.tokens:
                figure = token.figure
                if figure.dimension != "plain" or figure.number.unit.symbol:
                    continue
                before = sentence.text[: figure.start - sentence.start]
                after = sentence.text[figure.end - sentence.start :]
                if not _RATE_WORD.search(before) or not _STOP.match(after) or figure.value > 1000:
                    continue
                yield Problem(
                    _("“{}”后缺百分号或单位").format(figure.text),
                    figure.source,
                    answers.quote(sentence, token),
                    (answers.section_key(sentence), token.label or before[-6:], figure.text),
                    stated=figure.text,
                    expected=f"{figure.text}%",
                )
