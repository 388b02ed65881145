"""X104 executed amounts of project forms against project spending."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims.others import stated
from jingban.checker.claims.tables import cell_problem, plain
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule, Verified
from jingban.values.i18n import gettext as _
from jingban.values.printed import Quantity


class ProjectsAgainstSpending(Rule):
    """问题：各项目自评表执行数合计大于部门决算的项目支出（提示核对资金来源）。
    依据：部门项目自评的执行数一般应能在项目支出中找到；转移支付、基金补助可以不在部门决算内。
    反例：五个项目执行数合计 538 万元，决算项目支出 137 万元，文中未说明差额来源。
    正例：注明其中 400 万元为拨付基金的财政补助，不在本部门决算。
    例外：只作提示，不判错；自评只覆盖部分项目时合计小于项目支出是正常的。
    怎么改：在自评报告中说明资金渠道。

    English: The executed amounts of the project forms exceed the project spending in the accounts.

    Not reported: A hint: self-evaluations may cover some projects only.
    """

    code = "X104"
    name = "projects-against-spending"
    title = "项目执行数合计与项目支出"
    title_en = "Executed projects against project spending"
    severity = "info"

    def check(self, context: Context) -> Iterable[Answer]:
        forms = [
            one for one in context.claims.evaluations if one.project and one.executed and one.funds_trusted
        ]
        spending = stated(context, "项目支出", "决算", "all")
        if len(forms) < 2 or spending is None:
            return
        done = Quantity.exact(0)
        for form in forms:
            assert form.executed is not None
            done = done + form.executed.quantity
        if done.low <= spending.figure.quantity.high:
            yield Verified(_("项目执行数合计"), spending.figure.source)
            return
        first = forms[0].executed
        assert first is not None
        yield cell_problem(
            _("{} 个项目执行数合计 {} 万元，大于决算项目支出 {}").format(
                len(forms), plain(done.point / 10000), spending.figure.text
            ),
            first.source,
            first.text,
            ("项目执行数合计",),
            table=forms[0].title,
            stated=spending.figure.text,
            difference=done.point - spending.figure.value,
            related=[spending.figure.source],
            details=[f"{form.key()}：{form.executed}" for form in forms],
        )
