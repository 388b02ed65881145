"""N304: The “three public” explanation differs from table 07."""

from __future__ import annotations

from typing import ClassVar

from jingban.checker.rule import Severity
from jingban.checker.tables.narrative_rule import NarrativeRule


class N304(NarrativeRule):
    """“三公”说明与公开07不符。

    问题：情况说明中的“三公”经费合计、因公出国（境）费、公务用车购置及运行维护费、公务接待费的决算数或预算数与公开07 不同。

    依据：部门决算公开模板 情况说明七（domain.md 4.4）。

    反例：公开07 公务接待费决算0.80万元，正文写0.60万元。

    正例：正文与公开07 一致。

    例外：按印出位数取区间比较，少印小数位不算错；尾差只提示；上年数、原因中的数、绩效自评部分的数不比；表未还原或未注明单位时记为“未核”。“年初预算”不与公开07 的全年预算数比较；表中未填的格不比。

    怎么改：以公开07 为准改正正文。

    English: “Three public” figures in the explanation must equal table 07, budget and actual.

    Not reported: Figures are compared as intervals of their printed digits; last year's figures, figures in
    reasons and in self-evaluations are left out; without table or unit it is not verified. The initial budget
    is not compared with the full-year budget of table 07.
    """

    code: ClassVar[str] = "N304"
    name: ClassVar[str] = "three-public-prose-differs"
    title: ClassVar[str] = "“三公”说明与公开07不符"
    title_en: ClassVar[str] = "The “three public” explanation differs from table 07"
    severity: ClassVar[Severity] = "error"
