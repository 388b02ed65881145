"""S101 citizen id number published."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims import personal
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Problem, Rule
from jingban.values.i18n import gettext as _


class CitizenIdPublished(Rule):
    """问题：公开文件中出现完整的公民身份号码。
    依据：个人信息保护法第25条、第28条；政务公开不得泄露个人信息。18 位号码以校验位和出生日期判定。
    反例：身份证号 110105194912310***（全码公开）。
    正例：只公开姓名与脱敏后的号码（首 3 位、末 2 位）。
    例外：校验位或出生日期不成立的数字串不报；15 位旧号只在“身份证”字样旁报警告。报告中只显示首 3 末 2 位。
    怎么改：删去或打码后重新公开，并检查已发布的副本。

    English: A complete citizen ID number stands in a public document; findings show it masked.

    Not reported: Wrong check digit or birth date; old 15-digit numbers are a warning beside the words only.
    Only the first 3 and last 2 digits are shown.
    """

    code = "S101"
    name = "citizen-id-published"
    title = "公开件中有身份证号码"
    title_en = "Citizen ID number published"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        for found in personal.citizen_ids(context):
            yield Problem(
                _("公开件中有身份证号码 {}").format(found.masked),
                found.source,
                found.around,
                ("身份证号", found.masked),
                stated=found.masked,
                severity="warning" if found.kind == "15" else None,
                details=(_("建议替换为：{}").format(found.masked),),
            )
