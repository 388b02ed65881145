"""T208: A table in yuan differs from the prose in ten thousand yuan."""

from __future__ import annotations

from typing import ClassVar

from jingban.checker.rule import Severity
from jingban.checker.tables.narrative_rule import NarrativeRule


class T208(NarrativeRule):
    """元表与正文万元数不符。

    问题：以元列示的决算表或附表，换算成万元后与正文不同。

    依据：domain.md R4.1-01：公开数=四舍五入（元÷10000，两位小数）。

    反例：附表2,916,959.94元，正文写290.70万元。

    正例：附表2,916,959.94元，正文写291.70万元。

    例外：按印出位数取区间比较，少印小数位不算错；尾差只提示；上年数、原因中的数、绩效自评部分的数不比；表未还原或未注明单位时记为“未核”。

    怎么改：重新换算，改正正文或附表。

    English: A table in yuan, converted cell by cell, must print the same ten-thousand-yuan figures as the prose.

    Not reported: Figures are compared as intervals of their printed digits; last year's figures, figures in
    reasons and in self-evaluations are left out; without table or unit it is not verified.
    """

    code: ClassVar[str] = "T208"
    name: ClassVar[str] = "yuan-table-differs-from-prose"
    title: ClassVar[str] = "元表与正文万元数不符"
    title_en: ClassVar[str] = "A table in yuan differs from the prose in ten thousand yuan"
    severity: ClassVar[Severity] = "error"
