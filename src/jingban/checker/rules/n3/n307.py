"""N307: A name in the explanation or a title differs from the table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

from jingban.checker.rule import Answer, Problem, Rule, Severity, Verified
from jingban.checker.tables import words
from jingban.checker.tables.bound import BoundTable
from jingban.checker.tables.items import Item, items, row_of
from jingban.checker.texts import lines_of
from jingban.forms.catalogue import TABLES, catalogue
from jingban.forms.codes import code_book, plain
from jingban.values.i18n import gettext as _

if TYPE_CHECKING:
    from jingban.checker.context import Context

LIKENESS_MIN = 0.7
"""Below this the two names are different accounts, not two spellings of one."""


class N307(Rule):
    """名称与表不一致。

    问题：情况说明中的款级科目名称与决算表同一科目的名称不同，或决算表的题名写错。

    依据：《政府收支分类科目》科目名称；部门决算公开表式的表名。

    反例：表中“人力资源和社会保障管理事务”，正文写“人力资源和社会保障事务（款）”；公开09 题名写“国有资产经营预算”。

    正例：正文与表的名称一致；公开09 题名为“国有资本经营预算财政拨款支出决算表”。

    例外：“支出”二字、括号、空格有无不算；名称完全不同（不是同一科目的笔误）的不报；同一写法多处出现合并为一条。

    怎么改：按当年科目和表式的名称改写。

    English: Names of headings and of statutory tables must be those of the classification and the form.

    Not reported: The word 'expenditure', brackets and spaces; names that are wholly different; repeats are one
    finding.
    """

    code: ClassVar[str] = "N307"
    name: ClassVar[str] = "name-differs-from-table"
    title: ClassVar[str] = "名称与表不一致"
    title_en: ClassVar[str] = "A name differs from the table"
    severity: ClassVar[Severity] = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        """Heading names of the item list, then titles known to be miswritten."""
        for item in items(context):
            yield from _heading(context, item)
        if context.has_kind("final"):
            yield from _misnomers(context)


def _heading(context: Context, item: Item) -> Iterator[Answer]:
    printed = item.names[1]
    if not printed or (any(mark in printed for mark in "、和及") and len(printed) > 24):
        return
    name = _expected(context, item)
    if name is None:
        return
    if plain(printed) == plain(name):
        yield Verified(printed, item.line.source)
    elif words.likeness(plain(printed), plain(name), LIKENESS_MIN):
        yield Problem(
            message=_("正文写“%(printed)s（款）”，科目名称是“%(name)s”") % {"printed": printed, "name": name},
            source=item.line.at(item.start),
            quote=item.line.around(item.start, item.start, 60),
            key=("heading", plain(printed)),
            stated=printed,
            expected=name,
            cause=f"name:{plain(printed)}",
        )


def _expected(context: Context, item: Item) -> str | None:
    """The heading's name: by the row the item is in, else by the one item of the code book with this name."""
    for table in _tables(context):
        row = row_of(table, item)
        if row is not None and row[:5] in table.rows:
            return table.rows[row[:5]].label
    found = [
        entry
        for entry in code_book("function").named(item.names[2], context.year)
        if len(entry.code) == 7 and entry.confidence == "H"
    ]
    if len({entry.code[:5] for entry in found}) != 1:
        return None
    parent = code_book("function").find(found[0].code[:5], context.year)
    return parent.name if parent is not None else None


def _tables(context: Context) -> Iterator[BoundTable]:
    for form in ("gk05", "gk03", "sx03"):
        yield from context.bound_tables.of(form)


def _misnomers(context: Context) -> Iterator[Answer]:
    known = {wrong: right for form in catalogue(TABLES).forms.values() for wrong, right in form.misnomers}
    for line in lines_of(context.document, cells=False):
        for wrong, right in known.items():
            if wrong in line.text and len(line.text) <= 60:
                start = line.text.index(wrong)
                yield Problem(
                    message=_("“%(wrong)s”应为“%(right)s”") % {"wrong": wrong, "right": right},
                    source=line.at(start),
                    quote=line.text[:80],
                    key=("misnomer", wrong),
                    stated=wrong,
                    expected=right,
                    cause=f"misnomer:{wrong}",
                )
    for table in context.bound_tables.tables:
        for text in (table.table.title, *table.table.notes):
            for wrong, right in known.items():
                if wrong in text:
                    yield Problem(
                        message=_("“%(wrong)s”应为“%(right)s”") % {"wrong": wrong, "right": right},
                        source=table.table.source,
                        quote=text[:80],
                        key=("misnomer", wrong),
                        stated=wrong,
                        expected=right,
                        table=table.title,
                        cause=f"misnomer:{wrong}",
                    )
                    break
