"""T106: “Three public” parts do not add up."""

from __future__ import annotations

from typing import ClassVar

from jingban.checker.rule import Severity
from jingban.checker.tables.identity_rule import IdentityRule


class T106(IdentityRule):
    """“三公”经费分项不符。

    问题：“三公”经费表的合计不等于因公出国（境）费、公务用车购置及运行费、公务接待费之和，或公务用车小计不等于购置费与运行费之和；预算数与决算数分别核对。

    依据：部门决算公开表式 公开07；标识 I7.1。

    反例：出国0.00、公车1.20、接待0.30，合计印2.50。

    正例：出国0.00、公车1.20、接待0.30，合计1.50。

    例外：四舍五入的尾差（按各数印出的位数逐项计算）不报；空格不当作零，读不出的数记为“未核”；表格还原不可靠时最多报提醒。

    怎么改：核对三项费用，预算数取调整后的全年预算数。

    English: The total must be travel abroad plus vehicles plus hospitality, for budget and for actual.

    Not reported: Differences that the printed digits' rounding explains; blanks are not zeros, unread figures
    are not verified, and a table that was not surely restored gives a warning at most.
    """

    code: ClassVar[str] = "T106"
    name: ClassVar[str] = "three-public-parts-do-not-add-up"
    title: ClassVar[str] = "“三公”经费分项不符"
    title_en: ClassVar[str] = "“Three public” parts do not add up"
    severity: ClassVar[Severity] = "error"
