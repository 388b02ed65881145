"""I106 kind of document unknown: a note on the input, never a finding."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims.quality import bridged
from jingban.checker.context import Context
from jingban.checker.model import Source
from jingban.checker.rule import Answer, Rule, Unverified
from jingban.values.i18n import gettext as _


class ProfileUnknown(Rule):
    """问题：没有认出文件是决算、预算、绩效自评还是基金报表，按文种的检查（必备章节、表间勾稽）未做。
    依据：缺表、缺章节只在认出文种时才谈得上。
    反例：没有题名的一段文字。
    正例：题名写明“2020年度部门决算”。
    例外：叙述算术、个人信息等与文种无关的检查照常进行。
    怎么改：补写题名，或用选项指明文种。

    English: The kind of document is unknown; checks that depend on it were not made.

    Not reported: Arithmetic in the narrative and personal data are checked all the same.
    """

    code = "I106"
    name = "profile-unknown"
    title = "文种未识别"
    title_en = "Kind of document unknown"
    severity = "info"

    def check(self, context: Context) -> Iterable[Answer]:
        yield from bridged(context, self.code)
        if not context.has_kind("final", "selfeval", "fund", "budget"):
            yield Unverified(_("文种"), Source(), _("没有认出文种，按文种的检查未做"))
