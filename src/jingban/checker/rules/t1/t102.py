"""T102: A yearly total is not the sum of its items."""

from __future__ import annotations

from typing import ClassVar

from jingban.checker.rule import Severity
from jingban.checker.tables.identity_rule import IdentityRule


class T102(IdentityRule):
    """本年合计不等于分项之和。

    问题：公开01、公开04 的本年收入合计不等于各项收入之和，或本年支出合计不等于各类支出之和。

    依据：部门决算公开表式；标识 I1.1、I1.2、I4.1、I4.2、I4.5。

    反例：各类支出只有社会保障和就业支出150.64万元，本年支出合计却印160.64万元。

    正例：社会保障和就业支出150.64万元，其余各类0.00，本年支出合计150.64万元。

    例外：四舍五入的尾差（按各数印出的位数逐项计算）不报；空格不当作零，读不出的数记为“未核”；表格还原不可靠时最多报提醒。行次、序号列不参加求和；有未能识别的行时记为“未核”。

    怎么改：逐行加总，找出与明细表（公开02、03）不一致的一行。

    English: The yearly total must equal the sum of the listed items or functional classes.

    Not reported: Differences that the printed digits' rounding explains; blanks are not zeros, unread figures
    are not verified, and a table that was not surely restored gives a warning at most. Line-number columns are
    never summed; unknown rows leave the sum unverified.
    """

    code: ClassVar[str] = "T102"
    name: ClassVar[str] = "total-not-sum-of-rows"
    title: ClassVar[str] = "本年合计不等于分项之和"
    title_en: ClassVar[str] = "A yearly total is not the sum of its items"
    severity: ClassVar[Severity] = "error"
