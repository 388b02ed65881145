"""T105: Personnel and operating costs do not add up."""

from __future__ import annotations

from typing import ClassVar

from jingban.checker.rule import Severity
from jingban.checker.tables.identity_rule import IdentityRule


class T105(IdentityRule):
    """基本支出人员、公用经费不符。

    问题：公开06 的人员经费合计不等于301与303之和，公用经费合计不等于302及资本性等支出之和，或款级不等于各项之和。

    依据：政府收支分类科目 部门预算支出经济分类；标识 I6.1、I6.2、I6.3。

    反例：工资福利支出97.58、对个人和家庭的补助0.00，人员经费合计却印107.58。

    正例：工资福利支出97.58、对个人和家庭的补助0.00，人员经费合计97.58。

    例外：四舍五入的尾差（按各数印出的位数逐项计算）不报；空格不当作零，读不出的数记为“未核”；表格还原不可靠时最多报提醒。

    怎么改：核对经济分类各科目与财务账，改正合计或科目金额。

    English: Personnel costs are 301 plus 303, operating costs the other categories; each category is the sum of its items.

    Not reported: Differences that the printed digits' rounding explains; blanks are not zeros, unread figures
    are not verified, and a table that was not surely restored gives a warning at most.
    """

    code: ClassVar[str] = "T105"
    name: ClassVar[str] = "basic-expenditure-split-wrong"
    title: ClassVar[str] = "基本支出人员、公用经费不符"
    title_en: ClassVar[str] = "Personnel and operating costs do not add up"
    severity: ClassVar[Severity] = "error"
