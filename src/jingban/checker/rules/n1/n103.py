"""N103 closed sum: listed parts of a complete list add up to the whole."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule
from jingban.checker.rules import said
from jingban.values.i18n import gettext as _


class PartsNotWhole(Rule):
    """问题：完整列举的各分项之和不等于合计；或“其中”各项之和超过合计、几乎等于合计却差一点。
    依据：基本支出+项目支出、人员经费+公用经费、货物+工程+服务、出国+公车+接待等是封闭分类；占比合计为 100% 的列举也是封闭的。
    反例：本年支出合计100万元，其中：基本支出60万元，项目支出30万元。（相加 90 万元）
    正例：本年支出合计100万元，其中：基本支出60万元，项目支出40万元。
    例外：开放的“其中”只列部分，不求和；差额在各数印出位数的舍入范围内不报，明显偏大（超过 2.5 个标准差）或位数粗细不一才成立的为警告。
    怎么改：按源数据（元）逐项核对后统一换算，不要用已舍入的数相加。

    English: The parts of a complete list do not add up to the stated whole.

    Not reported: An open 'of which' lists only some parts and is not summed; rounding is allowed for, and sums
    that hold only by unlikely rounding are warnings.
    """

    code = "N103"
    name = "parts-not-whole"
    title = "分项之和与合计不符"
    title_en = "Parts do not add up to the whole"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        wanted = {
            "sum": _("“{name}”{stated}与各分项之和不符，应为 {expected}"),
            "division": _("“{name}”{stated}与其完整分项之和 {expected} 不符"),
            "closing": _("合计“{name}”{stated}与所列各项之和不符，应为 {expected}"),
            "remainder": _("“{name}”{stated}与总数减去已列部分不符，应为 {expected}"),
            "adjusted": _("调整后预算 {stated} 与预算加调整数不符，应为 {expected}"),
            "identity": _("“{name}”{stated}与本年数加年初结转不符，应为 {expected}"),
            "changes": _("“{name}”变动 {stated} 与各部分变动之和不符，应为 {expected}"),
        }
        return said.answers(context, wanted)
