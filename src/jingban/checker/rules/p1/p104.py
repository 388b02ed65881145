"""P104 scores add up to the total score."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from jingban.checker.claims.scoretable import ScoreLine, score_lines
from jingban.checker.claims.tables import cell_problem, plain
from jingban.checker.claims.verdict import total
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule, Unverified, Verified
from jingban.checker.tables.evaluation import Evaluation
from jingban.checker.tables.framework import Framework
from jingban.values.i18n import gettext as _


class ScoresNotTotal(Rule):
    """问题：各指标得分（含预算执行得分）之和不等于所写总分；得分汇总表各列得分之和不等于该行总分。
    依据：财预〔2020〕10号：总分为各项得分之和。
    反例：产出 53 分、效益 26 分、满意度 10 分、预算执行 6 分，合计 95 分，总分写 94。
    正例：同上，总分写 95。
    例外：有分值而得分空缺的行，按 0 至分值的区间判断，不可能时才报；含与不含预算执行得分都可能时任一成立即通过；得分印出位数不一的按舍入区间。
    怎么改：逐项相加重算总分。

    English: The scores do not add up to the stated total score.

    Not reported: Missing scores count as an interval from 0 to their weight; with or without execution points
    may fit; rounded scores are intervals.
    """

    code = "P104"
    name = "scores-not-total"
    title = "得分合计不等于总分"
    title_en = "Scores do not add up to the total"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        for form in context.claims.evaluations:
            if form.total_score is not None and any(one.score for one in form.indicators):
                yield self._judge(form)
        for frame in context.claims.frameworks:
            if frame.printed_total is not None:
                yield self._framework(frame)
        for line in score_lines(context):
            if len(line.parts) > 1:
                yield self._line(line)

    def _judge(self, form: Evaluation) -> Answer:
        assert form.total_score is not None
        stated = form.total_score.number.value
        subject = _("{}总分 {}").format(form.key(), form.total_score.text)
        if not form.trusted:
            return Unverified(subject, form.total_score.source, _("表中有丢格或移位"))
        low = sum((one.score.number.value for one in form.indicators if one.score), Decimal(0))
        open_points = sum(
            (one.weight.number.value for one in form.indicators if one.weight and not one.score), Decimal(0)
        )
        slack = sum(
            (one.score.number.half for one in form.indicators if one.score and one.score.number.decimals),
            Decimal(0),
        )
        score, weight = form.execution_score, form.execution_weight
        counts = form.execution_counts()
        extra = [Decimal(0)] if counts is not True else []
        if counts is not False:
            if score is not None:
                extra.append(score.number.value)
            elif weight is not None:
                extra.append(Decimal(0))
                open_points += weight.number.value
        for bonus in extra:
            if low + bonus - slack <= stated <= low + bonus + open_points + slack:
                return Verified(subject, form.total_score.source, rounding=stated != low + bonus)
        added = low + extra[-1]
        rows = [f"{one.name or one.level2}：{one.score}" for one in form.indicators if one.score]
        if extra[-1]:
            rows.insert(0, _("预算执行：{}").format(plain(extra[-1])))
        return cell_problem(
            _("“{}”各项得分合计 {} 分，总分写作 {} 分，相差 {} 分").format(
                form.key(), plain(added), plain(stated), plain(abs(added - stated))
            ),
            form.total_score.source,
            form.total_score.text,
            (form.key(), "得分合计"),
            table=form.title,
            row=_("总分"),
            stated=form.total_score.text,
            expected=plain(added),
            difference=added - stated,
            related=[one.score.source for one in form.indicators if one.score],
            details=rows,
        )

    def _line(self, line: ScoreLine) -> Answer:
        """A row of a summary of scores: its columns of points make the total."""
        subject = _("{}总分").format(line.name)
        reading = total(line.total, [figure for _name, figure in line.parts])
        if reading.level in ("L0", "L1"):
            return Verified(subject, line.total.source, rounding=reading.level != "L0")
        expected = plain(reading.value.point)
        return cell_problem(
            _("“{}”各列得分合计 {} 分，总分写作 {} 分").format(line.name, expected, line.total.text),
            line.total.source,
            line.total.text,
            (line.table, line.name, "得分合计"),
            table=line.table,
            row=line.name,
            stated=line.total.text,
            expected=expected,
            difference=reading.comparison.difference,
            related=[figure.source for _name, figure in line.parts],
            details=[f"{name}：{figure.text}" for name, figure in line.parts],
        )

    def _framework(self, frame: Framework) -> Answer:
        assert frame.printed_total is not None
        stated = frame.printed_total.number.value
        subject = _("{}总分").format(frame.title)
        if not frame.trusted or any(one.score is None for one in frame.items):
            return Unverified(subject, frame.printed_total.source, _("有空缺或移位的得分"))
        added = sum((one.score.number.value for one in frame.items if one.score), Decimal(0))
        if added == stated:
            return Verified(subject, frame.printed_total.source)
        points = [one.points for one in frame.items if one.points is not None]
        most = sum(points, Decimal(0))
        details = [_("各项满分合计 {} 分").format(plain(most))] if len(points) == len(frame.items) else []
        if details and stated > most:
            details.append(_("所写总分超过可得的最高分"))
        return cell_problem(
            _("“{}”各项自评分合计 {} 分，总分写作 {} 分").format(frame.title, plain(added), plain(stated)),
            frame.printed_total.source,
            frame.printed_total.text,
            (frame.title, "得分合计"),
            table=frame.title,
            row=_("总分"),
            stated=frame.printed_total.text,
            expected=plain(added),
            difference=added - stated,
            details=details + [f"{one.name}：{one.score}" for one in frame.items],
        )
