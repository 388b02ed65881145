"""T204: Basic expenditure differs between tables 05 and 06."""

from __future__ import annotations

from typing import ClassVar

from jingban.checker.rule import Severity
from jingban.checker.tables.identity_rule import IdentityRule


class T204(IdentityRule):
    """基本支出在公开05与公开06中不同。

    问题：公开05 基本支出合计不等于公开06 的人员经费合计与公用经费合计之和。

    依据：部门决算公开表式；标识 J5。

    反例：公开05 基本支出104.60，公开06 人员97.58、公用17.01。

    正例：公开05 基本支出104.60，公开06 人员97.58、公用7.01（相加104.59，尾差）。

    例外：四舍五入的尾差（按各数印出的位数逐项计算）不报；空格不当作零，读不出的数记为“未核”；表格还原不可靠时最多报提醒。

    怎么改：核对公开06 的经济分类明细。

    English: Basic expenditure of table 05 must equal personnel plus operating costs of table 06.

    Not reported: Differences that the printed digits' rounding explains; blanks are not zeros, unread figures
    are not verified, and a table that was not surely restored gives a warning at most.
    """

    code: ClassVar[str] = "T204"
    name: ClassVar[str] = "basic-expenditure-differs"
    title: ClassVar[str] = "基本支出在公开05与公开06中不同"
    title_en: ClassVar[str] = "Basic expenditure differs between tables 05 and 06"
    severity: ClassVar[Severity] = "error"
