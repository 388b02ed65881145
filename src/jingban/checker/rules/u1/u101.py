"""U101: An amount without a unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

from jingban.checker.rule import Answer, Problem, Rule, Severity, Unverified, Verified
from jingban.checker.texts import lines_of
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

if TYPE_CHECKING:
    from jingban.checker.context import Context

_BARE = lazy(
    r"(?:支出|收入)?(?:决算|预算)(?:数|金额)?(?:均|分别)?(?:为|是)\s*(?P<number>\d[\d,]*\.\d+)\s*(?=[，。；;]|,(?!\d))(?![，,]\s*\d)"
)


class U101(Rule):
    """金额没有单位。

    问题：决算表没有注明金额单位，或正文的决算数、预算数只有数字没有“万元”“元”。

    依据：部门决算公开表式（每张表右上角注明金额单位）；checker-rules U101。

    反例：“一般公共预算支出决算数为291.70，完成预算100%”。

    正例：“一般公共预算支出决算数为291.70万元，完成预算100%”。

    例外：并列数字最后统一写单位的（“分别为3、4、5万元”）、没有小数的数字、百分数不报；一份文件中多处缺单位合并为一条；其他表都注明了单位而本表没有读到的记为“未核”。

    怎么改：补写金额单位。

    English: Statutory tables and amounts in the explanation must print their unit.

    Not reported: Lists with one unit at their end, whole numbers, percentages; all places of a file are one
    finding; where other tables print a unit it is not verified.
    """

    code: ClassVar[str] = "U101"
    name: ClassVar[str] = "amount-without-unit"
    title: ClassVar[str] = "金额没有单位"
    title_en: ClassVar[str] = "An amount without a unit"
    severity: ClassVar[Severity] = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        """All places of one kind merge into one finding."""
        yield from _tables(context)
        if context.has_kind("final", "budget"):
            yield from _prose(context)


def _tables(context: Context) -> Iterator[Answer]:
    for table in context.bound_tables.tables:
        if table.form.family != "accounts" or not table.cells or table.empty:
            continue
        if table.unit is not None and not table.unit_inferred:
            yield Verified(table.title, table.table.source)
            continue
        if table.unit_inferred:
            # the line may have been lost between the title and the grid; the other tables print one
            yield Unverified(table.title, table.table.source, _("没有读到本表的金额单位，按其他表的单位核对"))
            continue
        yield Problem(
            message=_("“%(title)s”没有注明金额单位") % {"title": table.title},
            source=table.table.source,
            quote=table.title,
            key=("table", table.form.id),
            table=table.title,
            cause="U101:table",
        )


def _prose(context: Context) -> Iterator[Answer]:
    for line in lines_of(context.document, cells=False):
        for found in _BARE.finditer(line.text):
            yield Problem(
                message=_("“%(text)s”没有写金额单位") % {"text": found[0]},
                source=line.at(found.start("number")),
                quote=line.around(found.start(), found.end()),
                key=("prose", found[0]),
                stated=found["number"],
                cause="U101:prose",
            )
