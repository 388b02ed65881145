"""X103 department = sum of its units."""

from __future__ import annotations

import re
from collections.abc import Iterable

from jingban.checker.claims import answers
from jingban.checker.claims.others import stated
from jingban.checker.claims.verdict import total
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_UNITS = lazy(r"(?:决算|预算)(?:汇总)?(?:公开)?单位(?:构成)?(?:包括|有|为|:)[:：]?(?P<list>[^。]{6,400})")


class DepartmentNotSumOfUnits(Rule):
    """问题：部门汇总的本年支出（收入）合计不等于文中列明的各预算单位合计之和。
    依据：部门决算由所属各单位决算汇总。
    反例：部门支出 300 万元；本级 200 万元，下属中心 80 万元。
    正例：部门支出 280 万元；本级 200 万元，下属中心 80 万元。
    例外：所列单位的文件没有全部给出时不核；汇总时抵销内部往来的须注明。
    怎么改：核对汇总范围。

    English: The department's total is not the sum of the units it lists.

    Not reported: Not all units given; eliminations between units should be noted.
    """

    code = "X103"
    name = "department-not-sum-of-units"
    title = "部门数不等于各单位之和"
    title_en = "Department total is not the sum of its units"
    severity = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        listed = next(
            (matched["list"] for one in context.claims.sentences if (matched := _UNITS.search(one.text))), ""
        )
        names = [part for part in re.split(r"[、,;及和]", listed) if len(part) >= 4]
        if len(names) < 2:
            return
        units = [other for other in context.corpus if other is not context and other.year == context.year]
        mine = [next((u for u in units if u.agency and u.agency in name), None) for name in names]
        found = [one for one in mine if one is not None]
        if len(found) < len(names) or len({id(one) for one in found}) < len(names):
            return
        for indicator in ("本年支出合计", "本年收入合计"):
            whole = stated(context, indicator, "决算", "all")
            parts = [stated(one, indicator, "决算", "all") for one in found]
            known = [one for one in parts if one is not None]
            if whole is None or len(known) < len(parts):
                continue
            reading = total(whole.figure, [one.figure for one in known])
            if reading.holds:
                yield answers.verified(indicator, reading, whole.figure.source)
                continue
            yield answers.contradiction(
                whole.bound.sentence,
                whole.bound.token,
                reading,
                _("部门“{}”{}，所列各单位之和为 {}").format(
                    indicator, whole.figure.text, answers.like(whole.figure, reading.value.point)
                ),
                (indicator, "各单位之和"),
            )
