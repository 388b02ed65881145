"""N301: The overview differs from tables 01 to 03."""

from __future__ import annotations

from typing import ClassVar

from jingban.checker.rule import Severity
from jingban.checker.tables.narrative_rule import NarrativeRule


class N301(NarrativeRule):
    """总体、收入、支出说明与表不符。

    问题：情况说明中的收支总计、本年收入（支出）合计、各项收入、基本（项目）支出与公开01、02、03 不同。

    依据：部门决算公开模板 情况说明一至三部分（domain.md 4.4）。

    反例：公开03 基本支出200.50万元，正文写“基本支出210.50万元”。

    正例：公开03 基本支出200.50万元，正文写“基本支出200.5万元”。

    例外：按印出位数取区间比较，少印小数位不算错；尾差只提示；上年数、原因中的数、绩效自评部分的数不比；表未还原或未注明单位时记为“未核”。

    怎么改：以决算表为准改正正文，或改正表中抄错的数。

    English: Totals, income and expenditure in the explanation must equal tables 01, 02 and 03.

    Not reported: Figures are compared as intervals of their printed digits; last year's figures, figures in
    reasons and in self-evaluations are left out; without table or unit it is not verified.
    """

    code: ClassVar[str] = "N301"
    name: ClassVar[str] = "overview-differs-from-tables"
    title: ClassVar[str] = "总体、收入、支出说明与表不符"
    title_en: ClassVar[str] = "The overview differs from tables 01 to 03"
    severity: ClassVar[Severity] = "error"
