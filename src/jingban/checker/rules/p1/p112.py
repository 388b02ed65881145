"""P112 rubric against its own points and direction."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from jingban.checker.claims.tables import cell_problem, plain
from jingban.checker.claims.targets import read_deduction
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule, Unverified, Verified
from jingban.checker.tables.framework import Framework, Item
from jingban.checker.text.fold import fold
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_FULL_POINTS = lazy(r"(?<!扣)(?<!不)[计得](\d+(?:\.\d+)?)分")
_MORE_IS_BETTER = lazy(r"完成率|及时率|达标率|到位率|办结率|利用率|合格率|覆盖率|支付进度率")
_LESS_IS_BETTER = lazy(r"调整率|结转结余率|变动率|控制率")
_SAVING = lazy(r"成本节约率")


class RubricAgainstPoints(Rule):
    """问题：评分标准写的满分与该指标分值不同（指标 2 分，标准“计5分”）；或标准的扣分方向与指标含义相反。
    依据：财预〔2013〕53号共性指标框架；扣分规则应能使达标者得满分、未达标者扣分。
    反例：完成及时性（10分）：达到目标完成时间计5分。实际完成率（5分）：100%计满分，每超过1%扣1分。
    正例：完成及时性（10分）：达到目标完成时间计10分。实际完成率（5分）：100%计满分，每低于1%扣1分。
    例外：分点计分（“0.5分；0.5分；…”）不比较；双向扣分（每超过（降低））不算相反。
    怎么改：改正标准；在改正之前，按所印文字和按通常含义各算一次，两种结果都写明。

    English: A scoring rule awards other points than its indicator has, or deducts in the wrong direction.

    Not reported: Points by item; deductions in both directions.
    """

    code = "P112"
    name = "rubric-against-points"
    title = "评分标准与分值或方向矛盾"
    title_en = "Scoring rule contradicts its points or direction"
    severity = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        for frame in context.claims.frameworks:
            for item in frame.items:
                yield from self._item(frame, item)

    def _item(self, frame: Framework, item: Item) -> Iterator[Answer]:
        subject = _("{}评分标准").format(item.name)
        if not frame.trusted or item.points is None or not item.criteria:
            yield Unverified(subject, item.source, _("没有评分标准或分值"))
            return
        line = re.sub(r"\s", "", fold(item.criteria))
        awards = [Decimal(points) for points in _FULL_POINTS.findall(line)]
        wrong = [points for points in awards if points > item.points] or (
            awards
            if len(awards) == 1 and awards[0] < item.points and not re.search(r"每|各", line[:12])
            else []
        )
        if wrong:
            yield cell_problem(
                _("“{}”分值 {} 分，评分标准写“计{}分”").format(
                    item.name, plain(item.points), plain(wrong[0])
                ),
                item.criteria_source,
                item.criteria,
                (frame.title, item.name, "标准满分"),
                table=frame.title,
                row=item.name,
                stated=plain(wrong[0]),
                expected=plain(item.points),
                related=[item.source],
            )
        reversed_reading = _reversed(item, line)
        if reversed_reading:
            yield self._direction(frame, item, reversed_reading)
        elif not wrong:
            yield Verified(subject, item.source)

    def _direction(self, frame: Framework, item: Item, readings: tuple[str, str]) -> Answer:
        literal, intended = readings
        return cell_problem(
            _("“{}”的扣分方向与指标含义相反").format(item.name),
            item.criteria_source,
            item.criteria,
            (frame.title, item.name, "扣分方向"),
            table=frame.title,
            row=item.name,
            details=[_("按所印文字：{}").format(literal), _("按通常含义：{}").format(intended)],
        )


def _reversed(item: Item, line: str) -> tuple[str, str] | None:
    """(literal reading, intended reading) when the rule punishes the better side."""
    rule = read_deduction(line)
    assert item.points is not None
    most = plain(item.points)
    name = re.sub(r"\(.*?\)", "", item.name)
    if rule is None or (rule.over and rule.under):
        return None
    step, off = plain(rule.step), plain(rule.points)
    if _SAVING.search(name) and rule.full == 100:
        return (
            _("节约率 100%（一分未花）才得 {} 分，每低 {} 个百分点扣 {} 分").format(most, step, off),
            _("实际成本不超计划得 {} 分，每超支 {} 个百分点扣 {} 分").format(most, step, off),
        )
    if _MORE_IS_BETTER.search(name) and rule.over:
        return (
            _("{}越低得分越高：0% 也得 {} 分").format(name, most),
            _("100% 得 {} 分，每低 {}% 扣 {} 分").format(most, step, off),
        )
    if _LESS_IS_BETTER.search(name) and "控制率" not in name and rule.under and rule.full == 100:
        return (
            _("{} 100% 才得 {} 分，没有调整（0%）反而扣分").format(name, most),
            _("0% 得 {} 分，每高 {}% 扣 {} 分").format(most, step, off),
        )
    return None
