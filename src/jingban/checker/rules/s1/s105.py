"""S105 contact persons by name."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims.personal import texts
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Problem, Rule
from jingban.checker.text.fold import fold
from jingban.values.i18n import gettext as _
from jingban.values.masking import mask_name
from jingban.values.patterns import lazy

_CONTACT = lazy(
    r"(?:联系人|填表人|填报人|经办人|制表人|单位负责人|项目负责人)(?:\(签[字章]\))?\s*[:：]\s*(?P<name>[^\W\d\x00-\xff]{2,3})(?![^\W\d\x00-\xff])"
)
_NOT_NAME = lazy(r"电话|签字|签章|日期|单位|姓名|职务|部门|科室|财务")


class ContactNamed(Rule):
    """问题：公开件中写有联系人、填表人等个人姓名（提示核对是否应当公开）。
    依据：个人信息保护法第6条最小必要；政务公开的联系人姓名多属应公开，故只作提示。
    反例：填表人：某甲（内部报表的签名栏未删）。
    正例：联系部门：办公室。
    例外：栏目空着的不报；报告只显示姓的首字。
    怎么改：确认是否需要公开，不需要的删去签名栏。

    English: A contact or form-filler is named; check whether that must be public.

    Not reported: Empty fields; only the surname's first character is shown.
    """

    code = "S105"
    name = "contact-named"
    title = "联系人姓名"
    title_en = "Contact person named"
    severity = "info"

    def check(self, context: Context) -> Iterable[Answer]:
        for text, source, _label in texts(context):
            line = fold(text)
            for found in _CONTACT.finditer(line):
                name = found["name"]
                if _NOT_NAME.search(name):
                    continue
                shown = line[found.start() : found.start("name")] + mask_name(name)
                yield Problem(
                    _("公开件中有个人姓名：{}").format(shown),
                    source,
                    shown,
                    ("联系人", shown),
                    stated=mask_name(name),
                )
