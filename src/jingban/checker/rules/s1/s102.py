"""S102 mobile number published."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims import personal
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Problem, Rule
from jingban.values.i18n import gettext as _


class MobileNumberPublished(Rule):
    """问题：公开文件中出现个人手机号码。
    依据：个人信息保护法第6条：公开范围限于必要的最小范围；联系方式宜用单位固定电话。
    反例：参保人王某，电话 13800001111。
    正例：联系电话：028-12345678（单位电话）。
    例外：写在“联系电话、咨询、监督、举报”后的经办联系方式只作提示；编号、金额、代码中的数字串不报。
    怎么改：改用办公电话，或打码。

    English: A mobile number stands in a public document; findings show it masked.

    Not reported: Office numbers after 'contact', 'enquiries', 'complaints' are hints; numbers inside codes and
    amounts.
    """

    code = "S102"
    name = "mobile-number-published"
    title = "公开件中有手机号码"
    title_en = "Mobile number published"
    severity = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        for found in personal.mobiles(context):
            contact = any(
                word in found.before for word in ("联系", "咨询", "监督", "举报", "热线", "办公电话")
            )
            yield Problem(
                _("公开件中有手机号码 {}").format(found.masked),
                found.source,
                found.around,
                ("手机号", found.masked),
                stated=found.masked,
                severity="info" if contact else None,
                details=(_("建议替换为：{}").format(found.masked),),
            )
