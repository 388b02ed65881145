"""N302: The fiscal explanation differs from tables 04 and 05."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

from jingban.checker.rule import Answer, Problem, Severity, Unverified, Verified
from jingban.checker.tables.bound import BoundTable
from jingban.checker.tables.items import Item, items, row_of
from jingban.checker.tables.narrative_rule import NarrativeRule
from jingban.values.i18n import gettext as _
from jingban.values.printed import compare

if TYPE_CHECKING:
    from jingban.checker.context import Context


class N302(NarrativeRule):
    """财政拨款、一般公共预算说明与表不符。

    问题：情况说明中的财政拨款收支总计、一般公共预算支出、各类支出或各项科目的决算数与公开04、公开05 不同。

    依据：部门决算公开模板 情况说明四、五（domain.md 4.4）；预算法实施条例第六条（功能分类公开到项）。

    反例：公开05 社会保险经办机构（项）220.10万元，正文写“支出决算为202.10万元”。

    正例：公开05 社会保险经办机构（项）220.10万元，正文写“支出决算为220.1万元”。

    例外：按印出位数取区间比较，少印小数位不算错；几个科目合在一句的不比；科目名称对不上唯一一行的记为“未核”；有预算没有支出、
    表上没有这一行的，正文为零算相符。

    怎么改：以公开05 为准改正正文。

    English: Fiscal totals, classes and items of the explanation must equal tables 04 and 05.

    Not reported: Interval comparison; sentences that join several items; names that fit no single row are not
    verified, but an item of which nothing was spent has no row and agrees with zero.
    """

    code: ClassVar[str] = "N302"
    name: ClassVar[str] = "fiscal-prose-differs"
    title: ClassVar[str] = "财政拨款、一般公共预算说明与表不符"
    title_en: ClassVar[str] = "The fiscal explanation differs from tables 04 and 05"
    severity: ClassVar[Severity] = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        """The bindings, then the item list."""
        yield from super().check(context)
        tables = context.bound_tables.of("gk05")
        if len(tables) == 1:
            for item in items(context):
                yield from _item(item, tables[0])


def _item(item: Item, table: BoundTable) -> Iterator[Answer]:
    if item.amount is None:
        return
    name = item.names[2] or item.code or item.names[1]
    row = row_of(table, item)
    cell = table.value(row, "total") if row is not None else None
    if row is None and not item.amount.value:  # budgeted, nothing spent: the table has no row for it
        yield Verified(f"{name} {item.text}", item.source)
        return
    if cell is None or cell.number is None or cell.number.unit.dimension != "money":
        yield Unverified(f"{name} {item.text}", item.source, _("公开05表中找不到唯一对应的科目"))
        return
    result = compare(item.amount, cell.number)
    if result.ok and (result.level == "L0" or item.amount.half != cell.number.half):
        yield Verified(f"{name} {item.text}", item.source, result.level != "L0")
        return
    shown = (cell.number.to_base() / item.amount.unit.factor).quantize(item.amount.value)
    yield Problem(
        message=_("正文“%(name)s”支出决算%(stated)s，%(title)s为%(text)s")
        % {"name": name, "stated": item.text, "title": table.title, "text": cell.text},
        source=item.source,
        quote=item.line.around(item.start, item.start, 80),
        key=("item", cell.key),
        stated=item.text,
        expected=f"{shown}{item.amount.unit.symbol}",
        difference=abs(result.difference) / item.amount.unit.factor,
        severity="info" if result.level in ("L1", "L2") else None if table.trusted else "warning",
        table=table.title,
        row=cell.label or None,
        column=cell.header or None,
        related=(cell.source,),
        cause=f"prose:{cell.key}:{item.text}",
    )
