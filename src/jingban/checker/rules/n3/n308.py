"""N308: The self-evaluation report and its form give different scores."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

from jingban.checker.claims.scoretable import ScoreLine, score_lines
from jingban.checker.rule import Answer, Problem, Rule, Severity, Unverified, Verified
from jingban.checker.tables import words
from jingban.checker.texts import Line, lines_of
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

if TYPE_CHECKING:
    from jingban.checker.context import Context
    from jingban.checker.tables.evaluation import Evaluation

_SCORE = lazy(
    r"(?:自评|绩效|综合|总体|整体|评价|最终|合计)[^。；;，,]{0,16}?(?:总得分|总分|得分|评分|分数|分值)\s*(?:为|是|达|:|：)?\s*"
    r"(?P<score>\d{1,3}(?:\.\d+)?)\s*分(?!值|以|及|钟|之|别|\s*[（(]含)"
)
_PARTIAL = lazy(r"方面|指标|部分|管理|权重|满分|标准|扣|其中|以上|以下|上年|去年|抽查|考核")
LIKENESS_MIN = 0.75


class N308(Rule):
    """自评报告与自评表得分不符。

    问题：自评报告正文或得分汇总表写的总得分与同一文件中自评表印的总分不同。

    依据：财预〔2020〕10号：自评结果以自评表为准，报告与自评表应一致（domain.md 5.1）。

    反例：报告写“自评得分98分”，自评表总分一行得分为95。

    正例：报告与自评表都是95分。

    例外：只写某一方面得分、满分、扣分、上年得分的句子不比；文件中有几张自评表而句子没有写明项目名称的记为“未核”；自评表总分本身加错而正文等于各项得分之和的，由P104报告，这里不报。

    怎么改：以自评表各项得分之和为准改正正文或表。

    English: The score in the text of a self-evaluation must be the total printed in its form.

    Not reported: Partial, full, deducted or last year's scores; several forms without a named project are not
    verified; a form that is itself added up wrongly is P104's.
    """

    code: ClassVar[str] = "N308"
    name: ClassVar[str] = "self-evaluation-score-differs"
    title: ClassVar[str] = "自评报告与自评表得分不符"
    title_en: ClassVar[str] = "The report's score is not the form's"
    severity: ClassVar[Severity] = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        """Every total score in prose against the form it speaks of."""
        forms = [form for form in context.claims.evaluations if form.total_score is not None and form.trusted]
        if not forms:
            return
        for line in lines_of(context.document, cells=False):
            for start, sentence in line.sentences():
                for found in _SCORE.finditer(sentence):
                    before = sentence[max(0, found.start() - 12) : found.end("score")]
                    if not _PARTIAL.search(before):
                        yield from _compare(line, start, sentence, found, forms)
        for row in score_lines(context):
            form = _form_named(row, forms)
            if form is not None:
                yield from _summed_up(row, form)


def _compare(
    line: Line, start: int, sentence: str, found: re.Match[str], forms: list[Evaluation]
) -> Iterator[Answer]:
    source = line.at(start + found.start("score"))
    text = f"{found['score']}分"
    form = _form_of(line, sentence, forms)
    if form is None:
        yield Unverified(text, source, _("有几张自评表，不能确定正文说的是哪一张"))
        return
    assert form.total_score is not None
    total = form.total_score
    if Decimal(found["score"]) in {total.number.value, *_sums(form)}:
        yield Verified(text, source)
        return
    yield Problem(
        message=_("正文写得%(stated)s，自评表“%(name)s”总分为%(total)s")
        % {"stated": text, "name": form.name or form.title, "total": total.text},
        source=source,
        quote=sentence[:160],
        key=("score", words.bare(form.name or form.title)),
        stated=text,
        expected=total.text,
        difference=abs(Decimal(found["score"]) - total.number.value),
        table=form.title,
        related=(total.source,),
    )


def _form_named(row: ScoreLine, forms: list[Evaluation]) -> Evaluation | None:
    """The form a row of a summary of scores is about: by name, or the only one of the unit as a whole."""
    department = [form for form in forms if not form.project]
    if row.whole and len(department) == 1:
        return department[0]
    named = [form for form in forms if form.project and words.bare(form.name) == words.bare(row.name)]
    return named[0] if len(named) == 1 else None


def _summed_up(row: ScoreLine, form: Evaluation) -> Iterator[Answer]:
    """The total and the execution points of a summary row against the form."""
    for stated, printed, what in (
        (row.total, form.total_score, _("总分")),
        (row.part("执行"), form.execution_score, _("预算执行得分")),
    ):
        if stated is None or printed is None:
            continue
        subject = f"{row.name}{what}"
        if stated.number.value == printed.number.value:
            yield Verified(subject, stated.source)
            continue
        yield Problem(
            message=_("汇总表“%(name)s”%(what)s写%(stated)s，自评表为%(total)s")
            % {"name": row.name, "what": what, "stated": stated.text, "total": printed.text},
            source=stated.source,
            quote=f"{row.name} {stated.text}",
            key=("score-summary", words.bare(row.name), what),
            stated=stated.text,
            expected=printed.text,
            difference=abs(stated.number.value - printed.number.value),
            table=row.table,
            row=row.name,
            related=(printed.source,),
        )


def _sums(form: Evaluation) -> set[Decimal]:
    """What the form's own scores add up to: a text that states it is right, and the form's total is P104's to report."""
    if any(one.score is None for one in form.indicators if one.weight):
        return set()
    leaves = sum((one.score.number.value for one in form.indicators if one.score), Decimal(0))
    execution = form.execution_score.number.value if form.execution_score else Decimal(0)
    return {True: {leaves + execution}, False: {leaves}, None: {leaves, leaves + execution}}[
        form.execution_counts()
    ]


def _form_of(line: Line, sentence: str, forms: list[Evaluation]) -> Evaluation | None:
    """The form a sentence speaks of: the only one of its kind, or the one whose project the sentence names."""
    whole = re.search(r"整体(?:支出)?|部门(?:整体)?", sentence + line.section)
    department = [form for form in forms if not form.project]
    if whole and len(department) == 1:
        return department[0]
    named = [
        form for form in forms if form.project and form.name and words.bare(form.name) in words.bare(sentence)
    ]
    if len(named) == 1:
        return named[0]
    return forms[0] if len(forms) == 1 and not whole else None
