"""X105 opening carry-over against last year's closing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from jingban.checker.claims import answers
from jingban.checker.claims.narrative import Bound
from jingban.checker.claims.others import last_year
from jingban.checker.claims.verdict import Reading
from jingban.checker.context import Context
from jingban.checker.rule import Answer, Problem, Rule, Unverified, Verified
from jingban.checker.tables.bound import BoundCell
from jingban.values.i18n import gettext as _
from jingban.values.patterns import lazy
from jingban.values.printed import compare

_OPENING = lazy(r"年初(?:财政拨款)?结转(?:和|与)?结余(?:资金)?$")
_CLOSING = lazy(r"年末(?:财政拨款)?结转(?:和|与)?结余(?:资金)?$")


class CarryOverBroken(Rule):
    """问题：本年年初结转和结余不等于去年文件的年末结转和结余。
    依据：年初数承接上年年末数；调整以前年度损益的须说明。
    反例：2019年年末结转和结余 12.30 万元，2020年年初结转和结余 10.30 万元。
    正例：两数相等。
    例外：只在两年文件同时给出时核；全口径与财政拨款口径分别比；按印出位数的区间。
    怎么改：核对结转，或说明调整。

    English: The opening carry-over is not last year's closing carry-over.

    Not reported: Only with both years; total and fiscal scope apart; intervals.
    """

    code = "X105"
    name = "carry-over-broken"
    title = "年初结转与上年年末不符"
    title_en = "Opening carry-over differs from last closing"
    severity = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        previous = last_year(context)
        for one in context.claims.narrative.amounts if previous else ():
            if _OPENING.search(one.label) and "基金" not in one.sentence.section:
                yield from self._judge(one, previous)

        yield from _tables(context, previous)

    def _judge(self, one: Bound, previous: list[Context]) -> Iterable[Answer]:
        fiscal = "财政拨款" in one.label
        closing = [
            before
            for other in previous
            for before in other.claims.narrative.amounts
            if _CLOSING.search(before.label)
            and ("财政拨款" in before.label) == fiscal
            and "基金" not in before.sentence.section
        ]
        if not closing or len({before.token.figure.value for before in closing}) > 1:
            return
        figure = one.token.figure
        comparison = compare(figure.number, closing[0].token.figure.quantity)
        reading = Reading(str(closing[0]), closing[0].token.figure.quantity, comparison)
        if reading.holds:
            yield answers.verified(one.label, reading, figure.source)
            return
        yield answers.contradiction(
            one.sentence,
            one.token,
            reading,
            _("“{}”{}，去年文件年末为 {}").format(one.label, figure.text, closing[0].token.figure.text),
            (one.label, "结转"),
        )


def _tables(context: Context, previous: list[Context]) -> Iterator[Answer]:
    """The overall table's opening carry-over against the closing one of last year's overall table."""
    opening = _overall(context, _OPENING)
    closing = [cell for other in previous if (cell := _overall(other, _CLOSING)) is not None]
    if opening is None or not closing or len({cell.number.value for cell in closing if cell.number}) > 1:
        return
    ours, theirs = opening.number, closing[0].number
    assert ours is not None
    assert theirs is not None
    if ours.unit.dimension != "money" or theirs.unit.dimension != "money":
        yield Unverified(opening.label, opening.source, _("表未注明金额单位，不能与去年核对"))
        return
    comparison = compare(ours, theirs)
    if comparison.ok:
        yield Verified(opening.label, opening.source, rounding=comparison.level != "L0")
        return
    yield Problem(
        _("总表“{}”{}，去年总表年末为 {}").format(opening.label, opening.text, closing[0].text),
        opening.source,
        f"{opening.label} {opening.text}",
        ("总表", "年初结转"),
        stated=opening.text,
        expected=closing[0].text,
        difference=comparison.difference,
        row=opening.label,
    )


def _overall(context: Context, pattern: re.Pattern[str]) -> BoundCell | None:
    """The one figure of the overall income-and-expenditure table (公开01) whose row says so."""
    found = [
        cell
        for table in context.bound_tables.tables
        if "收入支出决算总表" in table.title and "财政拨款" not in table.title and table.trusted
        for cell in table.numbers()
        if pattern.search(re.sub(r"\s", "", cell.label))
    ]
    return found[0] if len(found) == 1 else None
