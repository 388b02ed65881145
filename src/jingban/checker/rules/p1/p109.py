"""P109 blanks in a scored row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jingban.checker.claims.tables import cell_problem
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule, Unverified, Verified
from jingban.checker.tables.evaluation import Evaluation, Indicator
from jingban.values.i18n import gettext as _


class BlankInScoredRow(Rule):
    """问题：指标有得分而没有实际完成值；有分值而没有得分；“等级”印出而未填。
    依据：财预〔2020〕10号：各指标应填实际完成值并据以计分。
    反例：服务对象满意度，目标 90%，实际值空，分值 10，得分 10。
    正例：服务对象满意度，目标 90%，实际值 92%，分值 10，得分 10。
    例外：整份空表只合并报一次；合并格（几行共用一个分值）不报；丢格移位的表“未核”。
    怎么改：补填实际完成值及其依据。

    English: A scored row lacks its actual value, its score, or the grade is left blank.

    Not reported: Empty forms are one finding; merged score cells. Tables with shifted or lost cells are not
    verified.
    """

    code = "P109"
    name = "blank-in-scored-row"
    title = "有分无值、有值无分"
    title_en = "Score without value or value without score"
    severity = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        for form in context.claims.evaluations:
            if form.scored and form.indicators:
                yield from self._form(form)

    def _form(self, form: Evaluation) -> Iterator[Answer]:
        if not form.trusted:
            yield Unverified(_("{}空缺").format(form.key()), form.source, _("表中有丢格或移位"))
            return
        if _left_blank(form):
            yield cell_problem(
                _("“{}”的执行数已填，各指标的完成值和得分都没有填").format(form.key()),
                form.indicators[0].source,
                form.indicators[0].name,
                (form.key(), "整表空缺"),
                table=form.title,
            )
            return
        if not any(one.score for one in form.indicators):
            yield Unverified(_("{}得分").format(form.key()), form.source, _("表中没有填得分"))
            return
        for one in form.indicators:
            yield self._row(form, one)
        if form.grade == "" and form.total_score is not None:
            yield cell_problem(
                _("“{}”的等级没有填").format(form.key()),
                form.grade_source,
                _("等级"),
                (form.key(), "等级空缺"),
                table=form.title,
                row=_("总分"),
            )

    def _row(self, form: Evaluation, one: Indicator) -> Answer:
        subject = _("{}填报").format(one.name)
        if one.score is not None and one.score.value and not one.actual:
            message = _("“{}”得 {} 分，实际完成值为空").format(one.name, one.score.text)
        elif one.weight is not None and one.weight.value and one.score is None and one.actual:
            message = _("“{}”分值 {}，得分为空").format(one.name, one.weight.text)
        else:
            return Verified(subject, one.source)
        return cell_problem(
            message,
            one.score.source if one.score else one.source,
            one.name,
            (form.key(), one.name, "空缺"),
            table=form.title,
            row=one.name,
        )


def _left_blank(form: Evaluation) -> bool:
    """A form of a year that is over (money was spent) in which no indicator has an actual value or a score."""
    spent = form.executed is not None and form.executed.value > 0
    filled = any(one.score or one.actual for one in form.indicators)
    return spent and form.asks_scores and not filled and any(one.weight for one in form.indicators)
