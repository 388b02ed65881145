"""N201 one indicator, several values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from jingban.checker.claims import answers
from jingban.checker.claims.labels import Caliber
from jingban.checker.claims.statements import SINGLE, Statement, all_fiscal
from jingban.checker.claims.verdict import Reading
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Rule, Verified
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy
from jingban.values.printed import compare

_SKIP = {"收支总计"}
_NARROWER = lazy(r"其中一般公共|本级|下属|所属|用于(?!以下|下列)|(?<!其中)项目(?!支出)")
_MERGED: tuple[Caliber, ...] = ("all", "fiscal", "general")


class RepeatedValueConflict(Rule):
    """问题：同一指标、同一口径、同一年度在文中几处写出不同的数。
    依据：同一指标只有一个决算数；印出位数不同的按区间比较。
    反例：“支出决算情况”写基本支出507.2万元，“基本支出决算情况”写基本支出531.9万元（收支全部为一般公共预算财政拨款）。
    正例：两处都写基本支出507.2万元。
    例外：财政拨款口径与全口径不比，除非文中写明财政拨款支出占本年支出的 100%；预算数与决算数、上年数与本年数、部门与项目不比；舍入造成的一位之差不报。
    怎么改：以决算表为准统一各处。

    English: One indicator of one caliber and year is printed with different values.

    Not reported: Fiscal and total scope are compared only where the text says the one is all of the other;
    budget and final, last and this year, department and project are never compared; one unit of the last digit
    is rounding.
    """

    code = "N201"
    name = "repeated-value-conflict"
    title = "同一指标前后数值不一"
    title_en = "One indicator, several values"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        found = [one for one in context.claims.statements if one.indicator not in _SKIP and self._own(one)]
        together = all_fiscal(context.claims.statements)
        groups: dict[tuple[str, str, str], list[Statement]] = {}
        for one in found:
            caliber = "all" if together and one.caliber in _MERGED else one.caliber
            if caliber:
                groups.setdefault((one.indicator, caliber, one.basis), []).append(one)
        for key, group in groups.items():
            if len(group) > 1:
                yield from self._group(key, group)

    def _own(self, one: Statement) -> bool:
        """A statement about the agency as a whole: not of a project, a subordinate unit or a list within a list."""
        sentence = one.bound.sentence
        text = sentence.text[: one.figure.start - sentence.start]
        if any(word in sentence.section for word in ("项目", "基金", "概况", "资产", "附件")):
            return False
        if _NARROWER.search(text):
            return False
        return one.bound.token.level <= 1

    def _group(self, key: tuple[str, str, str], group: list[Statement]) -> Iterator[Answer]:
        values = Counter(one.figure.value for one in group)
        common = max(values, key=lambda value: (values[value], -[o.figure.value for o in group].index(value)))
        anchor = next(one for one in group if one.figure.value == common)
        for one in group:
            if one is anchor:
                continue
            comparison = compare(one.figure.number, anchor.figure.quantity)
            subject = _("{}各处一致").format(key[0])
            if comparison.level != "L3":
                yield Verified(subject, one.figure.source, rounding=comparison.level != "L0")
                continue
            yield answers.contradiction(
                one.bound.sentence,
                one.bound.token,
                Reading(anchor.figure.text, anchor.figure.quantity, comparison),
                _("“{}”此处写 {}，别处写 {}").format(key[0], one.figure.text, anchor.figure.text),
                (key[0], key[1], key[2]),
                related=[anchor.bound],
                details=[
                    _("各处：{}").format("；".join(f"{o.bound.label} {o.figure.text}" for o in group[:8]))
                ],
                severity=None if key[0] not in SINGLE or one.bound.label == anchor.bound.label else "warning",
            )
