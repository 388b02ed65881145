"""P102 header points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from jingban.checker.claims.tables import cell_problem, plain
from jingban.checker.context import Context
from jingban.checker.model import Source
from jingban.checker.rule import Answer, Rule, Unverified, Verified
from jingban.checker.tables.framework import Framework
from jingban.values.i18n import gettext as _


class HeaderPointsNotSum(Rule):
    """问题：一级（二级）指标标题所写分数不等于组内各指标分值之和，如“产出指标(50分)”下合计 60 分。
    依据：财预〔2020〕10号及省级绩效指标框架：上级指标权重等于下级指标权重之和。
    反例：产出指标(50分)：数量 30 分、质量 20 分、成本 30 分（合计 80 分）。
    正例：产出指标(50分)：数量 20 分、质量 15 分、成本 15 分（合计 50 分）。
    例外：跨页重复的组标题视为同一组；组内一个分值也没有的不核；丢格移位的表“未核”。
    怎么改：使组内分值之和等于标题分数。

    English: The points printed in a group header are not the sum of the weights below it.

    Not reported: A group title repeated on the next page is the same group; groups without points. Tables with
    shifted or lost cells are not verified.
    """

    code = "P102"
    name = "header-points-not-sum"
    title = "组标题分数与组内合计不符"
    title_en = "Header points differ from the sum of the group"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        for form in context.claims.evaluations:
            cause = form.weights_cause()
            for group in form.groups():
                weights = [one.weight.number.value for one in group.members if one.weight]
                subject = _("{}组内分值合计").format(group.label)
                if not weights:
                    continue
                if not form.trusted:
                    yield Unverified(subject, group.source, _("表中有丢格或移位"))
                    continue
                yield self._judge(
                    form.title, form.key(), group.label, group.points, sum(weights, Decimal(0)), group.source,
                    [f"{one.name or one.level2}：{one.weight}" for one in group.members if one.weight], cause,
                )  # fmt: skip
        for frame in context.claims.frameworks:
            yield from self._framework(frame)

    def _framework(self, frame: Framework) -> Iterator[Answer]:
        """Second level first: a first-level header that misses by the same points has the same cause."""
        inner: dict[str, list[tuple[Decimal, str]]] = {}
        for level in (2, 1):
            for label, points, items in frame.groups(level):
                if any(one.points is None for one in items):
                    continue
                total = sum((one.points for one in items if one.points is not None), Decimal(0))
                cause = f"{frame.title}/{label}"
                if level == 2:
                    inner.setdefault(items[0].level1, []).append((total - points, cause))
                else:
                    cause = next(
                        (c for miss, c in inner.get(label, []) if miss == total - points != 0), cause
                    )
                yield self._judge(
                    frame.title, frame.title, label, points, total, items[0].source,
                    [f"{one.name}：{plain(one.points)}" for one in items if one.points is not None], cause,
                )  # fmt: skip

    def _judge(
        self,
        title: str,
        key: str,
        label: str,
        points: Decimal,
        total: Decimal,
        source: Source,
        rows: list[str],
        cause: str | None = None,
    ) -> Answer:
        if points == total:
            return Verified(_("{}组内分值合计").format(label), source)
        return cell_problem(
            _("“{}”标题写 {} 分，组内各指标合计 {} 分").format(label, plain(points), plain(total)),
            source,
            label,
            (key, label, "组内分值"),
            table=title,
            row=label,
            stated=plain(points),
            expected=plain(total),
            difference=total - points,
            details=rows,
            cause=cause,
        )
