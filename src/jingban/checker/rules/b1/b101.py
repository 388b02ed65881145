"""B101 staff control rate."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims.tables import cell_problem
from jingban.checker.claims.verdict import like
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule, Unverified, Verified
from jingban.checker.tables.basedata import BaseData
from jingban.values.i18n import gettext as _
from jingban.values.printed import Quantity, compare


class StaffRateWrong(Rule):
    """问题：基础数据表的在职人员控制率不等于实际在职人数除以编制数。
    依据：财预〔2013〕53号：在职人员控制率 =（在职人员数 ÷ 编制数）×100%；人数是确数，没有舍入。
    反例：编制数 37，实际在职 31，控制率 100%。（应为 83.8%）
    正例：编制数 37，实际在职 31，控制率 83.8%。
    例外：控制率按印出位数舍入；编制数为零或空缺“未核”；写“100%以内”等文字的不核。
    怎么改：按公式重算，并核对自评表的得分。

    English: The staff control rate is not staff over posts.

    Not reported: Rounding; zero or missing posts and texts are not verified.
    """

    code = "B101"
    name = "staff-control-rate-wrong"
    title = "在职人员控制率算错"
    title_en = "Staff control rate is wrong"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        for table in context.claims.base_data:
            if table.posts is not None or table.staff is not None:
                yield self._judge(table)

    def _judge(self, table: BaseData) -> Answer:
        subject = _("在职人员控制率")
        rate, staff, posts = table.staff_rate, table.staff, table.posts
        if rate is None or staff is None or posts is None or not posts.value or not table.trusted:
            return Unverified(subject, table.source, _("编制数、在职人数或控制率空缺"))
        value = Quantity.exact(staff.value) / Quantity.exact(posts.value)
        if rate.dimension != "ratio":
            value = value.times(100) if rate.value > 2 else value
        comparison = compare(rate.number, value)
        if comparison.level != "L3":
            return Verified(subject, rate.source, rounding=comparison.level != "L0")
        expected = like(rate, value.point, 1)
        return cell_problem(
            _("在职 {} 人、编制 {} 人，控制率应为 {}，表中写 {}").format(
                staff.text, posts.text, expected, rate.text
            ),
            rate.source,
            rate.text,
            (table.title, "在职人员控制率"),
            table=table.title,
            column=_("控制率"),
            stated=rate.text,
            expected=expected,
            difference=comparison.difference,
            related=[staff.source, posts.source],
            details=[_("算式 {} ÷ {}").format(staff.text, posts.text)],
        )
