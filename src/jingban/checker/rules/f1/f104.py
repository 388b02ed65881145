"""F104 fund money is not department money."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims import answers, labels
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Problem, Rule, Unverified
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy

_FUND = lazy(
    r"(?:保险|养老|医疗|失业|工伤|生育)[^,。;]{0,8}基金[^,。;]{0,8}(?:支出|收入)|基金(?:总)?(?:支出|收入)"
)
_GOVERNMENT = lazy(r"政府性基金|对[^,。;]{0,16}基金的补助|国有资本")


class FundAgainstDepartment(Rule):
    """问题：把社会保险基金的收支写成部门收支的一部分（占本年支出合计的比例），两本账不能相比。
    依据：社会保险基金单独建账、独立核算（社会保险法第64条）；基金支出不在部门决算之内。
    反例：城乡居民养老保险基金支出3000万元，占本年支出合计的80%。
    正例：财政对城乡居民基本养老保险基金的补助支出16.78万元，占本年支出合计的11%。
    例外：政府性基金、财政对基金的补助属于部门决算，可以比；同一文件里各写各的不报，基金数不与部门的项目支出核对。
    怎么改：分开叙述基金收支与部门收支。

    English: Insurance-fund money is stated as a share of the department's own spending.

    Not reported: Government funds and subsidies to insurance funds belong to the department's accounts.
    """

    code = "F104"
    name = "fund-against-department"
    title = "基金与部门口径混用"
    title_en = "Fund money compared with department money"
    severity = "warning"

    def check(self, context: Context) -> Iterable[Answer]:
        for share in context.claims.shares:
            label = share.part.label
            if not _FUND.search(label) or _GOVERNMENT.search(label):
                continue
            base = share.rate.base or next((str(b.label) for b, how in share.bases if how != "inferred"), "")
            source = share.rate.figure.source
            if labels.indicator(base) in (
                "本年支出合计",
                "本年收入合计",
                "基本支出",
                "项目支出",
                "财政拨款支出",
            ):
                yield Problem(
                    _("“{}”是基金账，不能写成部门“{}”的 {}").format(label, base, share.rate.figure.text),
                    source,
                    answers.quote(share.sentence, share.rate),
                    (label, base, "口径"),
                    stated=share.rate.figure.text,
                )
            else:
                yield Unverified(label, source, _("基金口径，不与部门收支核对"))
