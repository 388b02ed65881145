"""N102 part exceeds total."""

from __future__ import annotations

from collections.abc import Iterable

from jingban.checker.claims import answers
from jingban.checker.claims.narrative import Bound
from jingban.checker.claims.statements import Statement, all_fiscal
from jingban.checker.claims.verdict import Reading
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Problem, Rule, Verified
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy
from jingban.values.printed import compare

_KEPT = lazy(r"公务用车保有量")
_OWNED = lazy(r"^(?:本?(?:单位|部门))?共有车辆")


class PartExceedsWhole(Rule):
    """问题：写明是某整体一部分的金额，反而大于该整体；或财政拨款口径的支出大于全口径的同一支出。
    依据：部分不大于整体；一般公共预算财政拨款支出是本年支出的组成部分。
    反例：本年支出合计100万元，其中：基本支出120万元，占70%。
    正例：本年支出合计100万元，其中：基本支出70万元，占70%。
    例外：有上年结转时财政拨款支出可以大于本年财政拨款收入，收支之间不比较；区间相交不报。
    怎么改：核对两处金额的口径与单位，多为抄错一位或元、万元混用。

    English: A part is larger than the whole it is said to belong to.

    Not reported: Spending may exceed this year's income where money was carried over; touching intervals are no
    finding.
    """

    code = "N102"
    name = "part-exceeds-whole"
    title = "部分大于整体"
    title_en = "A part exceeds its whole"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        for share in context.claims.shares:
            if not share.certain or share.part.figure.approximate:
                continue
            over = share.oversize()
            source = share.part.figure.source
            if over is None:
                yield Verified(_("{}不大于整体").format(share.part.label), source)
                continue
            reading = Reading(
                str(over),
                over.token.figure.quantity,
                compare(share.part.figure.number, over.token.figure.quantity),
            )
            yield answers.contradiction(
                share.sentence,
                share.part,
                reading,
                _("“{}”{} 大于它所属的整体“{}”{}").format(
                    share.part.label, share.part.figure.text, over.label, over.token.figure.text
                ),
                (share.part.label, over.label),
                related=[over],
            )
        yield from self._calibers(context.claims.statements)
        yield from self._vehicles(context)

    def _vehicles(self, context: Context) -> Iterable[Answer]:
        """The cars kept for official trips are some of all vehicles."""
        counted = [
            Bound(sentence, token)
            for sentence in context.claims.sentences
            for token in sentence.tokens
            if token.figure.dimension == "vehicles" and not token.bracketed and token.parent is None
        ]
        kept = [one for one in counted if _KEPT.search(one.label)]
        owned = [one for one in counted if _OWNED.search(one.label)]
        if len(kept) != 1 or len(owned) != 1:
            return
        part, whole = kept[0].token.figure, owned[0].token.figure
        if part.value <= whole.value:
            yield Verified(_("公务用车保有量不大于车辆总数"), part.source)
            return
        yield answers.contradiction(
            kept[0].sentence,
            kept[0].token,
            Reading(str(owned[0]), whole.quantity, compare(part.number, whole.quantity)),
            _("公务用车保有量 {} 多于车辆总数 {}").format(part.text, whole.text),
            ("公务用车保有量", "车辆总数"),
            severity="warning",
            related=[owned[0]],
        )

    def _calibers(self, found: list[Statement]) -> Iterable[Answer]:
        if all_fiscal(found):
            return  # both calibers are one: a difference is N201's
        for name in ("基本支出", "项目支出"):
            whole = [
                one for one in found if one.indicator == name and one.caliber == "all" and one.basis == "决算"
            ]
            part = [
                one
                for one in found
                if one.indicator == name and one.caliber == "general" and one.basis == "决算"
            ]
            if not whole or not part:
                continue
            large, small = part[0], whole[0]
            if large.figure.quantity.low <= small.figure.quantity.high:
                yield Verified(_("财政拨款{}不大于全部{}").format(name, name), large.figure.source)
                continue
            yield self._wider(name, large, small)

    def _wider(self, name: str, large: Statement, small: Statement) -> Problem:
        comparison = compare(large.figure.number, small.figure.quantity)
        reading = Reading(str(small.bound), small.figure.quantity, comparison)
        return answers.contradiction(
            large.bound.sentence,
            large.bound.token,
            reading,
            _("一般公共预算财政拨款{} {} 大于全部{} {}").format(
                name, large.figure.text, name, small.figure.text
            ),
            (name, "财政拨款", "全口径"),
            related=[small.bound],
        )
