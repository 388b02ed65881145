"""T107: The carry-over identity does not hold."""

from __future__ import annotations

from typing import ClassVar

from jingban.checker.rule import Severity
from jingban.checker.tables.identity_rule import IdentityRule


class T107(IdentityRule):
    """结转结余恒等式不成立。

    问题：政府性基金表（公开08）各行“年初结转和结余+本年收入”不等于“本年支出+年末结转和结余”，或公开04 中某一类财政拨款收支与结转不平。

    依据：部门决算公开表式；标识 I8.1、I4.8。

    反例：年初10.00、收入50.00、支出45.00，年末印5.00。

    正例：年初10.00、收入50.00、支出45.00，年末15.00。

    例外：四舍五入的尾差（按各数印出的位数逐项计算）不报；空格不当作零，读不出的数记为“未核”；表格还原不可靠时最多报提醒。

    怎么改：核对年初结转（应等于上年年末数）与年末结转。

    English: Opening balance plus income must equal expenditure plus closing balance.

    Not reported: Differences that the printed digits' rounding explains; blanks are not zeros, unread figures
    are not verified, and a table that was not surely restored gives a warning at most.
    """

    code: ClassVar[str] = "T107"
    name: ClassVar[str] = "carry-over-identity-broken"
    title: ClassVar[str] = "结转结余恒等式不成立"
    title_en: ClassVar[str] = "The carry-over identity does not hold"
    severity: ClassVar[Severity] = "error"
