"""S104 lists of named persons with private details."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.context import Context
from jingban.checker.model import Table
from jingban.checker.rule import Answer, Problem, Rule, Severity
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_NAME = lazy(r"^(?:姓名|参保人(?:姓名)?|人员姓名|受益人|领取人|户主(?:姓名)?)$")
_PRIVATE = lazy(r"身份证|证件号|住址|家庭地址|地址|电话|手机|账号|卡号|银行")
_BENEFIT = lazy(r"待遇|补贴|补助|养老金|救助|金额|残疾|低保")
_PERSON = lazy(r"^[^\W\d\x00-\xff](?:[^\W\d\x00-\xff]|·){1,7}$")
LEAST = 2


class NamedListPublished(Rule):
    """问题：公开文件中有列出姓名和证件、住址、电话、账号或待遇金额的名单（两人以上）。
    依据：个人信息保护法第25条、第28条；公示名单只公开必要字段。
    反例：姓名 | 身份证号 | 待遇金额，逐人列出。
    正例：按村汇总人数和金额；必须公示的，证件号码打码、不列账号。
    例外：单位领导、联系人名单，评价组成员名单不报；姓名已打码（张某、张**）的不报。报告不回显姓名。
    怎么改：删除名单或只留必要字段。

    English: A list names persons together with ids, addresses, accounts or benefits.

    Not reported: Lists of leaders, contacts and evaluators; masked names. Names are not repeated.
    """

    code = "S104"
    name = "named-list-published"
    title = "公开件中有个人名单"
    title_en = "List of named persons with private details"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        for table in context.document.tables():
            found = self._table(table)
            if found is not None:
                yield found

    def _table(self, table: Table) -> Problem | None:
        for index, row in enumerate(table.rows[:4]):
            names = [cell.column for cell in row if cell and _NAME.match(cell.text.replace(" ", ""))]
            private = [cell.text for cell in row if cell and _PRIVATE.search(cell.text)]
            benefit = [cell.text for cell in row if cell and _BENEFIT.search(cell.text)]
            if not names or not (private or benefit):
                continue
            rows = [
                line[names[0]]
                for line in table.rows[index + 1 :]
                if names[0] < len(line)
                and (cell := line[names[0]])
                and _PERSON.match(cell.text.replace(" ", ""))
                and cell.text[-1] not in "某计注"
            ]
            if len(rows) < LEAST:
                return None
            first = rows[0]
            assert first is not None
            severity: Severity | None = None if private else "warning"
            return Problem(
                _("名单列出 {} 人的姓名及{}").format(len(rows), "、".join((private or benefit)[:3])),
                first.source,
                table.title or _("名单"),
                ("名单", table.title),
                stated=_("{} 行").format(len(rows)),
                severity=severity,
                table=table.title,
            )
        return None
