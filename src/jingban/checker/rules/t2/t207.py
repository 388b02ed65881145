"""T207: Fiscal carry-over exceeds the whole carry-over."""

from __future__ import annotations

from typing import ClassVar

from jingban.checker.rule import Severity
from jingban.checker.tables.identity_rule import IdentityRule


class T207(IdentityRule):
    """财政拨款结转大于全部结转。

    问题：公开04 的年初或年末财政拨款结转和结余大于公开01 的同项全口径数。

    依据：公开01 为全口径；标识 J8。

    反例：公开04 年末财政拨款结转20.00，公开01 年末结转和结余10.00。

    正例：公开04 年末财政拨款结转5.00，公开01 年末结转和结余10.00。

    例外：四舍五入的尾差（按各数印出的位数逐项计算）不报；空格不当作零，读不出的数记为“未核”；表格还原不可靠时最多报提醒。

    怎么改：核对结转结余的口径。

    English: The fiscal part of carried-over funds cannot exceed the whole.

    Not reported: Differences that the printed digits' rounding explains; blanks are not zeros, unread figures
    are not verified, and a table that was not surely restored gives a warning at most.
    """

    code: ClassVar[str] = "T207"
    name: ClassVar[str] = "fiscal-carry-over-exceeds-all"
    title: ClassVar[str] = "财政拨款结转大于全部结转"
    title_en: ClassVar[str] = "Fiscal carry-over exceeds the whole carry-over"
    severity: ClassVar[Severity] = "warning"
