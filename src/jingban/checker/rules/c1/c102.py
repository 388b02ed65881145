"""C102: A code and its name do not match."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from jingban.checker.layout.text import simplify
from jingban.checker.rule import Answer, Problem, Rule, Severity, Unverified, Verified
from jingban.checker.rules.c1._codes import PrintedCode, table_codes
from jingban.checker.text.fold import fold
from jingban.forms.codes import CodeEntry, code_book, plain
from jingban.values.i18n import gettext as _

if TYPE_CHECKING:
    from jingban.checker.context import Context


class C102(Rule):
    """科目编码与名称不符。

    问题：表中科目编码与科目名称不是当年《政府收支分类科目》里的一对。

    依据：《政府收支分类科目》（按年度）。

    反例：2080109 印作“信息化建设”。

    正例：2080109 社会保险经办机构。

    例外：代码本未收录的编码不核；名称被截短、括号或“支出”二字有无不算；可信度不高的条目只提示。

    怎么改：对照当年科目改正编码或名称。

    English: Each code carries the name the classification of that year gives it.

    Not reported: Unknown codes; shortened names, brackets, the word 'expenditure'; entries of low confidence
    are hints.
    """

    code: ClassVar[str] = "C102"
    name: ClassVar[str] = "code-and-name-differ"
    title: ClassVar[str] = "科目编码与名称不符"
    title_en: ClassVar[str] = "A code and its name do not match"
    severity: ClassVar[Severity] = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        """Every code of a code column that has a name beside it."""
        for printed in table_codes(context):
            label = plain(simplify(fold(printed.label)))
            if not label or label.isdigit():
                continue
            book = code_book("economic" if printed.economic else "function")
            known = book.all(printed.code)
            if not known:
                yield Unverified(printed.code, printed.source, _("代码本未收录该编码"))
            elif any(_same(label, name) for entry in known for name in entry.names):
                yield Verified(f"{printed.code} {printed.label}", printed.source)
            else:
                entry = book.find(printed.code, context.year) or known[-1]
                yield _problem(printed, entry)


def _same(label: str, name: str) -> bool:
    wanted = plain(name)
    return label == wanted or (len(label) >= 6 and wanted.startswith(label))


def _problem(printed: PrintedCode, entry: CodeEntry) -> Problem:
    return Problem(
        message=_("科目%(code)s的名称应为“%(name)s”，表中印作“%(label)s”")
        % {"code": printed.code, "name": entry.name, "label": printed.label},
        source=printed.source,
        quote=printed.quote,
        key=(printed.code, plain(printed.label)),
        stated=printed.label,
        expected=entry.name,
        severity="warning" if entry.confidence == "H" else "info",
        cause=f"name:{printed.code}:{plain(printed.label)}",
    )
