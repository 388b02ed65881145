"""T104: Classification levels do not add up."""

from __future__ import annotations

from typing import ClassVar

from jingban.checker.rule import Severity
from jingban.checker.tables.identity_rule import IdentityRule


class T104(IdentityRule):
    """科目层级不相等。

    问题：按编码汇总时，类不等于所属款之和，款不等于所属项之和，或合计不等于各类之和。

    依据：政府收支分类科目（类3位、款5位、项7位）；标识 I2.2、I2.3。

    反例：20801款印108.86，其下2080108项4.27与2080109项114.60相加为118.87。

    正例：20801款108.86，其下4.27与104.60相加108.87，尾差0.01。

    例外：四舍五入的尾差（按各数印出的位数逐项计算）不报；空格不当作零，读不出的数记为“未核”；表格还原不可靠时最多报提醒。只有上级没有下级的科目不核；有未能识别编码的行时记为“未核”。

    怎么改：从最低一级科目起逐级汇总，改正不符的一级。

    English: A class must be the sum of its headings, a heading the sum of its items, the total the sum of classes.

    Not reported: Differences that the printed digits' rounding explains; blanks are not zeros, unread figures
    are not verified, and a table that was not surely restored gives a warning at most. An upper code without
    lower ones is not tested, nor are rows whose code is unknown.
    """

    code: ClassVar[str] = "T104"
    name: ClassVar[str] = "code-levels-do-not-add-up"
    title: ClassVar[str] = "科目层级不相等"
    title_en: ClassVar[str] = "Classification levels do not add up"
    severity: ClassVar[Severity] = "error"
