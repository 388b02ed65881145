"""N303: The basic-expenditure explanation differs from tables 05 and 06."""

from __future__ import annotations

from typing import ClassVar

from jingban.checker.rule import Severity
from jingban.checker.tables.narrative_rule import NarrativeRule


class N303(NarrativeRule):
    """基本支出说明与公开06不符。

    问题：情况说明中的基本支出、人员经费、公用经费与公开05、公开06 不同。

    依据：部门决算公开模板 情况说明六（domain.md 4.4）。

    反例：公开06 人员经费合计170.50万元，正文写171.50万元。

    正例：正文与公开06 一致。

    例外：按印出位数取区间比较，少印小数位不算错；尾差只提示；上年数、原因中的数、绩效自评部分的数不比；表未还原或未注明单位时记为“未核”。

    怎么改：以公开06 为准改正正文。

    English: Basic expenditure, personnel and operating costs must equal tables 05 and 06.

    Not reported: Figures are compared as intervals of their printed digits; last year's figures, figures in
    reasons and in self-evaluations are left out; without table or unit it is not verified.
    """

    code: ClassVar[str] = "N303"
    name: ClassVar[str] = "basic-expenditure-prose-differs"
    title: ClassVar[str] = "基本支出说明与公开06不符"
    title_en: ClassVar[str] = "The basic-expenditure explanation differs from tables 05 and 06"
    severity: ClassVar[Severity] = "error"
