"""N305: The fund explanations differ from tables 08 and 09."""

from __future__ import annotations

from typing import ClassVar

from jingban.checker.rule import Severity
from jingban.checker.tables.narrative_rule import NarrativeRule


class N305(NarrativeRule):
    """政府性基金、国有资本说明与表不符。

    问题：情况说明中的政府性基金收入、支出、结转或国有资本经营支出与公开08、公开09 不同。

    依据：部门决算公开模板 情况说明八、九（domain.md 4.4）。

    反例：公开08 本年支出20.00万元，正文写“支出0万元”。

    正例：正文与公开08 一致。

    例外：按印出位数取区间比较，少印小数位不算错；尾差只提示；上年数、原因中的数、绩效自评部分的数不比；表未还原或未注明单位时记为“未核”。空表而正文为0或“无”不报（见T108）。

    怎么改：以公开08、09 为准改正正文。

    English: Figures on government-managed funds and state capital must equal tables 08 and 09.

    Not reported: Figures are compared as intervals of their printed digits; last year's figures, figures in
    reasons and in self-evaluations are left out; without table or unit it is not verified. An empty table
    against 0 or 'none' is no finding (T108).
    """

    code: ClassVar[str] = "N305"
    name: ClassVar[str] = "fund-prose-differs"
    title: ClassVar[str] = "政府性基金、国有资本说明与表不符"
    title_en: ClassVar[str] = "The fund explanations differ from tables 08 and 09"
    severity: ClassVar[Severity] = "error"
