"""C104: A code or name of another edition year."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from jingban.checker.layout.text import simplify
from jingban.checker.rule import Answer, Problem, Rule, Severity, Verified
from jingban.checker.rules.c1._codes import PrintedCode, table_codes
from jingban.forms.codes import CodeEntry, code_book, plain
from jingban.values.i18n import gettext as _

if TYPE_CHECKING:
    from jingban.checker.context import Context


class C104(Rule):
    """编码或名称属于其他年度。

    问题：使用了当年已取消、改名或尚未设立的科目。

    依据：《政府收支分类科目》各年版本的差异（domain.md 4.5）。

    反例：2021年度决算使用2089901（2021年起为2089999）。

    正例：2020年度使用2089901，2021年度使用2089999。

    例外：年度不明、代码本只有一个版本的不核；只作提示。

    怎么改：改用当年的编码或名称。

    English: A code or name that is not in the classification of the report year.

    Not reported: Unknown years and codes with one edition; a hint only.
    """

    code: ClassVar[str] = "C104"
    name: ClassVar[str] = "code-of-another-year"
    title: ClassVar[str] = "编码或名称属于其他年度"
    title_en: ClassVar[str] = "A code or name of another edition year"
    severity: ClassVar[Severity] = "info"

    def check(self, context: Context) -> Iterable[Answer]:
        """Codes the book knows, but not (or not under this name) in the report year."""
        if context.year is None:
            return
        for printed in table_codes(context):
            book = code_book("economic" if printed.economic else "function")
            editions = book.all(printed.code)
            if not editions:
                continue
            current = book.find(printed.code, context.year)
            label = plain(simplify(printed.label))
            if current is None:
                yield _problem(printed, _("在%(year)d年度科目中没有") % {"year": context.year}, None)
            elif label and _older(label, current, editions):
                yield _problem(printed, _("的名称是其他年度的"), current)
            else:
                yield Verified(printed.code, printed.source)


def _older(label: str, current: CodeEntry, editions: tuple[CodeEntry, ...]) -> bool:
    """The label is not the current name but is the name of another edition."""
    if any(label == plain(name) for name in current.names):
        return False
    return any(label == plain(name) for entry in editions if entry is not current for name in entry.names)


def _problem(printed: PrintedCode, what: str, current: CodeEntry | None) -> Problem:
    return Problem(
        message=_("科目%(code)s%(what)s%(name)s")
        % {"code": printed.code, "what": what, "name": f"，应为“{current.name}”" if current else ""},
        source=printed.source,
        quote=printed.quote,
        key=(printed.code, printed.label),
        stated=printed.label or printed.code,
        expected=current.name if current else None,
        cause=f"edition:{printed.code}",
    )
