"""T101: Total income and total expenditure do not balance."""

from __future__ import annotations

from typing import ClassVar

from jingban.checker.rule import Severity
from jingban.checker.tables.identity_rule import IdentityRule


class T101(IdentityRule):
    """总表收支不平衡。

    问题：收入支出决算总表（公开01）或财政拨款总表（公开04）的收入总计与支出总计不等，或总计不等于本年合计加结转结余。

    依据：部门决算公开表式 公开01、公开04 的表内勾稽；标识 I1.3、I1.4、I1.5、I4.3、I4.6、I4.7。

    反例：收入总计150.64万元，支出总计160.64万元。

    正例：收入总计150.64万元=本年收入150.64+年初结转0.00；支出总计150.64万元。

    例外：四舍五入的尾差（按各数印出的位数逐项计算）不报；空格不当作零，读不出的数记为“未核”；表格还原不可靠时最多报提醒。

    怎么改：核对总计、本年合计、使用结余、年初和年末结转各行，改正抄录错误的一行。

    English: Both sides of the total table must be equal, and each total must be the year plus the carried-over rows.

    Not reported: Differences that the printed digits' rounding explains; blanks are not zeros, unread figures
    are not verified, and a table that was not surely restored gives a warning at most.
    """

    code: ClassVar[str] = "T101"
    name: ClassVar[str] = "total-sides-unequal"
    title: ClassVar[str] = "总表收支不平衡"
    title_en: ClassVar[str] = "Total income and total expenditure do not balance"
    severity: ClassVar[Severity] = "error"
