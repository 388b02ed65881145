"""T203: Table 04 differs from tables 05, 08 and 09."""

from __future__ import annotations

from typing import ClassVar

from jingban.checker.rule import Severity
from jingban.checker.tables.identity_rule import IdentityRule


class T203(IdentityRule):
    """财政拨款总表与分表不符。

    问题：公开04 的一般公共预算、政府性基金、国有资本经营列与公开05、08、09 的合计或同类支出不同。

    依据：部门决算公开表式；标识 J4、J6、J7。

    反例：公开04 一般公共预算本年支出150.64，公开05 合计160.64。

    正例：两处均为150.64。

    例外：四舍五入的尾差（按各数印出的位数逐项计算）不报；空格不当作零，读不出的数记为“未核”；表格还原不可靠时最多报提醒。分表为空而总表为0.00 时不报。

    怎么改：核对分表合计。

    English: The fund columns of table 04 must equal the totals of tables 05, 08 and 09.

    Not reported: Differences that the printed digits' rounding explains; blanks are not zeros, unread figures
    are not verified, and a table that was not surely restored gives a warning at most. An empty part table
    against 0.00 is no finding.
    """

    code: ClassVar[str] = "T203"
    name: ClassVar[str] = "fund-column-differs-from-its-table"
    title: ClassVar[str] = "财政拨款总表与分表不符"
    title_en: ClassVar[str] = "Table 04 differs from tables 05, 08 and 09"
    severity: ClassVar[Severity] = "error"
