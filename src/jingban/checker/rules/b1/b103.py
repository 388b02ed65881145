"""B103 lines of the basic-data table add up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jingban.checker.claims.tables import cell_problem
from jingban.checker.claims.verdict import like, total
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule, Severity, Unverified, Verified
from jingban.checker.tables.basedata import BaseData, Line
from jingban.values.i18n import gettext as _

_HEADS = ("三公", "项目支出")
_COLUMNS = (("prior", "上年决算数"), ("budget", "本年预算数"), ("actual", "本年决算数"))


class BaseLinesNotTotal(Rule):
    """问题：基础数据表中三公经费、项目支出各编号分项之和不等于合计；公用经费的“其中”之和超过公用经费。
    依据：三公经费 = 公车购置和维护 + 出国 + 接待；项目支出 = 各类项目之和；“其中”不超过整体。
    反例：三公经费 3 万元；1、公车 1 万元；2、出国 0；3、接待 1 万元。（相加 2 万元）
    正例：三公经费 2 万元；1、公车 1 万元；2、出国 0；3、接待 1 万元。
    例外：分项空格按未知处理：已填之和小于合计时“未核”，大于合计才报；印出位数不一的按区间。
    怎么改：补齐分项或改正合计。

    English: The numbered lines of the basic-data table do not add up, or exceed, their heading.

    Not reported: Blanks are unknown: only a sum above the total is reported; mixed digits are intervals.
    """

    code = "B103"
    name = "base-lines-not-total"
    title = "基础数据表分项与合计不符"
    title_en = "Basic-data lines do not add up"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        for table in context.claims.base_data:
            for head in table.lines:
                if any(word in head.label for word in _HEADS):
                    parts = [
                        one
                        for one in table.lines
                        if one.parent == head.label and not one.inner and re.match(r"\d", one.label)
                    ]
                    yield from self._columns(table, head, parts, closed=True)
                elif "公用经费" in head.label:
                    parts = [one for one in table.lines if one.parent == head.label and not one.inner]
                    yield from self._columns(table, head, parts, closed=False)

                elif "公务用车" in head.label and not head.inner:
                    yield from self._columns(table, head, _cars(table, head), closed=True)

    def _columns(self, table: BaseData, head: Line, parts: list[Line], *, closed: bool) -> Iterator[Answer]:
        for attribute, name in _COLUMNS:
            whole = getattr(head, attribute)
            figures = [one for one in (getattr(part, attribute) for part in parts) if one is not None]
            if whole is None or not figures:
                continue
            subject = f"{head.label}{name}"
            reading = total(whole, figures)
            over = reading.comparison.difference > 0
            if reading.level in ("L0", "L1") or (not over and not closed):
                yield Verified(subject, whole.source, rounding=reading.level != "L0")
                continue
            complete = closed and len(figures) == len(parts)
            if not table.trusted or (not over and not complete):
                yield Unverified(subject, whole.source, _("分项有空格，不能求和"))
                continue
            severity: Severity | None = None if reading.level == "L3" else "warning"
            yield cell_problem(
                _("“{}”{} {}，分项之和为 {}").format(
                    head.label, name, whole, like(whole, reading.value.point)
                ),
                whole.source,
                whole.text,
                (table.title, head.label, name),
                table=table.title,
                row=head.label,
                column=name,
                stated=whole.text,
                expected=like(whole, reading.value.point),
                difference=reading.comparison.difference,
                severity=severity,
                related=[one.source for one in figures],
                details=[_("算式 {}").format(reading.formula)],
            )


def _cars(table: BaseData, head: Line) -> list[Line]:
    """Buying and running: the two lines under 公务用车购置和维护, empty unless both are there."""
    place = next(index for index, one in enumerate(table.lines) if one is head)
    inner: list[Line] = []
    for one in table.lines[place + 1 :]:
        if not one.inner:
            break
        inner.append(one)
    kinds = ["购置" in one.label for one in inner]
    return inner if sorted(kinds) == [False, True] and any("运行" in one.label for one in inner) else []
