"""P113 scaled column: score = weight × mark / 100."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jingban.checker.claims.tables import cell_problem, figure_at, plain, roles_of
from jingban.checker.context import Context
from jingban.checker.model import Table
from jingban.checker.rule import Answer, Rule, Unverified, Verified
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy
from jingban.values.printed import Quantity, compare

_HEADS = (
    ("scaled", lazy(r"折算(?:得分|后得分|分)|加权得分")),
    ("weight", lazy(r"^权重|^分值权重")),
    ("mark", lazy(r"^(?:百分制)?(?:评价|自评|单项)?得分")),
)


class ScaledColumnWrong(Rule):
    """问题：有权重列和折算列的评分表，折算得分不等于得分×权重（百分比）。
    依据：加权评分：折算得分 = 得分 × 权重。
    反例：得分 90，权重 20%，折算得分 20。（应为 18）
    正例：得分 90，权重 20%，折算得分 18。
    例外：权重写 20 或 20% 都按百分之二十；按印出位数舍入；任一列空缺的行“未核”。
    怎么改：重算折算得分。

    English: A scaled score is not the mark times its weight.

    Not reported: 20 and 20% are the same weight; rounding; rows with an empty cell are not verified.
    """

    code = "P113"
    name = "scaled-column-wrong"
    title = "折算得分与权重不符"
    title_en = "Scaled score differs from mark times weight"
    severity = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        for table in context.document.tables():
            for index, row in enumerate(table.rows[:4]):
                columns = roles_of(row, _HEADS)
                if len(columns) == len(_HEADS):
                    yield from self._rows(table, index + 1, columns)
                    break

    def _rows(self, table: Table, start: int, columns: dict[str, int]) -> Iterator[Answer]:
        for row in table.rows[start:]:
            figures = {name: figure_at(row, column) for name, column in columns.items()}
            mark, weight, scaled = figures["mark"], figures["weight"], figures["scaled"]
            if scaled is None:
                continue
            label = next((cell.text for cell in row if cell and cell.text), "")
            subject = _("{}折算得分").format(label)
            if mark is None or weight is None or not table.trusted or re.match(r"合计|总", label):
                yield Unverified(subject, scaled.source, _("缺得分或权重"))
                continue
            share = (
                weight.quantity
                if weight.dimension == "ratio"
                else weight.quantity.times(1) / Quantity.exact(100)
            )
            value = mark.quantity * share
            comparison = compare(scaled.number, value)
            if comparison.level != "L3":
                yield Verified(subject, scaled.source, rounding=comparison.level != "L0")
                continue
            yield cell_problem(
                _("“{}”得分 {} × 权重 {} 应为 {}，折算列写 {}").format(
                    label, mark.text, weight.text, plain(value.point), scaled.text
                ),
                scaled.source,
                scaled.text,
                (table.title, label, "折算得分"),
                table=table.title,
                row=label,
                stated=scaled.text,
                expected=plain(value.point),
                difference=comparison.difference,
            )
