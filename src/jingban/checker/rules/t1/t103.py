"""T103: A row total is not the sum of its columns."""

from __future__ import annotations

from typing import ClassVar

from jingban.checker.rule import Severity
from jingban.checker.tables.identity_rule import IdentityRule


class T103(IdentityRule):
    """合计列不等于各列之和。

    问题：收入决算表、支出决算表等各行的合计不等于同行各列之和。

    依据：部门决算公开表式；标识 I2.1、I3.1、I4.4、I5.1、I8.2、I9.1。

    反例：某行基本支出104.60、项目支出46.05，合计却印160.65。

    正例：基本支出104.60、项目支出46.05，合计150.65（或150.64，尾差）。

    例外：四舍五入的尾差（按各数印出的位数逐项计算）不报；空格不当作零，读不出的数记为“未核”；表格还原不可靠时最多报提醒。“其中：教育收费”是事业收入的一部分，不另加；表中没有的列不猜测。

    怎么改：核对该行各列，改正抄录错误的一格。

    English: Each row total must equal the sum of its columns; “of which” columns are never added.

    Not reported: Differences that the printed digits' rounding explains; blanks are not zeros, unread figures
    are not verified, and a table that was not surely restored gives a warning at most. 'Of which: education
    fees' is part of business income; absent columns are not guessed.
    """

    code: ClassVar[str] = "T103"
    name: ClassVar[str] = "row-not-sum-of-columns"
    title: ClassVar[str] = "合计列不等于各列之和"
    title_en: ClassVar[str] = "A row total is not the sum of its columns"
    severity: ClassVar[Severity] = "error"
