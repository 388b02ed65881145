"""C101: A classification code has the wrong length or class."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from jingban.checker.rule import Answer, Problem, Rule, Severity, Verified
from jingban.checker.rules.c1._codes import LENGTHS, PrintedCode, prose_codes, table_codes
from jingban.forms.codes import code_book
from jingban.values.i18n import gettext as _

if TYPE_CHECKING:
    from jingban.checker.context import Context


class C101(Rule):
    """科目编码位数或前缀错误。

    问题：支出功能分类编码不是类3位、款5位、项7位，或经济分类不是3位、5位，或类级编码不存在。

    依据：《政府收支分类科目》编码规则。

    反例：“213（类）21305（款）20130506（项）”，项级编码多了一位。

    正例：“213（类）21305（款）2130506（项）”。

    例外：分开书写的两位编码（201类32款02项）不在此列；本项目代码本没有收录的款、项不算错。

    怎么改：对照当年《政府收支分类科目》改正编码。

    English: Functional codes have 3, 5 or 7 digits, economic codes 3 or 5; the class must exist.

    Not reported: Two-digit codes written apart; codes our book does not hold.
    """

    code: ClassVar[str] = "C101"
    name: ClassVar[str] = "code-has-wrong-length"
    title: ClassVar[str] = "科目编码位数或前缀错误"
    title_en: ClassVar[str] = "A classification code has the wrong length or class"
    severity: ClassVar[Severity] = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        """Every printed code; a wrong one comes with the nearest code of the book."""
        for printed in (*prose_codes(context), *table_codes(context)):
            if len(printed.code) == 2:
                continue
            reason = _wrong(printed)
            if reason is None:
                yield Verified(printed.code, printed.source)
                continue
            nearest = _nearest(printed)
            yield Problem(
                message=_("科目编码%(code)s%(reason)s%(hint)s")
                % {
                    "code": printed.code,
                    "reason": reason,
                    "hint": _("，疑为%(code)s") % {"code": nearest} if nearest else "",
                },
                source=printed.source,
                quote=printed.quote,
                key=(printed.code, printed.level or ""),
                stated=printed.code,
                expected=nearest,
                cause=f"code:{printed.code}",
            )


def _wrong(printed: PrintedCode) -> str | None:
    lengths = (3, 5) if printed.economic else (3, 5, 7)
    if printed.level is not None and len(printed.code) != LENGTHS[printed.level]:
        return _("不是%(count)d位") % {"count": LENGTHS[printed.level]}
    if len(printed.code) not in lengths:
        return _("位数不对")
    book = code_book("economic" if printed.economic else "function")
    if not book.all(printed.code[:3]):
        return _("所属的类不存在")
    return None


def _nearest(printed: PrintedCode) -> str | None:
    """The known code one deleted, added or changed digit away, when there is only one."""
    book = code_book("economic" if printed.economic else "function")
    code = printed.code
    shorter = {code[:i] + code[i + 1 :] for i in range(len(code))}
    known = {other for other in shorter if book.all(other)}
    if printed.level is not None:
        known = {other for other in known if len(other) == LENGTHS[printed.level]}
    if not known and len(code) in (4, 6):
        known = {
            other for other in book.entries if len(other) == len(code) + 1 and code in _without_one(other)
        }
    return known.pop() if len(known) == 1 else None


def _without_one(code: str) -> set[str]:
    return {code[:i] + code[i + 1 :] for i in range(len(code))}
