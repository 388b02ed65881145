"""T206: General-budget expenditure exceeds all expenditure."""

from __future__ import annotations

from typing import ClassVar

from jingban.checker.rule import Severity
from jingban.checker.tables.identity_rule import IdentityRule


class T206(IdentityRule):
    """一般公共预算支出大于全部支出。

    问题：同一科目在公开05（一般公共预算）的支出大于公开03（全部资金）的支出。

    依据：公开03 为全口径，公开05 只是其中一部分；标识 J8。

    反例：2080109项 公开03 为104.60，公开05 为114.60。

    正例：公开05 小于或等于公开03。

    例外：四舍五入的尾差（按各数印出的位数逐项计算）不报；空格不当作零，读不出的数记为“未核”；表格还原不可靠时最多报提醒。

    怎么改：核对该科目的资金来源。

    English: For each code, general-budget spending cannot exceed spending from all sources.

    Not reported: Differences that the printed digits' rounding explains; blanks are not zeros, unread figures
    are not verified, and a table that was not surely restored gives a warning at most.
    """

    code: ClassVar[str] = "T206"
    name: ClassVar[str] = "general-budget-exceeds-all-sources"
    title: ClassVar[str] = "一般公共预算支出大于全部支出"
    title_en: ClassVar[str] = "General-budget expenditure exceeds all expenditure"
    severity: ClassVar[Severity] = "warning"
