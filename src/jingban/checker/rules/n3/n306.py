"""N306: Operating funds differ from table 06."""

from __future__ import annotations

from typing import ClassVar

from jingban.checker.rule import Severity
from jingban.checker.tables.narrative_rule import NarrativeRule


class N306(NarrativeRule):
    """机关运行经费与公用经费不符。

    问题：行政单位、参公单位的机关运行经费与公开06 公用经费合计不同。

    依据：部门决算公开模板名词解释：机关运行经费为行政单位和参公单位一般公共预算基本支出中的公用经费；标识 J10。

    反例：公开06 公用经费合计30.00万元，正文写机关运行经费35.00万元。

    正例：两处都是30.00万元。

    例外：按印出位数取区间比较，少印小数位不算错；尾差只提示；上年数、原因中的数、绩效自评部分的数不比；表未还原或未注明单位时记为“未核”。事业单位没有机关运行经费，正文写“无”不报；机关运行经费小于公用经费（下属有事业单位）只提示。

    怎么改：核对机关运行经费的口径。

    English: Operating funds of administrative units equal the operating costs of table 06.

    Not reported: Figures are compared as intervals of their printed digits; last year's figures, figures in
    reasons and in self-evaluations are left out; without table or unit it is not verified. Public institutions
    have no such expenses; a smaller amount is a hint.
    """

    code: ClassVar[str] = "N306"
    name: ClassVar[str] = "operating-funds-differ-from-table"
    title: ClassVar[str] = "机关运行经费与公用经费不符"
    title_en: ClassVar[str] = "Operating funds differ from table 06"
    severity: ClassVar[Severity] = "warning"
