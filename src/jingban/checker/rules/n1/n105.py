"""N105 growth rate."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule
from jingban.checker.rules import said
from jingban.values.i18n import gettext as _


class GrowthNotDeltaOverBase(Rule):
    """问题：增减率不等于增减额除以比较期金额。
    依据：增减率 = 差 ÷（本期 − 差）；三者俱在或能绑定比较期金额时才复算。
    反例：2020年总收入756万元，比上年739万元增加17万元，增长22.6%。（应为 2.3%）
    正例：2020年总收入756万元，比上年739万元增加17万元，增长2.3%。
    例外：比较期为零见 N106；年均、累计、人均增长不复算；截断只作提示；同段多个本期数任一成立即通过。
    怎么改：用增减额除以比较期金额重算；同一差额在别处写的率一并核对。

    English: A printed growth rate is not the change over the base of comparison.

    Not reported: A zero base is N106's; annual means and cumulative growth are not recomputed; truncation is a
    hint.
    """

    code = "N105"
    name = "growth-not-delta-over-base"
    title = "增减率与金额不符"
    title_en = "Growth rate differs from change over base"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        wanted = {
            "rate": _("“{name}”变动率写作 {stated}，按变动额与基数应为 {expected}"),
            "rate_levels": _("“{name}”变动率写作 {stated}，按前后两数应为 {expected}"),
        }
        return said.answers(context, wanted)
