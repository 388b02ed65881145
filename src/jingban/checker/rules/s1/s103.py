"""S103 account number published."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims import personal
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Problem, Rule
from jingban.values.i18n import gettext as _


class AccountNumberPublished(Rule):
    """问题：公开文件中出现完整的银行卡号或个人账号。
    依据：个人信息保护法第28条：金融账户为敏感个人信息。以“账号、卡号”字样和 Luhn 校验判定。
    反例：银行卡号：6222***（全码公开）。
    正例：尾号 0000。
    例外：校验不成立或周围没有账号字样的长数字串不报；身份证号由 S101 报。报告中只显示首 3 末 2 位。
    怎么改：删去或打码后重新公开。

    English: A complete bank card or account number stands in a public document; findings show it masked.

    Not reported: Wrong check digit or no mention of an account; identity numbers are S101's. Digits are masked.
    """

    code = "S103"
    name = "account-number-published"
    title = "公开件中有银行账号"
    title_en = "Account number published"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        for found in personal.accounts(context):
            yield Problem(
                _("公开件中有账号 {}").format(found.masked),
                found.source,
                found.around,
                ("账号", found.masked),
                stated=found.masked,
                details=(_("建议替换为：{}").format(found.masked),),
            )
