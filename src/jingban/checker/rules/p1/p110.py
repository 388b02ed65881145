"""P110 grade band."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from jingban.checker.claims.tables import cell_problem, plain
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule, Verified
from jingban.checker.tables.evaluation import Evaluation
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_BANDS = ((Decimal(90), "优"), (Decimal(80), "良"), (Decimal(60), "中"), (Decimal(0), "差"))
_NAMES = {
    "优秀": "优",
    "良好": "良",
    "中等": "中",
    "合格": "中",
    "及格": "中",
    "不合格": "差",
    "不及格": "差",
}
_BAND_FLOOR = lazy(r"(\d{2,3})\s*分?\s*(?:\(含\)|及以上|以上).{0,12}?为?\s*[“\"]?(优|良|中|差)")


class GradeOutsideBand(Rule):
    """问题：自评等级与总分所在档次不符。
    依据：财预〔2020〕10号：90（含）—100 分为优，80（含）—90 分为良，60（含）—80 分为中，60 分以下为差；表内另印档次的以表内为准。
    反例：总分 85，等级：优。
    正例：总分 85，等级：良。
    例外：“合格”“基本合格”等别的称谓，表内又没有印出档次的不判。
    怎么改：按档次改正等级，或核对总分。

    English: The printed grade does not belong to the band of the total score.

    Not reported: Other grade words where no steps are printed.
    """

    code = "P110"
    name = "grade-outside-band"
    title = "等级与分数档次不符"
    title_en = "Grade outside the band of its score"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        for form in context.claims.evaluations:
            if form.grade and form.total_score is not None:
                yield self._judge(form)

    def _judge(self, form: Evaluation) -> Answer:
        assert form.total_score is not None
        assert form.grade is not None
        grade = _NAMES.get(form.grade, form.grade)
        score = form.total_score.number.value
        bands = _printed(form) or _BANDS
        due = next((name for floor, name in bands if score >= floor), "差")
        subject = _("{}等级").format(form.key())
        if grade == due or form.grade in ("合格", "及格"):
            return Verified(subject, form.grade_source)
        return cell_problem(
            _("“{}”总分 {} 属“{}”档，等级写作“{}”").format(form.key(), plain(score), due, form.grade),
            form.grade_source,
            form.grade,
            (form.key(), "等级"),
            table=form.title,
            row=_("总分"),
            stated=form.grade,
            expected=due,
            related=[form.total_score.source],
        )


def _printed(form: Evaluation) -> tuple[tuple[Decimal, str], ...]:
    """Bands the form itself prints in its notes."""
    found: dict[str, Decimal] = {}
    for note in form.notes:
        for floor, name in _BAND_FLOOR.findall(note.replace("（", "(").replace("）", ")").replace(" ", "")):
            found.setdefault(name, Decimal(floor))
    if not {"优", "良"} <= set(found):
        return ()
    return (
        *tuple(sorted(((floor, name) for name, floor in found.items()), reverse=True)),
        (Decimal(0), "差"),
    )
