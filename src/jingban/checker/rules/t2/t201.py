"""T201: The total table differs from the detail tables."""

from __future__ import annotations

from typing import ClassVar

from jingban.checker.rule import Severity
from jingban.checker.tables.identity_rule import IdentityRule


class T201(IdentityRule):
    """总表与收入、支出决算表不符。

    问题：公开01 的本年收入、本年支出或某一类支出与公开02、公开03 的对应合计不同。

    依据：部门决算公开表式；标识 J1、J2。

    反例：公开01 本年收入合计150.64，公开02 合计160.64。

    正例：公开01 与公开02、03 的合计、各项收入、各类支出一致。

    例外：四舍五入的尾差（按各数印出的位数逐项计算）不报；空格不当作零，读不出的数记为“未核”；表格还原不可靠时最多报提醒。两表单位不同时先换算；单位未注明时记为“未核”。

    怎么改：以明细表（科目账）为准核对总表。

    English: Yearly income and expenditure in table 01 must equal the totals of tables 02 and 03, class by class.

    Not reported: Differences that the printed digits' rounding explains; blanks are not zeros, unread figures
    are not verified, and a table that was not surely restored gives a warning at most. Units are converted
    first; without a printed unit it is not verified.
    """

    code: ClassVar[str] = "T201"
    name: ClassVar[str] = "total-table-differs-from-detail"
    title: ClassVar[str] = "总表与收入、支出决算表不符"
    title_en: ClassVar[str] = "The total table differs from the detail tables"
    severity: ClassVar[Severity] = "error"
