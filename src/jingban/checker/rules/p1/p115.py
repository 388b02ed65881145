"""P115 actuals copied from targets."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims.tables import cell_problem
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_NOT_MEASURED = lazy(r"[≥≤≧≦>＞<＜]|不低于|不少于|不超过|以上|以内|年?年?底前|之前|月前|日前")
LEAST = 2


class ActualsCopied(Rule):
    """问题：两个以上三级指标的实际完成值与目标逐字相同，且写成“≥95%”“年底前”这类不是实测结果的话。
    依据：财预〔2020〕10号：实际完成值应为实际结果；“≥95%”是目标，不是测量值。
    反例：目标 ≥95%，实际完成值 ≥95%；目标 12月底前，实际完成值 12月底前。
    正例：目标 ≥95%，实际完成值 96.3%（抽样 200 人）。
    例外：实际值为确切数字而恰等于目标的不算；只提示，不作错误。
    怎么改：填写实测值及其依据（样本、日期、方法）。

    English: Several actual values repeat the target word for word and are no measurements.

    Not reported: Exact figures that equal the target; a hint only.
    """

    code = "P115"
    name = "actuals-copied-from-targets"
    title = "实际值照抄目标"
    title_en = "Actual values copied from targets"
    severity = "info"

    def check(self, context: Context) -> Iterable[Answer]:
        for form in context.claims.evaluations:
            rows = [one for one in form.indicators if one.target and one.actual]
            copied = [one for one in rows if one.target == one.actual and _NOT_MEASURED.search(one.actual)]
            if len(copied) < LEAST or not form.trusted:
                continue
            yield cell_problem(
                _("“{}”{} 个指标中有 {} 个实际值照抄目标，不是实测结果").format(
                    form.key(), len(rows), len(copied)
                ),
                copied[0].actual_source,
                copied[0].actual,
                (form.key(), "照抄目标"),
                table=form.title,
                row=copied[0].name,
                stated=copied[0].actual,
                related=[one.actual_source for one in copied[1:]],
                details=[f"{one.name}：{one.actual}" for one in copied],
            )
