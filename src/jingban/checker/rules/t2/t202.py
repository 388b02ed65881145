"""T202: Fiscal income differs between tables."""

from __future__ import annotations

from typing import ClassVar

from jingban.checker.rule import Severity
from jingban.checker.tables.identity_rule import IdentityRule


class T202(IdentityRule):
    """财政拨款收入在两表中不同。

    问题：公开02 财政拨款收入合计与公开04 本年收入合计不同，或公开01 与公开04 的财政拨款收入同项不同。

    依据：部门决算公开表式；标识 J2、J3。

    反例：公开02 财政拨款收入150.64，公开04 本年收入合计140.64。

    正例：公开02 财政拨款收入150.64，公开04 本年收入合计150.64。

    例外：四舍五入的尾差（按各数印出的位数逐项计算）不报；空格不当作零，读不出的数记为“未核”；表格还原不可靠时最多报提醒。

    怎么改：核对国库集中支付数与各表取数口径。

    English: Fiscal appropriations must be the same in tables 01, 02 and 04.

    Not reported: Differences that the printed digits' rounding explains; blanks are not zeros, unread figures
    are not verified, and a table that was not surely restored gives a warning at most.
    """

    code: ClassVar[str] = "T202"
    name: ClassVar[str] = "fiscal-income-differs"
    title: ClassVar[str] = "财政拨款收入在两表中不同"
    title_en: ClassVar[str] = "Fiscal income differs between tables"
    severity: ClassVar[Severity] = "error"
