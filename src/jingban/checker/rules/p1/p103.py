"""P103 score cap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from jingban.checker.claims.tables import cell_problem, plain
from jingban.checker.context import Context
from jingban.checker.figures import Figure
from jingban.checker.rule import Answer, Rule, Unverified, Verified
from jingban.values.i18n import gettext as _


class ScoreAboveWeight(Rule):
    """问题：某指标得分大于其分值，或得分为负。
    依据：财预〔2020〕10号：得分不超过该指标分值；扣完为止。
    反例：分值 10，得分 12。
    正例：分值 10，得分 9.5。
    例外：得分为百分制或百分比、另有折算列的不按此核；表头识别不清、丢格移位的“未核”。
    怎么改：核对分值、得分是否填反或多填一位。

    English: A score exceeds the weight of its indicator, or is negative.

    Not reported: Percent scores with a column of their own. Tables with shifted or lost cells are not verified.
    """

    code = "P103"
    name = "score-above-weight"
    title = "得分超过分值"
    title_en = "Score above its weight"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        for form in context.claims.evaluations:
            rows = [(one.name or one.level2, one.weight, one.score) for one in form.indicators]
            row = form.total_fund
            if row is not None:
                rows.insert(0, (_("预算执行"), row.weight, row.score))
            if sum(bool(w and s and s.value > w.value) for _n, w, s in rows) > max(2, len(rows) // 2):
                yield Unverified(
                    _("{}得分").format(form.key()), form.source, _("得分列可能是百分制，另行折算")
                )
                continue
            for name, weight, score in rows:
                yield from self._judge(form.title, form.key(), name, weight, score, form.trusted)
        for frame in context.claims.frameworks:
            for item in frame.items:
                if item.score is not None and item.points is not None:
                    yield from self._cap(
                        frame.title, frame.title, item.name, item.points, item.score, frame.trusted
                    )

    def _judge(
        self, title: str, key: str, name: str, weight: Figure | None, score: Figure | None, trusted: bool
    ) -> Iterator[Answer]:
        if weight is not None and score is not None and score.dimension in ("plain", "score"):
            yield from self._cap(title, key, name, weight.number.value, score, trusted)

    def _cap(
        self, title: str, key: str, name: str, most: Decimal, score: Figure, trusted: bool
    ) -> Iterator[Answer]:
        subject = _("{}得分").format(name)
        if not trusted:
            yield Unverified(subject, score.source, _("表中有丢格或移位"))
        elif 0 <= score.number.value <= most:
            yield Verified(subject, score.source)
        else:
            yield cell_problem(
                _("“{}”得分 {} 超出分值范围 0–{}").format(name, score.text, plain(most)),
                score.source,
                score.text,
                (key, name, "得分上限"),
                table=title,
                row=name,
                stated=score.text,
                expected=_("不超过 {}").format(plain(most)),
                difference=score.number.value - most,
            )
