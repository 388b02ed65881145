"""U102: Yuan and ten thousand yuan confused."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from jingban.checker.rule import Answer, Problem, Rule, Severity, Verified
from jingban.values.i18n import gettext as _

if TYPE_CHECKING:
    from jingban.checker.claims.statements import Statement
    from jingban.checker.context import Context

SCALE = 10_000


class U102(Rule):
    """元与万元混用。

    问题：同一个指标在正文两处数字相同而单位分别是元和万元，或换算后恰好相差一万倍。

    依据：checker-rules U102；domain.md R4.1-01。

    反例：一处“本年支出合计306.70万元”，另一处“本年支出合计306.70元”。

    正例：两处都是306.70万元，或一处306.70万元、一处3,067,000.00元。

    例外：数值为零的不比；不同口径、不同年度的指标不比。

    怎么改：改正单位。

    English: The same indicator is printed with the same digits once in yuan and once in ten thousand yuan.

    Not reported: Zeros; different scopes or years.
    """

    code: ClassVar[str] = "U102"
    name: ClassVar[str] = "yuan-and-ten-thousand-confused"
    title: ClassVar[str] = "元与万元混用"
    title_en: ClassVar[str] = "Yuan and ten thousand yuan confused"
    severity: ClassVar[Severity] = "error"

    def check(self, context: Context) -> Iterable[Answer]:
        """Compares every two statements of one indicator, caliber and basis."""
        first: dict[tuple[str, str, str], Statement] = {}
        for one in context.claims.statements:
            key = (one.indicator, one.caliber, one.basis)
            if not one.figure.value:
                continue
            other = first.setdefault(key, one)
            if other is one:
                continue
            ratio = max(one.figure.value, other.figure.value) / min(one.figure.value, other.figure.value)
            units = {one.figure.number.unit.symbol, other.figure.number.unit.symbol}
            if ratio == SCALE and units == {"元", "万元"}:
                yield _problem(one, other)
            elif len(units) > 1:
                yield Verified(one.indicator, one.figure.source)


def _problem(one: Statement, other: Statement) -> Problem:
    wrong, right = (one, other) if one.figure.number.unit.symbol == "元" else (other, one)
    return Problem(
        message=_("“%(name)s”一处写%(right)s，一处写%(wrong)s，单位不一致")
        % {"name": one.indicator, "right": right.figure.text, "wrong": wrong.figure.text},
        source=wrong.figure.source,
        quote=wrong.bound.sentence.quote()[:160],
        key=(one.indicator, one.caliber, one.basis),
        stated=wrong.figure.text,
        expected=right.figure.text,
        related=(right.figure.source,),
    )
